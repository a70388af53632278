//! The verdict in words: who leads, how firmly, and what would change it.

mod words;

use crate::agreement::Agreement;
use crate::matrix::Matrix;
use crate::sensitivity::{Found, Study, WeightSpan, most_critical};
use words::{digits_for, fixed, listed, percent, several, weights};

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
    /// How many pairs of method and normalisation say what; told where more agree than are named.
    pub others: Others,
    /// Whether the alternatives have the same values by every criterion that has a weight.
    pub alike: bool,
    /// Whether the ranking is by another model than the shares of first ranks, which are those of the weighted sum.
    pub other_model: bool,
}

/// How many pairs of method and normalisation say what, beside the one that ranks.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Others {
    /// They put the leader first.
    pub agreeing: usize,
    /// They put another first.
    pub differing: usize,
    /// They put the leader and others first.
    pub undecided: usize,
    /// They can't take these values.
    pub refused: usize,
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
    /// Whether one value by itself, within what is known of it, puts it level with the leader or ahead; stated where
    /// scores are relative to the alternatives (VIKOR, TOPSIS, min-max), and nothing where they have fixed ends.
    pub turned: Option<bool>,
}

impl Rival {
    /// Whether the leader is ahead by nothing, or by no more than the values are known to.
    ///
    /// Where scores are relative to the alternatives, one value that moves can move every score, as far as from 0 to 1, and
    /// the sum of such changes can exceed all leads there are. So there it is a tie only if a value by itself turns it.
    #[must_use]
    pub fn is_tied(&self) -> bool {
        let within = self.uncertainty.is_some_and(|uncertainty| self.lead <= uncertainty);
        self.lead <= 0.0 || self.turned.unwrap_or(within)
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
    /// None was found by steps; what turns and turns back between two is missed.
    NoneFound,
    /// This change does.
    Turns {
        /// The criterion.
        criterion: String,
        /// Its weight now, as a share of the sum.
        from: f64,
        /// Its weight at which the rival draws level.
        to: f64,
        /// Whether it rises.
        rises: bool,
        /// Who is first beyond.
        rival: String,
    },
}

impl Facts {
    /// What a study, how far each weight may go and all methods say; uncertainty and shares of first ranks are left for the
    /// caller to add.
    #[must_use]
    pub fn of(study: &Study<'_>, spans: &[WeightSpan], all: &Agreement) -> Facts {
        let matrix = study.matrix();
        let name = |at: usize| matrix.alternatives().get(at).cloned().unwrap_or_default();
        let rival = |at| {
            let lead = if study.ranking().ranks[at] == 1 { 0.0 } else { study.lead(at) };
            Rival { name: name(at), lead, ..Rival::default() }
        };
        let searched = spans.iter().any(|span| span.found != Found::Exact);
        let none = match spans {
            [] => Critical::Unknown,
            _ if searched => Critical::NoneFound,
            _ => Critical::Never,
        };
        let weights = most_critical(spans).map_or(none, |(span, turn)| Critical::Turns {
            criterion: matrix.columns()[span.criterion].criterion.clone(),
            from: span.weight,
            to: turn.weight,
            rises: span.up.as_ref() == Some(turn),
            rival: name(turn.rival),
        });
        let (agreeing, counted) = all.count();
        let others = Others {
            agreeing,
            differing: counted - agreeing,
            undecided: all.undecided().count(),
            refused: all.refused().count(),
        };
        let stated = matrix.columns().iter().any(|column| column.worth.is_some());
        let (ranking, sum) = (study.ranking(), crate::method::METHODS[0].id);
        let usual = if stated { "fixed" } else { "min-max" };
        Facts {
            leader: name(study.leader()),
            rivals: study.rivals().into_iter().map(rival).collect(),
            weights,
            agreeing: all.agreeing(),
            differing: all.differing(),
            others,
            alike: alike(matrix),
            other_model: ranking.method != sum || ranking.normalisation != Some(usual),
            ..Facts::default()
        }
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
    /// let rival = |name: &str, lead| Rival { name: name.to_owned(), lead, uncertainty: Some(0.02), turned: None };
    /// let facts = Facts {
    ///     leader: "train".to_owned(),
    ///     rivals: vec![rival("coach", 0.08), rival("bus", 0.3)],
    ///     weights: Critical::Turns {
    ///         criterion: "price".to_owned(),
    ///         from: 0.3,
    ///         to: 0.371,
    ///         rises: true,
    ///         rival: "coach".to_owned(),
    ///     },
    ///     first_shares: vec![("train".to_owned(), 0.612), ("coach".to_owned(), 0.271), ("bus".to_owned(), 0.117)],
    ///     drawn: "free weights".to_owned(),
    ///     agreeing: vec!["TOPSIS".to_owned(), "PROMETHEE II".to_owned()],
    ///     differing: vec!["min-max".to_owned()],
    ///     ..Facts::default()
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
        if self.alike {
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
            Some((rival, _)) if rival.lead > 0.0 && rival.turned == Some(true) => format!(
                "{names} are a tie: a single value within what is known of it puts {} level with {} or ahead",
                rival.name, self.leader
            ),
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

    /// How many pairs of method and normalisation agree, where they are too many to be named.
    fn counted(&self) -> String {
        let Others { agreeing, differing, undecided, refused } = self.others;
        let all = agreeing + differing + undecided;
        let many = if agreeing == all { format!("all {all}") } else { format!("{agreeing} of {all}") };
        let able = if refused > 0 { " that can take these values" } else { "" };
        let beside = match undecided {
            0 => String::new(),
            1 => ", one is undecided".to_owned(),
            some => format!(", {some} are undecided"),
        };
        format!("{many} other pairs of method and normalisation{able} agree{beside}")
    }

    fn critical(&self) -> Option<String> {
        let tied = !self.tied().is_empty();
        let it = if tied { self.leader.as_str() } else { "it" };
        // Of a tie others are first already.
        let than = if tied { "ahead of" } else { "first than" };
        match &self.weights {
            Critical::Unknown => None,
            Critical::Never => {
                Some(format!("no change of a single weight puts another {than} {}", self.leader))
            }
            Critical::NoneFound => Some(format!(
                "no change of a single weight was found that puts another {than} {}",
                self.leader
            )),
            Critical::Turns { criterion, from, to, rises, rival } if (to - from).abs() <= LEVEL => {
                let other = if *rises { "higher" } else { "lower" };
                Some(format!("any {other} weight of {criterion} puts {rival} first"))
            }
            Critical::Turns { criterion, from, to, rises, .. } => {
                let goes = if *rises { "rises" } else { "falls" };
                let (from, to) = weights(*from, *to);
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
        let by = if self.other_model { "by weighted sum " } else { "" };
        let mut told = format!("{by}under {drawn} {it} is first in {}", percent(own));
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
            (false, true) if self.agreeing.len() > NAMED_MOST => Some(self.counted()),
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

/// Whether all alternatives have the same values by every criterion that has a weight.
fn alike(matrix: &Matrix) -> bool {
    let weighted = (0..matrix.columns().len()).filter(|at| matrix.weights()[*at] > 0.0);
    let mut columns = weighted.map(|at| matrix.column(at));
    columns.all(|values| values.windows(2).all(|pair| (pair[0] - pair[1]).abs() <= 0.0))
}

/// More methods than this that all agree are counted and not named.
const NAMED_MOST: usize = 4;

/// Weights closer than this are one: the search goes no further.
const LEVEL: f64 = 1e-9;

#[cfg(test)]
mod tests;
