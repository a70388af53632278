//! Where output goes: no file that was read is lost, a link stays a link, a pipe stays a pipe, and `-` is standard output.

mod support;

use support::folder::Folder;
use support::{Answer, GOOD};

/// A scenario of two files, own prices, settings, and the snapshot of another scenario.
fn folder() -> Folder {
    let folder = Folder::new();
    folder.write("base.toml", GOOD);
    folder.write("one.toml", "extends = \"base.toml\"\n[scenario]\nname = \"One\"\n");
    folder.write("own.csv", "price_id,region,unit,price,from,note\n");
    folder.write("weigh.toml", "quiet = false\n");
    folder.write("other/two.toml", GOOD);
    assert_eq!(folder.ask("snapshot other --out kept.json").code, 0);
    folder
}

fn refused(folder: &Folder, words: &str, lost: &str) -> Answer {
    let before = folder.tree(".");
    let answer = folder.ask(words);
    assert_eq!((answer.code, answer.stdout.as_str()), (1, ""), "{words}: {}", answer.stderr);
    assert!(
        answer.stderr.contains(&format!("{lost} is a file that was read; it would be lost")),
        "{}",
        answer.stderr
    );
    assert_eq!(folder.tree("."), before, "{words}: everything is as it was");
    answer
}

#[test]
fn no_output_takes_the_place_of_a_file_that_was_read() {
    let folder = folder();
    for command in ["focus", "snapshot"] {
        for (out, lost) in [
            ("one.toml", "one.toml"),
            ("./other/../one.toml", "one.toml"),
            ("base.toml", "base.toml"),
            ("own.csv", "own.csv"),
            ("weigh.toml", "weigh.toml"),
        ] {
            refused(
                &folder,
                &format!("{command} one.toml --prices own.csv --config weigh.toml --out {out}"),
                lost,
            );
        }
        refused(&folder, &format!("{command} other one.toml --out other/two.toml"), "other/two.toml");
    }
    refused(&folder, "check other --against kept.json --also json=kept.json", "kept.json");
    refused(&folder, "check other --against kept.json --also junit=other/two.toml", "other/two.toml");
    insta::assert_snapshot!(refused(&folder, "focus one.toml --out one.toml", "one.toml").transcript());
}

#[test]
fn a_trace_is_not_written_over() {
    let folder = Folder::new();
    let rows: String =
        (0..48).map(|hour| format!("2026-10-{:02}T{:02}:00:00Z,7200\n", 1 + hour / 24, hour % 24)).collect();
    folder.write("trace.csv", format!("time,requests\n{rows}"));
    folder.write("one.toml", GOOD.replace("rate = \"10_000/day\"", "trace = \"trace.csv\""));
    assert_eq!(folder.ask("simulate one.toml --option fargate --out month.csv").code, 0);
    refused(&folder, "simulate one.toml --option fargate --out trace.csv", "trace.csv");
    refused(&folder, "focus one.toml --out trace.csv", "trace.csv");
}

#[test]
fn a_dash_is_standard_output() {
    let folder = folder();
    let (plain, dash) = (folder.ask("focus one.toml"), folder.ask("focus one.toml --out -"));
    assert_eq!((dash.code, dash.stdout, dash.stderr), (0, plain.stdout, plain.stderr));
    for words in [
        "man --out -",
        "prices import own.csv --out -",
        "workbook one.toml --out -",
        "simulate one.toml --option fargate --out -",
    ] {
        let answer = folder.ask(words);
        assert_eq!(answer.code, 1, "{words}");
        assert!(answer.stderr.contains("--out: -"), "{}", answer.stderr);
    }
    assert!(!folder.names().contains(&"-".to_owned()));
}

#[cfg(unix)]
mod unix {
    use std::fs;
    use std::os::unix::fs::{FileTypeExt, symlink};
    use std::process::Command;
    use std::thread;

    use super::*;

    #[test]
    fn output_goes_through_a_link_to_where_it_leads() {
        let folder = folder();
        fs::create_dir(folder.path.join("kept")).unwrap();
        folder.write("kept/old.csv", "old");
        let [old, new, chain, own] =
            ["old.csv", "new.csv", "chain.csv", "own.toml"].map(|name| folder.path.join(name));
        symlink("kept/old.csv", &old).unwrap();
        symlink("kept/new.csv", &new).unwrap();
        symlink("old.csv", &chain).unwrap();
        symlink("one.toml", &own).unwrap();
        let wanted = folder.ask("focus one.toml").stdout;
        for (link, leads_to) in [(&old, "kept/old.csv"), (&new, "kept/new.csv"), (&chain, "kept/old.csv")] {
            folder.write("kept/old.csv", "old");
            let name = link.file_name().unwrap().to_string_lossy().into_owned();
            assert_eq!(folder.ask(&format!("focus one.toml --out {name}")).code, 0);
            assert!(link.is_symlink(), "{name}");
            assert_eq!(folder.read(leads_to), wanted, "{name}");
        }
        assert_eq!(folder.ask("snapshot one.toml --out old.csv").code, 0);
        assert!(old.is_symlink() && folder.read("kept/old.csv").starts_with('{'));
        refused(&folder, "focus one.toml --out own.toml", "one.toml");
        assert_eq!(
            folder.names().iter().filter(|name| name.starts_with('.')).count(),
            0,
            "nothing is left behind"
        );
    }

    /// A file to which a shell sends standard output is written on, and never replaced.
    #[test]
    fn what_a_shell_has_opened_stays_open() {
        let folder = folder();
        let snapshot = folder.ask("snapshot other").stdout;
        for out in ["/dev/stdout", "/dev/fd/1", "-"] {
            folder.write("log", "kept\n");
            let log = fs::OpenOptions::new().append(true).open(folder.path.join("log")).unwrap();
            let mut program = support::program();
            program.current_dir(&folder.path).args(["snapshot", "other", "--out", out]).stdout(log);
            assert!(program.status().unwrap().success());
            assert_eq!(folder.read("log"), format!("kept\n{snapshot}"), "{out}");
        }
        let answer = folder.ask("check other --against kept.json --also junit=/dev/stdout");
        assert_eq!(answer.code, 1);
        assert!(answer.stderr.contains("standard output has the report itself"), "{}", answer.stderr);
    }

    #[test]
    fn links_in_a_circle_are_refused() {
        let folder = folder();
        symlink("there.csv", folder.path.join("here.csv")).unwrap();
        symlink("here.csv", folder.path.join("there.csv")).unwrap();
        let answer = folder.ask("focus one.toml --out here.csv");
        assert_eq!(answer.code, 1);
        assert!(answer.stderr.contains("--out: can't write here.csv"), "{}", answer.stderr);
        assert!(folder.path.join("here.csv").is_symlink());
    }

    #[test]
    fn a_pipe_with_a_name_is_written_into() {
        let folder = folder();
        let pipe = folder.path.join("pipe");
        assert!(Command::new("mkfifo").arg(&pipe).status().unwrap().success());
        for command in ["focus", "snapshot"] {
            let wanted = folder.ask(&format!("{command} one.toml")).stdout;
            let reader = thread::spawn({
                let pipe = pipe.clone();
                move || fs::read_to_string(pipe).unwrap()
            });
            assert_eq!(folder.ask(&format!("{command} one.toml --out pipe")).code, 0);
            assert!(fs::metadata(&pipe).unwrap().file_type().is_fifo(), "{command}: it stays a pipe");
            assert_eq!(reader.join().unwrap(), wanted);
        }
    }
}
