//! AWS's regions: code, the names that price files give them, and the prefix of their usage types.

pub(crate) use weigh_core::pricebook::GLOBAL;

/// One region.
struct Region {
    code: &'static str,
    locations: &'static [&'static str],
    prefixes: &'static [&'static str],
}

const fn region(
    code: &'static str,
    locations: &'static [&'static str],
    prefixes: &'static [&'static str],
) -> Region {
    Region { code, locations, prefixes }
}

const REGIONS: &[Region] = &[
    region("af-south-1", &["Africa (Cape Town)"], &["AFS1"]),
    region("ap-east-1", &["Asia Pacific (Hong Kong)"], &["APE1"]),
    region("ap-east-2", &["Asia Pacific (Taipei)"], &["APE2"]),
    region("ap-northeast-1", &["Asia Pacific (Tokyo)"], &["APN1"]),
    region("ap-northeast-2", &["Asia Pacific (Seoul)"], &["APN2"]),
    region("ap-northeast-3", &["Asia Pacific (Osaka)", "Asia Pacific (Osaka-Local)"], &["APN3"]),
    region("ap-south-1", &["Asia Pacific (Mumbai)"], &["APS3"]),
    region("ap-south-2", &["Asia Pacific (Hyderabad)"], &["APS5"]),
    region("ap-southeast-1", &["Asia Pacific (Singapore)"], &["APS1"]),
    region("ap-southeast-2", &["Asia Pacific (Sydney)"], &["APS2"]),
    region("ap-southeast-3", &["Asia Pacific (Jakarta)"], &["APS4"]),
    region("ap-southeast-4", &["Asia Pacific (Melbourne)"], &["APS6"]),
    region("ap-southeast-5", &["Asia Pacific (Malaysia)"], &["APS7"]),
    region("ap-southeast-6", &["Asia Pacific (New Zealand)"], &["APS8"]),
    region("ap-southeast-7", &["Asia Pacific (Thailand)"], &["APS9"]),
    region("ca-central-1", &["Canada (Central)"], &["CAN1"]),
    region("ca-west-1", &["Canada West (Calgary)"], &["CAN2"]),
    region("cn-north-1", &["China (Beijing)"], &["CNN1"]),
    region("cn-northwest-1", &["China (Ningxia)"], &["CNW1"]),
    region("eu-central-1", &["EU (Frankfurt)", "Europe (Frankfurt)"], &["EUC1"]),
    region("eu-central-2", &["Europe (Zurich)", "EU (Zurich)"], &["EUC2"]),
    region("eu-north-1", &["EU (Stockholm)", "Europe (Stockholm)"], &["EUN1"]),
    region("eu-south-1", &["EU (Milan)", "Europe (Milan)"], &["EUS1"]),
    region("eu-south-2", &["Europe (Spain)", "EU (Spain)"], &["EUS2"]),
    region("eu-west-1", &["EU (Ireland)", "Europe (Ireland)"], &["EU", "EUW1"]),
    region("eu-west-2", &["EU (London)", "Europe (London)"], &["EUW2"]),
    region("eu-west-3", &["EU (Paris)", "Europe (Paris)"], &["EUW3"]),
    region("eusc-de-east-1", &["AWS European Sovereign Cloud (Germany)"], &["EUSCDEE1"]),
    region("il-central-1", &["Israel (Tel Aviv)"], &["ILC1"]),
    region("me-central-1", &["Middle East (UAE)"], &["MEC1"]),
    region("me-south-1", &["Middle East (Bahrain)"], &["MES1"]),
    region("mx-central-1", &["Mexico (Central)"], &["MXC1"]),
    region("sa-east-1", &["South America (Sao Paulo)", "South America (São Paulo)"], &["SAE1"]),
    region("us-east-1", &["US East (N. Virginia)"], &["USE1"]),
    region("us-east-2", &["US East (Ohio)"], &["USE2"]),
    region("us-gov-east-1", &["AWS GovCloud (US-East)"], &["UGE1"]),
    region("us-gov-west-1", &["AWS GovCloud (US-West)", "AWS GovCloud (US)"], &["UGW1"]),
    region("us-west-1", &["US West (N. California)"], &["USW1"]),
    region("us-west-2", &["US West (Oregon)"], &["USW2"]),
];

