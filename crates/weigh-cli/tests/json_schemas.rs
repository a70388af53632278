//! `weigh schema WHICH`: the published schemas are those that it prints, and what the program writes fits them.

#[path = "support/published.rs"]
mod published;
mod support;

use std::fs;

use boon::{Compiler, Schemas};
use published::{FOLDER, Published, parsed};
use serde_json::{Value, json};
use support::folder::Folder;
use support::{BOOK, GOOD, ask, ask_plainly, ask_words, root, with};

/// Set to anything, this test writes the files that it would otherwise hold against the program.
const WRITE: &str = "WEIGH_WRITE_SCHEMAS";

/// The names of the schemas, as `weigh schema --list` tells them.
fn names() -> Vec<String> {
    let told = ask_plainly("schema --list").stdout;
    told.lines().filter_map(|line| line.split_whitespace().next()).map(str::to_owned).collect()
}

/// The files under docs/schema are what `weigh schema` prints with the embedded price book, byte for byte.
///
/// After a change of a report or a refresh of the prices: `WEIGH_WRITE_SCHEMAS=1 cargo test -p weigh-cli --test json_schemas`.
#[test]
fn the_published_schemas_are_those_of_the_program() {
    let mut expected = vec!["README.md".to_owned()];
    for name in names() {
        let printed = ask_plainly(&format!("schema {name}")).stdout;
        let path = root().join(FOLDER).join(format!("{name}.json"));
        if std::env::var_os(WRITE).is_some() {
            fs::write(&path, &printed).expect("docs/schema can be written");
        }
        let published = fs::read_to_string(&path).unwrap_or_default();
        let remedy = format!("run {WRITE}=1 cargo test -p weigh-cli --test json_schemas");
        assert!(
            published == printed,
            "{FOLDER}/{name}.json is not what `weigh schema {name}` prints; {remedy}"
        );
        expected.push(format!("{name}.json"));
    }
    let there = fs::read_dir(root().join(FOLDER)).expect("docs/schema");
    let mut there: Vec<String> =
        there.map(|entry| entry.expect("a file").file_name().to_string_lossy().into_owned()).collect();
    there.sort();
    expected.sort();
    assert_eq!(there, expected);
}

#[test]
fn the_list_names_every_schema_and_the_page_shows_it() {
    let told = ask_plainly("schema --list");
    insta::assert_snapshot!(told.transcript());
    let page = fs::read_to_string(root().join(FOLDER).join("README.md")).expect("a page");
    for line in told.stdout.lines() {
        assert!(page.contains(line), "{FOLDER}/README.md lacks the line\n{line}");
    }
}

#[test]
fn a_schema_is_asked_for_by_its_name() {
    assert_eq!(ask_plainly("schema").stdout, ask_plainly("schema scenario").stdout);
    let wrong = ask_plainly("schema comparsion");
    assert_eq!((wrong.code, wrong.stdout.as_str()), (1, ""));
    assert!(wrong.stderr.contains("a similar value exists: 'comparison'"), "{}", wrong.stderr);
    assert_eq!(ask_plainly("schema comparison --list").code, 1);
}

#[test]
fn every_schema_is_one_by_the_schema_of_schemas() {
    let (mut compiled, mut compiler) = (Schemas::new(), Compiler::new());
    let of_schemas = compiler.compile("https://json-schema.org/draft/2020-12/schema", &mut compiled).unwrap();
    for name in names() {
        let schema = parsed(&ask_plainly(&format!("schema {name}")).stdout);
        assert_eq!(schema["$schema"], "https://json-schema.org/draft/2020-12/schema", "{name}");
        let found = compiled.validate(&schema, of_schemas).err().map(|error| format!("{error:#}"));
        assert_eq!(found, None, "{name}");
    }
    assert!(compiled.validate(&json!({"type": "text"}), of_schemas).is_err(), "the validator says no too");
}

/// Visits every schema inside a schema, with the path to it.
fn walk(schema: &Value, path: &str, visit: &mut dyn FnMut(&str, &Value)) {
    visit(path, schema);
    for (word, inside) in schema.as_object().into_iter().flatten() {
        match (word.as_str(), inside) {
            ("properties" | "$defs", Value::Object(each)) => {
                each.iter().for_each(|(name, each)| walk(each, &format!("{path}/{name}"), visit));
            }
            ("oneOf" | "anyOf" | "prefixItems", Value::Array(each)) => {
                each.iter().for_each(|each| walk(each, path, visit));
            }
            ("items" | "additionalProperties", Value::Object(_)) => walk(inside, path, visit),
            _ => {}
        }
    }
}

