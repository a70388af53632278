//! Each format of a check, read back by what reads it elsewhere: an XML parser, the schema of SARIF, the runner's own rules.

use weigh_core::report::{
    AgainstReport, CheckReport, CheckedChargeReport, CheckedScenarioReport, DriftCauseReport, FindingReport,
    FindingSeverity, FindingVerdict,
};

use super::{check, from_root};
use crate::args::CheckFormat;

const ALL: [CheckFormat; 8] = [
    CheckFormat::Text,
    CheckFormat::Json,
    CheckFormat::Markdown,
    CheckFormat::Csv,
    CheckFormat::Junit,
    CheckFormat::Sarif,
    CheckFormat::Github,
    CheckFormat::Jsonl,
];

fn scenario(file: &str, name: &str, options: &[&str]) -> CheckedScenarioReport {
    let options = options.iter().map(|option| (*option).to_owned()).collect();
    CheckedScenarioReport {
        file: file.to_owned(),
        name: name.to_owned(),
        options,
        compared: true,
        notes: Vec::new(),
    }
}

/// A drift of a rate, caused by the prices.
fn price(file: &str, name: &str) -> FindingReport {
    FindingReport {
        option: Some("fargate".to_owned()),
        charge: Some(CheckedChargeReport {
            component: "api".to_owned(),
            environment: String::new(),
            price_id: "fargate/vcpu-hours/linux-x86".to_owned(),
            part: String::new(),
            commitment: None,
        }),
        before: Some("0.04048".to_owned()),
        after: Some("0.05".to_owned()),
        unit: Some("USD".to_owned()),
        difference: Some("3.4748".to_owned()),
        difference_shown: Some("3.47".to_owned()),
        causes: vec![DriftCauseReport {
            kind: Some("price".to_owned()),
            driver: "prices".to_owned(),
            amount: Some("3.4748".to_owned()),
            shown: Some("3.47".to_owned()),
        }],
        remedy: Some("Where it is meant, take the snapshot anew.".to_owned()),
        ..FindingReport::drift(
            "drift/price",
            FindingSeverity::Fail,
            file,
            name,
            "the rate is $0.05 in place of $0.04048",
        )
    }
}

fn policy(severity: FindingSeverity, verdict: FindingVerdict, name: &str) -> FindingReport {
    FindingReport {
        verdict,
        policy: Some(name.to_owned()),
        file: "weigh.toml".to_owned(),
        line: Some(7),
        column: Some(1),
        option: Some("fargate".to_owned()),
        limit: Some("20".to_owned()),
        after: Some("29.55".to_owned()),
        unit: Some("USD".to_owned()),
        ..FindingReport::drift(
            "policy/monthly_cost_max",
            severity,
            "shop.toml",
            "Shop",
            "$29.55 a month is more than $20",
        )
    }
}

/// A check with a finding of each kind, and with names that every format has to escape.
fn report() -> CheckReport {
    let mut report = CheckReport::new(2, "0123456789abcdef".repeat(4));
    let (file, name) = ("a, b: 50%/<\"shop\">.toml", "Tom & Jerry's\n\u{1}\u{ffff}<shop> 🛒");
    report.against = Some(AgainstReport {
        file: "weigh.snapshot.json".to_owned(),
        model_version: 1,
        book_hash: "fedcba9876543210".repeat(4),
    });
    report.today = Some("2026-11-22".to_owned());
    let decision = FindingReport {
        before: Some("lambda".to_owned()),
        after: Some("fargate".to_owned()),
        figure: Some("recommended".to_owned()),
        ..FindingReport::drift(
            "drift/decision",
            FindingSeverity::Fail,
            file,
            name,
            "fargate is recommended in place of lambda",
        )
    };
    report.add(scenario(file, name, &["fargate", "lambda"]), vec![decision, price(file, name)]);
    let let_pass = FindingReport {
        severity: FindingSeverity::Note,
        verdict: FindingVerdict::Passed,
        ..price("shop.toml", "Shop")
    };
    let findings = vec![
        let_pass,
        policy(FindingSeverity::Fail, FindingVerdict::Failed, "Budget"),
        policy(FindingSeverity::Warn, FindingVerdict::Failed, "Target | *bold*"),
        policy(FindingSeverity::Fail, FindingVerdict::Unknown, "No price"),
        policy(FindingSeverity::Fail, FindingVerdict::Passed, "Holds"),
    ];
    report.add(scenario("shop.toml", "Shop", &["fargate"]), findings);
    let notes = vec!["a snapshot was edited, or the <model> moved: 100 %".to_owned()];
    report.add(CheckedScenarioReport { notes, ..scenario("calm.toml", "Calm", &["lambda"]) }, Vec::new());
    let gone =
        FindingReport::drift("scenario/removed", FindingSeverity::Fail, "old.toml", "Old", "it is gone");
    report.find(gone);
    report
}

