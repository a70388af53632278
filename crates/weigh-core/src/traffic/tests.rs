//! Shapes give the right rate at the right local minute, and every shape keeps the month's requests.

use std::time::Duration;

use proptest::prelude::*;

use super::*;

fn month(text: &str) -> Month {
    text.parse().unwrap()
}

fn zone(text: &str) -> Zone {
    text.parse().unwrap()
}

fn peak(hours: &str, days: &str, factor: i64) -> Traffic {
    let shape =
        Shape::peak_hours(&Hours::list(hours).unwrap(), days.parse().unwrap(), factor.into()).unwrap();
    Traffic::steady("1/s".parse().unwrap()).with_shape(shape)
}

/// The rate at a day of the month and a time of the day in UTC, over the lowest of the month: always a whole number here.
fn at(profile: &Profile, day: usize, hour: usize, minute: usize) -> u32 {
    let least = profile.rates_per_s.iter().copied().fold(f64::MAX, f64::min);
    let rate = profile.rates_per_s[((day - 1) * 24 + hour) * 60 + minute] / least;
    let whole = (0..1_000).find(|whole| (rate - f64::from(*whole)).abs() < 1e-9);
    whole.unwrap_or_else(|| panic!("{rate}"))
}

/// month | hours | days | zone | day, hour, minute in UTC | how many times the quiet rate
#[test]
#[rustfmt::skip]
fn the_peak_is_where_the_clock_of_the_zone_says() {
    let table = [
        ("730h",    "09:00-17:00", "all",     "UTC",              (1, 8, 59),  1),
        ("730h",    "09:00-17:00", "all",     "UTC",              (1, 9, 0),   5),
        ("730h",    "09:00-17:00", "all",     "UTC",              (1, 16, 59), 5),
        ("730h",    "09:00-17:00", "all",     "UTC",              (1, 17, 0),  1),
        ("730h",    "09:00-17:00", "all",     "UTC",              (31, 9, 59), 5),
        // The month of 730 h starts on a Monday.
        ("730h",    "09:00-17:00", "mon-fri", "UTC",              (5, 9, 0),   5),
        ("730h",    "09:00-17:00", "mon-fri", "UTC",              (6, 9, 0),   1),
        ("730h",    "09:00-17:00", "mon-fri", "UTC",              (8, 9, 0),   5),
        // It has the standard offset, summer and winter.
        ("730h",    "09:00-17:00", "all",     "America/New_York", (1, 14, 0),  5),
        ("730h",    "09:00-17:00", "all",     "America/New_York", (1, 13, 59), 1),
        ("730h",    "09:00-17:00", "all",     "Australia/Sydney", (1, 23, 0),  5),
        ("730h",    "09:00-17:00", "all",     "Australia/Sydney", (1, 22, 59), 1),
        ("730h",    "09:00-17:00", "all",     "Europe/Dublin",    (1, 9, 0),   5),
        ("730h",    "09:00-17:00", "all",     "Europe/Dublin",    (1, 8, 59),  1),
        ("730h",    "09:00-17:00", "all",     "Asia/Kathmandu",   (1, 3, 15),  5),
        ("730h",    "09:00-17:00", "all",     "Asia/Kathmandu",   (1, 3, 14),  1),
        ("730h",    "09:00-17:00", "all",     "UTC-5",            (1, 14, 0),  5),
        ("730h",    "09:00-17:00", "all",     "UTC+05:30",        (1, 3, 30),  5),
        // Midnight: the span belongs to the day on which it begins.
        ("730h",    "22:00-06:00", "fri",     "UTC",              (6, 5, 59),  5),
        ("730h",    "22:00-06:00", "fri",     "UTC",              (6, 6, 0),   1),
        ("730h",    "22:00-06:00", "fri",     "UTC",              (5, 5, 0),   1),
        ("730h",    "22:00-06:00", "sun",     "UTC",              (1, 5, 0),   5),
        ("730h",    "9-12, 13-17", "all",     "UTC",              (1, 12, 30), 1),
        ("730h",    "18:00-24:00", "all",     "UTC",              (1, 23, 59), 5),
        // True weekdays: 2026-03-01 is a Sunday.
        ("2026-03", "09:00-17:00", "mon-fri", "UTC",              (1, 10, 0),  1),
        ("2026-03", "09:00-17:00", "mon-fri", "UTC",              (2, 10, 0),  5),
        // Daylight saving begins on 2026-03-08 at 07:00 UTC in New York, on 2026-03-29 at 01:00 UTC in Berlin.
        ("2026-03", "09:00-17:00", "all",     "America/New_York", (7, 13, 30), 1),
        ("2026-03", "09:00-17:00", "all",     "America/New_York", (7, 14, 0),  5),
        ("2026-03", "09:00-17:00", "all",     "America/New_York", (8, 13, 0),  5),
        ("2026-03", "02:00-03:00", "all",     "America/New_York", (7, 7, 0),   5),
        ("2026-03", "02:00-03:00", "all",     "America/New_York", (8, 7, 0),   1),
        ("2026-03", "09:00-17:00", "all",     "Europe/Berlin",    (28, 8, 0),  5),
        ("2026-03", "09:00-17:00", "all",     "Europe/Berlin",    (29, 7, 0),  5),
        ("2026-03", "09:00-17:00", "all",     "Europe/Berlin",    (28, 7, 0),  1),
        // It ends on 2026-11-01 at 06:00 UTC in New York, where the hour from 01:00 comes twice.
        ("2026-11", "01:00-02:00", "all",     "America/New_York", (1, 5, 0),   5),
        ("2026-11", "01:00-02:00", "all",     "America/New_York", (1, 6, 0),   5),
        ("2026-11", "01:00-02:00", "all",     "America/New_York", (1, 7, 0),   1),
        ("2026-11", "01:00-02:00", "all",     "America/New_York", (2, 6, 0),   5),
        ("2026-11", "01:00-02:00", "all",     "America/New_York", (2, 5, 0),   1),
        ("2026-10", "09:00-17:00", "all",     "Europe/Berlin",    (24, 7, 0),  5),
        ("2026-10", "09:00-17:00", "all",     "Europe/Berlin",    (25, 7, 0),  1),
        ("2026-10", "09:00-17:00", "all",     "Europe/Berlin",    (25, 8, 0),  5),
        ("9999-12", "09:00-17:00", "all",     "Europe/Berlin",    (31, 8, 0),  5),
        ("0001-01", "09:00-17:00", "all",     "UTC",              (1, 9, 0),   5),
    ];
    for (time, hours, days, name, (day, hour, minute), factor) in table {
        let profile = peak(hours, days, 5).with_zone(zone(name)).profile(month(time));
        assert_eq!(at(&profile, day, hour, minute), factor, "{time} {hours} {days} {name} {day} {hour}:{minute}");
    }
}