/// Whoever reads a schema learns what every field means, and a field that the program does not know is refused.
#[test]
fn every_field_says_what_it_means_and_every_object_is_closed() {
    for name in names().iter().filter(|name| *name != "scenario") {
        let schema = parsed(&ask_plainly(&format!("schema {name}")).stdout);
        walk(&schema, name, &mut |path, each| {
            let said = each["description"].as_str();
            for trace_of_rust in ["[`", "::", "```", "\n#"] {
                assert!(!said.unwrap_or_default().contains(trace_of_rust), "{path}: {said:?}");
            }
            for (field, inside) in each["properties"].as_object().into_iter().flatten() {
                assert!(inside["description"].is_string(), "{path}/{field} has no description");
            }
            let closed = each.get("properties").is_none() || each["additionalProperties"] == false;
            assert!(closed, "{path} takes any field");
            for definition in each["$defs"].as_object().into_iter().flatten().map(|(name, _)| name) {
                assert!(
                    !definition.ends_with(char::is_numeric),
                    "{path}: two shapes are called as {definition}"
                );
            }
        });
    }
}

/// Scenarios with what most do not state: ranges, a part of a month, a currency, rules; environments; services; functions.
const RICH: [&str; 4] = [
    include_str!("data/rich.toml"),
    include_str!("data/hybrid.toml"),
    include_str!("data/services.toml"),
    include_str!("data/functions.toml"),
];

/// What reads one scenario, with the kind of what it writes.
const OF_A_SCENARIO: [(&str, &str); 4] = [
    ("comparison", "compare - --break-even --robustness --format json"),
    ("diagram", "diagram - --format json"),
    ("commitments", "commit - --format json"),
    ("savings", "savings - --format json"),
];

const OF_ONE: [&str; 7] =
    ["comparison", "commitments", "diagram", "explanation", "month-comparison", "savings", "simulation"];

#[test]
fn what_is_written_of_one_scenario_fits() {
    let published = Published::read(&OF_ONE);
    let region = |region: &str| with("region", &format!("region = \"{region}\""));
    let impossible = with("min_replicas", "min_replicas = 2\nmonthly_budget = \"$1\"");
    let plain = [GOOD, &region("ap-south-1"), &impossible];
    for scenario in plain.iter().chain(&RICH) {
        for (kind, words) in OF_A_SCENARIO {
            published.fits(kind, &ask(words, scenario.as_bytes()));
        }
        let compared = published.fits("comparison", &ask("compare - --format json", scenario.as_bytes()));
        let first = compared["options"][0]["name"].as_str().expect("a name");
        if !scenario.contains("2026-02-10..") {
            let words = [
                "explain", "-", "--option", first, "--month", "2026-02", "--format", "json", "--prices", BOOK,
            ];
            published.fits("month-comparison", &ask_words(&words, scenario.as_bytes()));
        }
        for (option, by) in compared["options"].as_array().expect("options").iter().zip(["service", "tag"]) {
            let name = option["name"].as_str().expect("a name");
            let words = ["explain", "-", "--option", name, "--by", by, "--format", "json", "--prices", BOOK];
            published.fits("explanation", &ask_words(&words, scenario.as_bytes()));
            // A part of a month is not held against whole ones.
            if !scenario.contains("2026-02-10..") {
                let months = [&words[..], &["--month", "2026-02"]].concat();
                published.fits("month-comparison", &ask_words(&months, scenario.as_bytes()));
            }
        }
    }
    for words in ["--option fargate", "--option lambda", "--option lambda --events"] {
        let scenario = GOOD.replace("[[option]]", "[[option]]\nplatform = \"lambda\"\n[[option]]");
        published.fits("simulation", &ask(&format!("simulate - {words} --format json"), scenario.as_bytes()));
    }
}

#[test]
fn what_is_written_of_the_shipped_scenarios_fits() {
    let published = Published::read(&["account", "audit", "comparison", "diagram", "explanation", "listing"]);
    for name in SHIPPED {
        let file = format!("scenarios/{name}.toml");
        let compared = published.fits("comparison", &ask_plainly(&format!("compare {file} --format json")));
        let option = compared["options"][0]["name"].as_str().expect("an option");
        let explain = ["explain", &file, "--option", option, "--format", "json"];
        published.fits("explanation", &ask_words(&explain, b""));
        published.fits("diagram", &ask_plainly(&format!("diagram {file} --format json")));
    }
    published.fits("listing", &ask_plainly("list scenarios/rag scenarios/ferpa --format json"));
    published.fits("audit", &ask_plainly("audit scenarios/rag scenarios/ferpa --format json"));
    published.fits(
        "account",
        &ask_plainly("account scenarios/ai-prism.toml scenarios/aldeia-staging.toml --format json"),
    );
}

