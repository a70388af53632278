//! `weigh prices show`: one price with all that is known of it.

use weigh_core::report::{Asked, price_report};

use crate::args::PricesShowArgs;
use crate::load;
use crate::output::{Done, Failure};
use crate::render;

/// Shows a price; that it is not offered is an answer, that it is missing is a failure.
pub(crate) fn run(args: &PricesShowArgs) -> Result<Done, Failure> {
    let data = load::data(&args.book)?;
    let prices = load::region(&data.book, &args.region, args.assume_missing_from.as_deref())?;
    let date = args.as_of.unwrap_or(prices.newest());
    let asked = Asked { book: &data.book, prices: &prices, price_id: &args.price_id, date };
    let report = price_report(&asked, &load::names(&data)?)
        .map_err(|refused| Failure::with_help(refused.message, refused.help))?;
    let text = render::report(args.format, &report, || report.document(), || report.sheet());
    Ok(Done { text, gate_failed: false })
}
