//! A ranked matrix file as a report: the decision, who is not ranked, and whether its source agrees.

mod document;

use schemars::JsonSchema;
use serde::Serialize;

use super::decision::{ChecksReport, DecisionReport, FirmnessReport, Wording};
use super::{SCHEMA_VERSION, Sheet};
use crate::matrix_file::{Coherence, Criterion, MatrixFile, Ranked};

/// A ranked matrix, for programs.
#[derive(Clone, Debug, PartialEq, JsonSchema, Serialize)]
pub struct RankingReport {
    /// The version of this shape.
    #[schemars(extend("const" = SCHEMA_VERSION))]
    pub schema_version: u32,
    /// `ranking`.
    #[schemars(extend("const" = "ranking"))]
    pub kind: &'static str,
    /// What is decided.
    pub name: String,
    /// Where the figures are from; null where the file does not say it.
    pub source: Option<String>,
    /// The matrix, scores and ranks; null where no alternative meets the needs.
    pub decision: Option<DecisionReport>,
    /// What the values alone would weigh, as a check; null where no alternative meets the needs.
    pub checks: Option<ChecksReport>,
    /// How well the comparisons agree that the weights were worked out from; null where they come from none.
    pub weight_consistency: Option<WeightConsistencyReport>,
    /// The alternatives that are not ranked.
    pub unranked: Vec<UnrankedReport>,
    /// The sums of stars, unweighted; null where no criterion is in stars.
    pub stars: Option<StarsReport>,
    /// Whom the source names as winner, and whether the ranking agrees.
    pub source_winners: Vec<SourceWinnerReport>,
    /// What the source says of values.
    pub source_text: Vec<SourceTextReport>,
    /// The criteria that are told and don't count.
    pub criteria_left_out: Vec<CriterionLeftOutReport>,
    /// What the file says a reader should know, and what follows from its values.
    pub notes: Vec<String>,
    /// Whether readers see what other methods say; programs always do.
    #[serde(skip)]
    pub robustness_asked: bool,
    /// The criteria as the file names their values.
    #[serde(skip)]
    pub wording: Named,
}

/// How well comparisons agree: figures of AHP, or of the best-worst method; the other's are null.
#[derive(Clone, Debug, PartialEq, JsonSchema, Serialize)]
pub struct WeightConsistencyReport {
    /// `ahp` or `best-worst`.
    #[schemars(extend("enum" = ["ahp", "best-worst"]))]
    pub method: &'static str,
    /// The principal eigenvalue.
    pub lambda_max: Option<f64>,
    /// The consistency index.
    pub index: Option<f64>,
    /// The consistency ratio; null beyond the end of the table, too.
    pub ratio: Option<f64>,
    /// The table of random indices that the ratio is measured by.
    pub table: Option<&'static str>,
    /// Where that is published.
    pub table_source: Option<&'static str>,
    /// The geometric consistency index.
    pub geometric_index: Option<f64>,
    /// What of it stands for a ratio of 0.1.
    pub geometric_limit: Option<f64>,
    /// The largest deviation from a judgement, ξ.
    pub deviation: Option<f64>,
    /// The input-based consistency ratio.
    pub input_ratio: Option<f64>,
    /// Whether no other weights fit as well.
    pub unique: Option<bool>,
    /// The least and the largest weight of each criterion among those that fit as well, in the order of the file.
    pub intervals: Option<Vec<(f64, f64)>>,
}

impl WeightConsistencyReport {
    fn of(coherence: &Coherence) -> WeightConsistencyReport {
        let mut report = WeightConsistencyReport {
            method: "ahp",
            lambda_max: None,
            index: None,
            ratio: None,
            table: None,
            table_source: None,
            geometric_index: None,
            geometric_limit: None,
            deviation: None,
            input_ratio: None,
            unique: None,
            intervals: None,
        };
        match coherence {
            Coherence::Comparisons(found) => {
                let table = Coherence::table();
                let own = found.ratios.iter().find(|(id, _)| *id == table.id);
                report.ratio = own.and_then(|(_, ratio)| *ratio);
                (report.table, report.table_source) = (Some(table.id), Some(table.source));
                (report.lambda_max, report.index) = (Some(found.lambda_max), Some(found.index));
                report.geometric_index = Some(found.geometric_index);
                report.geometric_limit = Some(found.geometric_limit);
            }
            Coherence::BestWorst(found) => {
                report.method = "best-worst";
                (report.deviation, report.input_ratio) = (Some(found.deviation), Some(found.input_ratio));
                (report.unique, report.intervals) = (Some(found.unique), Some(found.intervals.clone()));
            }
        }
        report
    }
}

/// An alternative that is not ranked.
#[derive(Clone, Debug, PartialEq, JsonSchema, Serialize)]
pub struct UnrankedReport {
    /// The alternative.
    pub alternative: String,
    /// `excluded` by the file, or `vetoed` by a need.
    #[schemars(extend("enum" = ["excluded", "vetoed"]))]
    pub status: &'static str,
    /// Why: the file's reason, or each need that it fails.
    pub why: Vec<String>,
}

