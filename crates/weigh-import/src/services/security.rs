//! Keys, secrets, parameters and the firewall.

use super::{Rule, rule};

pub(super) const KMS: &[Rule] =
    &[rule("kms/key-months", "Months", "KMS-Keys"), rule("kms/requests", "Requests", "KMS-Requests")];

pub(super) const SECRETS_MANAGER: &[Rule] = &[
    rule("secrets-manager/secret-months", "Months", "AWSSecretsManager-Secrets"),
    rule("secrets-manager/api-requests", "Requests", "AWSSecretsManagerAPIRequest"),
];

pub(super) const SYSTEMS_MANAGER: &[Rule] = &[
    rule("ssm/advanced-parameter-months", "Months", "PS-Advanced-Param-Tier1"),
    rule("ssm/advanced-parameter-requests", "Requests", "PS-Param-Processed-Tier2"),
];

pub(super) const WAF: &[Rule] = &[
    rule("waf/web-acl-months", "Months", "WebACLV2"),
    rule("waf/rule-months", "Months", "RuleV2"),
    rule("waf/requests", "Requests", "RequestV2-Tier1"),
];
