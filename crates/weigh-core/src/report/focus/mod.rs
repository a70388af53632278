//! A bill as rows of FOCUS, the open specification of cost and usage data, for whatever reads bills.

mod commitment;

use rust_decimal::Decimal;
use serde_json::json;

use super::Sheet;
use super::groups::tag_of;
use super::service_names::ServiceName;
use crate::bill::Charge;
use crate::catalog::Catalog;
use crate::compare::{Compared, Comparison, Verdict};
use crate::evaluate::Evaluation;
use crate::scenario::Scenario;
use crate::time::{Date, Month};
use commitment::{CommitmentDiscount, Spread, Status, spread};

/// The account that rows of FOCUS are billed to. An estimate has none, and says so unless the user names one.
///
/// ```
/// use weigh_core::report::FocusAccount;
/// assert_eq!(FocusAccount::default().id, "estimate");
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct FocusAccount<'a> {
    /// Its id (FOCUS: `BillingAccountId`).
    pub id: &'a str,
    /// The file of the scenario, where rows of several stand together: it begins every id that the rows make up, so that no two
    /// scenarios share one, and has a column of its own.
    pub file: Option<&'a str>,
}

impl Default for FocusAccount<'_> {
    fn default() -> Self {
        FocusAccount { id: "estimate", file: None }
    }
}

impl FocusAccount<'_> {
    /// What an id of the rows begins with.
    fn before(&self, id: &str) -> String {
        self.file.map_or_else(|| id.to_owned(), |file| format!("{file}/{id}"))
    }
}

/// Why an option has no rows.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FocusRefused {
    /// The option.
    pub option: String,
    /// The prices that it lacks, the needs that it fails, or what can't be billed; a sentence each.
    pub reasons: Vec<String>,
}

/// Days, from the first one to the one after the last.
#[derive(Clone, Copy)]
struct Period {
    first: Date,
    after: Date,
}

/// The days of a part of a month; nothing for whole months.
fn days_that_count(month: Month) -> Option<Period> {
    match month {
        Month::Average | Month::Calendar { .. } => None,
        Month::Partial { year, month, first, last } => {
            let (first, last) = (Date::new(year, month, first)?, Date::new(year, month, last)?);
            let after = Date::new(year, month, last.day() + 1).or(last.first_of_next_month())?;
            Some(Period { first, after })
        }
    }
}

/// Everything that a row is made of.
struct Row<'a> {
    charge: &'a Charge,
    option: &'a Compared,
    scenario: &'a Scenario,
    catalog: &'a Catalog,
    account: FocusAccount<'a>,
    whole: Period,
    charged: Period,
    service: ServiceName<'a>,
    commitment: Option<&'a CommitmentDiscount>,
}

type Column = (&'static str, fn(&Row<'_>) -> String);

/// The columns that only rows of several scenarios have, behind the others of `weigh`'s own.
const AMONG_SEVERAL: &[Column] = &[
    ("x_ScenarioFile", |row| row.account.file.unwrap_or_default().to_owned()),
    ("x_ScenarioName", |row| row.scenario.header.name.clone()),
];

