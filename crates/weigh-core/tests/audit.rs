//! Claims held against a document's own figures and against each other, as tables.

use weigh_core::audit::{Audit, AuditedClaim, AuditedScenario, CheckKind, ClaimFile, audit, references};
use weigh_core::catalog::Catalog;
use weigh_core::claim::Degree;
use weigh_core::compare::vocabulary;
use weigh_core::scenario::Scenario;

/// What stands before the claims.
const SHOP: &str = r#"
scenario = { name = "Shop", region = "us-east-1", document = "001" }
traffic = { rate = "1/s" }
component = [{ name = "api", vcpu = 0.5, memory = "1 GiB", cpu_time = "50 ms" }]
option = [{ platform = "fargate" }, { platform = "lambda" }]
"#;

/// A scenario with claims, each a line of an inline table, that nothing was computed for.
fn scenario(file: &str, claims: &str) -> AuditedScenario {
    let catalog = Catalog::open(&weigh_prices::files()).expect("a catalog");
    let vocabulary = vocabulary(&catalog, &weigh_prices::book());
    let tables: Vec<String> =
        claims.lines().filter(|line| !line.trim().is_empty()).map(|line| format!("{{ {line} }}")).collect();
    let text = format!("{SHOP}claim = [\n{}\n]", tables.join(",\n"));
    let scenario = Scenario::parse(&text, &vocabulary).unwrap_or_else(|problems| panic!("{problems:#?}"));
    let claims = scenario.claims.into_iter().map(|claim| AuditedClaim {
        document: claim.entry.document.clone().or_else(|| scenario.header.document.clone()),
        checks: Vec::new(),
        claim,
    });
    AuditedScenario { file: file.to_owned(), prices: None, claims: claims.collect(), header: scenario.header }
}

fn audited(claims: &str) -> Audit {
    audit(vec![scenario("shop.toml", claims)], &[])
}

/// The verdict of the first claim, and what its own figures come to, or why they don't.
fn first(claims: &str) -> (Option<&'static str>, String) {
    let audit = audited(claims);
    let check = &audit.scenarios[0].claims[0].checks[0];
    let figure = match &check.against {
        Ok(against) => against.figure.as_ref().map_or(String::new(), |figure| figure.shown(2)),
        Err(why) => why.clone(),
    };
    (check.degree().map(Degree::words), figure)
}

fn sum(value: &str, unit: &str, equals: &str, parts: &[(&str, &str, &str)]) -> String {
    let mut claims = format!("id = \"S\", value = \"{value}\", unit = \"{unit}\", equals = \"{equals}\"\n");
    for (id, value, unit) in parts {
        claims.push_str(&format!(
            "id = \"{id}\", says = \"part {id}\", about = \"input\", value = \"{value}\", unit = \"{unit}\"\n"
        ));
    }
    claims
}

/// Other claims: id, value, unit.
type Parts = &'static [(&'static str, &'static str, &'static str)];

/// The same without a unit, which is the claim's own.
type Others = &'static [(&'static str, &'static str)];

/// A verdict in words, where there is one.
type Told = Option<&'static str>;

/// A value, its unit, the arithmetic, the parts, and what is told with the figure that comes of it.
type Case = (&'static str, &'static str, &'static str, Parts, (Told, &'static str));

const WITHIN_1: Option<&str> = Some("agrees within 1 %");
const WITHIN_10: Option<&str> = Some("agrees within 10 %");
const CONTRADICTS: Option<&str> = Some("contradicts");

