//! Policies: each rule at its limit and beyond it, what is unknown, where it stands, and which option it is about.

mod support;

use std::sync::OnceLock;

use proptest::prelude::*;
use rust_decimal::Decimal;
use support::{book, catalog, exactly, option_of, text, vocabulary, whole_book};
use weigh_core::compare::{Comparison, Ends, compare, compare_ends};
use weigh_core::coverage::{RegionCoverage, region_coverage, uses};
use weigh_core::policy::{Before, PolicyResult, PolicySubject, PolicyVerdict, RULES, judge, need_coverage};
use weigh_core::scenario::{ProjectPolicies, Scenario, Severity, policy_rules};
use weigh_core::snapshot::{ScenarioSnapshot, Taken};

use PolicyVerdict::{Failed, Passed, Unknown};

/// Settings of Lambda for which ap-south-1 lacks a price.
const PROVISIONED: &str = "architecture = \"arm\"\nprovisioned_concurrency = 1";

/// A scenario and what it came to, to hold policies against.
struct World {
    scenario: Scenario,
    comparison: Comparison,
    ends: Option<Ends>,
    coverage: RegionCoverage,
}

impl World {
    fn of(text: &str) -> World {
        let none = &mut |_: &str, _: &_| Err("no file can be read here".to_owned());
        let (scenario, ranged) =
            Scenario::parse_ranged(text, vocabulary(), none).unwrap_or_else(|why| panic!("{why:?}\n{text}"));
        let prices = book(&scenario.header.region, scenario.header.assume_missing_from.as_deref());
        let comparison = compare(&scenario, catalog(), &prices).expect("right by construction");
        let ends =
            ranged.map(|ranged| compare_ends(&ranged, catalog(), &prices).expect("right by construction"));
        let uses = uses(catalog(), whole_book()).expect("right by construction");
        let coverage =
            region_coverage(&uses, whole_book(), &book(&scenario.header.region, None), comparison.as_of);
        World { scenario, comparison, ends, coverage }
    }

    /// Fargate and Lambda, with cold starts and prices of several days.
    fn usual() -> World {
        let options = "[[option]]\nplatform = \"fargate\"\ntasks = 2\n[[option]]\nplatform = \"lambda\"\n";
        World::of(&text("40_000/day", "start_up_time = \"1 s\"", &format!("free_tier = false\n{options}")))
    }

    /// In a region whose prices are few, with some of another region.
    fn borrowing() -> World {
        let rest = "region = \"ap-south-1\"\nassume_missing_from = \"us-east-1\"\nfree_tier = false\n";
        World::of(&text("40_000/day", "", &format!("{rest}{}", option_of("lambda", PROVISIONED))))
    }

    /// In that region, without.
    fn lacking() -> World {
        let options = option_of("lambda", PROVISIONED) + "[[option]]\nplatform = \"lightsail\"\n";
        World::of(&text("40_000/day", "", &format!("region = \"ap-south-1\"\n{options}")))
    }

    fn subject(&self) -> PolicySubject<'_> {
        PolicySubject {
            file: "scenarios/shop.toml",
            scenario: &self.scenario,
            comparison: &self.comparison,
            ends: self.ends.as_ref(),
            coverage: Some(&self.coverage),
            before: Before::NotAsked,
            today: Some("2026-12-01".parse().expect("a day")),
        }
    }

    fn snapshot(&self) -> ScenarioSnapshot {
        let (scenario, comparison) = (&self.scenario, &self.comparison);
        let (inputs, traces) = (Vec::new(), Vec::new());
        ScenarioSnapshot::of(Taken { file: "scenarios/shop.toml", inputs, traces, scenario, comparison })
    }

    fn judged(&self, policy: &str) -> Vec<PolicyResult> {
        judged(policy, &self.subject())
    }

    fn only(&self, policy: &str) -> PolicyResult {
        only(policy, &self.subject())
    }
}

