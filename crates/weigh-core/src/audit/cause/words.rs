//! What charges and amounts are called in the words of a cause.

use rust_decimal::Decimal;

use crate::claim::Figure;

/// Words of price ids that are written otherwise.
const SPELT: &[(&str, &str)] = &[
    ("vcpu", "vCPU"),
    ("gb", "GB"),
    ("iops", "IOPS"),
    ("mibps", "MiB/s"),
    ("nat", "NAT"),
    ("lcu", "capacity unit"),
    ("ipv4", "IPv4"),
    ("postgresql", "PostgreSQL"),
    ("http", "HTTP"),
    ("api", "API"),
    ("rest", "REST"),
];

/// Endings of price ids that say in what is metered, and not what.
const METERED: &[&str] = &[
    "gb-hours",
    "gb-months",
    "gb-seconds",
    "iops-months",
    "mibps-months",
    "vcpu-hours",
    "hours",
    "months",
    "seconds",
    "gb",
];

/// Services whose prices are told without them.
const UNDERSTOOD: &[&str] = &["fargate", "ec2", "vpc", "ebs", "elb", "transfer", "rds", "cloudwatch"];

/// What a price id is called: `memory`, `vCPU`, `NAT gateway`, `gp3 storage`.
pub(super) fn label(price_id: &str) -> String {
    let mut segments = price_id.split('/');
    let service = segments.next().unwrap_or(price_id);
    let counted = segments.next().unwrap_or(service);
    let bare = METERED.iter().find_map(|ending| counted.strip_suffix(ending)?.strip_suffix('-'));
    let bare = bare.filter(|bare| !bare.is_empty()).unwrap_or(counted);
    let bare = bare.strip_suffix("-hours").unwrap_or(bare);
    match UNDERSTOOD.contains(&service) {
        true => named(bare),
        false => format!("{} {}", named(service), named(bare)),
    }
}

/// What a service's id is called: `NAT gateway`, `load balancer`.
pub(super) fn named(id: &str) -> String {
    id.split('-').map(spelt).collect::<Vec<_>>().join(" ")
}

fn spelt(word: &str) -> &str {
    SPELT.iter().find(|(known, _)| *known == word).map_or(word, |(_, written)| written)
}

/// `is` or `are`, for what is named so.
pub(super) fn is_or_are(name: &str) -> &'static str {
    let many = name.contains(" and ") || (name.ends_with('s') && !name.ends_with("ss"));
    if many { "are" } else { "is" }
}

/// Names in a row: `a`, `a and b`, `a, b and c`; beyond four of them how many more there are.
pub(super) fn listed(names: &[String]) -> String {
    const SHOWN: usize = 4;
    match names {
        [] => "nothing".to_owned(),
        [one] => one.clone(),
        [first @ .., last] if names.len() <= SHOWN => format!("{} and {last}", first.join(", ")),
        _ => format!("{} and {} more", names[..SHOWN - 1].join(", "), names.len() + 1 - SHOWN),
    }
}

/// Dollars of a month as a cause tells them: `10.36`, `41.43 to 64.90`, `0.0035`.
pub(super) fn usd(figure: &Figure) -> String {
    let end = |value: Decimal| match value.abs() {
        size if size.is_zero() => "0".to_owned(),
        size if size < Decimal::new(1, 1) => crate::money::number(value, 2),
        _ => format!(
            "{:.2}",
            value.round_dp_with_strategy(2, rust_decimal::RoundingStrategy::MidpointAwayFromZero)
        ),
    };
    match figure.ends() {
        Some((low, high)) if end(low) == end(high) => end(low),
        Some((low, high)) => format!("{} to {}", end(low), end(high)),
        None => figure.shown(2),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn price_ids_in_words() {
        for (price_id, expected) in [
            ("fargate/vcpu-hours/linux-x86", "vCPU"),
            ("fargate/memory-gb-hours/linux-x86", "memory"),
            ("ebs/gp3-storage-gb-months", "gp3 storage"),
            ("elb/application-load-balancer-hours", "application load balancer"),
            ("elb/application-lcu-hours", "application capacity unit"),
            ("vpc/nat-gateway-processed-gb", "NAT gateway processed"),
            ("vpc/public-ipv4-hours", "public IPv4"),
            ("lambda/requests", "lambda requests"),
            ("ec2/instance-hours/t3.medium", "instance"),
        ] {
            assert_eq!(label(price_id), expected, "{price_id}");
        }
    }
}
