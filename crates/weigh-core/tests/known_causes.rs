//! Known causes: figures of documents that are wrong, each with the cause that the search must find by itself.

mod support;

use rust_decimal::Decimal;
use support::audit::{Audited, difference, of_servers, sum};
use support::exactly;
use weigh_core::audit::{Basis, Cause, Computed};
use weigh_core::bill::Charge;

/// Components of a staging or production environment: name, vCPU, memory in MB, and tasks.
fn tasks(all: &[(&str, &str, u32)]) -> String {
    let each = all.iter().map(|(name, vcpu, memory)| {
        format!(
            "[[component]]\nname = \"{name}\"\nvcpu = {vcpu}\nmemory = \"{memory} MB\"\ncpu_time = \"5 ms\"\n\
             start_up_time = \"1 s\"\n"
        )
    });
    each.collect::<Vec<_>>().concat()
}

/// A scenario with claims: id, value, unit, what it is about.
fn text(components: &str, options: &str, claims: &[(&str, &str, &str, &str)]) -> String {
    let claims = claims.iter().map(|(id, value, unit, about)| {
        format!(
            "[[claim]]\nid = \"{id}\"\nvalue = \"{value}\"\nunit = \"{unit}\"\n{}\n",
            about.replace(';', "\n")
        )
    });
    format!(
        "[scenario]\nname = \"t\"\nregion = \"us-east-1\"\n[traffic]\nrate = \"10_000/month\"\n{components}{options}{}",
        claims.collect::<Vec<_>>().concat()
    )
}

fn told(causes: &[Cause]) -> String {
    let each = causes.iter().map(|cause| format!("{} [{}, {}]", cause.words, cause.kind, cause.changes));
    each.collect::<Vec<_>>().join("\n")
}

/// The words of the first cause of each claim, of what the option counts.
#[track_caller]
fn hold(audited: &Audited, option: &str, counted: &dyn Fn(&Charge) -> bool, rows: &[(&str, &str)]) {
    let computed = sum(audited.part(option, counted));
    for (id, expected) in rows {
        let found = audited.causes(id, &computed);
        let first = found.first().map(|cause| cause.words.as_str()).unwrap_or_default();
        assert_eq!(first, *expected, "{id}: {} computed, found\n{}", computed.figure, told(&found));
    }
}

#[test]
fn memory_is_missing() {
    let components = tasks(&[("backend", "0.5", 1024), ("frontend", "0.25", 512), ("chroma", "1", 2048)]);
    let option = "[[option]]\nname = \"it\"\nplatform = \"fargate\"\ntasks = 1\n";
    let claims = [
        ("X01", "52", "USD/month", "about = \"platform\""),
        ("X01a", "~$15", "USD/month", "about = \"component\"; component = \"backend\""),
        ("X01b", "~$7", "USD/month", "about = \"component\"; component = \"frontend\""),
        ("X01c", "$30", "USD/month", "about = \"component\"; component = \"chroma\""),
        ("X01d", "621", "USD/year", "about = \"platform\""),
    ];
    let audited = Audited::of(&text(&components, option, &claims));
    let all =
        "equals the vCPU charge alone: memory is missing (11.36 of 63.07 USD); comes to 51.71 USD/month";
    hold(&audited, "it", &of_servers, &[("X01", all)]);
}
