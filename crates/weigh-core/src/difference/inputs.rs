//! What differs between two scenarios in their canonical lines, and a scenario with the traffic of another.

use std::collections::BTreeMap;
use std::fmt;

use super::effects::Driver;
use super::mark::Mark;

/// The section whose every key is traffic.
const TRAFFIC: &str = "traffic";

/// Keys beside `[traffic]` that say how much comes, by the list whose tables have them.
const HOW_MUCH: [(&str, &[&str]); 3] =
    [("environment", &["rate", "traffic_share"]), ("job", &["runs"]), ("request", &["share"])];

/// The key of `[scenario]` that says which day's prices count.
const DAY: (&str, &str) = ("scenario", "as_of");

/// A key of a scenario, or a whole table, that differs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct InputChange {
    /// What such a change drives: the day drives prices.
    pub driver: Driver,
    /// The table: `[traffic]`, `[[component]] api`.
    pub place: String,
    /// The key; nothing where the whole table came or went.
    pub key: Option<String>,
    /// The value as TOML, of a table its keys and values; nothing where it is new.
    pub before: Option<String>,
    /// The value as TOML; nothing where it is gone.
    pub after: Option<String>,
}

impl InputChange {
    /// Whether it is new, gone or another.
    #[must_use]
    pub fn mark(&self) -> Mark {
        Mark::of(self.before.as_ref(), self.after.as_ref())
    }
}

impl fmt::Display for InputChange {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.place)?;
        if let Some(key) = &self.key {
            let space = if self.place.is_empty() { "" } else { " " };
            write!(f, "{space}{key}")?;
        }
        match (&self.key, &self.before, &self.after) {
            (Some(_), Some(before), Some(after)) => write!(f, ": {before} -> {after}"),
            (Some(_), None, Some(value)) => write!(f, ": added {value}"),
            (Some(_), Some(value), None) => write!(f, ": removed, was {value}"),
            (None, None, Some(_)) => f.write_str(": added"),
            (None, ..) => f.write_str(": removed"),
            (Some(_), None, None) => Ok(()),
        }
    }
}

/// What differs between two scenarios, in the order of their tables.
///
/// ```
/// use weigh_core::difference::input_changes;
/// let lines = |text: &str| text.lines().map(str::to_owned).collect::<Vec<_>>();
/// let before = lines("[scenario]\nname = 'Shop'\n\n[traffic]\nrate = '10_000/day'");
/// let after = lines("[scenario]\nname = 'Shop'\n\n[traffic]\nrate = '20_000/day'");
/// let told: Vec<String> = input_changes(&before, &after).iter().map(ToString::to_string).collect();
/// assert_eq!(told, ["[traffic] rate: '10_000/day' -> '20_000/day'"]);
/// ```
#[must_use]
pub fn input_changes(before: &[String], after: &[String]) -> Vec<InputChange> {
    let (before, after) = (tables(before), tables(after));
    let mut changes = Vec::new();
    let named = |all: &[Table]| -> BTreeMap<String, Table> {
        all.iter().map(|table| (table.place.clone(), table.clone())).collect()
    };
    let (known, news) = (named(&before), named(&after));
    for table in &before {
        match news.get(&table.place) {
            Some(now) => changes.extend(table.changes(now)),
            None => changes.push(table.whole(true)),
        }
    }
    changes.extend(after.iter().filter(|table| !known.contains_key(&table.place)).map(|t| t.whole(false)));
    changes
}

