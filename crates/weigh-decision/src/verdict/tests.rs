//! What the verdict says, word by word.

use super::*;
use crate::agreement::agreement;
use crate::sensitivity::weight_spans;
use crate::{Column, Method, Parameters};

fn facts_of(study: &Study<'_>) -> Facts {
    let all = agreement(study.matrix(), study.method(), study.parameters()).unwrap();
    Facts::of(study, &weight_spans(study), &all)
}

fn rival(name: &str, lead: f64, uncertainty: Option<f64>) -> Rival {
    Rival { name: name.to_owned(), lead, uncertainty, turned: None }
}

fn facts(rivals: Vec<Rival>) -> Facts {
    Facts { leader: "a".to_owned(), rivals, ..Facts::default() }
}

fn turns(from: f64, to: f64) -> Critical {
    Critical::Turns { criterion: "cost".to_owned(), from, to, rises: to >= from, rival: "b".to_owned() }
}

#[test]
fn a_lead_within_what_is_known_is_a_tie() {
    let one = facts(vec![rival("b", 0.012, Some(0.02)), rival("c", 0.1, Some(0.03))]);
    assert_eq!(
        one.verdict(),
        "a and b are a tie: the lead of 0.012 is within the ±0.020 that the values are known to."
    );
    let two = facts(vec![rival("b", 0.0, None), rival("c", 0.0002, Some(0.0004)), rival("d", 1.0, None)]);
    assert_eq!(
        two.verdict(),
        "a, b and c are a tie: the lead over c of 0.0002 is within the ±0.0004 that the values are known to."
    );
    let level = facts(vec![rival("b", 0.0, Some(0.1)), rival("c", 0.4, None)]);
    assert_eq!(level.verdict(), "a and b are a tie: their scores are the same.");
}

#[test]
fn what_is_not_known_is_not_said() {
    assert_eq!(
        facts(Vec::new()).verdict(),
        "a is the only alternative, so that there is nothing to weigh it against."
    );
    assert_eq!(facts(vec![rival("b", 0.1, None)]).verdict(), "a leads.");
    assert_eq!(
        facts(vec![rival("b", 0.0, None), rival("c", 0.0, None)]).verdict(),
        "a, b and c are a tie: their scores are the same."
    );
}

#[test]
fn weights_shares_and_others_have_their_words() {
    let mut told = facts(vec![rival("b", 0.1, None)]);
    let verdict = |told: &Facts| told.verdict().strip_prefix("a leads; ").unwrap().to_owned();
    for (weights, words) in [
        (turns(0.3, 0.12), "it stays first unless the weight of cost falls from 0.30 to 0.12."),
        (turns(0.25, 0.251), "it stays first unless the weight of cost rises from 0.250 to 0.251."),
        (turns(0.25, 0.25), "any higher weight of cost puts b first."),
        (turns(0.3, 0.119), "it stays first unless the weight of cost falls from 0.30 to 0.12."),
        (turns(0.3, 0.3719), "it stays first unless the weight of cost rises from 0.30 to 0.37."),
        (turns(0.3361, 0.3394), "it stays first unless the weight of cost rises from 0.336 to 0.339."),
        (Critical::Never, "no change of a single weight puts another first than a."),
        (Critical::NoneFound, "no change of a single weight was found that puts another first than a."),
    ] {
        told.weights = weights;
        assert_eq!(verdict(&told), words);
    }
    told.weights = Critical::Unknown;
    told.first_shares = vec![("b".to_owned(), 0.0004), ("a".to_owned(), 0.9996)];
    assert_eq!(
        verdict(&told),
        "under the weights drawn it is first in more than 99.9 %, b in less than 0.1 %."
    );
    told.first_shares.clear();
    let names = |names: &[&str]| names.iter().map(|name| (*name).to_owned()).collect::<Vec<_>>();
    for (agreeing, differing, words) in [
        (vec!["TOPSIS"], vec![], "TOPSIS agrees."),
        (vec![], vec!["TOPSIS"], "TOPSIS does not agree."),
        (vec![], vec!["TOPSIS", "max"], "TOPSIS and max do not agree."),
        (vec!["TOPSIS"], vec!["sum", "max"], "TOPSIS agrees, sum and max do not."),
    ] {
        (told.agreeing, told.differing) = (names(&agreeing), names(&differing));
        assert_eq!(verdict(&told), words);
    }
}