#[test]
fn hours_of_the_day_and_of_the_week_have_their_weights() {
    let day: Vec<f64> = (1..=24).map(f64::from).collect();
    let daily = Traffic::steady("1/s".parse().unwrap()).with_shape(Shape::by_hour(&day).unwrap());
    assert_eq!(at(&daily.profile(Month::Average), 3, 0, 59), 1);
    assert_eq!(at(&daily.profile(Month::Average), 3, 23, 0), 24);
    let week: Vec<f64> = (1..=168).map(f64::from).collect();
    let weekly = Traffic::steady("1/s".parse().unwrap()).with_shape(Shape::by_hour(&week).unwrap());
    // 2026-02 starts on a Sunday: hour 144 of the week.
    assert_eq!(at(&weekly.profile(month("2026-02")), 1, 0, 0), 145);
    assert_eq!(at(&weekly.profile(month("2026-02")), 2, 0, 0), 1);
    assert_eq!(at(&weekly.profile(Month::Average), 7, 23, 59), 168);
}

#[test]
fn what_is_eight_hours_at_five_times_has_its_busy_hour_and_its_peak() {
    let traffic = peak("09:00-17:00", "all", 5);
    let april = month("2026-04");
    assert!((traffic.busy_hour_per_s(april) - 120.0 / 56.0).abs() < 1e-12);
    assert!((traffic.peak_per_s(april) - 120.0 / 56.0).abs() < 1e-12);
    assert!((traffic.mean_per_s(april) - 1.0).abs() < 1e-12);
    assert_eq!(traffic.requests(april).to_string(), "2592000");
    // Peaks that begin at half past fill no hour of the clock but those between.
    let half = peak("09:30-10:30", "all", 3);
    assert!((half.busy_hour_per_s(april) / half.peak_per_s(april) - 2.0 / 3.0).abs() < 1e-12);
}

