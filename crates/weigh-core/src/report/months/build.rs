//! From two bills to the report on them.

use rust_decimal::Decimal;

use super::words::{HOURS_OF_THE_LONGEST, Said, name};
use super::{
    MonthAmountReport, MonthChargeReasonReport, MonthChargeReport, MonthComparisonReport, MonthEndReport,
    MonthGroupReport, MonthRangesReport, MonthReasonReport, MonthReport, MonthTotalsReport,
};
use crate::bill::{Bill, Charge};
use crate::commitment::{CommitmentOutcome, Payment};
use crate::compare::{ChargeInTwoMonths, DeployedInTwoMonths, MonthChoice, MonthReason, TwoMonths, Verdict};
use crate::money::{dollars, number};
use crate::report::comparison::scenario_report;
use crate::report::{BookReport, GroupBy, MissingReport, NeedReport, PriceAgeReport, SCHEMA_VERSION};
use crate::scenario::Scenario;
use crate::time::Month;
use crate::units::Unit;

/// Builds the report on an option in two months.
///
/// ```
/// use weigh_core::catalog::Catalog;
/// use weigh_core::compare::{in_two_months, vocabulary};
/// use weigh_core::report::month_comparison_report;
/// use weigh_core::scenario::Scenario;
/// let files = weigh_prices::files();
/// let catalog = Catalog::open(&files).unwrap();
/// let words = vocabulary(&catalog, &weigh_prices::book());
/// let text = r#"
///     scenario = { name = "Shop", region = "us-east-1" }
///     traffic = { rate = "10_000/day" }
///     component = [{ name = "api", vcpu = 0.5, memory = "1 GiB", cpu_time = "50 ms", start_up_time = "1 s" }]
///     option = [{ platform = "lightsail" }]
/// "#;
/// let scenario = Scenario::parse(text, &words).unwrap();
/// let book = weigh_prices::book().open("us-east-1", None).unwrap();
/// let months = in_two_months(&scenario, &catalog, &book, "lightsail", "2026-02".parse().unwrap()).unwrap();
/// let report = month_comparison_report(&months);
/// // A node costs its monthly price in both.
/// assert_eq!(report.difference.as_deref(), Some("0"));
/// assert_eq!(report.reasons[0].reason, "monthly-cap");
/// ```
#[must_use]
pub fn month_comparison_report(months: &TwoMonths) -> MonthComparisonReport {
    let TwoMonths { stated, average, calendar, deployed, .. } = months;
    let said = Said::of(average.month(), calendar.month());
    let bills = deployed.as_ref().ok();
    let charges: &[ChargeInTwoMonths] = bills.map_or(&[], |deployed| deployed.charges.as_slice());
    let missing = match (deployed, &stated.option.verdict) {
        (Err(Verdict::Unpriced { missing, .. }), _) | (_, Verdict::Unpriced { missing, .. }) => {
            missing.as_slice()
        }
        _ => &[],
    };
    let failed = match &stated.option.verdict {
        Verdict::Rejected { needs, .. } => needs.as_slice(),
        _ => &[],
    };
    let used: Vec<&Charge> =
        charges.iter().flat_map(|both| both.average.iter().chain(&both.calendar)).collect();
    MonthComparisonReport {
        schema_version: SCHEMA_VERSION,
        kind: "month-comparison",
        book: BookReport::from(&months.book),
        prices: PriceAgeReport::of_charges(&used, months.as_of),
        scenario: scenario_report(&stated.scenario, months.as_of),
        option: months.name.clone(),
        platform: months.platform,
        status: status(stated),
        size: bills.map(|deployed| deployed.size.clone()),
        average: month(average, bills.map(|deployed| &deployed.average)),
        calendar: month(calendar, bills.map(|deployed| &deployed.calendar)),
        difference: bills.map(|deployed| text(difference(deployed))),
        reasons: reasons(charges, &said),
        charges: charges.iter().filter_map(|both| charge(both, &said)).collect(),
        grouped_by: None,
        groups: Vec::new(),
        totals: MonthTotalsReport::of(charges, &stated.scenario),
        findings: findings(months),
        failed_needs: failed.iter().map(NeedReport::from).collect(),
        missing_prices: missing.iter().map(MissingReport::from).collect(),
        ranges: None,
    }
}

fn text(amount: Decimal) -> String {
    amount.normalize().to_string()
}

fn difference(deployed: &DeployedInTwoMonths) -> Decimal {
    deployed.calendar.total() - deployed.average.total()
}

/// `ranked`, `rejected` or `unpriced`.
fn status(choice: &MonthChoice) -> &'static str {
    match choice.option.verdict {
        Verdict::Ranked(_) => "ranked",
        Verdict::Rejected { .. } => "rejected",
        Verdict::Unpriced { .. } | Verdict::NotExact(_) => "unpriced",
    }
}

