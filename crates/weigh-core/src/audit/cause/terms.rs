//! Reserved prices of another term or payment, or the price on demand, in place of the reserved one.

use super::model::Model;
use super::price::{TERMS, swapped};
use super::search::{Change, Search};

const ID: &str = "other-price";

/// How price ids of reservations begin, the classes of them, and how those on demand begin.
const RESERVED: &[(&str, &[&str], &str)] = &[
    ("ec2-reserved/instance-hours/", &["standard-", "convertible-"], "ec2/instance-hours/"),
    ("compute-savings-plan/fargate-", &[""], "fargate/"),
];

pub(super) fn propose(search: &Search<'_>, changes: &mut Vec<Change>) {
    let Some(model) = &search.model else { return };
    let counted = [model.places(0, true), model.places(1, true)].concat();
    for (begin, classes, on_demand) in RESERVED {
        let Some((_, own)) = counted.iter().find_map(|place| split(model, *place, begin)) else { continue };
        let mut push = |plain: u32, words: String, swap: &dyn Fn(&str) -> Option<String>| {
            let effects = swapped(search, model, &counted, swap);
            changes.extend(effects.map(|effects| Change::costs(ID, plain, words, effects)));
        };
        for class in *classes {
            for (term, told) in TERMS {
                let other = format!("{class}{term}");
                if other == own {
                    continue;
                }
                let class = class.trim_end_matches('-');
                let kind = if class == "convertible" { ", convertible" } else { "" };
                push(
                    1 + u32::from(!kind.is_empty()),
                    format!("at the reserved price ({told}{kind})"),
                    &|id| {
                        let (bare, _) = id.strip_prefix(begin)?.rsplit_once('/')?;
                        Some(format!("{begin}{bare}/{other}"))
                    },
                );
            }
        }
        push(1, "at the on-demand price in place of the reserved one".to_owned(), &|id| {
            let (bare, _) = id.strip_prefix(begin)?.rsplit_once('/')?;
            Some(format!("{on_demand}{bare}"))
        });
    }
}

/// What a reservation is of, and its term.
fn split<'m>(model: &'m Model<'_>, place: usize, begin: &str) -> Option<(&'m str, &'m str)> {
    model.groups[place].price_id().strip_prefix(begin)?.rsplit_once('/')
}
