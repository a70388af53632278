//! The table `[decision]`: how the options are weighed against each other.

use super::field::section;

section! {
    /// How the options are weighed against each other: the table `[decision]`.
    pub struct DecisionRequest {
        /// Order of priorities whose weights are taken, in place of `[wishes]`.
        pub preset: Option<String> => Kind::Word(Known::Preset), Optional;
        /// Method that ranks the options; left out, the weighted sum, which chooses an option's size in any case.
        pub method: Option<String> => Kind::Word(Known::Method), Optional;
        /// How values are made comparable; left out, as the method does by itself.
        pub normalisation: Option<String> => Kind::Word(Known::Normalisation), Optional;
    }
}
