//! `weigh focus`: the bills of several scenarios as rows of FOCUS in one file, each row told from those of the others.

mod support;

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::process::Command;

use rust_decimal::Decimal;
use serde_json::Value;
use support::folder::Folder;
use support::{Answer, GOOD, answer, program, root};

/// Runs the program in a folder on the frozen book.
fn make(folder: &Folder, words: &str) -> Answer {
    let split: Vec<&str> = words.split_whitespace().collect();
    let mut command = program();
    command.current_dir(&folder.path).args(&split);
    for prices in [support::BOOK, "crates/weigh-core/tests/data/commitments.csv"] {
        command.arg("--prices").arg(root().join(prices));
    }
    answer(&mut command, words.to_owned(), b"")
}

/// The small scenario in a month.
fn in_month(month: &str) -> String {
    GOOD.replace("region =", &format!("month = \"{month}\"\nregion ="))
}

/// Three scenarios of one name: a month, some days of another, and one of 730 hours with commitments.
fn folder() -> Folder {
    let folder = Folder::new();
    folder.write("a/february.toml", in_month("2026-02"));
    folder.write("a/march.toml", in_month("2026-03-10..2026-03-20"));
    let committed = "\n[[commitment]]\nkind = \"reserved-instance\"\ninstance_type = \"t3.medium\"\ncount = 1\n\
        term = \"1-year\"\npayment = \"no-upfront\"\n[[option]]\nplatform = \"ec2-compose\"\n\
        instance_type = \"t3.medium\"\ninstances = 2\n";
    folder.write("b.toml", GOOD.to_owned() + committed);
    folder.write("c.toml", GOOD.to_owned() + committed);
    folder
}

/// The rows of a file, each by the names of its columns.
fn rows(text: &str) -> Vec<BTreeMap<String, String>> {
    let mut reader = csv::Reader::from_reader(text.as_bytes());
    reader.deserialize().map(|row| row.expect("a row")).collect()
}

#[test]
fn scenarios_stand_below_each_other() {
    let folder = folder();
    let told = make(&folder, "focus a b.toml --billing-account aws:123456789012").transcript();
    insta::assert_snapshot!(told.replace(&root().display().to_string(), "ROOT"));
}

#[test]
fn rows_of_each_scenario_add_up_to_its_bill_in_its_own_month() {
    let folder = folder();
    let rows = rows(&make(&folder, "focus a b.toml").stdout);
    let mut sums: BTreeMap<&str, Decimal> = BTreeMap::new();
    for row in &rows {
        let (billed, effective) = sums_of(row);
        *sums.entry(&row["x_ScenarioFile"]).or_default() += billed;
        assert!(effective >= Decimal::ZERO);
        let [billing, charge] = ["Billing", "Charge"]
            .map(|of| ["Start", "End"].map(|end| row[&format!("{of}Period{end}")].replace("T00:00:00Z", "")));
        let (wanted, days) = match row["x_ScenarioFile"].as_str() {
            "a/february.toml" => (["2026-02-01", "2026-03-01"], ["2026-02-01", "2026-03-01"]),
            "a/march.toml" => (["2026-03-01", "2026-04-01"], ["2026-03-10", "2026-03-21"]),
            // The month of the day whose prices are used.
            _ => (["2026-10-01", "2026-11-01"], ["2026-10-01", "2026-11-01"]),
        };
        assert_eq!(
            (billing.each_ref().map(|day| &**day), charge.each_ref().map(|day| &**day)),
            (wanted, days)
        );
    }
    assert_eq!(sums.len(), 3);
    for (file, sum) in sums {
        let compared = make(&folder, &format!("compare {file} --format json")).stdout;
        let compared: Value = serde_json::from_str(&compared).unwrap();
        let total = compared["options"][0]["monthly_cost"].as_str().unwrap();
        assert_eq!(sum, total.parse::<Decimal>().unwrap(), "{file}");
    }
}

fn sums_of(row: &BTreeMap<String, String>) -> (Decimal, Decimal) {
    (row["BilledCost"].parse().expect("a decimal"), row["EffectiveCost"].parse().expect("a decimal"))
}

/// Two scenarios with the same name, options and commitments share no id: whoever groups by one never mixes them.
#[test]
fn no_two_scenarios_share_an_id() {
    let folder = folder();
    let rows = rows(&make(&folder, "focus b.toml c.toml --option ec2-compose").stdout);
    for column in ["SubAccountId", "ResourceId", "CommitmentDiscountId"] {
        let of = |file: &str| -> BTreeSet<&str> {
            let own = rows.iter().filter(|row| row["x_ScenarioFile"] == file);
            own.map(|row| row[column].as_str()).filter(|id| !id.is_empty()).collect()
        };
        let (first, second) = (of("b.toml"), of("c.toml"));
        assert!(!first.is_empty() && first.len() == second.len() && first.is_disjoint(&second), "{column}");
    }
    let mut fees: BTreeMap<&str, Decimal> = BTreeMap::new();
    for row in rows.iter().filter(|row| !row["CommitmentDiscountId"].is_empty()) {
        let (billed, effective) = sums_of(row);
        *fees.entry(&row["CommitmentDiscountId"]).or_default() += billed - effective;
    }
    assert_eq!(fees.len(), 2);
    assert!(fees.values().all(Decimal::is_zero), "each fee is spread within its own scenario: {fees:?}");
}