/// Scenarios with what others do not have: bases, services, ranges, what a document claims, parts, commitments, jobs.
const SHIPPED: [&str; 12] = [
    "ai-prism",
    "ai-prism-peak",
    "aldeia-staging",
    "aldeia/hybrid",
    "ai-prism/migration",
    "ai-prism/ecs-ec2-reserved-1-year",
    "ai-prism/what-if/fargate-savings-plan",
    "ai-prism/multi-region",
    "rag/production",
    "rag/minimal-all-savings",
    "ferpa/hybrid",
    "flow/background-jobs",
];

#[test]
fn what_is_written_of_decisions_and_inventories_fits() {
    let published = Published::read(&["ranking", "rightsizing"]);
    let matrices =
        ["aldeia-ten-factors", "ai-prism-services", "rag-costs", "ai-prism-01-deployment-complexity"];
    for name in matrices {
        for words in
            ["", "--robustness --samples 1000", "--method vikor", "--method electre-1", "--method topsis"]
        {
            let words = format!("rank scenarios/matrices/{name}.toml {words} --format json");
            let answer = ask_plainly(&words);
            // Not every method takes every matrix.
            if answer.code != 1 {
                published.fits("ranking", &answer);
            }
        }
    }
    for name in ["rag-containers", "rag-option-2"] {
        for words in ["", "--instance-type t3.medium", "--headroom 50%"] {
            let file = format!("scenarios/inventories/{name}.csv");
            let words = format!("rightsize {file} --region us-east-1 {words} --format json");
            published.fits("rightsizing", &ask_plainly(&words));
        }
    }
}

const BEFORE: &str = "crates/weigh-cli/tests/prices/before";
const AFTER: &str = "crates/weigh-cli/tests/prices/after";

/// The kinds of what `weigh prices` writes, but for imports.
const PRICES: [&str; 7] =
    ["coverage", "price", "price-difference", "price-ids", "price-list", "price-regions", "verification"];

#[test]
fn what_is_written_of_prices_fits() {
    let published = Published::read(&PRICES);
    for (kind, words) in [
        ("price-ids", "list"),
        ("price-ids", "list --match nothing-has-this"),
        ("price-list", "list --region us-east-1"),
        ("price-list", "list --region us-east-1 --service ec2 --derived"),
        ("price-regions", "regions"),
        ("price", "show fargate/vcpu-hours/linux-x86 --region us-east-1"),
        ("price", "show lambda/duration-gb-seconds/x86 --region us-east-1"),
        ("price", "show ec2/instance-hours/t3.medium --region eu-west-1"),
        ("price", "show ec2-spot/instance-hours/t3.medium --region us-east-1"),
        ("coverage", "coverage"),
        ("coverage", "coverage --region us-east-1"),
        ("price-difference", "diff 2024-01-01 2026-10-07"),
        ("verification", "verify"),
    ] {
        let answer = ask_plainly(&format!("prices {words} --format json"));
        published.fits(kind, &answer);
    }
    let of_books = [
        ("price-difference", format!("diff {BEFORE} {AFTER} --prices {BEFORE}")),
        ("coverage", format!("coverage --service fargate --prices {BOOK}")),
        ("verification", format!("verify {BOOK}")),
        ("price-list", format!("list --region north-1 --prices {BEFORE}")),
    ];
    for (kind, words) in of_books {
        published.fits(kind, &ask_plainly(&format!("prices {words} --format json")));
    }
}

