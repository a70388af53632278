//! `weigh prices import`: where the book is written, whole or not at all, and what is never touched.

mod support;

use std::fs;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use support::folder::Folder;
use support::{program, root};

const OFFER: &str = "crates/weigh-cli/tests/import/offer.json";

/// The words of an import of the offer file, into `out`.
fn import(out: &str) -> String {
    format!("prices import {} --out {out}", root().join(OFFER).display())
}

/// What is there and is no book is neither replaced nor written into, with `--fresh` or without.
#[test]
fn what_is_no_price_book_is_left_alone() {
    let folder = Folder::new();
    folder.write("photos/summer.jpg", "a photograph");
    folder.write("notes.txt", "a file");
    let before = folder.tree("");
    for out in ["photos", "notes.txt"] {
        for fresh in ["", " --fresh"] {
            let told = folder.ask(&format!("{}{fresh}", import(out)));
            assert_eq!((told.code, told.stdout.as_str()), (1, ""), "{}", told.transcript());
            let says = format!("--out: {out} is there, and is no price book\n");
            assert!(told.stderr.contains(&says) && told.stderr.contains("help: "), "{}", told.stderr);
            assert_eq!(folder.tree(""), before);
        }
    }
    assert_eq!(folder.names(), ["notes.txt", "photos"]);
}

#[test]
fn a_place_that_cannot_be_written_is_told() {
    let folder = Folder::new();
    folder.write("notes.txt", "a file");
    let told = folder.ask(&import("notes.txt/book"));
    assert_eq!((told.code, told.stdout.as_str()), (1, ""), "{}", told.transcript());
    assert!(told.stderr.contains("can't write notes.txt/.book.import-"), "{}", told.stderr);
    assert_eq!(folder.names(), ["notes.txt"]);
}

/// A link to a book goes on being one: the book that it leads to is brought up to date.
#[cfg(unix)]
#[test]
fn a_link_leads_to_the_book() {
    let folder = Folder::with_book();
    std::os::unix::fs::symlink("book", folder.path.join("link")).expect("a link");
    let told = folder.ask(&import("link"));
    assert_eq!((told.code, told.stderr.as_str()), (0, ""), "{}", told.transcript());
    assert!(folder.path.join("link").is_symlink());
    assert!(folder.read("book/aws/sources.csv").contains("aws-AmazonEC2-20261101000000,"));
    assert_eq!(folder.names(), ["book", "link"]);
}

/// An empty folder is as good as none; a book in a folder of folders that are not there yet is made with them.
#[test]
fn a_new_place_is_made() {
    let folder = Folder::new();
    fs::create_dir(folder.path.join("empty")).expect("a folder");
    for out in ["empty", "a/b/book"] {
        let told = folder.ask(&format!("{} --fresh", import(out)));
        assert_eq!((told.code, told.stderr.as_str()), (0, ""), "{}", told.transcript());
        assert!(folder.tree(out).contains_key("aws/eu-west-1/ec2.csv"));
    }
    assert_eq!(folder.names(), ["a", "empty"]);
}

/// What a user keeps beside the files of a book stays, also in a book that is made anew.
#[test]
fn what_lies_in_the_folder_beside_the_book_stays() {
    let folder = Folder::with_book();
    folder.write("book/.git/HEAD", "ref: refs/heads/main\n");
    folder.write("book/aws/eu-west-1/NOTES.md", "asked by telephone\n");
    folder.write("book/own/prices.csv", "price_id,region,unit,price,from,note\n");
    for fresh in ["", " --fresh"] {
        let told = folder.ask(&format!("{}{fresh}", import("book")));
        assert_eq!((told.code, told.stderr.as_str()), (0, ""), "{}", told.transcript());
        let tree = folder.tree("book");
        for name in ["README.md", ".git/HEAD", "aws/eu-west-1/NOTES.md", "own/prices.csv"] {
            assert!(tree.contains_key(name), "{name} after an import{fresh}");
        }
        assert_eq!(folder.names(), ["book"]);
    }
    let tree = folder.tree("book");
    assert!(!tree.contains_key("aws/us-east-1/ec2.csv") && !folder.path.join("book/aws/us-east-1").exists());
}

