//! Weights and figures of methods as they are typed: `price=0.5,comfort=0.2` and `vikor-v=0.7`.

use crate::data::nearest;
use crate::decision::{Method, PARAMETERS, Parameter, Parameters};

/// Weights for some criteria, by name.
#[derive(Clone, Debug, PartialEq)]
pub struct AskedWeights {
    weights: Vec<(String, f64)>,
}

impl AskedWeights {
    /// The names of the criteria, each with its weight.
    #[must_use]
    pub fn weights(&self) -> &[(String, f64)] {
        &self.weights
    }
}

impl std::str::FromStr for AskedWeights {
    type Err = String;

    /// Reads `price=0.5,comfort=0.2`; a name may hold anything but a comma.
    ///
    /// ```
    /// use weigh_core::matrix_file::AskedWeights;
    /// let asked: AskedWeights = "price=0.5, comfort=.2".parse().unwrap();
    /// assert_eq!(asked.weights()[1], ("comfort".to_owned(), 0.2));
    /// assert!("price=-1".parse::<AskedWeights>().is_err());
    /// ```
    fn from_str(text: &str) -> Result<AskedWeights, String> {
        let mut weights: Vec<(String, f64)> = Vec::new();
        for part in text.split(',') {
            let Some((name, weight)) = part.rsplit_once('=') else {
                return Err(format!("`{}` is no weight: write price=0.5,comfort=0.2", part.trim()));
            };
            let (name, weight) = (name.trim(), weight.trim());
            match weight.replace('_', "").parse::<f64>() {
                Ok(number) if number.is_finite() && number >= 0.0 => weights.push((name.to_owned(), number)),
                _ => return Err(format!("the weight of {name}: `{weight}` is no number of 0 or more")),
            }
        }
        match weights.iter().all(|(_, weight)| *weight <= 0.0) {
            true => Err("the weights are all zero: at least one is above 0".to_owned()),
            false => Ok(AskedWeights { weights }),
        }
    }
}

/// A figure of a method with its value.
#[derive(Clone, Copy)]
pub struct AskedParameter {
    known: &'static Parameter,
    value: f64,
}

impl AskedParameter {
    /// Puts the figure among the parameters of a method.
    ///
    /// # Errors
    /// A figure that another method reads.
    ///
    /// ```
    /// use weigh_core::decision::{Method, Parameters};
    /// use weigh_core::matrix_file::AskedParameter;
    /// let asked: AskedParameter = "vikor-v=0.7".parse().unwrap();
    /// let mut parameters = Parameters::default();
    /// asked.put(Method::find("vikor").unwrap(), &mut parameters).unwrap();
    /// assert_eq!(parameters.vikor_v, 0.7);
    /// assert!(asked.put(Method::find("topsis").unwrap(), &mut parameters).is_err());
    /// ```
    pub fn put(&self, method: &Method, parameters: &mut Parameters) -> Result<(), String> {
        if self.known.method != method.id {
            let own: Vec<&str> =
                PARAMETERS.iter().filter(|known| known.method == method.id).map(|known| known.id).collect();
            let own = if own.is_empty() { "none".to_owned() } else { own.join(", ") };
            let (id, reads) = (self.known.id, self.known.method);
            return Err(format!("{id} is a figure of {reads}; {} has {own}", method.id));
        }
        *(self.known.place)(parameters) = self.value;
        Ok(())
    }
}

impl std::fmt::Debug for AskedParameter {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}={}", self.known.id, self.value)
    }
}

impl std::str::FromStr for AskedParameter {
    type Err = String;

    /// Reads `vikor-v=0.7`.
    fn from_str(text: &str) -> Result<AskedParameter, String> {
        let Some((name, value)) = text.split_once('=') else {
            return Err(format!("`{text}` is no figure of a method: write vikor-v=0.7"));
        };
        let (name, value) = (name.trim(), value.trim());
        let Some(known) = PARAMETERS.iter().find(|known| known.id == name) else {
            let all: Vec<&str> = PARAMETERS.iter().map(|known| known.id).collect();
            let meant = nearest(name, all.iter().copied()).map(|meant| format!("; did you mean `{meant}`?"));
            return Err(format!(
                "no method has a figure `{name}`; there are {}{}",
                all.join(", "),
                meant.unwrap_or_default()
            ));
        };
        let (low, high) = known.bounds;
        match value.parse::<f64>() {
            Ok(value) if (low..=high).contains(&value) => Ok(AskedParameter { known, value }),
            _ => Err(format!("{name}: `{value}` is no number from {low} to {high}")),
        }
    }
}
