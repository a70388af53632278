//! The verdict in words: who leads, how firmly, and what would change it.

use crate::agreement::agreement;
use crate::method::Refused;
use crate::sensitivity::{Study, most_critical, weight_spans};

/// What the verdict is made of.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Facts {
    /// The name of the leader; of several that are first, the first in the matrix.
    pub leader: String,
    /// The others, the best first.
    pub rivals: Vec<Rival>,
    /// The smallest change of one weight that turns who is first.
    pub weights: Critical,
    /// How often each is first under the weights that were drawn, with the share, 0 to 1; empty where none were drawn.
    pub first_shares: Vec<(String, f64)>,
    /// Which weights were drawn: `free weights`.
    pub drawn: String,
    /// The methods and normalisations that put the leader first too.
    pub agreeing: Vec<String>,
    /// Those that don't.
    pub differing: Vec<String>,
}

/// An alternative beside the leader.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Rival {
    /// Its name.
    pub name: String,
    /// How far the leader is ahead of it, in units of the score; 0 where the two are level.
    pub lead: f64,
    /// By how much that may be off; nothing where it is unknown, or nothing is uncertain.
    pub uncertainty: Option<f64>,
}

impl Rival {
    /// Whether the leader is ahead by nothing, or by no more than the values are known to.
    #[must_use]
    pub fn is_tied(&self) -> bool {
        self.lead <= 0.0 || self.uncertainty.is_some_and(|uncertainty| self.lead <= uncertainty)
    }
}

/// What is known of the weights.
#[derive(Clone, Debug, Default, PartialEq)]
pub enum Critical {
    /// Nothing was asked.
    #[default]
    Unknown,
    /// No change of a single weight turns who is first.
    Never,
    /// This change does.
    Turns {
        /// The criterion.
        criterion: String,
        /// Its weight now, as a share of the sum.
        from: f64,
        /// Its weight at which the rival draws level.
        to: f64,
        /// Who is first beyond.
        rival: String,
    },
}

impl Facts {
    /// What a study and all methods say; uncertainty and shares of first ranks are left for the caller to add.
    ///
    /// # Errors
    /// The method refuses the weights that it is asked about.
    pub fn of(study: &Study<'_>) -> Result<Facts, Refused> {
        let name = |at: usize| study.matrix().alternatives().get(at).cloned().unwrap_or_default();
        let rival = |at| {
            let lead = if study.ranking().ranks[at] == 1 { 0.0 } else { study.lead(at) };
            Rival { name: name(at), lead, uncertainty: None }
        };
        let spans = weight_spans(study)?;
        let weights = most_critical(&spans).map_or(Critical::Never, |(span, turn)| Critical::Turns {
            criterion: study.matrix().columns()[span.criterion].criterion.clone(),
            from: span.weight,
            to: turn.weight,
            rival: name(turn.rival),
        });
        let all = agreement(study.matrix(), study.method(), study.parameters())?;
        Ok(Facts {
            leader: name(study.leader()),
            rivals: study.rivals().into_iter().map(rival).collect(),
            weights,
            agreeing: all.agreeing(),
            differing: all.differing(),
            ..Facts::default()
        })
    }

    /// Names its criteria as prose does.
    pub fn name_criteria(&mut self, title: impl Fn(&str) -> String) {
        if let Critical::Turns { criterion, .. } = &mut self.weights {
            *criterion = title(criterion);
        }
    }

    /// The names of those that tie with the leader.
    #[must_use]
    pub fn tied(&self) -> Vec<&str> {
        self.rivals.iter().filter(|rival| rival.is_tied()).map(|rival| rival.name.as_str()).collect()
    }

