//! One step, charge by charge: how the bill of a state became that of the next.

use std::collections::BTreeMap;

use rust_decimal::Decimal;

use super::effects::{Driver, Drivers, EffectKind, Effects};
use super::mark::Mark;
use crate::commitment::is_stated_fee;
use crate::snapshot::ChargeSnapshot;

/// What tells charges of an option apart: component, environment, price id, part, commitment.
pub(super) type Key = (String, String, String, String, Option<String>);

/// The metered line of a charge: component, environment, price id.
type Line<'a> = (&'a str, &'a str, &'a str);

/// A charge before and after, matched by its key.
type Pair<'a> = (Option<&'a ChargeSnapshot>, Option<&'a ChargeSnapshot>);

/// A charge with what moved it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ChargeDifference {
    /// The tariff.
    pub price_id: String,
    /// The component or stated service that it is for; empty for what all share.
    pub component: String,
    /// The environment that it is in; empty where there is only one.
    pub environment: String,
    /// Which part of the metered line it is, such as a tier; empty when the line is one charge.
    pub part: String,
    /// `fee` or `covered` where a commitment pays for it.
    pub commitment: Option<String>,
    /// What it was; nothing where it is new.
    pub before: Option<ChargeSnapshot>,
    /// What it is; nothing where it is gone. Where both are nothing, it stands between the steps of the path only.
    pub after: Option<ChargeSnapshot>,
    /// US dollars a month that it costs more, exactly the sum of the effects.
    pub change: Decimal,
    /// What the change is made of.
    pub effects: Effects,
    /// Whether the same metered line is charged in another tier or part on the side where this charge is not.
    pub other_part: bool,
}

impl ChargeDifference {
    /// Whether it is new, gone or another; the same where it stands between the steps of the path only.
    #[must_use]
    pub fn mark(&self) -> Mark {
        Mark::of(self.before.as_ref(), self.after.as_ref())
    }
}

pub(super) fn owned(charge: &ChargeSnapshot) -> Key {
    let (component, environment, price_id, part, commitment) = charge.key();
    let [component, environment, price_id, part] =
        [component, environment, price_id, part].map(str::to_owned);
    (component, environment, price_id, part, commitment.map(str::to_owned))
}

fn line(charge: &ChargeSnapshot) -> Line<'_> {
    (&charge.component, &charge.environment, &charge.price_id)
}

/// The charges of two bills, matched.
pub(super) fn matched<'a>(
    before: &'a [ChargeSnapshot],
    after: &'a [ChargeSnapshot],
) -> BTreeMap<Key, Pair<'a>> {
    let mut pairs: BTreeMap<Key, Pair<'a>> = BTreeMap::new();
    for charge in before {
        pairs.entry(owned(charge)).or_default().0 = Some(charge);
    }
    for charge in after {
        pairs.entry(owned(charge)).or_default().1 = Some(charge);
    }
    pairs
}

/// The exact sum of charges, in US dollars.
pub(super) fn sum(charges: &[ChargeSnapshot]) -> Decimal {
    charges.iter().fold(Decimal::ZERO, |sum, charge| sum.saturating_add(charge.cost)).normalize()
}

/// What each charge did in a step; each charge's effects add up to its change exactly.
pub(super) fn step(
    before: &[ChargeSnapshot],
    after: &[ChargeSnapshot],
    drivers: &Drivers,
) -> BTreeMap<Key, Effects> {
    let pairs = matched(before, after);
    let mut moved: BTreeMap<Key, Moved> =
        pairs.iter().map(|(key, pair)| (key.clone(), Moved::of(*pair))).collect();
    for (line, taken) in taken_off_demand(before, after) {
        share_out(&mut moved, &pairs, line, taken);
    }
    moved
        .into_iter()
        .map(|(key, moved)| (key, moved.effects(drivers)))
        .filter(|(_, effects)| !effects.is_empty())
        .collect()
}

/// What a charge did in a step, before it is known what drove it.
struct Moved {
    /// What another rate comes to on the old quantity.
    price: Decimal,
    /// Whether it is a commitment's, and whether its rate is what the scenario commits to.
    committed: bool,
    stated: bool,
    /// The change of the quantity, and the rate at which it counts: the new one, or the old one of what is gone.
    quantity: Decimal,
    rate: Decimal,
    /// What the change of the quantity comes to, less what commitments took.
    rest: Decimal,
    rest_kind: EffectKind,
    commitment: Decimal,
    interaction: Decimal,
}

