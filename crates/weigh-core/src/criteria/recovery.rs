//! Criteria of staying up and of coming back.

use super::{Criterion, Subject};
use crate::decision::Shape;
use crate::scenario::ScaleUnit;

/// The day between the snapshots that the documents make.
const DAY_S: f64 = 86_400.0;

pub(super) const AVAILABILITY: Criterion = Criterion {
    id: "availability",
    title: "availability",
    summary: "Share of the month that AWS promises, over everything a request passes; each nine counts alike.",
    unit: ScaleUnit::Share,
    weight: 0.15,
    chooses_size: false,
    traits: &[],
    scale_because: "From 99 % to 99.99 %, the most that AWS promises for compute (AWS Compute Service Level Agreement of 2022-05-05).",
    uncertainty_because: "Promises as AWS states them, multiplied: exact as promises, and no forecast.",
    remedy: "its service level is stated in traits/platforms.csv, or in [[trait]] as `sla-percent`",
    scale: |_| (0.9999, 0.99, Shape::LogarithmicComplement),
    value: |subject| subject.evaluation.availability(),
    uncertainty: |_, _| 0.0,
};

pub(super) const RECOVERY_POINT: Criterion = Criterion {
    id: "recovery_point",
    title: "recovery point (RPO)",
    summary: "Time whose data may be lost with the servers, as the documents state it.",
    unit: ScaleUnit::Seconds,
    weight: 0.0,
    chooses_size: false,
    traits: &["recovery-point-seconds"],
    scale_because: "From none to a day, the interval of the snapshots that document 002 asks for (line 1300).",
    uncertainty_because: "The documents' figures are disputed: what is lost is a matter of the data store, and the daily snapshots of the same document make an hour a day. So up to a day.",
    remedy: "state `recovery-point-seconds` in [[trait]]",
    scale: |_| (0.0, DAY_S, Shape::Linear),
    value: |subject| subject.most("recovery-point-seconds"),
    uncertainty: |subject, value| match subject.is_stated("recovery-point-seconds") {
        true => 0.0,
        false => (DAY_S - value).max(0.0),
    },
};

pub(super) const RECOVERY_TIME: Criterion = Criterion {
    id: "recovery_time",
    title: "recovery time (RTO)",
    summary: "Time until it serves again after a failure, as the documents state it: the middle of their range.",
    unit: ScaleUnit::Seconds,
    weight: 0.0,
    chooses_size: false,
    traits: &["recovery-time-seconds-low", "recovery-time-seconds-high"],
    scale_because: "From none to an hour: the documents name up to 10 minutes, by hand it takes longer.",
    uncertainty_because: "Half of the documents' range, and at least a minute: they state whole minutes.",
    remedy: "state `recovery-time-seconds` in [[trait]]",
    scale: |_| (0.0, 3_600.0, Shape::Linear),
    value: |subject| subject.middle("recovery-time-seconds", Subject::most),
    uncertainty: |subject, _| subject.half_range("recovery-time-seconds", Subject::most).max(60.0),
};
