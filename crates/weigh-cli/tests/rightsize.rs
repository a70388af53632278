//! `weigh rightsize`: document 004's containers on the frozen book, and what is wrong in inventories.

mod support;

use std::collections::BTreeSet;

use rust_decimal::Decimal;
use serde_json::Value;
use support::{ask, root, run, with};

const INVENTORY: &str = "rightsize scenarios/inventories/rag-containers.csv";

/// A text with the hash of the price book covered, which moves with every row of the data.
fn without_hash(text: &str) -> String {
    let hash = regex_lite::Regex::new("Price book [0-9a-f]{12},").expect("a pattern");
    hash.replace_all(text, "Price book …,").into_owned()
}

#[test]
fn the_twelve_containers_of_document_004() {
    let answer = ask(INVENTORY, b"");
    assert_eq!(answer.code, 0, "{}", answer.stderr);
    insta::assert_snapshot!(without_hash(&answer.transcript()));
}

#[test]
fn what_overflows_a_t3_small_is_told_with_the_type_that_would_do() {
    let answer = ask(
        "rightsize scenarios/inventories/rag-option-2.csv --headroom 0% --instance-type t3.small --instance-type t3.large",
        b"",
    );
    assert_eq!(answer.code, 2, "a type that was asked for is too small");
    insta::assert_snapshot!(without_hash(&answer.transcript()));
}

#[test]
fn other_formats() {
    for format in ["markdown", "csv", "toml"] {
        let words = format!("{INVENTORY} --instance-type t3.small --format {format}");
        insta::assert_snapshot!(format!("rag_{format}"), without_hash(&run(&words, "")));
    }
}

/// All but the charges, whose fields are those of every report.
#[test]
fn the_shape_of_the_json() {
    let words = format!("{INVENTORY} --instance-type t3.small --format json");
    let mut report: Value = serde_json::from_str(&ask(&words, b"").stdout).unwrap();
    report["book"]["hash"] = "…".into();
    for list in ["packings", "asked_for"] {
        for packing in report[list].as_array_mut().unwrap() {
            let charges = packing["charges"].as_array().unwrap().len();
            assert_eq!(charges > 0, packing["status"] == "priced", "{packing}");
            packing["charges"] = charges.into();
        }
    }
    insta::assert_snapshot!("rag_json", serde_json::to_string_pretty(&report).unwrap());
}

/// Known answers: 1 × t3a.medium at 0.0376, 14 GB of gp3 at 0.08; twelve tasks of a quarter of a vCPU, of which the largest
/// has 1 GB.
#[test]
fn json_has_exact_figures() {
    let report: Value =
        serde_json::from_str(&ask(&format!("{INVENTORY} --format json"), b"").stdout).unwrap();
    assert_eq!((&report["schema_version"], &report["kind"]), (&1.into(), &"rightsizing".into()));
    let cost = |index: usize| report["packings"][index]["monthly_cost"].as_str().map(str::to_owned);
    assert_eq!(cost(0).as_deref(), Some("28.568"));
    assert_eq!(cost(2).as_deref(), Some("109.742725"));
    assert_eq!(cost(4), None, "Lambda is charged by traffic, and never 0");
    let measured: Decimal = report["containers"]
        .as_array()
        .unwrap()
        .iter()
        .map(|each| each["cpu_percent"].as_str().unwrap().parse::<Decimal>().unwrap())
        .sum();
    assert_eq!(measured.to_string(), "5.36", "the document's 0.78 % and 4.58 %");
}

#[test]
fn docker_stats_is_read_as_it_is() {
    let stats = "NAME,CPU %,MEM USAGE / LIMIT\nrag-core,0.10%,356MiB / 7.653GiB\n";
    let plain = "name,cpu,memory\nrag-core,0.1 %,356 MB\n";
    let of = |text: &str| ask("rightsize -", text.as_bytes()).stdout;
    assert_eq!(of(stats), of(plain));
    assert!(of(plain).contains("fargate"), "{}", of(plain));
}

#[test]
fn what_is_wrong_is_told_at_its_place() {
    let mistakes = [
        "",
        "api,12.5 %,340 MiB\nweb,3 %,1 GB\n",
        "name,cpu,memori,speed\napi,12.5,340,fast\napi,-3 %,1.2 GB\nweb,20000 %,0 B,x,y\n\"a;b\",\"12,5 %\",1 apple,\n",
        "name;cpu;memory\nq;--;--\n\"x;1 %;2 GB\n",
        "name,cpu,memory,peak_cpu,peak_memory,replicas\napi,5 %,1 GB,4 %,900 MB,0\n",
    ];
    let told: Vec<String> = mistakes.iter().map(|text| run("rightsize -", text)).collect();
    insta::assert_snapshot!(told.join("\n"));
    let bytes = ask("rightsize -", b"name,cpu,memory\n\xff,1 %,1 GB\n");
    assert_eq!((bytes.code, bytes.stdout.as_str()), (1, ""));
    assert!(bytes.stderr.contains("an inventory is CSV"), "{}", bytes.stderr);
}

