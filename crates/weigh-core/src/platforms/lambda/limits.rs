//! What a function can't do: the limits of Lambda and of its front doors, as needs that fail.

use std::time::Duration;

use super::TITLE;
use super::settings::{Delivery, FrontDoor, Settings};
use crate::catalog::{Catalog, Limit};
use crate::measure::Size;
use crate::platforms::sizing::too_long;
use crate::platforms::{Brief, FailedNeed};
use crate::scenario::{Component, Sessions, State, Uploads};

/// The needs that fail whatever the memory setting.
pub(super) fn failed(brief: &Brief<'_>, settings: &Settings) -> Vec<FailedNeed> {
    let mut failed = Vec::new();
    failed.extend(state(brief));
    failed.extend(payload(brief, settings));
    failed.extend(connections(brief, settings));
    failed.extend(sizes(brief, settings));
    failed.extend(snapshots(brief, settings));
    failed
}

/// How the front door is called in messages.
fn door(settings: &Settings) -> &'static str {
    match settings.front_door {
        FrontDoor::FunctionUrl => "a function URL",
        FrontDoor::HttpApi => "an HTTP API",
        FrontDoor::RestApi => "a REST API",
        FrontDoor::LoadBalancer => "a load balancer",
    }
}

/// The largest request that a function takes behind its front door.
pub(super) fn largest_request(catalog: &Catalog, settings: &Settings) -> Size {
    let limit = match settings.front_door {
        FrontDoor::LoadBalancer => Limit::LambdaBehindLoadBalancerPayloadMb,
        FrontDoor::FunctionUrl | FrontDoor::HttpApi | FrontDoor::RestApi => Limit::LambdaPayloadMb,
    };
    Size::from_mib(catalog.limits.whole(limit))
}

fn state(brief: &Brief<'_>) -> Option<FailedNeed> {
    let kept_outside = brief.scenario.supporting.sessions != Sessions::InMemory;
    let keeps = |component: &&Component| match component.state {
        State::None => false,
        State::Session => !kept_outside,
        State::LocalDisk => true,
    };
    let component = brief.scenario.components.iter().find(keeps)?;
    let name = &component.name;
    Some(match component.state {
        State::LocalDisk => FailedNeed {
            need: "state".to_owned(),
            wanted: format!("a local disk of {} for {name}", component.disk),
            offered: "what a function writes is lost with its environment".to_owned(),
            revisit_when: "the data moves to S3, a file system or a database".to_owned(),
        },
        State::Session | State::None => FailedNeed {
            need: "state".to_owned(),
            wanted: format!("sessions in the memory of {name}"),
            offered: "each request of a user may meet another environment".to_owned(),
            revisit_when: "sessions are kept outside: `sessions` of [supporting]".to_owned(),
        },
    })
}

fn payload(brief: &Brief<'_>, settings: &Settings) -> Vec<FailedNeed> {
    let limits = &brief.catalog.limits;
    let most = largest_request(brief.catalog, settings);
    let needs = &brief.scenario.needs;
    let kinds = || brief.scenario.components.iter().flat_map(Component::kinds);
    let upload = needs.largest_upload.into_iter().chain(kinds().map(|kind| kind.request_size)).max();
    let response = kinds().map(|kind| kind.response_size).max();
    let streams = needs.streaming && settings.front_door == FrontDoor::FunctionUrl;
    let most_out = if streams { Size::from_mib(limits.whole(Limit::LambdaStreamedResponseMb)) } else { most };
    let fails = |need: &str, wanted: Option<Size>, most: Size, what: &str, instead: &str| {
        wanted.filter(|size| *size > most).map(|size| FailedNeed {
            need: need.to_owned(),
            wanted: format!("{what} of {size}"),
            offered: format!("Lambda behind {} takes at most {most}", door(settings)),
            revisit_when: instead.to_owned(),
        })
    };
    let upload = upload.filter(|_| brief.scenario.supporting.uploads == Uploads::Direct);
    let instead = "clients upload to S3 with a presigned URL: `uploads` of [supporting]";
    let uploads = fails("largest_upload", upload, most, "an upload", instead);
    let responses =
        fails("response_size", response, most_out, "a response", "large responses are fetched from S3");
    uploads.into_iter().chain(responses).collect()
}

