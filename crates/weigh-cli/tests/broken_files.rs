//! Files that are no scenario at all, broken TOML, and many mistakes in one file.

mod support;

use support::{Answer, GOOD, ask, ask_plainly, run, with};

fn refused(answer: &Answer) {
    assert_eq!((answer.code, answer.stdout.as_str()), (1, ""), "{}", answer.stderr);
    assert!(answer.stderr.starts_with("error: "), "{}", answer.stderr);
}

/// Where each error of a run stands.
fn places(answer: &Answer) -> Vec<(usize, usize)> {
    let place = |line: &str| {
        let (line, column) = line.trim_start().strip_prefix("--> <stdin>:")?.split_once(':')?;
        Some((line.parse().ok()?, column.parse().ok()?))
    };
    answer.stderr.lines().filter_map(place).collect()
}

#[test]
fn a_syntax_error_is_told_alone() {
    for (start, line, place) in [
        ("vcpu", "vcpu = ", (10, 8)),
        ("vcpu", "vcpu 0.5", (10, 6)),
        ("memory", "memory = \"1 GiB", (11, 16)),
        ("memory", "memory = 1 GiB", (11, 10)),
        ("[needs]", "[needs", (14, 7)),
        ("vcpu", "vcpu = 0.5\nvcpu = 1", (11, 1)),
        ("memory", "memory = '''1 GiB", (21, 22)),
    ] {
        let answer = ask("compare -", with(start, line).as_bytes());
        refused(&answer);
        assert!(answer.stderr.contains("this is no TOML"), "{line}: {}", answer.stderr);
        assert_eq!(places(&answer), [place], "{line}: {}", answer.stderr);
    }
}

#[test]
fn syntax_errors_and_other_mistakes_stand_in_the_order_of_the_file() {
    let scenario = with("region", "region = \"us-east1\"")
        .replace("vcpu = 0.5", "vcpu = = 0.5")
        .replace("memory", "memry")
        .replace("min_replicas = 2", "min_replicas = 2 3");
    let answer = ask("compare -", scenario.as_bytes());
    refused(&answer);
    // The second equals sign is one error more, on the same line.
    assert_eq!(places(&answer), [(3, 10), (10, 8), (10, 10), (11, 1), (15, 16)], "{}", answer.stderr);
    insta::assert_snapshot!(answer.transcript());
}

#[test]
fn mistakes_of_every_kind_are_told_together_in_the_order_of_the_file() {
    let scenario = r#"[scenario]
name = "Shop"
region = "us-east1"

[traffic]
rate = "0/day"

[[component]]
name = "api"
vcpu = -1
memry = "1 GiB"
cpu_time = "50"

[[component]]
name = "api"
vcpu = 1
memory = "1 GiB"
cpu_time = "1 s"

[needs]
min_replicas = 2
gpus = true

[wishes]
monthly_cost = 0

[[option]]
platform = "fargate"
tasks = 1

[[option]]
platform = "kubernetes"
"#;
    let answer = ask("compare -", scenario.as_bytes());
    refused(&answer);
    // Line 29 contradicts line 21, though another line of [needs] is wrong.
    let lines: Vec<usize> = places(&answer).into_iter().map(|(line, _)| line).collect();
    assert!(lines.is_sorted(), "{lines:?}");
    assert_eq!(lines, [3, 6, 10, 11, 12, 15, 22, 24, 29, 32]);
    insta::assert_snapshot!(answer.transcript());
}

#[test]
fn a_check_across_sections_stands_beside_mistakes_elsewhere() {
    let scenario = with("platform", "platform = \"fargate\"\ntasks = 1").replace("vcpu = 0.5", "vcpu = 0");
    assert_eq!(places(&ask("compare -", scenario.as_bytes())), [(10, 8), (22, 9)]);
}

#[test]
fn an_empty_file_lacks_its_sections() {
    for text in ["", "\n\n", "# nothing\n", "\u{feff}"] {
        let answer = ask("compare -", text.as_bytes());
        refused(&answer);
        for section in ["[scenario]", "[[component]]", "[traffic]"] {
            assert!(answer.stderr.contains(&format!("the file lacks {section}")), "{}", answer.stderr);
        }
    }
    insta::assert_snapshot!(run("compare -", ""));
    let answer =
        ask("compare -", format!("component = []\n{}", GOOD.replace("[[component]]", "[x]")).as_bytes());
    assert!(answer.stderr.contains("`component`: the list is empty"), "{}", answer.stderr);
}

