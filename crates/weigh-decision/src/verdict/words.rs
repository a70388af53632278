//! Names and figures as a sentence has them.

/// Names in a sentence: `a, b and c`.
pub(super) fn listed(names: &[&str]) -> String {
    match names {
        [] => String::new(),
        [one] => (*one).to_owned(),
        [first @ .., last] => format!("{} and {last}", first.join(", ")),
    }
}

pub(super) fn several(names: &[String]) -> String {
    listed(&names.iter().map(String::as_str).collect::<Vec<_>>())
}

/// A share in whole percent, with one digit where it is nearly none or nearly all.
pub(super) fn percent(share: f64) -> String {
    let percent = 100.0 * share;
    match percent {
        p if p <= 0.0 => "0 %".to_owned(),
        p if p < 0.1 => "less than 0.1 %".to_owned(),
        p if p >= 100.0 => "100 %".to_owned(),
        p if p > 99.9 => "more than 99.9 %".to_owned(),
        p if !(1.0..=99.0).contains(&p) => format!("{p:.1} %"),
        p => format!("{p:.0} %"),
    }
}

pub(super) fn fixed(value: f64, digits: usize) -> String {
    format!("{value:.digits$}")
}

/// A weight and the one to which it may go, with two digits or as many as tell them apart. The second is rounded towards
/// the first, so that what holds up to it is not promised beyond.
pub(super) fn weights(from: f64, to: f64) -> (String, String) {
    let rises = to > from;
    let told = |digits: i32| {
        let unit = libm::pow(10.0, f64::from(digits));
        // What is whole but for rounding stays as it is.
        let whole = if rises { libm::floor(to * unit + 1e-6) } else { libm::ceil(to * unit - 1e-6) };
        (libm::round(from * unit), whole, unit)
    };
    let apart = |digits: &i32| {
        let (from, to, _) = told(*digits);
        if rises { to > from } else { to < from }
    };
    let digits = (2..10).find(apart).unwrap_or(10);
    let (from, to, unit) = told(digits);
    let digits = usize::try_from(digits).unwrap_or(2);
    (fixed(from / unit, digits), fixed(to / unit, digits))
}

/// So many digits, or as many as show each of some figures.
pub(super) fn digits_for(values: &[f64], least: usize) -> usize {
    let shown = |digits: usize| {
        values
            .iter()
            .all(|value| *value <= 0.0 || fixed(*value, digits).chars().any(|c| ('1'..='9').contains(&c)))
    };
    (least..15).find(|digits| shown(*digits)).unwrap_or(15)
}