/// The size that a month's own comparison chooses, and what it costs there.
fn chosen(choice: &MonthChoice) -> Option<(&str, Decimal)> {
    let evaluation = match &choice.option.verdict {
        Verdict::Ranked(ranked) => Some(&ranked.evaluation),
        Verdict::Rejected { nearest, .. } => nearest.as_deref(),
        Verdict::Unpriced { .. } | Verdict::NotExact(_) => None,
    };
    evaluation.map(|known| (known.size.as_str(), known.bill.total()))
}

fn month(choice: &MonthChoice, bill: Option<&Bill>) -> MonthReport {
    let chosen = chosen(choice);
    MonthReport {
        month: name(choice.month()),
        hours: choice.month().hours(),
        requests: text(choice.scenario.requests()),
        monthly_cost: bill.map(|bill| text(bill.total())),
        status: status(choice),
        chosen_size: chosen.map(|(size, _)| size.to_owned()),
        chosen_cost: chosen.map(|(_, cost)| text(cost)),
        recommended: choice.recommended.clone(),
    }
}

fn charge(both: &ChargeInTwoMonths, said: &Said) -> Option<MonthChargeReport> {
    let any = both.average.as_ref().or(both.calendar.as_ref())?;
    let reasons = both.reasons.iter().map(|(reason, amount)| MonthChargeReasonReport {
        reason: reason.id(),
        because: format!("{}: {}", Said::title(*reason), said.effect(*reason, both)),
        difference: text(*amount),
    });
    Some(MonthChargeReport {
        price_id: any.price_id.clone(),
        description: any.description.clone(),
        component: any.component.to_string(),
        environment: any.environment.to_string(),
        part: any.part.clone(),
        unit: any.unit.spelling(),
        average: both.average.as_ref().map(amount),
        calendar: both.calendar.as_ref().map(amount),
        difference: text(both.difference()),
        reasons: reasons.collect(),
    })
}

fn amount(charge: &Charge) -> MonthAmountReport {
    let factors = charge.factors.iter().map(|factor| format!("{} {}", number(factor.value, 6), factor.label));
    MonthAmountReport {
        formula: factors.collect::<Vec<_>>().join(" × "),
        metered: text(charge.metered),
        quantity: text(charge.quantity),
        rate: text(charge.rate),
        cost: text(charge.cost),
    }
}

/// The reasons that charges have, in the order of [`MonthReason::ALL`].
fn reasons(charges: &[ChargeInTwoMonths], said: &Said) -> Vec<MonthReasonReport> {
    let each = MonthReason::ALL.into_iter().filter_map(|reason| {
        let amount = |both: &ChargeInTwoMonths| -> Option<Decimal> {
            both.reasons.iter().find(|(known, _)| *known == reason).map(|(_, amount)| *amount)
        };
        let own: Vec<&ChargeInTwoMonths> = charges.iter().filter(|both| amount(both).is_some()).collect();
        (!own.is_empty()).then(|| MonthReasonReport {
            reason: reason.id(),
            title: Said::title(reason),
            meaning: said.meaning(reason, &own),
            charges: own.len(),
            difference: text(own.iter().filter_map(|both| amount(both)).sum()),
        })
    });
    each.collect()
}

impl MonthTotalsReport {
    fn of(charges: &[ChargeInTwoMonths], scenario: &Scenario) -> MonthTotalsReport {
        let [component, service, tag, environment] = GroupBy::ALL.map(|by| groups(charges, by, scenario));
        MonthTotalsReport { component, service, tag, environment }
    }

    /// The groups of one kind.
    #[must_use]
    pub fn by(&self, by: GroupBy) -> &[MonthGroupReport] {
        match by {
            GroupBy::Component => &self.component,
            GroupBy::Service => &self.service,
            GroupBy::Tag => &self.tag,
            GroupBy::Environment => &self.environment,
        }
    }
}

fn groups(charges: &[ChargeInTwoMonths], by: GroupBy, scenario: &Scenario) -> Vec<MonthGroupReport> {
    let mut groups: Vec<(Option<&str>, [Decimal; 2], Vec<usize>)> = Vec::new();
    for (place, both) in charges.iter().enumerate() {
        let Some(any) = both.average.as_ref().or(both.calendar.as_ref()) else { continue };
        let own = [&both.average, &both.calendar]
            .map(|charge| charge.as_ref().map_or(Decimal::ZERO, |each| each.cost));
        let name = by.of(any, scenario);
        match groups.iter_mut().find(|(known, ..)| *known == name) {
            Some((_, costs, places)) => {
                costs.iter_mut().zip(own).for_each(|(sum, cost)| *sum += cost);
                places.push(place);
            }
            None => groups.push((name, own, vec![place])),
        }
    }
    groups.sort_by_key(|(name, ..)| name.is_none());
    let report = groups.into_iter().map(|(name, [average, calendar], charges)| MonthGroupReport {
        name: name.unwrap_or(by.nobody()).to_owned(),
        average_cost: text(average),
        calendar_cost: text(calendar),
        difference: text(calendar - average),
        charges,
    });
    report.collect()
}

