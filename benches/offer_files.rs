//! Writes EC2 offer files like AWS's own, of any size, for the timings: nearly all of their products are of no interest, as in AWS's.

use std::io::{Result, Write};

const SIZES: [&str; 9] =
    ["medium", "large", "xlarge", "2xlarge", "4xlarge", "8xlarge", "12xlarge", "16xlarge", "24xlarge"];
const SYSTEMS: [(&str, &str, &str); 8] = [
    ("Linux", "NA", "RunInstances"),
    ("Windows", "NA", "RunInstances:0002"),
    ("RHEL", "NA", "RunInstances:0010"),
    ("SUSE", "NA", "RunInstances:000g"),
    ("Linux", "SQL Std", "RunInstances:0004"),
    ("Linux", "SQL Web", "RunInstances:0200"),
    ("Windows", "SQL Ent", "RunInstances:0102"),
    ("Ubuntu Pro", "NA", "RunInstances:0g00"),
];
const PLACES: [(&str, &str); 3] = [("Shared", "Box"), ("Dedicated", "Ded"), ("Host", "HostBox")];
const STATES: [&str; 3] = ["Used", "UnusedCapacityReservation", "AllocatedCapacityReservation"];
const TERMS: [(&str, &str, &str, &str); 12] = [
    ("4NA7Y494T4", "1yr", "standard", "No Upfront"),
    ("HU7G6KETJZ", "1yr", "standard", "Partial Upfront"),
    ("6QCMYABX3D", "1yr", "standard", "All Upfront"),
    ("7NE97W5U4E", "1yr", "convertible", "No Upfront"),
    ("CUZHX8X6JH", "1yr", "convertible", "Partial Upfront"),
    ("VJWZNREJX2", "1yr", "convertible", "All Upfront"),
    ("BPH4J8HBKS", "3yr", "standard", "No Upfront"),
    ("38NPMPTW36", "3yr", "standard", "Partial Upfront"),
    ("NQ3QZPMQV9", "3yr", "standard", "All Upfront"),
    ("Z2E3P23VKM", "3yr", "convertible", "No Upfront"),
    ("R5XV2EPZQZ", "3yr", "convertible", "Partial Upfront"),
    ("MZU6U2429S", "3yr", "convertible", "All Upfront"),
];
const CONTINENTS: [&str; 6] = ["us", "eu", "ap", "ca", "sa", "me"];
const SIDES: [&str; 5] = ["east", "west", "north", "south", "central"];
const DISCLAIMER: &str = "This pricing list is for informational purposes only. All prices are subject to the additional \
                          terms included in the pricing pages on http://aws.amazon.com. All Free Tier prices are also \
                          subject to the terms included at https://aws.amazon.com/free/";

/// Which products a file holds.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Mix {
    /// As in an offer file of one region: one product in 72 is of interest.
    Regional,
    /// Only what is of interest, over many regions: the most rows that a size can hold.
    Interesting,
}

/// One product, by its number.
struct Product {
    sku: String,
    name: String,
    system: &'static str,
    software: &'static str,
    operation: &'static str,
    tenancy: &'static str,
    usage: String,
    state: &'static str,
    region: String,
    reserved: bool,
    cents: usize,
}

