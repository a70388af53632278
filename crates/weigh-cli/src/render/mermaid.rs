//! A diagram as a Mermaid flowchart, in which a name stays the text of its node, whatever it holds.
//!
//! Written by what Mermaid 11 reads (its flowchart syntax, mermaid.js.org, read in November 2026). Text stands in quotes, and
//! every character that Mermaid, Markdown or HTML could take for its own is an entity code, `#` with its number and `;`.

use std::fmt::Write;

use weigh_core::report::{DiagramEdge, DiagramGroup, DiagramNode, DiagramReport, EdgeKind, NodeKind};

use crate::args::Direction;

/// Characters of a name that are shown; Mermaid draws no diagram of more than 50,000 in all.
const LONGEST: usize = 200;
/// Edges that Mermaid draws unless its page is set up for more (`maxEdges`).
const MOST_EDGES: usize = 500;

/// A diagram as the text of a `.mmd` file.
pub(crate) fn mermaid(report: &DiagramReport, direction: Direction) -> String {
    let mut text =
        format!("---\ntitle: \"{}\"\n---\nflowchart {}\n", in_yaml(&report.title), word(direction));
    for remark in &report.remarks {
        line(&mut text, 0, &format!("%% {}", in_comment(remark)));
    }
    if report.edges.len() > MOST_EDGES {
        let left_out =
            format!("%% {MOST_EDGES} of {} edges are drawn: Mermaid draws no more.", report.edges.len());
        line(&mut text, 0, &left_out);
    }
    within(&mut text, report, None, 1);
    for edge in report.edges.iter().take(MOST_EDGES) {
        line(&mut text, 1, &arrow(edge));
    }
    classes(&mut text, &report.nodes);
    text
}

/// A diagram as a fenced block of Markdown.
pub(crate) fn mermaid_in_markdown(report: &DiagramReport, direction: Direction) -> String {
    format!("```mermaid\n{}```\n", mermaid(report, direction))
}

fn word(direction: Direction) -> &'static str {
    match direction {
        Direction::Lr => "LR",
        Direction::Tb => "TB",
        Direction::Rl => "RL",
        Direction::Bt => "BT",
    }
}

fn line(text: &mut String, depth: usize, content: &str) {
    // Writing to a string can't fail.
    let _ = writeln!(text, "{:1$}{content}", "", depth * 2);
}

/// Nodes and groups that stand in a group, or in none.
fn within(text: &mut String, report: &DiagramReport, group: Option<&str>, depth: usize) {
    for own in report.nodes.iter().filter(|node| node.group.as_deref() == group) {
        line(text, depth, &node(own));
    }
    for own in report.groups.iter().filter(|inner| inner.group.as_deref() == group) {
        let DiagramGroup { id, title, .. } = own;
        line(text, depth, &format!("subgraph {id}[\"{}\"]", in_label(title)));
        within(text, report, Some(id), depth + 1);
        line(text, depth, "end");
    }
}

/// A node in the shape of its kind: its title, what is said of it, its cost, and what must be known of its prices.
fn node(node: &DiagramNode) -> String {
    let mut lines: Vec<String> = vec![in_label(&node.title)];
    lines.extend(node.details.iter().map(|detail| in_label(detail)));
    if !node.cost.is_empty() {
        lines.push(in_label(&node.cost));
    }
    if !node.marks.is_empty() {
        lines.push(in_label(&format!("prices {}", node.marks.join(", "))));
    }
    let (open, close) = match node.kind {
        NodeKind::Users => ("((", "))"),
        NodeKind::Entry | NodeKind::Network => ("{{", "}}"),
        NodeKind::Compute | NodeKind::Replicas | NodeKind::Other => ("[", "]"),
        NodeKind::Store => ("[(", ")]"),
        NodeKind::Messaging | NodeKind::Outside => ("([", "])"),
        NodeKind::Monitoring | NodeKind::Support | NodeKind::Commitment => ("[[", "]]"),
    };
    format!("{}{open}\"{}\"{close}", node.id, lines.join("<br/>"))
}

