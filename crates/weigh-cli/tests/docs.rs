//! The documentation against the program: what the README prints, and every key and field that the pages promise.

mod support;

use std::path::{Path, PathBuf};

use support::folder::Folder;
use support::program;

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

fn text(path: &str) -> String {
    let read = std::fs::read_to_string(root().join(path));
    read.unwrap_or_else(|error| panic!("{path}: {error}"))
}

fn weigh(args: &[&str]) -> String {
    let output = program().args(args).output();
    let output = output.unwrap_or_else(|error| panic!("weigh {args:?}: {error}"));
    String::from_utf8_lossy(&output.stdout).into_owned()
}

fn json(args: &[&str]) -> serde_json::Value {
    let printed = weigh(args);
    serde_json::from_str(&printed).unwrap_or_else(|error| panic!("{error}: {printed}"))
}

/// A text with the hash of the price book covered, which moves with every row of the data.
fn without_hash(text: &str) -> String {
    let hash = regex_lite::Regex::new("Price book [0-9a-f]{12},").unwrap_or_else(|error| panic!("{error}"));
    hash.replace_all(text, "Price book …,").into_owned()
}

/// The README runs on the real book: after a refresh of its prices its comparison is printed anew.
#[test]
fn the_readme_shows_what_the_program_prints() {
    let printed = weigh(&["compare", "scenarios/ai-prism.toml"]);
    let block = format!("```text\n{printed}```\n");
    let shown = without_hash(&text("README.md"));
    assert!(shown.contains(&without_hash(&block)), "the README does not show this:\n{block}");
}

#[test]
fn the_scenario_page_names_every_key() {
    let page = text("docs/scenario.md");
    let schema = json(&["schema"]);
    let properties = |pointer: &str| -> Vec<String> {
        let object = schema.pointer(pointer).and_then(serde_json::Value::as_object);
        object.unwrap_or_else(|| panic!("the schema has no {pointer}")).keys().cloned().collect()
    };
    let mut keys = properties("/properties/scenario/properties");
    keys.extend(["extends", "without"].map(str::to_owned));
    keys.extend(properties("/properties/component/items/properties"));
    keys.extend(properties("/properties/request/items/properties"));
    keys.extend(properties("/properties/job/items/properties"));
    keys.extend(properties("/properties/traffic/properties"));
    for table in ["burst/items", "launch", "season/items"] {
        keys.extend(properties(&format!("/properties/traffic/properties/{table}/properties")));
    }
    keys.extend(properties("/properties/supporting/properties"));
    keys.extend(properties("/properties/environment/items/properties"));
    keys.extend(properties("/properties/account/properties"));
    keys.extend(properties("/properties/account/properties/usage/items/properties"));
    keys.extend(properties("/properties/needs/properties"));
    keys.extend(properties("/properties/discount/items/properties"));
    keys.extend(properties("/properties/commitment/items/properties"));
    keys.extend(properties("/properties/policy/items/properties"));
    keys.extend(properties("/properties/tolerance/items/properties"));
    keys.extend(["kind", "name", "component", "environment", "tag", "enabled"].map(str::to_owned));
    keys.extend(properties("/properties/wishes/properties"));
    for option in 0..5 {
        keys.extend(properties(&format!("/properties/option/items/anyOf/{option}/properties")));
    }
    assert!(keys.len() > 60, "{keys:?}");
    for key in keys {
        assert!(page.contains(&format!("`{key}`")), "docs/scenario.md does not name `{key}`");
    }
    for service in weigh_core::platforms::SUPPORTING {
        let row = format!("| `{}` | {} |", service.id, service.needed_for);
        assert!(page.contains(&row), "docs/scenario.md lacks the row {row}");
    }
}

#[test]
fn the_example_of_extending_comes_to_what_the_page_says() {
    let page = text("docs/scenario.md");
    let (_, section) = page.split_once("## A scenario that extends another").unwrap_or_default();
    let folder = Folder::with_book();
    let mut blocks = section.split("```toml\n# ").skip(1).filter_map(|block| block.split_once("```"));
    for name in ["shop.toml", "peak.toml", "both together"] {
        let (block, _) = blocks.next().unwrap_or_default();
        let (title, toml) = block.split_once('\n').unwrap_or_default();
        assert_eq!(title, name);
        folder.write(&name.replace(' ', "-"), toml);
    }
    let compared = |file: &str| folder.ask(&format!("compare {file} --prices book --format json"));
    let (peak, both) = (compared("peak.toml"), compared("both-together"));
    assert_eq!((peak.code, peak.stderr.as_str()), (0, ""));
    assert_eq!(peak.stdout, both.stdout);
    assert_ne!(peak.stdout, compared("shop.toml").stdout);
}

