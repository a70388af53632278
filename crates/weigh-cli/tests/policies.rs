//! Policies and tolerances through the binary: the report in each format, exit codes, and every mistake with line and caret.

mod support;

use std::fs;

use serde_json::Value;
use support::folder::Folder;
use support::{GOOD, ask, root, run};
use weigh_core::policy::RULES;
use weigh_core::scenario::ProjectPolicies;

const TODAY: &str = "compare - --today 2026-12-01";

const POLICIES: &str = r#"
[[policy]]
name = "Budget"
monthly_cost_max = 100
annual_cost_max = "$200"
increase_max = "5 %"

[[policy]]
name = "Service"
severity = "warn"
latency_p95_max = "1 ms"
cold_start_share_max = 0
recommended = "fargate"

[[policy]]
option = "*"
price_age_max_days = 3
unverified_prices = false
priced_options_min = "100 %"
price_coverage_min = "50 %"

[[tolerance]]
percent = 1
"#;

fn with_policies() -> String {
    format!("{GOOD}{POLICIES}")
}

/// The section of the policies in a report, from its heading to the next.
fn section(report: &str, heading: &str) -> String {
    let from = report.find(heading).unwrap_or_else(|| panic!("no `{heading}` in\n{report}"));
    let rest = &report[from..];
    let end = rest[heading.len()..].find("\n\n#").map(|at| at + heading.len());
    rest[..end.unwrap_or(rest.len())].to_owned()
}

#[test]
fn policies_are_told_in_text() {
    let whole = run(TODAY, &with_policies());
    let (from, rest) =
        (whole.find("Policies").expect("the section"), whole.find("\nMatrix").expect("the next"));
    let end = whole.find("\n--- stderr").expect("an end");
    insta::assert_snapshot!(format!("{}...{}", &whole[from..rest], &whole[end..]));
}

#[test]
fn policies_are_told_in_markdown() {
    let whole = ask(&format!("{TODAY} --format markdown"), with_policies().as_bytes());
    assert_eq!(whole.code, 2);
    insta::assert_snapshot!(section(&whole.stdout, "## Policies"));
}

#[test]
fn policies_are_told_in_json() {
    let whole = ask(&format!("{TODAY} --format json"), with_policies().as_bytes());
    let report: Value = serde_json::from_str(&whole.stdout).expect("JSON");
    insta::assert_snapshot!(serde_json::to_string_pretty(&report["policies"]).expect("JSON"));
    let without: Value =
        serde_json::from_str(&ask("compare - --format json", GOOD.as_bytes()).stdout).expect("JSON");
    assert!(without.get("policies").is_none());
}

/// the policy | the exit code
#[test]
fn a_failed_or_unknown_rule_of_severity_fail_gives_exit_code_2() {
    for (policy, code) in [
        ("", 0),
        ("[[policy]]\nmonthly_cost_max = 1_000\n", 0),
        ("[[policy]]\nmonthly_cost_max = 1\n", 2),
        ("[[policy]]\nseverity = \"warn\"\nmonthly_cost_max = 1\n", 0),
        ("[[policy]]\nincrease_max = 0\n", 0),
        ("[[policy]]\noption = \"lambda*\"\nmonthly_cost_max = 1_000\n", 2),
        ("[[policy]]\nseverity = \"warn\"\noption = \"lambda*\"\nmonthly_cost_max = 1_000\n", 0),
        ("[[policy]]\nmonthly_cost_max = \"much\"\n", 1),
        ("[[policy]]\n", 1),
    ] {
        let answer = ask(TODAY, format!("{GOOD}\n{policy}").as_bytes());
        assert_eq!(answer.code, code, "{policy}\n{}{}", answer.stdout, answer.stderr);
        assert_eq!(answer.stdout.is_empty(), code == 1, "{policy}");
    }
}

#[test]
fn a_file_overrides_the_policy_of_that_name_in_its_base() {
    let folder = Folder::new();
    folder.write(
        "base.toml",
        format!("{GOOD}\n[[policy]]\nname = \"Budget\"\nmonthly_cost_max = 1\nlatency_p95_max = \"9 s\"\n"),
    );
    let book = root().join(support::BOOK);
    let compare = |text: &str| {
        folder.write("it.toml", format!("extends = \"base.toml\"\n{text}"));
        let answer = folder.ask(&format!("compare it.toml --format json --prices {}", book.display()));
        let report: Value =
            serde_json::from_str(&answer.stdout).unwrap_or_else(|_| panic!("{}", answer.stderr));
        let told = report["policies"].as_array().into_iter().flatten().map(|result| {
            let place =
                format!("{}:{}:{}", result["file"], result["line"], result["column"]).replace('"', "");
            format!("{} {} {place}", result["verdict"], result["rule"]).replace('"', "")
        });
        (told.collect::<Vec<_>>(), answer.code)
    };
    let inherited = ["failed monthly_cost_max base.toml:25:1", "passed latency_p95_max base.toml:26:1"];
    assert_eq!(compare(""), (inherited.map(str::to_owned).to_vec(), 2));
    let overridden = ["passed monthly_cost_max it.toml:4:3", "passed latency_p95_max base.toml:26:1"];
    let child = "[[policy]]\nname = \"Budget\"\n  monthly_cost_max = 1_000\n";
    assert_eq!(compare(child), (overridden.map(str::to_owned).to_vec(), 0));
    assert_eq!(compare("without = [\"policy/Budget\"]\n"), (Vec::new(), 0));
}