#[test]
fn what_is_written_into_files_and_of_imports_fits() {
    let published = Published::read(&["import", "settings", "several", "simulation", "snapshot", "timeline"]);
    let folder = Folder::with_book();
    let files = ["offer.json", "offer.csv", "savings-plan.json", "get-products.jsonl", "spot-history.json"];
    for name in files {
        folder.fixture(name, name, &[]);
    }
    let words = format!("prices import {} --out book --read-on 2026-11-02 --format json", files.join(" "));
    published.fits("import", &folder.ask(&words));
    folder.write("shop.toml", GOOD);
    let told = folder.ask("simulate shop.toml --option fargate --prices book --out month.json --format json");
    published.fits("simulation", &told);
    assert_eq!(published.misfit("timeline", &parsed(&folder.read("month.json"))), None);
    folder.write("wide.toml", RICH[0]);
    published.fits("snapshot", &folder.ask("snapshot shop.toml wide.toml --prices book"));
    for words in ["compare --break-even", "commit", "savings", "explain --option fargate --by tag"] {
        let several = folder.ask(&format!("{words} shop.toml wide.toml --prices book --format json"));
        published.fits("several", &several);
    }
    published.fits("settings", &folder.ask("config --format json"));
}

/// A check without findings, and one with drifts, policies and a scenario that is gone.
#[test]
fn what_is_written_of_checks_fits() {
    let published = Published::read(&["check"]);
    let folder = Folder::with_book();
    folder.write("scenarios/shop.toml", GOOD);
    folder.write("scenarios/gone.toml", GOOD);
    folder.ask("snapshot scenarios --out weigh.snapshot.json --prices book");
    let told = published.fits("check", &folder.ask("check --prices book --format json"));
    assert_eq!(told["passes"], true);
    std::fs::remove_file(folder.path.join("scenarios/gone.toml")).expect("a file");
    let policy = "\n[[policy]]\nmonthly_cost_max = 1\nincrease_max = 0\n";
    folder.write("scenarios/shop.toml", with("rate", "rate = \"20_000/day\"") + policy);
    let told = published.fits("check", &folder.ask("check --prices book --format json --tolerance 1%"));
    assert!(told["findings"].as_array().is_some_and(|findings| findings.len() > 5), "{told:#}");
    published.fits("check", &folder.ask("check scenarios --policies-only --prices book --format json"));
}

/// Policies that hold, that fail and that a snapshot is needed for, and an option that comes.
const POLICIES: &str = "\n[[option]]\nplatform = \"lambda\"\n[[policy]]\nname = \"Budget\"\nmonthly_cost_max = 10\n\
    [[policy]]\nseverity = \"warn\"\noption = \"*\"\nlatency_p95_max = \"10 s\"\nincrease_max = \"5 %\"\n\
    [[policy]]\nrecommended = [\"lambda\"]\nprice_age_max_days = 30\ncold_start_share_max = \"1 %\"\n";

#[test]
fn what_is_written_of_changes_fits() {
    let published = Published::read(&["check", "check-line", "comparison", "difference"]);
    let folder = Folder::with_book();
    folder.write("s/shop.toml", GOOD);
    folder.write("s/wiki.toml", RICH[0]);
    let take = |name: &str| folder.ask(&format!("snapshot s --prices book --out {name}"));
    assert_eq!(take("a.json").code, 0);
    folder.write("s/shop.toml", with("vcpu", "vcpu = 2") + POLICIES);
    assert_eq!(take("b.json").code, 0);
    for sides in ["a.json b.json", "b.json a.json", "a.json a.json", "a.json s", "s/shop.toml s/wiki.toml"] {
        published.fits("difference", &folder.ask(&format!("diff {sides} --prices book --format json")));
    }
    published.fits("comparison", &folder.ask("compare s/shop.toml --prices book --format json"));
    for against in ["--against a.json", "--against b.json", "--policies-only"] {
        let words = format!("check s {against} --prices book --today 2026-11-22 --format");
        let findings = published.fits("check", &folder.ask(&format!("{words} json")))["findings"].clone();
        let lines = folder.ask(&format!("{words} jsonl")).stdout;
        assert_eq!(lines.lines().count(), findings.as_array().expect("a list").len() + 1);
        for line in lines.lines() {
            assert_eq!(published.misfit("check-line", &parsed(line)), None, "{line}");
            let surplus = line.replacen('{', "{\"surplus\": 1, ", 1);
            assert!(published.misfit("check-line", &parsed(&surplus)).is_some(), "{surplus}");
        }
    }
}

#[test]
fn scenario_files_fit_their_schema() {
    let published = Published::read(&["scenario"]);
    let json = |text: &str| serde_json::to_value(text.parse::<toml::Table>().expect("TOML")).expect("JSON");
    assert_eq!(published.misfit("scenario", &json(GOOD)), None);
    assert!(published.misfit("scenario", &json(&with("memory", "memry = \"1 GiB\""))).is_some());
}