#[test]
fn figures_are_taken_in_the_unit_of_the_claim_or_as_they_stand() {
    const MONTH: &str = "USD/month";
    #[rustfmt::skip]
    let cases: &[Case] = &[
        ("52", MONTH, "A + B", &[("A", "30", MONTH), ("B", "22", MONTH)], (WITHIN_1, "52")),
        ("52", MONTH, "A + B", &[("A", "30", MONTH), ("B", "18..26", MONTH)], (WITHIN_1, "48 to 56")),
        ("240", MONTH, "A + B", &[("A", "150", MONTH), ("B", "70..80", MONTH)], (WITHIN_10, "220 to 230")),
        // A year of months, as the document reckons it, and as the reader may.
        ("624", "USD/year", "12 * A", &[("A", "52", MONTH)], (WITHIN_1, "624")),
        ("624", "USD/year", "A", &[("A", "52", MONTH)], (WITHIN_1, "624")),
        ("14", "days", "A + B", &[("A", "1", "weeks"), ("B", "7", "days")], (WITHIN_1, "14")),
        ("3.5", "GB", "A + B", &[("A", "2", "GB"), ("B", "1536", "MB")], (WITHIN_1, "3.5")),
        // Percentages are shares, of what they are taken from and in what they come to.
        ("20", "%", "1 - A / B", &[("A", "80", MONTH), ("B", "100", MONTH)], (WITHIN_1, "20")),
        ("75", MONTH, "A * (1 - P)", &[("A", "100", MONTH), ("P", "25", "%")], (WITHIN_1, "75")),
        ("29..50", "%", "(1 - A / B) .. (1 - C / B)", &[("A", "70", MONTH), ("B", "100", MONTH), ("C", "50", MONTH)], (WITHIN_10, "30 to 50")),
        // What does not go together can be multiplied, and not be added up.
        ("5", MONTH, "B + C", &[("B", "2", "tasks"), ("C", "3", "s")], (None, "B is stated in tasks, the claim in USD/month")),
        ("5", MONTH, "A - (B - C)", &[("A", "5", MONTH), ("B", "3", "USD"), ("C", "3", "USD")], (None, "B is stated in USD, the claim in USD/month")),
        ("5..7", MONTH, "A .. P", &[("A", "5", MONTH), ("P", "7", "%")], (None, "P is stated in %, the claim in USD/month")),
        ("5", "%", "A", &[("A", "5", "s")], (None, "A is stated in s, the claim in %")),
        ("5", "containers", "A + B", &[("A", "2", "tasks"), ("B", "3", "workers")], (WITHIN_1, "5")),
        ("7.2", MONTH, "A * B", &[("A", "0.01", "USD/hour"), ("B", "720", "h")], (WITHIN_1, "7.2")),
        ("10", MONTH, "A / B", &[("A", "10", MONTH), ("B", "0", MONTH)], (None, "something is divided by 0")),
        ("10", MONTH, "A * A * A", &[("A", "1000000", MONTH)], (CONTRADICTS, "1,000,000,000,000,000,000")),
        ("10", MONTH, "A * A * A", &[("A", "1000001", MONTH)], (None, "`A * A * A` is too large")),
    ];
    for (value, unit, equals, parts, (degree, figure)) in cases {
        let found = first(&sum(value, unit, equals, parts));
        assert_eq!(found.0, *degree, "{equals}: {}", found.1);
        assert!(found.1.contains(figure), "{equals}: {} is not {figure}", found.1);
    }
}

