//! Why a stated figure differs from the computed one: a search over what may have been left out, changed or counted twice.

mod base;
mod besides;
mod chance;
mod count;
mod discount;
mod free;
mod hours;
mod left_out;
mod metered;
mod model;
mod needed;
mod option;
mod other_thing;
mod other_type;
mod parts;
mod price;
mod promise;
mod rounding;
mod search;
mod serving;
mod sets;
mod size;
mod stated;
mod terms;
mod twice;
mod units;
mod unlisted;
mod words;

use super::computed::{Cause, Computed, Subject};
use super::measure::held_against;
use crate::claim::Degree;
use crate::scenario::Claim;

use search::{Change, Search};

/// What a kind of cause proposes.
type Propose = fn(&Search<'_>, &mut Vec<Change>);

/// Every kind of cause, from the commonest mistake on: of two that come equally near, the upper one is told first.
const KINDS: &[Propose] = &[
    rounding::propose,
    other_thing::propose,
    size::propose,
    unlisted::propose,
    left_out::propose,
    besides::propose,
    hours::propose,
    free::propose,
    count::propose,
    twice::propose,
    price::propose,
    terms::propose,
    other_type::propose,
    option::propose,
    discount::propose,
    base::propose,
    promise::propose,
    serving::propose,
    parts::propose,
    units::propose,
];

/// What would make a computed figure equal the stated one: best first, at most three; none where nothing plausible does.
///
/// Each kind of cause proposes changes of the lines that the figure is made of, at all ends of the ranges alike; no claim's answer
/// is known beforehand. A change explains the claim where the figure that comes of it
/// - is the stated one to the cent or to a millionth, and that one is written with four digits at least, or
/// - is rounded to it as it is written (zeros at the end of a whole number are no digits: 210 may be 205 to 215), or is within half a
///   percent of it, and never more than 2.5 % off; where that is one digit, 7.5 % for the plainest mistakes, or
/// - lies in a range that is stated, for the plainest mistakes.
///
/// Chance is the danger: a bill has many sums, and a document writes few digits. So each kind of change has a degree of plainness,
/// from a charge that is left out to a price of another region; from 2.5 % down to 0.2 % is what a change may be off by it, and from
/// one digit to three what the figure must be written with. What meets
/// to the cent comes first, then what changes least, then what is plainer and nearer. Pairs of changes are tried only where no
/// single one does, only of the plainest, only for figures with three digits or two ends, and must come within a quarter of the
/// tolerance. Where nothing is found, one factor is solved for: what it would have to be.
///
/// Of all that is made of charges, a change must besides be outweighed: the figure, as it is written, must tell more values from each
/// other than changes of that kind, as plain or plainer, were tried, times how unlikely the kind is beforehand.
///
/// A figure that agrees within 1 % needs no cause.
///
/// ```
/// use weigh_core::audit::{Basis, Computed, Subject, causes};
/// # use weigh_core::{catalog::Catalog, compare::{compare, vocabulary}, scenario::Scenario};
/// # let files = weigh_prices::files();
/// # let catalog = Catalog::open(&files).unwrap();
/// # let words = vocabulary(&catalog, &weigh_prices::book());
/// # let text = r#"
/// #     scenario = { name = "Shop", region = "us-east-1" }
/// #     traffic = { rate = "300_000/month" }
/// #     component = [{ name = "api", vcpu = 0.5, memory = "1 GiB", cpu_time = "50 ms", start_up_time = "1 s" }]
/// #     option = [{ platform = "fargate", tasks = 2 }]
/// #     claim = [{ id = "C1", about = "size", of = "cpu-units", value = "1536", unit = "CPU units" }]
/// # "#;
/// # let scenario = Scenario::parse(text, &words).unwrap();
/// # let prices = weigh_prices::book().open("us-east-1", None).unwrap();
/// # let comparison = compare(&scenario, &catalog, &prices).unwrap();
/// # let (scenario, catalog, prices, comparison) = (&scenario, &catalog, &prices, &comparison);
/// let subject = Subject { scenario, ranged: None, catalog, prices, comparison, ends: None };
/// let computed = Computed {
///     figure: "2".parse().unwrap(),
///     reckoning: "2 vCPU of a task".into(),
///     source: String::new(),
///     basis: Basis::Size { asked: "1.5".parse().unwrap(), deployed: 2.into() },
/// };
/// // The scenario's claim: 1536 CPU units.
/// let found = causes(&scenario.claims[0], &computed, &subject);
/// assert_eq!(found[0].kind, "no-such-size");
/// ```
#[must_use]
pub fn causes(claim: &Claim, computed: &Computed, subject: &Subject<'_>) -> Vec<Cause> {
    let differs = held_against(claim, computed).is_some_and(|found| found.degree != Degree::WithinOne);
    let Some(search) = Search::of(claim, computed, subject).filter(|_| differs) else {
        return Vec::new();
    };
    let mut changes = Vec::new();
    for propose in KINDS {
        propose(&search, &mut changes);
    }
    let found = search.causes(&changes);
    let near = || serving::near(&search);
    let needed = || needed::causes(&search);
    [found].into_iter().chain([near(), needed()]).find(|causes| !causes.is_empty()).unwrap_or_default()
}
