//! Errors that are planted into bills, each of which must be found again.

mod support;

use proptest::prelude::*;
use rust_decimal::Decimal;
use support::audit::{Audited, sum, told};
use weigh_core::audit::{Line, Part};

/// Options with servers, services around them, and what is paid per request.
const OPTIONS: &[&str] = &[
    "platform = \"fargate\"\ntasks = 2\nnetwork = \"nat\"",
    "platform = \"fargate\"\ntasks = 5",
    "platform = \"ecs-ec2\"\ninstance_type = \"t3.xlarge\"\ninstances = 2\ntasks = 4",
    "platform = \"ec2-compose\"\ninstance_type = \"t3.xlarge\"\ninstances = 3",
    "platform = \"lambda\"\nmemory = \"1 GB\"\nfront_door = \"http-api\"",
];

/// Errors: what they make of a part's bill.
const ERRORS: &[&str] =
    &["left out", "twice", "720 hours", "no free tier", "another count", "GB of 1,000 MB", "eu-west-1"];

fn text(per_hour: u32, kb: u32, option: &str, claim: &str) -> String {
    format!(
        "[scenario]\nname = \"t\"\nregion = \"us-east-1\"\n[traffic]\nrate = \"{per_hour}/hour\"\n\
         [[component]]\nname = \"a\"\nvcpu = 0.5\nmemory = \"512 MB\"\ncpu_time = \"5 ms\"\nwait_time = \"20 ms\"\n\
         concurrency = 50\nstart_up_time = \"1 s\"\nresponse_size = \"{kb} KB\"\noutside_request_size = \"1 KB\"\n\
         [[option]]\nname = \"it\"\n{option}\n{claim}"
    )
}

/// The sum of a bill with an error; nothing where the error does not apply.
fn planted(audited: &Audited, part: &Part, error: &str, which: usize) -> Option<Decimal> {
    let bill = &part.bills[0];
    let mut ids: Vec<&str> = bill.iter().map(|line| line.charge.price_id.as_str()).collect();
    ids.sort_unstable();
    ids.dedup();
    let chosen = ids[which % ids.len()];
    let sum = |cost: &dyn Fn(&Line) -> Option<Decimal>| bill.iter().map(cost).sum::<Option<Decimal>>();
    let times =
        |line: &Line, factor: Option<Decimal>| Some(line.charge.cost * factor.unwrap_or(Decimal::ONE));
    let with_label = |line: &Line, words: &[&str]| {
        let factors = &line.charge.factors;
        factors.iter().find(|factor| words.contains(&&*factor.label)).map(|factor| factor.value)
    };
    match error {
        "left out" => sum(&|line| times(line, (line.charge.price_id == chosen).then_some(Decimal::ZERO))),
        "twice" => sum(&|line| times(line, (line.charge.price_id == chosen).then_some(Decimal::TWO))),
        "720 hours" => {
            sum(&|line| times(line, with_label(line, &["hours"]).map(|hours| Decimal::from(720) / hours)))
        }
        "no free tier" => Some(part.without_allowances[0].iter().map(|line| line.charge.cost).sum()),
        "another count" => {
            let things = ["task", "tasks", "instance", "instances"];
            let other = Decimal::from(which % 9 + 1);
            sum(&|line| times(line, with_label(line, &things).map(|count| other / count)))
        }
        "GB of 1,000 MB" => {
            let is_gb = |line: &Line| ["GB", "GB-Months"].contains(&line.charge.unit.spelling());
            sum(&|line| times(line, is_gb(line).then(|| Decimal::new(1_024, 3))))
        }
        region => {
            let rate = |line: &Line| {
                audited.prices.rate_elsewhere(region, &line.charge.price_id, audited.comparison.as_of)
            };
            sum(&|line| match line.charge.rate.is_zero() {
                true => Some(line.charge.cost),
                false => Some(rate(line)? * line.charge.quantity),
            })
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 96, ..ProptestConfig::default() })]

    #[test]
    fn what_is_planted_is_found_or_what_is_as_exact_and_as_simple(
        per_hour in 100_u32..50_000, kb in 1_u32..400, option in 0..OPTIONS.len(), error in 0..ERRORS.len(), which in 0_usize..40,
    ) {
        let plain = Audited::of(&text(per_hour, kb, OPTIONS[option], ""));
        let part = plain.part("it", &|_| true);
        let computed = sum(part.clone());
        let was = computed.figure.single().expect("no ranges");
        let Some(stated) = planted(&plain, &part, ERRORS[error], which) else { return Ok(()) };
        // What agrees within 1 % needs no cause.
        prop_assume!((stated - was).abs() > was * Decimal::new(1, 2) && stated > Decimal::ZERO);
        let claim = format!(
            "[[claim]]\nid = \"C\"\nabout = \"total\"\noption = \"it\"\nvalue = \"{}\"\nunit = \"USD/month\"\n",
            stated.round_dp(6)
        );
        let mut audited = Audited::of(&text(per_hour, kb, OPTIONS[option], &claim));
        audited.comparison = plain.comparison;
        let found = audited.causes("C", &computed);
        let context = format!("{} of {}, {was} became {stated}:\n{}", ERRORS[error], OPTIONS[option], told(&found));
        let first = found.first();
        prop_assert!(first.is_some(), "nothing found for {}", context);
        let first = first.expect("it was found");
        prop_assert_eq!(first.changes, 1, "{}", &context);
        let off = first.figure.single().map(|figure| (figure - stated).abs());
        prop_assert!(off.is_some_and(|off| off <= stated * Decimal::new(2, 6)), "{}", &context);
        prop_assert!(first.kind != "would-need", "{}", &context);
        // The same again gives the same.
        prop_assert_eq!(&found, &audited.causes("C", &computed));
    }

    #[test]
    fn what_agrees_has_no_cause(per_hour in 100_u32..50_000, option in 0..OPTIONS.len(), off in 0_i64..9) {
        let plain = Audited::of(&text(per_hour, 20, OPTIONS[option], ""));
        let computed = sum(plain.part("it", &|_| true));
        let near = computed.figure.map(|end| end * Decimal::new(1_000 + off, 3));
        let value = near.single().expect("no ranges").round_dp(6);
        let claim = format!(
            "[[claim]]\nid = \"C\"\nabout = \"total\"\noption = \"it\"\nvalue = \"{value}\"\nunit = \"USD/month\"\n"
        );
        let mut audited = Audited::of(&text(per_hour, 20, OPTIONS[option], &claim));
        audited.comparison = plain.comparison;
        prop_assert_eq!(audited.causes("C", &computed), Vec::new());
    }
}
