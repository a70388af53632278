//! `weigh schema`: valid JSON, true to what the program reads, checked by a small validator of its own.

mod support;

use std::fs;

use serde_json::{Value, json};
use support::{GOOD, ask, root, run, with};

fn schema() -> Value {
    serde_json::from_str(&ask("schema", b"").stdout).expect("valid JSON")
}

#[test]
fn the_schema_as_it_is() {
    insta::assert_snapshot!(run("schema", ""));
}

#[test]
fn both_scenario_files_and_the_good_one_fit() {
    let schema = schema();
    for name in ["ai-prism", "aldeia-staging"] {
        let text = fs::read_to_string(root().join(format!("scenarios/{name}.toml"))).unwrap();
        assert_eq!(misfits(&schema, &as_json(&text)), Vec::<String>::new(), "{name}");
    }
    assert_eq!(misfits(&schema, &as_json(GOOD)), Vec::<String>::new());
}

/// A mistake and its place, as the schema sees them.
const REFUSED: [(&str, &str, &str); 18] = [
    ("memory", "memry = \"1 GiB\"", "component/0"),
    ("region", "region = \"mars-1\"", "scenario/region"),
    ("platform", "platform = \"fargte\"", "option/0"),
    ("memory", "memory = \"1 GHz\"", "component/0/memory"),
    ("memory", "memory = 1", "component/0/memory"),
    ("rate", "rate = \"10_000\"", "traffic/rate"),
    ("rate", "rate = \"-1/s\"", "traffic/rate"),
    ("vcpu", "vcpu = 0", "component/0/vcpu"),
    ("vcpu", "vcpu = \"half\"", "component/0/vcpu"),
    ("rate", "rate = \"1/s\"\npeak_hours = \"nine to five\"\npeak_factor = 5", "traffic/peak_hours"),
    ("rate", "rate = \"1/s\"\ndaily = [1, 2]", "traffic/daily"),
    ("rate", "rate = \"1/s\"\n[[traffic.burst]]\nfactor = 5\nlength = \"5 min\"", "traffic/burst/0"),
    (
        "rate",
        "rate = \"1/s\"\n[traffic.launch]\nfactor = 5\nlength = \"5 min\"\non_day = 40",
        "traffic/launch/on_day",
    ),
    ("min_replicas", "min_replicas = 0", "needs/min_replicas"),
    ("min_replicas", "gpu = 1", "needs/gpu"),
    ("min_replicas", "monthly_budget = 200", "needs/monthly_budget"),
    ("monthly_cost", "monthly_cost = -1", "wishes/monthly_cost"),
    ("monthly_cost", "monthly_cost = { best = \"$1\" }", "wishes/monthly_cost"),
];

#[test]
fn what_the_program_refuses_does_not_fit() {
    let schema = schema();
    for (start, line, place) in REFUSED {
        let text = with(start, line);
        assert_eq!(ask("compare -", text.as_bytes()).code, 1, "{line}");
        let found = misfits(&schema, &as_json(&text));
        assert!(found.iter().any(|misfit| misfit.starts_with(place)), "{line}: {found:?}");
    }
}

#[test]
fn what_fits_is_read() {
    let schema = schema();
    for (start, line) in [
        ("memory", "memory = \"512MB\""),
        ("memory", "memory = \"512..1_024..2_048 MB\""),
        ("memory", "memory = \"512 MB .. 1 GiB\"\nconcurrency = \"1..3\""),
        ("vcpu", "vcpu = \"0.25..1\""),
        ("cpu_time", "cpu_time = \"50..80 ms\"\ntraffic_share = \"10..30 %\""),
        ("rate", "rate = \"5_000..20_000/day\""),
        ("region", "region = \"us-east-1\"\nmonth = \"2026-02-10..2026-02-20\""),
        ("region", "region = \"us-east-1\"\ncurrency = { code = \"EUR\", rate = 0.92, as_of = 2026-11-01 }"),
        ("min_replicas", "monthly_budget = \"$100..$200\""),
        ("memory", "memory = \"1_024 KiB\""),
        ("cpu_time", "cpu_time = \"0.5 min\""),
        ("cpu_time", "cpu_time = \"100 µs\""),
        ("cpu_time", "cpu_time = \"0 ms\"\nwait_time = \"2 seconds\""),
        ("rate", "rate = \"3.5 / second\""),
        (
            "rate",
            "rate = \"1/s\"\npeak_hours = \"9-12, 13:30 - 02:00\"\npeak_days = \"mon-wed, Friday\"\npeak_factor = 2.5",
        ),
        (
            "rate",
            "rate = \"1/s\"\ndaily = [1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 0.5]\ntime_zone = \"UTC+05:30\"",
        ),
        ("rate", "rate = \"1/s\"\ntime_zone = \"America/Argentina/Buenos_Aires\"\nvariability = 4"),
        (
            "rate",
            "rate = \"1/s\"\ngrowth = \"5 %\"\nmonths_ahead = 6\nburst = [{ factor = 9, length = \"10 s\", every = \"1 h\" }]",
        ),
        ("rate", "rate = \"1/s\"\n[traffic.launch]\nfactor = 10\nlength = \"2 days\"\non_day = 5"),
        ("min_replicas", "monthly_budget = \"200 USD\""),
        ("min_replicas", "availability = 0.999"),
        ("min_replicas", "availability = \"99.9 %\""),
        ("min_replicas", "compliance = [\"hipaa\"]"),
        ("region", "region = \"us-east-1\"\nmonth = \"2026-02\"\nas_of = \"2026-10-08\"\nfree_tier = false"),
        ("monthly_cost", "p95_latency = { weight = 1, best = \"10 ms\", worst = \"2 s\" }"),
        ("platform", "platform = \"lambda\"\nfront_door = \"http-api\"\nmemory = \"1 GB\""),
    ] {
        let text = with(start, line);
        assert_eq!(misfits(&schema, &as_json(&text)), Vec::<String>::new(), "{line}");
        let answer = ask("compare -", text.as_bytes());
        assert_ne!(answer.code, 1, "{line}: {}", answer.stderr);
    }
}

