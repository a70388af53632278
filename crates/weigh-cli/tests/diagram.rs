//! `weigh diagram`: what is drawn of an option, and that Mermaid's own code reads it.

#[path = "support/mermaid.rs"]
mod mermaid;
mod support;

use mermaid::Mermaid;
use rust_decimal::Decimal;
use serde_json::Value;
use support::folder::Folder;
use support::{ask, run};

/// Scenarios from the root of the repository, each with the option that is drawn.
const DRAWN: [(&str, &str, &str); 5] = [
    ("ai-prism", "scenarios/ai-prism.toml", ""),
    ("aldeia-staging-on-fargate", "scenarios/aldeia-staging.toml", "--option fargate"),
    ("aldeia-staging-on-instances", "scenarios/aldeia-staging.toml", "--option ecs-ec2"),
    ("hybrid-with-environments", "crates/weigh-cli/tests/data/hybrid.toml", ""),
    ("functions-in-a-vpc", "crates/weigh-cli/tests/data/functions.toml", ""),
];

/// A scenario with one component, and options that are rejected, can't be deployed, or can't be priced in Mumbai.
fn scenario(region: &str, options: &str) -> String {
    format!(
        "[scenario]\nname = \"Shop\"\nregion = \"{region}\"\n[traffic]\nrate = \"300_000/month\"\n[[component]]\n\
         name = \"api\"\nvcpu = 0.5\nmemory = \"1 GiB\"\ncpu_time = \"50 ms\"\nstart_up_time = \"1 s\"\n{options}"
    )
}

#[test]
fn what_is_drawn_is_read_by_mermaid() {
    let mermaid = Mermaid::new();
    for (name, file, option) in DRAWN {
        let words = format!("diagram {file} {option}");
        let answer = ask(&words, b"");
        assert_eq!((answer.code, answer.stderr.as_str()), (0, ""), "{words}");
        insta::assert_snapshot!(name, answer.stdout);
        let read = mermaid.read(&answer.stdout).unwrap_or_else(|why| panic!("{why}\n{}", answer.stdout));
        let told = ask(&format!("{words} --format json"), b"").stdout;
        let told: Value = serde_json::from_str(&told).expect("JSON");
        let count = |value: &Value, list: &str| value[list].as_array().expect("a list").len();
        for list in ["nodes", "edges", "groups"] {
            assert_eq!(count(&read, list), count(&told, list), "{list} of {name}");
        }
        assert_eq!(read["title"], told["title"], "{name}");
        let costs =
            told["nodes"].as_array().expect("nodes").iter().filter_map(|node| node["monthly_cost"].as_str());
        let sum: Decimal = costs.map(|cost| cost.parse::<Decimal>().expect("a decimal")).sum();
        assert_eq!(Some(sum), told["monthly_cost"].as_str().map(|cost| cost.parse().expect("a decimal")));
    }
}

/// Names of every character that a scenario may have in one, and words that mean something to Mermaid.
#[test]
fn odd_names_are_read_as_they_are() {
    let names = ["end", "direction TB", "1. a-b_c/d", "(x): y, z)", "style a:b", "名前 é", "www.a.b"];
    let component = |name: &&str| {
        format!(
            "[[component]]\nname = \"{name}\"\nvcpu = 0.25\nmemory = \"256 MB\"\ncpu_time = \"1 ms\"\n\
             start_up_time = \"1 s\"\ntraffic_share = \"10 %\"\n"
        )
    };
    let components: String = names.iter().map(component).collect();
    let text = format!(
        "[scenario]\nname = \"subgraph: end\"\nregion = \"us-east-1\"\n[traffic]\nrate = \"1/s\"\n{components}\
         [[service]]\nkind = \"kms\"\nname = \"end\"\nkeys = 1\n[[option]]\nname = \"graph LR\"\nplatform = \"fargate\"\n"
    );
    let answer = ask("diagram - --direction TB", text.as_bytes());
    assert_eq!(answer.code, 0, "{}", answer.stderr);
    let read = Mermaid::new().read(&answer.stdout).unwrap_or_else(|why| panic!("{why}\n{}", answer.stdout));
    assert_eq!(read["direction"], "TB");
    let labels = read["nodes"].as_array().expect("nodes").iter().filter_map(|node| node["text"].as_str());
    let first: Vec<&str> = labels.filter_map(|label| label.split("<br/>").next()).collect();
    assert!(read["title"].as_str().expect("a title").starts_with("subgraph: end: graph LR, $"));
    for name in names {
        assert!(first.contains(&name), "{name} is not in {first:?}");
    }
}

#[test]
fn other_formats() {
    for format in ["markdown", "json"] {
        let words = format!("diagram scenarios/ai-prism.toml --option lightsail --format {format}");
        insta::assert_snapshot!(format, run(&words, ""));
    }
}

#[test]
fn where_none_meets_the_needs_the_nearest_is_drawn_with_the_reason() {
    let options = "[needs]\nmonthly_budget = \"$1\"\n[[option]]\nplatform = \"lightsail\"\npower = \"nano\"\n\
        [[option]]\nplatform = \"fargate\"\n";
    let answer = ask("diagram -", scenario("us-east-1", options).as_bytes());
    assert_eq!(answer.code, 2);
    insta::assert_snapshot!(answer.transcript());
    assert!(Mermaid::new().read(&answer.stdout).is_ok());
}

#[test]
fn what_cannot_be_priced_is_drawn_without_a_cost() {
    let options = "[[option]]\nplatform = \"fargate\"\n";
    let answer = ask("diagram -", scenario("ap-south-1", options).as_bytes());
    assert_eq!(answer.code, 2);
    assert!(!answer.stdout.contains("$0"), "{}", answer.stdout);
    insta::assert_snapshot!(answer.transcript());
    assert!(Mermaid::new().read(&answer.stdout).is_ok());
}

#[test]
fn borrowed_prices_are_marked() {
    let words = "diagram scenarios/ai-prism.toml --region ap-south-1 --assume-missing-from us-east-1 --option fargate";
    let answer = ask(words, b"");
    assert_eq!(answer.code, 0);
    let marked: Vec<&str> =
        answer.stdout.lines().filter(|line| line.contains("borrowed from")).map(str::trim).collect();
    assert!(marked.iter().any(|line| line.contains("Application Load Balancer")), "{marked:?}");
}

#[test]
fn mistakes_are_told_and_nothing_is_drawn() {
    let text = scenario(
        "us-east-1",
        "[[option]]\nplatform = \"lightsail\"\npower = \"nano\"\n[[option]]\nplatform = \"fargate\"\n",
    );
    let folder = Folder::new();
    folder.write("shop.toml", &text);
    folder.write("wrong.toml", text.replace("vcpu = 0.5", "vcpu = \"half\""));
    let told = ["--option fargat", "--option lightsail", "--format text", "--direction up"].map(|words| {
        let answer = folder.ask(&format!("diagram shop.toml {words}"));
        assert_eq!((answer.code, answer.stdout.as_str()), (1, ""), "{words}");
        answer.transcript()
    });
    let wrong = folder.ask("diagram wrong.toml");
    assert_eq!((wrong.code, wrong.stdout.as_str()), (1, ""));
    insta::assert_snapshot!(told.concat() + &wrong.transcript());
}
