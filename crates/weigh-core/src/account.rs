//! What an account uses beside what is priced: free quantities and tiers belong to the account.

use rust_decimal::Decimal;

use crate::bill::Bill;

/// What an account uses of a tariff already in the month.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AccountUsage {
    /// The tariff: `transfer/internet-out-gb`.
    pub price_id: String,
    /// How much, in the tariff's unit; 0 or more.
    pub quantity: Decimal,
    /// The region that it is in; nothing for the region that is priced. Tiers count a region's use, free quantities that of
    /// all regions.
    pub region: Option<String>,
}

/// An account, as far as it moves a bill.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Account {
    /// Whether it is in its first twelve months, with the free quantities of those.
    pub first_year: bool,
    /// What it uses already.
    pub used: Vec<AccountUsage>,
}

impl Account {
    /// An account that uses nothing else.
    pub const NONE: &'static Account = &Account { first_year: false, used: Vec::new() };

    /// The account after a bill in a region: what is priced next begins where that ends.
    ///
    /// ```
    /// use weigh_core::account::Account;
    /// use weigh_core::bill::Bill;
    /// let account = Account::default().after(&Bill::new(Vec::new()), "us-east-1");
    /// assert!(account.used.is_empty());
    /// ```
    #[must_use]
    pub fn after(mut self, bill: &Bill, region: &str) -> Account {
        // What a commitment covers fills no band, and its fee is no use.
        for charge in bill.charges().iter().filter(|charge| charge.commitment.is_none()) {
            let same = |known: &&mut AccountUsage| {
                known.price_id == charge.price_id && known.region.as_deref() == Some(region)
            };
            match self.used.iter_mut().find(same) {
                Some(known) => known.quantity += charge.quantity,
                None => self.used.push(AccountUsage {
                    price_id: charge.price_id.clone(),
                    quantity: charge.quantity,
                    region: Some(region.to_owned()),
                }),
            }
        }
        self
    }
}
