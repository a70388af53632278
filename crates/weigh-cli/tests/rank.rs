//! `weigh rank`, end to end: the matrices of the documents, other methods, what is told, and the exit codes.

mod support;

use support::{Answer, answer, program, root};

/// Runs the program with these words, split at blanks, with a text on its standard input.
fn ask(words: &str, stdin: &str) -> Answer {
    let split: Vec<&str> = words.split_whitespace().collect();
    answer(program().args(&split), words.to_owned(), stdin.as_bytes())
}

const CARS: &str = "alternative,price,comfort,seats\n\
    weight,2,1,1\n\
    direction,cost,benefit,benefit\n\
    unit,USD,,\n\
    at_least,,,2\n\
    bus,20,2,50\n\
    train,50,5,300\n\
    taxi,60,5,4\n\
    bike,0,1,1\n";

fn json(words: &str, stdin: &str) -> serde_json::Value {
    let told = ask(&format!("{words} --format json"), stdin);
    serde_json::from_str(&told.stdout)
        .unwrap_or_else(|error| panic!("{error}: {}{}", told.stdout, told.stderr))
}

#[test]
fn the_matrices_of_the_documents_are_ranked() {
    let text = ask("rank scenarios/matrices/aldeia-ten-factors.toml", "");
    insta::assert_snapshot!("ten_factors", text.transcript());
    let text = ask("rank scenarios/matrices/ai-prism-services.toml", "");
    insta::assert_snapshot!("services", text.transcript());
}

/// The files of a folder, sorted.
fn matrices() -> Vec<String> {
    let folder = std::fs::read_dir(root().join("scenarios/matrices")).expect("the matrices");
    let names = folder.map(|entry| entry.expect("an entry").file_name().to_string_lossy().into_owned());
    let mut names: Vec<String> = names.filter(|name| name.ends_with(".toml")).collect();
    names.sort();
    names
}

/// Every matrix with its order, and whether its own source agrees: of the 15 dimensions and the tables beside them.
#[test]
fn every_matrix_has_its_order_and_what_its_source_says() {
    let names = matrices();
    assert!(names.len() >= 23, "{names:?}");
    let mut table = String::new();
    for name in names {
        let report = json(&format!("rank scenarios/matrices/{name}"), "");
        let decision = &report["decision"];
        let text = |value: &serde_json::Value| value.as_str().unwrap_or_default().to_owned();
        let list = |value: &serde_json::Value| value.as_array().cloned().unwrap_or_default();
        let (alternatives, ranks) = (list(&decision["alternatives"]), list(&decision["ranks"]));
        let mut order: Vec<(u64, String)> =
            ranks.iter().map(|rank| rank.as_u64().unwrap_or(0)).zip(alternatives.iter().map(&text)).collect();
        order.sort();
        let order: Vec<String> = order.into_iter().map(|(rank, name)| format!("{rank} {name}")).collect();
        table.push_str(&format!("{name}: {}\n", order.join(", ")));
        for winner in list(&report["source_winners"]) {
            if winner["when"].is_null() && list(&winner["criteria"]).len() == 1 {
                assert_eq!(winner["agrees"], "yes", "{name}: {winner}");
                continue;
            }
            let names: Vec<String> = list(&winner["names"]).iter().map(&text).collect();
            let when = winner["when"].as_str().map(|when| format!(" ({when})")).unwrap_or_default();
            table.push_str(&format!(
                "    source: {}{when}: {}\n",
                names.join(" = "),
                text(&winner["agrees"])
            ));
        }
    }
    insta::assert_snapshot!(table);
}

/// Sums that the documents' stars add up to, counted by hand.
#[test]
fn stars_add_up() {
    let sums = |file: &str| -> Vec<(String, f64)> {
        let report = json(&format!("rank scenarios/matrices/{file}"), "");
        let sums = report["stars"]["sums"].as_array().cloned().unwrap_or_default();
        let of = |sum: &serde_json::Value| {
            (sum["alternative"].as_str().unwrap_or_default().to_owned(), sum["sum"].as_f64().unwrap_or(0.0))
        };
        sums.iter().map(of).collect()
    };
    let expected = |pairs: &[(&str, f64)]| -> Vec<(String, f64)> {
        pairs.iter().map(|(name, sum)| ((*name).to_owned(), *sum)).collect()
    };
    assert_eq!(
        sums("aldeia-ten-factors.toml"),
        expected(&[("EC2 with Docker", 34.0), ("ECS Fargate", 41.0)])
    );
    assert_eq!(
        sums("ai-prism-services.toml"),
        expected(&[
            ("AWS Lightsail", 29.0),
            ("AWS Lambda", 17.0),
            ("AWS Fargate (ECS)", 30.0),
            ("Amazon ECS (EC2)", 28.0)
        ])
    );
}

