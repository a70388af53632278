//! Matrix files: what is read, and what is told.

use super::*;

const GOOD: &str = r#"
[matrix]
name = "Cars"
[[criterion]]
name = "price"
weight = 2
best = 10_000
worst = 50_000
unit = "USD"
at_most = 45_000
[[criterion]]
name = "comfort"
weight = 1
stars = true
[[criterion]]
name = "service"
weight = 1
levels = ["far", "near", "here"]
[[alternative]]
name = "small"
values = { price = "12_000..14_000", comfort = 2, service = "near" }
[[alternative]]
name = "large"
values = [40_000, "3..4..5", "here"]
"#;

fn toml(text: &str) -> Result<MatrixFile, Vec<Problem>> {
    MatrixFile::parse(text, MatrixFormat::Toml)
}

/// Every problem on a line: its place, what it says, what is allowed, and what was meant.
fn told(text: &str, format: MatrixFormat) -> String {
    let problems = MatrixFile::parse(text, format).expect_err("a file that is wrong");
    let line = |problem: &Problem| {
        let (line, column) = problem.line_and_column(text);
        let meant = problem.suggestion.as_ref().map(|meant| format!(" -> {meant}")).unwrap_or_default();
        format!("{line}:{column} {} [{}]{meant}\n", problem.message, problem.allowed)
    };
    problems.iter().map(line).collect()
}

#[test]
fn a_file_is_read() {
    let file = toml(GOOD).unwrap();
    assert_eq!(file.name, "Cars");
    assert_eq!(file.weights, MatrixWeights::Direct(vec![2.0, 1.0, 1.0]));
    let directions: Vec<Direction> = file.criteria.iter().map(|each| each.direction).collect();
    assert_eq!(directions, [Direction::Cost, Direction::Benefit, Direction::Benefit]);
    let small: Vec<Spread> = file.alternatives[0].values.iter().map(|value| value.spread).collect();
    assert_eq!(
        small,
        [Spread::Range { low: 12_000.0, high: 14_000.0 }, Spread::Exact(2.0), Spread::Exact(1.0)]
    );
    assert!((small[0].expected() - 13_000.0).abs() < 1e-9);
    assert_eq!(
        file.alternatives[1].values[1].spread,
        Spread::Triangular { low: 3.0, expected: 4.0, high: 5.0 }
    );
    assert!(file.criteria[2].ordinal && !file.criteria[1].ordinal);
    assert_eq!(file.criteria[2].shown(1.0), "near");
    assert_eq!(file.criteria[0].shown(40_000.0), "40000 USD");
}

#[test]
fn both_formats_say_the_same() {
    let csv = "\u{feff}# mine\nalternative;price;ease\nweight;2;1\nbest;0;5\nworst;100;1\nbus;20..30;2\ntrain;50;5\n";
    let toml = r#"
        [[criterion]]
        name = "price"
        weight = 2
        best = 0
        worst = 100
        [[criterion]]
        name = "ease"
        weight = 1
        best = 5
        worst = 1
        [[alternative]]
        name = "bus"
        values = ["20..30", 2]
        [[alternative]]
        name = "train"
        values = [50, 5]
    "#;
    let [csv, toml] = [(csv, MatrixFormat::Csv), (toml, MatrixFormat::Toml)].map(|(text, format)| {
        // But where the names stand.
        MatrixFile { criterion_spans: Vec::new(), ..MatrixFile::parse(text, format).unwrap() }
    });
    assert_eq!(csv, toml);
}

#[test]
fn what_is_left_out_needs_no_values() {
    let text = format!(
        "{GOOD}[[alternative]]\nname = \"none\"\nexcluded = \"not for sale\"\n[[criterion]]\nname = \"colour\"\nexcluded = \"taste\"\ntext = {{ small = \"red\" }}\n"
    );
    let file = toml(&text).unwrap();
    assert_eq!((file.alternatives.len(), file.criteria.len()), (2, 3));
    assert_eq!(file.alternatives_left_out[0].why, "not for sale");
    assert_eq!(file.criteria_left_out[0].text, [("small".to_owned(), "red".to_owned())]);
}

