//! The table `[team]`: who runs the application, and what their work costs.

use rust_decimal::Decimal;

use super::field::section;

section! {
    /// Who builds and runs the application: the table `[team]`. What is not stated is unknown, and never assumed.
    pub struct Team {
        /// Developers who build and run it.
        pub developers: Option<u32> => Kind::Count { least: 0, most: 100_000 }, Optional;
        /// Engineers whose work is to operate it.
        pub operations_engineers: Option<u32> => Kind::Count { least: 0, most: 100_000 }, Optional;
        /// US dollars that an hour of their work costs; total cost of ownership needs it.
        pub hourly_rate: Option<Decimal> => Kind::MoneyOrZero, Optional;
        /// Skills that the team has.
        pub skills: Option<Vec<String>> => Kind::Words(Known::Skill), Optional;
        /// Months over which the hours of set-up are spread in the total cost of ownership.
        pub set_up_months: u32 => Kind::Count { least: 1, most: 120 }, Default("12");
    }
}

impl Team {
    /// The people in it; nothing where neither developers nor operations engineers are stated.
    #[must_use]
    pub fn people(&self) -> Option<u32> {
        match (self.developers, self.operations_engineers) {
            (None, None) => None,
            (developers, others) => {
                Some(developers.unwrap_or_default().saturating_add(others.unwrap_or_default()))
            }
        }
    }
}