/// The sums of stars.
#[derive(Clone, Debug, PartialEq, JsonSchema, Serialize)]
pub struct StarsReport {
    /// The criteria that are in stars.
    pub criteria: Vec<String>,
    /// Each alternative with its sum, in the order of the file.
    pub sums: Vec<StarSumReport>,
}

/// The stars of an alternative.
#[derive(Clone, Debug, PartialEq, JsonSchema, Serialize)]
pub struct StarSumReport {
    /// The alternative.
    pub alternative: String,
    /// Its stars, added up without weights.
    pub sum: f64,
}

/// A winner that the source names.
#[derive(Clone, Debug, PartialEq, JsonSchema, Serialize)]
pub struct SourceWinnerReport {
    /// The criteria that are meant; empty for all of them.
    pub criteria: Vec<String>,
    /// Under which condition; null where there is none.
    pub when: Option<String>,
    /// Whom the source names.
    pub names: Vec<String>,
    /// Who is first here.
    pub computed: Vec<String>,
    /// Whether both are the same: `yes`, `partly` where some are, or `no`.
    #[schemars(extend("enum" = ["yes", "partly", "no"]))]
    pub agrees: &'static str,
}

/// What the source says of a value.
#[derive(Clone, Debug, PartialEq, JsonSchema, Serialize)]
pub struct SourceTextReport {
    /// The criterion.
    pub criterion: String,
    /// The alternative.
    pub alternative: String,
    /// What the source says.
    pub text: String,
}

/// A criterion that does not count.
#[derive(Clone, Debug, PartialEq, JsonSchema, Serialize)]
pub struct CriterionLeftOutReport {
    /// The criterion.
    pub criterion: String,
    /// Why it does not count.
    pub why: String,
}

/// The criteria of a file, as its author names them and their values.
#[derive(Clone, Debug, PartialEq)]
pub struct Named(Vec<Criterion>);

impl Wording for Named {
    fn title(&self, criterion: &str) -> String {
        criterion.to_owned()
    }

    fn show(&self, criterion: &str, value: f64) -> String {
        let known = self.0.iter().find(|known| known.name == criterion);
        known.map_or_else(|| value.to_string(), |known| known.shown(value))
    }

    fn whole(&self, criterion: &str, value: f64, up: bool) -> f64 {
        let known = self.0.iter().find(|known| known.name == criterion);
        known.map_or(value, |known| known.whole(value, up))
    }
}

/// A ranked matrix file as a report.
///
/// ```
/// use weigh_core::decision::Method;
/// use weigh_core::matrix_file::{Asked, MatrixFile, MatrixFormat};
/// use weigh_core::report::ranking_report;
/// let text = "alternative,price,comfort\ndirection,cost,benefit\nbus,20,2\ntrain,50,5\ntaxi,60,5\n";
/// let file = MatrixFile::parse(text, MatrixFormat::Csv).unwrap();
/// let ranked = file.rank(&Asked::by(Method::find("weighted-sum").unwrap())).unwrap();
/// let report = ranking_report(&file, &ranked);
/// let firmness = report.decision.unwrap().firmness.unwrap();
/// assert_eq!(firmness.dominated[0].by, ["train"]);
/// ```
#[must_use]
pub fn ranking_report(file: &MatrixFile, ranked: &Ranked) -> RankingReport {
    let name = |place: usize| file.alternatives.get(place).map(|each| each.name.clone()).unwrap_or_default();
    let wording = Named(file.criteria.clone());
    let decision = ranked.ranking.as_ref().map(|(matrix, ranking)| {
        let mut report = DecisionReport::of(matrix, ranking, ranked.weights_from.clone(), &wording);
        as_written(&mut report, file, &ranked.places);
        let firmness = ranked.firmness.as_ref().and_then(|firmness| firmness.as_ref().ok());
        report.firmness = firmness.map(|firmness| FirmnessReport::of(matrix, firmness, &wording));
        report
    });
    let unknown = ranked.firmness.iter().filter_map(|firmness| firmness.as_ref().err());
    let unknown = unknown.map(|why| format!("How firm the ranking is can't be told: {why}."));
    let excluded = file.alternatives_left_out.iter().map(|each| UnrankedReport {
        alternative: each.name.clone(),
        status: "excluded",
        why: vec![each.why.clone()],
    });
    let vetoed = ranked.vetoed.iter().map(|each| UnrankedReport {
        alternative: name(each.place),
        status: "vetoed",
        why: each.why.clone(),
    });
    let source_winners = source_winners(file, ranked, decision.as_ref());
    RankingReport {
        schema_version: SCHEMA_VERSION,
        kind: "ranking",
        name: file.name.clone(),
        source: file.source.clone(),
        checks: ranked.ranking.as_ref().map(|(matrix, _)| ChecksReport::of(matrix)),
        weight_consistency: ranked.coherence.as_ref().map(WeightConsistencyReport::of),
        unranked: vetoed.chain(excluded).collect(),
        stars: stars(file),
        source_winners,
        source_text: source_text(file),
        criteria_left_out: file
            .criteria_left_out
            .iter()
            .map(|each| CriterionLeftOutReport { criterion: each.name.clone(), why: each.why.clone() })
            .collect(),
        notes: file.notes.iter().chain(&ranked.notes).cloned().chain(unknown).collect(),
        robustness_asked: false,
        wording,
        decision,
    }
}

