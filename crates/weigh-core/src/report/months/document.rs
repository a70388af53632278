//! Two months side by side, for readers.

use rust_decimal::Decimal;

use super::{
    MonthAmountReport, MonthChargeReport, MonthComparisonReport, MonthEndReport, MonthGroupReport,
    MonthRangesReport,
};
use crate::money::{dollars, number};
use crate::report::{
    Block, Cell, Document, Entry, GroupBy, Ledger, NeedReport, PriceAgeReport, Table, decimal,
};

impl MonthComparisonReport {
    /// The two months as a document for readers.
    #[must_use]
    pub fn document(&self) -> Document {
        let (scenario, calendar) = (&self.scenario, &self.calendar.month);
        let mut opening: Vec<String> = self.size.iter().cloned().collect();
        opening.extend([self.platform.to_owned(), scenario.region.clone()]);
        opening.push(format!("prices of {}", scenario.as_of));
        let mut blocks = vec![
            Block::Title(format!("{}: {} in {calendar} and in 730 h", scenario.name, self.option)),
            Block::Paragraph(opening.join(" · ")),
        ];
        if !self.failed_needs.is_empty() {
            let failed = self.failed_needs.iter().map(NeedReport::sentence);
            blocks.extend([Block::Heading("Rejected".to_owned()), Block::List(failed.collect())]);
        }
        let Some((average, month)) = self.costs() else {
            let missing: Vec<String> = self.missing_prices.iter().map(|each| each.message.clone()).collect();
            if !missing.is_empty() {
                blocks.extend([Block::Heading("Cannot be priced".to_owned()), Block::List(missing)]);
            }
            blocks
                .push(Block::Paragraph("There is no bill, and so no difference between months.".to_owned()));
            return Document { blocks };
        };
        blocks.push(Block::Table(self.months_table(average, month)));
        blocks.push(Block::Paragraph(self.which_figure(average, month)));
        blocks.push(Block::List(self.findings.clone()));
        let heading = if average == month { "Why they agree" } else { "Why they differ" };
        blocks.extend([Block::Heading(heading.to_owned()), Block::Table(self.reasons_table())]);
        let meanings = self.reasons.iter().map(|each| format!("{}: {}", each.title, each.meaning));
        blocks.push(Block::List(meanings.collect()));
        self.add_charges(&mut blocks);
        if let Some(ranges) = &self.ranges {
            blocks.extend([Block::Heading("Ranges".to_owned()), Block::Table(ranges.table(calendar))]);
            let together = "All ranges are at their low ends together, or at their high ones; each end has the deployment that suits it.";
            blocks.push(Block::Paragraph(together.to_owned()));
        }
        let age = self.prices.as_ref().map(PriceAgeReport::sentence).unwrap_or_default();
        blocks.push(Block::Paragraph(format!("{} {age}", self.book.sentence())));
        Document { blocks }
    }

    /// Both totals; nothing where there is no bill.
    fn costs(&self) -> Option<(Decimal, Decimal)> {
        let known = |cost: &Option<String>| cost.as_deref().map(decimal);
        known(&self.average.monthly_cost).zip(known(&self.calendar.monthly_cost))
    }

    fn months_table(&self, average: Decimal, month: Decimal) -> Table {
        let currency = self.scenario.currency.as_ref();
        let row = |name: &str, hours: i64, requests: Decimal, cost: Cell, usd: Decimal| {
            let sign = if usd.is_sign_negative() { "-" } else { "" };
            let own =
                currency.map(|currency| Cell::Converted(format!("{sign}{}", currency.shown(usd.abs()))));
            let cells = [
                Cell::Text(name.to_owned()),
                Cell::Number(hours.into()),
                Cell::Number(requests.round_dp(2)),
                cost,
            ];
            cells.into_iter().chain(own).collect::<Vec<Cell>>()
        };
        let sides = [&self.average, &self.calendar];
        let [before, after] = sides.map(|side| i64::from(side.hours));
        let [asked, asked_there] = sides.map(|side| decimal(&side.requests));
        let mut columns = vec!["month", "hours", "requests", "cost"];
        columns.extend(currency.map(|_| "in currency"));
        let rows = vec![
            row(&self.average.month, before, asked, Cell::Dollars(average), average),
            row(&self.calendar.month, after, asked_there, Cell::Dollars(month), month),
            row(
                "difference",
                after - before,
                asked_there - asked,
                Cell::Dollars(month - average),
                month - average,
            ),
        ];
        Table::new(columns, rows)
    }

