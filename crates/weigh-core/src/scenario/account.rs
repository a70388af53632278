//! The table `[account]`: what the account uses beside the application.

use rust_decimal::Decimal;

use super::field::{Section, section};
use super::reader::{Place, Reader};
use crate::account::{Account, AccountUsage};

section! {
    /// The account, as far as it moves a bill: the table `[account]`.
    pub struct AccountEntry {
        /// Whether the account is in its first twelve months and has their free quantities (accounts from before 2025-07-15).
        pub first_year: bool => Kind::Flag, Default("false");
    }
}

section! {
    /// What the account uses already in the month, of prices with tiers or free quantities: a table `[[account.usage]]`.
    pub struct UsageEntry {
        /// Price id, such as "transfer/internet-out-gb".
        pub price_id: String => Kind::Name, Required;
        /// How much of it, in the price's unit.
        pub quantity: Decimal => Kind::Quantity, Required;
        /// Region that it is in; left out, the scenario's. Tiers count a region's use, free quantities that of all.
        pub region: Option<String> => Kind::Word(Known::Region), Optional;
    }
}

/// The key of what is used, inside `[account]`.
pub(super) const USAGE: &str = "usage";

/// What it is, for the schema.
pub(super) const USAGE_DOC: &str =
    "What the account uses already; tiers and free quantities begin where it ends.";

/// Reads `[account]`; nothing when something in it is wrong.
pub(super) fn read(reader: &mut Reader<'_>, place: &Place<'_>) -> Option<Account> {
    let own = reader.own_keys(place, AccountEntry::FIELDS, &[USAGE]);
    let places = reader.tables_titled(place.table, USAGE, "[[account.usage]]".to_owned());
    let used: Vec<Option<UsageEntry>> =
        places.iter().map(|place| reader.section::<UsageEntry>(place).map(|(entry, _)| entry)).collect();
    let (entry, _) = reader.section::<AccountEntry>(&Place { table: &own, ..place.clone() })?;
    let used = used.into_iter().map(|entry| {
        let UsageEntry { price_id, quantity, region } = entry?;
        Some(AccountUsage { price_id, quantity, region })
    });
    Some(Account { first_year: entry.first_year, used: used.collect::<Option<_>>()? })
}
