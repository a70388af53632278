//! Traces as people have them: clean ones, broken ones, and what is made of each.

#![allow(
    clippy::float_cmp,
    reason = "counts are whole numbers, and are spread over minutes that divide them"
)]

use proptest::prelude::*;

use super::*;
use crate::traffic::{Traffic, Zone};

fn read_in(text: &str, zone: &str, piece: usize) -> Result<Trace, TraceProblems> {
    let mut reader = TraceReader::new("t.csv", zone.parse().unwrap());
    text.as_bytes().chunks(piece).for_each(|piece| reader.feed(piece));
    reader.finish()
}

fn read(text: &str) -> Trace {
    read_in(text, "UTC", 1 << 16).unwrap_or_else(|problems| panic!("{problems:?}"))
}

/// The first mistake: its line, the marked part of it, and what is said.
fn refused(text: &str) -> (u64, String, String) {
    let problems = read_in(text, "UTC", 1 << 16).unwrap_err();
    let first = &problems.first[0];
    (first.line, first.text[first.span.clone()].to_owned(), first.message.clone())
}

/// Rows of a count each from a local time on.
fn rows(from: &str, step_min: u32, counts: &[u32]) -> String {
    let (day, clock) = from.split_once(' ').unwrap();
    let (hour, minute) = clock.split_once(':').unwrap();
    let start: u32 = hour.parse::<u32>().unwrap() * 60 + minute.parse::<u32>().unwrap();
    let first: Date = day.parse().unwrap();
    let days = first.days_since("1970-01-01".parse().unwrap()).unsigned_abs();
    let line = |(index, count): (u32, &u32)| {
        let at = start + index * step_min;
        let date = Date::from_unix_days(days + u64::from(at / 1_440)).unwrap();
        format!("{date} {:02}:{:02},{count}\n", at % 1_440 / 60, at % 60)
    };
    (0..).zip(counts).map(line).collect()
}

/// The same four counts, five minutes apart, in every form that is known.
#[test]
fn every_form_of_a_row_says_the_same() {
    let plain =
        "2026-03-02 00:00:00,1000\n2026-03-02 00:05:00,2\n2026-03-02 00:10:00,3.5\n2026-03-02 00:15:00,4\n";
    let expected = read(plain);
    assert_eq!(expected.requests_per_minute[..6], [200.0, 200.0, 200.0, 200.0, 200.0, 0.4]);
    for same in [
        format!("timestamp,value\n{plain}"),
        format!("\u{feff}{}", plain.replace('\n', "\r\n")),
        plain.replace("1000", "\"1,000\""),
        plain.replace("1000", "1e3").replace(",2\n", ",2.0\n"),
        plain.replace(',', ";"),
        plain.replace(',', " ;  ").replace("1000", "1,000"),
        plain.replace(',', "\t").replace("1000", "1 000.0"),
        plain.replace('-', "/"),
        plain.replace("2026-03-02 ", "2026-03-02T").replace(":00,", ":00Z,"),
        plain.replace(":00,", ":00.250Z,"),
        plain.replace("2026-03-02 00", "2026-03-02 05").replace(":00,", ":00+05:00,"),
        plain.replace("2026-03-02 00", "2026-03-01 19").replace(":00,", ":00-0500,"),
        plain.replace(":00,", ","),
        plain.replace(":00,", ":00 UTC,"),
        plain.replace('\n', ",Count\n"),
        plain.replace("2026", "\"2026").replace(":00,", ":00\","),
        "1772409600,1000\n1772409900,2\n1772410200,3.5\n1772410500,4".to_owned(),
        "1772409600000,1000\n1772409900000,2\n1772410200000,3.5\n1772410500000.5,4\n\n".to_owned(),
        format!(
            "Full label,\"RequestCount, app/web\"\nStatistic,Sum\nPeriod,300\nLabel,RequestCount\n{plain}"
        ),
        format!("# from the console\n\n{plain}"),
    ] {
        let trace = read(&same);
        assert_eq!(trace.requests_per_minute, expected.requests_per_minute, "{same}");
        assert_eq!((trace.findings(), trace.step_s(), trace.rows()), (&[][..], 300, 4), "{same}");
    }
    for piece in [1, 2, 3, 7, 31] {
        assert_eq!(read_in(plain, "UTC", piece), Ok(expected.clone()));
    }
}

