//! `weigh rank`: the alternatives of a decision matrix by a method, without any cloud.

use weigh_core::decision::smaa::Sampling;
use weigh_core::decision::{Method, Normalisation, Parameters};
use weigh_core::matrix_file::Asked;
use weigh_core::report::ranking_report;

use crate::args::RankArgs;
use crate::load;
use crate::output::{Done, Failure};
use crate::render;

/// Ranks; the gate fails when no alternative meets the needs.
pub(crate) fn run(args: &RankArgs) -> Result<Done, Failure> {
    let loaded = load::matrix(&args.file)?;
    let file = &loaded.matrix;
    let Some(method) = Method::find(&args.method) else {
        return Err(Failure::text(format!("--method: unknown method `{}`", args.method)));
    };
    let mut parameters = Parameters {
        normalisation: args.normalisation.as_deref().and_then(Normalisation::find),
        ..Parameters::default()
    };
    for parameter in &args.parameter {
        parameter.put(method, &mut parameters).map_err(|why| Failure::text(format!("--parameter: {why}")))?;
    }
    let weights = args.weights.as_ref().map(|asked| asked.weights()).unwrap_or_default();
    let threads = args.threads.map_or_else(processors, usize::from);
    let sampling = Sampling { samples: args.samples, seed: args.seed, threads };
    let asked = Asked { method, parameters, weights, sampling, robustness: args.robustness };
    let ranked = match file.rank(&asked) {
        Ok(ranked) => ranked,
        Err(why) => return Err(loaded.failure(why)),
    };
    let mut report = ranking_report(file, &ranked);
    report.robustness_asked = args.robustness;
    let text = render::report(args.format, &report, || report.document(), || report.sheet());
    Ok(Done { text, gate_failed: report.decision.is_none() })
}

/// The processors of this machine, as far as that can be told.
fn processors() -> usize {
    std::thread::available_parallelism().map_or(1, std::num::NonZero::get)
}