/// The names by which the Spot feed of the pricing pages calls its oldest regions.
const OLD_NAMES: [(&str, &str); 7] = [
    ("us-east", "us-east-1"),
    ("us-west", "us-west-1"),
    ("eu-ireland", "eu-west-1"),
    ("apac-sin", "ap-southeast-1"),
    ("apac-syd", "ap-southeast-2"),
    ("apac-tokyo", "ap-northeast-1"),
    ("sa-east-1", "sa-east-1"),
];

/// AWS's name of a region, in the newest spelling of its price files; nothing for a region that is not known here.
///
/// ```
/// assert_eq!(weigh_import::region_name("eu-west-3"), Some("Europe (Paris)"));
/// assert_eq!(weigh_import::region_name("mars-north-1"), None);
/// ```
#[must_use]
pub fn region_name(code: &str) -> Option<&'static str> {
    let region = REGIONS.iter().find(|region| region.code == code)?;
    let newest = region.locations.iter().find(|name| name.starts_with("Europe"));
    newest.or(region.locations.first()).copied()
}

/// The region of a name such as `EU (Ireland)`.
pub(crate) fn of_location(location: &str) -> Option<&'static str> {
    REGIONS.iter().find(|region| region.locations.contains(&location)).map(|region| region.code)
}

/// The region of a name in the Spot feed: an old name, or the code itself.
pub(crate) fn of_feed(name: &str) -> Option<&str> {
    let old = OLD_NAMES.iter().find(|(old, _)| *old == name).map(|(_, code)| *code);
    old.or_else(|| is_code(name).then_some(name))
}

/// The region that the prefix of a usage type names, and the usage type without it: `EUW3-BoxUsage:m5.large`.
pub(crate) fn of_usage(usage: &str) -> (Option<&'static str>, &str) {
    let Some((prefix, rest)) = usage.split_once('-') else { return (None, usage) };
    match REGIONS.iter().find(|region| region.prefixes.contains(&prefix)) {
        Some(region) => (Some(region.code), rest),
        // A region that is not in the table yet: three capitals and a digit, of which two name the continent.
        None if unknown_prefix(prefix) => (None, rest),
        None => (None, usage),
    }
}

fn unknown_prefix(prefix: &str) -> bool {
    let continents = ["US", "EU", "AP", "CA", "SA", "ME", "AF", "IL", "CN", "MX", "UG"];
    let shape = prefix.len() == 4 && prefix.is_ascii() && prefix.as_bytes()[3].is_ascii_digit();
    shape && continents.contains(&&prefix[..2]) && prefix.as_bytes()[2].is_ascii_uppercase()
}

/// Whether a text has the form of a region's code: `eu-west-1`, and not `us-west-2-lax-1`, which is a local zone.
pub(crate) fn is_code(text: &str) -> bool {
    let mut parts = text.split('-').rev();
    let number = parts.next().is_some_and(|part| part.len() == 1 && part.bytes().all(|b| b.is_ascii_digit()));
    let words: Vec<&str> = parts.collect();
    let is_word = |word: &&str| !word.is_empty() && word.bytes().all(|byte| byte.is_ascii_lowercase());
    number && (2..=3).contains(&words.len()) && words.iter().all(is_word)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_region_is_found_by_code_name_and_prefix() {
        for region in REGIONS {
            assert!(is_code(region.code), "{}", region.code);
            for location in region.locations {
                assert_eq!(of_location(location), Some(region.code));
            }
            for prefix in region.prefixes {
                assert_eq!(of_usage(&format!("{prefix}-BoxUsage")), (Some(region.code), "BoxUsage"));
            }
        }
        assert!(REGIONS.is_sorted_by_key(|region| region.code));
    }

    #[test]
    fn what_is_no_region_is_not_taken_for_one() {
        for text in
            ["us-west-2-lax-1", "us-east-1a", "Any", "", "us-1", "EU-WEST-1", "us-east-1-wl1-bos-wlz-1"]
        {
            assert!(!is_code(text), "{text}");
        }
        for usage in ["Multi-AZUsage:db.m5.large", "BoxUsage:m5.large", "IPV4-Hours", "DNS-Queries"] {
            assert_eq!(of_usage(usage), (None, usage));
        }
        assert_eq!(of_usage("APX9-BoxUsage:m5.large"), (None, "BoxUsage:m5.large"));
    }
}
