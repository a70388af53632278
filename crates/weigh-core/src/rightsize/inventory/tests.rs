//! What inventories say, and what is refused in them.

use proptest::prelude::*;

use super::*;

/// The only container of an inventory.
fn one(header: &str, row: &str) -> Container {
    let read = Inventory::parse(&format!("{header}\n{row}\n"));
    read.unwrap_or_else(|problems| panic!("{row}: {problems:?}")).containers[0].clone()
}

/// What is wrong in a text: the place, the message and what was probably meant.
fn wrong(text: &str) -> Vec<String> {
    let problems = Inventory::parse(text).expect_err("something is wrong");
    let told = problems.iter().map(|problem| {
        let (line, column) = problem.line_and_column(text);
        let meant = problem.suggestion.as_ref().map(|meant| format!(" -> {meant}")).unwrap_or_default();
        assert!(!problem.allowed.is_empty(), "{} says what is allowed", problem.message);
        format!("{line}:{column} {}{meant}", problem.message)
    });
    told.collect()
}

#[test]
fn columns_stand_in_any_order_and_several_spellings() {
    let wanted = one("name,cpu,memory", "api,12.5 %,340 MiB");
    for (header, row) in [
        ("memory,name,cpu", "340 MiB,api,12.5%"),
        ("NAME,CPU %,MEM USAGE / LIMIT", "api,12.50%,340MiB / 7.6GiB"),
        (
            "CONTAINER ID,NAME,CPU %,MEM USAGE / LIMIT,MEM %,NET I/O,BLOCK I/O,PIDS",
            "1f2e,api,12.5%,340MiB / 7.6GiB,4.4%,1kB / 2kB,0B / 0B,12",
        ),
        ("name;cpu;memory", "api;12.5 %;340 MB"),
        ("name\tcpu_percent\tmemory", "api\t12.5\t348160 KB"),
        ("name,cpu,memory,note", "\"api\", \"12.5 %\" ,340 MiB,\"measured, at noon\""),
        ("\u{feff}name,cpu,memory", "api,+12.5 %,340 MiB\r"),
        ("# a remark\n\nname,cpu,memory,,", "api,12.5 %,340 MiB,,,,"),
        ("name,cpu,memory,replicas,peak_cpu,image_size", "api,12.5 %,340 MiB,,,"),
    ] {
        assert_eq!(one(header, row), wanted, "{header}");
    }
}

#[test]
fn all_that_is_known_is_read() {
    let header = "name,cpu,memory,image_size,replicas,peak_cpu,peak_memory,reserved_memory";
    let read = one(header, "postgres (airflow),0.93 %,28.6 MB,400 MB,3,150 %,1.2 GB,2 GB");
    let size = |text: &str| Some(text.parse().unwrap());
    assert_eq!((read.name.as_str(), read.replicas), ("postgres (airflow)", 3));
    assert_eq!((read.cpu_percent.to_string(), read.peak_cpu_percent), ("0.93".into(), Some(150.into())));
    assert_eq!((read.peak_memory, read.reserved_memory), (size("1.2 GB"), size("2 GB")));
    assert_eq!(read.image_size, size("400 MB"));
}

#[test]
fn mistakes_are_told_together_with_their_place() {
    let text = "name,cpu,memori,replicas\n\
                api,12.5,340,0\n\
                api,-3 %,1 GB,1\n\
                web,10000.1 %,0 B,1,extra\n\
                db,\"12,5 %\",2 apples,5001\n\
                q,--,--,\n\
                ,5 %,1 GB,\n\
                short,5 %\n";
    assert_eq!(
        wrong(text),
        [
            "1:10 unknown column `memori` -> memory",
            "2:5 `12.5` lacks its percent sign -> 12.5 %",
            "2:10 `340` is no size: a number and its unit (B, KB, MB, GB or TB), such as \"2 GiB\" or \"512 MB\" -> 340 MiB",
            "2:14 `0` is no count of replicas",
            "3:1 container `api` stands twice",
            "3:5 `-3 %`: it can't be negative",
            "4:21 the row has 5 values, the header 4",
            "5:5 `12,5 %` holds a comma, which may part decimals or thousands -> 12.5 %",
            "5:13 `2 apples` is no size: a number and its unit (B, KB, MB, GB or TB), such as \"2 GiB\" or \"512 MB\"",
            "5:22 `5001` is no count of replicas",
            "6:3 `--` is what docker stats shows for a container that does not run",
            "6:6 `--` is what docker stats shows for a container that does not run",
            "7:1 `name` is missing",
            "8:10 `memory` of `short` is missing",
        ]
    );
}