fn connections(brief: &Brief<'_>, settings: &Settings) -> Vec<FailedNeed> {
    let needs = &brief.scenario.needs;
    let mut failed = Vec::new();
    if needs.websocket {
        failed.push(FailedNeed {
            need: "websocket".to_owned(),
            wanted: "WebSocket connections".to_owned(),
            offered: format!("{} ends every connection with its response", door(settings)),
            revisit_when: "an API Gateway WebSocket API holds the connections".to_owned(),
        });
    }
    if needs.streaming && settings.front_door != FrontDoor::FunctionUrl {
        failed.push(FailedNeed {
            need: "streaming".to_owned(),
            wanted: "streamed responses".to_owned(),
            offered: format!("{} collects the whole response first", door(settings)),
            revisit_when: "front_door = \"function-url\"".to_owned(),
        });
    }
    failed
}

fn sizes(brief: &Brief<'_>, settings: &Settings) -> Vec<FailedNeed> {
    let limits = &brief.catalog.limits;
    let image_most = Size::from_mib(limits.whole(Limit::LambdaImageSizeGb).saturating_mul(1_024));
    let space_most = Size::from_mib(limits.whole(Limit::LambdaEphemeralStorageMaxMb));
    // Without a stated package the image tells how large the code is.
    let is_image = settings.package == Delivery::Image || settings.package_size.is_none();
    let image = brief.scenario.components.iter().map(|each| each.image_size).max().filter(|_| is_image);
    let code_most = Size::from_mib(limits.whole(Limit::LambdaPackageUnzippedMb));
    let code = settings.package_size.filter(|_| settings.package == Delivery::Zip);
    let fails = |need: &str, size: Option<Size>, most: Size, what: &str| {
        size.filter(|size| *size > most).map(|size| FailedNeed {
            need: need.to_owned(),
            wanted: format!("{what} of {size}"),
            offered: format!("Lambda takes at most {most}"),
            revisit_when: format!("it is at most {most}"),
        })
    };
    let image = fails("image_size", image, image_most, "an image");
    let space = fails("ephemeral_storage", Some(settings.ephemeral_storage), space_most, "space under /tmp");
    let code = fails("package_size", code, code_most, "a zip archive");
    image.into_iter().chain(code).chain(space).collect()
}

/// SnapStart restores managed runtimes from zip archives, with little space under /tmp and nothing provisioned.
///
/// Source: AWS Lambda Developer Guide, SnapStart, supported features and limitations (as known in November 2026).
fn snapshots(brief: &Brief<'_>, settings: &Settings) -> Vec<FailedNeed> {
    if !settings.snap_start {
        return Vec::new();
    }
    let fails = |wanted: String, offered: String, revisit_when: &str| FailedNeed {
        need: "snap_start".to_owned(),
        wanted,
        offered,
        revisit_when: revisit_when.to_owned(),
    };
    let mut failed = Vec::new();
    let none = brief.scenario.components.iter().find(|each| !has_snapshots(each.runtime.as_deref()));
    if let Some(component) = none {
        let runtime = component.runtime.as_deref().unwrap_or("a runtime that is not stated");
        let wanted = format!("snapshots of {} ({runtime})", component.name);
        let offered = "SnapStart has Java 11, Python 3.12 and .NET 8, and later versions of them".to_owned();
        failed.push(fails(wanted, offered, "the component states such a runtime"));
    }
    if settings.package == Delivery::Image {
        let offered = "SnapStart takes zip archives alone".to_owned();
        failed.push(fails("snapshots of container images".to_owned(), offered, "package = \"zip\""));
    }
    if settings.provisioned_concurrency.is_some_and(|count| count > 0) {
        let offered = "SnapStart and provisioned concurrency exclude each other".to_owned();
        let wanted = "snapshots of provisioned environments".to_owned();
        failed.push(fails(wanted, offered, "one of them is left out"));
    }
    let most = Size::from_mib(brief.catalog.limits.whole(Limit::LambdaSnapStartEphemeralMaxMb));
    if settings.ephemeral_storage > most {
        let wanted = format!("snapshots with {} under /tmp", settings.ephemeral_storage);
        failed.push(fails(wanted, format!("SnapStart takes at most {most}"), "less space is enough"));
    }
    failed
}

