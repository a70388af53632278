//! RDS for PostgreSQL: instances in one zone or several, their volumes, backups, replicas and proxy.

use rust_decimal::Decimal;

use super::shared::{beyond, bursts, idle, instance_type, is_stated, unless, vcpu};
use super::{Context, StatedService, Zones, settings};
use crate::measure::Size;
use crate::money::NotExact;
use crate::scenario::{Contradiction, Section, Values, Vocabulary, choice, section};
use crate::units::Unit;
use crate::usage::{Quantity, Usage};

choice! {
    /// Where the instances stand.
    pub(super) enum Deployment {
        /// One instance.
        SingleAz = "single-az",
        /// Two, of which one stands by; the price is that of both.
        MultiAz = "multi-az",
        /// Three, of which two stand by and can be read; the price is that of all.
        MultiAzCluster = "multi-az-cluster",
    }
}

choice! {
    /// The kind of the volume.
    pub(super) enum Volume {
        /// General purpose, with IOPS and throughput by themselves.
        Gp3 = "gp3",
        /// General purpose, with IOPS by its size.
        Gp2 = "gp2",
        /// Provisioned IOPS.
        Io1 = "io1",
        /// Provisioned IOPS, of the newer kind.
        Io2 = "io2",
        /// Magnetic, of the oldest kind.
        Magnetic = "magnetic",
    }
}

choice! {
    /// For how long a version has been out of standard support.
    pub(super) enum ExtendedSupport {
        /// The first two years.
        YearsOneAndTwo = "years-1-2",
        /// The third year.
        YearThree = "year-3",
    }
}

section! {
    /// Settings of a database.
    pub(super) struct Settings {
        /// Type of the instances.
        pub instance_type: String => Kind::Word(Known::DatabaseType), Required;
        /// Where the instances stand.
        pub deployment: Deployment => Kind::OneOf(Deployment::CHOICES), Default("single-az");
        /// Size of the volume.
        pub storage: Size => Kind::Size, Required;
        /// The kind of the volume.
        pub volume: Volume => Kind::OneOf(Volume::CHOICES), Default("gp3");
        /// IOPS in all; gp3 has 3,000 and no more below 400 GB, and includes 12,000 from there on.
        pub iops: Option<u32> => Kind::Count { least: 100, most: 256_000 }, Optional;
        /// MiB/s in all; gp3 has 125 and no more below 400 GB, and includes 500 from there on.
        pub throughput: Option<u32> => Kind::Count { least: 125, most: 4_000 }, Optional;
        /// Reads and writes of a magnetic volume for one request; other volumes bill none.
        pub ios_per_request: Option<Decimal> => Kind::NumberOrZero, Optional;
        /// Backups and snapshots; as much as the storage is free.
        pub backup_storage: Size => Kind::SizeOrZero, Default("0 B");
        /// Replicas that are read, each one instance with a volume of its own.
        pub read_replicas: u32 => Kind::Count { least: 0, most: 15 }, Default("0");
        /// Whether an RDS Proxy stands in front.
        pub proxy: bool => Kind::Flag, Default("false");
        /// Major version, when it is out of standard support.
        pub extended_support_version: Option<u32> => Kind::Count { least: 10, most: 99 }, Optional;
        /// For how long it has been.
        pub extended_support: ExtendedSupport => Kind::OneOf(ExtendedSupport::CHOICES), Default("years-1-2");
        /// vCPU of the type; left out, those of the EC2 type of the same name.
        pub vcpu: Option<u32> => Kind::Count { least: 1, most: 1_000 }, Optional;
    }
}

