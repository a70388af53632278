//! From the text of a scenario file to a scenario; or to three, where quantities are ranges.

use toml::de::DeTable;

use super::layers::{Layer, LayerProblem, Stack};
use super::merge::{Extending, merged};
use super::range::{End, StatedRange};
use super::reader::Reader;
use super::traffic::{LayerTraces, Traces};
use super::vocabulary::Vocabulary;
use super::{Scenario, read};
use crate::problem::Problem;
use crate::traffic::{Trace, Zone};

/// A scenario in which quantities are ranges, read at both ends of all of them.
#[derive(Clone, Debug, PartialEq)]
pub struct RangedScenario {
    /// Every range at its cheap end.
    pub low: Scenario,
    /// Every range at its dear end.
    pub high: Scenario,
    /// The ranges, in the order of the file; at least one.
    pub ranges: Vec<StatedRange>,
}

impl Scenario {
    /// Reads a scenario from its TOML text; ranges are taken at what is expected.
    ///
    /// # Errors
    /// Everything that is wrong in the text, in the order of the file.
    ///
    /// ```
    /// use weigh_core::scenario::{Scenario, Vocabulary};
    /// let vocabulary = Vocabulary { regions: vec!["us-east-1".to_owned()], ..Vocabulary::default() };
    /// let text = r#"
    ///     [scenario]
    ///     name = "Shop"
    ///     region = "us-east-1"
    ///     [traffic]
    ///     rate = "10_000/day"
    ///     [[component]]
    ///     name = "api"
    ///     vcpu = 0.5
    ///     memory = "1 GiB"
    ///     cpu_time = "50 ms"
    /// "#;
    /// let scenario = Scenario::parse(text, &vocabulary).unwrap();
    /// assert_eq!(scenario.components[0].memory.mib().to_string(), "1024");
    /// let problems = Scenario::parse(&text.replace("memory", "memry"), &vocabulary).unwrap_err();
    /// assert_eq!(problems[0].suggestion.as_deref(), Some("memory"));
    /// ```
    pub fn parse(text: &str, vocabulary: &Vocabulary) -> Result<Scenario, Vec<Problem>> {
        Scenario::parse_with(text, vocabulary, &mut |_, _| Err("no file can be read here".to_owned()))
    }

    /// Reads a scenario that may name a trace, which the caller gives: the core opens no file.
    ///
    /// # Errors
    /// Everything that is wrong in the text, in the order of the file; at its `trace` why there is none.
    ///
    /// ```
    /// use weigh_core::scenario::{Scenario, Vocabulary};
    /// use weigh_core::traffic::TraceReader;
    /// let vocabulary = Vocabulary { regions: vec!["us-east-1".to_owned()], ..Vocabulary::default() };
    /// let text = r#"
    ///     scenario = { name = "Shop", region = "us-east-1" }
    ///     traffic = { trace = "requests.csv" }
    ///     [[component]]
    ///     name = "api"
    ///     vcpu = 0.5
    ///     memory = "1 GiB"
    ///     cpu_time = "50 ms"
    /// "#;
    /// let scenario = Scenario::parse_with(text, &vocabulary, &mut |name, zone| {
    ///     let mut reader = TraceReader::new(name, zone.clone());
    ///     reader.feed(b"120\n60\n");
    ///     reader.finish().map_err(|problems| problems.first[0].message.clone())
    /// });
    /// assert_eq!(scenario.unwrap().traffic.describe(), "1.5/s on average, as in requests.csv");
    /// let problems = Scenario::parse(text, &vocabulary).unwrap_err();
    /// assert_eq!(problems[0].message, "the trace `requests.csv`: no file can be read here");
    /// ```
    pub fn parse_with(
        text: &str,
        vocabulary: &Vocabulary,
        traces: &mut Traces<'_>,
    ) -> Result<Scenario, Vec<Problem>> {
        let file = File::of(vec![("", text)]);
        file.at(End::Expected, vocabulary, &mut |_, name, zone| traces(name, zone)).0
    }

