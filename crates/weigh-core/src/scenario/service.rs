//! Supporting services as the scenario states them: databases, caches, queues and what stands in front.

use rust_decimal::Decimal;
use toml::de::DeTable;

use super::Contradiction;
use super::field::{Field, Presence, Section, Values, section};
use super::kind::known_word;
use super::range::End;
use super::reader::{Place, Reader};
use super::vocabulary::Vocabulary;
use crate::bill::StatedRate;
use crate::problem::Problem;

section! {
    /// The keys that every `[[service]]` may have; the settings of its kind stand beside them.
    pub struct ServiceHeader {
        /// Kind of service.
        pub kind: String => Kind::Word(Known::ServiceKind), Required;
        /// Name of the service, as the bill shows it; left out, its kind.
        pub name: Option<String> => Kind::Name, Optional;
        /// Component whose requests use it; left out, the requests of all components that are not internal.
        pub component: Option<String> => Kind::Name, Optional;
        /// Environment that it belongs to; left out, each environment has one of its own.
        pub environment: Option<String> => Kind::Name, Optional;
        /// Tag that its charges carry.
        pub tag: Option<String> => Kind::Name, Optional;
        /// Whether it is billed; the report says of one that is switched off that it is.
        pub enabled: bool => Kind::Flag, Default("true");
    }
}

/// A supporting service as the scenario states it: a kind with its settings.
#[derive(Clone, Debug, PartialEq)]
pub struct ServiceRequest {
    /// The service's name, unique in the scenario.
    pub name: String,
    /// The id of its kind.
    pub kind: String,
    /// The component whose requests use it; nothing for all that are not internal.
    pub component: Option<String>,
    /// The environment that it belongs to; nothing where each has one of its own.
    pub environment: Option<String>,
    /// Whether it is metered with the whole of an option, of which the scenario is a part.
    pub apart: bool,
    /// The tag that its charges carry.
    pub tag: Option<String>,
    /// Whether it is billed.
    pub enabled: bool,
    /// The settings of the kind: those stated, and the defaults of the rest.
    pub settings: Values,
}

impl ServiceRequest {
    /// The price ids of something that is bought elsewhere: of its month, and of a unit.
    ///
    /// ```
    /// use weigh_core::scenario::ServiceRequest;
    /// assert_eq!(ServiceRequest::external_price_ids("atlas"), ["external/atlas", "external/atlas/units"]);
    /// // A slash in a name is written so that no name can be taken for the units of another.
    /// assert_eq!(ServiceRequest::external_price_ids("a/units")[0], "external/a%2Funits");
    /// ```
    #[must_use]
    pub fn external_price_ids(name: &str) -> [String; 2] {
        let name = name.replace('/', "%2F");
        [format!("external/{name}"), format!("external/{name}/units")]
    }

    /// The prices that it states by itself, of its month and of a unit; none where AWS's hold. A rate goes to 15 places,
    /// so that a charge's product ends.
    #[must_use]
    pub fn rates(&self) -> Vec<StatedRate> {
        let amount = |key| self.settings.value::<Decimal>(key);
        let [month, units] = ServiceRequest::external_price_ids(&self.name);
        let monthly = amount("monthly_cost").map(|rate| StatedRate { price_id: month, rate });
        let price = amount("price").zip(amount("price_per")).and_then(|(price, per)| price.checked_div(per));
        let price = price.map(|rate| StatedRate { price_id: units, rate: rate.round_dp(15).normalize() });
        monthly.into_iter().chain(price).collect()
    }

    /// Whether an environment has it; its name is empty where the scenario has none.
    #[must_use]
    pub fn is_in(&self, environment: &str) -> bool {
        self.environment.as_deref().is_none_or(|own| own == environment)
    }

    /// Reads one service from the keys of its table, without the scenario around it.
    ///
    /// # Errors
    /// Everything that is wrong in the text, in the order of the text.
    ///
    /// ```
    /// use weigh_core::catalog::Catalog;
    /// use weigh_core::compare::vocabulary;
    /// use weigh_core::scenario::ServiceRequest;
    /// let catalog = Catalog::open(&weigh_prices::files()).unwrap();
    /// let words = vocabulary(&catalog, &weigh_prices::book());
    /// let queue = ServiceRequest::parse("kind = \"sqs\"\nmessages_per_request = 2", &words).unwrap();
    /// assert_eq!((queue.name.as_str(), queue.enabled), ("sqs", true));
    /// let problems = ServiceRequest::parse("kind = \"sqss\"", &words).unwrap_err();
    /// assert_eq!(problems[0].suggestion.as_deref(), Some("\"sqs\""));
    /// ```
    pub fn parse(text: &str, vocabulary: &Vocabulary) -> Result<ServiceRequest, Vec<Problem>> {
        let (root, syntax) = DeTable::parse_recoverable(text);
        let mut reader =
            Reader { vocabulary, stack: None, problems: Vec::new(), ranges: Vec::new(), end: End::Expected };
        let place = Place { table: root.get_ref(), title: "[[service]]".to_owned(), span: 0..text.len() };
        let service = service(&mut reader, &place, None);
        let syntax = syntax.iter().map(|error| {
            Problem::at(error.span().unwrap_or(0..0), format!("this is no TOML: {}", error.message()))
        });
        let problems: Vec<Problem> = syntax.chain(reader.problems).collect();
        service.filter(|_| problems.is_empty()).ok_or(problems)
    }
}

