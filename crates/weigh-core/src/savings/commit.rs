//! What is committed to once everything else is changed: the levels that save most, of those that one strategy may take.

use rust_decimal::Decimal;

use super::strategies::Committing;
use crate::catalog::Catalog;
use crate::commitment::{Commitment, CommitmentKind};
use crate::compare::{CommitmentLevel, CommitmentQuestion, DeploymentCommitments, Fall, advise};
use crate::pricebook::{MissingPrice, RegionPrices};
use crate::scenario::Scenario;

/// What commitments pay for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Covers {
    /// EC2 instances, by reserving them.
    Instances,
    /// EC2, Fargate and Lambda, by a Compute Savings Plan.
    Compute,
    /// Database instances and cache nodes, by reserving them.
    Databases,
}

/// What could be committed to for an option: found once for each changed scenario.
pub(super) struct Levels {
    found: Option<DeploymentCommitments>,
}

impl Levels {
    /// Finds the levels for the one option of a scenario.
    pub(super) fn of(scenario: &Scenario, catalog: &Catalog, book: &RegionPrices) -> Levels {
        let falls: Result<Fall, String> = "20 %".parse();
        let found = falls.ok().and_then(|falls| {
            let question = CommitmentQuestion { option: None, term: None, falls };
            let advice = advise(scenario, catalog, book, question).ok()?;
            advice.options.into_iter().next()?.outcome.ok()
        });
        Levels { found }
    }

    /// The commitments that save most on these terms, one for each type of instance, database or node.
    pub(super) fn best(&self, committing: Committing) -> Vec<Commitment> {
        self.best_levels(committing).into_iter().map(|(_, commitment)| commitment.clone()).collect()
    }

    /// What they save with the deployment as it is, in US dollars a month.
    pub(super) fn saving(&self, committing: Committing) -> Decimal {
        let Some(found) = &self.found else { return Decimal::ZERO };
        self.best_levels(committing).iter().map(|(level, _)| level.saving(&found.without)).sum()
    }

    fn best_levels(&self, committing: Committing) -> Vec<(&CommitmentLevel, &Commitment)> {
        let Some(found) = &self.found else { return Vec::new() };
        let mut best: Vec<(&CommitmentLevel, &Commitment)> = Vec::new();
        for level in &found.levels {
            let [only] = &level.commitments[..] else { continue };
            let fits = only.term == committing.term && only.payment == committing.payment;
            let saving = level.saving(&found.without);
            if !fits || !committing.covers.takes(only) || saving <= Decimal::ZERO {
                continue;
            }
            match best.iter_mut().find(|(_, known)| target(known) == target(only)) {
                Some(known) if saving > known.0.saving(&found.without) => *known = (level, only),
                Some(_) => {}
                None => best.push((level, only)),
            }
        }
        best
    }

    /// Why there is nothing to commit to, or the prices that are missing.
    pub(super) fn why_not(&self, committing: Committing) -> Result<String, Vec<MissingPrice>> {
        let missing = self.found.as_ref().map(|found| found.missing.as_slice()).unwrap_or_default();
        let Committing { covers, term, payment } = committing;
        let terms = format!("{}-{}", term.spelling(), payment.spelling());
        let is_its =
            |price: &&MissingPrice| covers.begins(&price.price_id) && price.price_id.ends_with(&terms);
        let lacking: Vec<MissingPrice> = missing.iter().filter(is_its).cloned().collect();
        match lacking.is_empty() {
            false => Err(lacking),
            true => Ok(match covers {
                Covers::Instances => "it has no instances on demand that are worth reserving".to_owned(),
                Covers::Compute => "it has no compute on demand for which a plan is worth it".to_owned(),
                Covers::Databases => "it has no databases or cache nodes that are worth reserving".to_owned(),
            }),
        }
    }
}

impl Covers {
    fn takes(self, commitment: &Commitment) -> bool {
        match &commitment.kind {
            CommitmentKind::ReservedInstance { .. } => self == Covers::Instances,
            CommitmentKind::ComputeSavingsPlan { .. } => self == Covers::Compute,
            CommitmentKind::ReservedDatabase { .. } | CommitmentKind::ReservedCacheNode { .. } => {
                self == Covers::Databases
            }
        }
    }

    /// Whether a price of a commitment is of this kind.
    fn begins(self, price_id: &str) -> bool {
        match self {
            Covers::Instances => price_id.starts_with("ec2-reserved/"),
            Covers::Compute => price_id.starts_with("compute-savings-plan/"),
            Covers::Databases => {
                price_id.starts_with("rds-reserved/") || price_id.starts_with("elasticache-reserved/")
            }
        }
    }
}

/// What a commitment is for; reservations of two classes are for the same.
fn target(commitment: &Commitment) -> (&str, &str) {
    match &commitment.kind {
        CommitmentKind::ReservedInstance { instance_type, .. } => ("instance", instance_type),
        CommitmentKind::ComputeSavingsPlan { .. } => ("compute", ""),
        CommitmentKind::ReservedDatabase { database_type, deployment, .. } => (database_type, deployment),
        CommitmentKind::ReservedCacheNode { node_type, engine, .. } => (node_type, engine),
    }
}
