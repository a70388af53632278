//! What a rate is for: `vCPU-hour`, `GB-s`, `1M requests`, `month/instance`, as documents and as the price book write it.

use rust_decimal::Decimal;

/// What a rate is for: so many of some things, over a time.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Per {
    /// How many; nothing where that is more than a decimal holds.
    times: Option<Decimal>,
    /// Of what, each word once, sorted; sizes as GB.
    things: Vec<String>,
    /// Over how many seconds; nothing for what is paid once.
    seconds: Option<Decimal>,
}

/// Spans of time in seconds; a month has 730 hours.
const TIMES: &[(&[&str], i64)] = &[
    (&["s", "sec", "second"], 1),
    (&["min", "minute"], 60),
    (&["h", "hr", "hour"], 3_600),
    (&["day"], 86_400),
    (&["mo", "month"], 2_628_000),
    (&["year", "yr"], 31_536_000),
];

/// The most that a rate is for: 10¹⁵, far more than anybody states, so that times and rates can be converted.
const LARGEST: Decimal = Decimal::from_parts(2_764_472_320, 232_830, 0, false, 0);

/// Sizes as parts of a GB of 2³⁰ bytes: how many of the unit are how many GB.
const SIZES: &[(&[&str], i64, i64)] = &[
    (&["kb", "kib"], 1_048_576, 1),
    (&["mb", "mib"], 1_024, 1),
    (&["gb", "gib"], 1, 1),
    (&["tb", "tib"], 1, 1_024),
];

/// Words for the same thing: the first is taken.
const SAME: &[&[&str]] = &[
    &["request", "call", "invocation", "query", "queries", "put", "get", "operation"],
    &["token"],
    &["vcpu", "vcpus"],
    &["iop", "iops"],
    &["mibps", "mbps"],
    &["acu"],
    &["lcu"],
];

/// Things that are metered by themselves: where a price is for one of them, so must be the claim, and the other way round.
/// Instances, nodes, gateways, keys and the like are what an hour or a month is of, and may be named or not.
const METERED: &[&str] = &["acu", "gb", "iop", "lcu", "mibps", "request", "token", "vcpu"];

impl Per {
    /// Reads what stands behind `USD/`, or a unit of the price book.
    pub(super) fn read(text: &str) -> Per {
        let mut per = Per { times: Some(Decimal::ONE), things: Vec::new(), seconds: None };
        let lower = text.to_lowercase();
        for word in lower.split(|sign: char| sign.is_whitespace() || "-/·×*".contains(sign)) {
            per.add(word);
        }
        per.things.sort_unstable();
        per.things.dedup();
        per
    }

    fn add(&mut self, word: &str) {
        const LITTLE: [&str; 6] = ["", "per", "a", "an", "of", "each"];
        if LITTLE.contains(&word) {
            return;
        }
        if let Some(times) = count(word) {
            self.times = self.times.zip(times).and_then(|(own, times)| own.checked_mul(times));
            return;
        }
        let one = word.strip_suffix('s').filter(|one| one.len() > 1).unwrap_or(word);
        if let Some((_, seconds)) =
            TIMES.iter().find(|(words, _)| words.contains(&word) || words.contains(&one))
        {
            self.seconds = Some(Decimal::from(*seconds));
        } else if let Some((_, own, gb)) = SIZES.iter().find(|(words, ..)| words.contains(&word)) {
            let in_gb = |times: Decimal| times.checked_mul((*gb).into())?.checked_div((*own).into());
            self.times = self.times.and_then(in_gb);
            self.things.push("gb".to_owned());
        } else {
            let same = SAME.iter().find(|words| words.contains(&word) || words.contains(&one));
            self.things.push(same.map_or(one, |words| words[0]).to_owned());
        }
    }

    /// A rate for this as a rate for `wanted`; nothing where they are for different things.
    pub(super) fn rate(&self, rate: Decimal, wanted: &Per) -> Option<Decimal> {
        let metered = |per: &Per| -> Vec<String> {
            per.things.iter().filter(|thing| METERED.contains(&thing.as_str())).cloned().collect()
        };
        if metered(self) != metered(wanted) {
            return None;
        }
        let over = match (self.seconds, wanted.seconds) {
            (Some(own), Some(wanted)) => (wanted, own),
            (None, None) => (Decimal::ONE, Decimal::ONE),
            _ => return None,
        };
        let (times, parts) = (wanted.times?.checked_mul(over.0)?, self.times?.checked_mul(over.1)?);
        rate.checked_mul(times)?.checked_div(parts).map(|rate| rate.normalize())
    }

    /// Why no rate can be for so many, in words; nothing where one can.
    pub(super) fn impossible(&self) -> Option<&'static str> {
        match self.times {
            None => Some("its number exceeds 28 digits"),
            Some(times) if times.is_zero() => Some("it is for 0 of it, or for less than a decimal holds"),
            Some(times) if times > LARGEST => Some("it is for more than 10¹⁵ of it"),
            Some(_) => None,
        }
    }
}

