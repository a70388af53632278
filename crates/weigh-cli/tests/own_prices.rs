//! A user's own prices, discounts and a pinned book: laid over the list, visible in the report, refused when wrong.

mod support;

use support::{Answer, BOOK, answer, ask, program};

const OWN: &str = "crates/weigh-cli/tests/data/own-prices.csv";

const DISCOUNTED: &str = r#"[scenario]
name = "Shop"
region = "us-east-1"
[traffic]
rate = "10_000/day"
[[component]]
name = "api"
vcpu = 1
memory = "2 GiB"
cpu_time = "50 ms"
start_up_time = "1 s"
response_size = "2 MB"
[[discount]]
service = "fargate"
off = "20 %"
note = "agreement 4711"
[[discount]]
service = "all"
off = 0.05
[[option]]
platform = "fargate"
tasks = 2
"#;

#[test]
fn own_prices_are_named_where_they_are_used() {
    let words = format!("explain scenarios/ai-prism.toml --option fargate --prices {OWN}");
    let own = ask(&words, b"");
    let lines: Vec<&str> =
        own.stdout.lines().filter(|line| line.contains("own") && !line.contains("down")).collect();
    insta::assert_snapshot!(lines.join("\n"));
    // On a day before the sheet begins its prices are not used, and that is said.
    let earlier = ask(&format!("{words} --as-of 2025-12-31"), b"").stdout;
    let flowing = earlier.split_whitespace().collect::<Vec<_>>().join(" ");
    assert!(flowing.contains("1 own price begins later and is not used."), "{earlier}");
    // A price that the book lacks can be one's own.
    let words =
        format!("explain scenarios/ai-prism.toml --option fargate --region ap-south-1 --prices {OWN}");
    let lacking = ask(&words, b"");
    assert!(lacking.stdout.contains("asked by telephone"), "{}", lacking.stdout);
    // The book with the sheet is another book.
    let hash = |answer: &Answer| {
        let (_, after) = answer.stdout.split_once("Price book ").expect("a report names its book");
        after[..12].to_owned()
    };
    let without = ask("explain scenarios/ai-prism.toml --option fargate", b"");
    assert_ne!(hash(&own), hash(&without));
    let pinned = ask(&format!("compare scenarios/ai-prism.toml --book {}", hash(&without)), b"");
    assert_eq!(pinned.code, 0, "{}", pinned.stderr);
    let other =
        ask(&format!("compare scenarios/ai-prism.toml --prices {OWN} --book {}", hash(&without)), b"");
    assert_eq!((other.code, other.stdout.as_str()), (1, ""));
    assert!(other.stderr.contains("the price book is"), "{}", other.stderr);
}

#[test]
fn discounts_are_shown_beside_the_list_price() {
    let explained = ask("explain - --option fargate", DISCOUNTED.as_bytes());
    insta::assert_snapshot!(explained.transcript());
    let compared = ask("compare -", DISCOUNTED.as_bytes());
    let flowing = compared.stdout.split_whitespace().collect::<Vec<_>>().join(" ");
    assert!(flowing.contains("are less a discount"), "{}", compared.stdout);
}

#[test]
fn wrong_books_and_sheets_are_refused() {
    let mut all = String::new();
    let folder = std::env::temp_dir().join(format!("weigh-sheets-{}", std::process::id()));
    std::fs::create_dir_all(&folder).expect("a folder");
    let sheets: [(&str, &[u8]); 5] = [
        ("empty.csv", b""),
        ("header.csv", b"price,region\n"),
        ("rows.csv", b"price_id,region,unit,price,from,note\nfargate/vcpu-hours/linux-x86,us-east1,Hours,0.03,2026-01-01,\n"),
        ("amounts.csv", b"price_id,region,unit,price,from,note\na/b,*,Hours,\"1,000\",2026-01-01,\na/b,*,Hours,1,1/2/26,\n"),
        ("latin.csv", b"price_id,region,unit,price,from,note\na/b,*,Hours,1,2026-01-01,caf\xe9\n"),
    ];
    for (name, bytes) in sheets {
        std::fs::write(folder.join(name), bytes).expect("a file");
        let path = folder.join(name).display().to_string();
        let words = ["compare", "scenarios/ai-prism.toml", "--prices", BOOK, "--prices", &path];
        let told = answer(program().args(words), format!("compare … --prices {name}"), b"");
        assert_eq!((told.code, told.stdout.as_str()), (1, ""), "{name}");
        all.push_str(&told.transcript().replace(&folder.display().to_string(), "FOLDER"));
    }
    for words in [
        "compare scenarios/ai-prism.toml --book 12",
        "compare scenarios/ai-prism.toml --book 0123456789ab",
        "compare scenarios/ai-prism.toml --prices scenarios",
        "compare scenarios/ai-prism.toml --prices no-such-file.csv",
    ] {
        let told = answer(program().args(words.split(' ')), words.to_owned(), b"");
        assert_eq!((told.code, told.stdout.as_str()), (1, ""), "{words}");
        let stderr = told.transcript();
        // The hash of the real book moves with its data.
        let hash = regex_lite::Regex::new("[0-9a-f]{64}").expect("a pattern");
        all.push_str(&hash.replace_all(&stderr, "HASH"));
    }
    std::fs::remove_dir_all(&folder).expect("the folder goes");
    insta::assert_snapshot!(all);
}
