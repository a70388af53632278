//! An option whose deployments were judged, and what may still befall it.

use super::{Candidate, Judge, NeverCold, Verdict};
use crate::platforms::FailedNeed;
use crate::scenario::OptionRequest;

/// An option whose deployments were judged: the one that may be ranked, or why none may.
pub(in crate::compare) struct Judged {
    pub(super) name: String,
    pub(super) platform: &'static str,
    pub(super) defaults: Vec<String>,
    pub(super) weighed: usize,
    pub(super) unpriced: usize,
    pub(super) never_cold: Option<NeverCold>,
    pub(super) outcome: Result<Candidate, Verdict>,
}

impl Judged {
    /// The same with what the need `never_cold` costs: the other judge is without it.
    pub(in crate::compare) fn beside(self, request: &OptionRequest, without: &Judge<'_>) -> Judged {
        let Ok(own) = &self.outcome else { return self };
        let other = without.option(request).and_then(|judged| match judged.outcome {
            Ok(candidate) => Some(candidate.evaluation),
            // Without the need it may be so small that it fails another one.
            Err(Verdict::Rejected { nearest, .. }) => nearest.map(|nearest| *nearest),
            Err(_) => None,
        });
        let never_cold = other.map(|other| NeverCold {
            cost: own.evaluation.bill.total() - other.bill.total(),
            size_without: other.size,
        });
        Judged { never_cold, ..self }
    }

    /// The same where rules reject it; what can't be priced stays so.
    pub(super) fn rejected(self, failed: Vec<FailedNeed>) -> Judged {
        let outcome = match self.outcome {
            Ok(Candidate { evaluation, .. }) => {
                Err(Verdict::Rejected { needs: failed, nearest: Some(Box::new(evaluation)) })
            }
            Err(Verdict::Rejected { needs, nearest }) => {
                Err(Verdict::Rejected { needs: [needs, failed].concat(), nearest })
            }
            unpriced => unpriced,
        };
        Judged { outcome, ..self }
    }
}
