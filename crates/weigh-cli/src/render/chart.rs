//! Charts in plain characters: bars of eighths, a line over them, and an axis with labels.

use weigh_core::report::{Chart, Panel, Series};

use super::text::filled;

/// The width of a chart where there is no terminal.
pub(super) const WIDTH: usize = 80;

/// Bars of one to eight eighths of a line of text.
const EIGHTHS: [char; 8] = ['▁', '▂', '▃', '▄', '▅', '▆', '▇', '█'];
const LINE: char = '─';
/// Columns beside the axis, which hold the values at its ends.
const MARGIN: usize = 7;
/// A column is no wider than this.
const WIDEST: usize = 2;

/// The chart, no wider than `width`: where columns don't fit, neighbours share one, which shows the highest.
pub(super) fn render(chart: &Chart, width: usize) -> String {
    let count = chart.panels.iter().map(|panel| panel.bars.values.len()).max().unwrap_or(0);
    let room = width.saturating_sub(MARGIN + 1).max(8);
    let share = count.div_ceil(room).max(1);
    let columns = count.div_ceil(share);
    let wide = (room / columns.max(1)).clamp(1, WIDEST);
    let mut out = String::new();
    for panel in &chart.panels {
        for text in legend(panel) {
            out.push_str(&filled(&text, width, "", "  "));
            out.push('\n');
        }
        for line in bars(panel, share, wide) {
            out.push_str(line.trim_end());
            out.push('\n');
        }
    }
    let labels = labels(chart, columns, share, wide);
    out.push_str(&format!("{:MARGIN$}└{}\n", "", "─".repeat(columns * wide)));
    out.push_str(&format!("{:MARGIN$} {}\n", "", labels.trim_end()));
    let indent = " ".repeat((MARGIN + 1).min(width / 3));
    out.push_str(&filled(chart.axis, width, &indent, &indent));
    out.push('\n');
    out
}

/// What the bars are, and what the line is.
fn legend(panel: &Panel) -> Vec<String> {
    match &panel.line {
        None => vec![panel.bars.legend.clone()],
        Some(line) => vec![format!("█ {}", panel.bars.legend), format!("{LINE} {}", line.legend)],
    }
}

/// Neighbours taken together: the highest of each.
fn shared(series: &Series, share: usize) -> Vec<f64> {
    series.values.chunks(share).map(|values| values.iter().copied().fold(0.0, f64::max)).collect()
}

/// The lines of a panel, the top one first.
fn bars(panel: &Panel, share: usize, wide: usize) -> Vec<String> {
    let bars = shared(&panel.bars, share);
    let line = panel.line.as_ref().map(|line| shared(line, share)).unwrap_or_default();
    let lines = (0..panel.height).rev().map(|row| {
        let label = match row + 1 == panel.height && panel.height > 1 {
            true => short(panel.top),
            false if row == 0 && panel.height > 1 => "0".to_owned(),
            false => String::new(),
        };
        let mut text = format!("{label:>width$} │", width = MARGIN - 1);
        for (column, value) in bars.iter().enumerate() {
            let bar = cell(eighths(*value, panel), row);
            let on_line = line.get(column).is_some_and(|value| is_here(*value, panel, row));
            let shown = match bar {
                ' ' | '█' if on_line => LINE,
                other => other,
            };
            text.extend(std::iter::repeat_n(shown, wide));
        }
        text
    });
    lines.collect()
}

/// A value in eighths of a line; what is more than 0 is seen.
fn eighths(value: f64, panel: &Panel) -> usize {
    let most = panel.height * 8;
    #[allow(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        clippy::cast_precision_loss,
        reason = "few"
    )]
    let eighths = (value / panel.top * most as f64).round() as usize;
    eighths.clamp(usize::from(value > 0.0), most)
}

/// What a bar of so many eighths shows in a row, from the bottom.
fn cell(eighths: usize, row: usize) -> char {
    match eighths.saturating_sub(row * 8) {
        0 => ' ',
        part => EIGHTHS[part.min(8) - 1],
    }
}

/// Whether a line at this value runs through the row; a line above the panel runs nowhere.
fn is_here(value: f64, panel: &Panel, row: usize) -> bool {
    #[allow(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        clippy::cast_precision_loss,
        reason = "few"
    )]
    let at = (value / panel.top * panel.height as f64 - 1e-9).max(0.0) as usize;
    value <= panel.top * (1.0 + 1e-9) && at == row
}

/// The numbers below the axis, as many as have room.
fn labels(chart: &Chart, columns: usize, share: usize, wide: usize) -> String {
    let mut text = String::new();
    for column in 0..columns {
        let (from, at) = (column * share, column * wide);
        let tick = from.div_ceil(chart.every) * chart.every;
        let label = (chart.first as usize + tick).to_string();
        let is_free = text.is_empty() || text.chars().count() < at;
        if tick < from + share && is_free && at + label.len() <= columns * wide {
            text.push_str(&" ".repeat(at - text.chars().count()));
            text.push_str(&label);
        }
    }
    text
}

/// A value at the end of an axis in at most six characters.
fn short(value: f64) -> String {
    match value {
        value if value >= 1e6 => format!("{:.1}M", value / 1e6),
        value if value >= 1e4 => format!("{:.0}k", value / 1e3),
        value if value >= 100.0 => format!("{value:.0}"),
        value if value >= 0.1 => format!("{value:.2}"),
        value => format!("{value:.0e}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn chart(count: usize) -> Chart {
        let wave = |column: usize| 10.0 + if (9..17).contains(&(column % 24)) { 30.0 } else { 0.0 };
        let bars =
            Series { legend: "requests/s, 10 to 40".to_owned(), values: (0..count).map(wave).collect() };
        let line = Series {
            legend: "capacity/s, 20 to 60".to_owned(),
            values: (0..count)
                .map(|column| if (10..18).contains(&(column % 24)) { 60.0 } else { 20.0 })
                .collect(),
        };
        let flat = Series {
            legend: "tasks, 2 to 6".to_owned(),
            values: line.values.iter().map(|value| value / 10.0).collect(),
        };
        Chart {
            axis: "hour of the mean day, UTC",
            first: 0,
            every: 6,
            panels: vec![
                Panel { bars, line: Some(line), top: 60.0, height: 6 },
                Panel { bars: flat, line: None, top: 6.0, height: 1 },
            ],
        }
    }

    #[test]
    fn a_pipe_has_two_columns_for_each_hour() {
        insta::assert_snapshot!(render(&chart(24), WIDTH));
    }

    #[test]
    fn a_narrow_terminal_has_one_column_for_each_hour_and_no_line_is_wider() {
        let shown = render(&chart(24), 40);
        assert!(shown.lines().all(|line| line.chars().count() <= 40), "{shown}");
        insta::assert_snapshot!(shown);
    }

    #[test]
    fn where_columns_do_not_fit_neighbours_share_one() {
        let shown = render(&chart(31), 24);
        assert!(shown.lines().all(|line| line.chars().count() <= 24), "{shown}");
        insta::assert_snapshot!(shown);
    }

    #[test]
    fn nothing_and_little_are_told_apart() {
        let panel = |values: Vec<f64>| Panel {
            bars: Series { legend: "requests/s".to_owned(), values },
            line: None,
            top: 1.0,
            height: 1,
        };
        assert_eq!(bars(&panel(vec![0.0, 1e-9, 0.5, 1.0, 9.0]), 1, 1), ["       │ ▁▄██"]);
        assert_eq!(
            [0.000_02, 0.5, 123.4, 45_678.0, 1.25e6].map(short),
            ["2e-5", "0.50", "123", "46k", "1.2M"]
        );
    }
}