#[test]
fn why_a_sum_is_wrong_is_found() {
    const USD: &str = "USD/month";
    const GB: &str = "GB";
    #[rustfmt::skip]
    let cases: &[(&str, &str, &str, Parts, &str)] = &[
        ("45", USD, "A + B + C", &[("A", "30", USD), ("B", "15", USD), ("C", "20", USD)], "equals the sum without C (part C)"),
        ("65", USD, "A + B", &[("A", "30", USD), ("B", "17.5", USD)], "equals the sum with B (part B) counted twice"),
        ("30", USD, "A + B + C", &[("A", "30", USD), ("B", "15", USD), ("C", "20", USD)], "equals the sum without B (part B) and C (part C)"),
        ("35", USD, "A + B", &[("A", "20..40", USD), ("B", "30..60", USD)], "equals the sum without A"),
        ("100..200", USD, "A + B", &[("A", "40..50", USD), ("B", "60..70", USD)], ""),
        ("100..170", USD, "A + B + C", &[("A", "40..60", USD), ("B", "60..110", USD), ("C", "20..30", USD)],
            "equals the sum without C (part C)"),
        ("120..170", USD, "A + B + C", &[("A", "40..60", USD), ("B", "60..110", USD), ("C", "20..30", USD)],
            "its low end equals the sum, its high end the sum without C (part C)"),
        ("120", USD, "A + B", &[("A", "20..30", USD), ("B", "30..40", USD)], ""),
        ("25", "%", "1 - A / B", &[("A", "80", USD), ("B", "100", USD)], "equals `B / A - 1`: a percentage of something else"),
        ("84", "%", "1 - A / B", &[("A", "80", USD), ("B", "100", USD)], ""),
        ("624", USD, "A", &[("A", "52", USD)], "equals `A` times 12 (months in a year)"),
        // Within 10 % a cause must give the figure to its last digit.
        ("100", GB, "A + B", &[("A", "100", GB), ("B", "7", GB)], "equals the sum without B (part B)"),
        ("101", GB, "A + B", &[("A", "100", GB), ("B", "7", GB)], ""),
    ];
    for (value, unit, equals, parts, words) in cases {
        let audit = audited(&sum(value, unit, equals, parts));
        let check = &audit.scenarios[0].claims[0].checks[0];
        assert_ne!(check.degree().map(Degree::words), WITHIN_1, "{value} is {equals}");
        let found: Vec<&str> = check.causes.iter().map(|cause| cause.words.as_str()).collect();
        let is_found = found.first().is_some_and(|first| first.starts_with(words));
        assert!(if words.is_empty() { found.is_empty() } else { is_found }, "{value} = {equals}: {found:?}");
    }
}

#[test]
fn what_a_figure_cannot_exceed_and_what_it_is_the_lowest_of() {
    let with = |value: &str, rule: &str, others: &[(&str, &str)]| {
        let mut claims = format!("id = \"S\", value = \"{value}\", unit = \"USD/month\", {rule}\n");
        for (id, value) in others {
            claims.push_str(&format!(
                "id = \"{id}\", about = \"input\", value = \"{value}\", unit = \"USD/month\"\n"
            ));
        }
        let audit = audited(&claims);
        let check = &audit.scenarios[0].claims[0].checks[0];
        assert!(matches!(check.kind, CheckKind::AtMost(_) | CheckKind::LeastOf(_)));
        check.degree().map(Degree::words)
    };
    #[rustfmt::skip]
    let cases: &[(&str, &str, Others, Told)] = &[
        ("65..90", "at_most = \"A\"", &[("A", "70")], CONTRADICTS),
        ("65..70", "at_most = \"A\"", &[("A", "70")], WITHIN_1),
        ("72", "at_most = \"A\"", &[("A", "70")], WITHIN_10),
        ("69", "at_most = \"A\"", &[("A", "50..70")], WITHIN_1),
        ("60..69", "at_most = \"A\"", &[("A", "50..70")], CONTRADICTS),
        ("90+", "at_most = \"A\"", &[("A", "70")], WITHIN_1),
        ("45", "least_of = [\"S\", \"A\", \"B\"]", &[("A", "40"), ("B", "70")], CONTRADICTS),
        ("45", "least_of = [\"A\", \"B\"]", &[("A", "45"), ("B", "70")], WITHIN_1),
        ("45", "least_of = [\"A\"]", &[("A", "46")], WITHIN_1),
        ("40..60", "least_of = [\"A\"]", &[("A", "45..55")], WITHIN_1),
        ("40..60", "least_of = [\"A\"]", &[("A", "30..35")], CONTRADICTS),
        ("45", "least_of = [\"S\"]", &[], None),
    ];
    for rule in ["at_most = \"A\"", "at_most = \"A + B\"", "least_of = [\"B\", \"A\"]"] {
        let claims = format!(
            "id = \"S\", value = 5, unit = \"USD/month\", {rule}\nid = \"A\", about = \"input\", value = 7, unit = \"s\"\n\
             id = \"B\", about = \"input\", value = 4, unit = \"USD/year\""
        );
        assert_eq!(first(&claims), (None, "A is stated in s, the claim in USD/month".to_owned()), "{rule}");
    }
    for (value, rule, others, expected) in cases {
        assert_eq!(with(value, rule, others), *expected, "{value} {rule} {others:?}");
    }
}

