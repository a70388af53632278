//! Right-sizing against figures reckoned by hand, on the frozen price book.

mod support;

use proptest::prelude::*;
use rust_decimal::Decimal;
use support::{book, catalog, whole_book};
use weigh_core::compare::BookStamp;
use weigh_core::pricebook::Terms;
use weigh_core::report::{RightsizingReport, rightsizing_report};
use weigh_core::rightsize::{Headroom, Inventory, Outcome, Packing, Rightsized, Together, rightsize};
use weigh_core::scenario::Scenario;

fn sized(text: &str, headroom: &str, types: &[&str]) -> Rightsized {
    let inventory = Inventory::parse(text).unwrap_or_else(|problems| panic!("{problems:?}"));
    let types: Vec<String> = types.iter().map(|name| (*name).to_owned()).collect();
    let prices = book("us-east-1", None);
    let terms = Terms::on(prices.newest());
    let headroom = headroom.parse().expect("a head-room");
    rightsize(&inventory, headroom, &types, catalog(), &prices, terms).expect("quantities that bills hold")
}

fn report(sized: &Rightsized) -> RightsizingReport {
    let prices = book("us-east-1", None);
    let stamp = BookStamp { hash: prices.book_hash(), newest: prices.book_newest(), own_later: 0 };
    rightsizing_report(sized, catalog(), "us-east-1", prices.newest(), &stamp)
}

/// A packing in short: its servers and their price, or why not.
fn told(packing: &Packing) -> String {
    match &packing.outcome {
        Outcome::Packed { servers, price } => {
            let servers: Vec<String> =
                servers.iter().map(|each| format!("{} × {}", each.count, each.what)).collect();
            let price = price.total().map_or("?".to_owned(), |total| total.normalize().to_string());
            format!("{} = {price}", servers.join(" + "))
        }
        Outcome::TooLarge { needs, .. } => {
            needs.iter().map(ToString::to_string).collect::<Vec<_>>().join(" ")
        }
    }
}

fn all_told(text: &str, headroom: &str) -> Vec<String> {
    let packings = sized(text, headroom, &[]).packings;
    packings.iter().map(|packing| format!("{}: {}", packing.platform, told(packing))).collect()
}

/// Every figure by hand: 100 % × 1.5 = 1,536 CPU units, 1,194.67 MB × 1.5 = 1,792 MB. The document's own task of 1.5 vCPU
/// and 2 GB (004, line 66) is no size of Fargate: 2 vCPU and 4 GB are the next, at 2 × 730 × 0.04048 + 4 × 730 × 0.004445.
#[test]
fn one_container_on_every_platform() {
    let told = all_told("name,cpu,memory,peak_cpu,image_size\napi,10 %,1194.666 MB,100 %,25 GB\n", "50 %");
    assert_eq!(
        told,
        [
            // Fargate: 2 × 730 × 0.04048 + 4 × 730 × 0.004445 + 5 × 730 × 0.000111, 20 GB being free.
            // 0.0376 × 730 + 33 × 0.08: 25 GB of images and 8 GB for the system. A t3.medium would cost more.
            "ec2-compose: 1 × t3a.medium = 30.088",
            "ecs-ec2: 1 × t3a.medium = 30.088",
            "fargate: 1 × 2 vCPU, 4 GB = 72.48535",
            "fargate: 1 × 2 vCPU, 4 GB = 72.48535",
            "lambda: image_size: needs an image of 25 GB for api; Lambda takes at most 10 GB. \
             Revisit when the image is smaller.",
            "lightsail: 1 × large (2 vCPU, 4 GB) = 80",
        ]
    );
}

/// 1.2 GB are 1,228.8 MB, and a quarter more of them 1,536, to the byte; a stated reservation counts where it is larger.
#[test]
fn what_is_exact_is_not_rounded_up() {
    let reserved = |headroom: &str, row: &str| {
        let text = format!("name,cpu,memory,reserved_memory\n{row}\n");
        let first = &sized(&text, headroom, &[]).reservations[0];
        (first.cpu_units, first.memory_mib)
    };
    assert_eq!(reserved("25 %", "api,50 %,1.2 GB,"), (640, 1_536));
    assert_eq!(reserved("0.25", "api,50 %,1.2 GB,1535 MB"), (640, 1_536));
    assert_eq!(reserved("25 %", "api,50.01 %,1.2 GB,1537 MB"), (641, 1_537));
    assert_eq!(reserved("0 %", "api,0 %,1 KB,"), (2, 6), "the least that Linux and Docker have");
}