fn product(number: usize, mix: Mix) -> Product {
    let (variant, index) = if mix == Mix::Regional { (number % 72, number / 72) } else { (0, number) };
    let (system, software, operation) = SYSTEMS[variant % 8];
    let (tenancy, kind) = PLACES[variant / 8 % 3];
    let state = STATES[variant / 24];
    // The whole file of EC2 has some thirty regions.
    let spread = if mix == Mix::Regional { 1 } else { CONTINENTS.len() * SIDES.len() };
    let place = index % spread;
    let region = match mix {
        Mix::Regional => "us-east-1".to_owned(),
        Mix::Interesting => format!("{}-{}-1", CONTINENTS[place % 6], SIDES[place / 6]),
    };
    let prefix = if mix == Mix::Regional { "" } else { "EU-" };
    let type_number = index / spread;
    let name = format!("m{}g.{}", type_number / SIZES.len() + 1, SIZES[type_number % SIZES.len()]);
    let usage = match (state, kind) {
        ("Used", "Ded") => format!("{prefix}DedicatedUsage:{name}"),
        ("Used", _) => format!("{prefix}{kind}Usage:{name}"),
        ("UnusedCapacityReservation", _) => format!("{prefix}Unused{kind}:{name}"),
        _ => format!("{prefix}Reservation:{name}"),
    };
    let reserved = state == "Used" && tenancy != "Host";
    let sku = format!("{:016X}", (number as u64 + 1).wrapping_mul(0x9E37_79B9_7F4A_7C15));
    let cents = 10 + type_number % 990;
    Product { sku, name, system, software, operation, tenancy, usage, state, region, reserved, cents }
}

/// The attributes as AWS names them in JSON and in CSV.
fn attributes(p: &Product) -> Vec<(&'static str, &'static str, &str)> {
    vec![
        ("servicecode", "serviceCode", "AmazonEC2"),
        ("location", "Location", "US East (N. Virginia)"),
        ("locationType", "Location Type", "AWS Region"),
        ("instanceType", "Instance Type", &p.name),
        ("currentGeneration", "Current Generation", "Yes"),
        ("instanceFamily", "Instance Family", "General purpose"),
        ("vcpu", "vCPU", "8"),
        ("physicalProcessor", "Physical Processor", "Intel Xeon Platinum 8175 (Skylake)"),
        ("clockSpeed", "Clock Speed", "3.1 GHz"),
        ("memory", "Memory", "32 GiB"),
        ("storage", "Storage", "EBS only"),
        ("networkPerformance", "Network Performance", "Up to 10 Gigabit"),
        ("processorArchitecture", "Processor Architecture", "64-bit"),
        ("tenancy", "Tenancy", p.tenancy),
        ("operatingSystem", "Operating System", p.system),
        ("licenseModel", "License Model", "No License required"),
        ("usagetype", "usageType", &p.usage),
        ("operation", "operation", p.operation),
        ("availabilityzone", "AvailabilityZone", "NA"),
        ("capacitystatus", "CapacityStatus", p.state),
        ("classicnetworkingsupport", "ClassicNetworkingSupport", "false"),
        ("dedicatedEbsThroughput", "Dedicated EBS Throughput", "Up to 2120 Mbps"),
        ("ecu", "ECU", "37"),
        ("enhancedNetworkingSupported", "Enhanced Networking Supported", "Yes"),
        ("gpuMemory", "GPU Memory", "NA"),
        ("instancesku", "instanceSKU", "3DG6WFZ5QW4JAAHJ"),
        ("intelAvxAvailable", "Intel AVX Available", "Yes"),
        ("intelAvx2Available", "Intel AVX2 Available", "Yes"),
        ("intelTurboAvailable", "Intel Turbo Available", "Yes"),
        ("marketoption", "MarketOption", "OnDemand"),
        ("normalizationSizeFactor", "Normalization Size Factor", "16"),
        ("preInstalledSw", "Pre Installed S/W", p.software),
        ("processorFeatures", "Processor Features", "Intel AVX; Intel AVX2; Intel AVX512; Intel Turbo"),
        ("regionCode", "Region Code", &p.region),
        ("servicename", "serviceName", "Amazon Elastic Compute Cloud"),
        ("vpcnetworkingsupport", "VPCNetworkingSupport", "true"),
    ]
}

