//! `weigh audit`, end to end: what is told in every format, the gate, folders, and what is wrong in claims.

mod support;

use support::folder::Folder;

/// An estimate with a mistake of each kind.
const ESTIMATE: &str = r#"
[scenario]
name = "Shop"
region = "us-east-1"
document = "001"
source = "001 L10-40"

[traffic]
rate = "10_000/day"

[[component]]
name = "api"
vcpu = 0.5
memory = "1 GiB"
cpu_time = "50 ms"
start_up_time = "1 s"

[[option]]
platform = "fargate"
tasks = 2

[[claim]]
id = "A1"
line = 12
says = "Fargate, 2 tasks"
about = "platform"
value = "$29.55"
unit = "USD/month"

[[claim]]
id = "A2"
line = 13
says = "Support"
about = "input"
because = "bought elsewhere"
value = "~20"
unit = "USD/month"

[[claim]]
id = "A3"
line = 14
says = "Total"
value = "29.55"
unit = "USD/month"
equals = "A1 + A2"
at_most = "A1"

[[claim]]
id = "A4"
line = 20
says = "vCPU alone"
about = "charge"
price_id = "fargate/vcpu-hours"
value = "29.15"
unit = "USD/month"

[[claim]]
id = "A5"
line = 30
says = "Promised"
about = "estimate"
topic = "uptime"
value = "99.99"
unit = "%"
least_of = ["A6"]
"#;

const SUMMARY: &str = r#"
extends = "_base.toml"
scenario = { name = "Summary", document = "002" }
[[claim]]
id = "A6"
line = 7
about = "estimate"
topic = "uptime"
value = "99.95"
unit = "%"
"#;

const BASE: &str = r#"
[scenario]
region = "us-east-1"
[traffic]
rate = "1/s"
[[component]]
name = "api"
vcpu = 0.5
memory = "1 GiB"
cpu_time = "50 ms"
"#;

/// A folder with the estimate, a second file in a folder below that extends a base, and a matrix.
fn folder() -> Folder {
    let folder = Folder::with_book();
    folder.write("audited/estimate.toml", ESTIMATE);
    folder.write("audited/more/summary.toml", SUMMARY);
    folder.write("audited/more/_base.toml", BASE);
    folder.write("audited/more/matrix.toml", "[matrix]\nname = \"no scenario\"\n");
    folder.write("audited/more/.hidden.toml", "no scenario");
    folder.write("audited/more/notes.md", "no scenario");
    folder.write("audited/empty.toml", BASE.replace("[scenario]", "[scenario]\nname = \"No claims\""));
    folder
}

/// The transcript with the hash of the book covered.
fn transcript(folder: &Folder, words: &str) -> String {
    let text = folder.ask(&format!("{words} --prices book")).transcript();
    let hash = regex_lite::Regex::new("[0-9a-f]{64}|Price book [0-9a-f]{12}").expect("an expression");
    hash.replace_all(&text, "(hash)").into_owned()
}

#[test]
fn an_audit_in_every_format() {
    let folder = folder();
    insta::assert_snapshot!("text", transcript(&folder, "audit audited"));
    insta::assert_snapshot!("all", transcript(&folder, "audit audited --all"));
    insta::assert_snapshot!("json", transcript(&folder, "audit audited --format json"));
    insta::assert_snapshot!("markdown", transcript(&folder, "audit audited --format markdown"));
    insta::assert_snapshot!("csv", transcript(&folder, "audit audited --format csv"));
}

#[test]
fn one_verdict_can_be_asked_for() {
    let folder = folder();
    let ids = |verdicts: &str| -> Vec<String> {
        let answer = folder.ask(&format!("audit audited --format csv --prices book {verdicts}"));
        assert_eq!(answer.code, 0, "{}", answer.stderr);
        let ids = answer.stdout.lines().skip(1).filter_map(|row| row.split(',').nth(1).map(str::to_owned));
        ids.collect()
    };
    assert_eq!(ids("--only contradicts"), ["A1", "A3"]);
    assert_eq!(ids("--only within-10"), ["A4"]);
    assert_eq!(ids("--only not-computed --only within-1"), ["A2", "A5", "A6"]);
    assert_eq!(ids("").len(), 6);
}

/// The gate asks for nothing that contradicts: neither a claim, nor statements among each other.
#[test]
fn strict_fails_where_something_contradicts() {
    let folder = folder();
    let code = |words: &str| folder.ask(&format!("audit {words} --prices book")).code;
    assert_eq!((code("audited"), code("audited --strict")), (0, 2));
    assert_eq!(code("audited/more --strict"), 0);
    // Of two files each is right alone; together they say two things of one topic.
    folder.write(
        "other.toml",
        SUMMARY.replace("A6", "A7").replace("99.95", "99.9").replace("_base", "audited/more/_base"),
    );
    assert_eq!(code("other.toml --strict"), 0);
    assert_eq!(code("audited/more other.toml --strict"), 2);
    assert_eq!(code("audited/empty.toml --strict"), 0);
}

