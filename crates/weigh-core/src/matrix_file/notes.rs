//! What a reader should know of a matrix: of its values, of its weights, and where they are held against each other.

use super::{Asked, Coherence, Criterion, MatrixFile, MatrixWeights, Ranked, Spread};

/// By how much shares may differ and still be the same.
const SAME: f64 = 1e-9;

impl MatrixFile {
    /// What a reader should know of the alternatives that are ranked and of the weights.
    pub(super) fn told(&self, ranked: &Ranked, asked: &Asked<'_>) -> Vec<String> {
        let mut notes: Vec<String> = ranked.coherence.iter().map(Coherence::sentence).collect();
        notes.extend(self.against_robustness(&ranked.weights));
        if asked.method.id == "lexicographic" {
            notes.extend(self.asked_first(ranked));
        }
        notes.extend(self.known_of_values(&ranked.places));
        notes
    }

    /// Which criterion the lexicographic order asks first, where the weights leave it open.
    fn asked_first(&self, ranked: &Ranked) -> Option<String> {
        let (first, others) = ranked.weights.split_first()?;
        let equal = others.iter().all(|weight| (weight - first).abs() <= SAME) && !others.is_empty();
        let unstated = if self.weights == MatrixWeights::Equal {
            "No weights are stated"
        } else {
            "All weights are equal"
        };
        let names: Vec<&str> = self.criteria.iter().map(|criterion| criterion.name.as_str()).collect();
        equal.then(|| {
            format!(
                "{unstated}: lexicographic asks the criteria in the order of the file: {}.",
                names.join(", ")
            )
        })
    }

    /// Where `[robustness]` says of the weights what the weights that the score takes do not keep.
    fn against_robustness(&self, weights: &[f64]) -> Vec<String> {
        let name = |place: usize| self.criteria.get(place).map_or("", |criterion| criterion.name.as_str());
        let weight = |place: usize| weights.get(place).copied().unwrap_or_default();
        let mut against: Vec<String> = Vec::new();
        for (above, below) in &self.information.order {
            if weight(*above) < weight(*below) - SAME {
                against.push(format!(
                    "{} weighs at least as much as {} there, and {:.3} against {:.3} here",
                    name(*above),
                    name(*below),
                    weight(*above),
                    weight(*below)
                ));
            }
        }
        for (place, (low, high)) in self.information.intervals.iter().enumerate() {
            if weight(place) < low - SAME || weight(place) > high + SAME {
                against.push(format!(
                    "{} weighs {low} to {high} there, and {:.3} here",
                    name(place),
                    weight(place)
                ));
            }
        }
        if against.is_empty() {
            return Vec::new();
        }
        vec![format!(
            "The weights contradict [robustness], so that what is drawn at random never has the weights of the score: {}.",
            against.join("; ")
        )]
    }

    /// What a reader should know of the values.
    fn known_of_values(&self, places: &[usize]) -> Vec<String> {
        let mut notes = Vec::new();
        let ranked = || places.iter().filter_map(|place| self.alternatives.get(*place));
        let named = |wanted: &dyn Fn(usize, &Criterion) -> bool| -> Vec<&str> {
            let all = self.criteria.iter().enumerate();
            all.filter(|(place, each)| wanted(*place, each)).map(|(_, each)| each.name.as_str()).collect()
        };
        let without_ends = named(&|_, criterion| criterion.worth.is_none());
        if !without_ends.is_empty() {
            notes.push(format!(
                "No ends are stated for {}: values are measured by the alternatives at hand, and one more or less can turn the order of the others.",
                without_ends.join(", ")
            ));
        }
        let ordinal = named(&|_, criterion| criterion.ordinal);
        if !ordinal.is_empty() {
            notes.push(format!(
                "Only the order of the values of {} is known; the score takes equal steps between them.",
                ordinal.join(", ")
            ));
        }
        let (mut ranges, mut beyond) = (0, Vec::new());
        for alternative in ranked() {
            for (criterion, value) in self.criteria.iter().zip(&alternative.values) {
                ranges += usize::from(!matches!(value.spread, Spread::Exact(_)));
                let expected = value.spread.expected();
                if criterion.scale_ends().is_some_and(|(low, high)| expected < low || expected > high) {
                    beyond.push(format!("{} of {}", criterion.name, alternative.name));
                }
            }
        }
        if ranges > 0 {
            let values = if ranges == 1 { "1 value is" } else { &format!("{ranges} values are") };
            notes.push(format!(
                "{values} not sure; the score takes the middle of a range, or what is said to be expected."
            ));
        }
        if !beyond.is_empty() {
            notes.push(format!(
                "Beyond the ends of the scale, and worth as much as at them: {}.",
                beyond.join(", ")
            ));
        }
        let alike = named(&|place, _| {
            let mut values = ranked().filter_map(|each| each.values.get(place)).map(|value| value.spread);
            let first = values.next();
            places.len() > 1 && values.all(|value| Some(value) == first)
        });
        if !alike.is_empty() {
            let tell = if alike.len() == 1 { "it tells" } else { "they tell" };
            notes.push(format!(
                "All alternatives are alike in {}: {tell} none from another.",
                alike.join(", ")
            ));
        }
        notes
    }
}
