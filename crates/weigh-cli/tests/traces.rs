//! `trace = "requests.csv"`: read from beside the scenario, reported with what was found, refused at its lines.

mod support;

use support::folder::Folder;
use support::{Answer, ask, with};

/// Asks for a comparison with a trace, given as text.
fn compare(trace: &str) -> Answer {
    compare_with("trace = \"requests.csv\"", trace)
}

fn compare_with(lines: &str, trace: &str) -> Answer {
    let folder = Folder::with_book();
    folder.write("shop/shop.toml", with("rate", lines));
    folder.write("shop/requests.csv", trace);
    folder.ask("compare shop/shop.toml --prices book")
}

/// A day of rows every five minutes, with something else in the place of some lines, or nothing for `-`.
fn day(changes: &[(usize, &str)]) -> String {
    let line = |index: usize| match changes.iter().find(|(line, _)| *line == index + 2) {
        Some((_, text)) => format!("{text}\n"),
        None => format!("2026-03-02 {:02}:{:02},{}\n", index / 12, index % 12 * 5, 50 + index % 12),
    };
    format!("timestamp,value\n{}", (0..288).map(line).collect::<String>().replace("-\n", ""))
}

#[test]
fn a_trace_is_the_traffic_and_is_told_with_what_was_found() {
    let answer =
        compare(&day(&[(5, "2026-03-02 00:10,52"), (40, "-"), (41, "-"), (100, "2026-03-02 08:10,")]));
    assert_eq!((answer.code, answer.stderr.as_str()), (0, ""));
    assert!(
        answer.stdout.starts_with("Shop\n0.185/s on average, as in requests.csv · 486,180 requests a month")
    );
    insta::assert_snapshot!(assumptions(&answer.stdout));
    let scaled = compare_with("rate = \"1_000/day\"\ntrace = \"requests.csv\"", &day(&[]));
    assert!(scaled.stdout.contains("1,000/day, as in requests.csv"), "{}", scaled.stdout);
}

/// The assumptions on the traffic.
fn assumptions(report: &str) -> String {
    let (_, after) = report.split_once("Assumptions\n").unwrap_or_default();
    after.split("\n- Databases").next().unwrap_or_default().to_owned()
}

#[test]
fn every_mistake_in_a_trace_is_told_at_its_line() {
    let mut catalogue = String::new();
    for trace in [
        day(&[(7, "2026-03-02 00:25,many")]),
        day(&[(7, "2026-03-02 00:25,-3"), (9, "2026-03-02 00:35;7")]),
        day(&[(7, "02/03/2026 00:25,3")]),
        day(&[(7, "2026-03-02 00:25")]),
        "timestamp,value\n2026-03-02 00:25,3\n".to_owned(),
        "0\n0\n0\n".to_owned(),
        String::new(),
        "a\nb\n".to_owned(),
        "2026-03-02,1\n2026-04-02,1\n".to_owned(),
    ] {
        let answer = compare(&trace);
        assert_eq!((answer.code, answer.stdout.as_str()), (1, ""), "{trace}");
        assert!(answer.stderr.ends_with("; nothing was computed\n"), "{}", answer.stderr);
        catalogue.push_str(&answer.stderr);
        catalogue.push('\n');
    }
    insta::assert_snapshot!("catalogue", catalogue);
    let many = compare(&format!("1\n2\n{}", "x\n".repeat(30))).stderr;
    assert!(many.contains("30 errors, of which the first 20 are shown; nothing was computed"), "{many}");
}

#[test]
fn a_trace_that_is_not_there_is_told_where_it_is_named() {
    let text = with("rate", "trace = \"no-such.csv\"\npeak_hours = \"9-17\"\npeak_factor = 5");
    insta::assert_snapshot!(ask("compare -", text.as_bytes()).stderr);
    // With other mistakes in the scenario it is one of them.
    let broken = compare_with("trace = \"requests.csv\"\nvariability = 200", "1\nx\n");
    assert!(broken.stderr.contains("the trace `requests.csv`: `x` is no number"), "{}", broken.stderr);
    assert!(broken.stderr.contains("`variability`: 200 is more than 100"), "{}", broken.stderr);
}
