//! `weigh simulate`: one option's month, step by step.

use std::path::Path;

use weigh_core::compare::{NotSimulated, simulate_option};
use weigh_core::report::{TimelineReport, simulation_report, timeline_report};

use super::unknown_option;
use crate::args::SimulateArgs;
use crate::load::load;
use crate::output::{self, Done, Failure};
use crate::render;

/// Simulates an option; the gate fails when it has no deployment, or fails a need.
pub(crate) fn run(args: &SimulateArgs) -> Result<Done, Failure> {
    let shape = args.out.as_deref().map(|path| Ok((path, Shape::of(path)?))).transpose()?;
    let loaded = load(&args.scenario.one())?;
    let (scenario, catalog) = (&loaded.scenario, &loaded.catalog);
    let simulated = simulate_option(scenario, catalog, &loaded.prices, &args.option, args.seed, args.events)
        .map_err(|why| refused(&args.option, why))?;
    let mut report = simulation_report(scenario, &simulated);
    if let Some(ranged) = &loaded.ranged {
        report = report.noting(ranged);
    }
    if let (Some((path, shape)), Ok(_)) = (shape, &simulated.month) {
        let timeline = timeline_report(scenario, &simulated);
        output::write_whole(path, shape.text(&timeline).as_bytes())?;
    }
    let text = render::report(args.format, &report, || report.document(), || report.sheet());
    Ok(Done { text, gate_failed: report.option.status != "simulated" })
}

/// How a timeline is written.
#[derive(Clone, Copy)]
enum Shape {
    Csv,
    Json,
}

impl Shape {
    /// By the end of the file's name.
    fn of(path: &Path) -> Result<Shape, Failure> {
        match path.extension().and_then(|extension| extension.to_str()) {
            Some("csv") => Ok(Shape::Csv),
            Some("json") => Ok(Shape::Json),
            _ => Err(Failure::with_help(
                format!("--out: {} names no format", path.display()),
                "a file that ends in .csv or .json",
            )),
        }
    }

    fn text(self, timeline: &TimelineReport) -> String {
        match self {
            Shape::Csv => render::csv(&timeline.sheet()),
            Shape::Json => render::json(timeline),
        }
    }
}

fn refused(option: &str, why: NotSimulated) -> Failure {
    match why {
        NotSimulated::NoOption(known) => {
            unknown_option(option, &known.iter().map(String::as_str).collect::<Vec<_>>())
        }
        NotSimulated::Parts(names) => Failure::with_help(
            format!("option `{option}` has {} parts, and a month is that of one deployment", names.len()),
            format!("one of its parts: {}", names.join(", ")),
        ),
        NotSimulated::NoEvents(title) => Failure::with_help(
            format!("--events: {title} starts no server for each request"),
            "leave it out: replicas are simulated minute by minute, or finer, in any case; --events is for Lambda",
        ),
        NotSimulated::NoScale(why) => Failure::text(why),
    }
}