/// A database bills the hours of its instances, its volume with what is provisioned beyond what that includes, and backups
/// beyond the size of the volume. The prices of several zones are those of all their instances and copies together.
///
/// Sources: Amazon RDS for PostgreSQL pricing page and Amazon RDS User Guide (gp3: 3,000 IOPS and 125 MiB/s below 400 GB,
/// 12,000 and 500 from there on), as known in November 2026; the step at 400 GB also in issue 28382 of
/// hashicorp/terraform-provider-aws. Below it AWS refuses any IOPS and throughput of one's own for this engine: issue 2141 of
/// cloudtools/troposphere (2023-04-03) and pull request 288 of braintrustdata/terraform-aws-braintrust-data-plane (2026-07-15),
/// each with the message of AWS's API. RDS Proxy bills the vCPU of the instances that it stands for, at least two, standbys not
/// counted; extended support bills the vCPU of every instance, standbys too: both as remembered, not read anew.
///
/// ```
/// # use weigh_core::{catalog::Catalog, compare::vocabulary, services::stated::worked};
/// # let catalog = Catalog::open(&weigh_prices::files()).unwrap();
/// # let words = vocabulary(&catalog, &weigh_prices::book());
/// let stated = "kind = \"rds-postgresql\"\ninstance_type = \"db.t4g.medium\"\ndeployment = \"multi-az\"\n\
///     storage = \"400 GB\"\niops = 13000\nbackup_storage = \"450 GB\"\nproxy = true";
/// let lines = worked(stated, 0, &words, &catalog).unwrap();
/// assert_eq!(lines, [
///     "rds/postgresql-instance-hours/db.t4g.medium/multi-az: 1 database × 730 hours = 730 Hours",
///     "rds/postgresql-storage-gb-months/gp3/multi-az: 1 volume × 400 GB = 400 GB-Months",
///     "rds/postgresql-iops-months/gp3/multi-az: 1 volume × 1,000 IOPS beyond 12000 = 1,000 IOPS-Months",
///     "rds/backup-gb-months: 50 GB beyond the free 400 GB = 50 GB-Months",
///     "rds/proxy-vcpu-hours: 1 instance × 2 vCPU × 730 hours = 1,460 vCPU-Hours",
/// ]);
/// ```
pub(super) const SERVICE: StatedService = StatedService {
    id: "rds-postgresql",
    title: "RDS for PostgreSQL",
    summary: "A PostgreSQL database on instances, in one zone or several.",
    metered: "instances × hours, volume (GB, IOPS and MiB/s beyond what it includes), backups beyond the size of the volume, replicas, proxy, extended support",
    settings: Settings::FIELDS,
    example: "instance_type = \"db.t4g.medium\"\ndeployment = \"multi-az\"\nstorage = \"100 GB\"",
    contradictions,
    meter,
    notes,
    zones: |settings| {
        Zones::several(settings.value::<Deployment>("deployment") != Some(Deployment::SingleAz))
    },
};

/// Whether a gp3 volume is spread over several, which alone can be given more IOPS and MiB/s than it includes.
fn is_striped(storage: Size) -> bool {
    storage >= Size::from_mib(400 * 1_024)
}

/// IOPS and MiB/s that a gp3 volume of RDS for PostgreSQL includes.
fn included(storage: Size) -> (u32, u32) {
    if is_striped(storage) { (12_000, 500) } else { (3_000, 125) }
}

fn contradictions(values: &Values, vocabulary: &Vocabulary) -> Vec<Contradiction> {
    let mut found = Vec::new();
    let volume = values.value::<Volume>("volume");
    let why = "beside this `volume`";
    match volume {
        Some(Volume::Gp3) => {
            let storage = values.value("storage").unwrap_or_default();
            let (iops, throughput) = included(storage);
            for (key, least) in [("iops", iops), ("throughput", throughput)] {
                let stated = values.value::<u32>(key).unwrap_or(least);
                let (offered, most) = match is_striped(storage) {
                    true => (stated >= least, "no less"),
                    false => (stated == least, "no other: more is offered from 400 GB on"),
                };
                let message = format!("`{key} = {stated}`: a gp3 volume of this size has {least} and {most}");
                found.extend(unless(offered, key, "storage", message));
            }
        }
        Some(Volume::Io1 | Volume::Io2) => {
            found.extend(idle(values, &["throughput"], "volume", why));
            let message = "such a volume is billed by its `iops`, which are not stated";
            found.extend(unless(is_stated(values, "iops"), "iops", "volume", message));
        }
        _ => found.extend(idle(values, &["iops", "throughput"], "volume", why)),
    }
    if volume == Some(Volume::Magnetic) {
        let message = "a magnetic volume bills reads and writes: `ios_per_request` is not stated";
        found.extend(unless(is_stated(values, "ios_per_request"), "ios_per_request", "volume", message));
    } else {
        found.extend(idle(values, &["ios_per_request"], "volume", why));
    }
    let cluster = values.value::<Deployment>("deployment") == Some(Deployment::MultiAzCluster);
    let fits = !matches!(volume, Some(Volume::Gp2 | Volume::Magnetic));
    let message = "a multi-az-cluster has gp3, io1 or io2 volumes";
    found.extend(unless(!cluster || fits, "volume", "deployment", message));
    if !is_stated(values, "extended_support_version") {
        let why = "without `extended_support_version`";
        found.extend(idle(values, &["extended_support"], "extended_support_version", why));
    }
    found.extend(vcpu_unknown(values, vocabulary));
    found
}

