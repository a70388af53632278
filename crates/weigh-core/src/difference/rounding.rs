//! Figures to the cent that add up to a sum to the cent.

use rust_decimal::{Decimal, RoundingStrategy};

/// An amount to the cent, half away from zero, as money is written.
fn cents(amount: Decimal) -> Decimal {
    amount.round_dp_with_strategy(2, RoundingStrategy::MidpointAwayFromZero)
}

/// The change between two amounts as a reader sees it who takes one shown figure from the other.
///
/// ```
/// use weigh_core::difference::shown_change;
/// let usd = |text: &str| text.parse::<rust_decimal::Decimal>().unwrap();
/// // $10.00 and $10.02 are shown, though it grew by $0.012 only.
/// assert_eq!(shown_change(usd("10.004"), usd("10.016")), usd("0.02"));
/// ```
#[must_use]
pub fn shown_change(before: Decimal, after: Decimal) -> Decimal {
    cents(after).saturating_sub(cents(before))
}

/// Amounts to the cent that add up to a sum to the cent, by the method of the largest remainder: all are rounded down, and
/// the cents that are then missing go to those that lost most. An amount of 0 stays 0.
///
/// ```
/// use weigh_core::difference::to_the_cent;
/// let usd = |text: &str| text.parse::<rust_decimal::Decimal>().unwrap();
/// let shown = to_the_cent(&[usd("0.334"), usd("0.333"), usd("0.333")], usd("1.00"));
/// assert_eq!(shown, [usd("0.34"), usd("0.33"), usd("0.33")]);
/// ```
#[must_use]
pub fn to_the_cent(amounts: &[Decimal], sum: Decimal) -> Vec<Decimal> {
    let down = |amount: &Decimal| amount.round_dp_with_strategy(2, RoundingStrategy::ToNegativeInfinity);
    let mut shown: Vec<Decimal> = amounts.iter().map(down).collect();
    let known = shown.iter().fold(Decimal::ZERO, |sum, each| sum.saturating_add(*each));
    let mut missing = sum.saturating_sub(known);
    let mut places: Vec<usize> = (0..amounts.len()).filter(|place| !amounts[*place].is_zero()).collect();
    places.sort_by_key(|place| std::cmp::Reverse(amounts[*place].saturating_sub(shown[*place])));
    let cent = Decimal::new(1, 2);
    for place in places {
        if missing < cent {
            break;
        }
        shown[place] = shown[place].saturating_add(cent);
        missing = missing.saturating_sub(cent);
    }
    shown
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn what_is_shown_adds_up_and_is_a_cent_off_at_most(
            before in 0_i64..1_000_000_000,
            parts in proptest::collection::vec(-100_000_000_i64..100_000_000, 1..8),
        ) {
            let places = 6;
            let before = Decimal::new(before, places);
            let parts: Vec<Decimal> = parts.into_iter().map(|part| Decimal::new(part, places)).collect();
            let after = before + parts.iter().sum::<Decimal>();
            prop_assume!(after >= Decimal::ZERO);
            let change = shown_change(before, after);
            let shown = to_the_cent(&parts, change);
            prop_assert_eq!(shown.iter().sum::<Decimal>(), change);
            for (part, shown) in parts.iter().zip(shown) {
                prop_assert!((part - shown).abs() < Decimal::new(1, 2), "{} as {}", part, shown);
            }
        }
    }
}