    /// The verdict: one sentence of several clauses.
    ///
    /// ```
    /// use weigh_decision::verdict::{Critical, Facts, Rival};
    /// let rival = |name: &str, lead| Rival { name: name.to_owned(), lead, uncertainty: Some(0.02) };
    /// let facts = Facts {
    ///     leader: "train".to_owned(),
    ///     rivals: vec![rival("coach", 0.08), rival("bus", 0.3)],
    ///     weights: Critical::Turns {
    ///         criterion: "price".to_owned(),
    ///         from: 0.3,
    ///         to: 0.371,
    ///         rival: "coach".to_owned(),
    ///     },
    ///     first_shares: vec![("train".to_owned(), 0.612), ("coach".to_owned(), 0.271), ("bus".to_owned(), 0.117)],
    ///     drawn: "free weights".to_owned(),
    ///     agreeing: vec!["TOPSIS".to_owned(), "PROMETHEE II".to_owned()],
    ///     differing: vec!["min-max".to_owned()],
    /// };
    /// assert_eq!(
    ///     facts.verdict(),
    ///     "train leads; it stays first unless the weight of price rises from 0.30 to 0.37; \
    ///      under free weights it is first in 61 %, coach in 27 %; TOPSIS and PROMETHEE II agree, min-max does not."
    /// );
    /// ```
    #[must_use]
    pub fn verdict(&self) -> String {
        if self.rivals.is_empty() {
            return format!(
                "{} is the only alternative, so that there is nothing to weigh it against.",
                self.leader
            );
        }
        if self.rivals.iter().all(|rival| rival.lead <= 0.0) && self.differing.is_empty() {
            let all: Vec<&str> = [self.leader.as_str()]
                .into_iter()
                .chain(self.rivals.iter().map(|rival| rival.name.as_str()))
                .collect();
            return format!("{} have the same score: these criteria do not tell them apart.", listed(&all));
        }
        let clauses = [Some(self.lead()), self.critical(), self.shares(), self.agreement()];
        format!("{}.", clauses.into_iter().flatten().collect::<Vec<_>>().join("; "))
    }

    /// `a leads`, or who ties and why.
    fn lead(&self) -> String {
        let tied: Vec<&Rival> = self.rivals.iter().filter(|rival| rival.is_tied()).collect();
        if tied.is_empty() {
            return format!("{} leads", self.leader);
        }
        let names: Vec<&str> =
            [self.leader.as_str()].into_iter().chain(tied.iter().map(|rival| rival.name.as_str())).collect();
        let names = listed(&names);
        // The one that is farthest behind is the hardest to call a tie.
        let last = tied.iter().copied().max_by(|a, b| a.lead.total_cmp(&b.lead));
        match last.and_then(|rival| Some((rival, rival.uncertainty?))) {
            Some((rival, uncertainty)) if rival.lead > 0.0 => {
                let digits = digits_for(&[rival.lead, uncertainty], 3);
                let (lead, uncertainty) = (fixed(rival.lead, digits), fixed(uncertainty, digits));
                let over = if tied.len() > 1 { format!(" over {}", rival.name) } else { String::new() };
                format!(
                    "{names} are a tie: the lead{over} of {lead} is within the ±{uncertainty} that the values are known to"
                )
            }
            _ => format!("{names} are a tie: their scores are the same"),
        }
    }

    fn critical(&self) -> Option<String> {
        let it = if self.tied().is_empty() { "it" } else { self.leader.as_str() };
        match &self.weights {
            Critical::Unknown => None,
            Critical::Never => {
                Some(format!("no change of a single weight puts another first than {}", self.leader))
            }
            Critical::Turns { criterion, from, to, rival } if (to - from).abs() <= LEVEL => {
                Some(format!("any change of the weight of {criterion} towards {rival} puts {rival} first"))
            }
            Critical::Turns { criterion, from, to, .. } => {
                let goes = if to > from { "rises" } else { "falls" };
                let digits = digits_apart(*from, *to);
                let (from, to) = (fixed(*from, digits), fixed(*to, digits));
                Some(format!("{it} stays first unless the weight of {criterion} {goes} from {from} to {to}"))
            }
        }
    }

    fn shares(&self) -> Option<String> {
        let own = self.first_shares.iter().find(|(name, _)| *name == self.leader)?.1;
        let mut others: Vec<&(String, f64)> =
            self.first_shares.iter().filter(|(name, share)| *name != self.leader && *share > 0.0).collect();
        others.sort_by(|a, b| b.1.total_cmp(&a.1));
        let it = if self.tied().is_empty() { "it" } else { self.leader.as_str() };
        let drawn = if self.drawn.is_empty() { "the weights drawn" } else { self.drawn.as_str() };
        let mut told = format!("under {drawn} {it} is first in {}", percent(own));
        // The next best says what the choice is between; who is rarely first changes nothing.
        for (name, share) in others
            .into_iter()
            .enumerate()
            .filter(|(at, (_, share))| *at == 0 || *share >= 0.2)
            .map(|(_, other)| other)
        {
            told.push_str(&format!(", {name} in {}", percent(*share)));
        }
        Some(told)
    }

