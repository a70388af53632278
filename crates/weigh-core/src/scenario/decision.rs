//! The table `[decision]`: how the options are weighed against each other.

use super::field::section;

section! {
    /// How the options are weighed against each other: the table `[decision]`.
    pub struct DecisionRequest {
        /// Order of priorities whose weights are taken, in place of [wishes].
        pub preset: Option<String> => Kind::Word(Known::Preset), Optional;
        /// Method that ranks the options. Whatever it is, an option's size is chosen by the weighted sum.
        pub method: String => Kind::Word(Known::Method), Default("weighted-sum");
        /// How values are made comparable; left out, as the method does by itself.
        pub normalisation: Option<String> => Kind::Word(Known::Normalisation), Optional;
    }
}