#[test]
fn bursts_move_requests_and_keep_their_number() {
    let burst = |factor: i64, length: u64, every: u64| {
        Burst::new(factor.into(), Duration::from_secs(length), Duration::from_secs(every)).unwrap()
    };
    let traffic = Traffic::steady("1/s".parse().unwrap());
    let hourly = traffic.clone().with_bursts(vec![burst(21, 300, 3_600)]);
    let profile = hourly.profile(Month::Average);
    assert_eq!([at(&profile, 1, 0, 4), at(&profile, 1, 0, 5), at(&profile, 30, 5, 0)], [21, 1, 21]);
    assert_eq!(hourly.requests(Month::Average), traffic.requests(Month::Average));
    // Ten seconds of each two hours raise one minute by a sixth of 60.
    let short = traffic.clone().with_bursts(vec![burst(61, 10, 7_200)]).profile(Month::Average);
    assert_eq!([at(&short, 1, 0, 0), at(&short, 1, 1, 0), at(&short, 1, 2, 0)], [11, 1, 11]);
    // Two that meet multiply.
    let both = traffic.with_bursts(vec![burst(2, 600, 3_600), burst(3, 300, 3_600)]).profile(Month::Average);
    assert_eq!([at(&both, 1, 0, 4), at(&both, 1, 0, 9), at(&both, 1, 0, 10)], [6, 2, 1]);
}

#[test]
fn a_launch_growth_and_a_season_change_the_number_of_requests() {
    let day = Duration::from_secs(86_400);
    let traffic = Traffic::steady("300_000/month".parse().unwrap());
    let december = month("2026-12");
    // Two of 31 days at 10 times: 9 × 2 / 31 more.
    let launched = traffic.clone().with_launch(Launch::new(10.into(), day * 2, 5).unwrap());
    let more = Decimal::from(300_000) * Decimal::from(18) / Decimal::from(31);
    assert!((launched.requests(december) - Decimal::from(300_000) - more).abs() < Decimal::new(1, 15));
    let profile = launched.profile(december);
    assert_eq!(
        [at(&profile, 4, 23, 59), at(&profile, 5, 0, 0), at(&profile, 6, 23, 59), at(&profile, 7, 0, 0)],
        [1, 10, 10, 1]
    );
    // At local midnight: 05:00 UTC in New York, and 04:00 in summer.
    let abroad = launched.with_zone(zone("America/New_York"));
    assert_eq!([at(&abroad.profile(december), 5, 4, 59), at(&abroad.profile(december), 5, 5, 0)], [1, 10]);
    assert_eq!(at(&abroad.profile(month("2026-07")), 5, 4, 0), 10);
    // What the month does not hold is left out.
    let late = traffic.clone().with_launch(Launch::new(10.into(), day * 9, 31).unwrap());
    assert_eq!(
        late.requests(december),
        (Decimal::from(300_000) * (Decimal::ONE + Decimal::from(9) / Decimal::from(31))).normalize()
    );
    assert!(!Launch::new(10.into(), day, 31).unwrap().falls_into(month("2026-02"), &Zone::default()));
    let grown = traffic.clone().with_growth(Growth::new("0.05".parse().unwrap(), 6).unwrap());
    assert_eq!(grown.requests(Month::Average).to_string(), "402028.6921875");
    assert!(grown.is_steady());
    let seasonal = traffic.with_seasons(vec![Season::new(december, 2.into()).unwrap()]);
    assert_eq!(seasonal.requests(december).to_string(), "600000");
    assert_eq!(seasonal.requests(month("2026-11")).to_string(), "300000");
}

#[test]
fn more_than_a_bill_can_hold_is_told() {
    let most = Traffic::steady("1_000_000_000_000/s".parse().unwrap());
    assert!(!most.is_too_much(Month::Average));
    let launch = Launch::new(1_000_000.into(), Duration::from_secs(86_400), 1).unwrap();
    for traffic in [
        most.clone().with_growth(Growth::new(1.into(), 120).unwrap()),
        most.clone().with_launch(launch),
        most.clone().with_seasons(vec![Season::new(month("2026-12"), 2.into()).unwrap()]),
    ] {
        assert!(traffic.is_too_much(month("2026-12")), "{}", traffic.describe());
        assert_eq!(traffic.requests(month("2026-12")), most.requests(month("2026-12")));
        assert!(traffic.busy_hour_per_s(month("2026-12")).is_finite());
    }
}

#[test]
fn the_profile_of_another_month_is_its_own() {
    let traffic = peak("09:00-17:00", "mon-fri", 5);
    let (april, may) = (traffic.profile(month("2026-04")), traffic.profile(month("2026-05")));
    assert_eq!((april.rates_per_s.len(), may.rates_per_s.len()), (43_200, 44_640));
    assert_eq!(traffic, traffic.clone().with_zone(Zone::default()));
    assert_eq!(
        *traffic.profile(month("2026-05")),
        *peak("09:00-17:00", "mon-fri", 5).profile(month("2026-05"))
    );
}

