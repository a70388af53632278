//! Prices that are understood and left out: what no list of today can have seen, bands that are not whole, savings that
//! cannot be.

use std::io::Cursor;

use weigh_import::{Importer, Skip};

/// An offer of storage in one region, with these price dimensions from this day: `begin end usd`, each `;`-apart.
fn offer(from: &str, bands: &str) -> String {
    let dimensions: Vec<String> = bands
        .split(';')
        .enumerate()
        .map(|(place, band)| {
            let words: Vec<&str> = band.split_whitespace().collect();
            let [begins, ends, usd] = words[..] else { panic!("{band}") };
            format!(
                r#""A.T.{place}": {{"unit": "GB-Mo", "beginRange": "{begins}", "endRange": "{ends}",
                   "pricePerUnit": {{"USD": "{usd}"}}}}"#
            )
        })
        .collect();
    format!(
        r#"{{"formatVersion": "v1.0", "offerCode": "AmazonS3", "version": "20261001000000",
            "publicationDate": "2026-10-01T00:00:00Z",
            "products": {{"A": {{"sku": "A", "productFamily": "Storage", "attributes": {{
              "servicecode": "AmazonS3", "regionCode": "eu-west-1", "volumeType": "Standard",
              "storageClass": "General Purpose", "usagetype": "EU-TimedStorage-ByteHrs", "operation": ""}}}}}},
            "terms": {{"OnDemand": {{"A": {{"A.T": {{"effectiveDate": "{from}T00:00:00Z",
              "priceDimensions": {{{}}}}}}}}}}}}}"#,
        dimensions.join(",")
    )
}

/// The prices that a file yields, as `from usd` apart by blanks, and why the rest was left out.
fn read(text: &str) -> (String, Vec<Skip>) {
    let mut importer = Importer::new("2026-11-01".parse().expect("a day"));
    importer.read("file", &mut Cursor::new(text), &mut |_| ()).unwrap_or_else(|error| panic!("{error}"));
    let imported = importer.finish();
    let rows: Vec<String> = imported
        .rows()
        .map(|row| format!("{} {}", row.from_quantity, row.usd.expect("a price")))
        .chain(
            imported.spot.iter().map(|saving| format!("{} {}", saving.instance_type, saving.saving_percent)),
        )
        .collect();
    (rows.join(" "), imported.summary.skipped.keys().copied().collect())
}

/// bands of an offer | rows, reason
#[test]
fn bands_are_whole_or_left_out() {
    for (bands, rows, reason) in [
        ("0 Inf 0.023", "0 0.023", None),
        ("0 51200 0.023; 51200 Inf 0.022", "0 0.023 51200 0.022", None),
        ("51200 Inf 0.022; 0 51200 0.023", "0 0.023 51200 0.022", None),
        ("0 5 0; 5 Inf 0.023", "0 0.023", Some(Skip::FreeTier)),
        // A gap, an overlap, an end, and a band that is free above a paid one.
        ("0 51200 0.023; 60000 Inf 0.022", "", Some(Skip::Bands)),
        ("0 51200 0.023; 50000 Inf 0.022", "", Some(Skip::Bands)),
        ("0 51200 0.023", "", Some(Skip::Bands)),
        ("0 51200 0.023; 51200 Inf 0", "", Some(Skip::Bands)),
    ] {
        let expected = (rows.to_owned(), reason.into_iter().collect::<Vec<_>>());
        assert_eq!(read(&offer("2026-09-01", bands)), expected, "{bands}");
    }
}

#[test]
fn a_price_of_a_day_to_come_is_left_out() {
    assert_eq!(read(&offer("2026-10-01", "0 Inf 0.023")).0, "0 0.023");
    assert_eq!(read(&offer("2026-10-02", "0 Inf 0.023")), (String::new(), vec![Skip::ToCome]));
}

#[test]
fn a_saving_below_nothing_is_left_out() {
    let advisor = r#"{"ranges": [{"index": 0, "label": "<5%"}], "spot_advisor": {"ca-central-1": {"Linux":
        {"p5.48xlarge": {"s": -62, "r": 0}, "m5.large": {"s": 61, "r": 0}}}}}"#;
    assert_eq!(read(advisor), ("m5.large 61".to_owned(), vec![Skip::NegativeSaving]));
}
