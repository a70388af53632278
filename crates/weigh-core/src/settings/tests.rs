//! The table of settings walked, and files that are wrong in every way.

use std::collections::BTreeSet;

use super::*;

#[test]
fn the_table_is_sound() {
    let keys: BTreeSet<&str> = SETTINGS.iter().map(|setting| setting.key).collect();
    assert_eq!(keys.len(), SETTINGS.len(), "each key once");
    for setting in &SETTINGS {
        assert!(setting.key.chars().all(|c| c.is_ascii_lowercase() || c == '_'), "{}", setting.key);
        assert!(setting.doc.ends_with('.') && !setting.default.is_empty(), "{}", setting.key);
        assert!(setting.flag.starts_with("--") || setting.flag.chars().all(|c| c.is_ascii_uppercase()));
        match setting.holds {
            Holds::OneOf(words) => assert_eq!(setting.default, words[0]),
            Holds::Flag => assert_eq!(setting.default, "false"),
            _ => {}
        }
        assert!(!ELSEWHERE.contains(&setting.key));
    }
}

/// A right value of each kind, and wrong ones.
fn values(holds: Holds) -> (&'static str, &'static [&'static str]) {
    match holds {
        Holds::Paths => ("[\"a\", \"b/c.csv\"]", &["[\"a\", 1]", "[\"\"]", "true", "{ a = 1 }"]),
        Holds::Path => ("\"a.json\"", &["\"\"", "[\"a\"]", "1"]),
        Holds::Region => ("\"eu-west-1\"", &["\" \"", "1", "[]"]),
        Holds::Day => ("2026-10-07", &["2026-10-07T01:00:00Z", "\"2026-02-30\"", "20261007"]),
        Holds::BookHash => ("\"0123abcd\"", &["\"0123abc\"", "\"no hash at all\"", "12345678"]),
        Holds::OneOf(words) => match words[0] {
            "text" => ("\"json\"", &["\"jsn\"", "true", "\"Text\""]),
            _ => ("\"never\"", &["\"nevr\"", "1"]),
        },
        Holds::Flag => ("true", &["\"true\"", "1", "[]"]),
    }
}

#[test]
fn every_setting_is_read_and_every_wrong_value_is_told_at_its_place() {
    for setting in &SETTINGS {
        let (right, wrong) = values(setting.holds);
        let stated = read_settings(&format!("# first\n{} = {right}\n", setting.key)).unwrap();
        assert_eq!((stated.len(), stated[0].setting, stated[0].line), (1, setting, 2));
        for value in wrong {
            let text = format!("# first\n{} = {value}\n", setting.key);
            let problems = read_settings(&text).expect_err(&text);
            assert_eq!(problems.len(), 1, "{text}");
            assert!(problems[0].message.contains(&format!("`{}`", setting.key)), "{}", problems[0].message);
            assert!(!problems[0].allowed.is_empty(), "{text}");
            assert_eq!(problems[0].line_and_column(&text).0, 2, "{text}");
        }
    }
}

#[test]
fn everything_that_is_wrong_is_told_at_once() {
    let text = "regon = \"eu-west-1\"\nformat = \"yaml\"\nquiet = 1\n[extra]\na = 1\n";
    let told: Vec<(usize, String)> = read_settings(text)
        .unwrap_err()
        .into_iter()
        .map(|problem| (problem.line_and_column(text).0, problem.message))
        .collect();
    let expected = [
        (1, "unknown key `regon` in weigh.toml"),
        (2, "`format`: unknown word `yaml`"),
        (3, "`quiet`: the bare number 1 where true or false belongs"),
        (4, "unknown key `extra` in weigh.toml"),
    ];
    assert_eq!(told, expected.map(|(line, message)| (line, message.to_owned())));
}

#[test]
fn tables_that_are_read_elsewhere_pass_and_only_tables() {
    let text = "format = \"csv\"\n[[policy]]\nmonthly_cost_max = 100\n[[tolerance]]\npercent = 1\n";
    assert_eq!(read_settings(text).unwrap().len(), 1);
    assert_eq!(
        read_settings("policy = 1").unwrap_err()[0].message,
        "`policy`: the bare number 1 where tables belong"
    );
    assert!(read_settings("").unwrap().is_empty());
    assert!(read_settings("format = ").unwrap_err()[0].message.starts_with("this is no TOML"));
}
