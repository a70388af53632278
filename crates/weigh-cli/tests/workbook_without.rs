//! A build without the feature `xlsx` says so, and what to do; the sheets as CSV are written all the same.
#![cfg(not(feature = "xlsx"))]

mod support;

use support::GOOD;
use support::folder::Folder;

#[test]
fn a_build_without_the_format_says_so() {
    let folder = Folder::new();
    folder.write("shop.toml", GOOD);
    let refused = folder.ask("workbook shop.toml --out shop.xlsx");
    assert_eq!((refused.code, refused.stdout.as_str()), (1, ""));
    assert!(refused.stderr.contains("without the feature `xlsx`"), "{}", refused.stderr);
    assert!(refused.stderr.contains("--features xlsx"), "{}", refused.stderr);
    assert_eq!(folder.names(), ["shop.toml"]);
    let written = folder.ask("workbook shop.toml --out sheets/");
    assert_eq!(written.code, 0, "{}", written.stderr);
    assert!(folder.tree("sheets").contains_key("Summary.csv"));
}
