//! The scenario: what an architect writes, read with every mistake named at its place.

mod about;
mod account;
mod canonical;
mod claim;
mod commitment;
mod component;
mod currency;
mod decision;
mod discount;
mod environment;
mod field;
mod in_month;
mod job;
mod kind;
mod kind_schema;
mod kind_text;
mod layers;
mod merge;
mod option;
mod parse;
mod pattern;
mod policy;
mod project;
mod range;
mod read;
mod reader;
mod request;
mod rule;
mod schema;
mod schema_extends;
mod sections;
mod server_hours;
mod service;
mod stated_trait;
mod supporting;
mod team;
mod tolerance;
mod traffic;
mod vocabulary;
mod when;
mod wishes;
mod without;

use std::borrow::Cow;

use crate::account::Account;
use crate::bill::{Discount, StatedRate};
use crate::commitment::Commitment;
use crate::traffic::Traffic;

pub use about::About;
pub use account::{AccountEntry, UsageEntry};
pub use canonical::canonical;
pub use claim::{Claim, ClaimEntry};
pub use commitment::{CacheEngine, CommitmentEntry, CommitmentWord, DatabaseDeployment};
pub use currency::Currency;
pub use decision::DecisionRequest;
pub use environment::{Environment, PartHeader, PartRequest, SEVERAL};
pub use field::{Field, FromDatum, Placed, Presence, Section, Values};
pub(crate) use field::{choice, section};
pub use job::Job;
pub(crate) use kind::described;
pub use kind::{ARCHITECTURE, Choice, Datum, Kind};
pub use layers::{Base, Layer, LayerProblem};
pub use parse::RangedScenario;
pub use pattern::Pattern;
pub use policy::{Policy, PolicyEntry, PolicyRule, Severity, policy_rules};
pub use project::ProjectPolicies;
pub use range::{CHEAPER_WITH_MORE, End, StatedRange};
use read::read;
pub use request::{RequestClass, RequestEntry};
pub use rule::{RuleEntry, StatedRule};
pub use schema::schema;
pub use sections::{Component, DiscountEntry, Header, Needs, OptionHeader, State};
pub use server_hours::ServerHours;
pub use service::{ServiceHeader, ServiceRequest};
pub use stated_trait::{StatedTrait, TraitEntry};
pub use supporting::{Balancer, Sessions, Supporting, Uploads};
pub use team::Team;
pub use tolerance::{Tolerance, ToleranceEntry};
pub use traffic::{BurstEntry, LaunchEntry, LayerTraces, SeasonEntry, Traces, TrafficEntry};
pub use vocabulary::{
    CriterionWords, Known, PlatformWords, ScaleProblem, ScaleUnit, ServiceWords, Vocabulary,
};
pub use when::When;
pub use wishes::Wish;

/// An option as the scenario states it: a platform with its settings.
#[derive(Clone, Debug, PartialEq)]
pub struct OptionRequest {
    /// The option's name, unique in the scenario.
    pub name: String,
    /// The platform's id.
    pub platform: String,
    /// The platform's settings: those stated, and the defaults of the rest.
    pub settings: Values,
    /// What stands on which platform, where that is several; empty for one deployment.
    pub parts: Vec<PartRequest>,
}

/// A setting of an option that a need of the same scenario rules out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Contradiction {
    /// The setting's key.
    pub setting: &'static str,
    /// The need's key.
    pub need: &'static str,
    /// What contradicts what, in words.
    pub message: String,
}

/// An application, its traffic and its needs, and what is to be compared.
#[derive(Clone, Debug, PartialEq)]
pub struct Scenario {
    /// Name, region, date, month.
    pub header: Header,
    /// The parts of the application; at least one.
    pub components: Vec<Component>,
    /// Work in the background; empty for none.
    pub jobs: Vec<Job>,
    /// Databases, caches, queues and what else the application uses; empty for none.
    pub services: Vec<ServiceRequest>,
    /// What services cost that are bought elsewhere, as they state it.
    pub rates: Vec<StatedRate>,
    /// How many requests come.
    pub traffic: Traffic,
    /// What stands around the servers of every option.
    pub supporting: Supporting,
    /// Where the application runs several times; empty where it runs once.
    pub environments: Vec<Environment>,
    /// Hard constraints.
    pub needs: Needs,
    /// Who builds and runs the application.
    pub team: Team,
    /// Weights; empty for the default ones.
    pub wishes: Vec<Wish>,
    /// How the options are weighed against each other.
    pub decision: DecisionRequest,
    /// What holds of platforms in the stead of the data.
    pub traits: Vec<StatedTrait>,
    /// What to choose, to avoid or to reject when something holds.
    pub rules: Vec<StatedRule>,
    /// What the account pays less than the list says; empty for list prices.
    pub discounts: Vec<Discount>,
    /// What the account uses beside the application.
    pub account: Account,
    /// What the account has committed to.
    pub commitments: Vec<Commitment>,
    /// What is compared; empty for every platform.
    pub options: Vec<OptionRequest>,
    /// The hours in which servers run, where that is asked; nothing where they always do.
    pub server_hours: Option<ServerHours>,
    /// What a document states about it, to be audited.
    pub claims: Vec<Claim>,
    /// What must hold of the answer; empty where nothing is stated.
    pub policies: Vec<Policy>,
    /// How far its figures may drift from a snapshot; empty for not at all.
    pub tolerances: Vec<Tolerance>,
    /// What was not stated and had to be taken, one line for each component.
    pub assumed: Vec<String>,
}

impl Scenario {
    /// The commitments that an option pays for: those of the account, and its own.
    ///
    /// ```
    /// use weigh_core::scenario::{Scenario, Vocabulary};
    /// let vocabulary = Vocabulary { regions: vec!["us-east-1".to_owned()], ..Vocabulary::default() };
    /// let text = r#"
    ///     scenario = { name = "Shop", region = "us-east-1" }
    ///     traffic = { rate = "1/s" }
    ///     component = [{ name = "api", vcpu = 0.5, memory = "1 GiB", cpu_time = "50 ms" }]
    ///     commitment = [{ kind = "compute-savings-plan", hourly = "$0.50", term = "1-year", payment = "no-upfront" }]
    /// "#;
    /// let scenario = Scenario::parse(text, &vocabulary).unwrap();
    /// assert_eq!(scenario.commitments_of("fargate").len(), 1);
    /// ```
    #[must_use]
    pub fn commitments_of(&self, option: &str) -> Cow<'_, [Commitment]> {
        let has = |each: &&Commitment| each.option.as_deref().is_none_or(|only| only == option);
        match self.commitments.iter().all(|each| has(&each)) {
            true => Cow::Borrowed(&self.commitments),
            false => self.commitments.iter().filter(has).cloned().collect(),
        }
    }
}

#[cfg(test)]
mod tests;
