//! The servers of a part in words: how many, of which size, and how they are shared out over the zones.

use super::draft::Part;
use crate::money::number;
use crate::platforms::{HostGroup, ReplicaGroup};

/// What hosts are called, one and several.
const INSTANCES: (&str, &str) = ("instance", "instances");

/// Servers of one kind.
pub(super) struct Servers {
    /// The components that each of them holds; empty for hosts, which hold what comes.
    pub(super) components: Vec<String>,
    /// What they are called, one and several: `task` and `tasks`.
    nouns: (&'static str, &'static str),
    /// The fewest and the most of them; nothing where there is one for each request.
    pub(super) count: Option<(u32, u32)>,
    /// The size of each: `1 vCPU, 2 GB`.
    size: String,
}

impl Servers {
    /// The servers of a part, in the order of its layout.
    pub(super) fn of(part: &Part<'_>) -> Vec<Servers> {
        part.evaluation.layout.replicas.iter().map(|group| Servers::of_group(part, group)).collect()
    }

    fn of_group(part: &Part<'_>, group: &ReplicaGroup) -> Servers {
        let all = || part.evaluation.components.iter().map(|each| each.component.clone()).collect();
        let deployed = &group.deployed;
        let count = Some(group.range).filter(|range| *range != (0, 0));
        let size = match (&group.size_name, count) {
            (Some(name), _) => name.clone(),
            (None, Some(_)) => format!("{} vCPU, {}", number(deployed.vcpu, 3), deployed.memory),
            // A function is sized by its memory, and gets vCPU with it.
            (None, None) => deployed.memory.to_string(),
        };
        Servers {
            components: group.component.as_ref().map_or_else(all, |name| vec![name.clone()]),
            nouns: part.row().map_or(("server", "servers"), |row| row.nouns),
            count,
            size,
        }
    }

    /// The hosts beneath servers.
    pub(super) fn of_hosts(hosts: &HostGroup) -> Servers {
        let (count, size) = (Some(hosts.range), hosts.instance_type.clone());
        Servers { components: Vec::new(), nouns: INSTANCES, count, size }
    }

    /// How many there are and of which size: `2 tasks × 1 vCPU, 2 GB`, `2 to 6 tasks × 1 vCPU, 2 GB`.
    pub(super) fn describe(&self) -> String {
        match self.count {
            Some(count) => format!("{} × {}", counted(count, self.nouns), self.size),
            None => self.size.clone(),
        }
    }

    /// How many of them stand in a zone, counted from 0, of so many: the first zones have what can't be shared out evenly. Nothing
    /// where none ever stands there, or no number is known.
    pub(super) fn in_zone(&self, zone: u32, zones: u32) -> Option<String> {
        let (least, most) = self.count?;
        let share = |all: u32| all / zones.max(1) + u32::from(zone < all % zones.max(1));
        (share(most) > 0).then(|| counted((share(least), share(most)), self.nouns))
    }
}

fn counted((least, most): (u32, u32), (one, several): (&str, &str)) -> String {
    match (least, most) {
        (1, 1) => format!("1 {one}"),
        (least, most) if least == most => format!("{most} {several}"),
        (least, most) => format!("{least} to {most} {several}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn servers_are_counted_and_shared_out() {
        for (count, described, shares) in [
            (Some((1, 1)), "1 task × 1 vCPU", vec![Some("1 task"), None]),
            (Some((3, 3)), "3 tasks × 1 vCPU", vec![Some("2 tasks"), Some("1 task")]),
            (Some((2, 7)), "2 to 7 tasks × 1 vCPU", vec![Some("1 to 4 tasks"), Some("1 to 3 tasks")]),
            (Some((1, 2)), "1 to 2 tasks × 1 vCPU", vec![Some("1 task"), Some("0 to 1 tasks")]),
            (None, "1 vCPU", vec![None, None]),
        ] {
            let servers =
                Servers { components: vec![], nouns: ("task", "tasks"), count, size: "1 vCPU".to_owned() };
            assert_eq!(servers.describe(), described);
            let zones: Vec<Option<String>> = (0..2).map(|zone| servers.in_zone(zone, 2)).collect();
            let zones: Vec<Option<&str>> = zones.iter().map(Option::as_deref).collect();
            assert_eq!(zones, shares, "{described}");
        }
    }
}