#[test]
fn bytes_that_are_no_text_are_told_with_their_place() {
    let answer = ask("compare -", b"[scenario]\nname = \"Sh\xf6p\"\n");
    refused(&answer);
    assert_eq!(places(&answer), [(2, 11)]);
    insta::assert_snapshot!(answer.transcript());
    let garbage: Vec<u8> = (0..=255).cycle().take(4_096).collect();
    refused(&ask("compare -", &garbage));
    refused(&ask("compare -", b"\x00\x00\x00\x00"));
    refused(&ask("compare -", b"\xff\xfe[\x00s\x00"));
}

#[test]
fn paths_that_are_no_file() {
    let answer = ask_plainly("compare no-such-file.toml");
    refused(&answer);
    assert!(answer.stderr.contains("no-such-file.toml: No such file"), "{}", answer.stderr);
    let answer = ask_plainly("compare benches");
    refused(&answer);
    assert!(answer.stderr.contains("benches"), "{}", answer.stderr);
    let answer = ask_plainly("rank scenarios");
    refused(&answer);
    assert!(answer.stderr.contains("scenarios: Is a directory"), "{}", answer.stderr);
    let answer = ask_plainly("compare scenarios/ai-prism.toml --prices no-such-folder");
    refused(&answer);
    assert!(answer.stderr.contains("no-such-folder: No such file"), "{}", answer.stderr);
    let answer = ask_plainly("compare scenarios/ai-prism.toml --prices scenarios");
    refused(&answer);
    assert!(answer.stderr.contains("scenarios holds no price book"), "{}", answer.stderr);
}

#[test]
fn columns_count_characters_whatever_stands_before() {
    for (line, place, shown) in [
        ("\tregion\t=\t\"mars\"", (3, 11), "    region    =    \"mars\""),
        ("\"region\" = \"mars\" # é 日本", (3, 12), "\"region\" = \"mars\" # é 日本"),
        ("region = \"日本\"", (3, 10), "region = \"日本\""),
    ] {
        let answer = ask("compare -", with("region", line).as_bytes());
        refused(&answer);
        assert_eq!(places(&answer), [place], "{}", answer.stderr);
        assert!(answer.stderr.contains(&format!("3 | {shown}\n")), "{}", answer.stderr);
    }
    // Wide characters before the place take two columns of the terminal and one of the count.
    let inline = with("monthly_cost", "monthly_cost = { \"日本\" = 1, weight = -1 }");
    let answer = ask("compare -", inline.as_bytes());
    assert_eq!(places(&answer), [(18, 18), (18, 37)], "{}", answer.stderr);
    insta::assert_snapshot!(answer.transcript());
}

#[test]
fn windows_line_ends_move_no_caret() {
    let scenario = with("memory", "memory = \"1 GHz\"");
    let unix = ask("compare -", scenario.as_bytes());
    let windows = ask("compare -", scenario.replace('\n', "\r\n").as_bytes());
    assert_eq!(windows.stderr, unix.stderr);
}

#[test]
fn a_very_long_line_is_shortened() {
    let long = format!("memory = \"1 GHz\" # {}", "long ".repeat(10_000));
    let answer = ask("compare -", with("memory", &long).as_bytes());
    refused(&answer);
    assert_eq!(places(&answer), [(11, 10)]);
    assert!(answer.stderr.len() < 2_000, "{}", answer.stderr.len());
}

#[test]
fn a_very_long_value_is_shortened_in_its_message() {
    let answer = ask("compare -", with("region", &format!("region = \"{}\"", "x".repeat(10_000))).as_bytes());
    refused(&answer);
    assert!(answer.stderr.len() < 3_000, "{}", answer.stderr.len());
}

#[test]
fn of_very_many_errors_the_first_are_told_and_the_rest_counted() {
    let many: String = (0..1_000).map(|index| format!("x{index} = 1\n")).collect();
    let answer = ask("compare -", (many + GOOD).as_bytes());
    refused(&answer);
    assert_eq!(places(&answer).len(), 100);
    assert!(answer.stderr.contains("1000 errors, of which the first 100 are shown"), "{}", answer.stderr);
    let deep = ask("compare -", format!("a = {}", "[".repeat(100_000)).as_bytes());
    refused(&deep);
    assert!(deep.stderr.len() < 20_000, "{}", deep.stderr.len());
}
