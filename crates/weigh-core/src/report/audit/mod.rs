//! An audit as data: how many claims agree, each claim with all that it was held against, and statements that disagree.

mod claim;
mod document;
mod sheet;

use schemars::JsonSchema;
use serde::Serialize;

use super::SCHEMA_VERSION;
use super::prices::BookReport;
use crate::audit::{Audit, AuditedClaim, AuditedScenario, Disagreement};
use crate::claim::Degree;
use crate::json_schema::DayText;

pub use claim::{CauseReport, CheckReport as ClaimCheckReport, ClaimReport, FigureReport, NameReport};

/// The claims of one or many scenarios, held against the model and against each other.
#[derive(Clone, Debug, PartialEq, JsonSchema, Serialize)]
pub struct AuditReport {
    /// The version of this shape.
    #[schemars(extend("const" = SCHEMA_VERSION))]
    pub schema_version: u32,
    /// Always `audit`.
    #[schemars(extend("const" = "audit"))]
    pub kind: &'static str,
    /// All claims, by their verdicts.
    pub counts: ClaimCounts,
    /// The same for each document, in the order of their names.
    pub documents: Vec<DocumentCounts>,
    /// The scenarios, those without claims too.
    pub scenarios: Vec<ScenarioAuditReport>,
    /// The claims that are shown, in the order of the files.
    pub claims: Vec<ClaimReport>,
    /// Statements about one thing that do not agree.
    pub disagreements: Vec<DisagreementReport>,
    /// The price book; null where no scenario has claims.
    pub book: Option<BookReport>,
    /// Whether every claim is told to readers, and not only those that contradict.
    #[serde(skip)]
    pub tells_all: bool,
}

/// Claims by their verdicts.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, JsonSchema, Serialize)]
pub struct ClaimCounts {
    /// All of them.
    pub claims: usize,
    /// Those that agree within 1 %.
    pub within_1: usize,
    /// Those that agree within 10 %, and not within 1 %.
    pub within_10: usize,
    /// Those that contradict.
    pub contradict: usize,
    /// Those that can't be computed.
    pub not_computed: usize,
}

/// The claims of one document.
#[derive(Clone, Debug, PartialEq, Eq, JsonSchema, Serialize)]
pub struct DocumentCounts {
    /// The document; null for claims that name none.
    pub document: Option<String>,
    /// Its claims.
    pub counts: ClaimCounts,
}

/// The claims of one scenario.
#[derive(Clone, Debug, PartialEq, Eq, JsonSchema, Serialize)]
pub struct ScenarioAuditReport {
    /// The file.
    pub file: String,
    /// Its name.
    pub name: String,
    /// The region whose prices were used.
    pub region: String,
    /// The day whose prices were used; null where there are no claims.
    #[schemars(with = "Option<DayText>")]
    pub as_of: Option<String>,
    /// The document that it is from.
    pub document: Option<String>,
    /// Where in a document it is from.
    pub source: Option<String>,
    /// What it says that it assumes.
    pub assumptions: Vec<String>,
    /// Its claims.
    pub counts: ClaimCounts,
}

/// Statements about one thing that do not agree.
#[derive(Clone, Debug, PartialEq, Eq, JsonSchema, Serialize)]
pub struct DisagreementReport {
    /// What they are about.
    pub subject: String,
    /// In words: `99.99 % (002, line 100) and 99.95 % (lines 193, 1024)`.
    pub words: String,
    /// The statements.
    pub statements: Vec<StatementReport>,
}

/// One thing that is stated, and where.
#[derive(Clone, Debug, PartialEq, Eq, JsonSchema, Serialize)]
pub struct StatementReport {
    /// As it is stated: `99.99 %`.
    pub stated: String,
    /// Where.
    pub places: Vec<PlaceReport>,
}

/// Where something is stated.
#[derive(Clone, Debug, PartialEq, Eq, JsonSchema, Serialize)]
pub struct PlaceReport {
    /// The claim's id.
    pub id: String,
    /// The document; null where it is not known.
    pub document: Option<String>,
    /// The line of the document; null where it is not known.
    pub line: Option<u32>,
    /// The scenario file that has the claim.
    pub file: String,
}

impl ClaimCounts {
    fn of<'a>(claims: impl Iterator<Item = &'a AuditedClaim>) -> ClaimCounts {
        let mut counts = ClaimCounts::default();
        for claim in claims {
            counts.claims += 1;
            *match claim.degree() {
                Some(Degree::WithinOne) => &mut counts.within_1,
                Some(Degree::WithinTen) => &mut counts.within_10,
                Some(Degree::Contradicts) => &mut counts.contradict,
                None => &mut counts.not_computed,
            } += 1;
        }
        counts
    }
}

/// What a verdict is called in data: one of [`VERDICTS`].
fn verdict(degree: Option<Degree>) -> &'static str {
    match degree {
        Some(Degree::Contradicts) => VERDICTS[0],
        Some(Degree::WithinTen) => VERDICTS[1],
        Some(Degree::WithinOne) => VERDICTS[2],
        None => VERDICTS[3],
    }
}

/// The verdicts as data calls them, the worst first.
pub const VERDICTS: [&str; 4] = ["contradicts", "within-10", "within-1", "not-computed"];