#[test]
fn wrong_arguments_are_refused_with_what_is_right() {
    for (words, hint) in [
        ("--headroom 30", "did you mean `30 %`?"),
        ("--headroom -5%", "unexpected argument"),
        ("--headroom nan%", "NaN"),
        ("--region us-east-9", "did you mean `us-east-1`?"),
        ("--instance-type t3.smal", "did you mean `t3.small`?"),
        ("--instance-type t3.smal --instance-type t99", "2 errors; nothing was computed"),
        ("--format yaml", "toml"),
    ] {
        let answer = ask(&format!("{INVENTORY} {words}"), b"");
        assert_eq!((answer.code, answer.stdout.as_str()), (1, ""), "{words}");
        assert!(answer.stderr.contains(hint), "{words}: {}", answer.stderr);
    }
    let absent = ask("rightsize no-such-file.csv", b"");
    assert!(absent.stderr.contains("can't read no-such-file.csv"), "{}", absent.stderr);
}

/// What cannot be priced is named, never 0: the frozen book has no price of this region for most.
#[test]
fn a_missing_price_is_named() {
    let answer = ask(&format!("{INVENTORY} --as-of 2020-01-01"), b"");
    assert_eq!(answer.code, 0, "{}", answer.stderr);
    assert!(answer.stdout.contains("no price for ec2/instance-hours/"), "{}", answer.stdout);
    assert!(!answer.stdout.contains("$0.00"), "{}", answer.stdout);
}

/// The page shows what the program prints, and names every column of an inventory and every field of the report.
#[test]
fn the_page_on_right_sizing_is_true() {
    let read = |path: &str| std::fs::read_to_string(root().join(path)).unwrap();
    let page = read("docs/rightsizing.md");
    let mut outputs = 0;
    for block in page.split("```text\n").skip(1) {
        let (block, _) = block.split_once("```").unwrap();
        let (command, expected) = block.split_once('\n').unwrap();
        let command = command.strip_prefix("$ weigh ").unwrap();
        let printed = ask(command, b"").stdout;
        assert!(printed.starts_with(expected.trim_end_matches("[…]\n")), "{command}:\n{printed}");
        outputs += 1;
    }
    assert!(outputs >= 2, "{outputs} outputs");
    for column in
        ["name", "cpu", "memory", "image_size", "replicas", "peak_cpu", "peak_memory", "reserved_memory"]
    {
        assert!(page.contains(&format!("`{column}`")), "docs/rightsizing.md does not name `{column}`");
    }
    let mut fields = BTreeSet::new();
    let words = "rightsize scenarios/inventories/rag-option-2.csv --instance-type t3.small --format json";
    collect(&serde_json::from_str(&ask(words, b"").stdout).unwrap(), &mut fields);
    let json = read("docs/json.md");
    let (_, section) = json.split_once("# `weigh rightsize").unwrap();
    assert!(fields.len() > 40, "{fields:?}");
    for field in fields {
        assert!(section.contains(&format!("`{field}`")), "docs/json.md does not name `{field}`");
    }
}

/// The fields of a value, without those within fields that are told of a comparison.
fn collect(value: &Value, fields: &mut BTreeSet<String>) {
    match value {
        Value::Object(object) => {
            for (key, value) in object {
                fields.insert(key.clone());
                if !["charges", "missing", "needs", "book", "prices"].contains(&key.as_str()) {
                    collect(value, fields);
                }
            }
        }
        Value::Array(items) => items.iter().for_each(|item| collect(item, fields)),
        _ => {}
    }
}

/// The components become a scenario that `compare` takes, once the CPU time of a request is stated.
#[test]
fn the_scenario_text_can_be_compared() {
    let components = ask(&format!("{INVENTORY} --format toml"), b"").stdout;
    let filled = components.replace("# cpu_time", "cpu_time");
    let good = with("rate", "rate = \"250/day\"");
    let (head, rest) = good.split_once("[[component]]").unwrap();
    let (_, tail) = rest.split_once("[needs]").unwrap();
    let scenario = format!("{head}{filled}\n[needs]{tail}");
    let answer = ask("compare -", scenario.as_bytes());
    assert_eq!(answer.code, 0, "{}\n{}", answer.stdout, answer.stderr);
    let unfilled = ask("compare -", format!("{head}{components}\n[needs]{tail}").as_bytes());
    assert!(unfilled.stderr.contains("cpu_time"), "{}", unfilled.stderr);
}
