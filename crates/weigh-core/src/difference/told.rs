//! What of an option is not as it was beside its cost, in words.

use crate::snapshot::OptionSnapshot;

/// What changed in how an option serves that a ranking may go by, where both states were evaluated.
pub(super) fn served(was: &OptionSnapshot, is: &OptionSnapshot) -> Vec<String> {
    let (Some(was), Some(is)) = (&was.served, &is.served) else { return Vec::new() };
    let milliseconds = |value: Option<f64>| value.map_or("overload".to_owned(), |ms| format!("{ms:.1} ms"));
    let promised = |value: Option<f64>| value.map_or("no promise".to_owned(), percent);
    let rows = [
        ("P95 latency", milliseconds(was.latency_p95_ms), milliseconds(is.latency_p95_ms)),
        ("cold starts", percent(was.cold_start_share), percent(is.cold_start_share)),
        ("availability", promised(was.availability), promised(is.availability)),
    ];
    moved(&rows)
}

/// What else changed in an option that differs.
pub(super) fn otherwise(was: &OptionSnapshot, is: &OptionSnapshot) -> Vec<String> {
    let size = |option: &OptionSnapshot| option.size.clone().unwrap_or_else(|| "none".to_owned());
    let rank = |option: &OptionSnapshot| option.rank.map_or("none".to_owned(), |rank| rank.to_string());
    let score =
        |option: &OptionSnapshot| option.score.map_or("none".to_owned(), |score| format!("{score:.4}"));
    let rows = [
        ("platform", was.platform.clone(), is.platform.clone()),
        ("status", was.status.clone(), is.status.clone()),
        ("size", size(was), size(is)),
        ("rank", rank(was), rank(is)),
        ("score", score(was), score(is)),
    ];
    let mut told = moved(&rows);
    told.extend(served(was, is));
    if let (Some(was), Some(is)) = (&was.served, &is.served) {
        told.extend(moved(&[("utilisation", percent(was.utilisation), percent(is.utilisation))]));
    }
    let news = |what: &str, was: &[String], is: &[String]| {
        let fresh: Vec<&str> = is.iter().filter(|each| !was.contains(each)).map(String::as_str).collect();
        (!fresh.is_empty()).then(|| format!("{what}: {}", fresh.join("; ")))
    };
    told.extend(news("now fails", &was.failed_needs, &is.failed_needs));
    told.extend(news("no longer fails", &is.failed_needs, &was.failed_needs));
    told.extend(news("now lacks the prices", &was.missing_prices, &is.missing_prices));
    told.extend(news("no longer lacks the prices", &is.missing_prices, &was.missing_prices));
    if told.is_empty() && was.charges == is.charges {
        told.push("figures moved in digits that are not shown".to_owned());
    }
    told
}

fn moved(rows: &[(&str, String, String)]) -> Vec<String> {
    let differing = rows.iter().filter(|(_, was, is)| was != is);
    differing.map(|(what, was, is)| format!("{what} {was} -> {is}")).collect()
}

fn percent(share: f64) -> String {
    format!("{} %", (share * 1e6).round() / 1e4)
}