/// The names that a service may state of the scenario around it.
pub(super) struct Known<'a> {
    pub(super) components: &'a [&'a str],
    pub(super) environments: &'a [&'a str],
}

/// Reads the tables `[[service]]`; nothing when one is wrong.
pub(super) fn read(
    reader: &mut Reader<'_>,
    places: &[Place<'_>],
    known: &Known<'_>,
) -> Option<Vec<ServiceRequest>> {
    let read: Vec<_> = places.iter().map(|place| service(reader, place, Some(known))).collect();
    read.into_iter().collect()
}

fn service(reader: &mut Reader<'_>, place: &Place<'_>, known: Option<&Known<'_>>) -> Option<ServiceRequest> {
    let Some(kind) = place.text("kind").and_then(|id| reader.service_kind(id)) else {
        // Without a kind its settings can't be checked: only what every service has is told.
        let only: DeTable<'_> = place
            .table
            .iter()
            .filter(|(key, _)| ServiceHeader::FIELDS.iter().any(|field| field.key == key.get_ref().as_ref()))
            .map(|(key, value)| (key.clone(), value.clone()))
            .collect();
        reader.values(&Place { table: &only, ..place.clone() }, &[ServiceHeader::FIELDS]);
        return None;
    };
    let lists: [&'static [Field]; 2] = [ServiceHeader::FIELDS, kind.settings];
    let title = format!("a service of kind {}", kind.id);
    let settings = reader.values(&Place { title, ..place.clone() }, &lists)?;
    let header = ServiceHeader::build(&settings)?;
    let found = (kind.contradictions)(&settings, reader.vocabulary);
    for Contradiction { setting, need, message } in &found {
        let span = settings.span(setting).unwrap_or(place.span.clone());
        let allowed = match settings.span(setting) {
            Some(_) if setting == need => format!("another `{setting}`"),
            Some(_) if is_required(kind.settings, setting) => format!("another `{setting}` or `{need}`"),
            Some(_) => format!("`{setting}` left out, or another `{need}`"),
            None => format!("`{setting}` stated, or another `{need}`"),
        };
        let mut problem = Problem::at(span, message).allowing(allowed);
        if let Some(stated) = settings.span(need).filter(|_| setting != need) {
            problem = problem.beside(stated, "the other setting");
        }
        reader.problems.push(problem);
    }
    let component =
        named(reader, ("component", header.component), &settings, known.map(|all| all.components));
    let environment =
        named(reader, ("environment", header.environment), &settings, known.map(|all| all.environments));
    if !found.is_empty() {
        return None;
    }
    Some(ServiceRequest {
        name: header.name.unwrap_or_else(|| kind.id.to_owned()),
        kind: kind.id.to_owned(),
        component: component?,
        environment: environment?,
        apart: false,
        tag: header.tag,
        enabled: header.enabled,
        settings,
    })
}

fn is_required(fields: &[Field], key: &str) -> bool {
    fields.iter().any(|field| field.key == key && field.presence == Presence::Required)
}

/// A name of something else in the scenario, if the service states one; nothing when there is none of that name.
fn named(
    reader: &mut Reader<'_>,
    (key, stated): (&str, Option<String>),
    settings: &Values,
    known: Option<&[&str]>,
) -> Option<Option<String>> {
    let (Some(stated), Some(known)) = (&stated, known) else { return Some(stated) };
    let article = if key == "environment" { "an" } else { "a" };
    match known_word(stated, known.iter().copied(), &format!("{article} {key}")) {
        Ok(name) => Some(Some(name)),
        Err(refusal) => {
            let suggestion = refusal.suggestion.map(|word| format!("\"{word}\""));
            let span = settings.span(key).unwrap_or(0..0);
            let problem = Problem::at(span, format!("`{key}`: {}", refusal.message));
            let allowed = match known {
                [] => format!("no `{key}`, as the file has no [[{key}]]"),
                _ => format!("`{key}` is one of {}", known.join(", ")),
            };
            reader.problems.push(problem.allowing(allowed).suggesting(suggestion));
            None
        }
    }
}
