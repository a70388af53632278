//! Whatever a scenario calls its things, Mermaid reads the diagram, and reads the names in it.

#[path = "../../../tests/support/mermaid.rs"]
mod reader;

use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::select;
use reader::Mermaid;
use serde_json::Value;
use weigh_core::report::{
    Billing, BookReport, DiagramEdge, DiagramGroup, DiagramNode, DiagramReport, EdgeKind, NodeKind,
    ScenarioReport,
};

use super::{LONGEST, MOST_EDGES, in_label, mermaid, mermaid_in_markdown, one_line, shortened};
use crate::args::Direction;

const KINDS: [NodeKind; 12] = [
    NodeKind::Users,
    NodeKind::Entry,
    NodeKind::Compute,
    NodeKind::Replicas,
    NodeKind::Store,
    NodeKind::Messaging,
    NodeKind::Network,
    NodeKind::Outside,
    NodeKind::Monitoring,
    NodeKind::Support,
    NodeKind::Commitment,
    NodeKind::Other,
];

/// What means something to Mermaid, Markdown, YAML or HTML.
const NASTY: &[&str] = &[
    "end",
    "END",
    "subgraph",
    "graph",
    "flowchart LR",
    "direction TB",
    "default",
    "style",
    "style x:#a;",
    "classDef",
    "classDef a:#b;",
    "linkStyle 0",
    "click n1 call f()",
    "class",
    ":::marked",
    "@{ shape: cyl }",
    "%%",
    "%% comment",
    "%%{init: {}}%%",
    "%%{wrap}%%",
    "---",
    "-->",
    "--",
    "==>",
    "-.->",
    "--x",
    "--o",
    "~~~",
    "&",
    ";",
    "|",
    "||",
    "\"",
    "\"\"",
    "'",
    "`",
    "``",
    "```",
    "\"`md`\"",
    "[",
    "]",
    "[[",
    "]]",
    "(",
    ")",
    "((",
    "))",
    "{",
    "}",
    "{{",
    "}}",
    ">",
    "<",
    "<br/>",
    "<br>",
    "<b>",
    "</b>",
    "<a href=\"x\">",
    "<script>alert(1)</script>",
    "<!-- -->",
    "&amp;",
    "&#35;",
    "#",
    "#quot;",
    "#35;",
    "#9829;",
    "ﬂ°°35¶ß",
    "ﬂ°",
    "¶ß",
    "$",
    "$$",
    "$$x^2$$",
    "1. ",
    "1) ",
    "- ",
    "+ ",
    "* ",
    "> ",
    "# ",
    "**bold**",
    "_it_",
    "~~s~~",
    "~",
    "[a](b)",
    "![a](b)",
    "www.a1.b",
    "http://a.b",
    "a@b.c",
    "fa:fa-car",
    "\\",
    "\\n",
    "\\\"",
    "\n",
    "\r\n",
    "\t",
    "\u{0}",
    "\u{7}",
    "\u{85}",
    "\u{2028}",
    "\u{feff}",
    "\u{202e}",
    "ü",
    "ß",
    "名前",
    "🚀",
    "e\u{301}",
    "x",
    "api",
    "1",
    "title: x",
    "config:",
    "<a=\"",
    "<a=",
    "? ",
    ": ",
    "!!js",
    "{a: 1}",
    "*a",
    "&a",
];

/// Texts of nasty pieces, and any texts.
fn texts() -> impl Strategy<Value = String> {
    let pieces = vec(prop_oneof![select(NASTY).prop_map(str::to_owned), any::<String>()], 1..6);
    pieces.prop_map(|pieces| pieces.concat())
}

/// A diagram of nodes in a chain, the later half of them in a group, with these texts.
fn report(title: &str, texts: &[String], remark: &str) -> DiagramReport {
    let node = |(place, text): (usize, &String)| DiagramNode {
        id: format!("n{place}"),
        kind: KINDS[place % KINDS.len()],
        title: text.clone(),
        details: vec![text.clone()],
        group: (place >= texts.len() / 2).then(|| "g1".to_owned()),
        environment: String::new(),
        billing: if place % 2 == 0 { Billing::Charged } else { Billing::Off },
        monthly_cost: Some("1".to_owned()),
        cost: "$1.00 a month".to_owned(),
        marks: if place % 3 == 0 { vec!["unverified".to_owned()] } else { Vec::new() },
        charges: vec![place],
    };
    let edge = |place: usize| DiagramEdge {
        from: format!("n{place}"),
        to: format!("n{}", place + 1),
        kind: [EdgeKind::Request, EdgeKind::Use, EdgeKind::Stand][place % 3],
    };
    DiagramReport {
        schema_version: 1,
        kind: "diagram",
        book: BookReport { hash: String::new(), newest: String::new(), own_later: 0 },
        prices: None,
        scenario: ScenarioReport {
            name: String::new(),
            document: None,
            source: None,
            assumptions: Vec::new(),
            region: String::new(),
            as_of: String::new(),
            month_hours: 730,
            partial_month: None,
            currency: None,
            traffic: String::new(),
            requests_per_month: String::new(),
        },
        option: String::new(),
        platform: "fargate",
        status: "ranked",
        rank: Some(1),
        title: title.to_owned(),
        remarks: vec![remark.to_owned()],
        monthly_cost: None,
        failed_needs: Vec::new(),
        missing_prices: Vec::new(),
        groups: vec![DiagramGroup {
            id: "g1".to_owned(),
            kind: "platform",
            title: texts[0].clone(),
            group: None,
        }],
        nodes: texts.iter().enumerate().map(node).collect(),
        edges: (1..texts.len()).map(|to| edge(to - 1)).collect(),
    }
}