impl Moved {
    fn of(pair: Pair<'_>) -> Moved {
        let any = pair.0.or(pair.1);
        let committed = any.is_some_and(|charge| charge.commitment.is_some());
        let kind = |kind| if committed { EffectKind::Commitment } else { kind };
        let still = Moved {
            price: Decimal::ZERO,
            committed,
            stated: any.is_some_and(|charge| is_stated_fee(&charge.price_id)),
            quantity: Decimal::ZERO,
            rate: Decimal::ZERO,
            rest: Decimal::ZERO,
            rest_kind: kind(EffectKind::Structure),
            commitment: Decimal::ZERO,
            interaction: Decimal::ZERO,
        };
        match pair {
            (Some(was), Some(is)) if was.unit == is.unit => {
                let (quantity, rate) = (less(is.quantity, was.quantity), less(is.rate, was.rate));
                let price = times(was.quantity, rate);
                let rest = less(less(is.cost, was.cost), price);
                let interaction = times(quantity, rate);
                let rest_kind = kind(EffectKind::Quantity);
                Moved { price, quantity, rate: is.rate, rest, rest_kind, interaction, ..still }
            }
            // Amounts in different units have no difference.
            (Some(was), Some(is)) => Moved { rest: less(is.cost, was.cost), ..still },
            (Some(was), None) => Moved { quantity: -was.quantity, rate: was.rate, rest: -was.cost, ..still },
            (None, Some(is)) => Moved { quantity: is.quantity, rate: is.rate, rest: is.cost, ..still },
            (None, None) => still,
        }
    }

    /// Puts so much of the change of the quantity down to a commitment.
    fn take(&mut self, quantity: Decimal) {
        let amount = times(quantity, self.rate);
        self.commitment = self.commitment.saturating_add(amount);
        self.rest = less(self.rest, amount);
    }

    fn effects(self, drivers: &Drivers) -> Effects {
        let mut effects = Effects::default();
        let said = matches!(drivers.of_kind(EffectKind::Price), Driver::Traffic | Driver::Scenario);
        // No price moved a fee at the rate that the scenario says.
        let of_rate = match self.stated || (self.committed && said) {
            true => EffectKind::Commitment,
            false => EffectKind::Price,
        };
        if of_rate == EffectKind::Price {
            effects.interaction = self.interaction.normalize();
        }
        let parts =
            [(of_rate, self.price), (self.rest_kind, self.rest), (EffectKind::Commitment, self.commitment)];
        for (kind, amount) in parts {
            effects.add(kind, drivers.of_kind(kind), amount);
        }
        effects
    }
}

/// How much of each line commitments took off the rates on demand in a step, below 0; or gave back, above 0.
fn taken_off_demand<'a>(
    before: &'a [ChargeSnapshot],
    after: &'a [ChargeSnapshot],
) -> BTreeMap<Line<'a>, Decimal> {
    let mut taken: BTreeMap<Line<'a>, Decimal> = BTreeMap::new();
    let covered = |charge: &&ChargeSnapshot| charge.commitment.as_deref() == Some("covered");
    for charge in before.iter().filter(covered) {
        let known = taken.entry(line(charge)).or_default();
        *known = known.saturating_add(charge.quantity);
    }
    for charge in after.iter().filter(covered) {
        let known = taken.entry(line(charge)).or_default();
        *known = less(*known, charge.quantity);
    }
    taken.retain(|_, quantity| !quantity.is_zero());
    taken
}

/// Puts what commitments took of a line down to them: at the charges that moved most first, as far as they moved that way, and
/// what is left at the first of them. Where a line stays on a side, if only covered, its charges moved in quantity alone.
fn share_out(
    moved: &mut BTreeMap<Key, Moved>,
    pairs: &BTreeMap<Key, Pair<'_>>,
    of: Line<'_>,
    taken: Decimal,
) {
    let all = pairs.iter().filter(|(_, pair)| pair.0.or(pair.1).is_some_and(|charge| line(charge) == of));
    let (on_demand, covered): (Vec<_>, Vec<_>) = all.partition(|(key, _)| key.4.is_none());
    let sides = |of: &[(&Key, &Pair<'_>)]| {
        (of.iter().any(|(_, pair)| pair.0.is_some()), of.iter().any(|(_, pair)| pair.1.is_some()))
    };
    let ((was, is), (was_covered, is_covered)) = (sides(&on_demand), sides(&covered));
    if !((was || was_covered) && (is || is_covered)) {
        // The whole line came or went, and its commitment with it.
        return;
    }
    let mut keys: Vec<&Key> = on_demand.into_iter().map(|(key, _)| key).collect();
    keys.sort_by_key(|key| std::cmp::Reverse(moved.get(*key).map(|each| each.quantity.abs())));
    let mut left = taken;
    for key in &keys {
        let Some(each) = moved.get_mut(*key) else { continue };
        if was != is && each.rest_kind == EffectKind::Structure {
            each.rest_kind = EffectKind::Quantity;
        }
        if each.quantity.is_sign_negative() == left.is_sign_negative() {
            let part = if left.abs() < each.quantity.abs() { left } else { each.quantity };
            each.take(part);
            left = less(left, part);
        }
    }
    if let Some(first) = keys.first().and_then(|key| moved.get_mut(*key)) {
        first.take(left);
    }
}

fn less(from: Decimal, what: Decimal) -> Decimal {
    from.saturating_sub(what)
}

/// A product; what no decimal can hold is left to the rest, which is the change less this.
fn times(quantity: Decimal, rate: Decimal) -> Decimal {
    quantity.checked_mul(rate).unwrap_or_default()
}