fn judged(policy: &str, subject: &PolicySubject<'_>) -> Vec<PolicyResult> {
    let read = ProjectPolicies::read("weigh.toml", &format!("[[policy]]\n{policy}"));
    judge(&read.unwrap_or_else(|why| panic!("{why:?}\n{policy}")).policies, subject)
}

fn only(policy: &str, subject: &PolicySubject<'_>) -> PolicyResult {
    let mut results = judged(policy, subject);
    assert_eq!(results.len(), 1, "{policy}: {results:#?}");
    results.remove(0)
}

#[test]
fn every_key_that_is_no_header_is_a_rule_of_the_table_in_the_same_order() {
    let keys: Vec<&str> = policy_rules().map(|field| field.key).collect();
    assert_eq!(RULES.iter().map(|rule| rule.key).collect::<Vec<_>>(), keys);
    assert!(RULES.iter().all(|rule| rule.field().is_some() && !rule.remedy.is_empty()));
}

/// The rule with `N` for its limit, a limit that is far off, the smallest step, and whether the limit is the least.
const NUMBERS: [(&str, &str, &str, bool); 11] = [
    ("monthly_cost_max = N", "0", "0.01", false),
    ("annual_cost_max = \"$N\"", "0", "0.01", false),
    ("latency_p50_max = \"N ms\"", "1", "0.000002", false),
    ("latency_p95_max = \"N ms\"", "1", "0.000002", false),
    ("latency_p99_max = \"N ms\"", "1", "0.000002", false),
    ("option = \"lambda\"\ncold_start_share_max = N", "0", "0.000002", false),
    ("option = \"lambda\"\ncold_start_latency_max = \"N ms\"", "1", "0.000002", false),
    ("price_age_max_days = N", "0", "1", false),
    ("priced_options_min = N", "1", "0.001", true),
    ("sourced_cost_min = N", "1", "0.001", true),
    ("price_coverage_min = N", "1", "0.001", true),
];

#[test]
fn a_number_holds_at_its_limit_and_fails_beyond_it() {
    let (usual, borrowing, lacking) = (World::usual(), World::borrowing(), World::lacking());
    for (rule, far, step, is_least) in NUMBERS {
        let world = match rule {
            "sourced_cost_min = N" | "price_coverage_min = N" => &borrowing,
            "priced_options_min = N" => &lacking,
            _ => &usual,
        };
        let with = |limit: Decimal| world.only(&rule.replace('N', &limit.normalize().to_string()));
        let far = with(exactly(far));
        assert_eq!(far.verdict, Failed, "{rule}: {far:?}");
        // Times are stated to the nanosecond, which is how near to the value a limit can come.
        let value = exactly(far.value.as_ref().expect("a number"));
        let (value, step) = (value.round_dp(6), exactly(step));
        let (at, beyond) = if is_least { (value - step, value + step) } else { (value + step, value - step) };
        assert_eq!((with(at).verdict, with(beyond).verdict), (Passed, Failed), "{rule} at {value}");
        assert!(far.remedy.is_some() && with(at).remedy.is_none(), "{rule}");
    }
}

#[test]
fn what_is_equal_to_its_limit_holds() {
    let world = World::usual();
    let total = world.comparison.ranked().next().expect("one").1.evaluation.bill.total();
    let month = world.only(&format!("monthly_cost_max = \"${total}\""));
    assert_eq!((month.verdict, month.value), (Passed, Some(total.normalize().to_string())));
    let year = world.only(&format!("annual_cost_max = \"${}\"", total * Decimal::from(12)));
    assert_eq!(
        (year.verdict, year.value),
        (Passed, Some((total * Decimal::from(12)).normalize().to_string()))
    );
    let age = world.only("price_age_max_days = 36_500").value.expect("days");
    assert_eq!(world.only(&format!("price_age_max_days = {age}")).verdict, Passed);
}