    /// Reads a scenario whose quantities may be ranges: with what is expected, and with both ends where a range stands in
    /// the file. The caller is asked for a trace once.
    ///
    /// All ranges are at their low ends together, or at their high ones: the bill lies between.
    ///
    /// # Errors
    /// As [`Scenario::parse_with`]; what is wrong at one end alone says at which.
    ///
    /// ```
    /// use weigh_core::scenario::{Scenario, Vocabulary};
    /// let vocabulary = Vocabulary { regions: vec!["us-east-1".to_owned()], ..Vocabulary::default() };
    /// let text = r#"
    ///     scenario = { name = "Shop", region = "us-east-1" }
    ///     traffic = { rate = "5_000..20_000/day" }
    ///     [[component]]
    ///     name = "api"
    ///     vcpu = 0.5
    ///     memory = "1 GiB"
    ///     cpu_time = "50 ms"
    ///     concurrency = "1..4"
    /// "#;
    /// let none = &mut |_: &str, _: &_| Err("no file can be read here".to_owned());
    /// let (expected, ranged) = Scenario::parse_ranged(text, &vocabulary, none).unwrap();
    /// let ranged = ranged.unwrap();
    /// assert_eq!(expected.traffic.describe(), "12,500/day, steady");
    /// assert_eq!(ranged.low.traffic.describe(), "5,000/day, steady");
    /// // More at once on one replica is cheaper: the low end has the largest value.
    /// assert_eq!((ranged.low.components[0].concurrency, ranged.high.components[0].concurrency), (4, 1));
    /// assert_eq!(ranged.ranges[1].what, "concurrency of [[component]] api");
    /// ```
    pub fn parse_ranged(
        text: &str,
        vocabulary: &Vocabulary,
        traces: &mut Traces<'_>,
    ) -> Result<(Scenario, Option<RangedScenario>), Vec<Problem>> {
        File::of(vec![("", text)]).at_all_ends(vocabulary, &mut |_, name, zone| traces(name, zone))
    }

    /// Reads a scenario from a file and the files that it extends: the file itself first, then its base, and so on. The
    /// tables of each lie over those of the next: key by key, and table by table where a list names them; what `without`
    /// names is left out of the base first, and a base's claims are not inherited. `extends` itself is not followed here:
    /// the core opens no file ([`Layer::extends`] says what to read).
    ///
    /// A trace is asked for with the place of the file that names it. Quantities may be ranges, as in
    /// [`Scenario::parse_ranged`].
    ///
    /// # Errors
    /// Everything that is wrong, file by file, the extending file first.
    ///
    /// ```
    /// use weigh_core::scenario::{Layer, Scenario, Vocabulary};
    /// let vocabulary = Vocabulary { regions: vec!["us-east-1".to_owned()], ..Vocabulary::default() };
    /// let layer = |path: &str, text: &str| Layer { path: path.to_owned(), text: text.to_owned() };
    /// let base = r#"
    ///     scenario = { name = "Shop", region = "us-east-1" }
    ///     traffic = { rate = "10_000/day" }
    ///     [[component]]
    ///     name = "api"
    ///     vcpu = 0.5
    ///     memory = "1 GiB"
    ///     cpu_time = "50 ms"
    /// "#;
    /// let peak = r#"
    ///     extends = "shop.toml"
    ///     scenario.name = "Shop at its peak"
    ///     traffic.rate = "80_000/day"
    /// "#;
    /// let layers = [layer("peak.toml", peak), layer("shop.toml", base)];
    /// let none = &mut |_: usize, _: &str, _: &_| Err("no file can be read here".to_owned());
    /// let (scenario, _) = Scenario::parse_layers(&layers, &vocabulary, none).unwrap();
    /// assert_eq!(scenario.header.name, "Shop at its peak");
    /// assert_eq!(scenario.traffic.describe(), "80,000/day, steady");
    /// assert_eq!(scenario.components[0].name, "api");
    /// ```
    pub fn parse_layers(
        layers: &[Layer],
        vocabulary: &Vocabulary,
        traces: &mut LayerTraces<'_>,
    ) -> Result<(Scenario, Option<RangedScenario>), Vec<LayerProblem>> {
        let file = File::of(layers.iter().map(|layer| (layer.path.as_str(), layer.text.as_str())).collect());
        let read = file.at_all_ends(vocabulary, traces);
        read.map_err(|problems| {
            problems.into_iter().map(|problem| file.stack.in_its_layer(problem)).collect()
        })
    }
}

/// A file with its bases as TOML, and what of it is none.
struct File<'t> {
    stack: Stack<'t>,
    root: DeTable<'t>,
    /// What is no TOML, and bases that are not there.
    broken: Vec<Problem>,
    /// What else is wrong in how the files extend one another.
    extending: Vec<Problem>,
}

