//! What holds of every comparison, on random scenarios: exact bills, fair ranks, the same bytes, and no panic.

#[path = "support/random.rs"]
mod random;
mod support;

use proptest::prelude::*;
use rust_decimal::Decimal;
use support::{book, catalog, compare, evaluation, vocabulary};
use weigh_core::bill::{Bill, Charge};
use weigh_core::compare::{Comparison, Verdict};
use weigh_core::evaluate::Evaluation;
use weigh_core::measure::Size;
use weigh_core::platforms::{Room, TaskNeed, pack};
use weigh_core::pricebook::PriceBook;
use weigh_core::problem::Problem;
use weigh_core::report::{comparison_report, explanation_report};
use weigh_core::scenario::Scenario;

/// The comparison of a text, when it is a scenario: some random needs contradict some random options.
fn compared(text: &str) -> Option<(Scenario, Comparison)> {
    let scenario = Scenario::parse(text, vocabulary()).ok()?;
    let book = book(&scenario.header.region, scenario.header.assume_missing_from.as_deref());
    let comparison = weigh_core::compare::compare(&scenario, catalog(), &book).ok()?;
    Some((scenario, comparison))
}

/// A charge multiplies, a bill adds, and nothing is negative.
fn bill_is_exact(bill: &Bill) -> Result<(), TestCaseError> {
    for charge in bill.charges() {
        prop_assert_eq!(charge.cost, charge.quantity * charge.rate, "{}", charge.price_id);
        prop_assert!(multiplies_exactly(charge), "{}: {}", charge.price_id, charge.quantity);
        prop_assert!(charge.quantity > Decimal::ZERO, "{}: {}", charge.price_id, charge.quantity);
        prop_assert!(
            charge.rate >= Decimal::ZERO && charge.quantity <= charge.metered,
            "{}",
            charge.price_id
        );
        let factors: Decimal = charge.factors.iter().map(|factor| factor.value).product();
        let off = (factors - charge.metered).abs();
        // Quantities end after nine places.
        prop_assert!(off <= Decimal::new(1, 9), "{}: its formula", charge.price_id);
    }
    prop_assert_eq!(bill.total(), bill.charges().iter().map(|charge| charge.cost).sum::<Decimal>());
    Ok(())
}

/// Whether the cost is the product to the last digit, reckoned with whole numbers and not with decimals.
fn multiplies_exactly(charge: &Charge) -> bool {
    let (quantity, rate) = (charge.quantity.normalize(), charge.rate.normalize());
    let cost = charge.cost.normalize();
    let scale = (quantity.scale() + rate.scale()).checked_sub(cost.scale());
    let product = quantity.mantissa().checked_mul(rate.mantissa());
    let padded = scale.and_then(|scale| cost.mantissa().checked_mul(10_i128.checked_pow(scale)?));
    product.is_some() && product == padded
}

/// The parts of each metered line add up to the line.
fn parts_are_the_whole(bill: &Bill) -> Result<(), TestCaseError> {
    let mut left: Vec<(&str, &str, Decimal)> = Vec::new();
    for charge in bill.charges() {
        let line = (charge.price_id.as_str(), charge.description.as_str());
        match left.iter_mut().find(|(id, what, _)| (*id, *what) == line) {
            Some((_, _, rest)) => *rest -= charge.quantity,
            None => left.push((line.0, line.1, charge.metered - charge.quantity)),
        }
    }
    for (price_id, what, rest) in left {
        prop_assert_eq!(rest, Decimal::ZERO, "{} {}", price_id, what);
    }
    Ok(())
}

