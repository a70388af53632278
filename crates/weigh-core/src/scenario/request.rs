//! Tables `[[request]]`: kinds of request of a component, each with its share and what it does not share with the rest.

use std::ops::Range;
use std::time::Duration;

use rust_decimal::Decimal;

use super::field::{Values, section};
use super::kind::known_word;
use super::reader::{Place, Reader};
use super::sections::Component;
use crate::measure::{Size, seconds};
use crate::problem::Problem;

section! {
    /// A kind of request: a table `[[request]]`. What is left out is as the component has it.
    pub struct RequestEntry {
        /// Name of the kind of request.
        pub name: String => Kind::Name, Required;
        /// Component that it comes to.
        pub component: String => Kind::Name, Required;
        /// Share of the component's requests; what the shares leave open is as the component says.
        pub share: Decimal => Kind::Share, Required;
        /// CPU time that one such request takes, on one vCPU.
        pub cpu_time: Option<Duration> => Kind::DurationOrZero, Optional;
        /// Time that one such request waits for others.
        pub wait_time: Option<Duration> => Kind::DurationOrZero, Optional;
        /// Bytes that arrive with one such request.
        pub request_size: Option<Size> => Kind::SizeOrZero, Optional;
        /// Bytes that leave with its response.
        pub response_size: Option<Size> => Kind::SizeOrZero, Optional;
        /// Bytes of log that it writes.
        pub log_size: Option<Size> => Kind::SizeOrZero, Optional;
        /// Bytes that it sends to services outside AWS.
        pub outside_request_size: Option<Size> => Kind::SizeOrZero, Optional;
        /// Bytes that it receives from services outside AWS.
        pub outside_response_size: Option<Size> => Kind::SizeOrZero, Optional;
    }
}

/// A kind of request of a component, with all its figures.
#[derive(Clone, Debug, PartialEq)]
pub struct RequestClass {
    /// Its name; empty where a component has one kind only.
    pub name: String,
    /// The share of the component's requests, above 0; the shares of all kinds add up to 1.
    pub share: Decimal,
    /// CPU time on one vCPU.
    pub cpu_time: Duration,
    /// Time that it waits for others.
    pub wait_time: Duration,
    /// Bytes that arrive with it.
    pub request_size: Size,
    /// Bytes that leave with its response.
    pub response_size: Size,
    /// Bytes of log that it writes.
    pub log_size: Size,
    /// Bytes that it sends to services outside AWS.
    pub outside_request_size: Size,
    /// Bytes that it receives from them.
    pub outside_response_size: Size,
}

/// The name of what the stated kinds of request leave open.
const OTHERS: &str = "others";

impl RequestClass {
    /// What the entry says, and of the component what it leaves out.
    fn of(entry: RequestEntry, component: &Component) -> RequestClass {
        RequestClass {
            name: entry.name,
            share: entry.share,
            cpu_time: entry.cpu_time.unwrap_or(component.cpu_time),
            wait_time: entry.wait_time.unwrap_or(component.wait_time),
            request_size: entry.request_size.unwrap_or(component.request_size),
            response_size: entry.response_size.unwrap_or(component.response_size),
            log_size: entry.log_size.unwrap_or(component.log_size),
            outside_request_size: entry.outside_request_size.unwrap_or(component.outside_request_size),
            outside_response_size: entry.outside_response_size.unwrap_or(component.outside_response_size),
        }
    }
}

