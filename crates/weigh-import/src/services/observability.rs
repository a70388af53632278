//! Logs, metrics, alarms, dashboards and traces.

use super::{Rule, rule};

pub(super) const CLOUDWATCH: &[Rule] = &[
    rule("cloudwatch/log-ingestion-gb", "GB", "DataProcessing-Bytes"),
    rule("cloudwatch/log-storage-gb-months", "GB-Months", "TimedStorage-ByteHrs"),
    rule("cloudwatch/vended-log-ingestion-gb", "GB", "VendedLog-Bytes"),
    rule("cloudwatch/log-query-gb", "GB", "DataScanned-Bytes"),
    rule("cloudwatch/custom-metric-months", "Metric-Months", "CW:MetricMonitorUsage"),
    rule("cloudwatch/alarm-months/standard", "Alarm-Months", "CW:AlarmMonitorUsage"),
    rule("cloudwatch/alarm-months/high-resolution", "Alarm-Months", "CW:HighResAlarmMonitorUsage"),
    rule("cloudwatch/alarm-months/composite", "Alarm-Months", "CW:CompositeAlarmMonitorUsage"),
    rule("cloudwatch/dashboard-months", "Months", "DashboardsUsageHour").global(),
    rule("cloudwatch/metric-requests", "Requests", "CW:GMD-Metrics"),
];

pub(super) const X_RAY: &[Rule] = &[
    rule("x-ray/traces-recorded", "Traces", "XRay-TracesStored"),
    rule("x-ray/traces-retrieved", "Traces", "XRay-TracesAccessed"),
];
