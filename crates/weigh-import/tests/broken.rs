//! Broken files, each with the exact message; nothing of them is taken.

mod support;

use std::io::{Cursor, Error, ErrorKind as IoErrorKind, Read, Result, Seek, SeekFrom};

use support::{FIXTURES, fixture, import, import_from};
use weigh_import::ErrorKind;

/// The CSV header of offer files.
const HEADER: &str = "SKU,OfferTermCode,TermType,EffectiveDate,StartingRange,EndingRange,Unit,PricePerUnit,Currency,\
                      Product Family,serviceCode,usageType,Region Code\n";
/// The start of an offer file in JSON with one product, up to its price.
const OFFER: &str = r#"{"offerCode": "AmazonEC2",
"products": {"A": {"productFamily": "Storage", "attributes":
  {"servicecode": "AmazonEC2", "usagetype": "EBS:VolumeUsage.gp3", "regionCode": "us-east-1"}}},
"terms": {"OnDemand": {"A": {"A.J": {"effectiveDate": "2026-09-01T00:00:00Z", "priceDimensions": {"A.J.6": {
  "beginRange": "0", "unit": "GB-Mo", "pricePerUnit": "#;

/// A row of CSV: date, price, currency.
fn row(date: &str, price: &str, currency: &str) -> String {
    format!(
        "A,J,OnDemand,{date},0,Inf,GB-Mo,{price},{currency},Storage,AmazonEC2,EBS:VolumeUsage.gp3,us-east-1\n"
    )
}

/// An offer file in JSON with these prices by currency.
fn priced(prices: &str) -> String {
    format!("{OFFER}{prices}}}}}}}}}}}}}}}")
}

/// Content, and the error that it gives.
fn cases() -> Vec<(String, &'static str)> {
    let csv = |rest: &str| format!("{HEADER}{rest}");
    let of = |text: &str| text.to_owned();
    vec![
        (of(""), "f: the file is empty"),
        (of(" \n \n"), "f: the file is empty"),
        (of("{"), "f:1:2: the file ends where a key or `}` is expected"),
        (of("x"), UNKNOWN),
        (of("{\"a\": 1}"), "f:1:2: no known format: an offer file of AWS (JSON or CSV), a savings plan file, the answer of `aws pricing get-products` or `aws ec2 describe-spot-price-history`, Spot Advisor data, or a file of the price book is expected"),
        (of("{\"formatVersion\": \"v1.0\", \"offers\": {}}"), "f:1:2: an index of price files, which has no prices: name the files that it lists"),
        (of("{\"terms\": {}}"), "f:1:11: `terms` without `products` before them: the file can't be understood"),
        (of("{\"products\": {}}"), "f:1:17: an offer file without `terms`"),
        (of("{\"products\": {}, \"terms\": {}} x"), "f:1:31: the end of the file is expected, not `x`"),
        (of("{\"products\": {\"A\": 1}}"), "f:1:20: not as expected: invalid type: integer `1`, expected a product with its attributes"),
        (of("{\"products\": {\"A\": {}, }}"), "f:1:24: a key is expected, not `}}`"),
        (of("{\"products\": {\"A\": {} \"B\"}}"), "f:1:23: `,` or `}` is expected, not `\"B\"}}`"),
        (priced(r#"{"USD": "0.1"#), "f:5:74: the file ends inside a value: is the download complete?"),
        (priced(r#"{"EUR": "0.1"}"#), "f:5:57: unknown currency `EUR`: USD is expected (prices in CNY are left out)"),
        (priced(r#"{"USD": "1,000.5"}"#), "f:5:63: pricePerUnit `1,000.5` is no amount: write it without thousands marks, with a point before the decimals"),
        (priced(r#"{"USD": "-1"}"#), "f:5:63: pricePerUnit `-1` is no amount: it is negative"),
        (priced(r#"{}"#), "f:4:29: `pricePerUnit` is empty: a price in USD is expected"),
        (priced(r#"{"USD": "1"}"#).replace("2026-09-01T", "01/09/2026T"), "f:4:56: effectiveDate: `01/09/2026T00:00:00Z` is an ambiguous date, as a spreadsheet writes it: AWS writes 2026-10-01; take the file as it was downloaded"),
        (priced(r#"{"USD": "1"}"#).replace("}}},\n\"terms", "}}, \"A\": {\"attributes\": {\"servicecode\": \"AmazonEC2\", \"usagetype\": \"EBS:VolumeUsage.gp3\"}, \"regionCode\": \"us-east-1\"}},\n\"terms"), "f:3:102: the SKU A stands twice among the products"),
        (of("some,lines\nabout,nothing\n"), "f:3:1: no header in the first 20 lines: a line that begins with SKU and is separated by commas is expected"),
        (of("a,b\nSKU;OfferTermCode;TermType\n"), "f:3:1: no header in the first 20 lines: a line that begins with SKU and is separated by commas is expected"),
        (of("SKU,OfferTermCode,TermType,Unit,Product Family,serviceCode,usageType\n"), "f:1:1: the header lacks the columns `EffectiveDate`, `StartingRange`, `PricePerUnit`, `Currency`"),
        (HEADER.replace("Currency,", ""), "f:1:1: the header lacks the column `Currency`"),
        (HEADER.replace("Region Code", "SKU"), "f:1:132: the header has the column `SKU` twice"),
        (csv(&row("01/05/2017", "0.1", "USD")), "f:2:14: EffectiveDate: `01/05/2017` is an ambiguous date, as a spreadsheet writes it: AWS writes 2026-10-01; take the file as it was downloaded"),
        (csv(&row("2026-02-30", "0.1", "USD")), "f:2:14: EffectiveDate: 2026-02-30 is no day of the calendar"),
        (csv(&row("2026-09-01", "cheap", "USD")), "f:2:37: PricePerUnit: `cheap` is no amount: a decimal such as 0.0960000000 is expected"),
        (csv(&row("2026-09-01", "\"1,000\"", "USD")), "f:2:37: PricePerUnit: `1,000` is no amount: write it without thousands marks, with a point before the decimals"),
        (csv(&row("2026-09-01", "0.1", "EUR")), "f:2:41: Currency: unknown currency `EUR`: USD is expected (prices in CNY are left out)"),
        (csv("A,J,OnDemand,2026-09-01,0,Inf\n"), "f:2:1: the row has 6 columns and the header 13: is it cut off?"),
        (of("[1]"), "f:1:2: not as expected: invalid type: integer `1`, expected a map"),
        (of("{\"product\": {}}"), "f:1:15: not as expected: missing field `terms`"),
        (of("[{\"x\": 1}]"), "f:1:2: a price-list document is expected: an object with `product` and `terms`"),
        (of("{\"PriceList\": [\"{\"]}"), "f:1:16: not as expected: EOF while parsing an object"),
        (of("{\"spot_advisor\": {\"us-east-1\": {\"Linux\": {\"m5.large\": {\"s\": 101, \"r\": 0}}}}}"), "f:1:32: m5.large in us-east-1: a saving `s` of 0 to 100 and a range `r` of 0 to 4 are expected"),
        (of("{\"ranges\": [{\"index\": 0, \"label\": \"<3%\"}]}"), "f:1:12: range 0 is `<3%`: the ranges <5%, 5-10%, 10-15%, 15-20%, >20% are expected"),
        (of("{\"SpotPriceHistory\": [{}]}"), "f:1:24: not as expected: missing field `AvailabilityZone`"),
        (of("callback({\"config\": {}});"), "f:1:22: not as expected: missing field `regions`"),
        (of("price_id,unit,from_quantity,usd,from,seen,source,mark\n"), "f: a file of the price book is expected in the folder of its region: us-east-1/ec2.csv"),
    ]
}

const UNKNOWN: &str = "f:1:1: no known format: an offer file of AWS (JSON or CSV), a savings plan file, the answer of `aws pricing get-products` or `aws ec2 describe-spot-price-history`, Spot Advisor data, or a file of the price book is expected";

#[test]
fn each_broken_file_says_what_is_wrong_and_where() {
    let mut wrong = Vec::new();
    for (content, expected) in cases() {
        let told =
            import("f", content.as_bytes()).map_or_else(|error| error.to_string(), |_| "imported".to_owned());
        if told != expected {
            wrong.push(format!("{content}\n  expected {expected}\n       got {told}"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn broken_rows_of_the_book_are_named() {
    let name = "aws/us-east-1/ebs.csv";
    let header = "price_id,unit,from_quantity,usd,from,seen,source,mark\n";
    for (row, expected) in [
        ("ebs/x,GB,0,1,2026-01-01,2026-01-01,,\n", "2:36: source: is empty"),
        ("ebs x,GB,0,1,2026-01-01,2026-01-01,s,\n", "2:1: price_id: `ebs x` is no price id"),
        (
            "ebs/x,GB,0,free,2026-01-01,2026-01-01,s,\n",
            "2:12: usd: `free` is no amount: a decimal such as 0.0960000000 is expected",
        ),
        ("ebs/x,GB,0,1,2026-01-01,1 May,s,\n", "2:25: seen: `1 May` is no date: write it as 2026-10-07"),
        (
            "ebs/x,GB,0,1,2026-01-01,2026-01-01,\"a,b\",\n",
            "2:36: source: a text without commas, quotes and line ends is expected",
        ),
        (
            "ebs/x,Parsecs,0,1,2026-01-01,2026-01-01,s,\n",
            "2:7: unit: unknown unit `Parsecs`: a price is per ",
        ),
        (
            "ebs/x,GB,0,1,2026-01-01,2026-01-01,s,guessed\n",
            "2:38: mark: `guessed` is no mark: nothing, single, derived or unverified is expected",
        ),
        (
            "ebs/*,GB,0,1,2026-01-01,2026-01-01,s,\n",
            "2:12: usd: only `not offered` can be said of many prices by `*`",
        ),
        (
            "ebs/x,GB,0,1,2026-01-02,2026-01-01,s,\n",
            "2:25: seen: 2026-01-01 is before 2026-01-02, from which the price holds",
        ),
        ("ebs/x,GB,0\n", "2:1: the row has 3 columns and the header 8: is it cut off?"),
    ] {
        let error = import(name, format!("{header}{row}").as_bytes()).unwrap_err();
        let told = error.to_string();
        assert!(told.starts_with(&format!("{name}:{expected}")), "{told}");
    }
}

/// What a spreadsheet or an editor adds is taken as it is meant.
#[test]
fn what_can_be_understood_is_read() {
    let row = row("2026-09-01", "0.1", "USD");
    for before in ["", "\u{feff}", "sep=,\n", "sep=,\na\nb\nc\nd\n", "a,1\n\"b\",\"2\"\n", "\r\n"] {
        let told = import("f", format!("{before}{HEADER}{row}").as_bytes()).unwrap();
        assert!(told.contains("1 price rows"), "{before:?}: {told}");
    }
    let windows = format!("{HEADER}{row}").replace('\n', "\r\n");
    assert!(import("f", windows.as_bytes()).unwrap().contains("1 price rows"));
    let exponent = import("f", priced(r#"{"USD": 1E-7}"#).as_bytes()).unwrap();
    assert!(exponent.contains("from 0: 0.0000001,"), "{exponent}");
}

#[test]
fn text_that_is_not_utf8_is_named_with_its_place() {
    for name in FIXTURES {
        let mut bytes = fixture(name);
        let at = bytes.len() / 2;
        bytes[at] = 0xFF;
        let error = import(name, &bytes).unwrap_err();
        let told = (error.kind(), error.byte(), error.message());
        assert_eq!(told, (ErrorKind::Malformed, Some(at as u64), "the text is not UTF-8"), "{name}");
    }
    let utf16: Vec<u8> = "\u{feff}SKU".encode_utf16().flat_map(u16::to_le_bytes).collect();
    assert_eq!(import("f", &utf16).unwrap_err().to_string(), "f:1:1: UTF-16 text: save the file as UTF-8");
}

/// Memory stays flat: an element or a row that has no end is given up.
#[test]
fn what_is_too_large_to_hold_is_refused() {
    let filler = " ".repeat(9 * 1_024 * 1_024);
    let json = format!("{{\"products\": {{\"A\": {{\"sku\": \"{filler}\"}}}}}}");
    let error = import("f", json.as_bytes()).unwrap_err();
    assert_eq!(error.kind(), ErrorKind::TooLarge);
    assert_eq!(
        error.to_string(),
        "f:1:20: an element larger than 8 MiB: is a brace or a quotation mark not closed?"
    );
    let csv = format!("{HEADER}\"{}{filler}", row("2026-09-01", "0.1", "USD"));
    let error = import("f", csv.as_bytes()).unwrap_err();
    assert_eq!(error.kind(), ErrorKind::TooLarge);
    assert_eq!(error.message(), "a row larger than 8 MiB: is a quotation mark not closed?");
}

/// A reader that fails after some bytes.
struct Failing(Cursor<Vec<u8>>, u64, IoErrorKind);

impl Read for Failing {
    fn read(&mut self, buffer: &mut [u8]) -> Result<usize> {
        if self.0.position() >= self.1 {
            return Err(Error::from(self.2));
        }
        let most = buffer.len().min(100);
        self.0.read(&mut buffer[..most])
    }
}

impl Seek for Failing {
    fn seek(&mut self, to: SeekFrom) -> Result<u64> {
        self.0.seek(to)
    }
}

#[test]
fn what_the_system_refuses_is_told() {
    for name in ["offer.json", "offer.csv"] {
        let mut reader = Failing(Cursor::new(fixture(name)), 9_000, IoErrorKind::PermissionDenied);
        let error = import_from(name, &mut reader).unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Unreadable);
        assert_eq!(error.to_string(), format!("{name}: the file can't be read: permission denied"));
    }
    let mut folder = Failing(Cursor::new(Vec::new()), 0, IoErrorKind::IsADirectory);
    let error = import_from("aws", &mut folder).unwrap_err();
    assert_eq!(error.to_string(), "aws: a directory: name the price files in it");
}
