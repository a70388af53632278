//! Conditions as tables: what is read, what holds, what decides, and every mistake at its place.

use super::*;

const VARIABLES: [Variable; 6] = [
    Variable { name: "requests_per_day", holds: Holds::Number, summary: "" },
    Variable { name: "developers", holds: Holds::Number, summary: "" },
    Variable { name: "steady_traffic", holds: Holds::Flag, summary: "" },
    Variable { name: "availability", holds: Holds::Share, summary: "" },
    Variable { name: "longest_request", holds: Holds::Time, summary: "" },
    Variable { name: "monthly_budget", holds: Holds::Dollars, summary: "" },
];

/// 10,000 requests a day, steady, 2 min at the longest; the rest is not known.
fn known(name: &str) -> Option<Value> {
    match name {
        "requests_per_day" => Some(Value::Number(10_000.into())),
        "steady_traffic" => Some(Value::Flag(true)),
        "longest_request" => Some(Value::Number(120.into())),
        _ => None,
    }
}

#[test]
fn conditions_hold_as_written() {
    let open = None;
    for (text, holds, by) in [
        ("requests_per_day < 10_000", Some(false), "requests_per_day"),
        ("requests_per_day <= 10_000", Some(true), "requests_per_day"),
        ("10,000 == requests_per_day", Some(true), "requests_per_day"),
        ("requests_per_day != 10000", Some(false), "requests_per_day"),
        ("5_000 < requests_per_day", Some(true), "requests_per_day"),
        ("longest_request >= 2 min", Some(true), "longest_request"),
        ("longest_request>120.5 s", Some(false), "longest_request"),
        ("steady_traffic", Some(true), "steady_traffic"),
        ("not steady_traffic", Some(false), "steady_traffic"),
        ("NOT not steady_traffic", Some(true), "steady_traffic"),
        ("developers < 3", open, "developers"),
        ("not developers < 3", open, "developers"),
        ("developers < requests_per_day", open, "developers"),
        // What is not known matters only where it could change the answer.
        ("steady_traffic and developers < 3", open, "developers"),
        ("not steady_traffic and developers < 3", Some(false), "steady_traffic"),
        ("steady_traffic or developers < 3", Some(true), "steady_traffic"),
        ("not steady_traffic or developers < 3", open, "developers"),
        ("steady_traffic and longest_request < 1 h", Some(true), "steady_traffic longest_request"),
        // `and` binds closer than `or`.
        ("steady_traffic or steady_traffic and not steady_traffic", Some(true), "steady_traffic"),
        ("(steady_traffic or steady_traffic) and not steady_traffic", Some(false), "steady_traffic"),
        ("availability >= 99.99 % or monthly_budget < $155", open, "availability monthly_budget"),
    ] {
        let condition = Condition::parse(text, &VARIABLES).unwrap_or_else(|why| panic!("{text}: {why:?}"));
        let decision = condition.decide(&known);
        assert_eq!((decision.holds, decision.by.join(" ")), (holds, by.to_owned()), "{text}");
    }
}

#[test]
fn mistakes_are_told_at_their_place() {
    for (text, message, at, suggestion) in [
        ("", "an empty condition", "", None),
        (
            "request_per_day < 5",
            "unknown variable `request_per_day`",
            "request_per_day",
            Some("requests_per_day"),
        ),
        ("developers", "`developers` is not compared with anything", "developers", None),
        ("developers <", "the condition ends too early", "", None),
        ("< 3", "`<` where a part belongs", "<", None),
        ("developers < 3 < 5", "a second comparison", "<", None),
        ("developers = 3", "`=` is no sign of a condition", "=", Some("==")),
        ("steady_traffic && developers < 3", "`&&` is no sign of a condition", "&&", Some("and")),
        ("!steady_traffic", "`!` is no sign of a condition", "!", Some("not ")),
        ("developers < 3 §", "`§` is no sign of a condition", "§", None),
        ("(developers < 3", "a parenthesis that nothing closes", "(", None),
        ("developers < 3)", "a parenthesis that nothing opens", ")", None),
        ("steady_traffic developers", "`developers` where the condition is over", "developers", None),
        ("steady_traffic and and", "`and` where a part belongs", "and", None),
        (
            "steady_traffic < 3",
            "`steady_traffic` is true or false, and is not compared",
            "steady_traffic",
            None,
        ),
        ("3 < 5", "two values that are compared with each other", "3 < 5", None),
        ("3", "a value that is not compared with anything", "3", None),
        (
            "developers < longest_request",
            "`developers` is a number, and `longest_request` is a time",
            "longest_request",
            None,
        ),
        ("longest_request < 30", "`longest_request`: `30` is no time", "30", None),
        ("developers < 3 s", "`developers`: `3 s` is no number", "3 s", None),
        ("developers < -1", "`developers`: it can't be negative", "-1", None),
    ] {
        let mistake = Condition::parse(text, &VARIABLES).expect_err(text);
        assert_eq!(text.get(mistake.span.clone()), Some(at), "{text}: {mistake:?}");
        assert_eq!(mistake.suggestion.as_deref(), suggestion, "{text}");
        assert!(mistake.message.starts_with(message), "{text}: {}", mistake.message);
        assert!(!mistake.allowed.is_empty(), "{text}");
    }
}

#[test]
fn no_depth_overflows_the_stack() {
    for text in ["(".repeat(100_000), "not ".repeat(100_000), "steady_traffic and ".repeat(10_000)] {
        assert!(Condition::parse(&text, &VARIABLES).is_err());
    }
}

#[test]
fn values_are_shown_as_people_write_them() {
    let shown = |holds: Holds, text: &str| holds.show(Value::Number(text.parse().unwrap()));
    assert_eq!(shown(Holds::Share, "0.9999"), "99.99 %");
    assert_eq!(shown(Holds::Dollars, "155"), "$155.00");
    assert_eq!(shown(Holds::Size, "6291456"), "6 MB");
    assert_eq!(Holds::Flag.show(Value::Flag(true)), "true");
}
