//! Tests that walk the table of platforms.

use super::*;
use crate::scenario::{Kind, OptionHeader, Presence, Section, Vocabulary};

#[test]
fn ids_are_unique_and_sorted_and_lead_to_their_platform() {
    let ids: Vec<&str> = PLATFORMS.iter().map(|platform| platform.id).collect();
    let mut sorted = ids.clone();
    sorted.sort_unstable();
    sorted.dedup();
    assert_eq!(ids, sorted, "the order of reports is that of the ids");
    for platform in PLATFORMS {
        assert_eq!(Platform::find(platform.id).map(|found| found.title), Some(platform.title));
        assert!(platform.summary.ends_with('.'), "{}", platform.id);
    }
    assert!(Platform::find("kubernetes").is_none());
}

#[test]
fn every_setting_is_described_once_and_its_default_is_one() {
    for platform in PLATFORMS {
        let mut keys: Vec<&str> = OptionHeader::FIELDS.iter().map(|field| field.key).collect();
        for field in platform.fields() {
            let name = format!("{} of {}", field.key, platform.id);
            assert!(!keys.contains(&field.key), "{name} stands twice");
            keys.push(field.key);
            assert!(field.doc.trim().ends_with('.'), "{name}: {}", field.doc);
            assert!(!matches!(field.presence, Presence::Required), "{name}: an option needs no setting");
            assert_ne!(field.kind, Kind::Name, "{name}: free text decides nothing");
        }
        let defaults = Values::defaults(platform.fields(), &Vocabulary::default());
        for field in platform.fields() {
            let has = matches!(field.presence, Presence::Default(_));
            assert_eq!(defaults.get(field.key).is_some(), has, "{} of {}", field.key, platform.id);
        }
    }
}
