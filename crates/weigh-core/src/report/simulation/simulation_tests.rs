//! What the report makes of a month: failures, limits, the mean day, and the steps against the month's sums.

use super::fleets::{FleetMonthReport, RefusalReport, SaturationReport};
use super::*;
use crate::capacity::on_demand::{Dispatch, KeepAlive};
use crate::capacity::{
    Demand, Events, Fleet, PerRequest, Ramp, Replica, Scaling, Service, Simulation, request_moments,
    serve_per_request, simulate,
};
use crate::time::Month;

/// Two or more replicas of 10 requests a second each, through these minutes.
fn month(replicas: u32, rates_per_s: &[f64]) -> (Fleet, Simulation, Vec<TimelineRow>) {
    let service = Service {
        replica: Replica::new(1.0, 0.1, 0.0, 1).unwrap(),
        share: 1.0,
        service_variability: 1.0,
        longest_wait_s: 60.0,
        memory_share_idle: 0.0,
        memory_share_per_request: 0.0,
        kinds: Vec::new(),
    };
    let fleet = Fleet {
        services: vec![service],
        processors: 1.0,
        scaling: Scaling::fixed(replicas),
        interruption: None,
        credits: None,
        host_share: 1.0,
    };
    let mut moments = Vec::new();
    let demand = Demand { step_s: 60.0, rates_per_s, arrival_variability: 1.0 };
    let simulation = simulate(std::slice::from_ref(&fleet), None, &demand, 1, &mut moments);
    let rows = moments.iter().map(|moment| timeline::of_fleet(moment, "api".to_owned())).collect();
    (fleet, simulation, rows)
}

fn report(replicas: u32, rates_per_s: &[f64]) -> FleetMonthReport {
    let (fleet, simulation, rows) = month(replicas, rates_per_s);
    FleetMonthReport::of("api", &fleet, &simulation.fleets[0], 1.0, &rows)
}

#[test]
fn a_failure_is_carried_where_the_others_have_room() {
    let carried = report(3, &[5.0, 15.0, 5.0]).replacement;
    assert!(carried.others_carry && carried.not_carried_s <= 0.0);
    assert!((carried.utilisation_highest.unwrap() - 0.75).abs() < 1e-12);
    let tight = report(2, &[5.0, 15.0, 5.0]).replacement;
    assert!(!tight.others_carry);
    assert!(
        (tight.not_carried_s - 60.0).abs() < 1e-9 && (tight.utilisation_highest.unwrap() - 1.5).abs() < 1e-12
    );
    let alone = report(1, &[5.0, 5.0]).replacement;
    assert_eq!((alone.others_carry, alone.utilisation_highest), (false, None));
    assert!((alone.not_carried_s - 120.0).abs() < 1e-9);
    let idle = report(1, &[0.0, 0.0]).replacement;
    assert!(idle.others_carry, "nothing comes that another would have to carry");
    let saturated = report(2, &[25.0, 25.0]).replacement;
    // 25 a second, and 10 that the other one carries.
    assert_eq!((saturated.others_carry, saturated.utilisation_highest), (false, Some(2.5)));
}

#[test]
fn saturation_is_told_with_its_minutes() {
    let saturation = report(1, &[5.0, 20.0, 5.0, 5.0]).saturation.unwrap();
    let SaturationReport { times, longest_from_s, requests, replicas_needed, .. } = saturation;
    assert_eq!((times, replicas_needed), (1, 3));
    assert!((longest_from_s - 60.0).abs() < 1e-9 && requests >= 1_200.0);
    assert_eq!(report(2, &[5.0, 15.0]).saturation, None);
}

#[test]
fn the_mean_day_and_the_days_hold_all_requests() {
    let rates: Vec<f64> = (0..3 * 1_440).map(|minute| f64::from(minute % 1_440) / 100.0).collect();
    let (_, simulation, rows) = month(2, &rates);
    let load = LoadReport::of("api", &rows);
    assert_eq!((load.hours.len(), load.days.len()), (24, 3));
    let mean = |points: &[PointReport]| {
        points.iter().map(|point| point.rate_per_s).sum::<f64>() / points.len() as f64
    };
    let arrived = simulation.fleets[0].services[0].arrived;
    for points in [&load.hours, &load.days] {
        assert!((mean(points) * 3.0 * 86_400.0 - arrived).abs() < 1e-6 * arrived);
    }
    assert_eq!((load.hours[23].at, load.days[2].at), (23, 3));
    assert!(load.hours[23].utilisation_highest < 1.0 && load.hours[0].utilisation_highest < 0.05);
}

fn functions(limit: u32, most_per_s: f64) -> PerRequest {
    PerRequest {
        share: 0.5,
        service_time_s: 0.5,
        start_up_s: 0.3,
        keep_alive: KeepAlive::Fixed { seconds: 360.0 },
        dispatch: Dispatch::MostRecentlyUsed,
        max_lifetime_s: None,
        limit,
        ramp: Ramp { burst: 1e6, per_s: 1e6 },
        most_per_s,
        beside: 0.0,
        kinds: Vec::new(),
        ready: vec![(0.0, 0), (7_200.0, 4)],
    }
}

#[test]
fn the_steps_of_servers_for_each_request_add_up_to_their_month() {
    let rates: Vec<f64> = (0..1_440).map(|minute| if minute < 720 { 8.0 } else { 44.0 }).collect();
    let demand = Demand { step_s: 60.0, rates_per_s: &rates, arrival_variability: 1.0 };
    for servers in [functions(12, f64::INFINITY), functions(1_000, 20.0)] {
        let did = serve_per_request(&servers, &demand, Events { most: 0.0, always: false }, 1);
        let steps = request_moments(&servers, &demand);
        let sum = |pick: fn(&crate::capacity::RequestMoment) -> f64| steps.iter().map(pick).sum::<f64>();
        assert!((sum(|step| step.rate_per_s * step.step_s) - did.arrived).abs() < 1e-6 * did.arrived);
        assert!((sum(|step| step.refused) - did.refused).abs() < 1e-6 * did.refused);
        let concurrency = sum(|step| step.concurrency) / steps.len() as f64;
        assert!((concurrency - did.served.mean_concurrency).abs() < 1e-9);
        assert_eq!((steps[119].ready, steps[120].ready), (0, 4));
        let refusal = RefusalReport::of(&servers, &did).unwrap();
        assert!(refusal.limit_needed > servers.limit, "{refusal:?}");
    }
    let roomy = functions(1_000, f64::INFINITY);
    let did = serve_per_request(&roomy, &demand, Events { most: 0.0, always: false }, 1);
    assert_eq!(RefusalReport::of(&roomy, &did), None);
}

#[test]
fn days_begin_at_midnight() {
    assert_eq!(timeline::day_and_time(0.0), (1, "00:00:00".to_owned()));
    assert_eq!(timeline::day_and_time(86_399.0), (1, "23:59:59".to_owned()));
    assert_eq!(timeline::day_and_time(730.0 * 3_600.0 - 20.0), (31, "09:59:40".to_owned()));
    assert_eq!(words::moment(Month::Average, 86_400.0), "day 2, 00:00 UTC");
}
