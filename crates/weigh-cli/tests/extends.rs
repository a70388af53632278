//! `extends = "base.toml"`: found from the folder of the file that says it, and refused in the file that is wrong.

mod support;

use std::fmt::Write;

use support::folder::Folder;
use support::{GOOD, answer, program};

/// Runs the program in a folder with a scenario from standard input.
fn ask_with_input(folder: &Folder, words: &str, stdin: &str) -> support::Answer {
    let split: Vec<&str> = words.split_whitespace().collect();
    answer(program().current_dir(&folder.path).args(&split), words.to_owned(), stdin.as_bytes())
}

const PEAK: &str =
    "extends = \"../shop.toml\"\n[scenario]\nname = \"Peak\"\n[traffic]\nrate = \"80_000/day\"\n";

#[test]
fn every_command_reads_a_scenario_that_extends_another() {
    let folder = Folder::with_book();
    folder.write("shop.toml", GOOD);
    folder.write("deep/peak.toml", PEAK);
    let whole = GOOD.replace("\"Shop\"", "\"Peak\"").replace("10_000/day", "80_000/day");
    folder.write("whole.toml", &whole);
    for command in [
        "compare # --format json",
        "compare # --break-even",
        "explain # --option fargate",
        "simulate # --option fargate",
        "savings #",
        "account #",
        "commit #",
    ] {
        let asked = |file: &str| folder.ask(&format!("{} --prices book", command.replace('#', file)));
        let (extending, alone) = (asked("deep/peak.toml"), asked("whole.toml"));
        assert_ne!(extending.code, 1, "{command}: {}", extending.stderr);
        assert_eq!((extending.stdout, extending.code), (alone.stdout, alone.code), "{command}");
    }
    // From standard input the base is found from the current folder on.
    let piped = ask_with_input(&folder, "compare - --prices book", &PEAK.replace("../", ""));
    assert_eq!(piped.stdout, folder.ask("compare whole.toml --prices book").stdout);
}

#[test]
fn origin_and_assumptions_of_both_files_are_shown() {
    let folder = Folder::with_book();
    let base = GOOD.replace(
        "name = \"Shop\"",
        "name = \"Shop\"\ndocument = \"001\"\nassumptions = [\"A request takes 50 ms\"]",
    );
    folder.write("shop.toml", &base);
    let stated = "name = \"Peak\"\nsource = \"001 L85-104\"\nassumptions = [\"The peak is steady.\"]";
    folder.write("deep/peak.toml", PEAK.replace("name = \"Peak\"", stated));
    let mut shown = String::new();
    for format in ["text", "markdown", "json"] {
        for (command, told) in [("compare #", 3), ("explain # --option fargate", 3), ("compare shop.toml", 2)]
        {
            let words = format!("{command} --prices book --format {format}");
            let answer = folder.ask(&words.replace('#', "deep/peak.toml"));
            assert_ne!(answer.code, 1, "{words}: {}", answer.stderr);
            let marks =
                ["Source: ", "\"001", "L85-104", "takes 50 ms", "peak is steady", "Assumed in the scenario"];
            let lines = answer.stdout.lines().filter(|line| marks.iter().any(|mark| line.contains(mark)));
            let lines: Vec<&str> = lines.collect();
            assert!(lines.len() >= told, "{words}: {lines:?}");
            writeln!(shown, "$ weigh {words}\n{}\n", lines.join("\n")).expect("a text");
        }
    }
    insta::assert_snapshot!(shown);
}

#[test]
fn a_trace_is_beside_the_file_that_names_it() {
    let folder = Folder::with_book();
    let day: String = (0..1_440).map(|_| "7\n").collect();
    folder.write("traces/requests.csv", &day);
    folder.write("traces/shop.toml", GOOD.replace("rate = \"10_000/day\"", "trace = \"requests.csv\""));
    folder.write("deep/peak.toml", "extends = \"../traces/shop.toml\"\nneeds.zones = 2");
    let found = folder.ask("compare deep/peak.toml --prices book");
    assert!(found.stdout.contains("as in requests.csv"), "{}{}", found.stdout, found.stderr);
    folder.write("deep/own.toml", "extends = \"../shop.toml\"\ntraffic.trace = \"requests.csv\"");
    folder.write("shop.toml", GOOD);
    let missing = folder.ask("compare deep/own.toml --prices book");
    assert!(missing.stderr.contains("can't read deep/requests.csv"), "{}", missing.stderr);
}

/// Every way in which two files can go wrong together, with all that the program answers.
#[test]
fn what_is_wrong_is_told_in_its_file() {
    let folder = Folder::with_book();
    folder.write("shop.toml", GOOD);
    folder.write("wrong.toml", GOOD.replace("vcpu = 0.5", "vcpu = -0.5"));
    folder.write("broken.toml", GOOD.replace("[traffic]", "[traffic"));
    folder.write("binary.toml", b"name = \"\xff\"\n");
    folder.write("part.toml", "[scenario]\nname = \"Part\"\nregion = \"us-east-1\"\n");
    folder.write("shaped.toml", GOOD.replace("[traffic]", &format!("[traffic]\ndaily = {:?}", [1; 24])));
    folder.write("ring.toml", "extends = \"deep/ring.toml\"\n");
    folder.write("lost.toml", "\nextends = \"no-such.toml\"\n");
    let mut catalogue = String::new();
    for (name, text) in [
        ("itself", "extends = \"case.toml\""),
        ("a circle", "extends = \"../ring.toml\""),
        ("a misspelt base", "# A comment.\nextends = \"../shpo.toml\""),
        ("no base", "extends = \"nowhere/at-all.toml\""),
        ("a folder", "extends = \"..\""),
        ("a base whose base is missing", "extends = \"../lost.toml\""),
        ("a base that is no text", "extends = \"../binary.toml\""),
        ("a base that is no TOML", "extends = \"../broken.toml\"\n[needs]\nzones = 2"),
        ("no path", "extends = [\"../shop.toml\"]"),
        ("a misspelt key", "extend = \"../shop.toml\"\n"),
        ("a mistake in the file", "extends = \"../shop.toml\"\n[[component]]\nname = \"api\"\nvcpu = -2"),
        ("a mistake in the base", "extends = \"../wrong.toml\"\n[needs]\nzone = 2"),
        ("a base that is not enough", "extends = \"../part.toml\"\ntraffic.rate = \"1/s\""),
        (
            "a name that the base lacks",
            "extends = \"../shop.toml\"\nwithout = [\"option/lamda\", \"option/fargte\", \"api\"]",
        ),
        ("nothing to leave out of", "without = [\"rule\"]\n"),
        (
            "two shapes in two files",
            "extends = \"../shaped.toml\"\n[traffic]\npeak_hours = \"9-17\"\npeak_factor = 2",
        ),
        (
            "a need against a setting",
            "extends = \"../shop.toml\"\n\n[[option]]\nplatform = \"fargate\"\ntasks = 1",
        ),
    ] {
        folder.write("deep/case.toml", text);
        folder.write("deep/ring.toml", "extends = \"../ring.toml\"\n");
        let answer = folder.ask("compare deep/case.toml --prices book");
        assert_eq!((answer.code, answer.stdout.as_str()), (1, ""), "{name}: {}", answer.stderr);
        writeln!(catalogue, "## {name}\n{}", answer.stderr).expect("a text");
    }
    insta::assert_snapshot!(catalogue);
}