/// Writes a JSON offer file of about `size` bytes, pretty-printed as AWS does, and tells how many products it has.
pub(crate) fn write_json(out: &mut impl Write, size: u64, mix: Mix) -> Result<usize> {
    // A product of each mix with its terms, on average.
    let each = if mix == Mix::Regional { 5_270 } else { 15_300 };
    let products = usize::try_from(size / each).unwrap_or(usize::MAX).max(1);
    write!(
        out,
        "{{\n  \"formatVersion\" : \"v1.0\",\n  \"disclaimer\" : \"{DISCLAIMER}\",\n  \"offerCode\" : \"AmazonEC2\",\n  \
         \"version\" : \"20261001000000\",\n  \"publicationDate\" : \"2026-10-01T00:00:00Z\",\n  \"products\" : {{\n"
    )?;
    for number in 0..products {
        let p = product(number, mix);
        let sku = &p.sku;
        write!(
            out,
            "    \"{sku}\" : {{\n      \"sku\" : \"{sku}\",\n      \"productFamily\" : \"Compute Instance\",\n      \"attributes\" : {{\n"
        )?;
        let all = attributes(&p);
        for (index, (name, _, value)) in all.iter().enumerate() {
            let comma = if index + 1 < all.len() { "," } else { "" };
            writeln!(out, "        \"{name}\" : \"{value}\"{comma}")?;
        }
        writeln!(out, "      }}\n    }}{}", if number + 1 < products { "," } else { "" })?;
    }
    write!(out, "  }},\n  \"terms\" : {{\n    \"OnDemand\" : {{\n")?;
    for number in 0..products {
        let p = product(number, mix);
        writeln!(out, "      \"{}\" : {{", p.sku)?;
        term(out, &p, ("JRTCKXETXF", "", "", ""), "")?;
        writeln!(out, "      }}{}", if number + 1 < products { "," } else { "" })?;
    }
    write!(out, "    }},\n    \"Reserved\" : {{\n")?;
    let reserved: Vec<usize> = (0..products).filter(|number| product(*number, mix).reserved).collect();
    for (index, number) in reserved.iter().enumerate() {
        let p = product(*number, mix);
        writeln!(out, "      \"{}\" : {{", p.sku)?;
        for (at, offer) in TERMS.into_iter().enumerate() {
            term(out, &p, offer, if at + 1 < TERMS.len() { "," } else { "" })?;
        }
        writeln!(out, "      }}{}", if index + 1 < reserved.len() { "," } else { "" })?;
    }
    write!(out, "    }}\n  }},\n  \"attributesList\" : {{ }}\n}}\n")?;
    Ok(products)
}

/// The two parts of a price: what is paid up front, and what each hour.
fn parts(p: &Product, payment: &str) -> (Option<String>, String) {
    let hourly = format!("0.{:04}000000", p.cents);
    match payment {
        "All Upfront" => (Some((p.cents * 5).to_string()), "0.0000000000".to_owned()),
        "Partial Upfront" => (Some((p.cents * 2).to_string()), hourly),
        _ => (None, hourly),
    }
}

fn term(out: &mut impl Write, p: &Product, offer: (&str, &str, &str, &str), comma: &str) -> Result<()> {
    let (sku, (code, length, class, payment)) = (&p.sku, offer);
    write!(
        out,
        "        \"{sku}.{code}\" : {{\n          \"offerTermCode\" : \"{code}\",\n          \"sku\" : \"{sku}\",\n          \
         \"effectiveDate\" : \"2026-09-01T00:00:00Z\",\n          \"priceDimensions\" : {{\n"
    )?;
    let (upfront, hourly) = parts(p, payment);
    if let Some(fee) = upfront {
        dimension(out, &format!("{sku}.{code}.2TG2D8R56U"), ("Upfront Fee", "Quantity", &fee), ",", false)?;
    }
    let told = format!("${} per On Demand {} {} Instance Hour", &hourly[..6], p.system, p.name);
    dimension(out, &format!("{sku}.{code}.6YS6EN2CT7"), (&told, "Hrs", &hourly), "", true)?;
    if length.is_empty() {
        writeln!(out, "          }},\n          \"termAttributes\" : {{ }}\n        }}{comma}")
    } else {
        writeln!(
            out,
            "          }},\n          \"termAttributes\" : {{\n            \"LeaseContractLength\" : \"{length}\",\n            \
             \"OfferingClass\" : \"{class}\",\n            \"PurchaseOption\" : \"{payment}\"\n          }}\n        }}{comma}"
        )
    }
}

