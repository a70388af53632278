//! What a method is told beside the matrix: each figure with its default, its bounds and where it is published.

use super::Refused;
use crate::matrix::{Matrix, Thresholds};
use crate::normalisation::Normalisation;

/// What methods are told beside the matrix.
#[derive(Clone, Copy)]
pub struct Parameters {
    /// The normalisation; left out, the method's own.
    pub normalisation: Option<&'static Normalisation>,
    /// The share of the weighted sum in WASPAS, 0 to 1.
    pub waspas_lambda: f64,
    /// The weight of the sum of all regrets against the largest one in VIKOR, 0 to 1.
    pub vikor_v: f64,
    /// How PROMETHEE turns a difference into a preference; its thresholds are the criteria's own.
    pub promethee_shape: Preference,
    /// The least concordance with which ELECTRE lets one alternative outrank another, 0 to 1.
    pub electre_concordance: f64,
    /// The largest discordance with which it still does, 0 to 1.
    pub electre_discordance: f64,
}

impl Default for Parameters {
    fn default() -> Parameters {
        Parameters {
            normalisation: None,
            waspas_lambda: 0.5,
            vikor_v: 0.5,
            promethee_shape: Preference::Linear,
            electre_concordance: 0.65,
            electre_discordance: 0.35,
        }
    }
}

/// How much a difference in favour of one alternative is preferred, 0 to 1 (Brans, Vincke and Mareschal, *How to select
/// and how to rank projects: the PROMETHEE method*, European Journal of Operational Research 24, 1986).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Preference {
    /// Any difference is preferred fully.
    Usual,
    /// Up to the indifference threshold not at all, beyond it fully.
    UShape,
    /// Straight from 0 to the preference threshold.
    VShape,
    /// Half beyond the indifference threshold, fully beyond the preference threshold.
    Level,
    /// Straight from the indifference to the preference threshold.
    Linear,
}

