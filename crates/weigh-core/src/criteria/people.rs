//! Criteria of work and of who does it.

use super::{Criterion, Subject};
use crate::decision::Shape;
use crate::scenario::ScaleUnit;

const HALF_THE_RANGE: &str = "Half of the documents' range.";

pub(super) const OPERATING_HOURS: Criterion = Criterion {
    id: "operating_hours",
    title: "operating hours",
    summary: "Hours of work a month to keep it running, as the documents estimate them.",
    unit: ScaleUnit::Hours,
    weight: 0.15,
    chooses_size: true,
    traits: &["operating-hours-low", "operating-hours-high"],
    scale_because: "From none to a working day; the documents name 1 to 6 hours.",
    uncertainty_because: HALF_THE_RANGE,
    remedy: "state `operating-hours` in [[trait]]",
    scale: |_| (0.0, 8.0, Shape::Linear),
    value: |subject| subject.middle("operating-hours", Subject::sum),
    uncertainty: |subject, _| subject.half_range("operating-hours", Subject::sum),
};

pub(super) const SET_UP_HOURS: Criterion = Criterion {
    id: "set_up_hours",
    title: "set-up hours",
    summary: "Hours of work until it runs for the first time, as the documents estimate them.",
    unit: ScaleUnit::Hours,
    weight: 0.0,
    chooses_size: false,
    traits: &["set-up-hours-low", "set-up-hours-high"],
    scale_because: "From none to two working days, the most that the documents name.",
    uncertainty_because: HALF_THE_RANGE,
    remedy: "state `set-up-hours` in [[trait]]",
    scale: |_| (0.0, 16.0, Shape::Linear),
    value: |subject| subject.middle("set-up-hours", Subject::sum),
    uncertainty: |subject, _| subject.half_range("set-up-hours", Subject::sum),
};

pub(super) const DEPLOYMENT_TIME: Criterion = Criterion {
    id: "deployment_time",
    title: "time to deploy",
    summary: "Time that a deployment takes, as the documents state it: the middle of their range.",
    unit: ScaleUnit::Seconds,
    weight: 0.0,
    chooses_size: false,
    traits: &["deployment-minutes-low", "deployment-minutes-high"],
    scale_because: "From none to an hour; document 001 names 10 to 30 minutes.",
    uncertainty_because: HALF_THE_RANGE,
    remedy: "state `deployment-minutes` in [[trait]]: the documents name it for EC2 and Fargate alone",
    scale: |_| (0.0, 3_600.0, Shape::Linear),
    value: |subject| Some(subject.middle("deployment-minutes", Subject::most)? * MINUTE_S),
    uncertainty: |subject, _| subject.half_range("deployment-minutes", Subject::most) * MINUTE_S,
};

const MINUTE_S: f64 = 60.0;

pub(super) const TEAM_SIZE: Criterion = Criterion {
    id: "team_size",
    title: "team size",
    summary: "People that the documents ask for to run it: the middle of their range.",
    unit: ScaleUnit::Count,
    weight: 0.0,
    chooses_size: false,
    traits: &["team-size-low", "team-size-high"],
    scale_because: "From one to five people; the documents name 1 to 4.",
    uncertainty_because: HALF_THE_RANGE,
    remedy: "state `team-size` in [[trait]]",
    scale: |_| (1.0, 5.0, Shape::Linear),
    value: |subject| subject.middle("team-size", Subject::most),
    uncertainty: |subject, _| subject.half_range("team-size", Subject::most),
};

pub(super) const SKILLS_LACKING: Criterion = Criterion {
    id: "skills_lacking",
    title: "skills lacking",
    summary: "Skills that the documents ask for and `skills` of [team] does not name.",
    unit: ScaleUnit::Count,
    weight: 0.0,
    chooses_size: false,
    traits: &["skills"],
    scale_because: "From none to five, the most that the documents ask for on one platform.",
    uncertainty_because: "Counted in the documents' own lists: exact as they are written.",
    remedy: "state `skills` in [team]; what a platform asks for, in [[trait]]",
    scale: |_| (0.0, 5.0, Shape::Linear),
    value: |subject| {
        let (asked, has) = (subject.words("skills")?, subject.scenario.team.skills.as_ref()?);
        let lacking = asked.iter().filter(|skill| !has.iter().any(|known| known == *skill)).count();
        u32::try_from(lacking).ok().map(f64::from)
    },
    uncertainty: |_, _| 0.0,
};