/// Statements of one scenario, and what is told of those that do not agree.
#[test]
fn statements_about_one_thing_are_held_against_each_other() {
    let sla = |line: u32, value: &str| {
        format!(
            "id = \"C{line}\", line = {line}, about = \"availability\", option = \"fargate\", value = \"{value}\", unit = \"%\"\n"
        )
    };
    let topic = |line: u32, value: &str, unit: &str| {
        format!(
            "id = \"C{line}\", line = {line}, about = \"estimate\", topic = \"set-up\", value = \"{value}\", unit = \"{unit}\"\n"
        )
    };
    let choice =
        |line: u32, value: &str| format!("id = \"C{line}\", about = \"choice\", value = \"{value}\"\n");
    #[rustfmt::skip]
    let cases: Vec<(String, &str)> = vec![
        (sla(100, "99.99") + &sla(193, "99.95") + &sla(1024, "99.95"),
            "availability, option fargate: 99.99 % at 100 | 99.95 % at 193 1024"),
        (sla(1, "99.95") + &sla(2, "99.95"), ""),
        (topic(1, "30..60", "min") + &topic(2, "1", "h") + &topic(3, "30", "min"), "set-up: 1 h at 2 | 30 min at 3"),
        (topic(1, "30..60", "min") + &topic(2, "1", "h"), ""),
        (topic(1, "1", "month") + &topic(2, "4", "weeks"), "set-up: 1 month at 1 | 4 weeks at 2"),
        (topic(1, "24", "h") + &topic(2, "1", "days"), ""),
        (topic(1, "72.08", "USD/month") + &topic(2, "72", "USD/month"), ""),
        (topic(1, "72.08", "USD/month") + &topic(2, "70", "USD/month"), "set-up: 72.08 USD/month at 1 | 70 USD/month at 2"),
        (topic(1, "2", "tasks") + &topic(2, "3", "containers"), "set-up: 2 tasks at 1 | 3 containers at 2"),
        (topic(1, "2", "tasks") + &topic(2, "3", "GB"), ""),
        (topic(1, "3.20", "USD/month") + &topic(2, "3", "USD/month"), ""),
        (topic(1, "60.74", "USD/month") + &topic(2, "60", "USD/month"), ""),
        (topic(1, "130", "USD/month") + &topic(2, "135", "USD/month"), "set-up: 130 USD/month at 1 | 135 USD/month at 2"),
        (topic(1, "10", "USD/month") + &topic(2, "20", "USD/month") + &topic(3, "120", "USD/year"),
            "set-up: 10 USD/month at 1 3 | 20 USD/month at 2"),
        (topic(1, "99.95", "%") + &topic(2, "99.9", "%"), "set-up: 99.95 % at 1 | 99.9 % at 2"),
        (topic(1, "37.4", "%") + &topic(2, "37", "%"), ""),
        (topic(1, "500+", "x") + &topic(2, "600", "x"), ""),
        (choice(1, "fargate") + &choice(2, "lambda"), "choice: fargate at - | lambda at -"),
        (choice(1, "fargate") + &choice(2, "fargate"), ""),
    ];
    for (claims, expected) in cases {
        let audit = audited(&claims);
        let told = audit.disagreements.iter().map(|each| {
            let statements: Vec<String> = each
                .statements
                .iter()
                .map(|statement| {
                    let lines: Vec<String> = statement
                        .places
                        .iter()
                        .map(|place| place.line.map_or("-".to_owned(), |line| line.to_string()))
                        .collect();
                    format!("{} at {}", statement.stated, lines.join(" "))
                })
                .collect();
            format!("{}: {}", each.subject, statements.join(" | "))
        });
        assert_eq!(told.collect::<Vec<_>>().join("\n"), expected, "{claims}");
    }
}

