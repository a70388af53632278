//! Claims held against each other: statements about one thing that do not agree.

use rust_decimal::Decimal;

use super::conduct::{AuditedClaim, AuditedScenario, is_within};
use crate::claim::{Agreement, Degree, Dimension, Figure};
use crate::scenario::{About, Claim, ClaimEntry};

/// Statements about one thing that do not agree.
#[derive(Clone, Debug, PartialEq)]
pub struct Disagreement {
    /// What they are about: the topic, or what the claims are about with its option, component and so on.
    pub subject: String,
    /// The statements, each with every place at which it stands, in the order of the claims.
    pub statements: Vec<Statement>,
}

/// One thing that is stated, and where.
#[derive(Clone, Debug, PartialEq)]
pub struct Statement {
    /// As it is stated: `99.99 %`.
    pub stated: String,
    /// Where; at least one place.
    pub places: Vec<StatementPlace>,
}

/// Where something is stated.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StatementPlace {
    /// The claim's id.
    pub id: String,
    /// The document.
    pub document: Option<String>,
    /// The line of the document.
    pub line: Option<u32>,
    /// The scenario file that has the claim.
    pub file: String,
}

/// Percent by which a figure may be off that is rounded to the digits of another one: 3.20 to 3.
const ROUNDED: i64 = 7;

/// Percent by which a figure may be off whose last digits are cut off: 60.74 to 60.
const CUT_OFF: i64 = 2;

/// A claim with what it is about.
struct Stated<'a> {
    audited: &'a AuditedClaim,
    file: &'a str,
    /// What it is about: claims with a key in common are about the same.
    keys: Vec<String>,
}

/// Groups the claims by what they are about, and keeps the groups in which two do not agree.
pub(super) fn disagreements(scenarios: &[AuditedScenario]) -> Vec<Disagreement> {
    let all = scenarios.iter().flat_map(|scenario| {
        scenario.claims.iter().map(|audited| Stated {
            audited,
            file: &scenario.file,
            keys: keys(&scenario.file, &audited.claim.entry),
        })
    });
    let mut groups: Vec<Vec<Stated<'_>>> = Vec::new();
    for stated in all.filter(|stated| !stated.keys.is_empty()) {
        let is_same = |group: &Vec<Stated<'_>>| {
            group.iter().any(|other| other.keys.iter().any(|key| stated.keys.contains(key)))
        };
        // A claim may bring two groups together: it has the topic of one and is about the same as the other.
        let (same, others): (Vec<_>, Vec<_>) = std::mem::take(&mut groups).into_iter().partition(is_same);
        groups = others;
        let mut group: Vec<Stated<'_>> = same.into_iter().flatten().collect();
        group.push(stated);
        groups.push(group);
    }
    let mut found: Vec<(&str, Disagreement)> =
        groups.iter().filter_map(|group| Some((group[0].file, disagreement(group)?))).collect();
    let place = |file: &str| scenarios.iter().position(|scenario| scenario.file == file);
    found.sort_by_key(|(file, _)| place(file));
    found.into_iter().map(|(_, disagreement)| disagreement).collect()
}

/// What a claim is about: its topic in any file, and what the model computes for it in its own file.
fn keys(file: &str, entry: &ClaimEntry) -> Vec<String> {
    let topic = entry.topic.as_ref().map(|topic| format!("topic {topic}"));
    let modelled = entry.about.filter(|about| !matches!(about, About::Input | About::Estimate));
    let own = modelled.map(|about| format!("{file}\n{}", described(about, entry)));
    topic.into_iter().chain(own).collect()
}

/// `total, option fargate`, `size, memory, component api, option fargate`, `service load-balancer`.
fn described(about: About, entry: &ClaimEntry) -> String {
    let named = [
        ("", &entry.of),
        ("price_id", &entry.price_id),
        ("limit", &entry.limit),
        ("shape", &entry.shape),
        ("service", &entry.service),
        ("component", &entry.component),
        ("option", &entry.option),
        ("environment", &entry.environment),
        ("against", &entry.against),
    ];
    // What a claim is about may be the name of a key: `limit`, whose value says it all.
    let named = named.into_iter().filter_map(|(key, name)| Some((key, name.as_ref()?)));
    let mut words: Vec<String> = named
        .map(|(key, name)| match key.is_empty() || key == "price_id" {
            true => name.clone(),
            false => format!("{key} {name}"),
        })
        .collect();
    let about = about.spelling();
    if !words.iter().any(|word| word.split(' ').next() == Some(about)) {
        words.insert(0, about.to_owned());
    }
    words.extend(entry.items.iter().cloned());
    words.join(", ")
}