impl File<'_> {
    /// Files that extend one another, each a path and a text; the first is the file itself.
    fn of<'t>(layers: Vec<(&'t str, &'t str)>) -> File<'t> {
        let stack = Stack::of(layers);
        let (tables, mut broken) = stack.parsed();
        let mut wrong = Extending::default();
        let root = merged(tables, &mut wrong);
        broken.append(&mut wrong.broken);
        File { stack, root, broken, extending: wrong.problems }
    }

    /// The scenario with what is expected, and at both ends where it has ranges. A trace is asked for once.
    fn at_all_ends(
        &self,
        vocabulary: &Vocabulary,
        traces: &mut LayerTraces<'_>,
    ) -> Result<(Scenario, Option<RangedScenario>), Vec<Problem>> {
        let mut asked: Vec<(usize, String, Zone, Result<Trace, String>)> = Vec::new();
        let mut once = |layer: usize, name: &str, zone: &Zone| {
            let is_it = |(in_layer, asked, on, _): &&(usize, String, Zone, _)| {
                *in_layer == layer && asked == name && on == zone
            };
            if let Some((.., answer)) = asked.iter().find(is_it) {
                return answer.clone();
            }
            let answer = traces(layer, name, zone);
            asked.push((layer, name.to_owned(), zone.clone(), answer.clone()));
            answer
        };
        let (expected, ranges) = self.at(End::Expected, vocabulary, &mut once);
        if ranges.is_empty() {
            return expected.map(|scenario| (scenario, None));
        }
        let (low, _) = self.at(End::Low, vocabulary, &mut once);
        let (high, _) = self.at(End::High, vocabulary, &mut once);
        match (expected, low, high) {
            (Ok(expected), Ok(low), Ok(high)) => Ok((expected, Some(RangedScenario { low, high, ranges }))),
            (expected, low, high) => {
                let mut problems = expected.err().unwrap_or_default();
                for (end, others) in [("low", low.err()), ("high", high.err())] {
                    for problem in others.unwrap_or_default() {
                        // A place is told of once; what is wrong there at an end only says so.
                        if !problems.iter().any(|known| known.span == problem.span) {
                            let message = format!("at the {end} end of the ranges: {}", problem.message);
                            problems.push(Problem { message, ..problem });
                        }
                    }
                }
                problems.sort_by_key(|problem| problem.span.start);
                Err(problems)
            }
        }
    }

    /// The scenario at one end of its ranges, or everything that is wrong; and the ranges.
    fn at(
        &self,
        end: End,
        vocabulary: &Vocabulary,
        traces: &mut LayerTraces<'_>,
    ) -> (Result<Scenario, Vec<Problem>>, Vec<StatedRange>) {
        let text = self.stack.whole();
        let (stack, problems) = (Some(&self.stack), self.extending.clone());
        let mut reader = Reader { vocabulary, stack, problems, end, ranges: Vec::new() };
        let mut placed = |at: usize, name: &str, zone: &Zone| traces(self.stack.layer_at(at), name, zone);
        let scenario = read(&mut reader, &self.root, self.stack.first_line(), &mut placed);
        let mut problems = self.broken.clone();
        if problems.is_empty() {
            problems = reader.problems;
        } else {
            // What a syntax error broke, or a base would have stated, must not be told a second time: as something missing,
            // as a value that was made up in its stead and has no place, on its line, or as a string that swallowed the
            // rest.
            let broken: Vec<(usize, usize)> = problems
                .iter()
                .map(|problem| (problem.span.start, problem.line_and_column(text).0))
                .collect();
            let further = reader.problems.into_iter().filter(|problem| {
                let (span, line) = (&problem.span, problem.line_and_column(text).0);
                let same =
                    |(start, on): &(usize, usize)| *on == line || (span.start..=span.end).contains(start);
                !problem.message.contains(" lacks ") && !span.is_empty() && !broken.iter().any(same)
            });
            problems.extend(further);
        }
        problems.sort_by_key(|problem| problem.span.start);
        problems.dedup();
        let read = match scenario {
            Some(scenario) if problems.is_empty() => Ok(scenario),
            _ => Err(problems),
        };
        reader.ranges.sort_by_key(|(at, _)| *at);
        (read, reader.ranges.into_iter().map(|(_, range)| range).collect())
    }
}