/// The verdict in words.
fn verdict_words(verdict: &str) -> &'static str {
    match verdict {
        "contradicts" => Degree::Contradicts.words(),
        "within-10" => Degree::WithinTen.words(),
        "within-1" => Degree::WithinOne.words(),
        _ => "cannot be computed",
    }
}

/// Builds the report; of the claims those with one of these [`VERDICTS`], or all where none is named.
///
/// ```
/// use weigh_core::audit::audit;
/// use weigh_core::report::audit_report;
/// let report = audit_report(&audit(Vec::new(), &[]), &[]);
/// assert_eq!((report.counts.claims, report.claims.len()), (0, 0));
/// ```
#[must_use]
pub fn audit_report(audit: &Audit, only: &[String]) -> AuditReport {
    let all = || audit.scenarios.iter().flat_map(|scenario| &scenario.claims);
    let mut names: Vec<&Option<String>> = all().map(|claim| &claim.document).collect();
    names.sort_by_key(|name| (name.is_none(), *name));
    names.dedup();
    let documents = names.into_iter().map(|document| DocumentCounts {
        document: document.clone(),
        counts: ClaimCounts::of(all().filter(|claim| claim.document == *document)),
    });
    let claims = audit
        .scenarios
        .iter()
        .flat_map(|scenario| scenario.claims.iter().map(|claim| ClaimReport::of(claim, scenario)));
    let shown = |claim: &ClaimReport| only.is_empty() || only.iter().any(|verdict| verdict == claim.verdict);
    let stamps = audit.scenarios.iter().filter_map(|scenario| scenario.prices.as_ref());
    AuditReport {
        schema_version: SCHEMA_VERSION,
        kind: "audit",
        counts: ClaimCounts::of(all()),
        documents: documents.collect(),
        scenarios: audit.scenarios.iter().map(ScenarioAuditReport::from).collect(),
        claims: claims.filter(shown).collect(),
        disagreements: audit.disagreements.iter().map(DisagreementReport::from).collect(),
        book: stamps.map(|(_, book)| book).max_by_key(|book| book.newest).map(BookReport::from),
        tells_all: !only.is_empty(),
    }
}

impl AuditReport {
    /// Whether something contradicts: a claim, or statements among each other.
    #[must_use]
    pub fn contradicts(&self) -> bool {
        self.counts.contradict > 0 || !self.disagreements.is_empty()
    }
}

impl From<&AuditedScenario> for ScenarioAuditReport {
    fn from(scenario: &AuditedScenario) -> ScenarioAuditReport {
        let header = &scenario.header;
        ScenarioAuditReport {
            file: scenario.file.clone(),
            name: header.name.clone(),
            region: header.region.clone(),
            as_of: scenario.prices.map(|(as_of, _)| as_of.to_string()),
            document: header.document.clone(),
            source: header.source.clone(),
            assumptions: header.assumptions.clone(),
            counts: ClaimCounts::of(scenario.claims.iter()),
        }
    }
}

impl From<&Disagreement> for DisagreementReport {
    fn from(disagreement: &Disagreement) -> DisagreementReport {
        let statement = |statement: &crate::audit::Statement| StatementReport {
            stated: statement.stated.clone(),
            places: statement.places.iter().map(PlaceReport::from).collect(),
        };
        let statements: Vec<StatementReport> = disagreement.statements.iter().map(statement).collect();
        DisagreementReport { subject: disagreement.subject.clone(), words: words(&statements), statements }
    }
}

impl From<&crate::audit::StatementPlace> for PlaceReport {
    fn from(place: &crate::audit::StatementPlace) -> PlaceReport {
        let (id, document) = (place.id.clone(), place.document.clone());
        PlaceReport { id, document, line: place.line, file: place.file.clone() }
    }
}

/// `99.99 % (002, line 100) and 99.95 % (lines 193, 1024)`: a document is named again where it is another one.
fn words(statements: &[StatementReport]) -> String {
    let mut told: Option<&str> = None;
    let mut each = Vec::new();
    for statement in statements {
        let mut places: Vec<String> = Vec::new();
        let mut rest = statement.places.as_slice();
        while let Some(first) = rest.first() {
            let same = rest.iter().take_while(|place| place.document == first.document).count();
            let (of_document, others) = rest.split_at(same);
            rest = others;
            let named = first.document.as_deref().filter(|document| told != Some(document));
            told = first.document.as_deref().or(told);
            let lines: Vec<String> =
                of_document.iter().filter_map(|place| Some(place.line?.to_string())).collect();
            let ids: Vec<&str> = of_document.iter().map(|place| place.id.as_str()).collect();
            let lines = match lines.as_slice() {
                [] => ids.join(", "),
                [only] => format!("line {only}"),
                several => format!("lines {}", several.join(", ")),
            };
            places.extend(named.map(str::to_owned));
            places.push(lines);
        }
        each.push(format!("{} ({})", statement.stated, places.join(", ")));
    }
    match each.split_last() {
        Some((last, [])) => last.clone(),
        Some((last, others)) => format!("{} and {last}", others.join(", ")),
        None => String::new(),
    }
}