#[test]
fn yes_and_no_are_one_and_none_in_their_direction() {
    let text = "alternative,shell,price\ndirection,,cost\na,yes,1\nb,No,2\n";
    let file = MatrixFile::parse(text, MatrixFormat::Csv);
    // Yes is better than no unless a direction says otherwise.
    let file = file.unwrap();
    assert_eq!(file.criteria[0].measure, Measure::YesNo);
    assert_eq!(file.criteria[0].worth.as_ref().unwrap().value(1.0).to_bits(), 1.0_f64.to_bits());
    let mixed = told("alternative,shell\ndirection,benefit\na,yes\nb,2\n", MatrixFormat::Csv);
    assert!(mixed.starts_with("3:3 `shell` of `a`: `yes` is no number"), "{mixed}");
}

#[test]
fn weights_are_stated_in_several_ways() {
    let with = |weights: &str| {
        let text: String =
            GOOD.lines().filter(|line| !line.starts_with("weight")).map(|line| format!("{line}\n")).collect();
        toml(&(text + weights)).map(|file| file.weights)
    };
    assert_eq!(with(""), Ok(MatrixWeights::Equal));
    assert_eq!(
        with("[weights]\npoints = { comfort = 1, price = 70, service = 0 }"),
        Ok(MatrixWeights::Points(vec![70.0, 1.0, 0.0]))
    );
    assert_eq!(
        with("[weights]\nranked = [\"service\", \"price\", \"comfort\"]\nby = \"rank-sum\""),
        Ok(MatrixWeights::Ranked { order: vec![2, 0, 1], by: RankWeights::Sum })
    );
    let third = 1.0 / 3.0;
    let full = vec![vec![1.0, 3.0, 5.0], vec![third, 1.0, 2.0], vec![0.2, 0.5, 1.0]];
    for rows in
        ["[[3, 5], [2]]", "[[1, 3, 5], [1, 2], [1]]", "[[1, 3, 5], [\"1/3\", 1, 2], [\"1/5\", 0.5, 1]]"]
    {
        let by = AhpBy::Eigenvector;
        let expected = MatrixWeights::Comparisons { rows: full.clone(), by };
        assert_eq!(with(&format!("[weights]\ncomparisons = {rows}")), Ok(expected), "{rows}");
    }
    assert_eq!(
        with(
            "[weights.best_worst]\nbest = \"price\"\nworst = \"comfort\"\nbest_to_others = { comfort = 8, service = 2 }\nothers_to_worst = { price = 8, service = 4 }"
        ),
        Ok(MatrixWeights::BestWorst {
            best: 0,
            worst: 1,
            best_to_others: vec![1.0, 8.0, 2.0],
            others_to_worst: vec![8.0, 1.0, 4.0],
        })
    );
}

#[test]
fn values_are_shown_short_and_moved_to_what_can_be_told() {
    let file = toml(GOOD).unwrap();
    let (price, service) = (&file.criteria[0], &file.criteria[2]);
    let shown = [1.0 / 3.0, 1e300, -0.0, 5e-324, 123_456_789.0].map(|value| price.shown(value));
    assert_eq!(shown, ["0.333333 USD", "1e300 USD", "0 USD", "5e-324 USD", "123457000 USD"]);
    for (value, up, whole) in [(1234.0, true, 1240.0), (1234.0, false, 1230.0), (0.0, true, 0.0)] {
        assert!((price.whole(value, up) - whole).abs() < 1e-9, "{value}");
    }
    assert!(price.whole(5e-324, true).is_finite() && price.whole(1e308, true).is_finite());
    assert_eq!(service.shown(service.whole(0.2, true)), "near");
}