#[test]
fn a_count_on_each_line_is_one_a_minute() {
    for text in
        ["10\n20\n30\n", "requests\n10\n20\n30", "\"10\"\r\n\"20\"\r\n\"30\"\r\n", "# x\n10\n\n20\n30\n"]
    {
        let trace = read(text);
        assert_eq!(trace.requests_per_minute, [10.0, 20.0, 30.0], "{text}");
        assert_eq!(trace.describe(), "t.csv: 3 rows, one for each minute from the month's start on");
        assert_eq!(trace.requests(Month::Average).to_string(), "876000");
    }
}

/// trace | line | marked | what is said
#[test]
#[rustfmt::skip]
fn what_is_wrong_is_told_at_its_line() {
    let long = format!("2026-03-02 00:00,1\n{}", "9".repeat(5_000));
    let table: &[(&str, u64, &str, &str)] = &[
        ("2026-03-02 00:00,1\n2026-03-02 00:05,many\n", 2, "many", "`many` is no number"),
        ("2026-03-02 00:00,1\n2026-03-02 00:05,nan\n", 2, "nan", "`nan` is no number"),
        ("2026-03-02 00:00,1\n2026-03-02 00:05,inf\n", 2, "inf", "`inf` is no number"),
        ("2026-03-02 00:00,1\n2026-03-02 00:05,-3\n", 2, "-3", "`-3` is negative"),
        ("2026-03-02 00:00,1\n2026-03-02 00:05,1e13\n", 2, "1e13", "`1e13` is more than 1000000000000 requests"),
        ("2026-03-02 00:00,1\n2026-03-02 00:05,1e-9\n", 2, "1e-9", "`1e-9` is more than none and less than 0.000001 requests"),
        ("2026-03-02 00:00,1\n2026-03-02 00:05,1,23;4\n2026-03-02 00:10,1;2\n", 3, "1;2", "`1;2` is no number"),
        ("2026-03-02 00:00,1\n2026-03-02 00:05\n", 2, "2026-03-02 00:05", "a time without a count"),
        ("2026-03-02 00:00,1\n2026-02-30 00:05,2\n", 2, "2026-02-30 00:05", "`2026-02-30 00:05` is no time"),
        ("2026-03-02 00:00,1\n2026-03-02 24:05,2\n", 2, "2026-03-02 24:05", "`2026-03-02 24:05` is no time"),
        ("2026-03-02 00:00,1\nyesterday,2\n", 2, "yesterday", "`yesterday` is no time"),
        ("03/02/2026 00:00,1\n", 1, "03/02/2026 00:00", "`03/02/2026 00:00` is no time"),
        ("0,1\n1,2\n", 1, "0", "`0` is no time"),
        ("1999-03-02 00:00,1\n2126-03-02 00:05,2\n", 2, "2126-03-02 00:05,2", "a time more than a century from the others"),
        ("10\n20\nthirty\n", 3, "thirty", "`thirty` is no number"),
        ("-1\n2\n", 1, "-1", "`-1` is negative"),
        (&long, 2, &"9".repeat(80), "the line is longer than any of a trace"),
        ("\u{0}1\n", 1, "1", "the line is no UTF-8 text"),
        ("", 0, "", "the trace is empty"),
        ("\n\n", 0, "", "the trace has no row with a count"),
        ("time,count\n", 0, "", "the trace has no row with a count"),
        ("2026-03-02 00:00,1\n", 0, "", "the trace has a single row"),
        ("7\n", 0, "", "the trace has a single row"),
        ("2026-03-02 00:00,1\n2026-03-02 00:05,\n", 0, "", "the trace has a single row"),
        ("0\n0\n0.0\n", 0, "", "the trace has only zeros"),
        ("2026-03-02,1\n2026-03-09,1\n2026-03-16,1\n", 0, "", "the rows are 7 days apart"),
    ];
    for (text, line, marked, message) in table {
        assert_eq!(refused(text), (*line, (*marked).to_owned(), (*message).to_owned()), "{text}");
    }
    let headers = "no numbers here\n".repeat(30);
    assert_eq!(refused(&headers), (21, "no numbers here".to_owned(), "the first 21 lines begin with no number".to_owned()));
    let mut reader = TraceReader::new("t.csv", Zone::default());
    reader.feed(b"\xff\xfe1\x00\n\x00");
    assert_eq!(reader.finish().unwrap_err().first[0].message, "the file is UTF-16 text");
}