#[test]
fn a_file_that_extends_another_need_not_be_whole() {
    let schema = schema();
    for text in [
        "extends = \"base.toml\"",
        "extends = \"base.toml\"\nwithout = [\"option/lambda\"]\n[scenario]\nname = \"Peak\"\nassumptions = [\"a\", \"b\"]",
        "extends = \"base.toml\"\n[[component]]\nname = \"api\"\nvcpu = 2\n[traffic]\ntime_zone = \"UTC\"",
        "extends = \"base.toml\"\n[[option]]\nname = \"large\"\ntasks = 3",
    ] {
        assert_eq!(misfits(&schema, &as_json(text)), Vec::<String>::new(), "{text}");
        let alone = as_json(&text.replace("extends = \"base.toml\"", ""));
        assert_ne!(misfits(&schema, &alone), Vec::<String>::new(), "{text}");
    }
    for (text, place) in [
        ("extends = 1", "extends"),
        ("extends = \" \"", "extends"),
        ("extends = \"base.toml\"\nwithout = \"rule\"", "without"),
        ("extends = \"base.toml\"\n[[component]]\nvcpus = 2", "component/0"),
        ("extends = \"base.toml\"\n[[rule]]\nchoose = \"lambda\"", "rule/0"),
        ("extends = \"base.toml\"\n[[option]]\nname = \"large\"\ntaks = 3", "option/0"),
        ("extends = \"base.toml\"\n[scenario]\nassumptions = \"a\"", "scenario/assumptions"),
    ] {
        let found = misfits(&schema, &as_json(text));
        assert!(found.iter().any(|misfit| misfit.starts_with(place)), "{text}: {found:?}");
    }
}

#[test]
fn every_word_of_the_schema_is_one_that_the_small_validator_knows() {
    let known = [
        "$schema",
        "title",
        "description",
        "default",
        "type",
        "properties",
        "required",
        "additionalProperties",
        "items",
        "minItems",
        "maxItems",
        "enum",
        "const",
        "oneOf",
        "anyOf",
        "if",
        "then",
        "not",
        "pattern",
        "format",
        "minimum",
        "maximum",
        "exclusiveMinimum",
    ];
    walk(&schema(), &mut |schema| {
        for word in schema.as_object().unwrap().keys() {
            assert!(known.contains(&word.as_str()), "{word}");
        }
    });
}

/// Visits a schema and every schema inside it.
fn walk(schema: &Value, visit: &mut dyn FnMut(&Value)) {
    visit(schema);
    for (word, inside) in schema.as_object().expect("a schema") {
        match word.as_str() {
            "properties" => {
                inside.as_object().expect("properties").values().for_each(|each| walk(each, visit));
            }
            "oneOf" | "anyOf" => {
                inside.as_array().expect("choices").iter().for_each(|each| walk(each, visit));
            }
            "items" => walk(inside, visit),
            _ => {}
        }
    }
}

#[test]
fn every_key_of_the_schema_says_what_it_means() {
    walk(&schema(), &mut |schema| {
        for (key, inside) in schema["properties"].as_object().into_iter().flatten() {
            let said = inside["description"].as_str().unwrap_or_default();
            let section = inside["properties"].is_object();
            assert!(section || !said.is_empty() || key == "weight", "`{key}` has no description");
            assert_eq!(said, said.trim(), "`{key}`");
        }
        for choice in schema["oneOf"].as_array().into_iter().flatten() {
            let said = choice["description"].as_str().unwrap_or_default();
            assert_eq!(said, said.trim(), "{choice}");
        }
    });
}