/// One mistake in a claim, with what is told of it and what the caret marks.
#[test]
fn mistakes_in_claims_are_told_at_their_place() {
    #[rustfmt::skip]
    let cases: &[(&str, &str, &str, &str)] = &[
        ("equals = \"A1 + A2\"", "equals = \"A1 + A22\"", "no claim has the id `A22`", "did you mean `A2`?"),
        ("equals = \"A1 + A2\"", "equals = \"A1 + \"", "`equals`: ", "ids of claims and numbers"),
        ("equals = \"A1 + A2\"", "equals = \"A1 $ A2\"", "`$` where", "ids of claims and numbers"),
        ("equals = \"A1 + A2\"", "equals = \"A3\"", "held against itself", "ids of other claims"),
        ("least_of = [\"A6\"]", "least_of = [\"A66\"]", "no claim has the id `A66`", "did you mean `A6`?"),
        ("about = \"platform\"", "about = \"platform\"\noption = \"fargat\"", "`fargat` is not an option", "did you mean \"fargate\"?"),
        ("about = \"platform\"", "about = \"component\"\ncomponent = \"apy\"", "`apy` is not a component", "did you mean \"api\"?"),
        ("unit = \"%\"\nleast", "unit = \"7\"\nleast", "`7` is no unit", "unit"),
        ("value = \"29.15\"", "value = \"some\"", "`some` is no figure", "a number"),
        ("value = \"29.15\"", "value = \"1e30\"", "`1e30` is no figure", "a number"),
        ("id = \"A2\"", "id = \"A1\"", "two claims have the id `A1`", "an id of its own"),
        ("id = \"A2\"", "id = \"A6\"", "is that of another claim: audited/estimate.toml, line 31", "an id of its own"),
        ("id = \"A2\"", "id = \"A-2\"", "`A-2` is no id", "letters, digits"),
    ];
    for (from, to, message, help) in cases {
        let folder = folder();
        folder.replace("audited/estimate.toml", from, to);
        let answer = folder.ask("audit audited --prices book");
        assert_eq!((answer.code, answer.stdout.as_str()), (1, ""), "{to}: {}", answer.stderr);
        for part in [message, help, &"^"] {
            assert!(answer.stderr.contains(part), "{to}: `{part}` is not in\n{}", answer.stderr);
        }
    }
}

/// Whoever repairs a folder wants to know of every broken file at once.
#[test]
fn all_broken_files_are_told_at_once() {
    let folder = folder();
    folder.replace("audited/estimate.toml", "vcpu = 0.5", "vcpus = 0.5");
    folder.replace("audited/more/summary.toml", "_base.toml", "_bose.toml");
    folder.write("audited/torn.toml", "[scenario");
    folder.write("audited/bytes.toml", b"name = \"\xff\"");
    insta::assert_snapshot!("broken", transcript(&folder, "audit audited missing.toml"));
    folder.write("nothing/matrix.toml", "[matrix]\n");
    insta::assert_snapshot!("nothing", transcript(&folder, "audit nothing"));
}

/// A file that is named twice, by itself and by its folder, is audited once.
#[test]
fn no_file_is_audited_twice() {
    let folder = folder();
    let answer = folder.ask("audit audited/estimate.toml audited audited/ --format json --prices book");
    let report: serde_json::Value = serde_json::from_str(&answer.stdout).expect("JSON");
    assert_eq!(
        (&report["counts"]["claims"], report["scenarios"].as_array().map(Vec::len)),
        (&6.into(), Some(3))
    );
}

/// An estimate may be written in several files: one of them alone finds the figures that it names in those beside it.
#[test]
fn figures_are_found_in_the_files_beside() {
    let folder = folder();
    let claim = "[[claim]]\nid = \"S\"\nvalue = 30\nunit = \"USD/month\"\nequals = \"A1 + A1\"\n";
    folder.write("audited/sum.toml", BASE.replace("[scenario]", "[scenario]\nname = \"A sum\"") + claim);
    let answer = folder.ask("audit audited/sum.toml --format json --prices book");
    let report: serde_json::Value = serde_json::from_str(&answer.stdout).expect(&answer.stderr);
    assert_eq!(report["counts"]["claims"], 1);
    assert_eq!(report["claims"][0]["checks"][0]["why_not"], serde_json::Value::Null);
}
