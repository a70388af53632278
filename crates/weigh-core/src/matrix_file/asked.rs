//! Weights as they are typed: `price=0.5,comfort=0.2`.

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
