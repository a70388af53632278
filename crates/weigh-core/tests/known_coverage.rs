//! Coverage hour by hour: AWS's own example, explicit arrays, size flexibility, free quantities, and properties.

use proptest::prelude::*;

use rust_decimal::Decimal;
use weigh_core::bill::Bill;
use weigh_core::commitment::{Commitment, CommitmentKind, OfferingClass, Payment, Term};
use weigh_core::data::DataFile;
use weigh_core::hours::ByHour;
use weigh_core::money::{approximate, exact};
use weigh_core::pricebook::{Committed, OwnSheet, PriceBook, RegionPrices, Terms};
use weigh_core::units::Unit;
use weigh_core::usage::{Quantity, Scope, Usage};

const HEAD: &str = "price_id,unit,from_quantity,usd,from,seen,source,mark\n";

/// A region whose prices are these rows: price id, unit, rate.
fn prices(rows: &[(&str, &str, &str)]) -> RegionPrices {
    let mut own = "price_id,region,unit,price,from,note\n".to_owned();
    for (price_id, unit, rate) in rows {
        own += &format!("{price_id},*,{unit},{rate},2026-01-01,\n");
    }
    let path = "aws/us-east-1/ec2.csv".to_owned();
    let text = format!("{HEAD}ec2/instance-hours/z1.small,Hours,0,1,2026-01-01,2026-01-01,s,\n");
    let book =
        PriceBook::pack(&[DataFile { path: path.into(), text: text.into() }]).expect("right by construction");
    let sheet = OwnSheet::read(&DataFile { path: "own.csv".into(), text: own.into() })
        .expect("right by construction");
    book.with_own_prices(&sheet).open("us-east-1", None).expect("right by construction")
}

/// Adds a line of which these amounts fall on the hours.
fn add(usage: &mut Usage, price_id: &str, unit: Unit, by_hour: &[f64]) {
    let amount: f64 = by_hour.iter().sum();
    let scope = Scope { by_hour: ByHour::of(by_hour), ..Scope::default() };
    let amount = exact(amount, "use").expect("right by construction");
    usage
        .within(scope, |usage| usage.add(price_id, price_id, Quantity::of(unit).times(amount, "units")))
        .expect("right by construction");
}

fn plan(hourly: &str) -> Commitment {
    let kind = CommitmentKind::ComputeSavingsPlan { hourly: hourly.parse().expect("right by construction") };
    Commitment { kind, term: Term::OneYear, payment: Payment::NoUpfront, option: None }
}

fn reserved(instance_type: &str, count: u32) -> Commitment {
    let class = OfferingClass::Standard;
    let kind = CommitmentKind::ReservedInstance { instance_type: instance_type.into(), class, count };
    Commitment { kind, term: Term::OneYear, payment: Payment::NoUpfront, option: None }
}

fn bill(prices: &RegionPrices, usage: &Usage, commitments: &[Commitment], hours: u32) -> Bill {
    let committed = Committed { commitments, hours: hours.into() };
    prices.price(usage, &Terms { committed, ..Terms::on(prices.newest()) }).expect("right by construction")
}

/// Every charge as `quantity×rate part`, of those with a part or a cost.
fn shown(bill: &Bill) -> Vec<String> {
    let each = bill.charges().iter().map(|charge| {
        let line = format!(
            "{}: {}×{} {}",
            charge.description,
            charge.quantity.normalize(),
            charge.rate,
            charge.part
        );
        line.trim_end().to_owned()
    });
    each.collect()
}