/// the rule | the verdict | a part of what is said
#[test]
fn marks_and_names_are_told() {
    let borrowing = World::borrowing();
    for (rule, verdict, said) in [
        ("borrowed_prices = false", Failed, "borrowed from another region: "),
        ("borrowed_prices = true", Passed, ", which is allowed"),
        ("single_source_prices = false", Failed, "that one source alone confirms: "),
        ("unverified_prices = false", Passed, "it uses no prices that no source confirms"),
        ("derived_prices = false", Passed, "it uses no prices derived from others"),
        ("recommended = \"it\"", Passed, "it is recommended, as required"),
        ("recommended = [\"lambda\", \"fargate\"]", Passed, "it is recommended, as required"),
        ("recommended = [\"fargate\"]", Failed, "it is recommended, and not fargate"),
    ] {
        let result = borrowing.only(rule);
        assert_eq!(result.verdict, verdict, "{rule}: {result:?}");
        assert!(result.message.contains(said), "{rule}: {}", result.message);
    }
}

#[test]
fn a_failed_rule_without_an_option_names_the_recommended_one() {
    let world = World::usual();
    let recommended = world.comparison.ranked().next().expect("one").0.name.clone();
    let result = world.only("name = \"Budget\"\nmonthly_cost_max = 1");
    assert_eq!((result.option, result.policy.as_str(), result.unit), (Some(recommended), "Budget", "USD"));
    let each = world.judged("option = \"*\"\nmonthly_cost_max = 1\nlatency_p95_max = \"1 h\"");
    let told: Vec<_> = each.iter().map(|each| (each.rule, each.option.as_deref().unwrap_or("-"))).collect();
    let mut names: Vec<&str> = world.comparison.ranked().map(|(option, _)| option.name.as_str()).collect();
    let expected: Vec<_> = ["monthly_cost_max", "latency_p95_max"]
        .iter()
        .flat_map(|rule| names.iter().map(move |name| (*rule, *name)))
        .collect();
    assert_eq!(told, expected);
    names.retain(|name| name.starts_with("far"));
    assert_eq!(world.judged("option = \"far*\"\nmonthly_cost_max = 1").len(), names.len());
}

#[test]
fn only_severity_fail_fails() {
    let world = World::usual();
    for (policy, severity, fails) in [
        ("monthly_cost_max = 1", Severity::Fail, true),
        ("severity = \"warn\"\nmonthly_cost_max = 1", Severity::Warn, false),
        ("severity = \"fail\"\nmonthly_cost_max = 1_000_000", Severity::Fail, false),
        ("option = \"nobody\"\nmonthly_cost_max = 1", Severity::Fail, true),
        ("severity = \"warn\"\noption = \"nobody\"\nmonthly_cost_max = 1", Severity::Warn, false),
    ] {
        let result = world.only(policy);
        assert_eq!((result.severity, result.fails()), (severity, fails), "{policy}");
    }
}