/// An import that was killed between its last two steps has moved the old book aside: the next one brings it back.
#[test]
fn a_book_that_was_left_aside_is_brought_back() {
    let folder = Folder::with_book();
    let whole = folder.tree("book");
    fs::rename(folder.path.join("book"), folder.path.join(".book.before")).expect("a move");
    let told = folder.ask("prices import book/no-such-file --out book");
    assert_eq!(told.code, 1, "{}", told.transcript());
    assert_eq!((folder.tree("book"), folder.names()), (whole, vec!["book".to_owned()]));
    // Killed one step later, the new book stands and the old one is a leftover.
    folder.write(".book.before/aws/regions.csv", "region,name\n");
    let told = folder.ask(&import("book"));
    assert_eq!((told.code, told.stderr.as_str()), (0, ""), "{}", told.transcript());
    assert_eq!(folder.names(), ["book"]);
}

/// Containers give each run the same process id: what a killed import left under it is not taken for its own.
#[cfg(unix)]
#[test]
fn what_a_killed_import_left_behind_is_no_part_of_the_book() {
    let folder = Folder::new();
    let script = "mkdir -p .book.import-$$/aws/eu-west-1; echo rubbish > .book.import-$$/aws/eu-west-1/rubbish.csv; \
                  exec \"$0\" prices import \"$1\" --out book --fresh";
    let mut command = Command::new("sh");
    command
        .args(["-c", script, env!("CARGO_BIN_EXE_weigh")])
        .arg(root().join(OFFER))
        .current_dir(&folder.path);
    assert!(command.stdout(Stdio::null()).status().expect("a shell").success());
    assert!(!folder.tree("book").contains_key("aws/eu-west-1/rubbish.csv"));
    assert_eq!(folder.names(), ["book"]);
}

/// An offer file with so many machines that nobody has, behind which stand those of the fixture.
fn large(machines: usize) -> String {
    let text = fs::read_to_string(root().join(OFFER)).expect("a fixture");
    let (head, rest) = text.split_once("\"products\": {").expect("products");
    let mut large = format!("{head}\"products\": {{");
    for number in 0..machines {
        large.push_str(&format!(
            "\"N{number}\": {{\"productFamily\": \"Compute Instance\", \"attributes\": {{\"servicecode\": \
             \"AmazonEC2\", \"instanceType\": \"n{number}.large\", \"operatingSystem\": \"Windows\", \"location\": \
             \"EU (Ireland)\", \"usagetype\": \"EU-BoxUsage:n{number}.large\", \"tenancy\": \"Shared\"}}}},\n"
        ));
    }
    large + rest
}

/// Killed at any moment, an import leaves the old book as it was or the new one whole; the next import works.
#[test]
fn a_killed_import_leaves_the_book_whole() {
    let folder = Folder::with_book();
    folder.write("large.json", large(100_000));
    let before = folder.tree("book");
    let words = "prices import large.json --out book";
    let start = |out: &str| {
        let mut command = program();
        command.current_dir(&folder.path).args(["prices", "import", "large.json", "--out", out]);
        command.stdout(Stdio::null()).stderr(Stdio::null()).spawn().expect("the program starts")
    };
    let began = Instant::now();
    assert!(start("other").wait().expect("an end").success());
    let whole = began.elapsed();
    let mut interrupted = 0;
    for part in [1, 2, 4, 8, 12, 16, 19] {
        let mut child = start("book");
        std::thread::sleep(whole * part / 20);
        let running = child.try_wait().expect("a state").is_none();
        child.kill().expect("a signal");
        child.wait().expect("an end");
        if running && folder.path.join("book").is_dir() && folder.tree("book") == before {
            interrupted += 1;
        } else {
            break;
        }
    }
    assert!(interrupted >= 2, "{interrupted} imports were interrupted, of {whole:?}");
    let told = folder.ask(words);
    assert_eq!((told.code, told.stderr.as_str()), (0, ""), "{}", told.transcript());
    assert!(folder.read("book/aws/eu-west-1/ec2.csv").contains("m5.large,Hours,0,0.111,2026-11-01"));
    let verified = folder.ask("prices verify book");
    assert_eq!(verified.code, 0, "{}", verified.transcript());
    assert!(began.elapsed() < Duration::from_secs(300));
}

/// No system gives a process this number.
#[cfg(target_os = "linux")]
#[test]
fn what_killed_imports_left_behind_goes_with_the_next() {
    let folder = Folder::with_book();
    folder.write(".book.import-4294967295/aws/regions.csv", "region,name\n");
    let told = folder.ask(&import("book"));
    assert_eq!((told.code, told.stderr.as_str()), (0, ""), "{}", told.transcript());
    assert_eq!(folder.names(), ["book"]);
}
