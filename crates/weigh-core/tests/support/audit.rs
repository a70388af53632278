//! What the tests of causes share: a claim about a part of an option's bill, computed by hand, and its causes.

use rust_decimal::Decimal;
use weigh_core::audit::{Basis, Cause, Computed, Line, Part, Subject, causes};
use weigh_core::bill::{Bill, Charge};
use weigh_core::claim::Figure;
use weigh_core::compare::{Comparison, Ends, compare, compare_ends};
use weigh_core::scenario::{RangedScenario, Scenario};

use super::{book, catalog, evaluation, option, vocabulary};

/// A scenario, compared as expected and at both ends of its ranges.
pub(crate) struct Audited {
    pub(crate) scenario: Scenario,
    pub(crate) ranged: Option<RangedScenario>,
    pub(crate) comparison: Comparison,
    pub(crate) ends: Option<Ends>,
}

impl Audited {
    /// Reads and compares a text.
    pub(crate) fn of(text: &str) -> Audited {
        let none = &mut |_: &str, _: &_| Err("no file is read here".to_owned());
        let (scenario, ranged) = match Scenario::parse_ranged(text, vocabulary(), none) {
            Ok(read) => read,
            Err(problems) => {
                let told: Vec<&str> = problems.iter().map(|problem| problem.message.as_str()).collect();
                panic!("{}\nin\n{text}", told.join("\n"))
            }
        };
        let prices = book(&scenario.header.region, None);
        let comparison = compare(&scenario, catalog(), &prices).expect("the scales are scales");
        let ends = ranged.as_ref().map(|ranged| compare_ends(ranged, catalog(), &prices).expect("scales"));
        Audited { scenario, ranged, comparison, ends }
    }

    /// The charges of an option, of which some are counted.
    pub(crate) fn part(&self, name: &str, counted: &dyn Fn(&Charge) -> bool) -> Part {
        let all = [
            Some(&self.comparison),
            self.ends.as_ref().map(|ends| &ends.low),
            self.ends.as_ref().map(|ends| &ends.high),
        ];
        let lines = |bill: &Bill| -> Vec<Line> {
            let line = |charge: &Charge| Line { charge: charge.clone(), counted: counted(charge) };
            bill.charges().iter().map(line).collect()
        };
        let evaluations = all.into_iter().flatten().map(|comparison| {
            evaluation(option(comparison, name))
                .unwrap_or_else(|| panic!("{:?}", option(comparison, name).verdict))
        });
        let (mut bills, mut without_allowances) = (Vec::new(), Vec::new());
        for evaluation in evaluations {
            bills.push(lines(&evaluation.bill));
            without_allowances.push(lines(&evaluation.bill_without_allowances));
        }
        Part { option: name.to_owned(), bills, without_allowances }
    }

    /// The causes of the claim with an id, computed so.
    pub(crate) fn causes(&self, id: &str, computed: &Computed) -> Vec<Cause> {
        let prices = book(&self.scenario.header.region, None);
        let subject = Subject {
            scenario: &self.scenario,
            ranged: self.ranged.as_ref(),
            catalog: catalog(),
            prices: &prices,
            comparison: &self.comparison,
            ends: self.ends.as_ref(),
        };
        let claim =
            self.scenario.claims.iter().find(|claim| claim.entry.id == id).expect("a claim of that id");
        causes(claim, computed, &subject)
    }
}

/// A figure that is the sum of charges.
pub(crate) fn sum(part: Part) -> Computed {
    let figure = part.sum().expect("a bill");
    Computed { figure, reckoning: String::new(), source: String::new(), basis: Basis::Charges(part) }
}

/// How much less, or more, one part costs than another, as percent of it or as money, at each end.
pub(crate) fn difference(of: Part, against: Part, in_percent: bool, premium: bool) -> Computed {
    let (one, other) = (of.sum().expect("a bill"), against.sum().expect("a bill"));
    let at = |one: Decimal, other: Decimal| {
        let difference = if premium { one - other } else { other - one };
        if in_percent { difference * Decimal::ONE_HUNDRED / other } else { difference }
    };
    let ((low, high), (other_low, other_high)) = (one.ends().expect("ends"), other.ends().expect("ends"));
    let figure = Figure::between(at(low, other_low), at(high, other_high));
    let basis = Basis::Difference { of, against, in_percent, premium };
    Computed { figure, reckoning: String::new(), source: String::new(), basis }
}

/// Whether a charge is of the servers themselves.
pub(crate) fn of_servers(charge: &Charge) -> bool {
    charge.reason.is_none() && !charge.component.starts_with("db")
}