#[test]
fn every_format_as_a_whole() {
    for format in ALL {
        let name = format!("{format:?}").to_lowercase();
        insta::assert_snapshot!(format!("report_{name}"), check(format, &report(), "infra/"));
    }
}

#[test]
fn a_check_without_findings_is_whole_in_every_format() {
    let shown: Vec<String> = ALL
        .iter()
        .map(|format| format!("--- {format:?}\n{}", check(*format, &CheckReport::new(1, String::new()), "")))
        .collect();
    insta::assert_snapshot!("nothing", shown.concat());
}

/// The rules of Apache Ant's schema (Windy Road, `JUnit.xsd`, 2011), each with the elements and attributes that it allows.
#[test]
fn junit_keeps_the_schema_of_ant() {
    let xml = check(CheckFormat::Junit, &report(), "");
    let read = roxmltree::Document::parse(&xml).unwrap_or_else(|error| panic!("{error}: {xml}"));
    let attributes = |node: &roxmltree::Node<'_, '_>| -> Vec<String> {
        let mut names: Vec<String> = node.attributes().map(|each| each.name().to_owned()).collect();
        names.sort_unstable();
        names
    };
    let root = read.root_element();
    assert_eq!((root.tag_name().name(), attributes(&root)), ("testsuites", Vec::new()));
    let suites: Vec<_> = root.children().filter(roxmltree::Node::is_element).collect();
    assert_eq!(suites.len(), 4);
    for (id, suite) in suites.iter().enumerate() {
        assert_eq!(suite.tag_name().name(), "testsuite");
        let expected = [
            "errors",
            "failures",
            "hostname",
            "id",
            "name",
            "package",
            "skipped",
            "tests",
            "time",
            "timestamp",
        ];
        assert_eq!(attributes(suite), expected);
        assert_eq!(suite.attribute("id"), Some(id.to_string().as_str()));
        assert_eq!(suite.attribute("timestamp"), Some("2026-11-22T00:00:00"));
        let children: Vec<_> = suite.children().filter(roxmltree::Node::is_element).collect();
        let names: Vec<&str> = children.iter().map(|child| child.tag_name().name()).collect();
        let cases = names.len() - 3;
        let mut order = vec!["properties"];
        order.extend(std::iter::repeat_n("testcase", cases));
        order.extend(["system-out", "system-err"]);
        assert_eq!(names, order);
        let count = |name: &str| {
            children.iter().flat_map(|case| case.children()).filter(|each| each.has_tag_name(name)).count()
        };
        let told = |name: &str| suite.attribute(name).and_then(|text| text.parse::<usize>().ok());
        assert_eq!(
            (told("tests"), told("failures"), told("skipped")),
            (Some(cases), Some(count("failure")), Some(count("skipped")))
        );
        for case in children.iter().filter(|child| child.has_tag_name("testcase")) {
            assert_eq!(attributes(case), ["classname", "name", "time"]);
            let inside: Vec<_> = case.children().filter(roxmltree::Node::is_element).collect();
            assert!(inside.len() <= 1, "{xml}");
            for outcome in inside {
                let needed: &[&str] =
                    if outcome.has_tag_name("failure") { &["message", "type"] } else { &["message"] };
                assert_eq!(attributes(&outcome), needed);
            }
        }
    }
}

/// What a parser reads is what was meant, but for what XML has no place for.
#[test]
fn names_survive_xml() {
    let xml = check(CheckFormat::Junit, &report(), "");
    let read = roxmltree::Document::parse(&xml).unwrap_or_else(|error| panic!("{error}"));
    let suite = read.root_element().first_element_child().expect("a suite");
    assert_eq!(suite.attribute("name"), Some("Tom & Jerry's\n\u{fffd}\u{fffd}<shop> 🛒"));
    assert_eq!(suite.attribute("package"), Some("a, b: 50%/<\"shop\">.toml"));
}

