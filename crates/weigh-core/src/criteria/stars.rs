//! Criteria of which the documents give stars. Of an option on several platforms the fewest count.

use super::{Criterion, Subject};
use crate::decision::Shape;
use crate::scenario::ScaleUnit;

/// A criterion of which the documents give stars.
macro_rules! stars {
    ($($name:ident: $id:literal, $title:literal, $what:literal, $trait:literal, $weight:literal, $chooses_size:literal;)*) => {
        $(pub(super) const $name: Criterion = Criterion {
            id: $id,
            title: $title,
            summary: concat!("Stars of the documents' matrices for ", $what, "."),
            unit: ScaleUnit::Stars,
            weight: $weight,
            chooses_size: $chooses_size,
            traits: &[concat!("stars/", $trait)],
            scale_because: "The documents' own scale of one to five stars.",
            uncertainty_because: "Half a star: the documents give whole ones. What the scenario states is taken as exact.",
            remedy: concat!("state `stars/", $trait, "` in [[trait]]"),
            scale: |_| (5.0, 1.0, Shape::Linear),
            value: |subject: &Subject<'_>| subject.least(concat!("stars/", $trait)),
            uncertainty: |subject: &Subject<'_>, _| {
                if subject.is_stated(concat!("stars/", $trait)) { 0.0 } else { 0.5 }
            },
        };)*
    };
}

stars! {
    DEPLOYMENT_EASE: "deployment_ease", "ease of deployment", "how easy it is to set up", "deployment-ease", 0.05, true;
    SCALABILITY: "scalability", "scalability", "how it grows with the traffic", "scalability", 0.10, true;
    OPERATIONS_EASE: "operations_ease", "ease of operations", "how little work it is to operate", "operations-ease", 0.0, false;
    STABILITY: "stability", "stability", "how stable it runs", "stability", 0.0, false;
    LONG_RUNNING_TASKS: "long_running_tasks", "long-running tasks", "how well it serves what takes long", "long-running-tasks", 0.0, false;
    SESSION_MANAGEMENT: "session_management", "session management", "how well it keeps sessions", "session-management", 0.0, false;
    PRODUCTION_READINESS: "production_readiness", "production readiness", "how ready it is for production", "production-readiness", 0.0, false;
    PORTABILITY: "portability", "portability", "how easily it moves elsewhere: low, medium and high as 1, 3 and 5", "portability", 0.0, false;
    CONTAINER_ORCHESTRATION: "container_orchestration", "container orchestration", "how well it orchestrates containers", "container-orchestration", 0.0, false;
    CI_CD_INTEGRATION: "ci_cd_integration", "CI/CD integration", "how well it fits into continuous delivery", "ci-cd-integration", 0.0, false;
    LEARNING_EASE: "learning_ease", "ease of learning", "how little there is to learn", "learning-ease", 0.0, false;
    CONTROL: "control", "control", "how much can be controlled and customised", "control", 0.0, false;
}