#[test]
fn a_table_from_standard_input_is_ranked_in_every_format() {
    for format in ["text", "json", "markdown", "csv"] {
        let told = ask(&format!("rank - --format {format}"), CARS);
        insta::assert_snapshot!(format!("cars_{format}"), told.transcript());
    }
}

/// With weights of its own a criterion decides: the cheapest, and the most comfortable.
#[test]
fn weights_on_one_criterion_give_its_order() {
    let first = |words: &str| -> Vec<String> {
        let report = json(words, CARS);
        let decision = &report["decision"];
        let ranks = decision["ranks"].as_array().cloned().unwrap_or_default();
        let names = decision["alternatives"].as_array().cloned().unwrap_or_default();
        let both = ranks.iter().zip(&names).filter(|(rank, _)| **rank == 1);
        both.map(|(_, name)| name.as_str().unwrap_or_default().to_owned()).collect()
    };
    assert_eq!(first("rank - --weights price=1"), ["bus"]);
    assert_eq!(first("rank - --weights COMFORT=1"), ["train", "taxi"]);
    assert_eq!(first("rank - --weights comfort=0.5,seats=0.5"), ["train"]);
}

#[test]
fn every_method_and_normalisation_ranks_or_names_the_cell() {
    let first = |words: &str, stdin: &str| -> String {
        let answer = ask(&format!("{words} --format json"), stdin);
        assert!(!answer.stdout.contains("NaN") && !answer.stdout.contains("inf\""), "{}", answer.stdout);
        let Ok(report) = serde_json::from_str::<serde_json::Value>(&answer.stdout) else {
            return answer.stderr;
        };
        let decision = &report["decision"];
        let ranks = decision["ranks"].as_array().cloned().unwrap_or_default();
        let names = decision["alternatives"].as_array().cloned().unwrap_or_default();
        let both = ranks.iter().zip(&names).filter(|(rank, _)| **rank == 1);
        both.filter_map(|(_, name)| name.as_str()).collect::<Vec<_>>().join(" = ") + "\n"
    };
    let mut told = String::new();
    for method in weigh_core::decision::METHODS {
        let words = format!("rank scenarios/matrices/ai-prism-performance.toml --method {}", method.id);
        told.push_str(&format!("{}: {}", method.id, first(&words, "")));
    }
    for known in weigh_core::decision::NORMALISATIONS {
        told.push_str(&format!(
            "{}: {}",
            known.id,
            first(&format!("rank - --normalisation {}", known.id), CARS)
        ));
    }
    insta::assert_snapshot!(told);
}

#[test]
fn where_every_alternative_fails_a_need_the_gate_fails() {
    let told = ask("rank -", &CARS.replace("at_least,,,2", "at_least,,,1000"));
    assert_eq!(told.code, 2);
    insta::assert_snapshot!(told.transcript());
}

#[test]
fn mistakes_are_told_and_nothing_is_printed() {
    let mut all = String::new();
    for (words, stdin) in [
        ("rank -", CARS.replace("train,50,5,300", "train,50,five,300\ntrain,,5,300")),
        (
            "rank -",
            "[matrix]\nname = \"x\"\n[[criterion]]\nname = \"a\"\nlevls = [\"low\", \"high\"]\n".to_owned(),
        ),
        ("rank - --weights prise=1", CARS.to_owned()),
        ("rank - --weights price", CARS.to_owned()),
        ("rank - --method topsi", CARS.to_owned()),
        ("rank scenarios/matrices/none.toml", String::new()),
        ("rank - --normalisation fixed", CARS.to_owned()),
    ] {
        let told = ask(words, &stdin);
        assert_eq!((told.code, told.stdout.as_str()), (1, ""), "{words}: {}", told.stderr);
        all.push_str(&told.transcript());
    }
    insta::assert_snapshot!(all);
}