    /// Which figure is that of the month, and which one to compare with.
    fn which_figure(&self, average: Decimal, month: Decimal) -> String {
        let (name, hours) = (&self.calendar.month, self.calendar.hours);
        let origin = self
            .scenario
            .currency
            .as_ref()
            .map(|currency| format!(" Amounts are converted {}.", currency.origin()));
        format!(
            "At the prices of {}, {name} comes to {}{}: AWS bills the hours of the calendar month in UTC, {hours} of them. The figure to compare with is {}, of 730 hours (8,760 hours of a year / 12): AWS's price pages and calculator count so, no month is dearer than another for its length, and 12 of them are a year.{}",
            self.scenario.as_of,
            dollars(month),
            against(average, month),
            dollars(average),
            origin.unwrap_or_default()
        )
    }

    fn reasons_table(&self) -> Table {
        let mut rows: Vec<Vec<Cell>> = Vec::with_capacity(self.reasons.len() + 1);
        for each in &self.reasons {
            let count = Decimal::from(each.charges);
            rows.push(vec![
                Cell::Text(each.title.to_owned()),
                Cell::Number(count),
                Cell::Change(decimal(&each.difference)),
            ]);
        }
        let total = self.difference.as_deref().map(decimal).unwrap_or_default();
        rows.push(vec![Cell::Text("Total".to_owned()), Cell::Absent(""), Cell::Change(total)]);
        Table::new(vec!["reason", "charges", "difference"], rows)
    }

    fn add_charges(&self, blocks: &mut Vec<Block>) {
        let names = [self.average.month.as_str(), self.calendar.month.as_str()];
        let entries: Vec<Entry> = self.charges.iter().map(|charge| charge.entry(names)).collect();
        let rows: Vec<Vec<Cell>> = self.charges.iter().map(MonthChargeReport::row).collect();
        let columns = vec![
            "charge".to_owned(),
            "unit".to_owned(),
            format!("quantity, {}", names[0]),
            format!("quantity, {}", names[1]),
            format!("cost, {}", names[0]),
            format!("cost, {}", names[1]),
            "difference".to_owned(),
            "why".to_owned(),
        ];
        let sum = |title: &str, costs: [&str; 2], difference: &str| {
            let [average, month] = costs.map(|cost| Cell::Sum(decimal(cost)));
            let change = Cell::Change(decimal(difference));
            let lines = vec![format!("{}: {}, {}: {}", names[0], average.shown(), names[1], month.shown())];
            let entry = Entry { title: title.to_owned(), amount: change.clone(), lines };
            let empty = || Cell::Absent("");
            let row = vec![
                Cell::Text(title.to_owned()),
                empty(),
                empty(),
                empty(),
                average,
                month,
                change,
                empty(),
            ];
            (entry, row)
        };
        let cost = |cost: &Option<String>| cost.clone().unwrap_or_default();
        let (average, month) = (cost(&self.average.monthly_cost), cost(&self.calendar.monthly_cost));
        let total = sum("Total", [&average, &month], &cost(&self.difference));
        let ledger = |entries: Vec<Entry>, rows: Vec<Vec<Cell>>| {
            Block::Ledger(Ledger { entries, table: Table::new(columns.clone(), rows) })
        };
        let Some(by) = self.grouped_by.and_then(|word| word.parse::<GroupBy>().ok()) else {
            let entries = entries.into_iter().chain([total.0]).collect();
            let rows = rows.into_iter().chain([total.1]).collect();
            blocks.extend([Block::Heading("Charges".to_owned()), ledger(entries, rows)]);
            return;
        };
        for group in &self.groups {
            let last = sum("Subtotal", [&group.average_cost, &group.calendar_cost], &group.difference);
            let own = group.charges.iter().filter_map(|place| entries.get(*place).cloned());
            let own_rows = group.charges.iter().filter_map(|place| rows.get(*place).cloned());
            blocks.push(Block::Heading(by.heading(&group.name)));
            blocks.push(ledger(own.chain([last.0]).collect(), own_rows.chain([last.1]).collect()));
        }
        blocks.push(Block::Heading(format!("Total by {}", by.word())));
        blocks.push(Block::Table(self.groups_table(by, names)));
    }