/// The rates of AWS's example in the Savings Plans User Guide, with a c5.24xlarge in place of one under Windows.
fn example() -> (RegionPrices, Usage) {
    let prices = prices(&[
        ("ec2/instance-hours/c5.9xlarge", "Hours", "4"),
        ("ec2/instance-hours/c5.24xlarge", "Hours", "10"),
        ("fargate/vcpu-hours/linux-x86", "vCPU-Hours", "1.5"),
        ("fargate/memory-gb-hours/linux-x86", "GB-Hours", "2"),
        ("compute-savings-plan/instance-hours/c5.9xlarge/1-year-no-upfront", "Hours", "2"),
        ("compute-savings-plan/instance-hours/c5.24xlarge/1-year-no-upfront", "Hours", "8"),
        ("compute-savings-plan/fargate-vcpu-hours/linux-x86/1-year-no-upfront", "vCPU-Hours", "1"),
        ("compute-savings-plan/fargate-memory-gb-hours/linux-x86/1-year-no-upfront", "GB-Hours", "1"),
    ]);
    let mut usage = Usage::default();
    add(&mut usage, "ec2/instance-hours/c5.9xlarge", Unit::Hours, &[1.0]);
    add(&mut usage, "ec2/instance-hours/c5.24xlarge", Unit::Hours, &[1.0]);
    add(&mut usage, "fargate/vcpu-hours/linux-x86", Unit::VcpuHours, &[10.0]);
    add(&mut usage, "fargate/memory-gb-hours/linux-x86", Unit::GbHours, &[5.0]);
    (prices, usage)
}

/// AWS's Savings Plans User Guide, "Understanding how Savings Plans apply to your AWS usage", rates of its example in one hour:
/// 25 dollars pay for everything (2 + 8 + 10 × 1 + 5 × 1); less than that goes to what saves most first, at equal saving to
/// the lowest rate: memory of Fargate, then the c5.9xlarge, then vCPU, then the c5.24xlarge.
#[test]
fn the_example_of_aws_is_paid_in_its_order() {
    let (prices, usage) = example();
    let none = bill(&prices, &usage, &[], 1);
    assert_eq!(none.total(), 39.into());
    // hourly | total, and what is left of: c5.9xlarge, c5.24xlarge, vCPU, GB
    for (hourly, total, left) in [
        ("25", "25", ["0", "0", "0", "0"]),
        ("2", "37", ["1", "1", "10", "3"]),
        ("5", "34", ["1", "1", "10", "0"]),
        ("7", "32", ["0", "1", "10", "0"]),
        ("12", "29.5", ["0", "1", "5", "0"]),
        ("21", "26", ["0", "0.5", "0", "0"]),
        ("30", "30", ["0", "0", "0", "0"]),
    ] {
        let plans = [plan(hourly)];
        let bill = bill(&prices, &usage, &plans, 1);
        assert_eq!(bill.total(), total.parse().unwrap(), "{hourly}: {:#?}", shown(&bill));
        let on_demand = |price_id: &str| -> Decimal {
            let paid =
                bill.charges().iter().filter(|charge| charge.price_id == price_id && !charge.rate.is_zero());
            paid.map(|charge| charge.quantity).sum()
        };
        for (line, left) in usage.lines().iter().zip(left) {
            assert_eq!(on_demand(&line.price_id), left.parse().unwrap(), "{hourly}: {}", line.price_id);
        }
    }
}

#[test]
fn an_unused_part_of_an_hour_is_lost() {
    let (prices, _) = example();
    let mut usage = Usage::default();
    add(&mut usage, "fargate/vcpu-hours/linux-x86", Unit::VcpuHours, &[2.0, 6.0, 0.0]);
    let bill = bill(&prices, &usage, &[plan("4")], 3);
    assert_eq!(
        shown(&bill),
        [
            "fargate/vcpu-hours/linux-x86: 6×0 covered by Compute Savings Plan at $1",
            "fargate/vcpu-hours/linux-x86: 2×1.5",
            "Compute Savings Plan, 1-year, no-upfront: 3×4",
        ]
    );
    let [outcome] = bill.commitments() else { panic!("one commitment") };
    assert_eq!((outcome.committed, outcome.used, outcome.unused()), (12.into(), 6.into(), 6.into()));
    assert_eq!((outcome.utilisation(), outcome.coverage()), ("0.5".parse().ok(), "0.75".parse().ok()));
    assert_eq!((outcome.fee(), outcome.covered_worth, outcome.saving()), (12.into(), 9.into(), (-3).into()));
}