fn disagreement(group: &[Stated<'_>]) -> Option<Disagreement> {
    let differs = |one: &Stated<'_>| group.iter().any(|other| !agree(one.audited, other.audited));
    let mut statements: Vec<Statement> = Vec::new();
    let mut first_of: Vec<&Claim> = Vec::new();
    for stated in group.iter().filter(|stated| differs(stated)) {
        let entry = &stated.audited.claim.entry;
        let place = StatementPlace {
            id: entry.id.clone(),
            document: stated.audited.document.clone(),
            line: entry.line,
            file: stated.file.to_owned(),
        };
        let words = entry.stated();
        // The same in another unit is the same statement.
        match first_of.iter().position(|known| is_same(known, &stated.audited.claim)) {
            Some(at) => statements[at].places.push(place),
            None => {
                first_of.push(&stated.audited.claim);
                statements.push(Statement { stated: words, places: vec![place] });
            }
        }
    }
    let first = &group.iter().find(|stated| differs(stated))?.audited.claim.entry;
    let topic = group.iter().find_map(|stated| stated.audited.claim.entry.topic.clone());
    let subject = topic.or_else(|| first.about.map(|about| described(about, first))).unwrap_or_default();
    Some(Disagreement { subject, statements })
}

/// Whether two claims state the same figure, in whatever unit.
fn is_same(one: &Claim, other: &Claim) -> bool {
    let converted = || one.unit.as_ref()?.from(&other.figure?, other.unit.as_ref()?);
    match (&one.unit, &other.unit) {
        (Some(unit), Some(own)) if unit.text == own.text => one.figure == other.figure,
        (Some(_), Some(_)) => converted().is_some_and(|figure| one.figure == Some(figure)),
        _ => one.entry.value == other.entry.value,
    }
}

/// Whether two statements about one thing can both be right, as far as their digits go.
///
/// One within the other is right, and what is the other when it is rounded to its digits or cut off there, by little. Of what
/// is no percentage 1 % is no difference either; of 99.99 % and 99.95 % it is. What is measured in other things is not compared.
fn agree(one: &AuditedClaim, other: &AuditedClaim) -> bool {
    let (one, other) = (&one.claim, &other.claim);
    let (Some(figure), Some(unit)) = (one.figure, &one.unit) else {
        return one.figure.is_some() != other.figure.is_some() || one.entry.value == other.entry.value;
    };
    let (Some(own), Some(own_unit)) = (other.figure, &other.unit) else { return true };
    let counts = (unit.dimension, own_unit.dimension) == (Dimension::Count, Dimension::Count);
    let converted = unit.from(&own, own_unit).or(Some(own).filter(|_| counts));
    let back = own_unit.from(&figure, unit).or(Some(figure).filter(|_| counts));
    let (Some(converted), Some(back)) = (converted, back) else { return true };
    let near = unit.dimension != Dimension::Percent
        && Agreement::of(&figure, &converted).degree == Degree::WithinOne
        && Agreement::of(&converted, &figure).degree == Degree::WithinOne;
    // Rounding to one digit would take 0.5 for 1, and of a promise of 99.95 % it is the rest to 100 that counts.
    let off = |one: &Figure, other: &Figure| Agreement::of(one, other).share.map(|share| share.abs());
    let rest = |figure: &Figure| figure.map(|end| Decimal::ONE_HUNDRED - end);
    let is_promise = unit.dimension == Dimension::Percent
        && [figure, converted].iter().all(|each| each.low.is_some_and(|low| low >= Decimal::from(90)));
    let off = if is_promise { off(&rest(&figure), &rest(&converted)) } else { off(&figure, &converted) };
    let less_than = |percent: i64| off.is_some_and(|share| share < Decimal::new(percent, 2));
    let either = |tenths: i64| is_within(&figure, &converted, tenths) || is_within(&own, &back, tenths);
    let rounded = less_than(ROUNDED) && either(5);
    let cut_off = less_than(CUT_OFF) && either(10);
    near || rounded || cut_off || within(&figure, &converted) || within(&converted, &figure)
}

/// Whether a figure lies within another.
fn within(inner: &Figure, outer: &Figure) -> bool {
    let from = |inner: Option<Decimal>, outer: Option<Decimal>| {
        outer.is_none() || inner.zip(outer).is_some_and(|(inner, outer)| inner >= outer)
    };
    let to = |inner: Option<Decimal>, outer: Option<Decimal>| {
        outer.is_none() || inner.zip(outer).is_some_and(|(inner, outer)| inner <= outer)
    };
    from(inner.low, outer.low) && to(inner.high, outer.high)
}
