//! Reads values that are plain text: names, lines, codes of currencies, whole numbers.

use toml::de::{DeArray, DeValue};

use super::kind::{Datum, Refusal, described};

pub(super) fn name(text: &str) -> Result<Datum, Refusal> {
    let fits = |c: char| {
        c.is_alphanumeric() || matches!(c, ' ' | '-' | '_' | '.' | '+' | '(' | ')' | ',' | ':' | '/')
    };
    if text.trim().is_empty() || text.chars().count() > 80 || !text.chars().all(fits) {
        return Err(format!("`{text}` is no name of 1 to 80 characters").into());
    }
    Ok(Datum::Text(text.trim().to_owned()))
}

pub(super) fn one_line(text: &str) -> Result<Datum, Refusal> {
    let text = text.trim();
    match text.chars().count() {
        1..=300 if !text.chars().any(char::is_control) => Ok(Datum::Text(text.to_owned())),
        0 => Err("an empty text".to_owned().into()),
        _ => Err("no text of 1 to 300 characters on one line".to_owned().into()),
    }
}

/// Each text of a list, or the first that is none.
pub(super) fn texts(items: &DeArray<'_>) -> Result<Datum, Refusal> {
    let each = items.iter().map(|item| {
        let read = match item.get_ref() {
            DeValue::String(text) => one_line(text),
            other => Err(format!("{} in a list of texts", described(other)).into()),
        };
        match read {
            Ok(Datum::Text(text)) => Ok(text),
            Ok(_) => Err(Refusal::from("no text".to_owned())),
            Err(refusal) => Err(Refusal { part: Some(item.span()), ..refusal }),
        }
    });
    each.collect::<Result<_, _>>().map(Datum::Words)
}

pub(super) fn currency_code(text: &str) -> Result<Datum, Refusal> {
    let folded = text.trim().to_uppercase();
    let is_code = folded.len() == 3 && folded.bytes().all(|byte| byte.is_ascii_uppercase());
    match is_code {
        true if folded == "USD" => Err("USD is what every amount is in".to_owned().into()),
        true if folded == text => Ok(Datum::Text(folded)),
        true => {
            Err(Refusal { suggestion: Some(folded), ..format!("`{text}` is no code of a currency").into() })
        }
        false => Err(format!("`{text}` is no code of a currency: three letters, as in ISO 4217").into()),
    }
}

pub(super) fn count(text: &str, least: u32, most: u32) -> Result<Datum, Refusal> {
    let negative = text.starts_with('-');
    match text.replace('_', "").parse::<u32>() {
        Ok(count) if (least..=most).contains(&count) => Ok(Datum::Count(count)),
        _ if negative => Err(format!("{text} is negative").into()),
        Ok(count) if count < least => Err(format!("{text} is less than {least}").into()),
        _ if text.bytes().all(|byte| byte.is_ascii_digit()) => {
            Err(format!("{text} is more than {most}").into())
        }
        _ => Err(format!("`{text}` is no whole number").into()),
    }
}

pub(super) fn zero(text: &str) -> Refusal {
    format!("`{text}` is zero, which makes no sense here").into()
}