#[test]
fn reservations_come_first_and_cover_their_family_by_size() {
    let prices = prices(&[
        ("ec2/instance-hours/m5.large", "Hours", "0.1"),
        ("ec2/instance-hours/m5.xlarge", "Hours", "0.2"),
        ("ec2-reserved/instance-hours/m5.large/standard-1-year-no-upfront", "Hours", "0.06"),
        ("compute-savings-plan/instance-hours/m5.large/1-year-no-upfront", "Hours", "0.07"),
        ("compute-savings-plan/instance-hours/m5.xlarge/1-year-no-upfront", "Hours", "0.14"),
    ]);
    let mut usage = Usage::default();
    add(&mut usage, "ec2/instance-hours/m5.large", Unit::Hours, &[1.0, 2.0]);
    add(&mut usage, "ec2/instance-hours/m5.xlarge", Unit::Hours, &[1.0, 1.0]);
    // Three reserved m5.large: in the first hour one m5.large and one m5.xlarge; in the second two and a half of one.
    let bill = bill(&prices, &usage, &[plan("0.035"), reserved("m5.large", 3)], 2);
    assert_eq!(
        shown(&bill),
        [
            "ec2/instance-hours/m5.large: 3×0 covered by reserved m5.large",
            "ec2/instance-hours/m5.xlarge: 1.5×0 covered by reserved m5.large",
            "ec2/instance-hours/m5.xlarge: 0.25×0 covered by Compute Savings Plan at $0.14",
            "ec2/instance-hours/m5.xlarge: 0.25×0.2",
            "Reserved m5.large, standard, 1-year, no-upfront: 6×0.06",
            "Compute Savings Plan, 1-year, no-upfront: 2×0.035",
        ]
    );
    let [reserved, plan] = bill.commitments() else { panic!("two commitments") };
    assert_eq!((reserved.utilisation(), plan.utilisation()), (Some(1.into()), "0.5".parse().ok()));
    assert_eq!(bill.total(), "0.48".parse().unwrap());
}

#[test]
fn databases_and_nodes_are_covered_by_their_own_reservations() {
    let prices = prices(&[
        ("rds/postgresql-instance-hours/db.t4g.medium/single-az", "Hours", "0.065"),
        ("elasticache/node-hours/valkey/cache.t4g.small", "Node-Hours", "0.0256"),
        (
            "rds-reserved/postgresql-instance-hours/db.t4g.medium/single-az/3-years-all-upfront",
            "Hours",
            "0.03",
        ),
        ("elasticache-reserved/node-hours/valkey/cache.t4g.small/3-years-all-upfront", "Node-Hours", "0.012"),
    ]);
    let mut usage = Usage::default();
    let month = |count: u32, unit| Quantity::of(unit).times(count, "x").times(730, "hours");
    let database = "rds/postgresql-instance-hours/db.t4g.medium/single-az";
    usage.add(database, "Database", month(1, Unit::Hours)).unwrap();
    usage.add("elasticache/node-hours/valkey/cache.t4g.small", "Cache", month(2, Unit::NodeHours)).unwrap();
    let of = |kind| Commitment { kind, term: Term::ThreeYears, payment: Payment::AllUpfront, option: None };
    let commitments = [
        of(CommitmentKind::ReservedDatabase {
            database_type: "db.t4g.medium".into(),
            deployment: "single-az".into(),
            count: 1,
        }),
        of(CommitmentKind::ReservedCacheNode {
            node_type: "cache.t4g.small".into(),
            engine: "valkey".into(),
            count: 1,
        }),
    ];
    let bill = bill(&prices, &usage, &commitments, 730);
    assert_eq!(bill.total(), "730".parse::<Decimal>().unwrap() * "0.0676".parse::<Decimal>().unwrap());
    assert_eq!(bill.commitments()[0].cash().unwrap().upfront, "788.4".parse().unwrap());
    assert!(bill.commitments()[0].cash().unwrap().hourly.is_zero());
}