#[test]
fn a_scenario_without_a_bill_is_refused_or_left_out_aloud() {
    let folder = folder();
    folder.write("d.toml", GOOD.replace("us-east-1", "ap-south-1"));
    folder.write("e.toml", GOOD.replace("min_replicas = 2", "monthly_budget = \"$1\""));
    let mut all = String::new();
    for (words, code) in [
        ("focus b.toml d.toml e.toml", 1),
        ("focus d.toml --skip-unbilled", 1),
        ("focus b.toml d.toml --option ec2-compose", 1),
        ("focus b.toml d.toml e.toml --skip-unbilled --out bills.csv", 0),
        // Its option has a bill, and none of its options meets the needs.
        ("focus e.toml --option fargate --out rejected.csv", 2),
    ] {
        let answer = make(&folder, words);
        assert_eq!(answer.code, code, "{words}: {}", answer.stderr);
        all.push_str(&answer.transcript());
        all.push('\n');
    }
    insta::assert_snapshot!(all.replace(&root().display().to_string(), "ROOT"));
    assert_eq!(folder.read("bills.csv"), make(&folder, "focus b.toml").stdout);
    assert!(rows(&folder.read("rejected.csv")).iter().all(|row| row["x_Status"] == "rejected"));
}

/// Of a scenario of which one named option has a bill and one has none, the rows of the first are written.
#[test]
fn an_option_without_a_bill_is_left_out_alone() {
    let folder = folder();
    let large = GOOD.replace("vcpu = 0.5\nmemory = \"1 GiB\"", "vcpu = 4\nmemory = \"16 GiB\"");
    folder.write("large.toml", large + "\n[[option]]\nplatform = \"lambda\"\n");
    let both = "focus large.toml b.toml --option fargate --option lambda";
    let refused = make(&folder, both);
    assert_eq!((refused.code, refused.stdout.as_str()), (1, ""));
    let told = "large.toml: option `lambda` has no bill: ";
    assert!(refused.stderr.contains(told), "{}", refused.stderr);
    let left_out = make(&folder, &format!("{both} --skip-unbilled"));
    assert_eq!(left_out.code, 0, "{}", left_out.stderr);
    assert!(left_out.stderr.starts_with(&format!("note: left out: {told}")), "{}", left_out.stderr);
    assert_eq!(left_out.stderr.lines().count(), 1);
    assert_eq!(left_out.stdout, make(&folder, "focus large.toml b.toml --option fargate").stdout);
}

#[test]
fn wrong_usage_is_refused() {
    let folder = folder();
    let mut all = String::new();
    for words in [
        "focus",
        "focus b.toml --option fargat",
        "focus a b.toml --option fargat",
        "focus b.toml --option fargate --option fargate",
        "focus none.toml",
    ] {
        let answer = make(&folder, words);
        assert_eq!((answer.code, answer.stdout.as_str()), (1, ""), "{words}");
        all.push_str(&answer.transcript());
        all.push('\n');
    }
    insta::assert_snapshot!(all);
}

/// What a file of `weigh` is: all that FOCUS has for bills, but no invoices and no capacity.
const CRITERIA: &str = "ACCOUNT_NAMING_SUPPORTED,MULTIPLE_BILLING_ACCOUNT_TYPES_SUPPORTED,PUBLIC_PRICE_LIST_SUPPORTED,\
    USAGE_MEASUREMENT_SUPPORTED,UNIT_PRICING_SUPPORTED,SUB_ACCOUNT_SUPPORTED,MULTIPLE_SUB_ACCOUNT_TYPES_SUPPORTED,\
    RESOURCE_TYPE_ASSIGNMENT_SUPPORTED,REGION_SUPPORTED,TAGGING_SUPPORTED,MULTIPLE_PRICING_CATEGORIES_SUPPORTED,\
    NEGOTIATED_PRICING_SUPPORTED";

/// The FOCUS validator, where it is installed, finds nothing but the two halves of a rule of which one fails whatever a file says.
#[test]
fn the_validator_of_focus_finds_nothing_wrong() {
    let Some((validator, beside)) = validator() else {
        println!("skipped: the command focus-validator is not installed");
        return;
    };
    let folder = folder();
    let account = "--billing-account aws:123456789012";
    for words in ["focus a b.toml c.toml", "focus b.toml c.toml --option ec2-compose"] {
        let made = make(&folder, &format!("{words} {account} --out bills.csv"));
        assert_eq!(made.code, 0, "{}", made.stderr);
        let mut check = Command::new(&validator);
        check.current_dir(&beside).args(["--validate-version", "1.2", "--block-download", "--data-file"]);
        check.arg(folder.path.join("bills.csv")).args(["--applicability-criteria", CRITERIA]);
        let output = check.output().expect("the validator runs");
        let told = String::from_utf8_lossy(&output.stdout).into_owned();
        assert!(
            told.lines().any(|line| line.starts_with("Total: ")),
            "{told}\n{}",
            String::from_utf8_lossy(&output.stderr)
        );
        let failed = told.lines().filter(|line| line.contains('❌'));
        let failed: Vec<&str> = failed.filter(|line| !line.contains("InvoiceId-C-00")).collect();
        assert!(failed.is_empty(), "{words}: {}", failed.join("\n"));
    }
}

/// The command, and the folder of its packages: from elsewhere it does not find its own list of currencies.
fn validator() -> Option<(PathBuf, PathBuf)> {
    let paths = std::env::var_os("PATH")?;
    let commands = std::env::split_paths(&paths).map(|folder| folder.join("focus-validator"));
    commands.filter(|command| command.is_file()).find_map(|command| {
        let versions = std::fs::read_dir(command.parent()?.parent()?.join("lib")).ok()?;
        let packages = versions.flatten().map(|version| version.path().join("site-packages"));
        let own = |packages: &PathBuf| Path::new(packages).join("focus_validator").is_dir();
        Some((command, packages.into_iter().find(own)?))
    })
}
