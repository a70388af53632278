//! `weigh prices coverage`: what each region has of what the platforms need.

use std::collections::BTreeSet;

use weigh_core::catalog::Catalog;
use weigh_core::compare::BookStamp;
use weigh_core::coverage::{region_coverage, uses};
use weigh_core::report::coverage_report;

use crate::args::PricesCoverageArgs;
use crate::load;
use crate::output::{Done, Failure};
use crate::render;

/// Tells what is offered, what is missing and how old it is; a gap is an answer, not a failure.
pub(crate) fn run(args: &PricesCoverageArgs) -> Result<Done, Failure> {
    let data = load::data(&args.book)?;
    let catalog = Catalog::open(&data.files).map_err(Failure::InData)?;
    let uses = uses(&catalog, &data.book).map_err(Failure::text)?;
    let regions: Vec<&str> = match &args.region {
        Some(region) => vec![region],
        None => data.book.regions(),
    };
    let mut covered = Vec::with_capacity(regions.len());
    let newest = data.book.newest().map_or_else(|| load::newest(&data.book, "the price book"), Ok)?;
    for region in regions {
        let prices = load::region(&data.book, region, None)?;
        let date = args.as_of.unwrap_or(prices.newest());
        covered.push(region_coverage(&uses, &data.book, &prices, date));
    }
    if let Some(service) = &args.service {
        let known = covered.iter().flat_map(|region| &region.services).map(|known| known.service.as_str());
        let known: BTreeSet<&str> = known.collect();
        load::one_of(service, "--service", "service", &Vec::from_iter(known))?;
    }
    let stamp = BookStamp { hash: data.book.hash(), newest, own_later: 0 };
    let detailed = args.region.is_some() || args.service.is_some();
    let report = coverage_report(&covered, &stamp, args.service.as_deref(), detailed);
    let text = render::report(args.format, &report, || report.document(), || report.sheet());
    Ok(Done { text, gate_failed: false })
}