/// Every pair of 24 criteria is ordered: as many ways lead through them as there are sets of criteria.
#[test]
fn a_dense_order_is_read_and_its_cycle_found() {
    let name = |place: usize| format!("c{place}");
    let mut text = String::from("[robustness]\norder = [");
    for above in 0..24 {
        for below in above + 1..24 {
            text.push_str(&format!("\"{} > {}\", ", name(above), name(below)));
        }
    }
    let criteria: String =
        (0..24).map(|place| format!("[[criterion]]\nname = \"{}\"\nstars = true\n", name(place))).collect();
    let rest = format!("{criteria}[[alternative]]\nname = \"a\"\nvalues = [{}]\n", "3, ".repeat(24));
    let file = toml(&format!("{text}]\n{rest}")).unwrap();
    assert_eq!(file.information.order.len(), 24 * 23 / 2);
    let turned = toml(&format!("{text}\"c23 > c0\"]\n{rest}")).unwrap_err();
    assert!(turned[0].message.starts_with("the order turns back on itself: c0 > c23 > c0"), "{turned:?}");
}

/// Each case replaces one text of the good file.
#[test]
fn mistakes_are_told_at_their_place() {
    let mut all = String::new();
    let cases = [
        ("name = \"Cars\"", "nme = \"Cars\""),
        ("weight = 2", "weight = -2"),
        ("weight = 2", "weight = \"two\""),
        ("weight = 2\n", ""),
        ("best = 10_000\n", ""),
        ("best = 10_000", "best = 50_000"),
        ("best = 10_000\nworst = 50_000\n", ""),
        ("worst = 50_000", "worst = 50_000\ndirection = \"benefit\""),
        ("worst = 50_000", "worst = 50_000\ndirection = \"costs\""),
        ("worst = 50_000", "worst = 50_000\npoints = [[0, 1.0], [1, 0.0]]"),
        ("worst = 50_000", "worst = 50_000\nindifference = 5\npreference = 3"),
        ("worst = 50_000", "worst = 50_000\nordinal = true"),
        ("best = 10_000\nworst = 50_000", "points = [[0, 1.0], [1, 2.0]]"),
        ("at_most = 45_000", "at_most = \"45_000 USD\""),
        ("stars = true", "stars = true\nlevels = [\"a\", \"b\"]"),
        ("stars = true", "stars = true\nbest = 5\nworst = 1"),
        ("[\"far\", \"near\", \"here\"]", "[\"far\", \"near\", \"Far\"]"),
        ("comfort = 2", "comfort = 7"),
        ("comfort = 2", "comfrt = 2"),
        ("comfort = 2, ", ""),
        ("service = \"near\"", "service = \"nearr\""),
        ("12_000..14_000", "14_000..12_000"),
        ("12_000..14_000", "$40"),
        ("[40_000, \"3..4..5\", \"here\"]", "[40_000, 3]"),
        ("name = \"large\"", "name = \"small\""),
        ("[[alternative]]\nname = \"large\"", "[[alternativ]]\nname = \"large\""),
        ("name = \"Cars\"", "name = \"Cars\"\nwinners = [\"smal\"]"),
        ("name = \"Cars\"", "name = \"Cars"),
        ("stars = true", "stras = true"),
        (
            "name = \"Cars\"",
            "name = \"Cars\"\n[robustness]\norder = [\"price > comfort\", \"comfort > service > price\"]",
        ),
        ("name = \"Cars\"", "name = \"Cars\"\n[robustness]\nconcentration = 5\norder = \"price > comfort\""),
        (
            "name = \"Cars\"",
            "name = \"Cars\"\n[robustness]\nintervals = { price = \"0.7..0.9\", comfort = \"0.4..0.5\" }",
        ),
    ];
    for (from, to) in cases {
        assert_eq!(GOOD.matches(from).count(), 1, "{from}");
        all.push_str(&format!("# {from} => {to}\n{}\n", told(&GOOD.replace(from, to), MatrixFormat::Toml)));
    }
    insta::assert_snapshot!(all.replace("\n\n# ", "\n# "));
}

