//! What the tests of causes share: a claim about a part of an option's bill, computed by hand, and its causes.

use std::sync::OnceLock;

use rust_decimal::Decimal;
use weigh_core::audit::{Basis, Cause, Computed, Line, Part, Subject, causes};
use weigh_core::bill::{Bill, Charge};
use weigh_core::catalog::Catalog;
use weigh_core::claim::Figure;
use weigh_core::compare::{self, Comparison, Ends, compare_ends};
use weigh_core::pricebook::RegionPrices;
use weigh_core::scenario::{RangedScenario, Scenario, Vocabulary};

use super::{book, catalog, evaluation, option, vocabulary};

/// A scenario, compared as expected and at both ends of its ranges.
pub(crate) struct Audited {
    pub(crate) scenario: Scenario,
    pub(crate) ranged: Option<RangedScenario>,
    pub(crate) comparison: Comparison,
    pub(crate) ends: Option<Ends>,
    pub(crate) catalog: &'static Catalog,
    pub(crate) prices: RegionPrices,
}

impl Audited {
    /// Reads and compares a text on the frozen book.
    pub(crate) fn of(text: &str) -> Audited {
        Audited::on(text, catalog(), vocabulary(), book("us-east-1", None).into_owned())
    }

    /// The same on the book that the program carries, for kinds of prices that the frozen one lacks.
    pub(crate) fn on_whole_book(text: &str) -> Audited {
        static CATALOG: OnceLock<(Catalog, Vocabulary)> = OnceLock::new();
        let (catalog, words) = CATALOG.get_or_init(|| {
            let catalog = Catalog::open(&weigh_prices::files()).expect("the catalog is whole");
            let words = compare::vocabulary(&catalog, &weigh_prices::book());
            (catalog, words)
        });
        let prices = weigh_prices::book().open("us-east-1", None).expect("a region of the book");
        Audited::on(text, catalog, words, prices)
    }

    fn on(text: &str, catalog: &'static Catalog, words: &Vocabulary, prices: RegionPrices) -> Audited {
        let none = &mut |_: &str, _: &_| Err("no file is read here".to_owned());
        let (scenario, ranged) = match Scenario::parse_ranged(text, words, none) {
            Ok(read) => read,
            Err(problems) => {
                let told: Vec<&str> = problems.iter().map(|problem| problem.message.as_str()).collect();
                panic!("{}\nin\n{text}", told.join("\n"))
            }
        };
        let comparison = compare::compare(&scenario, catalog, &prices).expect("the scales are scales");
        let ends = ranged.as_ref().map(|ranged| compare_ends(ranged, catalog, &prices).expect("scales"));
        Audited { scenario, ranged, comparison, ends, catalog, prices }
    }

    /// The charges of an option, of which some are counted.
    pub(crate) fn part(&self, name: &str, counted: &dyn Fn(&Charge) -> bool) -> Part {
        let lines = |bill: &Bill| -> Vec<Line> {
            let line = |charge: &Charge| Line { charge: charge.clone(), counted: counted(charge) };
            bill.charges().iter().map(line).collect()
        };
        let ends = self.ends.as_ref().map(|ends| [&ends.low, &ends.high]);
        let all = [&self.comparison].into_iter().chain(ends.into_iter().flatten());
        let (mut bills, mut without_allowances) = (Vec::new(), Vec::new());
        for comparison in all {
            let option = option(comparison, name);
            let evaluation = evaluation(option).unwrap_or_else(|| panic!("{:?}", option.verdict));
            bills.push(lines(&evaluation.bill));
            without_allowances.push(lines(&evaluation.bill_without_allowances));
        }
        Part { option: name.to_owned(), bills, without_allowances }
    }

    /// The causes of the claim with an id, computed so.
    pub(crate) fn causes(&self, id: &str, computed: &Computed) -> Vec<Cause> {
        let subject = Subject {
            scenario: &self.scenario,
            ranged: self.ranged.as_ref(),
            catalog: self.catalog,
            prices: &self.prices,
            comparison: &self.comparison,
            ends: self.ends.as_ref(),
        };
        let claim =
            self.scenario.claims.iter().find(|claim| claim.entry.id == id).expect("a claim of that id");
        causes(claim, computed, &subject)
    }
}

/// A figure with a basis, as the audit computes it.
pub(crate) fn computed(figure: Figure, basis: Basis) -> Computed {
    Computed { figure, reckoning: String::new(), source: String::new(), basis }
}

/// A figure that is the sum of charges.
pub(crate) fn sum(part: Part) -> Computed {
    computed(part.sum().expect("a bill"), Basis::Charges(part))
}

/// How much less, or more, one part costs than another, as percent of it or as money.
pub(crate) fn difference(of: Part, against: Part, in_percent: bool, premium: bool) -> Computed {
    let single = |part: &Part| part.sum().and_then(|figure| figure.single()).expect("no ranges");
    let (one, other) = (single(&of), single(&against));
    let difference = if premium { one - other } else { other - one };
    let figure = if in_percent { difference * Decimal::ONE_HUNDRED / other } else { difference };
    computed(Figure::of(figure), Basis::Difference { of, against, in_percent, premium })
}

/// Whether a charge is of the servers themselves.
pub(crate) fn of_servers(charge: &Charge) -> bool {
    charge.reason.is_none() && &*charge.component != "db"
}

/// The causes with their kinds, for a test that fails.
pub(crate) fn told(causes: &[Cause]) -> String {
    let each = causes.iter().map(|cause| format!("{} [{}, {}]", cause.words, cause.kind, cause.changes));
    each.collect::<Vec<_>>().join("\n")
}
