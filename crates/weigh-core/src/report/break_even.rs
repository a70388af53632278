//! Break-even points over the traffic: where another option leads, is cheapest, or begins to meet the needs.

use rust_decimal::Decimal;
use schemars::JsonSchema;
use serde::Serialize;

use super::thresholds::ThresholdReport;
use super::{Block, Cell, Table};
use crate::audit::Measures;
use crate::compare::{Comparison, OverTraffic, Span, Verdict};
use crate::criteria::Criterion;
use crate::json_schema::DecimalText;
use crate::money::number;
use crate::time::Month;
use crate::traffic::Traffic;

/// Where the answer changes when more or less traffic comes, everything else as stated.
#[derive(Clone, Debug, PartialEq, JsonSchema, Serialize)]
pub struct BreakEvenReport {
    /// How many heights of the traffic were compared.
    pub levels: usize,
    /// Whether the answer changes too often to close in on every change.
    pub limited: bool,
    /// Whether the traffic grows from month to month, so that heights are reached at a time.
    pub grows: bool,
    /// Who leads, from less to more traffic.
    pub leaders: Vec<LeaderSpanReport>,
    /// Who costs least of those that meet the needs.
    pub cheapest: Vec<LeaderSpanReport>,
    /// Where each option meets the needs.
    pub options: Vec<FeasibleReport>,
    /// Who is best by each criterion, where that changes with the traffic.
    pub criteria: Vec<BestSpansReport>,
    /// The thresholds that the scenario's document states, each beside the one that the comparisons find.
    pub thresholds: Vec<ThresholdReport>,
}

/// Who is best by a criterion, from less to more traffic.
#[derive(Clone, Debug, PartialEq, JsonSchema, Serialize)]
pub struct BestSpansReport {
    /// The criterion.
    pub criterion: String,
    /// Its name in prose.
    pub title: String,
    /// The heights and who is best there. They are not closed in on: a change lies between the heights that were looked at.
    pub spans: Vec<BestSpanReport>,
}

/// Heights of the traffic over which the same are best by a criterion.
#[derive(Clone, Debug, PartialEq, JsonSchema, Serialize)]
pub struct BestSpanReport {
    /// Who is best; several are a tie, none where no option can be ranked.
    pub best: Vec<String>,
    /// The heights.
    pub requests_per_day: SpanReport,
}

/// Heights of the traffic over which one option is first.
#[derive(Clone, Debug, PartialEq, JsonSchema, Serialize)]
pub struct LeaderSpanReport {
    /// Its name; null where no option meets the needs.
    pub option: Option<String>,
    /// The heights.
    pub requests_per_day: SpanReport,
    /// Months from now until the growth of the traffic has brought the lowest height; null without growth, where it takes
    /// more than ten years, and where the heights begin at the lowest that was looked at.
    pub from_month: Option<u32>,
    /// What it costs a month at both ends, US dollars; null where no option meets the needs.
    #[schemars(with = "Option<(DecimalText, DecimalText)>")]
    pub monthly_cost: Option<(String, String)>,
}

/// From and to; open where nothing lower or higher was looked at.
#[derive(Clone, Debug, PartialEq, JsonSchema, Serialize)]
pub struct SpanReport {
    /// The lowest height.
    #[schemars(with = "DecimalText")]
    pub from: String,
    /// Whether it begins at the lowest height that was looked at, and so perhaps lower.
    pub open_below: bool,
    /// The highest height.
    #[schemars(with = "DecimalText")]
    pub to: String,
    /// Whether it ends at the highest height that was looked at, and so perhaps higher.
    pub open_above: bool,
}

/// Where an option meets the needs.
#[derive(Clone, Debug, PartialEq, JsonSchema, Serialize)]
pub struct FeasibleReport {
    /// Its name.
    pub option: String,
    /// The heights at which it meets the needs; empty where it never does.
    pub meets_needs: Vec<SpanReport>,
    /// The heights at which it leads; empty where it never does.
    pub leads: Vec<SpanReport>,
}