/// Ranks follow the scores, the list follows the ranks, and a score is the sum of what each criterion adds.
fn ranks_are_fair(comparison: &Comparison) -> Result<(), TestCaseError> {
    let ranked: Vec<_> = comparison.ranked().map(|(_, ranked)| ranked).collect();
    for own in &ranked {
        let better = ranked.iter().filter(|other| other.score > own.score + 1e-12).count();
        prop_assert_eq!(own.rank, better + 1);
        prop_assert!((0.0..=1.0 + 1e-12).contains(&own.score), "{}", own.score);
        let added: f64 = own.contributions.iter().sum();
        prop_assert!(comparison.columns.is_empty() || (added - own.score).abs() < 1e-12);
        prop_assert_eq!(own.values.len(), comparison.columns.len());
    }
    prop_assert!(ranked.windows(2).all(|pair| pair[0].rank <= pair[1].rank));
    let place = |verdict: &Verdict| match verdict {
        Verdict::Ranked(_) => 0,
        Verdict::Rejected { .. } => 1,
        Verdict::Unpriced { .. } | Verdict::NotExact(_) => 2,
    };
    let places: Vec<u8> = comparison.options.iter().map(|option| place(&option.verdict)).collect();
    prop_assert!(places.is_sorted(), "ranked, then rejected, then unpriced");
    Ok(())
}

/// A rejection names a need, and a price that is absent is named: nothing is silent.
fn nothing_is_silent(comparison: &Comparison) -> Result<(), TestCaseError> {
    for option in &comparison.options {
        match &option.verdict {
            Verdict::Ranked(_) => {}
            Verdict::Rejected { needs, .. } => prop_assert!(!needs.is_empty(), "{}", option.name),
            Verdict::Unpriced { missing, .. } => prop_assert!(!missing.is_empty(), "{}", option.name),
            Verdict::NotExact(why) => prop_assert!(!why.is_empty(), "{}", option.name),
        }
    }
    Ok(())
}