/// The columns in the order of the alphabet, and what each holds.
const COLUMNS: &[Column] = &[
    ("BilledCost", |row| exact(row.charge.cost)),
    ("BillingAccountId", |row| row.account.id.to_owned()),
    ("BillingAccountName", |_| "Estimate".to_owned()),
    ("BillingAccountType", |_| "Estimate".to_owned()),
    ("BillingCurrency", |_| USD.to_owned()),
    ("BillingPeriodEnd", |row| midnight(row.whole.after)),
    ("BillingPeriodStart", |row| midnight(row.whole.first)),
    ("ChargeCategory", |row| row.category().to_owned()),
    ("ChargeClass", nothing),
    ("ChargeDescription", |row| row.description()),
    ("ChargeFrequency", |row| row.frequency().to_owned()),
    ("ChargePeriodEnd", |row| midnight(row.charged.after)),
    ("ChargePeriodStart", |row| midnight(row.charged.first)),
    ("CommitmentDiscountCategory", |row| row.committed(|of| of.category.to_owned())),
    ("CommitmentDiscountId", |row| row.committed(|of| row.account.before(&of.id))),
    ("CommitmentDiscountName", |row| row.committed(|of| of.name.clone())),
    ("CommitmentDiscountQuantity", |row| row.committed(|of| exact(of.quantity))),
    ("CommitmentDiscountStatus", |row| row.committed(|of| commitment_status(of.status).to_owned())),
    ("CommitmentDiscountType", |row| row.committed(|of| of.kind.to_owned())),
    ("CommitmentDiscountUnit", |row| row.committed(|of| of.unit.to_owned())),
    ("ConsumedQuantity", |row| row.consumed(exact(row.charge.quantity))),
    ("ConsumedUnit", |row| row.consumed(row.unit())),
    ("ContractedCost", |row| exact(row.unit_prices().1 * row.charge.quantity)),
    ("ContractedUnitPrice", |row| exact(row.unit_prices().1)),
    ("EffectiveCost", |row| exact(row.effective_cost())),
    ("InvoiceId", nothing),
    ("InvoiceIssuerName", |row| row.service.provider.to_owned()),
    ("ListCost", |row| exact(row.unit_prices().0 * row.charge.quantity)),
    ("ListUnitPrice", |row| exact(row.unit_prices().0)),
    ("PricingCategory", |row| row.pricing().to_owned()),
    ("PricingCurrency", |_| USD.to_owned()),
    ("PricingCurrencyContractedUnitPrice", |row| exact(row.unit_prices().1)),
    ("PricingCurrencyEffectiveCost", |row| exact(row.effective_cost())),
    ("PricingCurrencyListUnitPrice", |row| exact(row.unit_prices().0)),
    ("PricingQuantity", |row| exact(row.charge.quantity)),
    ("PricingUnit", |row| row.unit()),
    ("ProviderName", |row| row.service.provider.to_owned()),
    ("PublisherName", |row| row.service.provider.to_owned()),
    ("RegionId", |row| row.region().to_owned()),
    ("RegionName", |row| row.region_name()),
    ("ResourceId", |row| row.resource().map_or(String::new(), |(name, _)| row.path(name))),
    ("ResourceName", |row| row.resource().map_or(String::new(), |(name, _)| name.to_owned())),
    ("ResourceType", |row| row.resource().map_or(String::new(), |(_, kind)| kind.to_owned())),
    ("ServiceCategory", |row| row.service.category.to_owned()),
    ("ServiceName", |row| row.service.name.to_owned()),
    ("ServiceSubcategory", |row| row.service.subcategory.to_owned()),
    ("SkuId", |row| row.charge.price_id.clone()),
    ("SkuMeter", |row| row.charge.price_id.split('/').nth(1).unwrap_or(&row.charge.price_id).to_owned()),
    ("SkuPriceDetails", nothing),
    ("SkuPriceId", |row| row.with_part(&row.charge.price_id)),
    ("SubAccountId", |row| format!("{}/{}", row.account.id, row.account.before(&row.option.name))),
    ("SubAccountName", |row| row.sub_account()),
    ("SubAccountType", |_| "Option".to_owned()),
    ("Tags", |row| row.tags()),
    ("x_PriceMark", |row| row.charge.provenance.standing.word().to_owned()),
    ("x_PriceSeen", |row| row.charge.provenance.seen.to_string()),
    ("x_PriceSource", |row| row.catalog.source_title(&row.charge.provenance.source).to_owned()),
    ("x_Status", |row| status(row.option).to_owned()),
];

const USD: &str = "USD";

fn nothing(_: &Row<'_>) -> String {
    String::new()
}

/// A decimal as FOCUS writes it: all digits, no exponent, no separators.
fn exact(value: Decimal) -> String {
    value.normalize().to_string()
}

/// The beginning of a day, in UTC.
fn midnight(day: Date) -> String {
    format!("{day}T00:00:00Z")
}

fn status(option: &Compared) -> &'static str {
    match option.verdict {
        Verdict::Ranked(_) => "ranked",
        Verdict::Rejected { .. } => "rejected",
        Verdict::Unpriced { .. } | Verdict::NotExact(_) => "unpriced",
    }
}

/// What FOCUS calls it; a purchase has none.
fn commitment_status(status: Status) -> &'static str {
    match status {
        Status::Purchase => "",
        Status::Used => "Used",
        Status::Unused => "Unused",
    }
}

