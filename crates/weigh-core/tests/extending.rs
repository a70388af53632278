//! A scenario that extends another: what merges with what, what is left out, and where mistakes are told.

mod support;

use proptest::prelude::*;
use proptest::sample::subsequence;
use support::vocabulary;
use weigh_core::scenario::{Layer, LayerProblem, Scenario};

/// A base that is a whole scenario by itself.
const BASE: &str = r#"scenario = { name = "Shop", region = "us-east-1", document = "001", assumptions = ["first"] }
traffic = { rate = "10_000/day", peak_hours = "9-17", peak_factor = 5 }
[[component]]
name = "api"
vcpu = 0.5
memory = "1 GiB"
cpu_time = "50 ms"
start_up_time = "1 s"
"#;

fn read(layers: &[(&str, &str)]) -> Result<Scenario, Vec<LayerProblem>> {
    let layers: Vec<Layer> = layers
        .iter()
        .map(|(path, text)| Layer { path: (*path).to_owned(), text: (*text).to_owned() })
        .collect();
    let none = &mut |layer: usize, name: &str, _: &_| Err(format!("{name} of layer {layer}"));
    Scenario::parse_layers(&layers, vocabulary(), none).map(|(scenario, _)| scenario)
}

/// All of a scenario but the places of its values in the text.
fn without_places(scenario: &Scenario) -> String {
    let text = format!("{scenario:?}");
    let mut parts = text.split("span: Some(");
    let first = parts.next().unwrap_or_default().to_owned();
    first + &parts.map(|part| part.split_once(')').map_or(part, |(_, rest)| rest)).collect::<String>()
}

fn same(child: &str, base: &str, whole: &str) {
    let extending =
        read(&[("child", child), ("base", base)]).unwrap_or_else(|why| panic!("{child}\n{why:?}"));
    let alone = read(&[("whole", whole)]).unwrap_or_else(|why| panic!("{whole}\n{why:?}"));
    assert_eq!(without_places(&extending), without_places(&alone), "{child}\n--- over ---\n{base}");
}

#[test]
fn tables_lie_over_those_of_the_base() {
    let cases: Vec<&str> = include_str!("data/extending.txt").split("\n== ").skip(1).collect();
    assert!(cases.len() > 25, "{}", cases.len());
    for case in cases {
        let (what, tables) = case.split_once('\n').expect("a name");
        let (base, rest) = tables.split_once("-- over it\n").expect("a base");
        let (child, whole) = rest.split_once("-- is").expect("a file that extends it");
        assert!(!what.is_empty(), "{case}");
        same(&format!("extends = \"base\"\n{child}"), &format!("{BASE}{base}"), &format!("{BASE}{whole}"));
    }
}

/// the extending file | what stands in the base | what stands there in the whole
#[test]
fn header_traffic_and_components_merge_key_by_key() {
    for (child, stated, whole) in [
        ("scenario.name = \"Peak\"", "\"Shop\"", "\"Peak\""),
        ("scenario.assumptions = [\"second\"]", "[\"first\"]", "[\"first\", \"second\"]"),
        (
            "without = [\"scenario/assumptions\"]\nscenario.assumptions = [\"second\"]",
            "[\"first\"]",
            "[\"second\"]",
        ),
        ("scenario.source = \"001 L7\"", "document = \"001\"", "document = \"001\", source = \"001 L7\""),
        ("traffic.rate = \"2/s\"", "10_000/day", "2/s"),
        (
            "without = [\"traffic/peak_hours\", \"traffic/peak_factor\"]",
            ", peak_hours = \"9-17\", peak_factor = 5",
            "",
        ),
        (
            "without = [\"traffic\"]\ntraffic.rate = \"2/s\"",
            "\"10_000/day\", peak_hours = \"9-17\", peak_factor = 5",
            "\"2/s\"",
        ),
        (
            "traffic.burst = { factor = 9, length = \"10 s\", every = \"1 h\" }",
            "factor = 5 }",
            "factor = 5, burst = [{ factor = 9, length = \"10 s\", every = \"1 h\" }] }",
        ),
        ("[[component]]\nname = \"api\"\nvcpu = 1", "vcpu = 0.5", "vcpu = 1"),
        ("[[component]]\nname = \" api \"\ntag = \"x\"", "vcpu", "tag = \"x\"\nvcpu"),
        (
            "without = [\"component/api/start_up_time\"]\ncomponent = { name = \"api\", runtime = \"java21\" }",
            "start_up_time = \"1 s\"",
            "runtime = \"java21\"",
        ),
    ] {
        assert_eq!(BASE.matches(stated).count(), 1, "{stated}");
        same(&format!("extends = \"base\"\n{child}"), BASE, &BASE.replace(stated, whole));
    }
}

