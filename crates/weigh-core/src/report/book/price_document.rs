//! One price as a document for readers, and as a table for programs.

use std::collections::BTreeMap;

use rust_decimal::Decimal;

use super::price::{BandReport, PriceReport, VersionReport};
use super::{counted, marked, numbered, short, source_lines};
use crate::money::number;
use crate::report::{Block, Cell, Document, Sheet, Table, decimal};

impl PriceReport {
    /// The price as a document for readers.
    #[must_use]
    pub fn document(&self) -> Document {
        let numbers = numbered(&self.sources);
        let mut blocks = vec![
            Block::Title(format!("{} in {}", self.price_id, self.region)),
            Block::Paragraph(self.opening(&numbers)),
        ];
        if !self.bands.is_empty() {
            blocks.push(Block::Table(self.band_table(&numbers)));
        }
        let remarks = self.remarks(&numbers);
        if !remarks.is_empty() {
            blocks.extend([Block::Heading("What else is known".to_owned()), Block::List(remarks)]);
        }
        if !self.history.is_empty() {
            blocks.extend([
                Block::Heading("History".to_owned()),
                Block::Table(history_table(&self.history, &numbers)),
            ]);
        }
        blocks
            .extend([Block::Heading("Other regions".to_owned()), Block::Paragraph(self.regions_compared())]);
        if !self.sources.is_empty() {
            blocks.extend([Block::Heading("Sources".to_owned()), Block::List(source_lines(&self.sources))]);
        }
        Document { blocks }
    }

    fn opening(&self, numbers: &BTreeMap<&str, String>) -> String {
        if let Some(known) = &self.not_offered {
            let source = numbers.get(known.source.as_str()).map_or("", String::as_str);
            let why = match (&known.list, &known.base_price_id) {
                (Some(prefix), _) => {
                    format!("the region's list of what begins with {prefix} lacks it")
                }
                (_, Some(base)) => format!("it would follow from {base}, which is not offered there"),
                (None, None) => "the source says so".to_owned(),
            };
            return format!(
                "Not offered: {} does not sell it. Known since {}, confirmed on {}: {why} {source}.",
                self.region, known.since, known.seen
            );
        }
        let from = self.from.as_deref().unwrap_or_default();
        let borrowed = self.borrowed_from.as_ref();
        let borrowed = borrowed.map(|region| format!(", borrowed from {region}")).unwrap_or_default();
        let bands = match self.bands.len() {
            0 | 1 => String::new(),
            count => format!("{count} bands, each for what a month uses from its quantity on; "),
        };
        let book = short(&self.book);
        format!("Price of {}{borrowed}: {bands}holds since {from} or earlier; price book {book}.", self.as_of)
    }

    fn band_table(&self, numbers: &BTreeMap<&str, String>) -> Table {
        let row = |band: &BandReport| {
            let source = numbers.get(band.source.as_str()).cloned().unwrap_or_default();
            vec![
                Cell::Number(decimal(&band.from_quantity)),
                Cell::Text(self.unit.to_owned()),
                Cell::Rate(decimal(&band.rate)),
                Cell::Text(band.seen.clone()),
                Cell::Text(source),
                Cell::Text(band.mark.to_owned()),
            ]
        };
        Table::new(
            vec!["from", "unit", "rate for one", "seen", "source", "mark"],
            self.bands.iter().map(row).collect(),
        )
    }

    /// How the price came about, what is free of it, and what Spot saves.
    fn remarks(&self, numbers: &BTreeMap<&str, String>) -> Vec<String> {
        let source = |id: &str| numbers.get(id).cloned().unwrap_or_default();
        let mut remarks = Vec::new();
        for mark in ["single", "derived", "unverified", "own"] {
            if self.bands.iter().any(|band| band.mark == mark) {
                remarks.push(meaning(mark).to_owned());
            }
        }
        if let Some(base) = &self.derived_from {
            let first = base.bands.first();
            let rate = first.map(|band| {
                let mark = marked(band.mark).map(|mark| format!(", {mark}")).unwrap_or_default();
                let rate = Cell::Rate(decimal(&band.rate)).shown();
                format!(" ({rate}, seen {}{mark} {})", band.seen, source(&band.source))
            });
            remarks.push(format!("{} × {}{}.", base.factor, base.price_id, rate.unwrap_or_default()));
        }
        if let Some(spot) = &self.spot {
            remarks.push(format!(
                "Spot saved {} % of the on-demand price and {} of instances were interrupted in a month, as of {} {}.",
                spot.saving_percent,
                spot.interruption,
                spot.seen,
                source(&spot.source)
            ));
        }
        if let Some(free) = &self.allowance {
            let shared = match free.shared_with.as_slice() {
                [] => String::new(),
                others => format!(", shared with {}", others.join(", ")),
            };
            remarks.push(format!(
                "The first {} {} of a month are free for an account{shared}; seen {} {}.",
                number(decimal(&free.quantity), 6),
                free.unit,
                free.seen,
                source(&free.source)
            ));
        }
        remarks
    }