#[test]
fn the_json_page_names_every_field() {
    let page = text("docs/json.md");
    for args in [
        &["compare", "scenarios/ai-prism.toml", "--format", "json"][..],
        &["explain", "scenarios/ai-prism.toml", "--option", "fargate", "--format", "json"][..],
    ] {
        let mut fields = Vec::new();
        // The values that decide a rule stand below the names of its variables, which docs/scenario.md has.
        collect_own(&json(args), &["values"], &mut fields);
        assert!(fields.len() > 20, "{fields:?}");
        for field in fields {
            assert!(page.contains(&format!("`{field}`")), "docs/json.md does not name `{field}`");
        }
    }
}

#[test]
fn the_page_on_focus_names_every_column() {
    let page = text("docs/focus.md");
    let rows = weigh(&["explain", "scenarios/ai-prism.toml", "--option", "fargate", "--focus"]);
    let columns: Vec<&str> = rows.lines().next().unwrap_or_default().split(',').collect();
    assert!(columns.len() > 40, "{columns:?}");
    for column in columns {
        assert!(page.contains(&format!("`{column}`")), "docs/focus.md does not name `{column}`");
    }
}

#[test]
fn the_json_page_names_every_field_of_the_price_reports() {
    let page = text("docs/json.md");
    let (_, page) = page.split_once("# `weigh prices list").unwrap_or_default();
    let book = "crates/weigh-cli/tests/prices/before";
    let on_book = |words: &str| {
        let words: Vec<&str> = words.split(' ').chain(["--format", "json", "--prices", book]).collect();
        json(&words)
    };
    for words in [
        "prices list",
        "prices list --region north-1",
        "prices show ec2-spot/instance-hours/t1.small --region north-1",
        "prices show ec2/instance-hours/t1.old --region north-1",
        "prices show out/gb --region north-1",
        "prices regions",
        "prices diff 2024-01-01 crates/weigh-cli/tests/prices/after",
    ] {
        let mut fields = Vec::new();
        collect(&on_book(words), &mut fields);
        assert!(fields.len() > 10, "{fields:?}");
        for field in fields {
            assert!(page.contains(&format!("`{field}`")), "docs/json.md does not name `{field}` of {words}");
        }
    }
}

/// The scenario of the page on simulations, and the block of text behind it.
fn simulation_example() -> (String, String) {
    let page = text("docs/simulation.md");
    let block = |kind: &str| {
        let (_, rest) = page.split_once(&format!("```{kind}\n")).unwrap_or_default();
        rest.split_once("```").unwrap_or_default().0.to_owned()
    };
    (block("toml"), block("text"))
}

#[test]
fn the_page_on_simulations_shows_what_the_program_prints() {
    let (scenario, expected) = simulation_example();
    let folder = Folder::with_book();
    folder.write("shop.toml", scenario);
    let shown = folder.ask("simulate shop.toml --option fargate --prices book --out month.csv").stdout;
    assert_eq!(format!("$ weigh simulate shop.toml --option fargate\n{shown}"), expected);
    let page = text("docs/simulation.md");
    let timeline = folder.read("month.csv");
    for column in timeline.lines().next().unwrap_or_default().split(',') {
        assert!(page.contains(&format!("`{column}`")), "docs/simulation.md does not name `{column}`");
    }
}