proptest::proptest! {
    #[test]
    fn any_text_gives_xml_that_parses_and_lines_that_stay_lines(text in ".*", name in "\\PC*") {
        let mut report = CheckReport::new(1, "0".to_owned());
        let finding = FindingReport {
            policy: Some(name.clone()),
            line: Some(3),
            ..FindingReport::drift("policy/recommended", FindingSeverity::Fail, &name, &text, &text)
        };
        report.add(scenario(&name, &text, &[&text]), vec![finding]);
        let xml = check(CheckFormat::Junit, &report, "");
        proptest::prop_assert!(roxmltree::Document::parse(&xml).is_ok(), "{}", xml);
        proptest::prop_assert_eq!(check(CheckFormat::Github, &report, "").lines().count(), 2);
        let lines = check(CheckFormat::Jsonl, &report, "");
        let read: Result<Vec<serde_json::Value>, _> = lines.split_terminator('\n').map(serde_json::from_str).collect();
        proptest::prop_assert_eq!(read.map(|lines| lines.len()).ok(), Some(2));
    }
}

#[test]
fn sarif_is_valid_against_its_schema() {
    let schema = include_str!("../../../tests/sarif/sarif-schema-2.1.0.json");
    // The pattern of a language has a bracket too many, which today's dialects of expressions refuse.
    let schema = serde_json::from_str(&schema.replace("{2}]?$", "{2}\\\\]?$")).expect("a schema");
    let (mut compiled, mut compiler) = (boon::Schemas::new(), boon::Compiler::new());
    compiler.enable_format_assertions();
    compiler.add_resource("https://weigh.test/sarif.json", schema).expect("a schema");
    let index = compiler.compile("https://weigh.test/sarif.json", &mut compiled);
    let index = index.unwrap_or_else(|error| panic!("{error:#}"));
    let problem =
        |log: &serde_json::Value| compiled.validate(log, index).err().map(|error| format!("{error:#}"));
    for report in [report(), CheckReport::new(1, String::new())] {
        let log: serde_json::Value =
            serde_json::from_str(&check(CheckFormat::Sarif, &report, "infra/")).expect("JSON");
        assert_eq!(problem(&log), None);
        // The validator does see what is wrong.
        for (place, wrong) in [
            ("/runs/0/columnKind", "bytes"),
            ("/runs/0/tool/driver/rules/0/defaultConfiguration/level", "bad"),
        ] {
            let mut log = log.clone();
            *log.pointer_mut(place).expect("a value") = wrong.into();
            assert!(problem(&log).is_some(), "{place}");
        }
    }
}

/// Each result names a rule of the run, by its id and by its place.
#[test]
fn results_and_rules_of_sarif_agree() {
    let log: serde_json::Value =
        serde_json::from_str(&check(CheckFormat::Sarif, &report(), "infra/")).expect("JSON");
    let run = &log["runs"][0];
    let results = run["results"].as_array().expect("results");
    assert_eq!(results.len(), 7);
    for result in results {
        let place =
            result["ruleIndex"].as_u64().and_then(|place| usize::try_from(place).ok()).expect("a place");
        assert_eq!(run["tool"]["driver"]["rules"][place]["id"], result["ruleId"]);
    }
    let levels: Vec<&str> = results.iter().filter_map(|result| result["level"].as_str()).collect();
    assert_eq!(levels, ["error", "error", "note", "error", "warning", "error", "error"]);
    let uri = &results[0]["locations"][0]["physicalLocation"]["artifactLocation"]["uri"];
    assert_eq!(uri, "infra/a%2C%20b%3A%2050%25/%3C%22shop%22%3E.toml");
}

#[test]
fn files_count_from_the_root_of_the_repository() {
    for (below, file, expected) in [
        ("", "shop.toml", "shop.toml"),
        ("infra/cost/", "scenarios/shop.toml", "infra/cost/scenarios/shop.toml"),
        ("infra/cost/", "../weigh.toml", "infra/weigh.toml"),
        ("infra/", "./a/../b.toml", "infra/b.toml"),
        ("", "../b.toml", "../b.toml"),
        ("infra/", "/elsewhere/b.toml", "/elsewhere/b.toml"),
    ] {
        assert_eq!(from_root(below, file), expected);
    }
}
