//! Hard limits, quotas and billing steps: each a row of the data with its source, each with a name in the code.

use std::time::Duration;

use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive;

use crate::data::{DataFile, DataProblem, read_table};
use crate::money::approximate;
use crate::time::Date;

const COLUMNS: &[&str] = &["limit", "value", "unit", "source", "as_of", "mark"];

macro_rules! limits {
    ($($name:ident = $id:literal,)*) => {
        /// A limit that the models need; its value, unit and source stand in `aws/shapes/limits.csv`.
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        #[allow(missing_docs, reason = "the id says it, and the data says the rest")]
        pub enum Limit {
            $($name,)*
        }

        impl Limit {
            /// Every limit.
            pub const ALL: &'static [Limit] = &[$(Limit::$name),*];

            /// The limit's id in the data.
            #[must_use]
            pub fn id(self) -> &'static str {
                match self { $(Limit::$name => $id,)* }
            }
        }
    };
}

limits! {
    LambdaMemoryMinMb = "lambda/memory-min-mb",
    LambdaMemoryMaxMb = "lambda/memory-max-mb",
    LambdaMemoryPerVcpuMb = "lambda/memory-per-vcpu-mb",
    LambdaTimeoutSeconds = "lambda/timeout-seconds",
    LambdaPayloadMb = "lambda/payload-mb",
    LambdaImageSizeGb = "lambda/image-size-gb",
    LambdaConcurrencyQuota = "lambda/concurrency-quota",
    LambdaInitBilledLimitSeconds = "lambda/init-billed-limit-seconds",
    LambdaEphemeralStorageFreeMb = "lambda/ephemeral-storage-free-mb",
    LambdaEphemeralStorageMaxMb = "lambda/ephemeral-storage-max-mb",
    LambdaKeepAliveSeconds = "lambda/keep-alive-seconds",
    LambdaEnvironmentLifetimeSeconds = "lambda/environment-lifetime-seconds",
    LambdaScaleOutEnvironments = "lambda/scale-out-environments",
    LambdaRequestsPerConcurrency = "lambda/requests-per-concurrency",
    LambdaBehindLoadBalancerPayloadMb = "lambda/behind-load-balancer-payload-mb",
    LambdaPlacementMs = "lambda/placement-ms",
    LambdaStartUpMsPerPackageMb = "lambda/start-up-ms-per-package-mb",
    LambdaStartUpNetworkMs = "lambda/start-up-network-ms",
    LambdaPackageZipMb = "lambda/package-zip-mb",
    LambdaPackageUnzippedMb = "lambda/package-unzipped-mb",
    LambdaSnapStartEphemeralMaxMb = "lambda/snapstart-ephemeral-max-mb",
    LambdaSnapStartRestoreJava11Ms = "lambda/snapstart-restore-java11-ms",
    LambdaSnapStartRestoreJava17Ms = "lambda/snapstart-restore-java17-ms",
    LambdaSnapStartRestoreJava21Ms = "lambda/snapstart-restore-java21-ms",
    LambdaStreamedResponseMb = "lambda/streamed-response-mb",
    ApiGatewayHttpTimeoutSeconds = "api-gateway/http-timeout-seconds",
    ApiGatewayRestTimeoutSeconds = "api-gateway/rest-timeout-seconds",
    ApiGatewayPayloadMb = "api-gateway/payload-mb",
    ApiGatewayMeteringStepKb = "api-gateway/metering-step-kb",
    ElbIdleTimeoutDefaultSeconds = "elb/idle-timeout-default-seconds",
    ElbIdleTimeoutMaxSeconds = "elb/idle-timeout-max-seconds",
    ElbZonesMin = "elb/zones-min",
    LcuNewConnectionsPerSecond = "elb/lcu-new-connections-per-second",
    LcuActiveConnectionsPerMinute = "elb/lcu-active-connections-per-minute",
    LcuGbPerHour = "elb/lcu-gb-per-hour",
    LcuGbPerHourLambda = "elb/lcu-gb-per-hour-lambda",
    LcuRuleEvaluationsPerSecond = "elb/lcu-rule-evaluations-per-second",
    ElbFreeRules = "elb/free-rules",
    NlcuGbPerHour = "elb/nlcu-gb-per-hour",
    NlcuTcpNewPerSecond = "elb/nlcu-tcp-new-per-second",
    NlcuTcpActive = "elb/nlcu-tcp-active",
    NlcuTlsNewPerSecond = "elb/nlcu-tls-new-per-second",
    NlcuTlsActive = "elb/nlcu-tls-active",
    NlcuUdpNewPerSecond = "elb/nlcu-udp-new-per-second",
    NlcuUdpActive = "elb/nlcu-udp-active",
    EbsGp3Iops = "ebs/gp3-iops-free",
    EbsGp3Mibps = "ebs/gp3-throughput-free-mibps",
    FargateBillingMinimumSeconds = "fargate/billing-minimum-seconds",
    FargateEphemeralStorageFreeGb = "fargate/ephemeral-storage-free-gb",
    FargateEphemeralStorageMaxGb = "fargate/ephemeral-storage-max-gb",
    FargateStartSeconds = "fargate/start-seconds",
    FargateImagePullMibPerSecond = "fargate/image-pull-mib-per-second",
    FargateLaunchesPerSecond = "fargate/launches-per-second",
    FargateLaunchBurst = "fargate/launch-burst",
    LightsailContainerNodesMax = "lightsail/container-nodes-max",
    LightsailContainerTransferGb = "lightsail/container-transfer-gb",
    LightsailContainerCountMax = "lightsail/container-count-max",
    EcsTasksPerService = "ecs/tasks-per-service",
    EcsInstancesPerCluster = "ecs/instances-per-cluster",
    EcsReservedMemoryMib = "ecs/reserved-memory-mib",
    Ec2HostStartSeconds = "ec2/host-start-seconds",
    Ec2T2LaunchCreditsPerVcpu = "ec2/t2-launch-credits-per-vcpu",
    Ec2PlatformMemoryOverheadPercent = "ec2/platform-memory-overhead-percent",
}

