//! Whether a stated figure agrees with what was computed, and by how much they differ.

use rust_decimal::Decimal;

use super::figure::Figure;

/// How well a stated figure agrees.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Degree {
    /// Within 1 %.
    WithinOne,
    /// Within 10 %.
    WithinTen,
    /// Off by more.
    Contradicts,
}

impl Degree {
    /// The degree in words.
    #[must_use]
    pub fn words(self) -> &'static str {
        match self {
            Degree::WithinOne => "agrees within 1 %",
            Degree::WithinTen => "agrees within 10 %",
            Degree::Contradicts => "contradicts",
        }
    }
}

/// How a stated figure compares with a computed one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Agreement {
    /// How well.
    pub degree: Degree,
    /// Stated less computed, at the end where they differ most; 0 where one lies within the other.
    pub difference: Decimal,
    /// The same as a share of the computed end; nothing where that is 0 and the stated one is not, or so small that the
    /// share exceeds what a decimal holds.
    pub share: Option<Decimal>,
}

impl Agreement {
    /// Compares a stated figure with a computed one.
    ///
    /// Two ranges are compared end by end, and the worse end counts. A single figure agrees anywhere within a range. An open
    /// end takes in everything on its side.
    ///
    /// ```
    /// use weigh_core::claim::{Agreement, Degree, Figure};
    /// let agreement = |stated: &str, computed: &str| {
    ///     Agreement::of(&stated.parse().unwrap(), &computed.parse().unwrap())
    /// };
    /// assert_eq!(agreement("52", "63.07").degree, Degree::Contradicts);
    /// assert_eq!(agreement("155..185", "156.07..192.07").degree, Degree::WithinTen);
    /// assert_eq!(agreement("20", "7.13..26.13").degree, Degree::WithinOne);
    /// assert_eq!(agreement("500+", "269.64").difference.to_string(), "230.36");
    /// ```
    #[must_use]
    pub fn of(stated: &Figure, computed: &Figure) -> Agreement {
        let ranges = |figure: &Figure| figure.ends().is_some_and(|(low, high)| low != high);
        if ranges(stated) && ranges(computed) {
            let ends = stated.ends().zip(computed.ends());
            if let Some(((low, high), (own_low, own_high))) = ends {
                let (one, other) = (Agreement::at(low, own_low), Agreement::at(high, own_high));
                return if other.off() > one.off() { other } else { one };
            }
        }
        // How far the stated figure begins above all that was computed, or ends below it.
        let above = stated.low.zip(computed.high).filter(|(low, high)| low > high);
        let below = stated.high.zip(computed.low).filter(|(high, low)| high < low);
        match above.or(below) {
            Some((stated, computed)) => Agreement::at(stated, computed),
            None => {
                Agreement { degree: Degree::WithinOne, difference: Decimal::ZERO, share: Some(Decimal::ZERO) }
            }
        }
    }

    fn at(stated: Decimal, computed: Decimal) -> Agreement {
        let difference = stated - computed;
        let share = match difference.is_zero() {
            true => Some(Decimal::ZERO),
            false => difference.checked_div(computed.abs()),
        };
        let within = |percent: i64| share.is_some_and(|share| share.abs() <= Decimal::new(percent, 2));
        let degree = match () {
            () if within(1) => Degree::WithinOne,
            () if within(10) => Degree::WithinTen,
            () => Degree::Contradicts,
        };
        Agreement { degree, difference, share }
    }

    /// The share by which it is off; more than any where that is unlimited.
    fn off(&self) -> Decimal {
        self.share.map_or(Decimal::MAX, |share| share.abs())
    }
}
