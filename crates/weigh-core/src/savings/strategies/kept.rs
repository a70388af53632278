//! Strategies that keep less: logs, images, snapshots and old objects.

use std::time::Duration;

use crate::savings::plan::Plan;
use crate::scenario::Datum;

/// How long logs are then kept: document 002 of the mission (line 1318) has 7 days.
const KEPT: Duration = Duration::from_secs(7 * 24 * 3_600);

/// The kind of service whose objects age.
const BUCKET: &str = "s3";
/// When objects move to the infrequent-access class, and to Glacier with instant retrieval: 30 days are the least that S3
/// takes for the first (S3 user guide, as known in November 2026); 90 for the second are the least that it bills.
const CLASSES: [(&str, u32); 2] = [("infrequent_after_days", 30), ("glacier_after_days", 90)];

/// Keeps logs for 7 days.
pub(super) fn log_retention(plan: &mut Plan<'_>) -> Result<String, String> {
    if !plan.pays_for("logs", "storage") {
        return Err(
            "no stored logs are paid for: there are none, or the platform keeps them itself".to_owned()
        );
    }
    match plan.scenario.supporting.log_retention {
        Some(stated) if stated <= KEPT => return Err("they are kept for 7 days or less already".to_owned()),
        _ => plan.scenario.supporting.log_retention = Some(KEPT),
    }
    Ok("logs kept for 7 days".to_owned())
}

/// Keeps one version of images and one snapshot of disks.
pub(super) fn lifecycle(plan: &mut Plan<'_>) -> Result<String, String> {
    let mut done = Vec::new();
    let versions = plan.scenario.supporting.image_versions;
    if versions > 1 && plan.pays_for("registry", "") {
        plan.scenario.supporting.image_versions = 1;
        done.push(format!("1 version of each image in place of {versions}"));
    }
    let snapshots = plan.each(|at| match at.count("snapshots") {
        Some(kept) if kept > 1 => {
            at.set("snapshots", Datum::Count(1));
            Ok(format!("1 snapshot of each disk in place of {kept}"))
        }
        _ => Err(String::new()),
    });
    done.extend(snapshots);
    for bucket in
        plan.scenario.services.iter_mut().filter(|service| service.kind == BUCKET && service.enabled)
    {
        let days = |key: &str| bucket.settings.value::<Option<u32>>(key).flatten();
        let Some(kept) = days("retention_days") else { continue };
        let moves = CLASSES.into_iter().filter(|(key, after)| days(key).is_none() && kept > *after);
        let moves: Vec<(&str, u32)> = moves.collect();
        for (key, after) in &moves {
            bucket.settings = std::mem::take(&mut bucket.settings).with(key, Datum::Count(*after));
        }
        if !moves.is_empty() {
            let ages: Vec<String> = moves.iter().map(|(_, after)| format!("{after} days")).collect();
            done.push(format!(
                "objects of {} move to colder classes after {}",
                bucket.name,
                ages.join(" and ")
            ));
        }
    }
    match done.is_empty() {
        true => Err("there are no versions, snapshots or old objects to keep fewer of".to_owned()),
        false => Ok(done.join("; ")),
    }
}
