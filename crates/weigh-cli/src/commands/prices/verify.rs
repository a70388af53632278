//! `weigh prices verify`: holds a price book against itself.

use weigh_core::report::verification_report;
use weigh_core::verify::verify;

use crate::args::PricesVerifyArgs;
use crate::load;
use crate::output::{Done, Failure};
use crate::render;

/// Verifies; the gate fails when anything is wrong.
pub(crate) fn run(args: &PricesVerifyArgs) -> Result<Done, Failure> {
    let files = match &args.folder {
        Some(folder) => load::folder_files(folder)?,
        None => load::embedded_files(),
    };
    let report = verification_report(&verify(&files));
    let text = render::report(args.format, &report, || report.document(), || report.sheet());
    Ok(Done { text, gate_failed: !report.passed })
}