#[test]
fn a_rate_that_nobody_wrote_down_is_named() {
    let prices = prices(&[("fargate/vcpu-hours/linux-x86", "vCPU-Hours", "0.04")]);
    let mut usage = Usage::default();
    add(&mut usage, "fargate/vcpu-hours/linux-x86", Unit::VcpuHours, &[1.0]);
    let commitments = [plan("1"), reserved("m5.large", 1)];
    let committed = Committed { commitments: &commitments, hours: 1.into() };
    let missing = prices.price(&usage, &Terms { committed, ..Terms::on(prices.newest()) }).unwrap_err();
    let told: Vec<&str> = missing.iter().map(|price| price.price_id.as_str()).collect();
    assert_eq!(
        told,
        [
            "ec2-reserved/instance-hours/m5.large/standard-1-year-no-upfront",
            "compute-savings-plan/fargate-vcpu-hours/linux-x86/1-year-no-upfront",
        ]
    );
}

fn hours() -> impl Strategy<Value = Vec<(f64, f64)>> {
    let amount = || prop_oneof![Just(0.0), (0_u32..5).prop_map(f64::from), 0.0..5.0];
    prop::collection::vec((amount(), amount()), 1..12)
}

proptest! {
    /// A bill with commitments is the exact sum of its charges, each line is charged in whole, and the total is what an
    /// hour-by-hour reckoning in floating point says.
    #[test]
    fn bills_agree_with_a_reckoning_hour_by_hour(hours in hours(), count in 0_u32..4, cents in 0_u32..600) {
        let prices = prices(&[
            ("ec2/instance-hours/m5.large", "Hours", "0.1"),
            ("fargate/vcpu-hours/linux-x86", "vCPU-Hours", "0.05"),
            ("ec2-reserved/instance-hours/m5.large/standard-1-year-no-upfront", "Hours", "0.06"),
            ("compute-savings-plan/instance-hours/m5.large/1-year-no-upfront", "Hours", "0.07"),
            ("compute-savings-plan/fargate-vcpu-hours/linux-x86/1-year-no-upfront", "vCPU-Hours", "0.04"),
        ]);
        let (servers, tasks): (Vec<f64>, Vec<f64>) = hours.iter().copied().unzip();
        let mut usage = Usage::default();
        add(&mut usage, "ec2/instance-hours/m5.large", Unit::Hours, &servers);
        add(&mut usage, "fargate/vcpu-hours/linux-x86", Unit::VcpuHours, &tasks);
        let hourly = Decimal::new(cents.into(), 3);
        let mut commitments = vec![plan(&hourly.to_string())];
        commitments.extend((count > 0).then(|| reserved("m5.large", count)));
        let bill = bill(&prices, &usage, &commitments, u32::try_from(hours.len()).unwrap());
        let mut expected = 0.0;
        for (servers, tasks) in &hours {
            let left = (servers - f64::from(count)).max(0.0);
            let budget = f64::from(cents) / 1_000.0;
            let by_plan = left.min(budget / 0.07);
            let rest = (budget - by_plan * 0.07).max(0.0);
            let tasks_by_plan = tasks.min(rest / 0.04);
            expected += budget + f64::from(count) * 0.06 + (left - by_plan) * 0.1 + (tasks - tasks_by_plan) * 0.05;
        }
        let total = approximate(bill.total());
        prop_assert!((total - expected).abs() < 1e-6, "{total} {expected} {:#?}", shown(&bill));
        let sum: Decimal = bill.charges().iter().map(|charge| charge.quantity * charge.rate).sum();
        prop_assert_eq!(sum, bill.total());
        for line in usage.lines() {
            let parts = bill.charges().iter().filter(|charge| charge.price_id == line.price_id);
            prop_assert_eq!(parts.map(|charge| charge.quantity).sum::<Decimal>(), line.amount);
        }
        prop_assert!(bill.charges().iter().all(|charge| charge.quantity > Decimal::ZERO));
        for outcome in bill.commitments() {
            prop_assert!(outcome.used <= outcome.committed && outcome.covered_worth <= outcome.eligible_worth);
        }
    }
}