#[test]
fn the_json_page_names_every_field_of_a_simulation() {
    let page = text("docs/json.md");
    let (_, section) = page.split_once("# `weigh simulate").unwrap_or_default();
    let (section, _) = section.split_once("\n## ").unwrap_or_default();
    let folder = Folder::with_book();
    let (scenario, _) = simulation_example();
    let options = "[[option]]\nplatform = \"lambda\"\nconcurrency_quota = 8\n[[option]]\nplatform = \"ecs-ec2\"\nmax_capacity = 3\n";
    folder.write("shop.toml", scenario + options);
    // What is within these stands above, with the comparison.
    let above = ["scenario", "latency", "latency_without", "failed_needs", "book"];
    for option in ["fargate", "lambda", "ecs-ec2"] {
        let words = format!("simulate shop.toml --option {option} --prices book --format json");
        let told = folder.ask(&words).stdout;
        let told: serde_json::Value =
            serde_json::from_str(&told).unwrap_or_else(|error| panic!("{error}: {told}"));
        let mut fields = Vec::new();
        collect_own(&told, &above, &mut fields);
        assert!(fields.len() > 40, "{fields:?}");
        for field in fields {
            assert!(
                section.contains(&format!("`{field}`")),
                "docs/json.md does not name `{field}` of {words}"
            );
        }
    }
}

#[test]
fn the_page_on_commitments_shows_what_the_program_prints() {
    let page = text("docs/commitments.md");
    let block = |kind: &str| {
        let (_, rest) = page.split_once(&format!("```{kind}\n")).unwrap_or_default();
        rest.split_once("```").unwrap_or_default().0.to_owned()
    };
    let folder = Folder::new();
    folder.write("shop.toml", block("toml"));
    let shown = folder.ask("commit shop.toml --term 1-year").stdout;
    let shown = format!("$ weigh commit shop.toml --term 1-year\n{shown}");
    assert_eq!(without_hash(&shown), without_hash(&block("text")));
}

#[test]
fn the_json_page_names_every_field_of_commitments() {
    let page = text("docs/json.md");
    let (_, section) = page.split_once("# `weigh commit").unwrap_or_default();
    let (section, _) = section.split_once("\n## ").unwrap_or_default();
    let told = json(&["commit", "scenarios/ai-prism.toml", "--format", "json"]);
    let mut fields = Vec::new();
    // What is within these stands above, with the comparison.
    collect_own(
        &told,
        &["scenario", "failed_needs", "missing_prices", "unpriced_commitments", "book"],
        &mut fields,
    );
    assert!(fields.len() > 40, "{fields:?}");
    for field in fields {
        assert!(
            section.contains(&format!("`{field}`")),
            "docs/json.md does not name `{field}` of weigh commit"
        );
    }
}

#[test]
fn the_page_on_savings_shows_what_the_program_prints_and_names_every_strategy() {
    let page = text("docs/savings.md");
    let block = |kind: &str| {
        let (_, rest) = page.split_once(&format!("```{kind}\n")).unwrap_or_default();
        rest.split_once("```").unwrap_or_default().0.to_owned()
    };
    let folder = Folder::new();
    folder.write("shop.toml", block("toml"));
    let shown = folder.ask("savings shop.toml").stdout;
    let shown = format!("$ weigh savings shop.toml\n{shown}");
    assert_eq!(without_hash(&shown), without_hash(&block("text")));
    let (_, tables) = page.split_once("## The strategies").unwrap_or_default();
    let (strategies, exclusions) = tables.split_once("## What excludes what").unwrap_or_default();
    for strategy in weigh_core::savings::STRATEGIES {
        assert!(strategies.contains(&format!("`{}`", strategy.id)), "docs/savings.md lacks {}", strategy.id);
    }
    for (one, other, _) in weigh_core::savings::EXCLUSIONS {
        let both = |line: &str| [one, other].iter().all(|id| line.contains(&format!("`{id}`")));
        assert!(exclusions.lines().any(both), "docs/savings.md does not say that {one} excludes {other}");
    }
}

#[test]
fn the_json_page_names_every_field_of_savings() {
    let page = text("docs/json.md");
    let (_, section) = page.split_once("# `weigh savings").unwrap_or_default();
    let (section, _) = section.split_once("\n## ").unwrap_or_default();
    let told = json(&["savings", "scenarios/ai-prism.toml", "--option", "fargate", "--format", "json"]);
    let mut fields = Vec::new();
    collect_own(&told, &["scenario", "failed_needs", "missing_prices", "book"], &mut fields);
    assert!(fields.len() > 30, "{fields:?}");
    for field in fields {
        assert!(
            section.contains(&format!("`{field}`")),
            "docs/json.md does not name `{field}` of weigh savings"
        );
    }
}