impl Component {
    /// Every kind of request that comes, with shares that add up to 1: those stated, and the rest as the component has
    /// it.
    ///
    /// ```
    /// use weigh_core::scenario::{Scenario, Vocabulary};
    /// let vocabulary = Vocabulary { regions: vec!["us-east-1".to_owned()], ..Vocabulary::default() };
    /// let scenario = Scenario::parse(r#"
    ///     scenario = { name = "Shop", region = "us-east-1" }
    ///     traffic = { rate = "1/s" }
    ///     component = [{ name = "api", vcpu = 1, memory = "1 GiB", cpu_time = "50 ms" }]
    ///     request = [{ name = "upload", component = "api", share = "20 %", cpu_time = "1 s" }]
    /// "#, &vocabulary).unwrap();
    /// let kinds = scenario.components[0].kinds();
    /// let shown: Vec<_> = kinds.iter().map(|kind| (kind.name.as_str(), kind.share.to_string())).collect();
    /// assert_eq!(shown, [("upload", "0.2".to_owned()), ("others", "0.8".to_owned())]);
    /// assert_eq!(scenario.components[0].cpu_s().to_string(), "0.24"); // 0.2 × 1 s + 0.8 × 50 ms
    /// ```
    #[must_use]
    pub fn kinds(&self) -> Vec<RequestClass> {
        let rest = Decimal::ONE - self.classes.iter().map(|class| class.share).sum::<Decimal>();
        let own = RequestClass {
            name: if self.classes.is_empty() { String::new() } else { OTHERS.to_owned() },
            share: rest.normalize(),
            cpu_time: self.cpu_time,
            wait_time: self.wait_time,
            request_size: self.request_size,
            response_size: self.response_size,
            log_size: self.log_size,
            outside_request_size: self.outside_request_size,
            outside_response_size: self.outside_response_size,
        };
        let own = (own.share > Decimal::ZERO).then_some(own);
        self.classes.iter().cloned().chain(own).collect()
    }

    /// The mean CPU time of a request in seconds, over all kinds, exactly.
    #[must_use]
    pub fn cpu_s(&self) -> Decimal {
        self.mean(|kind| seconds(kind.cpu_time))
    }

    /// The mean time that a request waits for others in seconds, over all kinds, exactly.
    #[must_use]
    pub fn wait_s(&self) -> Decimal {
        self.mean(|kind| seconds(kind.wait_time))
    }

    /// The mean of a figure over all kinds of request, weighted by their shares.
    fn mean(&self, figure: impl Fn(&RequestClass) -> Decimal) -> Decimal {
        self.kinds().iter().map(|kind| kind.share * figure(kind)).sum::<Decimal>().normalize()
    }
}

/// Reads the tables `[[request]]` into the components that they belong to; nothing when one is wrong.
///
/// `names` are those of all components, also of such that could not be read and are missing in `components`.
pub(super) fn read(
    reader: &mut Reader<'_>,
    places: &[Place<'_>],
    names: &[&str],
    components: &mut [Option<(Component, Values)>],
) -> Option<()> {
    let before = reader.problems.len();
    for place in places {
        let Some((entry, values)) = reader.section::<RequestEntry>(place) else { continue };
        let span = |key: &str| values.span(key).unwrap_or_else(|| place.span.clone());
        let name = match known_word(&entry.component, names.iter().copied(), "a component") {
            Ok(name) => name,
            Err(refusal) => {
                let suggestion = refusal.suggestion.map(|word| format!("\"{word}\""));
                let problem = Problem::at(span("component"), format!("`component`: {}", refusal.message));
                let allowed = format!("`component` is one of {}", names.join(", "));
                reader.problems.push(problem.allowing(allowed).suggesting(suggestion));
                continue;
            }
        };
        let found = components.iter_mut().flatten().find(|(component, _)| component.name == name);
        let Some((component, _)) = found else { continue };
        let class = RequestClass::of(entry, component);
        if let Some(problem) = problem(component, &class, span) {
            reader.problems.push(problem);
        }
        component.classes.push(class);
    }
    (reader.problems.len() == before).then_some(())
}

/// What is wrong in a kind of request beside those of the component that were read before it.
fn problem(
    component: &Component,
    class: &RequestClass,
    span: impl Fn(&str) -> Range<usize>,
) -> Option<Problem> {
    if class.cpu_time.is_zero() && class.wait_time.is_zero() {
        let message = format!("request `{}`: it takes no time at all", class.name);
        return Some(Problem::at(span("cpu_time"), message).allowing("`cpu_time` or `wait_time` above 0"));
    }
    let before: Decimal = component.classes.iter().map(|class| class.share).sum();
    let all = before + class.share;
    // Told once, where the whole is passed.
    (all > Decimal::ONE && before <= Decimal::ONE).then(|| {
        let percent = (all * Decimal::ONE_HUNDRED).normalize();
        let message = format!("the shares of the requests of `{}` add up to {percent} %", component.name);
        Problem::at(span("share"), message).allowing("shares of one component that add up to 100 % at most")
    })
}