#[test]
fn mistakes_of_weights_are_told() {
    let text: String =
        GOOD.lines().filter(|line| !line.starts_with("weight")).map(|line| format!("{line}\n")).collect();
    let mut all = String::new();
    for weights in [
        "",
        "direct = { price = 0.5, comfort = 0.2, service = 0.2 }",
        "direct = { price = 0.5, comfort = 0.5 }",
        "points = { price = 0, comfort = 0, service = 0 }",
        "points = { price = 1, comfort = 1, sevice = 1 }",
        "points = { price = 1, comfort = 1, service = 1 }\nranked = [\"price\"]",
        "points = { price = 1, comfort = 1, service = 1 }\nby = \"roc\"",
        "ranked = [\"price\", \"price\"]",
        "ranked = [\"price\", \"comfort\", \"service\"]\nby = \"rok\"",
        "comparisons = [[1, 3], [\"1/3\", 1]]",
        "comparisons = [[1, 3, 5], [0.5, 1, 2], [0.2, 0.5, 1]]",
        "comparisons = [[2, 3, 5], [\"1/3\", 1, 2], [0.2, 0.5, 1]]",
        "comparisons = [[3, -5], [2]]",
        "comparisons = [[3, -5], [\"1/0\"]]",
        "ranked = [\"price\", \"comfort\"]\npoints = { price = 1 }\nby = \"eigenvector\"",
        "comparisons = [[9, \"1/9\"], [9]]",
        "best_worst = { best = \"price\", worst = \"price\", best_to_others = {}, others_to_worst = {} }",
        "best_worst = { best = \"price\", worst = \"comfort\", best_to_others = { comfort = 8, service = 12 }, others_to_worst = { price = 8, service = 4 } }",
        "best_worst = { best = \"price\", worst = \"comfort\", best_to_others = { comfort = 8, service = 2 }, others_to_worst = { price = 7, service = 4 } }",
    ] {
        let text = format!("{text}[weights]\n{weights}\n");
        all.push_str(&format!("# {weights}\n{}\n", told(&text, MatrixFormat::Toml)));
    }
    insta::assert_snapshot!(all.replace("\n\n# ", "\n# "));
}

#[test]
fn mistakes_in_tables_are_told() {
    let mut all = String::new();
    for text in [
        "",
        "alternative,price\n",
        "name,price\ndirection,cost\na,1\n",
        "alternative,price,price\ndirection,cost,cost\na,1,2\n",
        "alternative,price\na,1\n",
        "alternative,price,ease\ndirection,cost,benifit\na,1,x\n",
        "alternative,price\ndirection,cost\na,1\na,2\nb,\nc,1,2\n",
        "alternative,price\ndirecton,cost\na,1\n",
        "alternative,price\na,1\ndirection,cost\n",
        "alternative,price\ndirection,cost\nwieght,2\na,1\n",
        "alternative,price\ndirection,cost\na,1\nwieght,2\n",
        "alternative,price\nweight,heavy\ndirection,cost\na,\"1\n",
        "alternative,price,ease\nweight,0,0\ndirection,cost,benefit\na,1,nan\nb,1e999,$40\n",
    ] {
        all.push_str(&format!("# {text:?}\n{}\n", told(text, MatrixFormat::Csv)));
    }
    insta::assert_snapshot!(all.replace("\n\n# ", "\n# "));
}

proptest::proptest! {
    /// Whatever stands in a file, it is read or told, and every place lies in the text.
    #[test]
    fn nothing_makes_the_reader_fail(text in "(alternative,a,b\n)?([a-z\\[\\]=\"{}.,;> 0-9\n-]{0,80})") {
        for format in [MatrixFormat::Toml, MatrixFormat::Csv] {
            if let Err(problems) = MatrixFile::parse(&text, format) {
                proptest::prop_assert!(!problems.is_empty());
                for problem in problems {
                    proptest::prop_assert!(problem.span.end <= text.len() + 1, "{problem:?}");
                }
            }
        }
    }
}