/// A scenario with the traffic of another: its `[traffic]`, and the `rate` and `traffic_share` of environments, the `runs` of
/// jobs and the `share` of kinds of request that both have by name. Environments, jobs and kinds of request that only one has
/// are no traffic but the scenario's; where the kinds of request differ, so are their shares, which belong together.
///
/// ```
/// use weigh_core::difference::workload;
/// let lines = |text: &str| text.lines().map(str::to_owned).collect::<Vec<_>>();
/// let old = lines("[[job]]\nname = 'pipeline'\nruns = '1/week'\nvcpu = 1\n\n[traffic]\nrate = '10_000/day'");
/// let new = lines("[[job]]\nname = 'pipeline'\nruns = '2/week'\nvcpu = 4\n\n[traffic]\nrate = '20_000/day'");
/// let mixed = "[[job]]\nname = 'pipeline'\nruns = '2/week'\nvcpu = 1\n\n[traffic]\nrate = '20_000/day'";
/// assert_eq!(workload(&old, &new).join("\n"), mixed);
/// ```
#[must_use]
pub fn workload(old: &[String], new: &[String]) -> Vec<String> {
    let (old, new) = (tables(old), tables(new));
    let is_traffic = |table: &&Table| table.top == TRAFFIC;
    let mut mixed: Vec<Table> = old.iter().filter(|table| !is_traffic(table)).cloned().collect();
    mixed.extend(new.iter().filter(is_traffic).cloned());
    // Within a section the order stays: the tables below an entry of a list belong to it.
    mixed.sort_by(|a, b| a.top.cmp(&b.top));
    let alike = same_requests(&old, &new);
    for table in &mut mixed {
        for key in keys_of_traffic(table, alike) {
            let Some(now) = new.iter().find(|each| each.place == table.place) else { continue };
            match now.values.get(*key) {
                Some(value) => table.values.insert((*key).to_owned(), value.clone()),
                None => table.values.remove(*key),
            };
        }
    }
    lines(&mixed)
}

/// A scenario with the day of prices of another.
pub(super) fn with_day(old: &[String], new: &[String]) -> Vec<String> {
    let (mut old, new) = (tables(old), tables(new));
    let header = |table: &&Table| table.place == format!("[{}]", DAY.0);
    let day = new.iter().find(header).and_then(|table| table.values.get(DAY.1).cloned());
    for table in old.iter_mut().filter(|table| header(&&**table)) {
        match &day {
            Some(day) => table.values.insert(DAY.1.to_owned(), day.clone()),
            None => table.values.remove(DAY.1),
        };
    }
    lines(&old)
}

/// A table with its keys and values.
#[derive(Clone, Debug, PartialEq)]
struct Table {
    /// The line that opens it; empty for the keys above all tables.
    title: String,
    /// The section that it is in: `component`.
    top: String,
    /// The line that opens it, with the names of the entries of lists that it stands in: `[[component]] api`.
    place: String,
    /// The values as lines of TOML, by their keys.
    values: BTreeMap<String, Vec<String>>,
}

impl Table {
    fn changes(&self, now: &Table) -> Vec<InputChange> {
        let mut keys: Vec<&String> = self.values.keys().chain(now.values.keys()).collect();
        keys.sort_unstable();
        keys.dedup();
        let differing = keys.into_iter().filter(|key| self.values.get(*key) != now.values.get(*key));
        let change = |key: &String| InputChange {
            driver: self.driver(Some(key)),
            place: self.place.clone(),
            key: Some(key.clone()),
            before: self.values.get(key).map(|value| joined(value)),
            after: now.values.get(key).map(|value| joined(value)),
        };
        differing.map(change).collect()
    }

    fn whole(&self, is_gone: bool) -> InputChange {
        let values: Vec<String> =
            self.values.iter().map(|(key, value)| format!("{key} = {}", joined(value))).collect();
        let values = Some(values.join(", "));
        let (before, after) = if is_gone { (values, None) } else { (None, values) };
        InputChange { driver: self.driver(None), place: self.place.clone(), key: None, before, after }
    }

    fn driver(&self, key: Option<&String>) -> Driver {
        let key = key.map(String::as_str);
        let says_how_much = HOW_MUCH.iter().any(|(list, keys)| {
            self.title == format!("[[{list}]]") && key.is_some_and(|key| keys.contains(&key))
        });
        if self.top == TRAFFIC || says_how_much {
            Driver::Traffic
        } else if (self.top.as_str(), key) == (DAY.0, Some(DAY.1)) {
            Driver::Prices
        } else {
            Driver::Scenario
        }
    }
}

/// The keys of a table that are traffic although the table is not.
fn keys_of_traffic(table: &Table, same_requests: bool) -> &'static [&'static str] {
    let of = HOW_MUCH.iter().find(|(list, _)| table.title == format!("[[{list}]]"));
    of.filter(|(list, _)| *list != "request" || same_requests).map_or(&[], |(_, keys)| keys)
}

