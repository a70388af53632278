//! Sizes of instances within a family, as reserved instances count them.

use rust_decimal::Decimal;

/// Families of which a reserved instance covers its own size alone, by how their names begin: with accelerators, for
/// high-performance computing, with very much memory.
///
/// AWS's User Guide excludes several of each by name; that all of them are excluded is assumed, on the safe side.
const FIXED: [&str; 8] = ["dl", "g", "hpc", "inf", "p", "trn", "u", "vt"];

/// How many of the reserved type one instance of another type counts as; nothing when it is not covered.
///
/// Source: AWS whitepaper "Amazon EC2 Reserved Instances and Other AWS Service Reservation Models", table 3 (read in
/// November 2026): nano 0.25, micro 0.5, small 1, medium 2, large 4, xlarge 8, and N × 8 for Nxlarge; for regional
/// reservations of Linux on shared tenancy.
pub(super) fn ratio(running: &str, reserved: &str) -> Option<Decimal> {
    if running == reserved {
        return Some(Decimal::ONE);
    }
    let ((family, size), (of, reserved_size)) = (running.split_once('.')?, reserved.split_once('.')?);
    let begins = family.split(|c: char| c.is_ascii_digit() || c == '-').next().unwrap_or(family);
    if family != of || FIXED.contains(&begins) {
        return None;
    }
    factor(size)?.checked_div(factor(reserved_size)?).map(|ratio| ratio.normalize())
}

/// The normalisation factor of a size; nothing for bare metal.
fn factor(size: &str) -> Option<Decimal> {
    let quarters = match size {
        "nano" => 1,
        "micro" => 2,
        "small" => 4,
        "medium" => 8,
        "large" => 16,
        "xlarge" => 32,
        _ => size.strip_suffix("xlarge")?.parse::<u32>().ok()?.checked_mul(32)?,
    };
    (quarters > 0).then(|| Decimal::new(i64::from(quarters) * 25, 2))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// running, reserved | how many of the reserved one it counts as
    #[test]
    fn a_family_is_covered_by_size() {
        for (running, reserved, expected) in [
            // The example of the whitepaper: one c4.8xlarge is two c4.4xlarge, four c4.2xlarge, sixteen c4.large.
            ("c4.4xlarge", "c4.8xlarge", Some("0.5")),
            ("c4.2xlarge", "c4.8xlarge", Some("0.25")),
            ("c4.large", "c4.8xlarge", Some("0.0625")),
            // A t2.medium covers two t2.small, and half of a t2.large.
            ("t2.small", "t2.medium", Some("0.5")),
            ("t2.large", "t2.medium", Some("2")),
            ("m5.12xlarge", "m5.24xlarge", Some("0.5")),
            ("t3.nano", "t3.micro", Some("0.5")),
            ("t3.medium", "t3.medium", Some("1")),
            ("m5.large", "m5a.large", None),
            ("m5.metal", "m5.large", None),
            ("m5.metal", "m5.metal", Some("1")),
            ("g4dn.xlarge", "g4dn.2xlarge", None),
            ("g4dn.xlarge", "g4dn.xlarge", Some("1")),
            ("u-6tb1.56xlarge", "u-6tb1.112xlarge", None),
            ("nothing", "m5.large", None),
        ] {
            let expected = expected.map(|text| text.parse::<Decimal>().unwrap());
            assert_eq!(ratio(running, reserved), expected, "{running} under {reserved}");
        }
    }
}