impl Row<'_> {
    fn status(&self) -> Option<Status> {
        self.commitment.map(|of| of.status)
    }

    fn category(&self) -> &'static str {
        if self.status() == Some(Status::Purchase) { "Purchase" } else { "Usage" }
    }

    fn frequency(&self) -> &'static str {
        if self.status() == Some(Status::Purchase) { "Recurring" } else { "Usage-Based" }
    }

    fn pricing(&self) -> &'static str {
        match self.status() {
            Some(Status::Used | Status::Unused) => "Committed",
            _ if self.is_spot() => "Dynamic",
            _ => "Standard",
        }
    }

    fn committed(&self, say: impl FnOnce(&CommitmentDiscount) -> String) -> String {
        self.commitment.map(say).unwrap_or_default()
    }

    /// What is consumed; a purchase and what nothing uses consume nothing.
    fn consumed(&self, what: String) -> String {
        match self.status() {
            Some(Status::Purchase | Status::Unused) => String::new(),
            Some(Status::Used) | None => what,
        }
    }

    /// What the charge bears of the month: its cost, or its part of a commitment's fee.
    fn effective_cost(&self) -> Decimal {
        self.commitment.map_or(self.charge.cost, |of| of.effective_cost)
    }

    /// US dollars for one unit on the list, and less the account's discount: both before what commitments take off.
    fn unit_prices(&self) -> (Decimal, Decimal) {
        self.commitment.map_or((self.charge.list_rate, self.charge.rate), |of| of.unit_prices)
    }

    /// The unit of the amount; what is not used of a commitment is counted as the commitment is.
    fn unit(&self) -> String {
        let unused = self.commitment.filter(|of| of.status == Status::Unused);
        unused.map_or(self.charge.unit.spelling_in_focus(), |of| of.unit).to_owned()
    }

    fn is_spot(&self) -> bool {
        self.charge.price_id.split('/').next().is_some_and(|service| service.ends_with("-spot"))
    }

    /// A text with the part of the metered line that the charge is, where it is only a part.
    fn with_part(&self, text: &str) -> String {
        match self.charge.part.as_str() {
            "" => text.to_owned(),
            part => format!("{text} ({part})"),
        }
    }

    fn description(&self) -> String {
        self.with_part(&self.charge.description)
    }

    fn region(&self) -> &str {
        if self.service.regional { &self.scenario.header.region } else { "" }
    }

    /// The name of the region; where the data has none, its id.
    fn region_name(&self) -> String {
        match self.catalog.region_name(self.region()) {
            "" => self.region().to_owned(),
            name => name.to_owned(),
        }
    }

    /// What the charge is for: a component, or a supporting service that all share.
    fn resource(&self) -> Option<(&str, &'static str)> {
        match (&*self.charge.component, &self.charge.reason) {
            ("", None) => None,
            ("", Some(reason)) => Some((reason.service, "Supporting service")),
            (component, _) => Some((component, "Component")),
        }
    }

    /// Where something of the option is to be found: `fargate/staging/api`, without the environment where there is one.
    fn path(&self, name: &str) -> String {
        match &*self.charge.environment {
            "" => self.account.before(&format!("{}/{name}", self.option.name)),
            environment => self.account.before(&format!("{}/{environment}/{name}", self.option.name)),
        }
    }

    /// The option; among several scenarios with the name of its own before it.
    fn sub_account(&self) -> String {
        match self.account.file {
            Some(_) => format!("{}: {}", self.scenario.header.name, self.option.name),
            None => self.option.name.clone(),
        }
    }

    /// What the scenario knows the charge by, as one JSON object.
    fn tags(&self) -> String {
        let mut tags = json!({ "scenario": self.scenario.header.name, "option": self.option.name });
        let supporting = self.charge.reason.as_ref().map(|reason| reason.service);
        let component = Some(&*self.charge.component).filter(|name| !name.is_empty());
        let tag = tag_of(self.charge, self.scenario);
        let environment = Some(&*self.charge.environment).filter(|name| !name.is_empty());
        let known = [
            ("environment", environment),
            ("component", component),
            ("supporting", supporting),
            ("tag", tag),
        ];
        for (key, value) in known {
            if let Some(value) = value {
                tags[key] = json!(value);
            }
        }
        tags.to_string()
    }
}