/// Every place that a problem names lies inside the text, between characters.
fn spans_lie_inside(text: &str, problems: &[Problem]) -> Result<(), TestCaseError> {
    prop_assert!(!problems.is_empty());
    for problem in problems {
        let context = problem.context.as_ref().map(|(span, _)| span);
        for span in [&problem.span].into_iter().chain(context) {
            prop_assert!(text.get(span.clone()).is_some(), "{span:?} of {}: {}", text.len(), problem.message);
        }
        let (line, column) = problem.line_and_column(text);
        prop_assert!(line >= 1 && column >= 1 && line <= text.matches('\n').count() + 1);
        prop_assert!(!problem.message.is_empty());
    }
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 96, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn bills_are_exact_and_ranks_are_fair(text in random::scenario()) {
        let Some((_, comparison)) = compared(&text) else { return Ok(()) };
        for option in &comparison.options {
            let Some(evaluation) = evaluation(option) else { continue };
            for bill in [&evaluation.bill, &evaluation.bill_without_allowances] {
                bill_is_exact(bill)?;
                parts_are_the_whole(bill)?;
            }
            prop_assert!(evaluation.bill.total() <= evaluation.bill_without_allowances.total(), "{}", option.name);
        }
        ranks_are_fair(&comparison)?;
        nothing_is_silent(&comparison)?;
    }

    #[test]
    fn the_same_input_gives_the_same_bytes(text in random::scenario()) {
        let Some((scenario, comparison)) = compared(&text) else { return Ok(()) };
        let bytes = |scenario: &Scenario, comparison: &Comparison| {
            let report = comparison_report(scenario, catalog(), comparison);
            let document = format!("{:?}", report.document());
            (serde_json::to_string(&report).expect("a report is data"), document)
        };
        let packed_again = PriceBook::pack(support::files()).expect("a right book");
        let again = packed_again.open(&scenario.header.region, scenario.header.assume_missing_from.as_deref());
        let again = weigh_core::compare::compare(&scenario, catalog(), &again.expect("a whole book")).expect("scales");
        prop_assert_eq!(bytes(&scenario, &comparison), bytes(&scenario, &again));
        for option in &comparison.options {
            let explained = explanation_report(&scenario, catalog(), &comparison, option);
            prop_assert!(serde_json::to_string(&explained).is_ok(), "{}", option.name);
        }
    }

    /// Lambda's start-up is left at 0 here: more traffic keeps environments warm, so a long INIT may well cost less.
    #[test]
    fn twice_the_traffic_never_costs_less(
        text in random::without_rate(Just(random::options(random::FIXED, &[0, 1, 2, 3, 4, 5, 6, 7, 8, 9]))),
        (count, per) in random::rate(),
    ) {
        let warm: Vec<&str> = text
            .lines()
            .map(|line| if line.ends_with("# start") { "start_up_time = \"0 s\"" } else { line })
            .collect();
        let at = |count: u32| warm.join("\n").replace("RATE", &format!("{count}/{per}"));
        let (once, twice) = (at(count), at(2 * count));
        let (Some((_, once)), Some((_, twice))) = (compared(&once), compared(&twice)) else { return Ok(()) };
        for before in &once.options {
            let after = twice.options.iter().find(|after| after.name == before.name);
            let pair = evaluation(before).zip(after.and_then(evaluation));
            let Some((before, after)) = pair else { continue };
            prop_assert!(before.bill.total() <= after.bill.total(), "{}", before.size);
            prop_assert!(before.bill_without_allowances.total() <= after.bill_without_allowances.total(), "{}", before.size);
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 40, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn kinds_of_request_that_are_alike_change_nothing(text in random::scenario(), share in 1u32..=100) {
        let kinds = format!("{text}\n[[request]]\nname = \"same\"\ncomponent = \"c0\"\nshare = \"{share} %\"\n");
        let (Some((_, plain)), Some((_, mixed))) = (compared(&text), compared(&kinds)) else { return Ok(()) };
        for (before, after) in plain.options.iter().zip(&mixed.options) {
            prop_assert_eq!((&before.name, support::status(before)), (&after.name, support::status(after)));
            let Some((before, after)) = evaluation(before).zip(evaluation(after)) else { continue };
            prop_assert_eq!(&before.size, &after.size);
            let off = (before.bill.total() - after.bill.total()).abs();
            prop_assert!(off < Decimal::new(1, 5), "{} and {}", before.bill.total(), after.bill.total());
            let p95_s = |each: &Evaluation| each.latency().map_or(0.0, |latency| latency.p95_s);
            prop_assert!((p95_s(before) - p95_s(after)).abs() <= 1e-9 * p95_s(before));
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn a_broken_text_is_refused_at_a_place_inside_it(
        text in random::scenario(),
        at in any::<prop::sample::Index>(),
        length in 0usize..40,
        instead in prop_oneof![
            prop::sample::select(vec!["", "\"", "[", "]]", "=", "\n", "é", "µs", "nan", "-1", "1e400", "'''", "\u{0}", "{", "🦀"]),
            prop::sample::select(vec!["[needs]\n", "[[option]]\n", "inf", "0x1F", "99999999999999999999", "2026-02-30", "true", "#"]),
        ],
        cut in any::<bool>(),
    ) {
        let places: Vec<usize> = text.char_indices().map(|(place, _)| place).collect();
        let from = places[at.index(places.len())];
        let to = places.iter().copied().find(|place| *place >= from + length).unwrap_or(text.len());
        let rest = if cut { "" } else { &text[to..] };
        let broken = format!("{}{instead}{rest}", &text[..from]);
        match Scenario::parse(&broken, vocabulary()) {
            Err(problems) => spans_lie_inside(&broken, &problems)?,
            Ok(_) => nothing_is_silent(&compare(&broken))?,
        }
    }
}

/// Compares a text when it is a scenario, and writes its report.
fn weighed(text: &str) -> bool {
    let Some((scenario, comparison)) = compared(text) else { return false };
    assert!(nothing_is_silent(&comparison).is_ok(), "{text}");
    let report = comparison_report(&scenario, catalog(), &comparison);
    assert!(!report.document().blocks.is_empty());
    true
}

/// The ends of what a scenario may state: each is refused or compared, and no number overflows.
#[test]
fn the_ends_of_traffic_sizes_and_times_are_weighed_or_refused() {
    let every: Vec<usize> = (0..random::FIXED.len()).collect();
    let mut count = 0;
    for options in [String::new(), random::options(random::FIXED, &every)] {
        for rate in ["1e12/s", "1e15/s", "1_000_000_000_000/month", "0.000_001/month", "1e-27/month"] {
            for size in ["0 B", "1 B", "1_024 TB", "16_000_000 TB"] {
                for time in ["1 us", "1 s", "900 s", "5_000_000 h"] {
                    let moved = ["request_size", "response_size", "log_size", "outside_request_size"]
                        .map(|key| format!("{key} = \"{size}\""));
                    let component = format!(
                        "{}; cpu_time = \"{time}\"; wait_time = \"{time}\"; concurrency = 100_000",
                        moved.join("; ")
                    );
                    count += u32::from(weighed(&support::text(rate, &component, &options)));
                }
            }
        }
    }
    // Of the rates three are in range, of the sizes three.
    assert_eq!(count, 2 * 3 * 3 * 4);
}

#[test]
fn the_ends_of_components_and_settings_are_weighed_or_refused() {
    let every: Vec<usize> = (0..random::FIXED.len()).collect();
    let fixed = random::options(random::FIXED, &every);
    let mut count = 0;
    for component in [
        "vcpu = 1e-28; memory = \"1 B\"",
        "vcpu = 0.000_001; memory = \"1 B\"",
        "vcpu = 1_000_000; memory = \"1_024 TB\"",
        "traffic_share = 1e-28",
        "traffic_share = 0.000_001",
        "state = \"local-disk\"; disk = \"1_024 TB\"",
        "image_size = \"1 B\"; concurrency = 1",
    ] {
        for rest in [
            fixed.as_str(),
            "",
            "[needs]\nmonthly_budget = \"$79_000_000_000_000_000_000_000_000_000\"\n",
            "[needs]\nmonthly_budget = \"$0.000_000_000_000_000_000_000_000_000_1\"\n",
            "[needs]\navailability = 1e-28\np95_latency = \"1 us\"\n",
            "[needs]\nlongest_request = \"5_000_000 h\"\np95_latency = \"5_000_000 h\"\nmin_replicas = 1000\n",
            "[wishes]\nmonthly_cost = 1e28\np95_latency = 1e-28\n",
            "[wishes]\nmonthly_cost = { weight = 1, best = \"$0\", worst = \"$0.000_000_000_000_1\" }\n",
            "[[option]]\nplatform = \"fargate\"\ntarget_utilisation = 1e-28\n",
            "[[option]]\nplatform = \"lightsail\"\ntarget_utilisation = 1e-28\n",
            "[[option]]\nplatform = \"ecs-ec2\"\ntarget_utilisation = 1e-28\ndisk = \"1_024 TB\"\n",
            "[[option]]\nplatform = \"ecs-ec2\"\ntasks = 50_000\nnetwork_mode = \"bridge\"\n",
            "[[option]]\nplatform = \"ec2-compose\"\nmemory_reserve = \"1_024 TB\"\n",
            "[[option]]\nplatform = \"ec2-compose\"\nmemory_reserve = \"0 B\"\ninstances = 5_000\n",
            "[[option]]\nplatform = \"lambda\"\nmemory = \"1 B\"\nkeep_alive = \"5_000_000 h\"\n",
            "[[option]]\nplatform = \"lambda\"\nmemory = \"128 MB\"\nprovisioned_concurrency = 100_000\n",
        ] {
            count += u32::from(weighed(&support::text("10/s", component, rest)));
        }
    }
    assert!(count > 90, "{count} of 112 were compared, too few to say anything");
}

#[test]
fn a_task_that_needs_next_to_nothing_fits_any_number_of_times() {
    let room = Room { vcpu: 192.into(), memory_mib: 1_024.into(), tasks: u32::MAX };
    let task = TaskNeed { vcpu: Decimal::new(1, 28), memory: Size::from_bytes(0) };
    assert_eq!(room.holds(task), u32::MAX);
    assert_eq!(pack(room, &[(task, 50_000)]), Some(1));
}