#[test]
fn mistakes_are_counted_beyond_the_first() {
    let problems = read_in(&format!("1\n2\n{}", "x\n".repeat(1_000)), "UTC", 100).unwrap_err();
    assert_eq!((problems.first.len(), problems.count, problems.first[19].line), (20, 1_000, 22));
}

#[test]
fn gaps_are_filled_along_a_line_or_as_a_week_or_a_day_before() {
    let trace = read("2026-03-02 00:00,10\n2026-03-02 00:01,10\n2026-03-02 00:02,10\n2026-03-02 00:06,50\n");
    assert_eq!(trace.requests_per_minute, [10.0, 10.0, 10.0, 20.0, 30.0, 40.0, 50.0]);
    assert_eq!(
        trace.findings()[0].to_string(),
        "1 gap of 3 steps (3 min after 2026-03-02 00:02), filled along a line"
    );
    // Nine days of 100 + the hour of the day and 5 on the first Monday; two hours of the last day are missing.
    let mut counts: Vec<u32> = (0..9 * 24).map(|hour| 100 + hour % 24).collect();
    counts[3] = 5;
    let all = rows("2026-03-02 00:00", 60, &counts);
    let without = |hours: &[usize]| -> String {
        let kept = all.lines().enumerate().filter(|(index, _)| !hours.contains(index));
        kept.map(|(_, line)| format!("{line}\n")).collect()
    };
    let (week, day) = (7 * 24 + 3, 6 * 24 + 4);
    let trace = read(&without(&[week, week + 1, day, day + 1]));
    let hour = |index: usize| (trace.requests_per_minute[index * 60] * 60.0).round();
    assert_eq!([hour(week), hour(week + 1), hour(day), hour(day + 1)], [5.0, 104.0, 104.0, 105.0]);
    assert!(trace.describe().contains("2 gaps of 4 steps (the longest 2 h after 2026-03-08 03:00), filled along a line up to an hour, longer"));
    // With nothing before it, it is the mean.
    let early = read("2026-03-02 00:00,60\n2026-03-02 01:00,60\n2026-03-02 02:00,60\n2026-03-02 05:00,60\n");
    assert_eq!(early.requests_per_minute[4 * 60], 1.0);
}

#[test]
fn repeats_disorder_and_empty_counts_are_found_and_stated() {
    let ordered = read("2026-03-02 00:00,1\n2026-03-02 00:01,2\n2026-03-02 00:02,3\n2026-03-02 00:03,4\n");
    let mixed = read(
        "2026-03-02 00:00,1\n2026-03-02 00:02,3\n2026-03-02 00:01,9\n2026-03-02 00:01,2\n2026-03-02 00:03,4\n",
    );
    assert_eq!(mixed.requests_per_minute, ordered.requests_per_minute);
    let told: Vec<String> = mixed.findings().iter().map(ToString::to_string).collect();
    assert_eq!(
        told,
        [
            "1 row with the time of another (line 4), of which the last counts",
            "1 row going back in time (line 3), sorted"
        ]
    );
    let empty = read("2026-03-02 00:00,1\n2026-03-02 00:01,\n2026-03-02 00:02,3\n2026-03-02 00:03,3\n");
    assert_eq!(empty.requests_per_minute, [1.0, 2.0, 3.0, 3.0]);
    assert_eq!(empty.findings()[1].to_string(), "1 row without a count (line 2), taken as missing");
    let wide = read("time,get,put\n2026-03-02 00:00,1,\n2026-03-02 00:01,2,7\n2026-03-02 00:02,3\n");
    assert_eq!(
        wide.findings()[0].to_string(),
        "1 row with more numbers than a time and a count (line 3), of which the first count is read"
    );
    // Below a minute rows add up, and only the same second is a repeat.
    let seconds = read(
        "2026-03-02 00:00:00,1\n2026-03-02 00:00:20,2\n2026-03-02 00:00:40,3\n2026-03-02 00:00:40,4\n2026-03-02 00:01:00,5\n",
    );
    assert_eq!((seconds.step_s(), &seconds.requests_per_minute[..]), (20, &[7.0, 5.0][..]));
    assert_eq!(seconds.findings().len(), 1);
}