/// t3.medium and t3a.medium earn credits for 0.4 of a vCPU: what keeps a whole one busy goes to a type without credits.
#[test]
fn burstable_types_must_earn_what_was_measured() {
    let compose = |cpu: &str, peak: &str| {
        all_told(&format!("name,cpu,memory,peak_cpu\napi,{cpu},1.8 GB,{peak}\n"), "0 %")[0].clone()
    };
    assert!(compose("40 %", "150 %").contains("t3a.medium"), "the peak is not for ever");
    assert!(compose("41 %", "").contains("t3.large"), "it earns 0.6 of a vCPU");
    assert!(
        compose("61 %", "").contains("c5.large"),
        "c5.large costs 0.085 an hour, no type without credits less"
    );
}

/// 0.75 vCPU and 2 GB each: two on a t3a.medium by CPU, one by memory (3,737 MB beside the system).
#[test]
fn a_cluster_is_packed_by_what_is_scarce() {
    let told = all_told("name,cpu,memory,replicas\napi,15 %,1.8 GB,3\n", "0 %");
    // 4 vCPU and 16 GB for 0.1664 an hour hold six; two t3a.medium hold four: 2 × 0.0376 × 730 + 2 × 30 × 0.08.
    assert_eq!(told[1], "ecs-ec2: 2 × t3a.medium = 59.696");
    // Three tasks of 0.25 vCPU and 2 GB.
    assert_eq!(told[2], "fargate: 3 × 0.25 vCPU, 2 GB = 41.6319");
    assert_eq!(told[5], "lightsail: 3 × medium (1 vCPU, 2 GB) = 120");
}

/// The document's option 2: 1,792 MB and 2.5 GB are 4.3 GB, on a t3.small of 2,048 MB.
#[test]
fn what_does_not_fit_says_so_and_what_would() {
    let text = "name,cpu,memory,peak_memory,reserved_memory\n\
                live,1 %,943 MB,1.5 GB,1792 MB\npipeline,4 %,1.1 GB,2.5 GB,\n";
    let sized = sized(text, "0 %", &["t3.small", "t3.large", "t9.small"]);
    assert!(!sized.holds());
    let all: Vec<String> = sized.stated.iter().map(told).collect();
    assert_eq!(
        all[0],
        // 2,048 × 97.5 % - 256 = 1,740.8.
        "memory: needs 4.25 GB (4,352 MB); a t3.small has 1,740 MB beside the system. \
         Revisit when the type is t3.large, the smallest of its family that holds them."
    );
    assert!(all[1].contains("needs 1.75 GB (1,792 MB) for live; a t3.small has 1,740 MB"), "{}", all[1]);
    assert_eq!(all[2], "1 × t3.large = 61.376");
    assert_eq!(all.len(), 4, "a type that the catalog has not is left out");
    let Outcome::TooLarge { held, left_out, .. } = &sized.stated[0].outcome else { panic!("too large") };
    assert_eq!((held.len(), left_out.join(" ")), (0, "live pipeline".to_owned()));
}

#[test]
fn what_fits_of_a_stated_type_follows_the_order_of_the_inventory() {
    let text = "name,cpu,memory\na,1 %,1 GB\nb,1 %,1.5 GB\nc,1 %,700 MB\n";
    let sized = sized(text, "0 %", &["t3.small"]);
    let Outcome::TooLarge { held, left_out, .. } = &sized.stated[0].outcome else { panic!("too large") };
    assert_eq!((held.join(" "), left_out.join(" ")), ("a c".to_owned(), "b".to_owned()));
}

#[test]
fn nothing_is_large_enough_for_everything() {
    for (packing, packed) in all_told("name,cpu,memory\nhuge,10000 %,900 TB\n", "1000 %").iter().zip(0..) {
        assert!(packing.contains(": needs ") || packing.contains("needs "), "{packed}: {packing}");
        assert!(packing.contains("Revisit when"), "{packing}");
    }
    assert!(!sized("name,cpu,memory\nhuge,10000 %,900 TB\n", "1000 %", &[]).holds());
}

/// A missing price is never zero: the other platforms are still priced.
#[test]
fn a_price_that_is_missing_is_named() {
    let inventory = Inventory::parse("name,cpu,memory,image_size\napi,5 %,600 MB,1 GB\n").unwrap();
    let prices = whole_book().open("us-east-1", None).unwrap();
    let early = Terms::on("2020-01-01".parse().unwrap());
    let sized = rightsize(&inventory, Headroom::default(), &[], catalog(), &prices, early).unwrap();
    let report = report(&sized);
    assert!(sized.holds() && report.prices.is_none());
    for packing in report.packings.iter().filter(|packing| packing.platform != "lambda") {
        assert_eq!((packing.status, packing.monthly_cost.as_deref()), ("unpriced", None), "{packing:?}");
        assert!(packing.missing[0].message.contains("no price for"), "{packing:?}");
    }
}