    /// What other regions ask, in a sentence or two.
    fn regions_compared(&self) -> String {
        let all = &self.regions;
        let mut sentences = Vec::new();
        if let ([lowest, ..], [.., highest]) = (all.rates.as_slice(), all.rates.as_slice()) {
            let shown = |rate: &str| Cell::Rate(decimal(rate)).shown();
            let count = counted(all.rates.len(), "region prices", "regions price");
            if lowest.rate == highest.rate {
                sentences.push(format!("{count} it, at {}.", shown(&lowest.rate)));
            } else {
                sentences.push(format!(
                    "{count} it, from {} in {} to {} in {}.",
                    shown(&lowest.rate),
                    self.regions_at(&lowest.rate),
                    shown(&highest.rate),
                    self.regions_at(&highest.rate)
                ));
                sentences.extend(self.above_lowest(decimal(&lowest.rate)));
            }
        } else {
            sentences.push("No region of the book prices it on that day.".to_owned());
        }
        for (count, what) in [(all.not_offered, "not offered in"), (all.unknown, "unknown in")] {
            if count > 0 {
                sentences.push(format!("It is {what} {}.", counted(count, "region", "regions")));
            }
        }
        sentences.join(" ")
    }

    /// The regions with a rate: all of a few, or the first and how many more.
    fn regions_at(&self, rate: &str) -> String {
        let at: Vec<&str> = self
            .regions
            .rates
            .iter()
            .filter(|each| each.rate == rate)
            .map(|each| each.region.as_str())
            .collect();
        match at.as_slice() {
            [] => String::new(),
            few if few.len() <= 3 => few.join(", "),
            [first, rest @ ..] => format!("{first} and {} more", rest.len()),
        }
    }

    /// How much the price of this region is above the lowest one.
    fn above_lowest(&self, lowest: Decimal) -> Option<String> {
        let here = decimal(&self.bands.first()?.rate);
        let above = super::changes::percent(lowest, here)?;
        Some(match above.is_zero() {
            true => "Here it is the lowest.".to_owned(),
            false => format!("Here it is {} % above the lowest.", above.round_dp(1).normalize()),
        })
    }

    /// The versions as a table for programs, newest first, a row for each band; the price of the day where the book
    /// has no versions of it.
    #[must_use]
    pub fn sheet(&self) -> Sheet {
        let columns = vec![
            "price_id",
            "region",
            "unit",
            "from",
            "status",
            "from_quantity",
            "rate_usd",
            "seen",
            "source",
            "mark",
            "borrowed_from",
            "derived_from",
            "factor",
        ];
        let mut rows = Vec::new();
        let mut row = |from: &str,
                       status: &str,
                       [quantity, rate, seen, source, mark]: [&str; 5],
                       now: bool| {
            let base = self.derived_from.as_ref().filter(|_| now);
            let borrowed = self.borrowed_from.as_deref().filter(|_| now);
            let values =
                [&self.price_id, &self.region, self.unit, from, status, quantity, rate, seen, source, mark];
            let mut values: Vec<String> = values.into_iter().map(str::to_owned).collect();
            values.push(borrowed.unwrap_or_default().to_owned());
            values.push(base.map(|base| base.price_id.clone()).unwrap_or_default());
            values.push(base.map(|base| base.factor.clone()).unwrap_or_default());
            rows.push(values);
        };
        let band = |band: &'_ BandReport| -> [String; 5] {
            let mark = band.mark.to_owned();
            [band.from_quantity.clone(), band.rate.clone(), band.seen.clone(), band.source.clone(), mark]
        };
        // A price of the user's own, a derived or a borrowed one is not among the versions.
        let current = self.history.iter().any(|version| version.bands == self.bands);
        if !current {
            for values in self.bands.iter().map(band) {
                row(
                    self.from.as_deref().unwrap_or_default(),
                    "priced",
                    values.each_ref().map(|v| &**v),
                    true,
                );
            }
        }
        for version in &self.history {
            if version.bands.is_empty() {
                row(&version.from, version.status, ["", "", &version.seen, &version.source, ""], false);
            }
            for values in version.bands.iter().map(band) {
                row(&version.from, version.status, values.each_ref().map(|v| &**v), false);
            }
        }
        if let (Some(known), true) = (&self.not_offered, self.history.is_empty()) {
            row(&known.since, self.status, ["", "", &known.seen, &known.source, ""], true);
        }
        Sheet { columns, rows }
    }
}

/// What a mark means, in a sentence.
fn meaning(mark: &str) -> &'static str {
    match mark {
        "single" => "single: one source only.",
        "derived" => "derived: inferred from other prices or facts by a rule that the source states.",
        "unverified" => "unverified: no dated source confirms it; not to be taken as a fact.",
        _ => "own: a price of your own sheet, before the book's.",
    }
}

fn history_table(history: &[VersionReport], numbers: &BTreeMap<&str, String>) -> Table {
    let rates = |version: &VersionReport| match version.bands.as_slice() {
        [] => version.status.to_owned(),
        bands => {
            let band = |band: &BandReport| {
                let from = decimal(&band.from_quantity);
                let start =
                    if from.is_zero() { String::new() } else { format!("from {}: ", number(from, 6)) };
                format!("{start}{}", Cell::Rate(decimal(&band.rate)).shown())
            };
            bands.iter().map(band).collect::<Vec<_>>().join("; ")
        }
    };
    let row = |version: &VersionReport| {
        let mark = version.bands.first().and_then(|band| marked(band.mark)).unwrap_or_default();
        vec![
            Cell::Text(version.from.clone()),
            Cell::Text(version.seen.clone()),
            Cell::Text(rates(version)),
            Cell::Text(numbers.get(version.source.as_str()).cloned().unwrap_or_default()),
            Cell::Text(mark.to_owned()),
        ]
    };
    Table::new(vec!["from", "seen", "rates", "source", "mark"], history.iter().map(row).collect())
}