/// Whether both have the same kinds of request, of the same components.
fn same_requests(old: &[Table], new: &[Table]) -> bool {
    let kinds = |tables: &[Table]| -> Vec<(String, Option<Vec<String>>)> {
        let requests = tables.iter().filter(|table| table.title == "[[request]]");
        let mut kinds: Vec<_> =
            requests.map(|each| (each.place.clone(), each.values.get("component").cloned())).collect();
        kinds.sort_unstable();
        kinds
    };
    kinds(old) == kinds(new)
}

/// A value on one line.
fn joined(value: &[String]) -> String {
    match value {
        [one] => one.clone(),
        lines => {
            let items: Vec<&str> = lines[1..].iter().map(|line| line.trim()).collect();
            let items = items.join(" ");
            format!("[{}]", items.trim_end_matches(']').trim_end().trim_end_matches(','))
        }
    }
}

/// The tables of canonical lines, in their order.
fn tables(lines: &[String]) -> Vec<Table> {
    let mut tables = vec![Table {
        title: String::new(),
        top: String::new(),
        place: String::new(),
        values: BTreeMap::new(),
    }];
    let mut open: Option<String> = None;
    for line in lines.iter().filter(|line| !line.is_empty()) {
        let Some(table) = tables.last_mut() else { break };
        if let Some(key) = &open {
            table.values.entry(key.clone()).or_default().push(line.clone());
            open = (line != "]").then(|| key.clone());
        } else if line.starts_with('[') {
            let path = line.trim_matches(['[', ']']);
            let top = path.split('.').next().unwrap_or(path).to_owned();
            let (title, place) = (line.clone(), String::new());
            tables.push(Table { title, top, place, values: BTreeMap::new() });
        } else if let Some((key, value)) = key_and_value(line) {
            table.values.insert(key.to_owned(), vec![value.to_owned()]);
            open = (value == "[").then(|| key.to_owned());
        }
    }
    name(&mut tables);
    tables
}

/// A line `key = value`, whose key may stand in quotes.
fn key_and_value(line: &str) -> Option<(&str, &str)> {
    let quote = line.chars().next().filter(|first| matches!(first, '\'' | '"'));
    let key_end = match quote {
        Some(quote) => line[1..].find(quote)? + 2,
        None => 0,
    };
    let at = key_end + line[key_end..].find(" = ")?;
    Some((&line[..at], &line[at + 3..]))
}

/// Gives each table its place: those of a list by their names, else by their platforms, and by number where these agree.
fn name(tables: &mut [Table]) {
    let mut entries: BTreeMap<String, String> = BTreeMap::new();
    let mut met: BTreeMap<String, usize> = BTreeMap::new();
    for table in tables {
        let is_list = table.title.starts_with("[[");
        let path = table.title.trim_matches(['[', ']']).to_owned();
        let own = ["name", "platform", "kind", "service"].iter().find_map(|key| table.values.get(*key));
        let own = own.map(|value| joined(value).trim_matches(['\'', '"']).to_owned());
        let mut above: Vec<String> = Vec::new();
        for (at, _) in path.match_indices('.') {
            above.extend(entries.get(&path[..at]).cloned());
        }
        let mut place = table.title.clone();
        for word in above.iter().chain(own.iter().filter(|_| is_list)) {
            place = format!("{place} {word}");
        }
        let count = met.entry(place.clone()).or_default();
        *count += 1;
        let number = count.to_string();
        if *count > 1 {
            place = format!("{place} #{number}");
        }
        if is_list {
            let below = format!("{path}.");
            entries.retain(|known, _| !known.starts_with(&below));
            let word = own.unwrap_or_default();
            entries.insert(path, if *count > 1 { format!("{word} #{number}") } else { word });
        }
        table.place = place.trim_end().to_owned();
    }
}

/// Tables as canonical lines.
fn lines(tables: &[Table]) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    for table in tables {
        if !lines.is_empty() {
            lines.push(String::new());
        }
        lines.extend((!table.title.is_empty()).then(|| table.title.clone()));
        for (key, value) in &table.values {
            let mut value = value.iter();
            lines.extend(value.next().map(|first| format!("{key} = {first}")));
            lines.extend(value.cloned());
        }
    }
    lines
}

#[cfg(test)]
#[path = "inputs_tests.rs"]
mod tests;