    fn groups_table(&self, by: GroupBy, names: [&str; 2]) -> Table {
        let row = |name: &str, average: &str, month: &str, difference: &str| {
            let [average, month] = [average, month].map(|cost| Cell::Sum(decimal(cost)));
            vec![Cell::Text(name.to_owned()), average, month, Cell::Change(decimal(difference))]
        };
        let of = |group: &MonthGroupReport| {
            row(&group.name, &group.average_cost, &group.calendar_cost, &group.difference)
        };
        let mut rows: Vec<Vec<Cell>> = self.groups.iter().map(of).collect();
        let cost = |cost: &Option<String>| cost.clone().unwrap_or_default();
        let costs = [&self.average.monthly_cost, &self.calendar.monthly_cost, &self.difference].map(cost);
        rows.push(row("Total", &costs[0], &costs[1], &costs[2]));
        let columns = [by.word(), names[0], names[1], "difference"].map(str::to_owned);
        Table::new(columns.to_vec(), rows)
    }
}

/// ` (-7.7 % against 730 h)`; nothing where both are alike.
fn against(average: Decimal, month: Decimal) -> String {
    let share = (month - average).checked_div(average).filter(|share| !share.is_zero());
    let percent = share.map(|share| Cell::Percent(share * Decimal::ONE_HUNDRED).shown());
    percent.map(|percent| format!(" ({percent} against 730 h)")).unwrap_or_default()
}

impl MonthChargeReport {
    fn title(&self) -> String {
        let part = if self.part.is_empty() { String::new() } else { format!(" ({})", self.part) };
        format!("{}{part}", self.description)
    }

    /// The charge to read: its amounts in both months, and why they differ.
    fn entry(&self, names: [&str; 2]) -> Entry {
        let line = |name: &str, amount: &Option<MonthAmountReport>| match amount {
            Some(amount) => format!("{name}: {}", amount.reckoning(self.unit)),
            None => format!("{name}: not charged"),
        };
        let mut lines = match self.average == self.calendar {
            true => vec![line(&format!("{} and {}", names[0], names[1]), &self.average)],
            false => vec![line(names[0], &self.average), line(names[1], &self.calendar)],
        };
        let several = self.reasons.len() > 1;
        lines.extend(self.reasons.iter().map(|each| match several {
            true => format!("{} ({})", each.because, Cell::Change(decimal(&each.difference)).shown()),
            false => each.because.clone(),
        }));
        Entry { title: self.title(), amount: Cell::Change(decimal(&self.difference)), lines }
    }

    /// The charge as a row of a table to read.
    fn row(&self) -> Vec<Cell> {
        let sides = [&self.average, &self.calendar].map(Option::as_ref);
        let [quantity, quantity_there] = sides
            .map(|side| side.map_or(Cell::Absent("none"), |amount| Cell::Number(decimal(&amount.quantity))));
        let [cost, cost_there] = sides.map(|side| {
            side.map_or(Cell::Absent("none"), |amount| Cell::ExactDollars(decimal(&amount.cost)))
        });
        let why: Vec<&str> = self.reasons.iter().map(|each| each.because.as_str()).collect();
        vec![
            Cell::Text(self.title()),
            Cell::Text(self.unit.to_owned()),
            quantity,
            quantity_there,
            cost,
            cost_there,
            Cell::Change(decimal(&self.difference)),
            Cell::Text(why.join("; ")),
        ]
    }
}

impl MonthAmountReport {
    /// `2 tasks × 0.25 vCPU × 672 hours = 336 vCPU-Hours × $0.04048 = $13.60128`.
    fn reckoning(&self, unit: &str) -> String {
        let shown = |text: &str| number(decimal(text), 6);
        let product = format!("{} {unit}", shown(&self.metered));
        let metered = match self.formula.eq_ignore_ascii_case(&product) {
            true => product,
            false => format!("{} = {product}", self.formula),
        };
        let part = match self.metered == self.quantity {
            true => String::new(),
            false => format!(", of which {} {unit}", shown(&self.quantity)),
        };
        let rate = Cell::Rate(decimal(&self.rate)).shown();
        format!("{metered}{part} × {rate} = {}", Cell::ExactDollars(decimal(&self.cost)).shown())
    }
}

impl MonthRangesReport {
    fn table(&self, calendar: &str) -> Table {
        let cell = |amount: &Option<String>| match amount {
            Some(amount) => Cell::Dollars(decimal(amount)),
            None => Cell::Absent("unknown"),
        };
        let row = |name: &str, end: &MonthEndReport| {
            let size = end.size.clone().map_or(Cell::Absent("none"), Cell::Text);
            let change = end.difference.as_deref().map(decimal);
            let change = change.map_or(Cell::Absent("unknown"), Cell::Change);
            vec![Cell::Text(name.to_owned()), size, cell(&end.average_cost), cell(&end.calendar_cost), change]
        };
        let columns = ["ranges at", "size", "730 h", calendar, "difference"].map(str::to_owned);
        Table::new(columns.to_vec(), vec![row("low ends", &self.low), row("high ends", &self.high)])
    }
}
