//! What is wrong in a scenario is told at its place, and all of it together.

use super::*;
use crate::problem::Problem;

const TEXT: &str = r#"[scenario]
name = "Shop"
region = "us-east-1"
[traffic]
rate = "10_000/day"
[[component]]
name = "api"
vcpu = 0.5
memory = "1 GiB"
cpu_time = "50 ms"
"#;

fn problems(text: &str) -> Vec<Problem> {
    let vocabulary = Vocabulary { regions: vec!["us-east-1".to_owned()], ..Vocabulary::default() };
    Scenario::parse(text, &vocabulary).err().unwrap_or_default()
}

/// what is written | what is written instead | what is underlined | a part of what is said
#[test]
fn a_mistake_is_underlined_and_named() {
    for (right, wrong, underlined, said) in [
        ("10_000/day", "10_000/fortnight", "\"10_000/fortnight\"", "is no rate"),
        ("10_000/day", "0/day", "\"0/day\"", "is zero, which makes no sense here"),
        ("10_000/day", "-3/day", "\"-3/day\"", "can't be negative"),
        ("us-east-1", "us-east-7", "\"us-east-7\"", "unknown region `us-east-7`"),
        ("vcpu = 0.5", "vcpu = nan", "nan", "NaN is no number that can be weighed"),
        ("vcpu = 0.5", "vcpu = \"half\"", "\"half\"", "the text `half` where a number belongs"),
        ("memory = \"1 GiB\"", "memory = 1024", "1024", "the bare number 1024 where a size"),
        ("cpu_time = \"50 ms\"", "cpu_time = \"0 s\"", "\"0 s\"", "a request takes no time at all"),
        ("cpu_time", "cpu_tmie", "cpu_tmie", "unknown key `cpu_tmie`"),
    ] {
        let text = TEXT.replace(right, wrong);
        let found = problems(&text);
        let told = found.iter().find(|problem| problem.message.contains(said));
        let told = told.unwrap_or_else(|| panic!("{wrong}: {found:?}"));
        assert_eq!(&text[told.span.clone()], underlined, "{wrong}");
    }
}

#[test]
fn mistakes_are_told_together_in_the_order_of_the_file() {
    let text = TEXT.replace("us-east-1", "mars").replace("10_000/day", "many").replace("0.5", "-1");
    let places: Vec<usize> = problems(&text).iter().map(|problem| problem.line_and_column(&text).0).collect();
    assert_eq!(places, [3, 5, 8]);
    assert_eq!(problems(TEXT), []);
}

#[test]
fn a_week_lacks_no_hour() {
    let hours = |count: usize| vec!["1"; count].join(", ");
    let of =
        |count: usize| TEXT.replace("[[component]]", &format!("weekly = [{}]\n[[component]]", hours(count)));
    let told: Vec<String> =
        [167, 169].iter().flat_map(|count| problems(&of(*count))).map(|each| each.message).collect();
    assert_eq!(told, ["`weekly`: 167 numbers where 168 belong", "`weekly`: 169 numbers where 168 belong"]);
    assert_eq!(problems(&of(168)), []);
}

/// What a claim is about may be a job, whose charges have its name, and percent is a unit.
#[test]
fn a_claim_may_be_about_a_job() {
    let job =
        "[[job]]\nname = \"report\"\nvcpu = 1\nmemory = \"2 GB\"\nduration = \"1 h\"\nruns = \"1/day\"\n";
    let claim = "[[claim]]\nid = \"C1\"\nabout = \"charge\"\nprice_id = \"fargate/\"\ncomponent = \"report\"\nvalue = 3\nunit = \"%\"\n";
    assert_eq!(problems(&format!("{TEXT}{job}{claim}")), []);
    let found = problems(&format!("{TEXT}{claim}"));
    assert!(found[0].message.contains("is not a component or job of the scenario"), "{found:?}");
}