/// What can't be told is unknown, with the reason and what would help, and never passed.
#[test]
fn unknown_is_never_passed() {
    let (usual, lacking) = (World::usual(), World::lacking());
    let partial = World::of(&text(
        "5_000/day",
        "",
        &format!("month = \"2026-02-10..2026-02-20\"\n{}", option_of("fargate", "")),
    ));
    let rejected =
        World::of(&text("5_000/day", "", &format!("[needs]\ngpu = true\n{}", option_of("fargate", ""))));
    let no_day = PolicySubject { today: None, ..usual.subject() };
    let long_ago = PolicySubject { today: Some("1900-01-01".parse().expect("a day")), ..usual.subject() };
    let no_coverage = PolicySubject { coverage: None, ..usual.subject() };
    let cases = [
        (
            usual.subject(),
            "option = \"fargte\"\nmonthly_cost_max = 1",
            "no option `fargte`",
            "did you mean `fargate`",
        ),
        (
            usual.subject(),
            "option = \"ec2*\"\nmonthly_cost_max = 1",
            "no ranked option is named as `ec2*`",
            "weigh compare",
        ),
        (no_day, "price_age_max_days = 1", "no day is known", "--today"),
        (long_ago, "price_age_max_days = 10", "after 1900-01-01", "with a day from 20"),
        (no_coverage, "price_coverage_min = 0", "was not counted", "weigh prices coverage"),
        (
            lacking.subject(),
            "option = \"it\"\nmonthly_cost_max = 1_000_000",
            "can't be priced: the book lacks",
            "add it to",
        ),
        (rejected.subject(), "monthly_cost_max = 1_000_000", "no option is recommended", "weigh compare"),
        (
            rejected.subject(),
            "option = \"it\"\nlatency_p95_max = \"1 h\"",
            "it is rejected: it fails gpu",
            "weigh compare",
        ),
        (rejected.subject(), "option = \"*\"\nmonthly_cost_max = 1", "no ranked option", "weigh compare"),
        (partial.subject(), "monthly_cost_max = 1_000_000", "(264 h) is billed: it costs", "a whole month"),
        (partial.subject(), "annual_cost_max = 1_000_000", "stands for no year", "a whole month"),
    ];
    for (subject, policy, why, remedy) in cases {
        let result = only(policy, &subject);
        assert_eq!(result.verdict, Unknown, "{policy}: {result:?}");
        assert!(result.message.contains(why), "{policy}: {}", result.message);
        assert!(result.remedy.as_ref().is_some_and(|told| told.contains(remedy)), "{policy}: {result:?}");
        assert_eq!((result.value.is_none(), result.fails()), (true, true), "{policy}");
    }
    // A part of a month may be too much already.
    assert_eq!(only("monthly_cost_max = 0", &partial.subject()).verdict, Failed);
}

#[test]
fn a_limit_holds_at_the_high_end_of_ranges() {
    let world = World::of(&text("5_000..500_000/day", "", &option_of("lambda", "")));
    let total = |comparison: &Comparison| comparison.ranked().next().expect("one").1.evaluation.bill.total();
    let (expected, high) = (total(&world.comparison), total(&world.ends.as_ref().expect("ranges").high));
    assert!(expected < high);
    for (limit, verdict, end) in [
        (expected - Decimal::ONE, Failed, "expected"),
        (expected, Failed, "high"),
        (high - exactly("0.0001"), Failed, "high"),
        (high, Passed, "high"),
    ] {
        let result = world.only(&format!("monthly_cost_max = \"${limit}\""));
        assert_eq!((result.verdict, result.end), (verdict, Some(end)), "{limit}: {result:?}");
        assert_eq!(result.message.starts_with("at the high end of the ranges it"), end == "high");
    }
    // Ranges move no coverage.
    assert_eq!(world.only("price_coverage_min = 0").end, None);
    assert_eq!(World::usual().only("monthly_cost_max = 1").end, None);
}

/// An increase of the recommended option from $200: the limit | the cost before, as a share of that now | the verdict
#[test]
fn an_increase_is_held_against_the_snapshot() {
    let world = World::usual();
    let now = world.comparison.ranked().next().expect("one").1.evaluation.bill.total();
    let mut snapshot = world.snapshot();
    let name = snapshot.decision.recommended.clone().expect("one");
    for (limit, before, verdict) in [
        ("\"0 %\"", now, Passed),
        ("0", now, Passed),
        ("\"0 %\"", now * Decimal::TWO, Passed),
        ("\"100 %\"", now / Decimal::TWO, Passed),
        ("\"99.99 %\"", now / Decimal::TWO, Failed),
        ("1", now - Decimal::ONE, Passed),
        ("\"$0.99\"", now - Decimal::ONE, Failed),
        ("\"1_000 %\"", Decimal::ZERO, Failed),
    ] {
        let place = snapshot.options.iter().position(|option| option.option == name).expect("one");
        snapshot.options[place].monthly_cost = Some(before);
        let subject = PolicySubject { before: Before::Known(&snapshot), ..world.subject() };
        let result = only(&format!("increase_max = {limit}"), &subject);
        assert_eq!(result.verdict, verdict, "{limit} from {before}: {}", result.message);
    }
    // Nothing costs less than nothing, by a little or by all that a decimal holds.
    for before in [Decimal::NEGATIVE_ONE, Decimal::MIN] {
        let place = snapshot.options.iter().position(|option| option.option == name).expect("one");
        snapshot.options[place].monthly_cost = Some(before);
        let subject = PolicySubject { before: Before::Known(&snapshot), ..world.subject() };
        let result = only("increase_max = 0", &subject);
        assert_eq!(result.verdict, Unknown, "{}", result.message);
    }
    // Nobody asked, nothing is judged.
    assert_eq!(world.judged("increase_max = 0"), []);
    let absent = PolicySubject { before: None.into(), ..world.subject() };
    let result = only("increase_max = 0", &absent);
    assert_eq!(
        (result.verdict, result.message.as_str()),
        (Unknown, "the snapshot does not have scenarios/shop.toml")
    );
}