/// Seed and samples decide what is drawn; threads don't.
#[test]
fn threads_change_no_byte_and_seeds_do() {
    let told = |words: &str| {
        let all =
            format!("rank scenarios/matrices/ai-prism-services.toml --samples 20000 --format json {words}");
        ask(&all, "").stdout
    };
    let one = told("--threads 1");
    assert_eq!(told("--threads 3"), one);
    assert_eq!(told("--seed 1"), one);
    assert_ne!(told("--seed 2"), one);
    let report: serde_json::Value = serde_json::from_str(&one).expect("a report");
    let drawn = &report["decision"]["firmness"]["acceptability"];
    assert_eq!((drawn["samples"].as_u64(), drawn["seed"].as_u64()), (Some(20_000), Some(1)));
    let alternatives = drawn["alternatives"].as_array().cloned().unwrap_or_default();
    let first: f64 = alternatives.iter().filter_map(|each| each["ranks"][0].as_f64()).sum();
    assert!((first - 1.0).abs() < 1e-9, "{first}");
}

/// What is known of the weights narrows who can be first: with the price first, the train has little left.
#[test]
fn robustness_draws_what_is_known_of_the_weights() {
    let file = |known: &str| {
        format!(
            "{known}[[criterion]]\nname = \"price\"\nbest = 0\nworst = 100\n[[criterion]]\nname = \"comfort\"\nstars = true\nordinal = true\n\
             [[alternative]]\nname = \"bus\"\nvalues = [\"10..30\", 2]\n[[alternative]]\nname = \"train\"\nvalues = [50, 5]\n"
        )
    };
    let mut told = String::new();
    for known in [
        "",
        "[robustness]\norder = [\"price > comfort\"]\n",
        "[robustness]\nintervals = { price = \"0.6..0.9\" }\n",
        "[robustness]\nconcentration = 20\n",
        "[weights]\nranked = [\"price\", \"comfort\"]\n",
    ] {
        let shown = ask("rank - --robustness --samples 50000", &file(known));
        assert_eq!(shown.code, 0, "{known}: {}", shown.stderr);
        let from = shown.stdout.find("How often each").unwrap_or(0);
        let to = shown.stdout.find("The mean weights").unwrap_or(shown.stdout.len());
        told.push_str(&format!("{known}{}", &shown.stdout[from..to]));
    }
    insta::assert_snapshot!(told);
}

/// One alternative, one criterion, equal ones, a constant column: each has a rule, by every method.
#[test]
fn degenerate_matrices_have_a_rule_or_an_error_by_every_method() {
    let cases = [
        ("one alternative", "alternative,a,b\ndirection,cost,benefit\nx,1,2\n"),
        ("one criterion", "alternative,a\ndirection,cost\nx,1\ny,2\n"),
        ("equal alternatives", "alternative,a,b\ndirection,cost,benefit\nx,1,2\ny,1,2\n"),
        ("a constant column", "alternative,a,b\ndirection,cost,benefit\nx,1,2\ny,1,3\n"),
        ("zeros and negatives", "alternative,a,b\ndirection,cost,benefit\nx,0,-2\ny,1,0\n"),
        ("a weight of 0", "alternative,a,b\nweight,0,1\ndirection,cost,benefit\nx,1,2\ny,2,3\n"),
        ("one and yes", "alternative,a\nx,yes\ny,yes\n"),
    ];
    let mut told = String::new();
    for (what, table) in cases {
        for method in weigh_core::decision::METHODS {
            let shown = ask(&format!("rank - --robustness --samples 1000 --method {}", method.id), table);
            for word in ["NaN", " inf", "-inf"] {
                assert!(!shown.stdout.contains(word), "{what}, {}: {}", method.id, shown.stdout);
            }
            let line = match shown.code {
                0 => shown.stdout.lines().nth(1).unwrap_or_default().to_owned(),
                _ => shown.stderr.lines().next().unwrap_or_default().to_owned(),
            };
            // The first clause says who leads; the others are the verdict's own business.
            let clause = line.split(';').next().unwrap_or_default();
            told.push_str(&format!("{what}, {}: {clause}\n", method.id));
        }
    }
    insta::assert_snapshot!(told);
}