/// TOML as JSON; dates become strings, as editors see them.
fn as_json(text: &str) -> Value {
    fn converted(value: toml::Value) -> Value {
        match value {
            toml::Value::String(text) => json!(text),
            toml::Value::Integer(number) => json!(number),
            toml::Value::Float(number) => json!(number),
            toml::Value::Boolean(flag) => json!(flag),
            toml::Value::Datetime(date) => json!(date.to_string()),
            toml::Value::Array(items) => items.into_iter().map(converted).collect(),
            toml::Value::Table(table) => {
                Value::Object(table.into_iter().map(|(key, value)| (key, converted(value))).collect())
            }
        }
    }
    converted(toml::Value::Table(text.parse().expect("valid TOML")))
}

/// Where a value does not fit its schema, and why.
fn misfits(schema: &Value, value: &Value) -> Vec<String> {
    let mut found = Vec::new();
    check(schema, value, "", &mut found);
    found
}

fn check(schema: &Value, value: &Value, place: &str, found: &mut Vec<String>) {
    let mut misfit = |why: String| found.push(format!("{place}: {why}"));
    if let Some(wanted) = schema["type"].as_str() {
        let fits = match wanted {
            "object" => value.is_object(),
            "array" => value.is_array(),
            "string" => value.is_string(),
            "boolean" => value.is_boolean(),
            "integer" => value.is_i64() || value.is_u64(),
            "number" => value.is_number(),
            other => panic!("the type {other}"),
        };
        if !fits {
            return misfit(format!("{value} is no {wanted}"));
        }
    }
    if schema.get("const").is_some_and(|only| only != value) {
        misfit(format!("{value} is not {}", schema["const"]));
    }
    if schema["enum"].as_array().is_some_and(|words| !words.contains(value)) {
        misfit(format!("{value} is none of {}", schema["enum"]));
    }
    if let (Some(pattern), Some(text)) = (schema["pattern"].as_str(), value.as_str())
        && !regex_lite::Regex::new(&plain(pattern)).expect("a pattern").is_match(text)
    {
        misfit(format!("{text} does not match {pattern}"));
    }
    if let Some(number) = value.as_f64() {
        let low = schema["minimum"].as_f64().is_some_and(|least| number < least);
        let high = schema["maximum"].as_f64().is_some_and(|most| number > most);
        let at_least = schema["exclusiveMinimum"].as_f64().is_some_and(|least| number <= least);
        if low || high || at_least {
            misfit(format!("{number} is out of range"));
        }
    }
    for (word, only_one) in [("anyOf", false), ("oneOf", true)] {
        let Some(choices) = schema[word].as_array() else { continue };
        let fitting = choices.iter().filter(|choice| misfits(choice, value).is_empty()).count();
        if fitting == 0 || (only_one && fitting > 1) {
            misfit(format!("{value} fits {fitting} of {} choices", choices.len()));
        }
    }
    if schema.get("if").is_some_and(|condition| misfits(condition, value).is_empty()) {
        check(&schema["then"], value, place, found);
    }
    if schema.get("not").is_some_and(|other| misfits(other, value).is_empty()) {
        found.push(format!("{place}: {value} fits what it must not"));
    }
    inside(schema, value, place, found);
}

/// Checks the values inside an object or an array.
fn inside(schema: &Value, value: &Value, place: &str, found: &mut Vec<String>) {
    let below = |key: &str| if place.is_empty() { key.to_owned() } else { format!("{place}/{key}") };
    for (key, each) in value.as_object().into_iter().flatten() {
        match schema["properties"].get(key) {
            Some(known) => check(known, each, &below(key), found),
            None if schema["additionalProperties"] == false => found.push(format!("{place}: `{key}`")),
            None => {}
        }
    }
    for key in schema["required"].as_array().into_iter().flatten().filter_map(Value::as_str) {
        if value.is_object() && value.get(key).is_none() {
            found.push(format!("{place}: lacks `{key}`"));
        }
    }
    if let Some(items) = value.as_array() {
        if schema["minItems"].as_u64().is_some_and(|least| (items.len() as u64) < least) {
            found.push(format!("{place}: too few"));
        }
        if schema["maxItems"].as_u64().is_some_and(|most| (items.len() as u64) > most) {
            found.push(format!("{place}: too many"));
        }
        for (index, each) in items.iter().enumerate() {
            check(&schema["items"], each, &below(&index.to_string()), found);
        }
    }
}

/// A pattern without Unicode classes, which the small engine lacks: letters and digits of the test files are enough.
fn plain(pattern: &str) -> String {
    pattern.replace("\\p{L}\\p{N}", "A-Za-z0-9")
}