/// A number as a unit has it: `1`, `1,000`, `1m`, `million`; nothing inside where a decimal can't hold it.
fn count(word: &str) -> Option<Option<Decimal>> {
    match word {
        "thousand" => return Some(Some(Decimal::ONE_THOUSAND)),
        "million" | "mio" => return Some(Some(Decimal::from(1_000_000))),
        _ => {}
    }
    let (digits, times) = match word.strip_suffix('k').or_else(|| word.strip_suffix('m')) {
        Some(digits) if word.ends_with('k') => (digits, Decimal::ONE_THOUSAND),
        Some(digits) => (digits, Decimal::from(1_000_000)),
        None => (word, Decimal::ONE),
    };
    let bare: String = digits.chars().filter(|sign| !matches!(sign, ',' | '_')).collect();
    if !bare.starts_with(|sign: char| sign.is_ascii_digit()) {
        return None;
    }
    // What begins with a digit and is no number, such as `3xx`, is a word of its own.
    match bare.chars().all(|sign| sign.is_ascii_digit() || sign == '.') {
        true => Some(bare.parse::<Decimal>().ok().and_then(|number| number.checked_mul(times))),
        false => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// rate, what it is for, what is asked | the rate for that
    #[test]
    fn rates_in_other_units() {
        for (rate, own, wanted, expected) in [
            ("0.0416", "Hours", "hour", Some("0.0416")),
            ("0.0416", "Hours", "month", Some("30.368")),
            ("0.0416", "Hours", "month/instance", Some("30.368")),
            ("0.0416", "Hours", "instance-hour", Some("0.0416")),
            ("0.04048", "vCPU-Hours", "vCPU-hour", Some("0.04048")),
            ("0.04048", "vCPU-Hours", "vCPU-month", Some("29.5504")),
            ("0.04048", "vCPU-Hours", "hour", None),
            ("0.0416", "Hours", "vCPU-hour", None),
            ("0.0000166667", "GB-Seconds", "GB-s", Some("0.0000166667")),
            ("0.0000166667", "GB-Seconds", "GB-hour", Some("0.06000012")),
            ("0.0000166667", "GB-Seconds", "1M GB-seconds", Some("16.6667")),
            ("0.0000002", "Requests", "1M requests", Some("0.2")),
            ("0.0000002", "Requests", "million invocations", Some("0.2")),
            ("0.0000004", "Requests", "1,000 GET requests", Some("0.0004")),
            ("0.000003", "Tokens", "1K tokens", Some("0.003")),
            ("0.08", "GB-Months", "GB/month", Some("0.08")),
            ("0.08", "GB-Months", "GB-month", Some("0.08")),
            ("0.08", "GB-Months", "TB-month", Some("81.92")),
            ("0.08", "GB-Months", "GB", None),
            ("0.09", "GB", "GB", Some("0.09")),
            ("0.09", "GB", "TB", Some("92.16")),
            ("0.008", "LCU-Hours", "LCU-hour", Some("0.008")),
            ("7", "Node-Months", "node/month", Some("7")),
            ("7", "Node-Months", "month", Some("7")),
            ("7.3", "Node-Months", "hour", Some("0.01")),
            ("0.4", "Months", "secret-month", Some("0.4")),
            ("0.005", "Hours", "year", Some("43.8")),
        ] {
            let found = Per::read(own).rate(rate.parse().unwrap(), &Per::read(wanted));
            assert_eq!(
                found.map(|rate| rate.to_string()).as_deref(),
                expected,
                "{rate} per {own} for {wanted}"
            );
        }
    }

    #[test]
    fn rates_for_none_or_for_more_than_a_decimal_holds() {
        for (wanted, why) in [
            ("vcpu-hour", None),
            ("1,000,000,000,000,000 requests", None),
            ("1000000000000001 requests", Some("10¹⁵")),
            ("9999999999999999 9999999999999999 gb-month", Some("28 digits")),
            ("79228162514264337593543950335 vcpu-year", Some("10¹⁵")),
            ("79228162514264337593543950335m requests", Some("28 digits")),
            ("79228162514264337593543950335 tb", Some("28 digits")),
            ("999999999999999999999999999999999 requests", Some("28 digits")),
            ("0 vcpu-hour", Some("for 0 of it")),
            ("0.0000000000000000000000000001 b", None),
            ("0.0000000000000000000000000001 kb", Some("for 0 of it")),
        ] {
            let found = Per::read(wanted).impossible();
            assert_eq!(found.is_some(), why.is_some(), "{wanted}: {found:?}");
            assert!(found.unwrap_or_default().contains(why.unwrap_or_default()), "{wanted}: {found:?}");
            for own in ["vCPU-Hours", "GB-Months", "Requests", "GB"] {
                let _ = Per::read(own).rate(Decimal::MAX, &Per::read(wanted));
            }
        }
    }
}