/// Comparisons of more criteria than any table has a random index for are ranked, and the report says what is not known.
#[test]
fn comparisons_tell_how_well_they_agree() {
    let file = |count: usize| {
        let rows: Vec<String> =
            (1..count).rev().map(|ones| format!("[{}]", vec!["1"; ones].join(", "))).collect();
        let criteria: String =
            (0..count).map(|at| format!("[[criterion]]\nname = \"c{at}\"\nstars = true\n")).collect();
        let values = |stars: &str| vec![stars; count].join(", ");
        format!(
            "[weights]\ncomparisons = [{}]\n{criteria}[[alternative]]\nname = \"a\"\nvalues = [{}]\n[[alternative]]\nname = \"b\"\nvalues = [{}]\n",
            rows.join(", "),
            values("3"),
            values("4")
        )
    };
    let few = json("rank -", &file(3));
    assert_eq!(few["weight_consistency"]["table"], "saaty");
    assert!(few["weight_consistency"]["ratio"].as_f64().is_some_and(|ratio| ratio.abs() < 1e-9), "{few}");
    let many = json("rank -", &file(16));
    assert!(many["weight_consistency"]["ratio"].is_null(), "{many}");
    assert!(many["notes"][0].as_str().is_some_and(|note| note.contains("beyond 15 criteria")), "{many}");
}

/// Where several count as much as the best, the stated best and worst are those that count.
#[test]
fn the_stated_best_and_worst_are_taken() {
    let table = "[weights.best_worst]\nbest = \"b\"\nworst = \"c\"\nbest_to_others = { a = 1, c = 4 }\nothers_to_worst = { a = 2, b = 4 }\n\
        [[criterion]]\nname = \"a\"\nstars = true\n[[criterion]]\nname = \"b\"\nstars = true\n[[criterion]]\nname = \"c\"\nstars = true\n\
        [[alternative]]\nname = \"x\"\nvalues = [1, 2, 3]\n[[alternative]]\nname = \"y\"\nvalues = [3, 2, 1]\n";
    let report = json("rank -", table);
    let weight = |place: usize| report["decision"]["criteria"][place]["weight"].as_f64().unwrap_or(0.0);
    assert!(weight(1) > weight(0) && weight(0) > weight(2), "{report}");
    assert_eq!(report["weight_consistency"]["method"], "best-worst");
}

#[test]
fn what_has_no_effect_is_refused() {
    for (words, told) in [
        ("--method vikor --normalisation max", "takes the values as they are, and no normalisation"),
        ("--parameter vikor-v=0.7", "vikor-v is a figure of vikor; weighted-sum has none"),
        ("--method vikor --parameter viko-v=0.7", "did you mean `vikor-v`?"),
        ("--method vikor --parameter vikor-v=7", "`7` is no number from 0 to 1"),
    ] {
        let answer = ask(&format!("rank - {words}"), CARS);
        assert_eq!((answer.code, answer.stdout.as_str()), (1, ""), "{words}");
        assert!(answer.stderr.contains(told), "{words}: {}", answer.stderr);
    }
    let one = json("rank - --method vikor", CARS);
    let other = json("rank - --method vikor --parameter vikor-v=0", CARS);
    assert_ne!(one["decision"]["scores"], other["decision"]["scores"]);
}

/// The formulas of spread stand beside the weights and rank nothing.
#[test]
fn robustness_shows_checks_of_the_weights() {
    let told = ask("rank - --robustness --samples 1000", CARS).stdout;
    let from = told.find("How often the alternative of a line").unwrap_or(0);
    let to = told.find("The mean weights").unwrap_or(told.len());
    let checks = told.find("Checks of the weights").unwrap_or(0);
    let end = told.find("Not ranked").unwrap_or(told.len());
    insta::assert_snapshot!(format!("{}{}", &told[from..to], &told[checks..end]));
}

/// The order of drawn weights is held against the weights of the score.
#[test]
fn what_contradicts_the_stated_weights_is_told() {
    let file = "[robustness]\norder = [\"price > comfort\"]\n[[criterion]]\nname = \"price\"\nweight = 1\nbest = 0\nworst = 100\n\
        [[criterion]]\nname = \"comfort\"\nweight = 3\nstars = true\n[[alternative]]\nname = \"bus\"\nvalues = [20, 2]\n\
        [[alternative]]\nname = \"train\"\nvalues = [50, 5]\n";
    let note = |text: &str| json("rank -", text)["notes"].to_string();
    assert!(note(file).contains("contradict [robustness]"), "{}", note(file));
    assert!(!note(&file.replace("weight = 3", "weight = 1")).contains("contradict"));
}
