//! What Spot saves on the price on demand, and how often it is interrupted.

use weigh_core::time::Date;

/// The saving of one type in one region, as the Spot Advisor states it.
///
/// ```
/// use std::io::Cursor;
/// use weigh_import::Importer;
///
/// let advisor = r#"{"ranges": [{"index": 0, "label": "<5%"}],
///     "spot_advisor": {"us-east-1": {"Linux": {"m7g.large": {"s": 62, "r": 0}}, "Windows": {}}}}"#;
/// let mut importer = Importer::new("2026-10-02".parse().unwrap());
/// importer.read("advisor.json", &mut Cursor::new(advisor), &mut |_| ()).unwrap();
/// let imported = importer.finish();
/// let saving = &imported.spot[0];
/// assert_eq!((saving.instance_type.as_str(), saving.saving_percent, saving.interruption), ("m7g.large", 62, "<5%"));
/// assert_eq!(saving.seen.to_string(), "2026-10-02");
/// ```
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct SpotSaving {
    /// The region's code.
    pub region: String,
    /// The instance type.
    pub instance_type: String,
    /// Saving on the price on demand, in percent: 0 to 100.
    pub saving_percent: u8,
    /// How often instances were interrupted in a month: one of [`weigh_core::pricebook::INTERRUPTIONS`].
    pub interruption: &'static str,
    /// The day on which it was seen: of the import, as the data has no date.
    pub seen: Date,
    /// How the source is cited.
    pub source: String,
}

/// Savings as they are collected.
pub(crate) type SpotRows = Vec<SpotSaving>;
