//! The pages on workbooks and on FOCUS rows against the program: every sheet and column, and what is printed.

mod support;

use support::folder::Folder;
use support::{ask_plainly, root};

fn page(path: &str) -> String {
    std::fs::read_to_string(root().join(path)).unwrap_or_else(|error| panic!("{path}: {error}"))
}

fn columns(csv: &[u8]) -> Vec<String> {
    let mut reader = csv::Reader::from_reader(csv);
    reader.headers().expect("headings").iter().map(str::to_owned).collect()
}

#[test]
fn the_page_on_workbooks_names_every_sheet_and_column() {
    let (page, folder) = (page("docs/workbook.md"), Folder::new());
    let out = folder.path.join("sheets/");
    let made = ask_plainly(&format!("workbook scenarios/ai-prism.toml --out {}", out.display()));
    assert_eq!(made.code, 0, "{}", made.stderr);
    let printed = made.stdout.rsplit_once("sheets/").unwrap().1;
    assert!(page.contains(&format!("estimate.xlsx{printed}")), "the page does not print{printed}");
    for (name, text) in folder.tree("sheets") {
        let sheet = name.trim_end_matches(".csv");
        assert!(
            ["Summary", "Assumptions", "Prices"].contains(&sheet) == page.contains(&format!("| `{sheet}` |")),
            "{sheet}"
        );
        for column in columns(&text) {
            assert!(
                page.contains(&format!("`{column}`")),
                "{sheet}: docs/workbook.md does not name `{column}`"
            );
        }
    }
}

#[test]
fn the_page_on_focus_names_every_column_of_several_scenarios() {
    let page = page("docs/focus.md");
    let made = ask_plainly("focus scenarios/ai-prism.toml scenarios/ai-prism-peak.toml");
    let own = columns(made.stdout.as_bytes());
    for column in &own {
        assert!(page.contains(&format!("`{column}`")), "docs/focus.md does not name `{column}`");
    }
    for id in [
        "estimate/scenarios/ai-prism.toml/fargate",
        "scenarios/ai-prism.toml/fargate/app",
        "AI-Prism: fargate",
    ] {
        assert!(made.stdout.contains(id) && page.contains(id), "{id}");
    }
}
