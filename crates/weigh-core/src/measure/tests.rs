//! What people write, and what it means or why it is refused.

use super::*;

#[test]
fn sizes() {
    for (text, bytes) in [
        ("512 MB", Ok(512 * MIB)),
        ("512MiB", Ok(512 * MIB)),
        ("1.5 GiB", Ok(3 * GIB / 2)),
        ("1_000 KB", Ok(1_000 * KIB)),
        ("0 B", Ok(0)),
        ("2 tb", Ok(2 * TIB)),
        ("-1 GB", Err("can't be negative")),
        ("GB", Err("no number")),
        ("2", Err("its unit")),
        ("2 GHz", Err("its unit")),
        ("nan GB", Err("its unit")),
        ("1_024 TB", Ok(1_024 * TIB)),
        ("1_025 TB", Err("too large")),
        ("99999999999 TB", Err("too large")),
        ("1.2.3 GB", Err("no number")),
    ] {
        match (text.parse::<Size>(), bytes) {
            (Ok(size), Ok(bytes)) => assert_eq!(size.bytes(), bytes, "{text}"),
            (Err(error), Err(part)) => assert!(error.contains(part), "{text}: {error}"),
            (got, _) => panic!("{text}: {got:?}"),
        }
    }
}

#[test]
fn rates() {
    let shown = |text: &str| {
        text.parse::<Rate>().map(|rate| rate.per_month(Month::Average).to_string()).unwrap_or_else(|e| e)
    };
    assert_eq!(shown("10_000/day"), "304166.66666666666666666666667");
    assert_eq!(shown("3.5/s"), "9198000");
    assert_eq!(shown("60/minute"), "2628000");
    assert_eq!(shown("250 / day"), "7604.1666666666666666666666667");
    assert!(shown("-3/s").contains("can't be negative"));
    assert!(shown("nan/s").contains("NaN"));
    assert!(shown("10_000").contains("such as"));
    assert!(shown("1_000_000_000_001/month").contains("more than 1000000000000 requests"));
    assert!(shown("0.0000001/month").contains("less than 0.000001 requests"));
    assert!(shown("10/fortnight").contains("week or month"));
    assert!(shown("1e30/s").contains("more than") || shown("1e30/s").contains("no number"));
}

#[test]
fn shares_and_money() {
    assert_eq!(share("99.9 %").unwrap().to_string(), "0.999");
    assert_eq!(share("0.25").unwrap().to_string(), "0.25");
    assert!(share("101 %").unwrap_err().contains("more than the whole"));
    assert!(share("-1 %").unwrap_err().contains("negative"));
    assert_eq!(usd("$1,200.50").unwrap().to_string(), "1200.50");
    assert_eq!(usd("200 USD").unwrap().to_string(), "200");
    assert!(usd("200 EUR").unwrap_err().contains("US dollars"));
}

#[test]
fn durations() {
    for (text, shown) in
        [("120 ms", "120 ms"), ("1500 ms", "1.5 s"), ("15 min", "15 min"), ("2 h", "2 h"), ("0 s", "0 ms")]
    {
        assert_eq!(show_duration(duration(text).unwrap()), shown, "{text}");
    }
    assert!(duration("12 parsecs").is_err());
    assert!(duration("-1 s").unwrap_err().contains("negative"));
    assert!(duration("9999999999999 h").unwrap_err().contains("too long"));
}
