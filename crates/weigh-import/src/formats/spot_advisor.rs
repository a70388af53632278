//! The Spot Advisor's data: what Spot saves on the price on demand, and how often it is interrupted.

use std::collections::BTreeMap;

use serde::Deserialize;
use weigh_core::pricebook::INTERRUPTIONS;

use super::Sink;
use crate::error::{ErrorKind, Failure};
use crate::json::{Json, Text, parse};
use crate::regions;
use crate::spot::SpotSaving;
use crate::summary::Skip;

#[derive(Deserialize)]
struct Systems<'a> {
    #[serde(borrow, default, rename = "Linux")]
    linux: BTreeMap<Text<'a>, Advice>,
}

/// Saving in percent, and the number of the range of interruption.
#[derive(Deserialize)]
struct Advice {
    s: i32,
    r: usize,
}

#[derive(Deserialize)]
struct Range<'a> {
    index: usize,
    #[serde(borrow)]
    label: Text<'a>,
}

/// Reads the data; it has no date, so the day of the import stands for it.
pub(crate) fn read(json: &mut Json<'_>, sink: &mut Sink<'_>) -> Result<(), Failure> {
    json.expect(b'{', "`{`")?;
    let mut first = true;
    while let Some(key) = json.key(&mut first)? {
        match key.as_str() {
            "ranges" => check_ranges(json)?,
            "spot_advisor" => {
                json.expect(b'{', "an object of regions")?;
                let mut first = true;
                while let Some(region) = json.key(&mut first)? {
                    read_region(json, sink, &region)?;
                }
            }
            _ => json.skip()?,
        }
    }
    json.finish()
}

/// The ranges must mean what the book's words mean.
fn check_ranges(json: &mut Json<'_>) -> Result<(), Failure> {
    let (byte, bytes) = json.value()?;
    let ranges: Vec<Range<'_>> = parse(byte, bytes)?;
    for range in &ranges {
        let known = INTERRUPTIONS.get(range.index);
        if known.is_none_or(|known| *known != range.label.0) {
            let message = format!(
                "range {} is `{}`: the ranges {} are expected",
                range.index,
                range.label.0,
                INTERRUPTIONS.join(", ")
            );
            return Err(Failure::value(byte, message));
        }
    }
    Ok(())
}

fn read_region(json: &mut Json<'_>, sink: &mut Sink<'_>, region: &str) -> Result<(), Failure> {
    let (byte, bytes) = json.value()?;
    let systems: Systems<'_> = parse(byte, bytes)?;
    if !regions::is_code(region) {
        sink.summary.skip(Skip::UnknownRegion);
        return Ok(());
    }
    for (name, advice) in &systems.linux {
        // Where AWS lowered a price since, the saving on the old one may come out below nothing.
        if advice.s < 0 {
            sink.summary.skip(Skip::NegativeSaving);
            continue;
        }
        let saving_percent = u8::try_from(advice.s).ok().filter(|percent| *percent <= 100);
        let Some((interruption, saving_percent)) = INTERRUPTIONS.get(advice.r).zip(saving_percent) else {
            let message = format!(
                "{} in {region}: a saving `s` of 0 to 100 and a range `r` of 0 to {} are expected",
                name.0,
                INTERRUPTIONS.len() - 1
            );
            return Err(Failure::at(byte, ErrorKind::Value, message));
        };
        sink.push_spot(SpotSaving {
            region: region.to_owned(),
            instance_type: name.0.to_string(),
            saving_percent,
            interruption,
            seen: sink.read_on,
            source: format!("aws-spot-advisor-{}", sink.read_on),
        });
    }
    Ok(())
}