#[test]
fn a_chain_is_laid_from_its_end_to_its_start() {
    let middle = "extends = \"base\"\nwithout = [\"traffic/peak_hours\", \"traffic/peak_factor\"]\nscenario.assumptions = [\"second\"]\ntraffic.rate = \"2/s\"";
    let child = "extends = \"middle\"\nscenario.assumptions = [\"third\"]\n[[option]]\nplatform = \"lambda\"";
    let scenario = read(&[("child", child), ("middle", middle), ("base", BASE)]).expect("it is right");
    assert_eq!(scenario.header.assumptions, ["first", "second", "third"]);
    assert_eq!(scenario.traffic.describe(), "2/s, steady");
    assert_eq!(scenario.options.len(), 1);
    assert_eq!(scenario.header.name, "Shop");
}

/// What is told: the file, what is underlined in it, what is said, and what was probably meant in its `without`.
fn told(child: &str, base: &str) -> String {
    let layers = [("child", child), ("base", base)];
    let told_of = |LayerProblem { layer, problem }: &LayerProblem| {
        let (path, text) = layers[*layer];
        let meant = problem.suggestion.as_ref().filter(|_| problem.message.contains("without"));
        let meant = meant.map(|meant| format!(", meant {meant}")).unwrap_or_default();
        format!("{path} `{}`: {}{meant}", &text[problem.span.clone()], problem.message)
    };
    read(&layers).err().unwrap_or_default().iter().map(told_of).collect::<Vec<_>>().join(" | ")
}

/// the extending file | the base | what is told
#[test]
fn mistakes_are_told_in_the_file_that_they_are_in() {
    let own_base = BASE.replace("vcpu = 0.5", "vcpu = -1");
    for (child, base, expected) in [
        ("extends = \"base\"\n[needs]\nzone = 2", BASE, "child `zone`: unknown key `zone` in [needs]"),
        ("extends = \"base\"", &own_base, "base `-1`: `vcpu`: it can't be negative"),
        (
            "extends = \"base\"\nneeds.zones = 0",
            &own_base,
            "child `0`: `zones`: 0 is less than 1 | base `-1`: `vcpu`: it can't be negative",
        ),
        ("extends = \"base\"\n[[component]]\nname = \"api\"\nvcpu = 1", &own_base, ""),
        (
            "extends = \"base\"",
            "[scenario]\nname = \"a\"\nregion = \"us-east-1\"\n",
            "child `extends = \"base\"`: the file lacks [[component]] | child `extends = \"base\"`: the file lacks [traffic]",
        ),
        (
            "extends = \"base\"\n[[component]]\nname = \"api\"\n[[component]]\nname = \"api\"",
            BASE,
            "child `[[component]]`: [[component]] lacks `vcpu` | child `[[component]]`: [[component]] lacks `memory` | child `[[component]]`: [[component]] lacks `cpu_time` | child `\"api\"`: two components are named `api`",
        ),
        (
            "extends = \"base\"\ntraffic.daily = [1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1]",
            BASE,
            "base `\"9-17\"`: `peak_hours` beside `daily`: two shapes of one traffic",
        ),
        (
            "extends = \"base\"\ntraffic.trace = \"a.csv\"\nwithout = [\"traffic/peak_hours\", \"traffic/peak_factor\"]",
            BASE,
            "child `\"a.csv\"`: the trace `a.csv`: a.csv of layer 0",
        ),
        (
            "extends = \"base\"",
            &BASE.replace(
                "rate = \"10_000/day\", peak_hours = \"9-17\", peak_factor = 5",
                "trace = \"b.csv\"",
            ),
            "base `\"b.csv\"`: the trace `b.csv`: b.csv of layer 1",
        ),
    ] {
        assert_eq!(told(child, base), expected, "{child}");
    }
}

