//! `weigh config`: each setting, its value, and where that is from.

use weigh_core::report::settings_report;
use weigh_core::settings::{Origin, SETTINGS};

use crate::args::ConfigArgs;
use crate::output::{Done, Failure};
use crate::{render, settings};

/// Tells what is set; the settings themselves were read before any command began.
pub(crate) fn run(args: &ConfigArgs) -> Result<Done, Failure> {
    let each = SETTINGS.iter().map(|setting| match settings::set(setting) {
        Some(set) => {
            let values = set.values.iter().map(|value| value.to_string_lossy().into_owned());
            (setting, values.collect(), set.origin)
        }
        None => (setting, Vec::new(), Origin::Default),
    });
    let file = settings::file().map(settings::SettingsFile::shown);
    let report = settings_report(file, each.collect(), settings::notes().to_vec());
    let text = render::report(args.format, &report, || report.document(), || report.sheet());
    Ok(Done { text, gate_failed: false })
}
