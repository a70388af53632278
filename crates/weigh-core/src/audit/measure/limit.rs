//! Claims about a hard limit of AWS's: a row of the book's limits, or the range of a platform's shapes.

use rust_decimal::Decimal;

use super::{Measures, meant, not, plain};
use crate::audit::{Computed, NotComputed};
use crate::catalog::Catalog;
use crate::claim::{ClaimUnit, Dimension, Figure};
use crate::money::number;
use crate::scenario::Claim;

/// What the shapes of a platform range over: the id, its unit, and the value of each shape.
type Range = (&'static str, &'static str, fn(&Catalog) -> Vec<Decimal>);

const RANGES: &[Range] = &[
    ("fargate/task-vcpu", "vCPU", |catalog| catalog.fargate_sizes.iter().map(|size| size.vcpu).collect()),
    ("fargate/task-memory", "MiB", |catalog| {
        let ends = |size: &crate::catalog::FargateSize| [size.memory_min_mib, size.memory_max_mib];
        catalog.fargate_sizes.iter().flat_map(ends).map(Decimal::from).collect()
    }),
    ("lightsail/container-vcpu", "vCPU", |catalog| {
        catalog.container_powers.iter().map(|power| power.vcpu).collect()
    }),
    ("lightsail/container-memory", "MiB", |catalog| {
        catalog.container_powers.iter().map(|power| power.memory_mib.into()).collect()
    }),
];

/// A limit.
pub(super) fn limit(claim: &Claim, measures: &Measures<'_>) -> Result<Computed, NotComputed> {
    let Some(id) = claim.entry.limit.as_deref() else { return Err(not("it names no `limit`")) };
    let Some(unit) = &claim.unit else { return Err(not("the claim states no unit")) };
    let catalog = measures.subject().catalog;
    if let Some(limit) = catalog.limits.find(id) {
        let figure = convert(limit.value, &limit.unit, unit).ok_or_else(|| other(id, &limit.unit, unit))?;
        let reckoning = format!("limit {id}: {} {}", number(limit.value, 6), limit.unit);
        let title = catalog.source_title(&limit.source);
        let source = match limit.mark.as_str() {
            "" => format!("{title}, {}", limit.as_of),
            "unverified" => format!("{title}, {}: no source could confirm it", limit.as_of),
            mark => format!("{title}, {} ({mark})", limit.as_of),
        };
        return Ok(plain(Figure::of(figure), reckoning, source));
    }
    for (known, of, values) in RANGES {
        let Some(end) = id.strip_prefix(known) else { continue };
        let values = values(catalog);
        let (Some(low), Some(high)) = (values.iter().min(), values.iter().max()) else { continue };
        let figure = match end {
            "" => Figure::between(*low, *high),
            "-min" => Figure::of(*low),
            "-max" => Figure::of(*high),
            _ => continue,
        };
        let (low, high) = (number(*low, 6), number(*high, 6));
        let reckoning = format!("the shapes of the catalog: {low} to {high} {of}");
        let converted = match figure.ends() {
            Some((low, high)) => convert(low, of, unit).zip(convert(high, of, unit)),
            None => None,
        };
        let (low, high) = converted.ok_or_else(|| other(id, of, unit))?;
        return Ok(plain(Figure::between(low, high), reckoning, "the shapes of the price book"));
    }
    let ends = RANGES.iter().flat_map(|(known, ..)| ["", "-min", "-max"].map(|end| format!("{known}{end}")));
    let ranges: Vec<String> = ends.collect();
    let known = catalog.limits.ids().chain(ranges.iter().map(String::as_str));
    let meant = meant(id, known);
    Err(not(format!("the book has no limit {id}: its limits stand in aws/shapes/limits.csv{meant}")))
}

/// A value of one unit in the base unit of another; nothing where they measure different things.
pub(in crate::audit) fn convert(value: Decimal, own: &str, wanted: &ClaimUnit) -> Option<Decimal> {
    let own = match own {
        "requests per second" => "requests/s",
        own => own.split_once(" per ").map_or(own, |(counted, _)| counted),
    };
    let own: ClaimUnit = own.parse().ok()?;
    if own.dimension == wanted.dimension {
        return Some(own.to_base(value));
    }
    // `GB/month` reads as a count of its own: what stands before the slash is what it counts.
    let counted: ClaimUnit = wanted.per.split('/').next()?.parse().ok()?;
    let same = wanted.dimension == Dimension::Count && counted.dimension == own.dimension;
    same.then(|| counted.from_base(own.to_base(value)))
}

fn other(id: &str, own: &str, wanted: &ClaimUnit) -> NotComputed {
    not(format!("{id} is stated in {own}, which {wanted} can't be held against: its unit may be {own}"))
}