/// Whether SnapStart has a runtime: Java from 11, Python from 3.12 and .NET from 8 on, as Lambda manages them.
fn has_snapshots(runtime: Option<&str>) -> bool {
    let Some(name) = runtime else { return false };
    let at_least = |prefix: &str, least: u32| {
        let version = name.strip_prefix(prefix).and_then(|version| version.parse::<u32>().ok());
        version.is_some_and(|version| version >= least)
    };
    at_least("java", 11) || at_least("python3.", 12) || at_least("dotnet", 8)
}

/// The memory of a function must be one that Lambda has, and enough for its component.
pub(super) fn memory(brief: &Brief<'_>, component: &Component, memory_mb: u32) -> Result<(), FailedNeed> {
    let limits = &brief.catalog.limits;
    let (least, most) = (limits.whole(Limit::LambdaMemoryMinMb), limits.whole(Limit::LambdaMemoryMaxMb));
    let fail = |wanted: String, offered: String| FailedNeed {
        need: "memory".to_owned(),
        wanted,
        offered,
        revisit_when: "the component needs less memory, or the setting is larger".to_owned(),
    };
    if super::mib(component.memory) > memory_mb {
        let wanted = format!("{} for {}", component.memory, component.name);
        return Err(fail(wanted, format!("the option states {memory_mb} MB")));
    }
    if (least..=most).contains(&memory_mb) {
        return Ok(());
    }
    Err(fail(
        format!("{memory_mb} MB for {}", component.name),
        format!("a function has {least} to {most} MB"),
    ))
}

/// The longest that a request may take before Lambda or its front door ends it, and which of them does.
pub(super) fn longest_request(brief: &Brief<'_>, settings: &Settings) -> (Duration, &'static str) {
    let limits = &brief.catalog.limits;
    let timeout = limits.span(Limit::LambdaTimeoutSeconds);
    match settings.front_door {
        FrontDoor::FunctionUrl => (timeout, TITLE),
        FrontDoor::HttpApi => (limits.span(Limit::ApiGatewayHttpTimeoutSeconds).min(timeout), "the HTTP API"),
        FrontDoor::RestApi => (limits.span(Limit::ApiGatewayRestTimeoutSeconds).min(timeout), "the REST API"),
        FrontDoor::LoadBalancer => (limits.span(Limit::ElbIdleTimeoutMaxSeconds).min(timeout), TITLE),
    }
}

/// A request must end before Lambda or its front door ends it.
pub(super) fn duration(brief: &Brief<'_>, settings: &Settings, mean_s: f64) -> Result<(), FailedNeed> {
    let (most, whose) = longest_request(brief, settings);
    too_long(brief, mean_s, most, whose).map_or(Ok(()), Err)
}

/// What all functions together keep ready counts against the account's quota.
pub(super) fn provisioned(ready: u64, quota: u32) -> Result<(), FailedNeed> {
    if ready <= u64::from(quota) {
        return Ok(());
    }
    Err(FailedNeed {
        need: "provisioned_concurrency".to_owned(),
        wanted: format!("{ready} environments kept ready"),
        offered: format!("the account's quota is {quota}"),
        revisit_when: "AWS has raised the quota, and the option says so with `concurrency_quota`".to_owned(),
    })
}