/// The bills of options of a comparison as rows of FOCUS 1.2, one for each charge, in the order of the options.
///
/// Costs are US dollars and exact; the sum of `BilledCost` over an option is its bill, and so is that of `EffectiveCost`, which
/// spreads the fee of a commitment over what it covers. What is not used of one is a row of its own behind the charges. The billing period is the scenario's
/// calendar month; for the month of 730 hours, which no calendar has, it is the month of the day whose prices are used.
///
/// The rows of several scenarios may stand below each other where the account names the file of each.
///
/// # Errors
/// The first option without a bill.
///
/// ```
/// use weigh_core::catalog::Catalog;
/// use weigh_core::compare::{compare, vocabulary};
/// use weigh_core::report::{FocusAccount, focus_sheet};
/// use weigh_core::scenario::Scenario;
/// let files = weigh_prices::files();
/// let catalog = Catalog::open(&files).unwrap();
/// let words = vocabulary(&catalog, &weigh_prices::book());
/// let text = r#"
///     scenario = { name = "Shop", region = "us-east-1", month = "2026-02" }
///     traffic = { rate = "300_000/month" }
///     component = [{ name = "api", vcpu = 0.5, memory = "1 GiB", cpu_time = "50 ms", start_up_time = "1 s" }]
///     option = [{ platform = "fargate", tasks = 2 }]
/// "#;
/// let scenario = Scenario::parse(text, &words).unwrap();
/// let book = weigh_prices::book().open("us-east-1", None).unwrap();
/// let comparison = compare(&scenario, &catalog, &book).unwrap();
/// let options: Vec<_> = comparison.options.iter().collect();
/// let sheet = focus_sheet(&scenario, &catalog, &comparison, &options, FocusAccount::default()).unwrap();
/// let of = |name: &str| sheet.columns.iter().position(|column| *column == name).unwrap();
/// let first = &sheet.rows[0];
/// assert_eq!(first[of("BillingPeriodEnd")], "2026-03-01T00:00:00Z");
/// assert_eq!(first[of("ServiceName")], "Amazon Elastic Container Service");
/// assert_eq!((first[of("PricingQuantity")].as_str(), first[of("PricingUnit")].as_str()), ("672", "vCPU-Hours"));
/// ```
pub fn focus_sheet(
    scenario: &Scenario,
    catalog: &Catalog,
    comparison: &Comparison,
    options: &[&Compared],
    account: FocusAccount<'_>,
) -> Result<Sheet, FocusRefused> {
    let whole = scenario.header.month.whole().first_day().unwrap_or(comparison.as_of).first_of_month();
    let whole = Period { first: whole, after: whole.first_of_next_month().unwrap_or(whole) };
    let charged = days_that_count(scenario.header.month).unwrap_or(whole);
    let columns = || COLUMNS.iter().chain(account.file.iter().flat_map(|_| AMONG_SEVERAL));
    let mut rows = Vec::new();
    for &option in options {
        let bill = &evaluation(option)?.bill;
        let Spread { of_charges, unused } = spread(bill, &option.name);
        let charged_rows = bill.charges().iter().zip(of_charges.iter().map(Option::as_ref));
        let unused_rows = unused.iter().map(|(charge, of)| (charge, Some(of)));
        for (charge, commitment) in charged_rows.chain(unused_rows) {
            let service = ServiceName::of(&charge.price_id);
            let row = Row { charge, option, scenario, catalog, account, whole, charged, service, commitment };
            rows.push(columns().map(|(_, value)| value(&row)).collect());
        }
    }
    Ok(Sheet { columns: columns().map(|(name, _)| *name).collect(), rows })
}

/// What became of an option that has a bill.
fn evaluation(option: &Compared) -> Result<&Evaluation, FocusRefused> {
    let reasons = match &option.verdict {
        Verdict::Ranked(ranked) => return Ok(&ranked.evaluation),
        Verdict::Rejected { nearest: Some(nearest), .. } => return Ok(nearest),
        Verdict::Rejected { needs, .. } => {
            needs.iter().map(|need| super::NeedReport::from(need).sentence()).collect()
        }
        Verdict::Unpriced { missing, .. } => missing.iter().map(ToString::to_string).collect(),
        Verdict::NotExact(why) => vec![why.clone()],
    };
    Err(FocusRefused { option: option.name.clone(), reasons })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_columns_are_in_the_order_of_the_alphabet_and_unlike() {
        assert!(COLUMNS.is_sorted_by(|one, next| one.0 < next.0));
    }
}