impl Preference {
    /// Every shape with its id.
    pub const ALL: [(&'static str, Preference); 5] = [
        ("usual", Preference::Usual),
        ("u-shape", Preference::UShape),
        ("v-shape", Preference::VShape),
        ("level", Preference::Level),
        ("linear", Preference::Linear),
    ];

    /// The shape with an id.
    ///
    /// ```
    /// use weigh_decision::Preference;
    /// assert_eq!(Preference::find("u-shape"), Some(Preference::UShape));
    /// ```
    #[must_use]
    pub fn find(id: &str) -> Option<Preference> {
        Preference::ALL.iter().find(|known| known.0 == id).map(|known| known.1)
    }

    /// How much a difference is preferred. A preference threshold of 0, or one that is left out, lies at the indifference
    /// threshold: what is beyond that is preferred fully.
    ///
    /// ```
    /// use weigh_decision::{Preference, Thresholds};
    /// let thresholds = Thresholds { indifference: 1.0, preference: 3.0, veto: None };
    /// assert_eq!([1.0, 2.0, 3.0, 9.0].map(|by| Preference::Linear.of(by, &thresholds)), [0.0, 0.5, 1.0, 1.0]);
    /// assert_eq!([1.0, 2.0, 3.0, 9.0].map(|by| Preference::Level.of(by, &thresholds)), [0.0, 0.5, 0.5, 1.0]);
    /// ```
    #[must_use]
    pub fn of(self, difference: f64, thresholds: &Thresholds) -> f64 {
        let none_up_to = thresholds.indifference;
        let full_beyond = thresholds.preference.max(none_up_to);
        let fully = |reached: bool| f64::from(u8::from(reached));
        if difference <= 0.0 {
            return 0.0;
        }
        match self {
            Preference::Usual => 1.0,
            Preference::UShape => fully(difference > none_up_to),
            Preference::VShape if difference <= thresholds.preference => difference / thresholds.preference,
            Preference::VShape => 1.0,
            Preference::Level => {
                f64::midpoint(fully(difference > none_up_to), fully(difference > full_beyond))
            }
            Preference::Linear if difference <= none_up_to => 0.0,
            Preference::Linear if difference <= full_beyond => {
                (difference - none_up_to) / (full_beyond - none_up_to)
            }
            Preference::Linear => 1.0,
        }
    }
}

/// A figure among the parameters.
#[derive(Clone, Copy)]
pub struct Parameter {
    /// Its id: `vikor-v`.
    pub id: &'static str,
    /// The id of the method that reads it.
    pub method: &'static str,
    /// What it is.
    pub summary: &'static str,
    /// Where its default comes from.
    pub source: &'static str,
    /// The least and the largest value.
    pub bounds: (f64, f64),
    /// Its place among the parameters.
    pub place: fn(&mut Parameters) -> &mut f64,
}

/// Every figure among the parameters.
///
/// ```
/// use weigh_decision::{PARAMETERS, Parameters};
/// let share = PARAMETERS.iter().find(|known| known.id == "waspas-sum-share").unwrap();
/// let mut parameters = Parameters::default();
/// assert_eq!(*(share.place)(&mut parameters), 0.5);
/// *(share.place)(&mut parameters) = 1.0;
/// assert_eq!(parameters.waspas_lambda, 1.0);
/// ```
pub const PARAMETERS: &[Parameter] = &[
    Parameter {
        id: "waspas-sum-share",
        method: "waspas",
        summary: "λ, the share of the weighted sum; the rest is the weighted product",
        source: "Zavadskas, Turskis, Antucheviciene and Zakarevicius, Elektronika ir Elektrotechnika 122 (2012)",
        bounds: (0.0, 1.0),
        place: |parameters| &mut parameters.waspas_lambda,
    },
    Parameter {
        id: "vikor-v",
        method: "vikor",
        summary: "weight of the sum of all regrets; the rest is that of the largest one",
        source: "Opricovic and Tzeng, European Journal of Operational Research 156 (2004)",
        bounds: (0.0, 1.0),
        place: |parameters| &mut parameters.vikor_v,
    },
    Parameter {
        id: "electre-concordance",
        method: "electre-1",
        summary: "least weight of the criteria that speak for an alternative with which it outranks another",
        source: "default of scikit-criteria 0.10; Roy, RIRO 2 (1968) leaves it to the user",
        bounds: (0.0, 1.0),
        place: |parameters| &mut parameters.electre_concordance,
    },
    Parameter {
        id: "electre-discordance",
        method: "electre-1",
        summary: "largest share of the widest range that an alternative may fall short by and still outrank another",
        source: "default of scikit-criteria 0.10; Roy, RIRO 2 (1968) leaves it to the user",
        bounds: (0.0, 1.0),
        place: |parameters| &mut parameters.electre_discordance,
    },
];

/// Refuses figures of a method outside their bounds.
pub(super) fn check(method: &'static str, parameters: &Parameters) -> Result<(), Refused> {
    let mut own = *parameters;
    for known in PARAMETERS.iter().filter(|known| known.method == method) {
        let (value, (low, high)) = (*(known.place)(&mut own), known.bounds);
        if !(low..=high).contains(&value) {
            let why = format!("{} is {value}, where {low} to {high} is allowed", known.id);
            return Err(Refused { method, alternative: None, criterion: None, why });
        }
    }
    Ok(())
}

/// The thresholds of each criterion; 0 where none are stated.
///
/// # Errors
/// A threshold that is negative or no number, or a preference threshold below the one of indifference.
pub(super) fn thresholds(method: &'static str, matrix: &Matrix) -> Result<Vec<Thresholds>, Refused> {
    let usable = |threshold: f64| threshold.is_finite() && threshold >= 0.0;
    let of = |column: &crate::Column| {
        let own = column.thresholds.unwrap_or_default();
        let whole = usable(own.indifference) && usable(own.preference) && own.veto.is_none_or(usable);
        if whole && (own.preference <= 0.0 || own.preference >= own.indifference) {
            return Ok(own);
        }
        let why = "needs thresholds of 0 or more, with that of preference not below that of indifference";
        let criterion = Some(column.criterion.clone());
        Err(Refused { method, alternative: None, criterion, why: why.to_owned() })
    };
    matrix.columns().iter().map(of).collect()
}