#[test]
fn what_is_recommended_now_is_held_against_what_was_recommended() {
    let world = World::usual();
    let mut snapshot = world.snapshot();
    let names: Vec<String> = snapshot.decision.ranking.clone();
    snapshot.decision.recommended = Some(names[1].clone());
    snapshot.options.iter_mut().for_each(|option| option.monthly_cost = Some(Decimal::ONE));
    let subject = PolicySubject { before: Before::Known(&snapshot), ..world.subject() };
    let result = only("increase_max = 0", &subject);
    let said = format!("{} grows from $1.00 of {}, recommended then, to", names[0], names[1]);
    assert!(result.message.starts_with(&said), "{}", result.message);
    let named = only(&format!("option = \"{}\"\nincrease_max = 0", names[0]), &subject);
    assert!(named.message.starts_with(&format!("{} grows from $1.00 to", names[0])), "{}", named.message);
    for option in &mut snapshot.options {
        (option.monthly_cost, option.status) = (None, "unpriced".to_owned());
    }
    let subject = PolicySubject { before: Before::Known(&snapshot), ..world.subject() };
    let result = only("increase_max = 0", &subject);
    assert_eq!(
        (result.verdict, result.message),
        (Unknown, format!("{} is unpriced in the snapshot", names[1]))
    );
}

#[test]
fn policies_of_the_project_are_about_the_scenarios_that_they_name() {
    let world = World::usual();
    for (pattern, about) in [
        ("scenarios/*", true),
        ("shop.toml", true),
        ("*.toml", true),
        ("other/*", false),
        ("hop.toml", false),
    ] {
        let policy = format!("scenario = \"{pattern}\"\nmonthly_cost_max = 1");
        assert_eq!(world.judged(&policy).len(), usize::from(about), "{pattern}");
    }
    let read =
        |rule: &str| ProjectPolicies::read("", &format!("[[policy]]\n{rule}\n")).expect("right").policies;
    assert!(need_coverage(&read("price_coverage_min = 1")) && !need_coverage(&read("monthly_cost_max = 1")));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(256))]
    /// A larger limit of what is bounded from above, a smaller one of what is bounded from below, lets pass what passed.
    #[test]
    fn a_wider_limit_fails_nothing_that_passed(rule in 0..NUMBERS.len(), one in 1_u32..=10_000, other in 1_u32..=10_000) {
        static WORLDS: OnceLock<[World; 2]> = OnceLock::new();
        let worlds = WORLDS.get_or_init(|| [World::usual(), World::borrowing()]);
        let (rule, _, _, is_least) = NUMBERS[rule];
        let verdict = |limit: u32| {
            // Shares are of 1, and all else is whole.
            let limit = if is_least || rule.contains("share") { Decimal::new(limit.into(), 4) } else { limit.into() };
            worlds[usize::from(is_least)].only(&rule.replace('N', &limit.normalize().to_string())).verdict
        };
        let (least, most) = (one.min(other), one.max(other));
        let (narrow, wide) = if is_least { (most, least) } else { (least, most) };
        if verdict(narrow) == Passed {
            prop_assert_eq!(verdict(wide), Passed);
        }
    }
}