/// the extending file | the base | what is told
#[test]
fn extends_and_without_are_checked() {
    for (child, base, expected) in [
        ("extends = 1", BASE, "child `1`: `extends`: the bare number 1 where a path belongs"),
        ("extends = \" \"", BASE, "child `\" \"`: `extends`: an empty path"),
        (
            "extends = \"base\"",
            "extends = \"more\"",
            "base `\"more\"`: `extends`: the file is read alone, without `more`",
        ),
        (
            "extends = \"base\"\nwithout = 3",
            BASE,
            "child `3`: `without`: the bare number 3 where a list of names belongs",
        ),
        (
            "extends = \"base\"\nwithout = [3]",
            BASE,
            "child `3`: `without`: the bare number 3 in a list of names",
        ),
        (
            "extends = \"base\"\nwithout = [\"components\"]",
            BASE,
            "child `\"components\"`: `without`: the base lacks `components`, meant \"component\"",
        ),
        (
            "extends = \"base\"\nwithout = [\"component/app\"]",
            BASE,
            "child `\"component/app\"`: `without`: the base lacks `component/app`, meant \"component/api\"",
        ),
        (
            "extends = \"base\"\nwithout = [\"api\"]",
            BASE,
            "child `\"api\"`: `without`: the base lacks `api`, meant \"component/api\"",
        ),
        (
            "extends = \"base\"\nwithout = [\"component/api/vcpus\"]",
            BASE,
            "child `\"component/api/vcpus\"`: `without`: the base lacks `component/api/vcpus`, meant \"component/api/vcpu\"",
        ),
        (
            "extends = \"base\"\nwithout = [\"claim\"]",
            &format!("{BASE}[[claim]]\nid = \"C1\""),
            "child `\"claim\"`: `without`: the base lacks `claim`",
        ),
        (
            "extends = \"base\"\nwithout = [\"component/api\"]",
            BASE,
            "child `extends = \"base\"`: the file lacks [[component]]",
        ),
        ("extends = \"base\"\n[needs", BASE, "child ``: this is no TOML: unclosed table, expected `]`"),
        (
            "extends = \"base\"\nwithout = [\"needs\"]",
            &format!("{BASE}\n[needs"),
            "base ``: this is no TOML: unclosed table, expected `]`",
        ),
    ] {
        assert_eq!(told(child, base), expected, "{child}");
    }
}

#[test]
fn a_second_place_in_another_file_is_told_in_words() {
    let placed = |child: &str| {
        let problems = read(&[("child.toml", child), ("base.toml", BASE)]).unwrap_err();
        (problems[0].layer, problems[0].problem.label.clone(), problems[0].problem.context.clone())
    };
    let child =
        "extends = \"base.toml\"\n[[option]]\nplatform = \"lambda\"\n[[option]]\nplatform = \"lambda\"";
    let (layer, label, context) = placed(child);
    let first = child.find("\"lambda\"").expect("it is there");
    assert_eq!((layer, label.as_str()), (0, ""));
    assert_eq!(context, Some((first..first + 8, "the first".to_owned())));
}

#[test]
fn a_text_alone_extends_nothing() {
    let problems =
        Scenario::parse("extends = \"base.toml\"\nscenario.name = \"a\"", vocabulary()).unwrap_err();
    assert_eq!(problems[0].message, "`extends`: the file is read alone, without `base.toml`");
    let problems = Scenario::parse(&format!("without = [\"option\"]\n{BASE}"), vocabulary()).unwrap_err();
    assert_eq!(problems[0].message, "`without` says what of a base is left out, but the file extends none");
    assert_eq!(problems.len(), 1);
}

