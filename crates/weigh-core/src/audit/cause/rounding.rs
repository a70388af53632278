//! Rounding: the computed figure is the stated one as the document writes it.

use super::search::{Change, Search};
use super::words::usd;

const ID: &str = "rounded";

pub(super) fn propose(search: &Search<'_>, changes: &mut Vec<Change>) {
    let figure = search.computed.figure;
    if search.stated.matches(&figure).is_some() {
        let shown = search.claim.unit.as_ref().map_or(figure, |unit| figure.map(|end| unit.from_base(end)));
        let words = format!("equals {} when it is rounded as the document writes it", usd(&shown));
        changes.push(Change::figure(ID, 0, words, figure));
    }
}
