//! `weigh explain --by` and `--focus`: charges in groups, and bills as rows of FOCUS.

mod support;

use std::collections::BTreeMap;

use rust_decimal::Decimal;
use serde_json::Value;
use support::{GOOD, ask, ask_plainly, run};

/// The small scenario in two components, one of them with a tag, on Fargate and on Lambda.
fn shop() -> String {
    let tagged =
        GOOD.replace("cpu_time = \"50 ms\"", "cpu_time = \"50 ms\"\nstart_up_time = \"1 s\"\ntag = \"web\"");
    let worker = "[[component]]\nname = \"worker\"\nvcpu = 0.25\nmemory = \"512 MiB\"\ncpu_time = \"20 ms\"\n\
        start_up_time = \"1 s\"\ninternal = true\n\n[needs]";
    let options = "\n[[option]]\nplatform = \"lambda\"\n";
    tagged.replace("[needs]", worker) + options
}

#[test]
fn charges_are_grouped_by_component_service_and_tag() {
    for (by, format) in
        [("component", "text"), ("service", "markdown"), ("tag", "text"), ("component", "csv")]
    {
        let words = format!("explain - --option fargate --by {by} --format {format}");
        insta::assert_snapshot!(format!("by_{by}_{format}"), run(&words, &shop()));
    }
}

#[test]
fn environments_are_groups_too() {
    let environments =
        "[[environment]]\nname = \"staging\"\ntraffic_share = \"10 %\"\n[[environment]]\nname = \"live\"\n";
    let words = "explain - --option fargate --by environment --format json";
    let report: Value = serde_json::from_str(&ask(words, (shop() + environments).as_bytes()).stdout).unwrap();
    let names: Vec<&str> =
        report["groups"].as_array().unwrap().iter().map(|group| group["name"].as_str().unwrap()).collect();
    assert_eq!(names, ["staging", "live"]);
}

#[test]
fn json_has_the_totals_always_and_the_groups_that_are_asked_for() {
    let of = |words: &str| -> Value {
        serde_json::from_str(
            &ask(&format!("explain - --option fargate --format json {words}"), shop().as_bytes()).stdout,
        )
        .unwrap()
    };
    let (plain, grouped) = (of(""), of("--by tag"));
    assert_eq!((&plain["grouped_by"], plain["groups"].as_array().unwrap().len()), (&Value::Null, 0));
    assert_eq!(grouped["grouped_by"], "tag");
    assert_eq!(grouped["groups"], plain["totals"]["tag"]);
    assert_eq!(grouped["option"], plain["option"], "groups move no charge");
    let sum = |groups: &Value| -> Decimal {
        let costs = groups.as_array().unwrap().iter().map(|group| group["monthly_cost"].as_str().unwrap());
        costs.map(|cost| cost.parse::<Decimal>().unwrap()).sum()
    };
    let total: Decimal = plain["option"]["monthly_cost"].as_str().unwrap().parse().unwrap();
    for by in ["component", "service", "tag", "environment"] {
        assert_eq!(sum(&plain["totals"][by]), total, "{by}");
    }
    let names: Vec<&Value> =
        plain["totals"]["tag"].as_array().unwrap().iter().map(|group| &group["name"]).collect();
    assert_eq!(names, ["web", "untagged"]);
}

#[test]
fn a_bill_is_written_as_rows_of_focus() {
    insta::assert_snapshot!("focus", run("explain - --option fargate --focus", &shop()));
}

/// A plan that is used up, and three reserved instances: of which two run, and where none does.
#[test]
fn commitments_are_spread_in_rows_of_focus() {
    let stated = "\n[[commitment]]\nkind = \"compute-savings-plan\"\nhourly = \"$0.011\"\nterm = \"1-year\"\n\
        payment = \"no-upfront\"\n[[commitment]]\nkind = \"reserved-instance\"\ninstance_type = \"t3.medium\"\ncount = 3\n\
        term = \"1-year\"\npayment = \"all-upfront\"\n[[option]]\nplatform = \"ec2-compose\"\n\
        instance_type = \"t3.medium\"\ninstances = 2\n";
    let rates = "--prices crates/weigh-core/tests/data/commitments.csv";
    let words = format!("explain - --option fargate --option ec2-compose --focus {rates}");
    insta::assert_snapshot!("focus_commitments", run(&words, &(shop() + stated)));
}

#[test]
fn bills_of_several_options_stand_in_one_file_and_add_up_to_each() {
    let words = "explain - --option lambda --option fargate --focus --billing-account aws:123456789012";
    let answer = ask(words, shop().as_bytes());
    let mut sums: BTreeMap<String, Decimal> = BTreeMap::new();
    let mut reader = csv::Reader::from_reader(answer.stdout.as_bytes());
    let columns = reader.headers().unwrap().clone();
    let place = |name: &str| columns.iter().position(|column| column == name).unwrap();
    for row in reader.records() {
        let row = row.unwrap();
        assert_eq!(&row[place("BillingAccountId")], "aws:123456789012");
        *sums.entry(row[place("SubAccountName")].to_owned()).or_default() +=
            row[place("BilledCost")].parse::<Decimal>().unwrap();
    }
    let compared: Value =
        serde_json::from_str(&ask("compare - --format json", shop().as_bytes()).stdout).unwrap();
    for option in compared["options"].as_array().unwrap() {
        let total: Decimal = option["monthly_cost"].as_str().unwrap().parse().unwrap();
        assert_eq!(sums.remove(option["name"].as_str().unwrap()), Some(total));
    }
    assert!(sums.is_empty());
}

#[test]
fn an_option_without_a_bill_is_refused_with_the_reason() {
    let mut all = String::new();
    for words in [
        "explain scenarios/ai-prism.toml --option lambda --focus",
        "explain scenarios/ai-prism.toml --option fargate --focus --region ap-south-1",
    ] {
        let answer = ask(words, b"");
        assert_eq!((answer.code, answer.stdout.as_str()), (1, ""), "{words}");
        all.push_str(&answer.transcript());
        all.push('\n');
    }
    insta::assert_snapshot!(all);
}

#[test]
fn wrong_usage_is_refused_with_what_is_right() {
    let mut all = String::new();
    for (words, says) in [
        ("--option fargate --by colour", "[possible values: component, service, tag, environment]"),
        ("--option fargate --focus --by tag", "cannot be used with '--by <WHAT>'"),
        ("--option fargate --focus --format csv", "cannot be used with '--format <FORMAT>'"),
        ("--option fargate --billing-account 1", "--focus"),
        ("--option fargate --focus --billing-account=", "an account is named by printable characters"),
        ("--option fargate --option lambda", "one option is explained at a time"),
        ("--option fargate --option fargate --focus", "`fargate` is named twice"),
        ("--option fargat --focus", "did you mean `fargate`?"),
        ("--focus", "--option <NAME>"),
    ] {
        let answer = ask_plainly(&format!("explain scenarios/ai-prism.toml {words}"));
        assert_eq!((answer.code, answer.stdout.as_str()), (1, ""), "{words}");
        assert!(answer.stderr.contains(says), "{words}: {}", answer.stderr);
        all.push_str(&answer.transcript());
        all.push('\n');
    }
    insta::assert_snapshot!(all);
}
