//! `weigh prices regions`: the regions of the price book, a line each.

use weigh_core::report::regions_report;

use crate::args::PricesRegionsArgs;
use crate::load;
use crate::output::{Done, Failure};
use crate::render;

/// Lists the regions.
pub(crate) fn run(args: &PricesRegionsArgs) -> Result<Done, Failure> {
    let data = load::data(&args.book)?;
    let report = regions_report(&data.book, &load::names(&data)?);
    let text = render::report(args.format, &report, || report.document(), || report.sheet());
    Ok(Done { text, gate_failed: false })
}
