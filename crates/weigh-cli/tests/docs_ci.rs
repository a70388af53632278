//! The pages and workflows for CI: they are YAML that a parser reads, and every command in them runs.

mod support;

use support::folder::Folder;
use support::root;
use yaml_rust2::{Yaml, YamlLoader};

const SHOP: &str = "scenario = { name = \"Shop\", region = \"us-east-1\" }\ntraffic = { rate = \"10_000/day\" }\n\
    [[component]]\nname = \"api\"\nvcpu = 0.5\nmemory = \"1 GiB\"\ncpu_time = \"50 ms\"\nstart_up_time = \"1 s\"\n";

fn page(name: &str) -> String {
    std::fs::read_to_string(root().join(name)).unwrap_or_else(|error| panic!("{name}: {error}"))
}

fn yaml(name: &str) -> Yaml {
    let mut read = YamlLoader::load_from_str(&page(name)).unwrap_or_else(|error| panic!("{name}: {error}"));
    assert_eq!(read.len(), 1, "{name} is one document");
    read.remove(0)
}

/// Every text below a value, in its order.
fn texts<'y>(yaml: &'y Yaml, into: &mut Vec<&'y str>) {
    match yaml {
        Yaml::String(text) => into.push(text),
        Yaml::Array(items) => items.iter().for_each(|item| texts(item, into)),
        Yaml::Hash(table) => table.values().for_each(|value| texts(value, into)),
        _ => {}
    }
}

/// The lines that run the program or bring a snapshot from the target branch.
fn commands<'t>(texts: impl IntoIterator<Item = &'t str>) -> Vec<String> {
    let lines = texts.into_iter().flat_map(str::lines).map(str::trim);
    let ours = lines.filter(|line| line.starts_with("weigh ") || line.starts_with("git show "));
    ours.map(|line| line.split("   #").next().unwrap_or(line).trim_end().to_owned()).collect()
}

/// A folder as a repository has it: scenarios and their snapshot.
fn repository() -> Folder {
    let folder = Folder::new();
    folder.write("scenarios/shop.toml", SHOP);
    assert_eq!(folder.ask("snapshot scenarios --out weigh.snapshot.json").code, 0);
    folder
}

/// Runs a command with what it sends to a file; each is done, and no gate fails.
fn run(folder: &Folder, command: &str) {
    let (words, file) = match command.split_once(" > ") {
        Some((words, file)) => (words, Some(file)),
        None => (command, None),
    };
    let told = match words.strip_prefix("weigh ") {
        Some(words) => {
            let words: Vec<&str> = words.split_whitespace().collect();
            // The weigh.toml of the page counts.
            let mut program = support::program();
            let ready = program.current_dir(&folder.path).env_remove("WEIGH_NO_CONFIG").args(&words);
            let answer = support::answer(ready, words.join(" "), b"");
            assert_eq!((answer.code, answer.stderr.as_str()), (0, ""), "{command}: {}", answer.stdout);
            answer.stdout
        }
        // What stands on the target branch.
        None => folder.read("weigh.snapshot.json"),
    };
    if let Some(file) = file {
        folder.write(file, told);
    }
}

#[test]
fn the_workflows_are_yaml_and_their_commands_run() {
    for (name, script) in [("docs/ci/github-actions.yml", "jobs"), ("docs/ci/gitlab-ci.yml", "costs")] {
        let read = yaml(name);
        let mut found = Vec::new();
        texts(&read[script], &mut found);
        let commands = commands(found);
        assert!(commands.iter().any(|command| command.starts_with("weigh check")), "{name}: {commands:?}");
        assert!(commands.iter().any(|command| command.starts_with("weigh diff")), "{name}: {commands:?}");
        let folder = repository();
        commands.iter().for_each(|command| run(&folder, command));
        assert!(folder.read("weigh-junit.xml").starts_with("<?xml"), "{name}");
        assert!(folder.read("weigh-summary.md").starts_with("# Check passed"), "{name}");
    }
}

/// What the steps read, the check writes; and the job fails with its exit code.
#[test]
fn the_github_workflow_fits_together() {
    let read = yaml("docs/ci/github-actions.yml");
    let steps = read["jobs"]["check"]["steps"].as_vec().expect("steps");
    let check = steps.iter().find(|step| step["run"].as_str().is_some_and(|run| run.contains("weigh check")));
    let check = check.expect("a step that checks");
    assert!(check["continue-on-error"].is_badvalue() && check["if"].is_badvalue());
    let run = check["run"].as_str().expect("a command");
    assert!(!run.contains("||") && !run.contains("true"), "{run}");
    for file in ["weigh-summary.md", "weigh.sarif", "weigh-junit.xml"] {
        assert!(run.contains(file), "{file}");
        let reads = |step: &&yaml_rust2::Yaml| {
            let mut all = Vec::new();
            texts(step, &mut all);
            all.iter().any(|text| text.contains(file))
        };
        assert!(steps.iter().filter(reads).count() > 1, "{file} is written and not read");
    }
}

#[test]
fn the_page_on_ci_runs() {
    let page = page("docs/ci/README.md");
    let blocks = |kind: &str| -> Vec<String> {
        let opening = format!("```{kind}\n");
        let parts = page.split(opening.as_str()).skip(1);
        parts.map(|part| part.split("```").next().unwrap_or_default().to_owned()).collect()
    };
    let settings = blocks("toml");
    assert_eq!(settings.len(), 2);
    let folder = repository();
    folder.write("weigh.toml", settings.concat());
    let blocks = blocks("sh");
    let commands = commands(blocks.iter().map(String::as_str));
    assert!(commands.len() > 8, "{commands:?}");
    commands.iter().for_each(|command| run(&folder, command));
}

/// The README's own block, and every rule on the page of checks.
#[test]
fn the_pages_on_checks_are_true() {
    let readme = page("README.md");
    let (_, section) = readme.split_once("## In CI\n").expect("a section");
    let (_, block) = section.split_once("```sh\n").expect("a block");
    let folder = repository();
    commands([block.split("```").next().unwrap_or_default()])
        .iter()
        .for_each(|command| run(&folder, command));
    let page = page("docs/check.md");
    for rule in weigh_core::report::CHECK_RULES.iter().filter(|rule| !rule.id.ends_with('/')) {
        assert!(page.contains(&format!("| `{}` |", rule.id)), "docs/check.md lacks {}", rule.id);
    }
}

/// The names of all fields of a value.
fn fields(value: &serde_json::Value, into: &mut Vec<String>) {
    match value {
        serde_json::Value::Object(object) => object.iter().for_each(|(key, value)| {
            into.push(key.clone());
            fields(value, into);
        }),
        serde_json::Value::Array(items) => items.iter().for_each(|item| fields(item, into)),
        _ => {}
    }
}

#[test]
fn the_json_page_names_every_field_of_a_check() {
    let page = page("docs/json.md");
    let (_, section) = page.split_once("# `weigh check").expect("a section");
    let (section, _) = section.split_once("\n## ").unwrap_or((section, ""));
    let folder = repository();
    folder.replace("scenarios/shop.toml", "10_000", "20_000");
    let told = folder.ask("check --format json");
    assert_eq!(told.code, 2);
    let mut names = Vec::new();
    fields(&serde_json::from_str(&told.stdout).unwrap_or_else(|error| panic!("{error}")), &mut names);
    assert!(names.len() > 40, "{names:?}");
    for name in names {
        assert!(section.contains(&format!("`{name}`")), "docs/json.md does not name `{name}` of weigh check");
    }
}
