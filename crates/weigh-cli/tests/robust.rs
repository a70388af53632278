//! Nothing that a user types or writes makes the program panic: no value of a flag, and no change to a real scenario.

#[path = "../src/guide/mod.rs"]
#[allow(dead_code, reason = "the help uses the rest")]
mod guide;
mod support;

use std::collections::BTreeSet;
use std::sync::OnceLock;

use guide::guides;
use proptest::prelude::*;
use support::folder::Folder;
use support::{answer, ask_plainly, program};
use weigh_core::catalog::Catalog;
use weigh_core::compare::vocabulary;
use weigh_core::scenario::{Scenario, Vocabulary};

/// What no flag expects, each in the place of a value.
const ODD: [&str; 5] = ["", "-1", "nan", "1e400", "é\u{301}🦀,'99999999999999999999"];

/// The flags of a command that take a value, as its help names them, but for those that name where to write.
fn flags(command: &str) -> Vec<String> {
    let help = ask_plainly(&format!("{command} --help")).stdout;
    let named = help.lines().filter_map(|line| line.strip_prefix("      --")?.split_once(" <"));
    named.map(|(flag, _)| flag.to_owned()).filter(|flag| flag != "out").collect()
}

#[test]
fn no_value_of_a_flag_makes_the_program_panic() {
    let mut tried = BTreeSet::new();
    for guide in guides() {
        let (line, _) = guide.examples[0].line.split_once(" > ").unwrap_or((guide.examples[0].line, ""));
        // What a flag takes is the same wherever it stands.
        for flag in flags(guide.command).into_iter().filter(|flag| tried.insert(flag.clone())) {
            for odd in ODD {
                let words: Vec<&str> = line.split(' ').collect();
                let typed = format!("--{flag}={odd}");
                let told = answer(program().args(words).arg(&typed), format!("{line} {typed}"), b"");
                assert!(!told.stderr.contains("bug of weigh"), "{}", told.transcript());
                assert!((0..=2).contains(&told.code), "{}", told.transcript());
                assert_eq!(told.code == 1, told.stdout.is_empty(), "{}", told.transcript());
            }
        }
    }
    assert!(tried.len() > 25, "{tried:?}");
}

fn words() -> &'static Vocabulary {
    static WORDS: OnceLock<Vocabulary> = OnceLock::new();
    WORDS.get_or_init(|| {
        let catalog = Catalog::open(&weigh_prices::files()).expect("the embedded catalog is right");
        vocabulary(&catalog, &weigh_prices::book())
    })
}

/// The scenarios of the repository that stand alone.
fn scenarios() -> &'static [String] {
    static TEXTS: OnceLock<Vec<String>> = OnceLock::new();
    TEXTS.get_or_init(|| {
        let folder = Folder::new();
        folder.copy("scenarios");
        let files = folder.tree("scenarios").into_iter();
        let whole = files.filter(|(name, _)| name.ends_with(".toml") && !name.contains("matrices/"));
        let texts = whole.map(|(_, bytes)| String::from_utf8(bytes).expect("a scenario is UTF-8"));
        let alone: Vec<String> = texts.filter(|text| Scenario::parse(text, words()).is_ok()).collect();
        assert!(alone.len() > 5, "{} scenarios", alone.len());
        alone
    })
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 300, failure_persistence: None, ..ProptestConfig::default() })]

    /// A piece of one file in the place of a part of another, or something odd there.
    #[test]
    fn no_change_to_a_real_scenario_makes_the_reader_panic(
        text in prop::sample::select(scenarios()),
        other in prop::sample::select(scenarios()),
        (at, from) in (any::<prop::sample::Index>(), any::<prop::sample::Index>()),
        (gone, taken) in (0usize..60, 0usize..60),
        odd in prop::option::of(prop::sample::select(ODD.to_vec())),
    ) {
        let letters: Vec<char> = text.chars().collect();
        let at = at.index(letters.len());
        let others: Vec<char> = other.chars().collect();
        let from = from.index(others.len());
        let piece: String = others.iter().skip(from).take(taken).collect();
        let piece = odd.map_or(piece, str::to_owned);
        let before: String = letters.iter().take(at).collect();
        let after: String = letters.iter().skip(at + gone).collect();
        let changed = before + &piece + &after;
        if let Err(problems) = Scenario::parse(&changed, words()) {
            prop_assert!(!problems.is_empty());
            for problem in problems {
                prop_assert!(changed.get(problem.span.clone()).is_some(), "{:?}: {}", problem.span, problem.message);
            }
        }
    }
}
