//! A measured inventory: what each container of an application was seen to use, read from CSV.

use std::collections::BTreeMap;
use std::ops::Range;

use rust_decimal::Decimal;

use super::columns::{Column, Header};
use super::row::Row;
use super::values::{self, Refused};
use crate::data::line::lines;
use crate::measure::Size;
use crate::problem::Problem;

/// A container as it was measured.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Container {
    /// Its name.
    pub name: String,
    /// Copies of it that run; 1 unless stated.
    pub replicas: u32,
    /// CPU in percent of one vCPU, as `docker stats` shows it: 150 is one and a half vCPU.
    pub cpu_percent: Decimal,
    /// The same at its peak.
    pub peak_cpu_percent: Option<Decimal>,
    /// Memory.
    pub memory: Size,
    /// The same at its peak.
    pub peak_memory: Option<Size>,
    /// Memory that must be reserved, whatever was measured.
    pub reserved_memory: Option<Size>,
    /// Size of its image.
    pub image_size: Option<Size>,
}

/// The containers of an application, in the order of the file.
///
/// ```
/// use weigh_core::rightsize::Inventory;
/// let text = "NAME,CPU %,MEM USAGE / LIMIT\nrabbitmq,0.53%,141.8MiB / 7.6GiB\n";
/// let inventory = Inventory::parse(text).unwrap();
/// assert_eq!(inventory.containers()[0].memory, "141.8 MiB".parse().unwrap());
/// let problems = Inventory::parse("name,cpu,memori\na,5 %,1 GiB\n").unwrap_err();
/// assert_eq!(problems[0].suggestion.as_deref(), Some("memory"));
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Inventory {
    containers: Vec<Container>,
}

impl Inventory {
    /// Reads CSV with a header: `name`, `cpu` and `memory`, and where they are known `image_size`, `replicas`, `peak_cpu`,
    /// `peak_memory` and `reserved_memory`, in any order. The headings of `docker stats` are known too.
    ///
    /// Commas, semicolons or tabs part the values; empty lines and lines that begin with `#` are left out.
    ///
    /// # Errors
    /// All that is wrong in the text, in its order.
    pub fn parse(text: &str) -> Result<Inventory, Vec<Problem>> {
        let mut lines = lines(text);
        let Some((start, line)) = lines.next() else {
            let empty = Problem::at(0..0, "the inventory is empty");
            return Err(vec![empty.allowing(format!("a header and a row for each container: {EXAMPLE}"))]);
        };
        let mut problems = Vec::new();
        let Some(header) = Header::read(start, line, &mut problems) else { return Err(problems) };
        let mut containers = Vec::new();
        let mut names: BTreeMap<String, Range<usize>> = BTreeMap::new();
        let mut rows = 0_usize;
        for (start, line) in lines {
            rows += 1;
            let Some(row) = Row::read(start, line, &header, &mut problems) else { continue };
            let read = container(&row, &header, &mut problems);
            if let Some((name, span)) = row.name() {
                match names.get(&name) {
                    Some(first) => problems.push(
                        Problem::at(span, format!("container `{name}` stands twice"))
                            .beside(first.clone(), "first here")
                            .allowing("each name once; `replicas` counts the copies of a container"),
                    ),
                    None => drop(names.insert(name, span)),
                }
            }
            containers.extend(read);
        }
        if rows == 0 && problems.is_empty() {
            let alone =
                Problem::at(start..start + line.len(), "the inventory has a header, and no container");
            problems.push(alone.allowing("a row for each container below it"));
        }
        problems.sort_by_key(|problem| problem.span.start);
        if problems.is_empty() { Ok(Inventory { containers }) } else { Err(problems) }
    }

    /// The containers, at least one.
    #[must_use]
    pub fn containers(&self) -> &[Container] {
        &self.containers
    }
}

/// The smallest inventory.
const EXAMPLE: &str = "name,cpu,memory and below it api,12.5 %,340 MiB";

/// A row as a container; nothing when something in it is wrong.
fn container(row: &Row<'_>, header: &Header, problems: &mut Vec<Problem>) -> Option<Container> {
    let percent_in_heading = |column| header.says_percent(column);
    let mut required = |column: Column| {
        if header.has(column) { row.required(column, problems) } else { None }
    };
    let (name, cpu, memory) = (required(Column::Name), required(Column::Cpu), required(Column::Memory));
    let name = name.and_then(|cell| keep(values::name(cell.0), cell.1, problems));
    let cpu =
        cpu.and_then(|cell| keep(values::percent(cell.0, percent_in_heading(Column::Cpu)), cell.1, problems));
    let memory = memory.and_then(|cell| keep(values::usage(cell.0), cell.1, problems));
    // A value that is stated and wrong is `None` of the outer option; one that is left out is `Some(None)`.
    let mut optional = |column: Column, read: &dyn Fn(&str) -> Result<Size, Refused>| match row.stated(column)
    {
        None => Some(None),
        Some(cell) => keep(read(cell.0), cell.1, problems).map(Some),
    };
    let peak_memory = optional(Column::PeakMemory, &values::usage);
    let reserved_memory = optional(Column::ReservedMemory, &values::size);
    let image_size = optional(Column::ImageSize, &values::size);
    let peak_cpu_percent = match row.stated(Column::PeakCpu) {
        None => Some(None),
        Some(cell) => {
            let read = values::percent(cell.0, percent_in_heading(Column::PeakCpu));
            keep(read, cell.1, problems).map(Some)
        }
    };
    let replicas = match row.stated(Column::Replicas) {
        None => Some(1),
        Some(cell) => keep(values::replicas(cell.0), cell.1, problems),
    };
    let container = Container {
        name: name?,
        replicas: replicas?,
        cpu_percent: cpu?,
        peak_cpu_percent: peak_cpu_percent?,
        memory: memory?,
        peak_memory: peak_memory?,
        reserved_memory: reserved_memory?,
        image_size: image_size?,
    };
    peaks(&container, row, problems)?;
    Some(container)
}

/// A peak is no less than what was measured at another time; nothing when one is.
fn peaks(container: &Container, row: &Row<'_>, problems: &mut Vec<Problem>) -> Option<()> {
    let mut below = |is: bool, column: Column, of: Column| {
        if let (true, Some((text, span))) = (is, row.stated(column)) {
            let usual = row.stated(of).map(|cell| cell.0).unwrap_or_default();
            let message = format!("the peak `{text}` is less than `{usual}`, which was measured");
            let allowed = format!("a `{}` of at least `{}`", column.name(), of.name());
            problems.push(Problem::at(span, message).allowing(allowed));
        }
        is
    };
    let cpu = container.peak_cpu_percent.is_some_and(|peak| peak < container.cpu_percent);
    let memory = container.peak_memory.is_some_and(|peak| peak < container.memory);
    let wrong = [below(cpu, Column::PeakCpu, Column::Cpu), below(memory, Column::PeakMemory, Column::Memory)];
    (!wrong.contains(&true)).then_some(())
}

/// The value, or nothing where it is refused, which becomes a problem at its place.
fn keep<T>(read: Result<T, Refused>, span: Range<usize>, problems: &mut Vec<Problem>) -> Option<T> {
    match read {
        Ok(value) => Some(value),
        Err(Refused { message, allowed, meant }) => {
            problems.push(Problem::at(span, message).allowing(allowed).suggesting(meant));
            None
        }
    }
}

#[cfg(test)]
mod tests;