fn labels(report: &DiagramReport) -> Vec<String> {
    let each = report.nodes.iter().map(|node| {
        let mut lines = vec![shortened(&node.title)];
        lines.extend(node.details.iter().map(|detail| shortened(detail)));
        lines.push(node.cost.clone());
        if !node.marks.is_empty() {
            lines.push(format!("prices {}", node.marks.join(", ")));
        }
        lines.join("<br/>")
    });
    each.collect()
}

/// Mermaid's answer says what the report says.
fn assert_read(mermaid_: &Mermaid, report: &DiagramReport) {
    let text = mermaid(report, Direction::Lr);
    let read = mermaid_.read(&text).unwrap_or_else(|why| panic!("{why}\nof\n{text}"));
    let all = |list: &str, key: &str| -> Vec<String> {
        let each = read[list].as_array().expect("a list").iter();
        each.map(|one| one[key].as_str().unwrap_or_default().to_owned()).collect()
    };
    // Mermaid lists nodes as it meets them, which is the order in which they are written.
    let mut order: Vec<&DiagramNode> = report.nodes.iter().filter(|node| node.group.is_none()).collect();
    order.extend(report.nodes.iter().filter(|node| node.group.is_some()));
    let ids: Vec<String> = order.iter().map(|node| node.id.clone()).collect();
    assert_eq!(all("nodes", "id"), ids, "{text}");
    let sorted = |mut texts: Vec<String>| {
        texts.sort();
        texts
    };
    assert_eq!(sorted(all("nodes", "text")), sorted(labels(report)), "{text}");
    assert_eq!(all("groups", "title"), [shortened(&report.groups[0].title)], "{text}");
    let edges: Vec<(String, String)> = all("edges", "start").into_iter().zip(all("edges", "end")).collect();
    let stated: Vec<(String, String)> =
        report.edges.iter().take(MOST_EDGES).map(|edge| (edge.from.clone(), edge.to.clone())).collect();
    assert_eq!(edges, stated, "{text}");
    assert_eq!(read["title"].as_str().unwrap_or_default(), one_line(&report.title), "{text}");
    assert_eq!(read["direction"], Value::from("LR"));
}

#[test]
fn every_nasty_text_is_read_as_it_is() {
    let mermaid = Mermaid::new();
    let around = |nasty: &&str| {
        [(*nasty).to_owned(), format!("a {nasty} b"), format!("{nasty}{nasty}"), format!("1{nasty}")]
    };
    let texts: Vec<String> = NASTY.iter().flat_map(around).collect();
    for some in texts.chunks(KINDS.len() * 2) {
        assert_read(&mermaid, &report(&some.concat(), some, &some.concat()));
    }
}

#[test]
fn a_very_long_name_is_cut_in_the_diagram() {
    let long = "x".repeat(100_000);
    let report = report("t", &[long.clone(), "b".to_owned()], "r");
    assert_read(&Mermaid::new(), &report);
    let label = in_label(&long);
    assert_eq!((label.chars().count(), label.chars().last()), (LONGEST, Some('…')));
}

#[test]
fn more_edges_than_mermaid_draws_are_left_out_and_counted() {
    let texts = vec!["x".to_owned(); MOST_EDGES + 5];
    let text = mermaid(&report("t", &texts, "r"), Direction::Lr);
    assert!(text.contains("%% 500 of 504 edges are drawn: Mermaid draws no more.\n"), "{text}");
    let edges = text
        .lines()
        .filter(|line| ["-->", "-.->", "---"].iter().any(|arrow| line.contains(&format!(" {arrow} "))));
    assert_eq!(edges.count(), MOST_EDGES);
}

#[test]
fn mermaid_refuses_what_is_no_flowchart() {
    let mermaid = Mermaid::new();
    assert!(mermaid.read("flowchart LR\n  a[x").unwrap_err().contains("Parse error"));
    assert!(mermaid.read("flowchart LR\n  a[\"x\"y\"]").is_err());
    assert!(mermaid.read("flowchart LR\n  subgraph g[\"x\"]\n").is_err());
    assert!(mermaid.read("weigh").unwrap_err().contains("No diagram type detected"));
}

#[test]
fn markdown_has_the_same_in_a_fence() {
    let report = report("t", &["```".to_owned(), "b".to_owned()], "```");
    let markdown = mermaid_in_markdown(&report, Direction::Tb);
    let inner = markdown.strip_prefix("```mermaid\n").and_then(|rest| rest.strip_suffix("```\n"));
    assert_eq!(inner, Some(mermaid(&report, Direction::Tb).as_str()));
    assert_eq!(markdown.lines().filter(|line| line.trim_start().starts_with("```")).count(), 2, "{markdown}");
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 24, ..ProptestConfig::default() })]

    #[test]
    fn any_text_is_read_as_it_is(title in texts(), labels in vec(texts(), 2..6), remark in texts()) {
        thread_local! {
            static MERMAID: Mermaid = Mermaid::new();
        }
        MERMAID.with(|mermaid| assert_read(mermaid, &report(&title, &labels, &remark)));
    }
}