#[test]
fn another_resolution_is_spread_evenly() {
    let hours = rows("2026-03-02 00:00", 60, &[600; 6]);
    let minutes = rows("2026-03-02 06:00", 5, &[50; 40]);
    let trace = read(&(hours + &minutes));
    assert!(trace.requests_per_minute.iter().all(|count| (count - 10.0).abs() < 1e-12));
    assert_eq!(trace.requests_per_minute.len(), 6 * 60 + 200);
    let told: Vec<String> = trace.findings().iter().map(ToString::to_string).collect();
    assert_eq!(
        told,
        [
            "2 changes of resolution (from 5 min to 1 h after 2026-03-02 00:00), each count spread evenly until the next"
        ]
    );
    // Rows a little early or late are no gap and no change.
    let late = read(
        "2026-03-02 00:00,50\n2026-03-02 00:05,50\n2026-03-02 00:11,60\n2026-03-02 00:15,40\n2026-03-02 00:20,50\n",
    );
    assert_eq!(late.findings(), []);
}

/// A day of 24 hours on a clock that is changed has 23 or 25: rows every half hour, of ten each.
#[test]
fn changes_of_the_clock_are_followed_where_the_zone_is_known() {
    // The clock goes from 02:00 to 03:00, on 2026-03-08 in New York; from 02:00 back to 01:00 on 2026-11-01.
    let spring: String = rows("2026-03-08 00:00", 30, &[10; 4]) + &rows("2026-03-08 03:00", 30, &[10; 42]);
    let autumn: String = rows("2026-11-01 00:00", 30, &[10; 4]) + &rows("2026-11-01 01:00", 30, &[10; 46]);
    for (text, zone, hours, told) in [
        (
            &spring,
            "America/New_York",
            23,
            "1 change of the clock in America/New_York (at 2026-03-08 03:00 local time), followed",
        ),
        (
            &autumn,
            "America/New_York",
            25,
            "1 change of the clock in America/New_York (at 2026-11-01 01:00 local time), followed",
        ),
        (
            &spring,
            "UTC",
            24,
            "an hour at night is missing, as at the start of daylight saving: filled along a line; state the time_zone to close it",
        ),
        (
            &autumn,
            "UTC",
            24,
            "an hour at night comes twice (line 5), as at the end of daylight saving: its later rows count; state the time_zone to keep both",
        ),
    ] {
        let trace = read_in(text, zone, 100).unwrap();
        assert_eq!(trace.requests_per_minute.len(), hours * 60, "{zone}");
        let found: Vec<String> = trace.findings().iter().map(ToString::to_string).collect();
        assert!(found.contains(&told.to_owned()), "{found:?}");
        assert_eq!(found.len(), if zone == "UTC" && text == &autumn { 2 } else { 1 }, "{found:?}");
    }
    // Berlin: forward at 02:00 on 2026-03-29, back at 03:00 on 2026-10-25.
    let spring = rows("2026-03-29 00:00", 30, &[10; 4]) + &rows("2026-03-29 03:00", 30, &[10; 42]);
    let autumn = rows("2026-10-25 00:00", 30, &[10; 6]) + &rows("2026-10-25 02:00", 30, &[10; 44]);
    for (text, hours) in [(spring, 23), (autumn, 25)] {
        let trace = read_in(&text, "Europe/Berlin", 100).unwrap();
        assert_eq!((trace.requests_per_minute.len(), trace.findings().len()), (hours * 60, 1));
    }
    // Times with their offset need no zone.
    let offset = "2026-10-25T02:30:00+02:00,1\n2026-10-25T02:00:00+01:00,2\n2026-10-25T02:30:00+01:00,3\n";
    assert_eq!(read_in(offset, "Europe/Berlin", 100).unwrap().findings(), []);
}

/// The hour of a month that a trace has there, by its count.
fn hour_of(trace: &Trace, month: &str, hour: usize) -> f64 {
    let month: Month = month.parse().unwrap();
    let mut minutes = vec![0.0; month.hours() as usize * 60];
    trace.spread(&mut minutes, month);
    (minutes[hour * 60] * 60.0).round()
}