#[test]
fn ranges_of_both_files_are_read_at_both_ends() {
    let base = BASE.replace("10_000/day", "5_000..20_000/day");
    let child = "extends = \"base\"\n[[component]]\nname = \"api\"\ncpu_time = \"40..60 ms\"";
    let layers = [("child", child), ("base", base.as_str())]
        .map(|(path, text)| Layer { path: path.to_owned(), text: text.to_owned() });
    let none = &mut |_: usize, _: &str, _: &_| Err(String::new());
    let (_, ranged) = Scenario::parse_layers(&layers, vocabulary(), none).expect("it is right");
    let ranges = ranged.expect("it has ranges").ranges;
    let told: Vec<String> = ranges.iter().map(|range| format!("{} {}", range.what, range.text)).collect();
    assert_eq!(told, ["cpu_time of [[component]] api 40..60 ms", "rate of [traffic] 5_000..20_000/day"]);
}

/// Everything that the property splits: the table, its name in a list, a key and its value.
const LINES: &[(&str, &str, &str)] = &[
    ("[scenario]", "", "name = \"Shop\""),
    ("[scenario]", "", "region = \"us-east-1\""),
    ("[scenario]", "", "source = \"001 L1\""),
    ("[traffic]", "", "rate = \"10_000/day\""),
    ("[traffic]", "", "peak_hours = \"9-17\""),
    ("[traffic]", "", "peak_factor = 5"),
    ("[traffic.launch]", "", "factor = 4"),
    ("[traffic.launch]", "", "length = \"2 days\""),
    ("[traffic.launch]", "", "on_day = 5"),
    ("[needs]", "", "zones = 2"),
    ("[needs]", "", "compliance = [\"soc-2\"]"),
    ("[wishes]", "", "monthly_cost = 3"),
    ("[wishes]", "", "availability = 1"),
    ("[[component]]", "name = \"api\"", "vcpu = 0.5"),
    ("[[component]]", "name = \"api\"", "memory = \"1 GiB\""),
    ("[[component]]", "name = \"api\"", "cpu_time = \"50 ms\""),
    ("[[component]]", "name = \"worker\"", "vcpu = 1"),
    ("[[component]]", "name = \"worker\"", "memory = \"2 GiB\""),
    ("[[component]]", "name = \"worker\"", "cpu_time = \"10 ms\""),
    ("[[service]]", "kind = \"rds-postgresql\"", "instance_type = \"db.t4g.medium\""),
    ("[[service]]", "kind = \"rds-postgresql\"", "storage = \"20 GB\""),
    ("[[option]]", "platform = \"fargate\"", "tasks = 2"),
    ("[[option]]", "platform = \"fargate\"", "vcpu = 1"),
    ("[[option]]", "platform = \"lambda\"", "memory = \"1 GB\""),
    ("[[option]]", "platform = \"lambda\"", "front_door = \"http-api\""),
];

/// A file of some of the lines, with all named tables in their order.
fn file(start: &str, lines: &[(usize, bool)]) -> String {
    let mut text = start.to_owned();
    let mut at = ("", "");
    for (line, (table, name, _)) in LINES.iter().enumerate() {
        let named = !name.is_empty();
        let stated = lines.iter().find(|(stated, _)| *stated == line);
        if (stated.is_some() || named) && at != (*table, *name) {
            text += &format!("\n{table}\n{name}\n");
            at = (table, name);
        }
        if let Some((_, right)) = stated {
            let (key, value) = LINES[line].2.split_once(" = ").expect("a key and a value");
            text += &if *right {
                format!("{key} = {value}\n")
            } else {
                format!("{key} = \"of the base alone\"\n")
            };
        }
    }
    text
}

proptest! {
    /// Whatever the base states and the extending file states over it, right or wrong, is what one file would state.
    #[test]
    fn a_scenario_in_two_files_is_that_of_one(
        own in subsequence((0..LINES.len()).collect::<Vec<_>>(), 0..=LINES.len()),
        replaced in subsequence((0..LINES.len()).collect::<Vec<_>>(), 0..=LINES.len()),
    ) {
        let all: Vec<(usize, bool)> = (0..LINES.len()).map(|line| (line, true)).collect();
        let child: Vec<(usize, bool)> = own.iter().map(|line| (*line, true)).collect();
        let base: Vec<(usize, bool)> = (0..LINES.len())
            .filter(|line| !own.contains(line) || replaced.contains(line))
            .map(|line| (line, !own.contains(&line)))
            .collect();
        same(&file("extends = \"base\"\n", &child), &file("", &base), &file("", &all));
    }
}
