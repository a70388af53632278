//! A scenario as an estimate: what each of its options costs, line by line.

use crate::bill::Charge;
use crate::catalog::Catalog;
use crate::compare::{Compared, Comparison, Verdict};
use crate::report::comparison::option_report;
use crate::report::{ChargeReport, ComparisonReport, OptionReport, annual, comparison_report, ranges};
use crate::scenario::{RangedScenario, Scenario};
use crate::time::Date;

/// What a scenario comes to, for a workbook.
#[derive(Clone, Debug, PartialEq)]
pub struct Estimate {
    /// The scenario's file, as it was named.
    pub(super) file: String,
    /// The day whose prices were used.
    pub(super) as_of: Date,
    /// All that a comparison says.
    pub(super) comparison: ComparisonReport,
    /// The options that are shown.
    pub(super) options: Vec<EstimatedOption>,
    /// That ranges were taken at what is expected; nothing where there is none.
    pub(super) ranges: Option<String>,
    /// Why there is no annual cost; nothing where there is one.
    pub(super) no_year: Option<String>,
}

/// An option of an estimate.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct EstimatedOption {
    pub(super) report: OptionReport,
    pub(super) lines: Vec<Line>,
}

/// A charge and the days of its price.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Line {
    pub(super) charge: ChargeReport,
    /// The day from which the price is known to hold.
    pub(super) from: Date,
    /// The newest day on which its source confirms it.
    pub(super) seen: Date,
}

/// Makes the estimate of a scenario, with all its options; `file` is what the scenario was read from.
///
/// Where the scenario has ranges, its amounts are those of what is expected, and the workbook says so.
///
/// ```
/// use weigh_core::catalog::Catalog;
/// use weigh_core::compare::{compare, vocabulary};
/// use weigh_core::report::estimate;
/// use weigh_core::scenario::Scenario;
/// let files = weigh_prices::files();
/// let catalog = Catalog::open(&files).unwrap();
/// let words = vocabulary(&catalog, &weigh_prices::book());
/// let text = r#"
///     scenario = { name = "Shop", region = "us-east-1" }
///     traffic = { rate = "300_000/month" }
///     component = [{ name = "api", vcpu = 0.5, memory = "1 GiB", cpu_time = "50 ms", start_up_time = "1 s" }]
/// "#;
/// let scenario = Scenario::parse(text, &words).unwrap();
/// let book = weigh_prices::book().open("us-east-1", None).unwrap();
/// let comparison = compare(&scenario, &catalog, &book).unwrap();
/// let made = estimate("shop.toml", &scenario, None, &catalog, &comparison);
/// assert_eq!(made.only(&["lambda".to_owned()]).option_names(), ["lambda"]);
/// ```
#[must_use]
pub fn estimate(
    file: &str,
    scenario: &Scenario,
    ranged: Option<&RangedScenario>,
    catalog: &Catalog,
    comparison: &Comparison,
) -> Estimate {
    let options = comparison.options.iter().map(|option| EstimatedOption {
        report: option_report(option, catalog, scenario),
        lines: charges(option).iter().map(|charge| Line::of(charge, catalog)).collect(),
    });
    Estimate {
        file: file.to_owned(),
        as_of: comparison.as_of,
        options: options.collect(),
        comparison: comparison_report(scenario, catalog, comparison),
        ranges: ranged.map(ranges::as_expected),
        no_year: scenario.header.month.is_partial().then(|| annual::basis(scenario)),
    }
}

impl Estimate {
    /// The same with only the options of these names; with all of them where no name is given.
    #[must_use]
    pub fn only(mut self, names: &[String]) -> Estimate {
        self.options.retain(|option| names.is_empty() || names.contains(&option.report.name));
        self
    }

    /// The names of its options, in the order of the comparison.
    #[must_use]
    pub fn option_names(&self) -> Vec<&str> {
        self.options.iter().map(|option| option.report.name.as_str()).collect()
    }
}

impl Line {
    fn of(charge: &Charge, catalog: &Catalog) -> Line {
        let (from, seen) = (charge.provenance.from, charge.provenance.seen);
        Line { charge: ChargeReport::of(charge, catalog), from, seen }
    }
}

/// What an option is charged; of a rejected one what its nearest deployment would be.
fn charges(option: &Compared) -> &[Charge] {
    match &option.verdict {
        Verdict::Ranked(ranked) => ranked.evaluation.bill.charges(),
        Verdict::Rejected { nearest: Some(nearest), .. } => nearest.bill.charges(),
        Verdict::Rejected { nearest: None, .. } | Verdict::Unpriced { .. } | Verdict::NotExact(_) => &[],
    }
}

impl EstimatedOption {
    /// Why it has no bill, or is none to choose; in sentences, and nothing of a ranked one.
    pub(super) fn reasons(&self) -> Vec<String> {
        match self.report.status {
            "rejected" => self.report.failures(),
            "unpriced" => self.report.absences(),
            _ => Vec::new(),
        }
    }
}