fn arrow(edge: &DiagramEdge) -> String {
    let arrow = match edge.kind {
        EdgeKind::Request => "-->",
        EdgeKind::Use => "-.->",
        EdgeKind::Stand => "---",
    };
    format!("{} {arrow} {}", edge.from, edge.to)
}

/// Dashed frames for what is not in the bill, bold ones for prices with a mark.
fn classes(text: &mut String, nodes: &[DiagramNode]) {
    use weigh_core::report::Billing;
    let ids = |wanted: &dyn Fn(&DiagramNode) -> bool| {
        let own = nodes.iter().filter(|node| wanted(node)).map(|node| node.id.as_str());
        own.collect::<Vec<_>>().join(",")
    };
    let unbilled = ids(&|node| matches!(node.billing, Billing::Off | Billing::Unpriced));
    let marked = ids(&|node| !node.marks.is_empty());
    for (name, style, ids) in
        [("unbilled", "stroke-dasharray: 5 5", unbilled), ("marked", "stroke-width: 3px", marked)]
    {
        if !ids.is_empty() {
            line(text, 1, &format!("classDef {name} {style}"));
            line(text, 1, &format!("class {ids} {name}"));
        }
    }
}

/// A text as one line: line breaks, control characters and runs of spaces become a space.
fn one_line(text: &str) -> String {
    let parts = text.split(|character: char| character.is_whitespace() || character.is_control());
    parts.filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" ")
}

/// One line, no longer than a label should be; of what has nothing to show, a mark of it, as Mermaid takes no empty label.
fn shortened(text: &str) -> String {
    let line = one_line(text);
    match line.chars().count() {
        0 => "…".to_owned(),
        1..=LONGEST => line,
        _ => line.chars().take(LONGEST - 1).chain(['…']).collect(),
    }
}

/// A text as a line of a label: letters and digits of any script stay, and so does what means nothing to Mermaid, Markdown
/// and HTML where it stands; all else is an entity code.
fn in_label(text: &str) -> String {
    let mut written = String::new();
    let text = shortened(text);
    let mut before = ' ';
    let mut characters = text.chars().peekable();
    while let Some(character) = characters.next() {
        let next = characters.peek().copied().unwrap_or(' ');
        let plain = match character {
            // Mermaid takes a line for an order of its own where `direction LR` stands in it, in quotes or not.
            ' ' => !written.ends_with("direction"),
            ',' | '/' | '(' | '×' | '·' | '…' => true,
            // `$$` begins a formula.
            '$' => next.is_ascii_digit(),
            // `1. `, `1) ` and `- ` begin a list, `www.` a link.
            '.' => {
                let link = written.to_lowercase().ends_with("www");
                before.is_alphanumeric() && next.is_alphanumeric() && !link
            }
            ')' => !before.is_ascii_digit(),
            '-' => before.is_alphanumeric(),
            _ => character.is_alphanumeric(),
        };
        match plain {
            true => written.push(character),
            // Writing to a string can't fail.
            false => drop(write!(written, "#{};", u32::from(character))),
        }
        before = character;
    }
    written
}

/// A text within double quotes of YAML; `<` is a code, since Mermaid changes the quotes of what looks like a tag first of all.
fn in_yaml(text: &str) -> String {
    let mut written = String::new();
    for character in one_line(text).chars() {
        let printable = matches!(character, ' '..=';' | '='..='~') || character.is_alphanumeric();
        match character {
            '"' | '\\' => written.extend(['\\', character]),
            _ if printable => written.push(character),
            _ => drop(write!(written, "\\U{:08X}", u32::from(character))),
        }
    }
    written
}

/// A text as a comment, in which nothing looks like a directive, or like a tag whose quotes Mermaid would change.
fn in_comment(text: &str) -> String {
    let harmless = |character| match character {
        '{' => '(',
        '}' => ')',
        '<' => '‹',
        other => other,
    };
    one_line(text).chars().map(harmless).collect()
}

#[cfg(test)]
mod tests;
