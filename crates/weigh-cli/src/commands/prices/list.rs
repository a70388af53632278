//! `weigh prices list`: the prices of a region, or the price ids of all.

use weigh_core::report::{Selection, price_ids_report, price_list_report};

use crate::args::PricesListArgs;
use crate::load;
use crate::output::{Done, Failure};
use crate::render;

/// Lists; that nothing was found is an answer too.
pub(crate) fn run(args: &PricesListArgs) -> Result<Done, Failure> {
    let data = load::data(&args.book)?;
    if let Some(service) = &args.service {
        load::known_service(service, &[&data.book])?;
    }
    let selection =
        Selection { service: args.service.as_deref(), text: args.text.as_deref(), derived: args.derived };
    let text = match &args.region {
        Some(region) => {
            let prices = load::region(&data.book, region, None)?;
            let date = args.as_of.unwrap_or(prices.newest());
            let names = load::names(&data)?;
            let report = price_list_report(&data.book, &prices, &names, date, &selection);
            render::report(args.format, &report, || report.document(), || report.sheet())
        }
        None => {
            let date = args.as_of.map_or_else(|| load::newest(&data.book, "the price book"), Ok)?;
            let report = price_ids_report(&data.book, date, &selection);
            render::report(args.format, &report, || report.document(), || report.sheet())
        }
    };
    Ok(Done { text, gate_failed: false })
}