/// The fields of a value, without those within fields that are told elsewhere.
fn collect_own(value: &serde_json::Value, elsewhere: &[&str], fields: &mut Vec<String>) {
    match value {
        serde_json::Value::Object(object) => {
            for (key, value) in object {
                fields.push(key.clone());
                if !elsewhere.contains(&key.as_str()) {
                    collect_own(value, elsewhere, fields);
                }
            }
        }
        serde_json::Value::Array(items) => {
            items.iter().for_each(|item| collect_own(item, elsewhere, fields));
        }
        _ => {}
    }
}

/// What a command of the page prints: on the frozen book; those that take a folder in one that has a book and files.
fn shown(command: &str) -> String {
    let words = command.split_whitespace();
    if command.starts_with("prices import") {
        let folder = Folder::with_book();
        for name in ["offer.json", "offer.csv"] {
            folder.fixture(name, name, &[]);
        }
        return folder.ask(command).stdout;
    }
    match command.starts_with("prices verify") {
        true => weigh(&words.collect::<Vec<_>>()),
        false => weigh(&words.chain(["--prices", support::BOOK]).collect::<Vec<_>>()),
    }
}

/// The page shows what the commands print.
#[test]
fn the_page_on_prices_shows_what_the_program_prints() {
    let page = text("docs/prices.md");
    let mut count = 0;
    for block in page.split("```text\n").skip(1) {
        let (block, _) = block.split_once("```").unwrap_or_default();
        let (command, expected) = block.split_once('\n').unwrap_or_default();
        let command = command.strip_prefix("$ weigh ").unwrap_or_else(|| panic!("{command}"));
        assert_eq!(shown(command), expected, "docs/prices.md: {command}");
        count += 1;
    }
    assert!(count >= 7, "{count} outputs");
}

#[test]
fn the_json_page_names_every_field_of_the_reports_on_books() {
    let page = text("docs/json.md");
    let folder = Folder::with_book();
    folder.fixture("offer.json", "offer.json", &[]);
    folder.fixture("spot-advisor.json", "advisor.json", &[]);
    folder.write("book/aws/gaps.csv", "region,price_id,as_of,note\nus-east-1,a/b,2026-10-07,no gap\n");
    for (kind, words) in [
        ("coverage", "prices coverage --prices book"),
        ("verify", "prices verify book"),
        ("import", "prices import offer.json advisor.json --out book"),
    ] {
        let (_, section) = page.split_once(&format!("# `weigh prices {kind}")).unwrap_or_default();
        let (section, _) = section.split_once("\n## ").unwrap_or((section, ""));
        let told = folder.ask(&format!("{words} --format json")).stdout;
        let mut fields = Vec::new();
        collect(&serde_json::from_str(&told).unwrap_or_else(|error| panic!("{error}: {told}")), &mut fields);
        assert!(fields.len() > 10, "{fields:?}");
        for field in fields {
            assert!(
                section.contains(&format!("`{field}`")),
                "docs/json.md does not name `{field}` of {words}"
            );
        }
    }
}

fn collect(value: &serde_json::Value, fields: &mut Vec<String>) {
    match value {
        serde_json::Value::Object(object) => {
            for (key, value) in object {
                fields.push(key.clone());
                collect(value, fields);
            }
        }
        serde_json::Value::Array(items) => items.iter().for_each(|item| collect(item, fields)),
        _ => {}
    }
}

#[test]
fn the_readme_shows_how_a_mistake_is_told() {
    let readme = text("README.md");
    let (_, rest) = readme.split_once("```toml\n").unwrap_or_default();
    let (example, _) = rest.split_once("```").unwrap_or_default();
    let misspelt = example.replace("memory = \"1 GiB\"", "memry = \"1 GiB\"");
    let path = std::env::temp_dir().join(format!("weigh-readme-{}.toml", std::process::id()));
    std::fs::write(&path, misspelt).unwrap_or_else(|error| panic!("{error}"));
    let output = program().arg("compare").arg(&path).output();
    let output = output.unwrap_or_else(|error| panic!("{error}"));
    let _ = std::fs::remove_file(&path);
    let told = String::from_utf8_lossy(&output.stderr).replace(&path.display().to_string(), "shop.toml");
    assert!(readme.contains(told.trim_end()), "the README does not show this:\n{told}");
}