#[test]
fn headers_and_whole_files_are_told_apart() {
    let cases: [(&str, &[&str]); 8] = [
        ("", &["1:1 the inventory is empty"]),
        ("# nothing\n\n", &["1:1 the inventory is empty"]),
        ("name,cpu,memory\n", &["1:1 the inventory has a header, and no container"]),
        ("api,5 %,1 GB\nweb,5 %,1 GB\n", &["1:1 the first line is no header"]),
        (
            "name,image_size\napi,1 GB\n",
            &["1:1 the column `cpu` is missing", "1:1 the column `memory` is missing"],
        ),
        ("name,cpu,CPU %,memory\napi,1 %,1 %,1 GB\n", &["1:10 the column `cpu` stands twice"]),
        ("name,\"cpu,memory\n", &["1:6 a quote that its line does not close"]),
        ("name,cpu,memory\n\"api,5 %,1 GB\n", &["2:1 a quote that its line does not close"]),
    ];
    for (text, told) in cases {
        assert_eq!(wrong(text), told, "{text}");
    }
}

#[test]
fn values_end_where_they_make_no_sense() {
    let row = |row: &str| {
        let header = "name,cpu,memory,peak_cpu,peak_memory,reserved_memory";
        Inventory::parse(&format!("{header}\n{row}\n")).map(|_| ()).map_err(|problems| problems.len())
    };
    assert_eq!(row("a,10000 %,1024 TB,,,"), Ok(()));
    assert_eq!(row("a,0 %,1 B,0 %,1 B,1 B"), Ok(()));
    for refused in [
        "a,10001 %,1 GB,,,",
        "a,nan %,1 GB,,,",
        "a,inf %,1 GB,,,",
        "a,1 %,1025 TB,,,",
        "a,1 %,1 GB / apples,,,",
        "a,1 %,1 GB / 0 B,,,",
        "a,1 %,1 GB,,,0 B",
        "a\u{7},1 %,1 GB,,,",
        "a\"b,1 %,1 GB,,,",
        "a,5 %,1 GB,4 %,,",
        "a,5 %,1 GB,,900 MB,",
    ] {
        assert_eq!(row(refused), Err(1), "{refused}");
    }
    assert_eq!(row("a,5 %,1 GB,4 %,900 MB,"), Err(2));
    assert_eq!(row(&format!("{},5 %,1 GB,,,", "n".repeat(81))), Err(1));
}

proptest! {
    /// Whatever stands in a file, it is read or told where it is wrong, within the text.
    #[test]
    fn no_text_makes_it_panic(
        rows in prop::collection::vec("[a-z0-9,;\"\t%. /\\-éµGMiB#]{0,40}|name,cpu,memory|.{0,20}", 0..8),
    ) {
        let text = rows.join("\n");
        match Inventory::parse(&text) {
            Ok(inventory) => prop_assert!(!inventory.containers().is_empty()),
            Err(problems) => {
                prop_assert!(!problems.is_empty());
                for problem in problems {
                    prop_assert!(text.get(problem.span.clone()).is_some(), "{problem:?}");
                }
            }
        }
    }

    /// What is written is what is read.
    #[test]
    fn figures_are_kept(percent in 0_u32..=1_000_000, mib in 1_u32..=100_000, replicas in 1_u32..=5_000) {
        let percent = Decimal::new(percent.into(), 2);
        let text = format!("replicas,memory,name,cpu\n{replicas},{mib} MiB,a,{percent} %\n");
        let read = Inventory::parse(&text).unwrap().containers[0].clone();
        prop_assert_eq!(read.cpu_percent, percent);
        prop_assert_eq!((read.memory, read.replicas), (Size::from_mib(mib), replicas));
    }
}