#[test]
fn a_study_says_it_all_at_once() {
    let columns = vec![Column::cost("price", 3.0), Column::benefit("comfort", 1.0)];
    let names = ["bus", "train", "coach"].map(str::to_owned).to_vec();
    let matrix = Matrix::new(names, columns, &[vec![20.0, 2.0], vec![50.0, 5.0], vec![30.0, 3.0]]).unwrap();
    let parameters = Parameters::default();
    let study = Study::new(&matrix, Method::find("weighted-sum").unwrap(), &parameters).unwrap();
    let told = facts_of(&study).verdict();
    assert!(
        told.starts_with("bus leads; it stays first unless the weight of price falls from 0.75 to 0.50; "),
        "{told}"
    );
}

fn told_of(rows: &[Vec<f64>], weights: [f64; 2], method: &str) -> Facts {
    let columns = vec![Column::benefit("speed", weights[0]), Column::benefit("ease", weights[1])];
    let names = (0..rows.len()).map(|at| ["a", "b", "c"][at].to_owned()).collect();
    let matrix = Matrix::new(names, columns, rows).unwrap();
    let parameters = Parameters::default();
    let study = Study::new(&matrix, Method::find(method).unwrap(), &parameters).unwrap();
    facts_of(&study)
}

#[test]
fn alike_and_balanced_are_two_things() {
    let alike = told_of(&[vec![1.0, 2.0], vec![1.0, 3.0]], [1.0, 0.0], "weighted-sum");
    assert_eq!(alike.verdict(), "a and b have the same score: these criteria do not tell them apart.");
    let balanced = told_of(&[vec![1.0, 2.0], vec![2.0, 1.0]], [1.0, 1.0], "weighted-sum").verdict();
    let words = "a and b are a tie: their scores are the same; any higher weight of speed puts b first";
    assert!(balanced.starts_with(words), "{balanced}");
}

#[test]
fn shares_of_another_model_say_so() {
    for (method, by) in [("weighted-sum", "; under"), ("topsis", "; by weighted sum under")] {
        let mut told = told_of(&[vec![9.0, 2.0], vec![2.0, 3.0], vec![1.0, 1.0]], [3.0, 1.0], method);
        told.first_shares = vec![("a".to_owned(), 0.7), ("b".to_owned(), 0.3)];
        told.drawn = "free weights".to_owned();
        let verdict = told.verdict();
        assert!(verdict.contains(&format!("{by} free weights it is first in 70 %, b in 30 %")), "{verdict}");
    }
}

#[test]
fn all_that_are_counted_are_told() {
    let mut told = facts(vec![rival("b", 0.1, None)]);
    told.agreeing = ["p", "q", "r", "s", "t"].map(str::to_owned).to_vec();
    for (others, words) in [
        ((20, 0, 0, 0), "all 20 other pairs of method and normalisation agree"),
        ((20, 0, 0, 3), "all 20 other pairs of method and normalisation that can take these values agree"),
        ((20, 2, 0, 0), "20 of 22 other pairs of method and normalisation agree"),
        ((20, 2, 1, 0), "20 of 23 other pairs of method and normalisation agree, one is undecided"),
    ] {
        let (agreeing, differing, undecided, refused) = others;
        told.others = Others { agreeing, differing, undecided, refused };
        assert_eq!(told.verdict(), format!("a leads; {words}."));
    }
}

/// Where scores are relative a sum of changes says nothing: one value has to turn it.
#[test]
fn relative_scores_tie_where_a_value_turns_them() {
    let with = |turned| {
        let rival = Rival { turned, ..rival("b", 1.0, Some(1.2)) };
        facts(vec![rival]).verdict()
    };
    assert!(with(None).starts_with("a and b are a tie: the lead of 1.000 is within the ±1.200"));
    assert_eq!(with(Some(false)), "a leads.");
    assert_eq!(
        with(Some(true)),
        "a and b are a tie: a single value within what is known of it puts b level with a or ahead."
    );
}