    fn agreement(&self) -> Option<String> {
        let agree = if self.agreeing.len() == 1 { "agrees" } else { "agree" };
        let differ = if self.differing.len() == 1 { "does not" } else { "do not" };
        match (self.agreeing.is_empty(), self.differing.is_empty()) {
            (true, true) => None,
            (false, true) if self.agreeing.len() > NAMED_MOST => {
                Some(format!("all {} other methods and normalisations agree", self.agreeing.len()))
            }
            (false, true) => Some(format!("{} {agree}", several(&self.agreeing))),
            (true, false) if self.differing.len() == 1 => {
                Some(format!("{} does not agree", self.differing[0]))
            }
            (true, false) => Some(format!("{} do not agree", several(&self.differing))),
            (false, false) => {
                Some(format!("{} {agree}, {} {differ}", several(&self.agreeing), several(&self.differing)))
            }
        }
    }
}

/// More methods than this that all agree are counted and not named.
const NAMED_MOST: usize = 4;

/// Weights closer than this are one: the search goes no further.
const LEVEL: f64 = 1e-9;

/// Names in a sentence: `a, b and c`.
fn listed(names: &[&str]) -> String {
    match names {
        [] => String::new(),
        [one] => (*one).to_owned(),
        [first @ .., last] => format!("{} and {last}", first.join(", ")),
    }
}

fn several(names: &[String]) -> String {
    listed(&names.iter().map(String::as_str).collect::<Vec<_>>())
}

/// A share in whole percent, with one digit where it is nearly none or nearly all.
fn percent(share: f64) -> String {
    let percent = 100.0 * share;
    match percent {
        p if p <= 0.0 => "0 %".to_owned(),
        p if p < 0.1 => "less than 0.1 %".to_owned(),
        p if p >= 100.0 => "100 %".to_owned(),
        p if p > 99.9 => "more than 99.9 %".to_owned(),
        p if !(1.0..=99.0).contains(&p) => format!("{p:.1} %"),
        p => format!("{p:.0} %"),
    }
}

fn fixed(value: f64, digits: usize) -> String {
    format!("{value:.digits$}")
}

/// Two digits, or as many as tell two weights apart.
fn digits_apart(a: f64, b: f64) -> usize {
    (2..9).find(|digits| fixed(a, *digits) != fixed(b, *digits)).unwrap_or(9)
}

/// So many digits, or as many as show each of some figures.
fn digits_for(values: &[f64], least: usize) -> usize {
    let shown = |digits: usize| {
        values
            .iter()
            .all(|value| *value <= 0.0 || fixed(*value, digits).chars().any(|c| ('1'..='9').contains(&c)))
    };
    (least..15).find(|digits| shown(*digits)).unwrap_or(15)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Column, Matrix, Method, Parameters};

    fn rival(name: &str, lead: f64, uncertainty: Option<f64>) -> Rival {
        Rival { name: name.to_owned(), lead, uncertainty }
    }

    fn facts(rivals: Vec<Rival>) -> Facts {
        Facts { leader: "a".to_owned(), rivals, ..Facts::default() }
    }

    fn turns(from: f64, to: f64) -> Critical {
        Critical::Turns { criterion: "cost".to_owned(), from, to, rival: "b".to_owned() }
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
            "a, b and c have the same score: these criteria do not tell them apart."
        );
    }

    #[test]
    fn weights_shares_and_others_have_their_words() {
        let mut told = facts(vec![rival("b", 0.1, None)]);
        let verdict = |told: &Facts| told.verdict().strip_prefix("a leads; ").unwrap().to_owned();
        for (weights, words) in [
            (turns(0.3, 0.12), "it stays first unless the weight of cost falls from 0.30 to 0.12."),
            (turns(0.25, 0.251), "it stays first unless the weight of cost rises from 0.250 to 0.251."),
            (turns(0.25, 0.25), "any change of the weight of cost towards b puts b first."),
            (Critical::Never, "no change of a single weight puts another first than a."),
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
        let matrix =
            Matrix::new(names, columns, &[vec![20.0, 2.0], vec![50.0, 5.0], vec![30.0, 3.0]]).unwrap();
        let parameters = Parameters::default();
        let study = Study::new(&matrix, Method::find("weighted-sum").unwrap(), &parameters).unwrap();
        let told = Facts::of(&study).unwrap().verdict();
        assert!(
            told.starts_with(
                "bus leads; it stays first unless the weight of price falls from 0.75 to 0.50; "
            ),
            "{told}"
        );
    }
}