/// What a reader must know: which deployment it is, whether a month would choose another one, and what was put in the place
/// of the scenario's own month.
fn findings(months: &TwoMonths) -> Vec<String> {
    let TwoMonths { stated, average, calendar, deployed, .. } = months;
    let mut told = Vec::new();
    if let Ok(deployed) = deployed {
        let own = match stated.month() {
            Month::Average => "730 h, the month of the scenario".to_owned(),
            month => format!("{}, the month that the scenario states", name(month)),
        };
        told.push(format!(
            "Both months are billed for one deployment: {}, as it is chosen for {own}.",
            deployed.size
        ));
        let stands = [(average, &deployed.average), (calendar, &deployed.calendar)];
        for (choice, bill) in stands {
            told.extend(other_choice(choice, &deployed.size, bill));
        }
    }
    told.extend(deployed.iter().flat_map(|deployed| otherwise_on_the_invoice(&deployed.calendar, calendar)));
    if ![average.month(), calendar.month()].contains(&stated.month()) {
        told.push(format!(
            "The scenario states {}: 730 h and {} stand in its place here.",
            stated.month(),
            name(calendar.month())
        ));
    }
    if average.recommended != calendar.recommended {
        let leads =
            |choice: &MonthChoice| choice.recommended.clone().unwrap_or_else(|| "no option".to_owned());
        told.push(format!(
            "The month moves the recommendation: {} in 730 h, {} in {}.",
            leads(average),
            leads(calendar),
            name(calendar.month())
        ));
    }
    told
}

/// What an invoice of the month shows otherwise than the bill.
fn otherwise_on_the_invoice(bill: &Bill, calendar: &MonthChoice) -> Vec<String> {
    let mut told = Vec::new();
    let upfront = |outcome: &CommitmentOutcome| outcome.commitment.payment != Payment::NoUpfront;
    if bill.commitments().iter().any(upfront) {
        told.push(
            "What is paid upfront for commitments stands here spread over the hours of its term; the invoice of the month in which it is paid shows it whole, and no other one shows it."
                .to_owned(),
        );
    }
    let capped = bill.charges().iter().any(|charge| charge.unit == Unit::NodeMonths);
    if capped && calendar.month().hours() < HOURS_OF_THE_LONGEST {
        told.push(
            "Lightsail nodes stand here at their full monthly price; an invoice may show fewer hours, and never more than that price."
                .to_owned(),
        );
    }
    told
}

/// Says aloud that a month of its own would have chosen another deployment.
fn other_choice(choice: &MonthChoice, size: &str, bill: &Bill) -> Option<String> {
    let month = name(choice.month());
    match chosen(choice) {
        Some((other, cost)) if other != size => Some(format!(
            "A comparison of {month} alone would choose another size, {other} at {}; it does not stand here, where the size is {size} at {}.",
            dollars(cost),
            dollars(bill.total())
        )),
        Some(_) => None,
        None => Some(format!("A comparison of {month} alone would have no deployment of this option.")),
    }
}

impl MonthComparisonReport {
    /// The same with its charges in groups, each with its sums; what belongs to none stands last.
    #[must_use]
    pub fn grouped_by(self, by: GroupBy) -> MonthComparisonReport {
        MonthComparisonReport { grouped_by: Some(by.word()), groups: self.totals.by(by).to_vec(), ..self }
    }

    /// The same with what both months cost at the ends of the scenario's ranges.
    #[must_use]
    pub fn with_ends(self, low: &TwoMonths, high: &TwoMonths) -> MonthComparisonReport {
        let ranges = MonthRangesReport { low: MonthEndReport::of(low), high: MonthEndReport::of(high) };
        MonthComparisonReport { ranges: Some(ranges), ..self }
    }
}

impl MonthEndReport {
    fn of(months: &TwoMonths) -> MonthEndReport {
        let known = months.deployed.as_ref().ok();
        MonthEndReport {
            size: known.map(|deployed| deployed.size.clone()),
            average_cost: known.map(|deployed| text(deployed.average.total())),
            calendar_cost: known.map(|deployed| text(deployed.calendar.total())),
            difference: known.map(|deployed| text(difference(deployed))),
        }
    }
}
