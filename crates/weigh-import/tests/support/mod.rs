//! What the tests of the import share: fixtures, and everything that an import says as one text.

use std::io::Cursor;
use std::path::Path;

use weigh_import::{ImportError, Importer, SourceReader};

/// All fixtures, by their path below the folder.
pub(crate) const FIXTURES: [&str; 11] = [
    "offer.json",
    "offer.csv",
    "get-products.json",
    "get-products.jsonl",
    "savings-plan.json",
    "spot-advisor-data.json",
    "spot-price-history.json",
    "spot.js",
    "spot-fargate.json",
    "aws/eu-west-1/lambda.csv",
    "aws/eu-west-1/spot-advisor.csv",
];

/// The bytes of a fixture.
pub(crate) fn fixture(name: &str) -> Vec<u8> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures").join(name);
    std::fs::read(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

/// An importer that reads on a day of its own.
pub(crate) fn importer() -> Importer {
    Importer::new("2026-10-02".parse().expect("a day"))
}

/// All that the import of files says: the rows and savings, conflicts, and the counts.
pub(crate) fn told(importer: Importer) -> String {
    let imported = importer.finish();
    let rows = imported.rows().map(|row| {
        let usd = row.usd.map_or("not offered".to_owned(), |usd| usd.to_string());
        let place = format!("{} {} per {} from {}", row.region, row.price_id, row.unit, row.from_quantity);
        format!("{place}: {usd}, {} seen {}, {} {}\n", row.from, row.seen, row.source, row.mark)
    });
    let spot = imported.spot.iter().map(|spot| {
        let (region, name, percent) = (&spot.region, &spot.instance_type, spot.saving_percent);
        format!("{region} {name} saves {percent}%, {} seen {}\n", spot.interruption, spot.seen)
    });
    let conflicts = imported.conflicts.iter().map(|conflict| format!("conflict: {conflict}\n"));
    rows.chain(spot).chain(conflicts).chain([format!("{}\n", imported.summary)]).collect()
}

/// The import of one file from a reader, as one text, or its error.
pub(crate) fn import_from(name: &str, reader: &mut dyn SourceReader) -> Result<String, ImportError> {
    let mut importer = importer();
    importer.read(name, reader, &mut |_| ())?;
    Ok(told(importer))
}

/// The import of one file from memory.
pub(crate) fn import(name: &str, bytes: &[u8]) -> Result<String, ImportError> {
    import_from(name, &mut Cursor::new(bytes))
}