/// Puts what the file says in the place of what it counts as: `10..40 USD` and not `25 USD`.
fn as_written(report: &mut DecisionReport, file: &MatrixFile, places: &[usize]) {
    for (j, criterion) in report.criteria.iter_mut().enumerate() {
        let unit = file.criteria.get(j).and_then(|known| known.unit.as_ref());
        for (cell, place) in criterion.cells.iter_mut().zip(places) {
            let value = file.alternatives.get(*place).and_then(|each| each.values.get(j));
            if let Some(value) = value {
                cell.shown = match unit {
                    Some(unit) => format!("{} {unit}", value.written),
                    None => value.written.clone(),
                };
            }
        }
    }
}

fn stars(file: &MatrixFile) -> Option<StarsReport> {
    let starred: Vec<(usize, &Criterion)> =
        file.criteria.iter().enumerate().filter(|(_, criterion)| criterion.is_stars()).collect();
    if starred.is_empty() {
        return None;
    }
    let sum = |each: &crate::matrix_file::Alternative| {
        let stars = starred.iter().filter_map(|(j, _)| each.values.get(*j));
        stars.map(|value| value.spread.expected()).sum()
    };
    Some(StarsReport {
        criteria: starred.iter().map(|(_, criterion)| criterion.name.clone()).collect(),
        sums: file
            .alternatives
            .iter()
            .map(|each| StarSumReport { alternative: each.name.clone(), sum: sum(each) })
            .collect(),
    })
}

fn source_winners(
    file: &MatrixFile,
    ranked: &Ranked,
    decision: Option<&DecisionReport>,
) -> Vec<SourceWinnerReport> {
    let mut winners = Vec::new();
    for (winner, first) in file.winners.iter().zip(&ranked.first) {
        let criteria = winner.criteria.iter().filter_map(|at| Some(file.criteria.get(*at)?.name.clone()));
        let computed: Vec<String> =
            first.iter().filter_map(|at| Some(file.alternatives.get(*at)?.name.clone())).collect();
        winners.push(SourceWinnerReport {
            criteria: criteria.collect(),
            when: winner.when.clone(),
            names: winner.names.clone(),
            agrees: agreement(&winner.names, &computed),
            computed,
        });
    }
    for (criterion, weighed) in file.criteria.iter().zip(decision.iter().flat_map(|each| &each.criteria)) {
        if !criterion.winners.is_empty() {
            winners.push(SourceWinnerReport {
                criteria: vec![criterion.name.clone()],
                when: None,
                names: criterion.winners.clone(),
                agrees: agreement(&criterion.winners, &weighed.best),
                computed: weighed.best.clone(),
            });
        }
    }
    winners
}

/// Whether two lists name the same.
fn agreement(names: &[String], computed: &[String]) -> &'static str {
    let common = names.iter().filter(|name| computed.contains(name)).count();
    match common {
        0 => "no",
        all if all == names.len() && all == computed.len() => "yes",
        _ => "partly",
    }
}

fn source_text(file: &MatrixFile) -> Vec<SourceTextReport> {
    let counted = file.criteria.iter().map(|criterion| (&criterion.name, &criterion.text));
    let left_out = file.criteria_left_out.iter().map(|criterion| (&criterion.name, &criterion.text));
    let all = counted.chain(left_out).flat_map(|(criterion, text)| {
        text.iter().map(|(alternative, text)| SourceTextReport {
            criterion: criterion.clone(),
            alternative: alternative.clone(),
            text: text.clone(),
        })
    });
    all.collect()
}

impl RankingReport {
    /// The ranking as a table for programs: a row for each alternative, ranked or not.
    #[must_use]
    pub fn sheet(&self) -> Sheet {
        let columns = vec!["alternative", "status", "rank", "score", "stars", "reason"];
        let stars = |name: &str| {
            let sums = self.stars.iter().flat_map(|stars| &stars.sums);
            sums.filter(|each| each.alternative == name).map(|each| each.sum.to_string()).collect::<String>()
        };
        let mut rows = Vec::new();
        if let Some(decision) = &self.decision {
            for (i, name) in decision.alternatives.iter().enumerate() {
                rows.push(vec![
                    name.clone(),
                    "ranked".to_owned(),
                    decision.ranks[i].to_string(),
                    decision.scores[i].to_string(),
                    stars(name),
                    String::new(),
                ]);
            }
        }
        for each in &self.unranked {
            let name = &each.alternative;
            let empty = String::new;
            let (status, why) = (each.status.to_owned(), each.why.join("; "));
            rows.push(vec![name.clone(), status, empty(), empty(), stars(name), why]);
        }
        Sheet { columns, rows }
    }
}