fn dimension(
    out: &mut impl Write,
    code: &str,
    told: (&str, &str, &str),
    comma: &str,
    ranged: bool,
) -> Result<()> {
    let (description, unit, price) = told;
    write!(
        out,
        "            \"{code}\" : {{\n              \"rateCode\" : \"{code}\",\n              \"description\" : \"{description}\",\n"
    )?;
    if ranged {
        write!(out, "              \"beginRange\" : \"0\",\n              \"endRange\" : \"Inf\",\n")?;
    }
    writeln!(
        out,
        "              \"unit\" : \"{unit}\",\n              \"pricePerUnit\" : {{\n                \"USD\" : \"{price}\"\n              \
         }},\n              \"appliesTo\" : [ ]\n            }}{comma}"
    )
}

/// Writes a CSV offer file of about `size` bytes: all fields quoted, 90 columns, five lines before the header.
pub(crate) fn write_csv(out: &mut impl Write, size: u64) -> Result<usize> {
    write!(
        out,
        "\"FormatVersion\",\"v1.0\"\n\"Disclaimer\",\"{DISCLAIMER}\"\n\"Publication Date\",\"2026-10-01T00:00:00Z\"\n\
         \"Version\",\"20261001000000\"\n\"OfferCode\",\"AmazonEC2\"\n"
    )?;
    write!(
        out,
        "\"SKU\",\"OfferTermCode\",\"RateCode\",\"TermType\",\"PriceDescription\",\"EffectiveDate\",\"StartingRange\",\
         \"EndingRange\",\"Unit\",\"PricePerUnit\",\"Currency\",\"RelatedTo\",\"LeaseContractLength\",\"PurchaseOption\",\
         \"OfferingClass\",\"Product Family\""
    )?;
    let filler = 90 - 16 - attributes(&product(0, Mix::Regional)).len();
    for (_, name, _) in attributes(&product(0, Mix::Regional)) {
        write!(out, ",\"{name}\"")?;
    }
    for number in 0..filler {
        write!(out, ",\"Instance Capacity - {number}xlarge\"")?;
    }
    writeln!(out)?;
    let (mut number, mut written) = (0, 0);
    while written < size {
        let p = product(number, Mix::Regional);
        let mut tail = String::new();
        for (_, _, value) in attributes(&p) {
            tail.extend([",\"", value, "\""]);
        }
        tail.extend(std::iter::repeat_n(",\"\"", filler));
        let mut offers = vec![("JRTCKXETXF", "", "", "")];
        offers.extend(TERMS.into_iter().filter(|_| p.reserved));
        for offer in offers {
            for row in rows(&p, offer) {
                writeln!(out, "{row}{tail}")?;
                written += (row.len() + tail.len() + 1) as u64;
            }
        }
        number += 1;
    }
    Ok(number)
}

/// The first sixteen columns of one or two rows.
fn rows(p: &Product, (code, length, class, payment): (&str, &str, &str, &str)) -> Vec<String> {
    let (sku, kind) = (&p.sku, if length.is_empty() { "OnDemand" } else { "Reserved" });
    let (upfront, hourly) = parts(p, payment);
    let row = |rate: &str, told: &str, ranges: (&str, &str), unit: &str, price: &str| {
        format!(
            "\"{sku}\",\"{code}\",\"{sku}.{code}.{rate}\",\"{kind}\",\"{told}\",\"2026-09-01\",\"{}\",\"{}\",\"{unit}\",\"{price}\",\"USD\",\
             \"\",\"{length}\",\"{payment}\",\"{class}\",\"Compute Instance\"",
            ranges.0, ranges.1
        )
    };
    let told = format!("${} per On Demand {} {} Instance Hour", &hourly[..6], p.system, p.name);
    let fee = upfront.map(|fee| row("2TG2D8R56U", "Upfront Fee", ("", ""), "Quantity", &fee));
    fee.into_iter().chain([row("6YS6EN2CT7", &told, ("0", "Inf"), "Hrs", &hourly)]).collect()
}