#[test]
fn a_short_trace_is_repeated_by_weeks_or_days_and_a_long_one_gives_its_last_month() {
    let counts: Vec<u32> = (1..=60 * 24).collect();
    // Ten days from a Friday on: the last week is Monday to Sunday, and a month of 730 hours starts on a Monday.
    let week = read(&rows("2026-03-06 00:00", 60, &counts[..240]));
    assert_eq!([0, 167, 168, 729].map(|hour| hour_of(&week, "730h", hour)), [73.0, 240.0, 73.0, 130.0]);
    // 2026-04-01 is a Wednesday.
    assert_eq!([0, 119, 120].map(|hour| hour_of(&week, "2026-04", hour)), [121.0, 240.0, 73.0]);
    let mean = (73.0 + 240.0) / 2.0;
    assert!((approximate(week.requests(Month::Average)) / 730.0 - mean).abs() < 1e-9);
    // Two and a half days: two whole days, at their time of the day.
    let days = read(&rows("2026-03-06 06:00", 60, &counts[..60]));
    assert_eq!([0, 41, 42, 48].map(|hour| hour_of(&days, "730h", hour)), [19.0, 60.0, 13.0, 19.0]);
    // An hour is repeated as it is.
    let hour = read(&rows("2026-03-06 06:00", 1, &counts[..60]));
    assert_eq!(hour.requests(Month::Average).to_string(), "1335900");
    // Sixty days from a Monday on: the last month that begins on a Monday.
    let month = read(&rows("2026-03-02 00:00", 60, &counts));
    let first = hour_of(&month, "730h", 0);
    assert_eq!([first, hour_of(&month, "730h", 729)], [673.0, 1_402.0]);
    assert_eq!(month.requests_per_minute.len(), 38 * 1_440);
}

#[test]
fn a_month_of_zeros_in_a_trace_falls_back_on_all_of_it() {
    let mut counts = vec![0; 37 * 24];
    counts[0] = 60;
    let trace = read(&rows("2026-03-02 00:00", 60, &counts));
    let february: Month = "2026-02".parse().unwrap();
    assert!(trace.requests(february) > Decimal::ZERO);
    assert!(Traffic::from_trace(trace).busy_hour_per_s(february).is_finite());
    let mut counts = vec![0; 60 * 24];
    counts[0] = 60;
    assert_eq!(refused(&rows("2026-03-02 00:00", 60, &counts)).2, "the trace ends with 38 days of zeros");
}

#[test]
fn a_rate_scales_a_trace_and_a_trace_tells_its_variability() {
    let trace = read(&rows("2026-03-02 00:00", 60, &[10, 20, 30, 40].repeat(6)));
    let scaled = Traffic::from_scaled_trace(trace, "730/month".parse().unwrap());
    assert_eq!(scaled.requests(Month::Average).to_string(), "730");
    assert_eq!(scaled.describe(), "730/month, as in t.csv");
    assert_eq!(scaled.arrival_variability(), 1.0);
    // Counts that differ from one another by 2 k around 100: (2 k)² / 2 / 100.
    let counts: Vec<u32> = (0..60).map(|index| if index % 2 == 0 { 90 } else { 110 }).collect();
    let trace = read(&rows("2026-03-02 00:00", 1, &counts));
    assert_eq!(trace.variability(), Some(2.0));
    assert_eq!(Traffic::from_trace(trace.clone()).with_variability(7.0).arrival_variability(), 7.0);
    assert_eq!(Traffic::from_trace(trace).describe(), "1.667/s on average, as in t.csv");
}

proptest! {
    /// Whatever a file holds, it is read or refused, the same in pieces of any size.
    #[test]
    fn no_bytes_make_it_panic(
        lines in prop::collection::vec("[0-9T:,;. /\"éx+-]{0,30}|20[0-9]{2}-0[1-9]-[0-2][0-9] [0-2][0-9]:[0-5][0-9],[0-9]{1,4}", 0..40),
        piece in 1..50_usize,
        zone in prop::sample::select(vec!["UTC", "America/New_York", "UTC+05:30"]),
    ) {
        let text = lines.join("\n");
        let whole = read_in(&text, zone, 1 << 16);
        prop_assert_eq!(&whole, &read_in(&text, zone, piece));
        if let Ok(trace) = whole {
            for month in ["730h", "2026-02", "2026-03"] {
                let month: Month = month.parse().unwrap();
                let requests = approximate(trace.requests(month));
                let sum: f64 = Traffic::from_trace(trace.clone()).profile(month).rates_per_s.iter().sum();
                prop_assert!((sum * 60.0 / requests - 1.0).abs() < 1e-9, "{sum} {requests}");
            }
            prop_assert!(!trace.describe().is_empty());
        }
    }
}
