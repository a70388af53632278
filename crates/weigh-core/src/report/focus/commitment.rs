//! What rows of FOCUS say of commitments: the fee spread over what it covers, and what of it is not used.

use rust_decimal::Decimal;

use crate::bill::{Bill, Charge, CommitmentLink, CommitmentRole};
use crate::commitment::{CommitmentKind, CommitmentOutcome};

/// Places of an effective cost and of what is used of a commitment, where a product has more: with them sums up to 100 million
/// end within the 28 digits of a decimal. Products of nine metered places and a published rate end before.
const PLACES: u32 = 20;

/// What a row says of the commitment that its charge belongs to.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct CommitmentDiscount {
    /// What tells it from other commitments, also from those of other options.
    pub(super) id: String,
    /// Its name: how much of what, for how long, paid how.
    pub(super) name: String,
    /// `Spend` for dollars an hour, `Usage` for reserved units.
    pub(super) category: &'static str,
    /// What AWS sells it as, such as `Savings Plan`.
    pub(super) kind: &'static str,
    /// Whether the row is the purchase, or what is used of it, or what is not.
    pub(super) status: Status,
    /// How much of it the row is about.
    pub(super) quantity: Decimal,
    /// What it is counted in.
    pub(super) unit: &'static str,
    /// What of the fee the row bears, in US dollars.
    pub(super) effective_cost: Decimal,
    /// US dollars for one metered unit without the commitment: on the list, and less the account's discount.
    pub(super) unit_prices: (Decimal, Decimal),
}

/// How a row belongs to a commitment.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Status {
    /// It is the fee.
    Purchase,
    /// It is use that the commitment covers.
    Used,
    /// It is what nothing used.
    Unused,
}

/// What the rows of a bill say of its commitments.
#[derive(Debug, Default)]
pub(super) struct Spread {
    /// For each charge, in their order; nothing for what belongs to no commitment.
    pub(super) of_charges: Vec<Option<CommitmentDiscount>>,
    /// A charge of nothing for what is not used of a commitment, or for what rounding leaves over of its fee.
    pub(super) unused: Vec<(Charge, CommitmentDiscount)>,
}

/// What is left of a commitment while its fee is spread.
struct Rest<'a> {
    outcome: &'a CommitmentOutcome,
    id: String,
    fee: &'a Charge,
    unit: &'static str,
    /// US dollars for one unit of the commitment.
    unit_cost: Decimal,
    quantity: Decimal,
    cost: Decimal,
}

impl<'a> Rest<'a> {
    /// Everything of a commitment: reserved hours at their rate, or the dollars of a plan at one dollar each.
    fn of(outcome: &'a CommitmentOutcome, id: String, fee: &'a Charge) -> Rest<'a> {
        let (unit, unit_cost, quantity) = match outcome.commitment.hourly() {
            Some(_) => ("USD", Decimal::ONE, fee.cost),
            None => (fee.unit.spelling_in_focus(), fee.rate, fee.quantity),
        };
        Rest { outcome, id, fee, unit, unit_cost, quantity, cost: fee.cost }
    }

    /// Takes so much of it for use that it covers, and never more than is left: covered amounts are rounded to nine places, and
    /// may need a little more than there is. The last of them then bears that much less.
    fn take(&mut self, asked: Decimal) -> (Decimal, Decimal) {
        let quantity = ending(asked).min(self.quantity);
        let cost = ending(quantity * self.unit_cost).min(self.cost);
        self.quantity -= quantity;
        self.cost -= cost;
        (quantity, cost)
    }

    fn discount(&self, status: Status, quantity: Decimal, cost: Decimal) -> CommitmentDiscount {
        let commitment = &self.outcome.commitment;
        let (category, kind) = match &commitment.kind {
            CommitmentKind::ReservedInstance { .. } => ("Usage", "Reserved Instance"),
            CommitmentKind::ReservedDatabase { .. } => ("Usage", "Reserved DB Instance"),
            CommitmentKind::ReservedCacheNode { .. } => ("Usage", "Reserved Node"),
            CommitmentKind::ComputeSavingsPlan { .. } => ("Spend", "Savings Plan"),
        };
        CommitmentDiscount {
            id: self.id.clone(),
            name: commitment.to_string(),
            category,
            kind,
            status,
            quantity,
            unit: self.unit,
            effective_cost: cost,
            unit_prices: (Decimal::ZERO, Decimal::ZERO),
        }
    }

    /// What is left of it, as a charge of nothing; nothing where all is spread.
    fn unused(&self) -> Option<(Charge, CommitmentDiscount)> {
        if self.quantity.is_zero() && self.cost.is_zero() {
            return None;
        }
        let rounding = self.outcome.unused().round_dp(9).is_zero();
        let part = if rounding { "unused by rounding" } else { "unused" };
        let zero = Decimal::ZERO;
        let charge = Charge {
            part: part.to_owned(),
            quantity: self.quantity,
            list_rate: zero,
            rate: zero,
            cost: zero,
            ..self.fee.clone()
        };
        Some((charge, self.discount(Status::Unused, self.quantity, self.cost)))
    }
}

/// Spreads the fees of a bill's commitments over what they cover. By commitment, what the rows bear adds up to its fee exactly.
pub(super) fn spread(bill: &Bill, option: &str) -> Spread {
    let mut rests = rests(bill, option);
    let of_charges = bill.charges().iter().map(|charge| {
        let CommitmentLink { place, role } = charge.commitment?;
        let rest = rests.get_mut(place)?.as_mut()?;
        Some(match role {
            CommitmentRole::Fee => {
                let whole = Rest::of(rest.outcome, String::new(), charge).quantity;
                let unit_prices = (charge.list_rate, charge.rate);
                CommitmentDiscount { unit_prices, ..rest.discount(Status::Purchase, whole, Decimal::ZERO) }
            }
            CommitmentRole::Covered { each, list_rate, on_demand_rate } => {
                let (quantity, cost) = rest.take(charge.quantity * each);
                let unit_prices = (list_rate, on_demand_rate);
                CommitmentDiscount { unit_prices, ..rest.discount(Status::Used, quantity, cost) }
            }
        })
    });
    let of_charges = of_charges.collect();
    Spread { of_charges, unused: rests.iter().flatten().filter_map(Rest::unused).collect() }
}

/// The commitments of a bill, of which nothing is used yet; nothing for one without a fee.
fn rests<'a>(bill: &'a Bill, option: &str) -> Vec<Option<Rest<'a>>> {
    let mut rests: Vec<Option<Rest<'a>>> = Vec::new();
    for (place, outcome) in bill.commitments().iter().enumerate() {
        let link = Some(CommitmentLink { place, role: CommitmentRole::Fee });
        let mut fees = bill.charges().iter().filter(|charge| charge.commitment == link);
        let rest = fees.next().map(|fee| {
            let alike = rests.iter().flatten().filter(|known| known.fee.price_id == fee.price_id).count();
            let number = if alike == 0 { String::new() } else { format!("/{}", alike + 1) };
            let mut rest = Rest::of(outcome, format!("{option}/{}{number}", fee.price_id), fee);
            for more in fees {
                let whole = Rest::of(outcome, String::new(), more);
                rest.quantity += whole.quantity;
                rest.cost += whole.cost;
            }
            rest
        });
        rests.push(rest);
    }
    rests
}

/// A product to as many places as sums of it can keep.
fn ending(product: Decimal) -> Decimal {
    product.round_dp(PLACES).normalize()
}