/// Policies of `weigh.toml` are about the scenarios that they name, and follow the scenario's own.
#[test]
fn policies_of_the_project_are_judged_too() {
    let folder = Folder::with_book();
    folder.write("shops/one.toml", format!("{GOOD}\n[[policy]]\nmonthly_cost_max = 1_000\n"));
    folder.write("shops/two.toml", GOOD);
    folder.write(
        "weigh.toml",
        "prices = [\"book\"]\n[[policy]]\nname = \"Service\"\nscenario = \"shops/two*\"\nlatency_p95_max = \"1 ms\"\n",
    );
    let told = |file: &str| {
        let answer = folder.ask(&format!("compare {file} --config weigh.toml --format json"));
        let report: Value =
            serde_json::from_str(&answer.stdout).unwrap_or_else(|_| panic!("{}", answer.stderr));
        let each = report["policies"].as_array().into_iter().flatten();
        let each = each.map(|result| format!("{} {} {}", result["verdict"], result["rule"], result["file"]));
        (each.collect::<Vec<_>>().join("; ").replace('"', ""), answer.code)
    };
    assert_eq!(told("shops/one.toml"), ("passed monthly_cost_max shops/one.toml".to_owned(), 0));
    assert_eq!(told("shops/two.toml"), ("failed latency_p95_max weigh.toml".to_owned(), 2));
    folder.replace("weigh.toml", "latency_p95_max", "latency_p59_max");
    let wrong = folder.ask("compare shops/one.toml --config weigh.toml");
    assert_eq!((wrong.code, wrong.stdout.as_str()), (1, ""));
    assert!(wrong.stderr.contains("weigh.toml:5:1"), "{}", wrong.stderr);
}

#[test]
fn every_mistake_is_told_with_its_place() {
    let wrong = r#"
[[policy]]
name = "Budget"
severity = "error"
option = "fargte"
monthly_cost_max = "100 EUR"
anual_cost_max = 5
increase_max = "five"
latency_p95_max = 300
cold_start_share_max = 5
recommended = ["fargate", "lamda"]
price_age_max_days = -1
unverified_prices = "no"

[[policy]]
name = "Budget"
scenario = "shop.toml"
latency_p99_max = "1..2 s"

[[policy]]
name = "Nothing"

[[tolerance]]
price_id = "fargate/*"

[[tolerance]]
percent = "1 %"
"#;
    insta::assert_snapshot!(run("compare -", &format!("{GOOD}{wrong}")));
}

/// The block of the page on policies that begins so.
fn block(start: &str) -> String {
    let page = fs::read_to_string(root().join("docs/policies.md")).expect("the page");
    let (_, rest) = page.split_once(start).unwrap_or_else(|| panic!("no {start}"));
    rest.split_once("```").expect("an end").0.to_owned()
}

#[test]
fn the_page_on_policies_shows_what_the_program_prints() {
    let folder = Folder::with_book();
    folder.write("shop.toml", format!("# shop.toml\n{}", block("```toml\n# shop.toml\n")));
    let answer = folder.ask("compare shop.toml --today 2026-11-22 --prices book");
    let from = answer.stdout.find("\nPolicies").expect("the section") + 1;
    let end = answer.stdout.find("\n\nRanges").expect("the next");
    assert_eq!(format!("{}\n", &answer.stdout[from..end]), block("```text\n"));
    assert_eq!(answer.code, 2);
}

#[test]
fn the_page_on_policies_names_every_rule_and_its_settings_are_read() {
    let read =
        ProjectPolicies::read("weigh.toml", &block("```toml\n# weigh.toml\n")).expect("right settings");
    assert_eq!((read.policies.len(), read.tolerances.len()), (3, 1));
    let page = fs::read_to_string(root().join("docs/policies.md")).expect("the page");
    for rule in RULES {
        assert!(page.contains(&format!("\n| `{}` |", rule.key)), "docs/policies.md lacks {}", rule.key);
    }
}
