//! Tolerances together: whether any of them lets a drift pass.

use rust_decimal::Decimal;

use crate::measure::Change;
use crate::scenario::Tolerance;

/// How far figures may drift from a snapshot: each tolerance lets pass what it says, and one is enough.
///
/// ```
/// use weigh_core::policy::Tolerances;
/// use weigh_core::scenario::ProjectPolicies;
/// let text = "[[tolerance]]\nprice_id = \"fargate/*\"\npercent = 1\ndollars = \"0.50\"\n";
/// let tolerances = Tolerances::of(&ProjectPolicies::read("weigh.toml", text).unwrap().tolerances);
/// let allow = |price_id, after: &str| tolerances.allow("shop.toml", price_id, 40.into(), after.parse().unwrap());
/// assert!(allow(Some("fargate/vcpu-hours/linux-x86"), "40.40"));
/// // Within half a dollar, and more than 1 %: both are stated, and both must hold.
/// assert!(!allow(Some("fargate/vcpu-hours/linux-x86"), "40.45"));
/// // Another price, and a total, which is at no price.
/// assert!(!allow(Some("lambda/requests"), "40.40") && !allow(None, "40.40"));
/// // What costs the same, and differs otherwise, is let pass by a tolerance for it alone.
/// assert!(allow(Some("fargate/vcpu-hours/linux-x86"), "40.00") && !allow(Some("lambda/requests"), "40.00"));
/// ```
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Tolerances {
    each: Vec<Tolerance>,
}

impl Tolerances {
    /// Tolerances together: those of a scenario, of `weigh.toml`.
    pub fn of<'t>(each: impl IntoIterator<Item = &'t Tolerance>) -> Tolerances {
        Tolerances { each: each.into_iter().cloned().collect() }
    }

    /// The same with one more, for every figure of every scenario, as `--tolerance` states it.
    #[must_use]
    pub fn with(mut self, change: Change) -> Tolerances {
        self.each.push(Tolerance::of(change));
        self
    }

    /// Whether a change from `before` to `after`, in US dollars a month, is let pass: of the charges at a price, or of a
    /// total where there is no price. Where both are the same, one has to be about it all the same.
    #[must_use]
    pub fn allow(
        &self,
        scenario_file: &str,
        price_id: Option<&str>,
        before: Decimal,
        after: Decimal,
    ) -> bool {
        self.each.iter().any(|each| each.allows(scenario_file, price_id, before, after))
    }
}