/// What is billed by the vCPU of a type whose vCPU nobody knows.
fn vcpu_unknown(values: &Values, vocabulary: &Vocabulary) -> Option<Contradiction> {
    let proxy = values.value::<bool>("proxy") == Some(true);
    let billed_by = match is_stated(values, "extended_support_version") {
        _ if proxy => "proxy",
        true => "extended_support_version",
        false => return None,
    };
    let database_type: String = values.value("instance_type").unwrap_or_default();
    let known = vocabulary.instance_types.iter().any(|known| known == instance_type(&database_type));
    let message = format!("`{billed_by}` is billed by the vCPU, and those of {database_type} are not known");
    unless(known || is_stated(values, "vcpu"), "vcpu", billed_by, message)
}

fn meter(values: &Values, context: &Context<'_>, usage: &mut Usage) -> Result<(), NotExact> {
    let settings: Settings = settings(values, context)?;
    let database_type = &settings.instance_type;
    let mut instances = |deployment: Deployment, count: u32, what: [&'static str; 2]| {
        let hours = context.hourly(Unit::Hours, count, what[0], what[1]);
        let price_id = format!("rds/postgresql-instance-hours/{database_type}/{}", deployment.spelling());
        context.add(usage, price_id, format!("{database_type}, {}", what[0]), hours)?;
        meter_volume(&settings, deployment, count, context, usage)
    };
    instances(settings.deployment, 1, ["database", "databases"])?;
    instances(Deployment::SingleAz, settings.read_replicas, ["read replica", "read replicas"])?;
    let ios = settings.ios_per_request.unwrap_or_default();
    let ios = context.per_request(Unit::Ios, ios, "reads and writes");
    context.add(usage, "rds/magnetic-ios", "reads and writes", ios)?;
    let backups = beyond(context, settings.backup_storage, settings.storage);
    context.add(usage, "rds/backup-gb-months", "backups", backups)?;
    meter_vcpu(&settings, context, usage)
}

/// The volumes of so many databases or replicas.
fn meter_volume(
    settings: &Settings,
    deployment: Deployment,
    count: u32,
    context: &Context<'_>,
    usage: &mut Usage,
) -> Result<(), NotExact> {
    let of = format!("{}/{}", settings.volume.spelling(), deployment.spelling());
    let volumes = |unit| context.months(unit, count, "volume", "volumes");
    let storage = volumes(Unit::GbMonths).times(settings.storage.gb(), "GB");
    context.add(usage, format!("rds/postgresql-storage-gb-months/{of}"), "storage", storage)?;
    let (iops, throughput) = match settings.volume {
        Volume::Gp3 => included(settings.storage),
        _ => (0, 0),
    };
    let beyond = |stated: Option<u32>, free: u32| stated.map_or(0, |stated| stated.saturating_sub(free));
    let label = if iops > 0 { format!("IOPS beyond {iops}") } else { "IOPS".to_owned() };
    let more = volumes(Unit::IopsMonths).times(beyond(settings.iops, iops), label);
    context.add(usage, format!("rds/postgresql-iops-months/{of}"), "IOPS", more)?;
    let label = format!("MiB/s beyond {throughput}");
    let more = volumes(Unit::MibpsMonths).times(beyond(settings.throughput, throughput), label);
    context.add(usage, format!("rds/postgresql-throughput-mibps-months/{of}"), "throughput", more)
}

/// What is billed by the vCPU of the instances: proxy and extended support.
fn meter_vcpu(settings: &Settings, context: &Context<'_>, usage: &mut Usage) -> Result<(), NotExact> {
    if !settings.proxy && settings.extended_support_version.is_none() {
        return Ok(());
    }
    let vcpu = vcpu(context, &settings.instance_type, settings.vcpu)?;
    let ran = |instances: u32, vcpu: u32| {
        Quantity::of(Unit::VcpuHours)
            .times_each(instances, "instance", "instances")
            .times(vcpu, "vCPU")
            .times(context.month.hours_exact(), "hours")
    };
    if settings.proxy {
        context.add(usage, "rds/proxy-vcpu-hours", "proxy", ran(1, vcpu.max(2)))?;
    }
    let Some(version) = settings.extended_support_version else { return Ok(()) };
    let own = match settings.deployment {
        Deployment::SingleAz => 1,
        Deployment::MultiAz => 2,
        Deployment::MultiAzCluster => 3,
    };
    let years = settings.extended_support.spelling();
    let price_id = format!("rds/extended-support-vcpu-hours/postgresql-{version}/{years}");
    context.add(usage, price_id, "extended support", ran(own + settings.read_replicas, vcpu))
}

fn notes(values: &Values) -> Vec<String> {
    let database_type: String = values.value("instance_type").unwrap_or_default();
    let note = "CPU beyond the baseline of the type is billed as CPU credits, which are not priced here";
    if bursts(&database_type) { vec![note.to_owned()] } else { Vec::new() }
}
