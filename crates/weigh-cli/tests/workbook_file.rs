//! The file that `weigh workbook` writes: its set-up, its bytes, and what LibreOffice makes of it where it is installed.
#![cfg(feature = "xlsx")]

#[path = "support/spreadsheet.rs"]
#[allow(dead_code, reason = "a part of it is used here")]
mod spreadsheet;
mod support;

use std::io::{Cursor, Read, Write};
use std::process::Command;

use spreadsheet::{Cell, Spreadsheet};
use support::folder::Folder;
use support::{GOOD, answer, program, root};

/// The scenario in two environments on two platforms, and its workbook on the frozen book.
fn written(folder: &Folder, out: &str) -> Vec<u8> {
    let parts = "\n[[environment]]\nname = \"staging\"\ntraffic_share = \"10 %\"\n[[environment]]\nname = \"live\"\n\
        [[option]]\nplatform = \"ec2-compose\"\n";
    folder.write("shop.toml", GOOD.replace("10_000/day", "4_000_000/day") + parts);
    let words = format!("workbook shop.toml --out {out}");
    let mut command = program();
    command.current_dir(&folder.path).args(words.split_whitespace());
    let made = answer(command.arg("--prices").arg(root().join(support::BOOK)), words, b"");
    assert_eq!(made.code, 0, "{}", made.stderr);
    std::fs::read(folder.path.join(out)).unwrap_or_default()
}

/// A part of the file, as text.
fn part(bytes: &[u8], name: &str) -> String {
    let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).expect("an archive");
    let mut text = String::new();
    archive.by_name(name).expect("a part").read_to_string(&mut text).expect("text");
    text
}

#[test]
fn headings_stay_in_view_and_pages_are_set_up() {
    let bytes = written(&Folder::new(), "shop.xlsx");
    for sheet in 1..=5 {
        let text = part(&bytes, &format!("xl/worksheets/sheet{sheet}.xml"));
        for told in [
            "ySplit=\"4\"",
            "state=\"frozen\"",
            "orientation=\"landscape\"",
            "paperSize=\"9\"",
            "fitToHeight=\"0\"",
            "<cols>",
        ] {
            assert!(text.contains(told), "sheet {sheet} says {told}");
        }
    }
    assert_eq!(part(&bytes, "xl/workbook.xml").matches("_xlnm.Print_Titles").count(), 5);
    assert!(part(&bytes, "docProps/core.xml").contains("2026-10-08T00:00:00Z"), "the day of the prices");
}

#[test]
fn days_are_days_and_amounts_have_formats() {
    let bytes = written(&Folder::new(), "shop.xlsx");
    let book = Spreadsheet::read(&bytes);
    let line = &book.lines("Summary")[0];
    // 46,303 days since the end of 1899 are 2026-10-08.
    assert_eq!(line["Prices of"].1, Cell::Number(46_303.0));
    let styles = part(&bytes, "xl/styles.xml");
    let rate = "[=0]0.00;[&lt;0.000000000001]General;#,##0.00##########";
    for format in ["yyyy-mm-dd", rate, "[=0]0.00;[&lt;0.01]General;#,##0.00"] {
        assert!(styles.contains(&format!("formatCode=\"{format}\"")), "{format}: {styles}");
    }
}

#[test]
fn the_same_scenarios_give_the_same_bytes() {
    let bytes = || {
        let folder = Folder::new();
        let workbook = written(&folder, "shop.xlsx");
        written(&folder, "sheets/");
        (workbook, folder.tree("sheets"))
    };
    let first = bytes();
    // A moment of writing that stood in the file would be another second.
    std::thread::sleep(std::time::Duration::from_millis(1_100));
    assert!(first == bytes());
}

/// The same file without what formulas came to: whoever opens it has to compute them.
fn without_results(bytes: &[u8]) -> Vec<u8> {
    let results = regex_lite::Regex::new("</f><v>[^<]*</v>").expect("an expression");
    let mut from = zip::ZipArchive::new(Cursor::new(bytes)).expect("an archive");
    let mut to = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for at in 0..from.len() {
        let mut entry = from.by_index(at).expect("an entry");
        let (name, mut text) = (entry.name().expect("a name").into_owned(), String::new());
        entry.read_to_string(&mut text).expect("text");
        to.start_file(name, zip::write::SimpleFileOptions::default()).expect("an entry");
        to.write_all(results.replace_all(&text, "</f>").as_bytes()).expect("an entry");
    }
    to.finish().expect("an archive").into_inner()
}

/// LibreOffice, where it is installed, opens the file and computes every formula anew, to the same figures.
#[test]
fn libreoffice_comes_to_the_same_figures() {
    let folder = Folder::new();
    let made = written(&folder, "shop.xlsx");
    folder.write("bare.xlsx", without_results(&made));
    let mut office = Command::new("soffice");
    office.current_dir(&folder.path).env("HOME", &folder.path);
    office.args([
        "--headless",
        "--convert-to",
        "xlsx:Calc MS Excel 2007 XML",
        "--outdir",
        "converted",
        "bare.xlsx",
    ]);
    let Ok(output) = office.output() else {
        println!("skipped: the command soffice (LibreOffice) is not installed");
        return;
    };
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let computed = Spreadsheet::read(&std::fs::read(folder.path.join("converted/bare.xlsx")).unwrap());
    let own = Spreadsheet::read(&made);
    assert_eq!(computed.names, own.names);
    let mut compared = 0;
    for sheet in &own.names {
        for (at, formula, told) in own.formulas(sheet) {
            match computed.cell(sheet, at) {
                Some(Cell::Formula(_, value)) => {
                    assert!(
                        (value - told).abs() <= 1e-12 * told.abs().max(1.0),
                        "{sheet} {formula}: {value} for {told}"
                    );
                }
                other => panic!("{sheet} {at:?} {formula}: {other:?}"),
            }
            compared += 1;
        }
    }
    assert!(compared > 100, "{compared}");
}