impl BreakEvenReport {
    /// What the comparisons at all heights say, for options in the order of a comparison.
    #[must_use]
    pub fn of(
        over: &OverTraffic,
        comparison: &Comparison,
        traffic: &Traffic,
        month: Month,
    ) -> BreakEvenReport {
        let days = Decimal::from(month.hours()) / Decimal::from(24);
        let heights = |(first, last): (usize, usize)| SpanReport {
            from: per_day(over.levels[first].requests, days),
            open_below: first == 0,
            to: per_day(over.levels[last].requests, days),
            open_above: last + 1 == over.levels.len(),
        };
        let cost = |place: usize, name: &str| -> Option<String> {
            let mut ranked = over.levels[place].comparison.ranked();
            let (_, ranked) = ranked.find(|(option, _)| option.name == name)?;
            Some(ranked.evaluation.bill.total().normalize().to_string())
        };
        let leaders = |spans: Vec<Span<Option<&str>>>| -> Vec<LeaderSpanReport> {
            let each = spans.into_iter().map(|span| LeaderSpanReport {
                option: span.what.map(str::to_owned),
                requests_per_day: heights(span.levels),
                from_month: match span.levels.0 {
                    0 => None,
                    first => traffic.months_until(over.levels[first].requests, month),
                },
                monthly_cost: span
                    .what
                    .and_then(|name| cost(span.levels.0, name).zip(cost(span.levels.1, name))),
            });
            each.collect()
        };
        let where_true = |spans: Vec<Span<bool>>| -> Vec<SpanReport> {
            spans.into_iter().filter(|span| span.what).map(|span| heights(span.levels)).collect()
        };
        let options = comparison.options.iter().map(|option| FeasibleReport {
            option: option.name.clone(),
            meets_needs: where_true(over.spans(|level| level.meets_needs(&option.name))),
            leads: where_true(over.spans(|level| level.leader() == Some(option.name.as_str()))),
        });
        BreakEvenReport {
            levels: over.levels.len(),
            limited: over.limited,
            grows: traffic.growth().is_some(),
            leaders: leaders(over.spans(|level| level.leader())),
            cheapest: leaders(over.spans(|level| level.cheapest())),
            options: options.collect(),
            criteria: comparison
                .columns
                .iter()
                .filter_map(|column| {
                    let spans = over.spans(|level| level.best_by(&column.criterion));
                    let title = Criterion::find(&column.criterion).map_or("", |known| known.title).to_owned();
                    let each = |span: Span<Vec<&str>>| BestSpanReport {
                        best: span.what.into_iter().map(str::to_owned).collect(),
                        requests_per_day: heights(span.levels),
                    };
                    (spans.len() > 1).then(|| BestSpansReport {
                        criterion: column.criterion.clone(),
                        title,
                        spans: spans.into_iter().map(each).collect(),
                    })
                })
                .collect(),
            thresholds: Vec::new(),
        }
    }

    /// When an option is worth another look, by the traffic; nothing where it leads as it is.
    pub(super) fn revisit(&self, option: &str, verdict: &Verdict) -> Option<String> {
        let own = self.options.iter().find(|each| each.option == option)?;
        if !matches!(verdict, Verdict::Ranked(_) | Verdict::Rejected { .. }) {
            return None;
        }
        let list =
            |spans: &[SpanReport]| spans.iter().map(SpanReport::text).collect::<Vec<_>>().join(", and ");
        match (own.leads.is_empty(), own.meets_needs.is_empty(), verdict) {
            (false, ..) => Some(format!("it leads at {} requests a day", list(&own.leads))),
            (true, true, _) => Some("no traffic looked at makes it meet the needs".to_owned()),
            (true, false, Verdict::Rejected { .. }) => Some(format!(
                "it meets the needs at {} requests a day, and leads at none",
                list(&own.meets_needs)
            )),
            (true, false, _) => Some("no traffic looked at makes it lead".to_owned()),
        }
    }

