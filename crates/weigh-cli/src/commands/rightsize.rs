//! `weigh rightsize`: a measured inventory as reservations, packed onto each platform.

use weigh_core::catalog::Catalog;
use weigh_core::compare::BookStamp;
use weigh_core::data::nearest;
use weigh_core::pricebook::Terms;
use weigh_core::report::rightsizing_report;
use weigh_core::rightsize::rightsize;

use crate::args::RightsizeArgs;
use crate::load;
use crate::output::{Done, Failure};
use crate::render;

/// Right-sizes; the gate fails when a type that was asked for does not hold all containers, or no platform does.
pub(crate) fn run(args: &RightsizeArgs) -> Result<Done, Failure> {
    let inventory = load::inventory(&args.file)?;
    let data = load::data(&args.book)?;
    let catalog = Catalog::open(&data.files).map_err(Failure::InData)?;
    known_types(&args.instance_type, &catalog)?;
    let prices = load::region(&data.book, &args.region, args.assume_missing_from.as_deref())?;
    let as_of = args.as_of.unwrap_or(prices.newest());
    let terms = Terms::on(as_of);
    let sized = rightsize(&inventory, args.headroom, &args.instance_type, &catalog, &prices, terms)
        .map_err(|why| Failure::text(why.to_string()))?;
    let stamp = BookStamp {
        hash: prices.book_hash(),
        newest: prices.book_newest(),
        own_later: prices.own_later_than(as_of),
    };
    let report = rightsizing_report(&sized, &catalog, prices.region(), as_of, &stamp);
    let text = match args.format.of_reports() {
        Some(format) => render::report(format, &report, || report.document(), || report.sheet()),
        None => report.scenario_text(),
    };
    Ok(Done { text, gate_failed: !sized.holds() })
}

/// Refuses types that the catalog has not, all at once.
fn known_types(names: &[String], catalog: &Catalog) -> Result<(), Failure> {
    let unknown: Vec<String> = names
        .iter()
        .filter(|name| catalog.instance_type(name).is_none())
        .map(|name| {
            let known = catalog.instance_types.iter().map(|known| known.name.as_str());
            let meant = nearest(name, known).map(|meant| format!("; did you mean `{meant}`?"));
            format!("--instance-type: unknown instance type `{name}`{}", meant.unwrap_or_default())
        })
        .collect();
    match unknown.as_slice() {
        [] => Ok(()),
        [one] => {
            let help = "weigh prices list --service ec2/instance-hours shows the types that have a price";
            Err(Failure::with_help(one.clone(), help))
        }
        _ => Err(Failure::several(unknown, "nothing was computed")),
    }
}