#[test]
fn a_traffic_is_described() {
    let traffic = peak("09:00-17:00", "mon-fri", 5).with_zone(zone("Europe/Berlin"));
    let burst = Burst::new(20.into(), Duration::from_secs(300), Duration::from_secs(21_600)).unwrap();
    let launch = Launch::new(10.into(), Duration::from_secs(7_200), 5).unwrap();
    let traffic = traffic.with_bursts(vec![burst]).with_launch(launch).with_variability(4.0);
    let traffic = traffic.with_growth(Growth::new("0.05".parse().unwrap(), 6).unwrap());
    let seasons = vec![Season::new(month("2026-12"), 2.into()).unwrap()];
    assert_eq!(
        traffic.with_seasons(seasons).describe(),
        "1/s, 5 × from 09:00 to 17:00 on Monday to Friday in Europe/Berlin, bursts of 20 × for 5 min every 6 h, \
         a launch of 10 × for 2 h from day 5, grown 5 % a month for 6 months, 2 × in 2026-12, arrival variability 4"
    );
    assert_eq!(Traffic::steady("10_000/day".parse().unwrap()).describe(), "10,000/day, steady");
}

#[test]
fn zones_are_read_or_refused() {
    for name in ["UTC", "utc", "Europe/Berlin", "UTC+14", "UTC-0330", "America/Argentina/Buenos_Aires"] {
        assert!(name.parse::<Zone>().is_ok(), "{name}");
    }
    for name in ["", "UTC+15", "UTC+5:60", "UTC+1:2:3", "UTC+x", "Berlin", "Mars/Base", "UTC+14:30"] {
        assert!(name.parse::<Zone>().is_err(), "{name}");
    }
    assert_eq!(Zone::nearest("Europe/Berln"), Some("Europe/Berlin"));
    assert_eq!(Zone::nearest("new york"), Some("America/New_York"));
}

fn any_shape() -> impl Strategy<Value = Shape> {
    let hours = prop::collection::vec(0.0..1_000.0_f64, 168).prop_map(|mut week| {
        week[7] += 0.5;
        Shape::by_hour(&week).unwrap()
    });
    let spans =
        (0..1_439_u32, 1..1_440_u32, 1..128_u8, 1..100_000_i64).prop_map(|(from, length, days, factor)| {
            let clock = |minute: u32| format!("{:02}:{:02}", minute / 60, minute % 60);
            let text = format!("{}-{}", clock(from), clock((from + length) % 1_440));
            let names = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"];
            let days: Vec<&str> = (0..7).filter(|day| days >> day & 1 == 1).map(|day| names[day]).collect();
            let days = days.join(",").parse().unwrap();
            Shape::peak_hours(&Hours::list(&text).unwrap(), days, Decimal::new(factor, 2)).unwrap()
        });
    prop_oneof![Just(Shape::steady()), hours, spans]
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    /// Whatever the shape, the rates of all minutes make the requests that are billed.
    #[test]
    fn the_rates_make_the_requests(
        shape in any_shape(),
        time in prop::sample::select(vec!["730h", "2026-02", "2026-03", "2026-11", "2024-02", "1919-04"]),
        name in prop::sample::select(vec!["UTC", "America/New_York", "Europe/Berlin", "Pacific/Kiritimati"]),
        burst in prop::option::of((1..5_000_i64, 1..5_000_u64, 5_001..100_000_u64)),
        launch in prop::option::of((100..5_000_i64, 1..5_000_000_u64, 1..32_u32)),
        growth in 0..100_i64,
    ) {
        let mut traffic = Traffic::steady("123_456.7/day".parse().unwrap()).with_shape(shape).with_zone(zone(name));
        if let Some((factor, length, every)) = burst {
            let (length, every) = (Duration::from_secs(length), Duration::from_secs(every));
            traffic = traffic.with_bursts(vec![Burst::new(Decimal::new(factor, 2), length, every).unwrap()]);
        }
        if let Some((factor, length, day)) = launch {
            let length = Duration::from_secs(length);
            traffic = traffic.with_launch(Launch::new(Decimal::new(factor, 2), length, day).unwrap());
        }
        let traffic = traffic.with_growth(Growth::new(Decimal::new(growth, 2), 3).unwrap());
        let requests = approximate(traffic.requests(month(time)));
        let profile = traffic.profile(month(time));
        let sum = profile.rates_per_s.iter().sum::<f64>() * 60.0;
        prop_assert!((sum / requests - 1.0).abs() < 1e-9, "{sum} is not {requests}");
        prop_assert!(profile.rates_per_s.iter().all(|rate| rate.is_finite() && *rate >= 0.0));
        let (mean, hour, peak) = (traffic.mean_per_s(month(time)), profile.busy_hour_per_s(), profile.peak_per_s());
        prop_assert!(mean <= hour * (1.0 + 1e-9) && hour <= peak * (1.0 + 1e-9), "{mean} {hour} {peak}");
    }
}
