//! Effects: an amount, what kind of change it is, and what drove it.

use std::collections::BTreeMap;
use std::fmt;

use rust_decimal::Decimal;

/// What made figures move.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Driver {
    /// Another price book, or another day of it.
    Prices,
    /// Another version of the program's model.
    Model,
    /// What says how much comes: see [`workload`](super::workload).
    Traffic,
    /// Anything else that the scenario says.
    Scenario,
}

impl Driver {
    /// All of them, in the order in which a path goes.
    pub const ALL: [Driver; 4] = [Driver::Prices, Driver::Model, Driver::Traffic, Driver::Scenario];

    /// Its word in reports.
    ///
    /// ```
    /// use weigh_core::difference::Driver;
    /// assert_eq!(Driver::ALL.map(Driver::word), ["prices", "model", "traffic", "scenario"]);
    /// ```
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Driver::Prices => "prices",
            Driver::Model => "model",
            Driver::Traffic => "traffic",
            Driver::Scenario => "scenario",
        }
    }
}

impl fmt::Display for Driver {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.word())
    }
}

/// What kind of change an effect is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum EffectKind {
    /// The old quantity at another rate.
    Price,
    /// Another quantity, at the new rate.
    Quantity,
    /// A charge that came, went, or moved to another tier.
    Structure,
    /// What a commitment costs, and what it takes off the rates on demand.
    Commitment,
    /// An option that came or went, or took the lead.
    Option,
}

impl EffectKind {
    /// All of them, in the order of reports.
    pub const ALL: [EffectKind; 5] = [
        EffectKind::Price,
        EffectKind::Quantity,
        EffectKind::Structure,
        EffectKind::Commitment,
        EffectKind::Option,
    ];

    /// Its word in reports.
    ///
    /// ```
    /// use weigh_core::difference::EffectKind;
    /// let words = ["price", "quantity", "structure", "commitment", "option"];
    /// assert_eq!(EffectKind::ALL.map(EffectKind::word), words);
    /// ```
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            EffectKind::Price => "price",
            EffectKind::Quantity => "quantity",
            EffectKind::Structure => "structure",
            EffectKind::Commitment => "commitment",
            EffectKind::Option => "option",
        }
    }
}

impl fmt::Display for EffectKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.word())
    }
}

/// An amount with its kind and driver.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Effect {
    /// What kind of change it is.
    pub kind: EffectKind,
    /// What drove it.
    pub driver: Driver,
    /// US dollars a month; below 0 where it became cheaper.
    pub amount: Decimal,
}

/// What a change of cost is made of, by kind and driver; amounts of 0 are not kept.
///
/// ```
/// use weigh_core::difference::{Driver, EffectKind, Effects};
/// let mut effects = Effects::default();
/// effects.add(EffectKind::Price, Driver::Prices, "1.50".parse().unwrap());
/// effects.add(EffectKind::Quantity, Driver::Traffic, "-4.00".parse().unwrap());
/// assert_eq!(effects.total().to_string(), "-2.5");
/// assert_eq!(effects.largest().unwrap().kind, EffectKind::Quantity);
/// assert_eq!(effects.of_driver(Driver::Prices).to_string(), "1.5");
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Effects {
    amounts: BTreeMap<(EffectKind, Driver), Decimal>,
    /// What of the quantity effects is owed to rates that moved too, `(q1 − q0) × (r1 − r0)` in US dollars: a memo, and no
    /// further part of the sum.
    pub interaction: Decimal,
}

impl Effects {
    /// Adds an amount.
    pub fn add(&mut self, kind: EffectKind, driver: Driver, amount: Decimal) {
        let known = self.amounts.entry((kind, driver)).or_default();
        *known = known.saturating_add(amount).normalize();
        if known.is_zero() {
            self.amounts.remove(&(kind, driver));
        }
    }

    /// Adds all of others.
    pub fn add_all(&mut self, others: &Effects) {
        others.iter().for_each(|effect| self.add(effect.kind, effect.driver, effect.amount));
        self.interaction = self.interaction.saturating_add(others.interaction).normalize();
    }

    /// The effects, none of them 0, by kind and then driver.
    pub fn iter(&self) -> impl Iterator<Item = Effect> {
        self.amounts.iter().map(|((kind, driver), amount)| Effect {
            kind: *kind,
            driver: *driver,
            amount: *amount,
        })
    }

    /// Whether nothing moved.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.amounts.is_empty()
    }

    /// Their exact sum, in US dollars a month.
    #[must_use]
    pub fn total(&self) -> Decimal {
        self.iter().fold(Decimal::ZERO, |sum, effect| sum.saturating_add(effect.amount)).normalize()
    }

    /// The effect that moved most, up or down; the first of equal ones.
    #[must_use]
    pub fn largest(&self) -> Option<Effect> {
        self.iter().reduce(|most, each| if each.amount.abs() > most.amount.abs() { each } else { most })
    }

    /// What a driver moved in all, in US dollars a month.
    #[must_use]
    pub fn of_driver(&self, driver: Driver) -> Decimal {
        let of = self.iter().filter(|effect| effect.driver == driver);
        of.fold(Decimal::ZERO, |sum, effect| sum.saturating_add(effect.amount)).normalize()
    }
}

/// Those of one step of a path, or of several that can't be told apart; sorted, each once.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Drivers(Vec<Driver>);

impl Drivers {
    /// These drivers.
    ///
    /// ```
    /// use weigh_core::difference::{Driver, Drivers, EffectKind};
    /// let both = Drivers::of(&[Driver::Model, Driver::Prices]);
    /// assert_eq!(both.told(), "prices and model");
    /// assert_eq!(both.of_kind(EffectKind::Price), Driver::Prices);
    /// assert_eq!(both.of_kind(EffectKind::Quantity), Driver::Model);
    /// ```
    #[must_use]
    pub fn of(drivers: &[Driver]) -> Drivers {
        let mut drivers = drivers.to_vec();
        drivers.sort_unstable();
        drivers.dedup();
        Drivers(drivers)
    }

    /// These and others.
    #[must_use]
    pub fn and(&self, others: &Drivers) -> Drivers {
        Drivers::of(&[self.0.as_slice(), others.0.as_slice()].concat())
    }

    /// The drivers.
    #[must_use]
    pub fn all(&self) -> &[Driver] {
        &self.0
    }

    /// The one that an effect of a kind is put down to: prices where rates moved, else what stands last in the order of a
    /// path; with no driver at all, the model.
    #[must_use]
    pub fn of_kind(&self, kind: EffectKind) -> Driver {
        match kind {
            EffectKind::Price if self.0.contains(&Driver::Prices) => Driver::Prices,
            _ => self.0.last().copied().unwrap_or(Driver::Model),
        }
    }

    /// Their words: `prices and model`.
    #[must_use]
    pub fn told(&self) -> String {
        let words: Vec<&str> = self.0.iter().map(|driver| driver.word()).collect();
        match words.split_last() {
            Some((last, [])) => (*last).to_owned(),
            Some((last, rest)) => format!("{} and {last}", rest.join(", ")),
            None => Driver::Model.word().to_owned(),
        }
    }
}