/// The value of every limit, each in the unit that its id ends with.
///
/// ```
/// use std::time::Duration;
/// use weigh_core::catalog::{Catalog, Limit};
/// let limits = Catalog::open(&weigh_prices::files()).unwrap().limits;
/// assert_eq!(limits.get(Limit::LambdaMemoryPerVcpuMb), 1_769.into());
/// assert_eq!(limits.whole(Limit::LightsailContainerNodesMax), 20);
/// assert_eq!(limits.span(Limit::LambdaTimeoutSeconds), Duration::from_secs(900));
/// ```
#[derive(Clone, Debug)]
pub struct Limits {
    values: Vec<Decimal>,
    /// Every row, also those that no model needs.
    rows: Vec<LimitRow>,
}

/// A limit as the data has it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LimitRow {
    /// Its id: `lambda/timeout-seconds`.
    pub id: String,
    /// Its value, in its unit.
    pub value: Decimal,
    /// Its unit in words: `seconds`, `GB per month`.
    pub unit: String,
    /// The id of its source.
    pub source: String,
    /// The day of its source.
    pub as_of: Date,
    /// `single`, `derived` or `unverified`; empty for what is well known.
    pub mark: String,
}

impl Limits {
    /// Reads the table; every limit must be there.
    pub(super) fn read(file: Option<&DataFile>, problems: &mut Vec<DataProblem>) -> Limits {
        let mut found: Vec<Option<Decimal>> = vec![None; Limit::ALL.len()];
        let mut rows = Vec::new();
        if let Some(file) = file {
            read_table(file, COLUMNS, problems, |row| {
                let known = LimitRow {
                    id: row.text(0).to_owned(),
                    value: row.parse(1)?,
                    unit: row.text(2).to_owned(),
                    source: row.text(3).to_owned(),
                    as_of: row.parse(4)?,
                    mark: row.text(5).to_owned(),
                };
                if let Some(place) = Limit::ALL.iter().position(|limit| limit.id() == known.id) {
                    found[place] = Some(known.value);
                }
                rows.push(known);
                Ok(())
            });
        }
        let values = Limit::ALL.iter().zip(found).map(|(limit, value)| {
            value.unwrap_or_else(|| {
                let message = format!("the limit {} is missing", limit.id());
                problems.push(DataProblem { path: super::LIMITS.to_owned(), line: 0, message });
                Decimal::ZERO
            })
        });
        Limits { values: values.collect(), rows }
    }

    /// The row of a limit, by its id; those that no model needs have one too.
    ///
    /// ```
    /// use weigh_core::catalog::Catalog;
    /// let limits = Catalog::open(&weigh_prices::files()).unwrap().limits;
    /// let layers = limits.find("lambda/layers-max").unwrap();
    /// assert_eq!((layers.value, layers.unit.as_str()), (5.into(), "layers"));
    /// assert!(limits.find("lambda/levels-max").is_none());
    /// ```
    #[must_use]
    pub fn find(&self, id: &str) -> Option<&LimitRow> {
        self.rows.iter().find(|row| row.id == id)
    }

    /// The ids of all limits, in the order of the data.
    pub fn ids(&self) -> impl Iterator<Item = &str> {
        self.rows.iter().map(|row| row.id.as_str())
    }

    /// A limit's value, in the unit that its id ends with.
    #[must_use]
    pub fn get(&self, limit: Limit) -> Decimal {
        self.values.get(limit as usize).copied().unwrap_or_default()
    }

    /// A limit's value as a whole number, rounded down.
    #[must_use]
    pub fn whole(&self, limit: Limit) -> u32 {
        self.get(limit).trunc().to_u32().unwrap_or(u32::MAX)
    }

    /// A limit that counts seconds, as a span of time of whole seconds.
    #[must_use]
    pub fn span(&self, limit: Limit) -> Duration {
        Duration::from_secs(u64::from(self.whole(limit)))
    }

    /// A limit's value for the models that measure.
    #[must_use]
    pub fn measured(&self, limit: Limit) -> f64 {
        approximate(self.get(limit))
    }
}