    /// The break-even points under a heading.
    pub(super) fn blocks(&self, blocks: &mut Vec<Block>) {
        blocks.push(Block::Heading("Break-even over the traffic".to_owned()));
        blocks.push(Block::Paragraph(format!(
            "The same scenario at {} heights of its traffic, everything else as stated; {}.",
            self.levels,
            match self.limited {
                true => "its answer changes too often to know every break-even",
                false => "each break-even is known to 2 %",
            }
        )));
        let grows = self.grows;
        let row = |what: &str, span: &LeaderSpanReport| {
            let cost = |end: fn(&(String, String)) -> &String| match &span.monthly_cost {
                Some(costs) => Cell::Dollars(super::decimal(end(costs))),
                None => Cell::Absent("none"),
            };
            let mut row = vec![
                Cell::Text(what.to_owned()),
                Cell::Text(span.requests_per_day.text()),
                Cell::Text(span.option.clone().unwrap_or_else(|| "none can be ranked".to_owned())),
                cost(|costs| &costs.0),
                cost(|costs| &costs.1),
            ];
            if grows {
                row.push(match (span.from_month, span.requests_per_day.open_below) {
                    (Some(months), _) => Cell::Text(format!("{months} months")),
                    (None, true) => Cell::Absent("from the start"),
                    (None, false) => Cell::Absent("not in ten years"),
                });
            }
            row
        };
        let leaders = self.leaders.iter().map(|span| row("first", span));
        let cheapest = self.cheapest.iter().map(|span| row("cheapest", span));
        let mut columns = vec!["who is", "requests a day", "option", "a month there", "to"];
        if grows {
            columns.push("growth brings it in");
        }
        blocks.push(Block::Table(Table::new(columns, leaders.chain(cheapest).collect())));
        let points: Vec<String> = self.criteria.iter().map(BestSpansReport::sentence).collect();
        if !points.is_empty() {
            blocks.push(Block::Paragraph("Who is best by a criterion changes with the traffic:".to_owned()));
            blocks.push(Block::List(points));
        }
        if !self.thresholds.is_empty() {
            blocks.push(Block::Paragraph("What the document says of it:".to_owned()));
            blocks.push(Block::List(self.thresholds.iter().map(|each| each.words.clone()).collect()));
        }
    }
}

impl BestSpansReport {
    /// `monthly cost: lambda up to 720, lightsail 740 and more`.
    fn sentence(&self) -> String {
        let each = self.spans.iter().map(|span| {
            let who = if span.best.is_empty() { "nobody".to_owned() } else { span.best.join(" = ") };
            format!("{who} {}", span.requests_per_day.text())
        });
        format!("{}: {} requests a day", self.title, each.collect::<Vec<_>>().join(", "))
    }
}

impl SpanReport {
    /// `up to 12,000`, `12,000 to 56,000`, `from 56,000 on`, `every height from 10 to 1,000,000`, of requests a day.
    fn text(&self) -> String {
        let shown = |text: &str| number(super::decimal(text), 0);
        let (from, to) = (shown(&self.from), shown(&self.to));
        match (self.open_below, self.open_above) {
            (true, true) => format!("all that was looked at, {from} to {to}"),
            (true, false) => format!("up to {to}"),
            (false, true) => format!("{from} and more"),
            (false, false) => format!("{from} to {to}"),
        }
    }
}

/// Requests a day to three digits.
fn per_day(requests: Decimal, days: Decimal) -> String {
    let each = requests / days;
    each.round_sf(3).unwrap_or(each).normalize().to_string()
}

impl super::ComparisonReport {
    /// The same with the break-even points over the traffic, beside the thresholds that the scenario's document states.
    ///
    /// # Errors
    /// Why the scenario can't be compared at other heights of its traffic.
    pub fn with_break_even(self, measures: &Measures<'_>) -> Result<super::ComparisonReport, String> {
        let over = measures.over_traffic().map_err(|why| why.why)?;
        let subject = measures.subject();
        let (scenario, comparison) = (subject.scenario, subject.comparison);
        let mut told = BreakEvenReport::of(over, comparison, &scenario.traffic, scenario.header.month);
        told.thresholds = ThresholdReport::all(measures);
        let why_not = super::WhyNotReport::of(comparison, self.decision.as_ref(), Some(&told));
        Ok(super::ComparisonReport { break_even: Some(told), why_not, ..self })
    }
}