/// A topic holds across files; what a claim is about is a thing of its own scenario.
#[test]
fn topics_join_files_and_subjects_do_not() {
    let claim = |id: &str, value: &str, more: &str| {
        format!(
            "id = \"{id}\", about = \"total\", option = \"lambda\", value = \"{value}\", unit = \"USD/month\"{more}\n"
        )
    };
    let found = |one: String, other: String| {
        audit(vec![scenario("a.toml", &one), scenario("b.toml", &other)], &[]).disagreements
    };
    assert!(found(claim("A", "10", ""), claim("B", "20", "")).is_empty());
    let topic = ", topic = \"lambda\"";
    let joined = found(claim("A", "10", topic), claim("B", "20", topic) + &claim("C", "30", ""));
    assert_eq!(joined.len(), 1, "{joined:?}");
    assert_eq!(joined[0].statements.len(), 3);
}

#[test]
fn ids_that_nobody_or_two_have_are_named_at_their_place() {
    let claims = |claims: &str| {
        scenario("", claims).claims.into_iter().map(|audited| audited.claim).collect::<Vec<_>>()
    };
    let one = claims(
        "id = \"A1\", value = \"1\", unit = \"x\", equals = \"A2 + A22\"\nid = \"A2\", about = \"choice\", value = \"lambda\"",
    );
    let two = claims("id = \"A1\", value = \"1\", unit = \"x\", equals = \"A1\"");
    let text =
        format!("{SHOP}claim = [\n{{ id = \"A1\", value = \"1\", unit = \"x\", equals = \"A2 + A22\" }},\n");
    let files = [
        ClaimFile { path: "a.toml", text: &text, claims: &one },
        ClaimFile { path: "b.toml", text: &text, claims: &two },
    ];
    let told: Vec<(usize, String, String)> = references(&files, &[])
        .into_iter()
        .map(|wrong| (wrong.file, wrong.problem.message, text[wrong.problem.span].to_owned()))
        .collect();
    let expected = [
        (0, "`equals`: the claim `A2` is a choice, and no figure", "A2"),
        (0, "`equals`: no claim has the id `A22`", "A22"),
        (1, "the id `A1` is that of another claim: a.toml, line 7", "\"A1\""),
        (1, "`equals`: the claim `A1` is held against itself", "\"A2 "),
    ];
    let expected = expected.map(|(file, message, marked)| (file, message.to_owned(), marked.to_owned()));
    assert_eq!(told, expected);
}

#[test]
fn a_claim_is_neither_the_lowest_of_itself_nor_meant_by_a_slip() {
    let told = |claims: &str| -> Vec<(String, Option<String>)> {
        let claims: Vec<_> = scenario("", claims).claims.into_iter().map(|audited| audited.claim).collect();
        let files = [ClaimFile { path: "a.toml", text: "", claims: &claims }];
        let wrong = references(&files, &[]).into_iter();
        wrong.map(|wrong| (wrong.problem.message, wrong.problem.suggestion)).collect()
    };
    let itself = "`least_of`: the claim `L` names only itself".to_owned();
    for ids in ["\"L\"", "\"L\", \"L\""] {
        let claims = format!("id = \"L\", value = 1, unit = \"x\", least_of = [{ids}]");
        assert_eq!(told(&claims), [(itself.clone(), None)], "{ids}");
    }
    let other = "id = \"B77\", about = \"input\", value = 1, unit = \"x\"";
    assert_eq!(
        told(&format!("id = \"L\", value = 1, unit = \"x\", least_of = [\"L\", \"B77\"]\n{other}")),
        []
    );
    let slip = |id: &str| told(&format!("id = \"A1\", value = 1, unit = \"x\", equals = \"{id}\"\n{other}"));
    assert_eq!(slip("A2"), [("`equals`: no claim has the id `A2`".to_owned(), None)]);
    assert_eq!(slip("B7"), [("`equals`: no claim has the id `B7`".to_owned(), Some("B77".to_owned()))]);
}