/// The components parse as those of a scenario once the CPU time of a request is stated.
#[test]
fn the_scenario_text_parses_with_the_rest_filled_in() {
    let text = "name,cpu,memory,image_size,replicas,peak_cpu,peak_memory\n\
                rag-core,0.10 %,356 MB,500 MB,1,,\npostgres (airflow),0.93 %,28.6 MB,,3,250 %,1.2 GB\n";
    let components = report(&sized(text, "30 %", &[])).scenario_text();
    let vocabulary = support::vocabulary();
    let head = "[scenario]\nname = \"RAG\"\nregion = \"us-east-1\"\n[traffic]\nrate = \"250/day\"\n";
    let scenario = format!("{head}{components}");
    assert!(Scenario::parse(&scenario, vocabulary).is_err(), "the CPU time is left to be stated");
    let filled = scenario.replace("# cpu_time", "cpu_time").replace("# image_size", "image_size");
    let scenario = Scenario::parse(&filled, vocabulary).unwrap_or_else(|problems| panic!("{problems:?}"));
    let [core, postgres] = scenario.components.as_slice() else { panic!("two components") };
    assert_eq!((core.name.as_str(), core.memory.mib()), ("rag-core", 463.into()));
    assert_eq!((postgres.vcpu, postgres.memory.mib()), ("3.25".parse().unwrap(), 1_598.into()));
}

/// Right-sized at random: the reservations hold what was measured, and the servers what was reserved.
fn inventories() -> impl Strategy<Value = String> {
    let row = (0_u32..30_000, 1_u32..20_000, 1_u32..4, prop::option::of(1_u32..30_000));
    prop::collection::vec(row, 1..14).prop_map(|rows| {
        let mut text = "name,cpu,memory,replicas,image_size\n".to_owned();
        for (index, (percent, mib, replicas, image)) in rows.into_iter().enumerate() {
            let image = image.map(|mib| format!("{mib} MB")).unwrap_or_default();
            let percent = Decimal::new(percent.into(), 2);
            text += &format!("c{index},{percent} %,{mib} MB,{replicas},{image}\n");
        }
        text
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn reservations_hold_what_was_measured_and_servers_what_is_reserved(text in inventories()) {
        let sized = sized(&text, "30 %", &["t3.small"]);
        for reserved in &sized.reservations {
            let container = &reserved.container;
            let wanted = container.cpu_percent / Decimal::ONE_HUNDRED * Decimal::new(13, 1);
            let units = reserved.vcpu() - wanted;
            prop_assert!(units >= Decimal::ZERO && units <= Decimal::new(2, 0) / Decimal::from(1_024));
            let mib = Decimal::from(reserved.memory_mib) - container.memory.mib() * Decimal::new(13, 1);
            prop_assert!(mib >= Decimal::ZERO && (mib < Decimal::ONE || reserved.memory_mib == 6));
        }
        let all = Together::all(&sized.reservations);
        for packing in sized.packings.iter().chain(&sized.stated) {
            if let Outcome::Packed { servers, .. } = &packing.outcome {
                let named: usize = servers.iter().map(|each| each.containers.len()).sum();
                prop_assert_eq!(named, sized.reservations.len());
                if let Some(instance) = catalog().instance_type(&servers[0].what) {
                    let count = Decimal::from(servers[0].count);
                    prop_assert!(Decimal::from(instance.memory_mib) * count > all.memory_mib);
                    prop_assert!(Decimal::from(instance.vcpu) * count >= all.vcpu);
                }
            }
            if let Outcome::TooLarge { needs, held, left_out } = &packing.outcome {
                prop_assert!(!needs.is_empty() && !left_out.is_empty());
                prop_assert_eq!(held.len() + left_out.len(), sized.reservations.len());
            }
        }
    }

    /// More head-room never makes a platform cheaper, and what does not fit does not come to fit.
    #[test]
    fn more_headroom_never_costs_less(text in inventories(), less in 0_u32..100, more in 1_u32..200) {
        let small = sized(&text, &format!("{less} %"), &[]);
        let large = sized(&text, &format!("{} %", less + more), &[]);
        for (small, large) in small.packings.iter().zip(&large.packings) {
            prop_assert!(small.holds() || !large.holds(), "{}", large.platform);
            // First fit decreasing is no best packing: with larger tasks it may happen on fewer instances.
            if large.platform != "ecs-ec2" && large.total().is_some() {
                prop_assert!(small.total() <= large.total(), "{}", large.platform);
            }
        }
    }

    /// The bill of every packing is the exact sum of its charges.
    #[test]
    fn a_packing_costs_the_sum_of_its_charges(text in inventories()) {
        let report = report(&sized(&text, "30 %", &["t3.xlarge"]));
        for packing in report.packings.iter().chain(&report.asked_for) {
            if let Some(cost) = &packing.monthly_cost {
                let charges: Decimal =
                    packing.charges.iter().map(|charge| charge.cost.parse::<Decimal>().unwrap()).sum();
                prop_assert_eq!(charges, cost.parse::<Decimal>().unwrap());
            }
        }
    }
}
