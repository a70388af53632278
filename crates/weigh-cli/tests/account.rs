//! `weigh account`: several scenarios in one account, end to end on the frozen book.

mod support;

use support::{ask, run};

const FILES: &str = "scenarios/ai-prism.toml scenarios/aldeia-staging.toml";

#[test]
fn scenarios_share_an_account_in_their_order() {
    for format in ["text", "json", "csv", "markdown"] {
        insta::assert_snapshot!(
            format!("account_{format}"),
            run(&format!("account {FILES} --format {format}"), "")
        );
    }
}

#[test]
fn the_order_moves_money_between_scenarios_and_not_the_sum() {
    let total = |files: &str| {
        let told = ask(&format!("account {files} --format json"), b"");
        let report: serde_json::Value = serde_json::from_str(&told.stdout).expect("a report");
        report["monthly_cost"].as_str().expect("an amount").to_owned()
    };
    let other = "scenarios/aldeia-staging.toml scenarios/ai-prism.toml";
    assert_eq!(total(FILES), total(other), "one tariff for each use: no band is crossed");
}

#[test]
fn what_is_wrong_is_told() {
    let all = [
        run("account", ""),
        run("account scenarios/ai-prism.toml scenarios/none.toml", ""),
        run(
            "account -",
            "[scenario]\nname = \"t\"\nregion = \"us-east-1\"\n[traffic]\nrate = \"1/s\"\n[account]\nfirst_yaer = true\n[[account.usage]]\nprice_id = \"lambda/requests\"\nquantity = -1\n[[component]]\nname = \"a\"\nvcpu = 1\nmemory = \"1 GB\"\ncpu_time = \"1 ms\"\n",
        ),
        run(
            "account -",
            "[scenario]\nname = \"t\"\nregion = \"us-east-1\"\n[traffic]\nrate = \"1/s\"\n[[account.usage]]\nprice_id = \"lambda/request\"\nquantity = 1\n[[component]]\nname = \"a\"\nvcpu = 1\nmemory = \"1 GB\"\ncpu_time = \"1 ms\"\n",
        ),
    ];
    insta::assert_snapshot!(all.join("\n"));
}
