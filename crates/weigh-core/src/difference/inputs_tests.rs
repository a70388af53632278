//! What differs between scenarios, on canonical lines written by hand.

use super::*;

fn lines(text: &str) -> Vec<String> {
    text.lines().map(str::to_owned).collect()
}

const SHOP: &str = "extends = 'base.toml'

[[component]]
calls = [
  'a',
  'b, ]',
]
name = 'api'

[[environment]]
name = 'staging'
traffic_share = '5 %'
zones = 1

[[option]]
platform = 'fargate'

[[option]]
platform = 'fargate'

[[option]]
name = 'hybrid'

[[option.part]]
platform = 'lambda'

[[request]]
component = 'api'
name = 'upload'
share = '10 %'

[scenario]
as_of = 2026-01-01
name = 'Shop'

[traffic]
rate = '10_000/day'

[[traffic.burst]]
factor = 3

[traffic.launch]
factor = 2";

#[test]
fn tables_are_read_and_written_as_they_stand() {
    let shop = lines(SHOP);
    assert_eq!(super::lines(&tables(&shop)), shop);
    let places: Vec<String> = tables(&shop).into_iter().map(|table| table.place).collect();
    assert_eq!(
        places,
        [
            "",
            "[[component]] api",
            "[[environment]] staging",
            "[[option]] fargate",
            "[[option]] fargate #2",
            "[[option]] hybrid",
            "[[option.part]] hybrid lambda",
            "[[request]] upload",
            "[scenario]",
            "[traffic]",
            "[[traffic.burst]]",
            "[traffic.launch]"
        ]
    );
}

#[test]
fn what_differs_is_told_in_words_with_its_driver() {
    let rows = [
        (
            "rate = '10_000/day'",
            "rate = '20_000/day'",
            "[traffic] rate: '10_000/day' -> '20_000/day'",
            Driver::Traffic,
        ),
        ("factor = 3", "factor = 4", "[[traffic.burst]] factor: 3 -> 4", Driver::Traffic),
        ("zones = 1", "zones = 2", "[[environment]] staging zones: 1 -> 2", Driver::Scenario),
        (
            "traffic_share = '5 %'",
            "traffic_share = '6 %'",
            "[[environment]] staging traffic_share: '5 %' -> '6 %'",
            Driver::Traffic,
        ),
        ("as_of = 2026-01-01\n", "", "[scenario] as_of: removed, was 2026-01-01", Driver::Prices),
        (
            "  'a',\n",
            "  'a',\n  'c',\n",
            "[[component]] api calls: ['a', 'b, ]'] -> ['a', 'c', 'b, ]']",
            Driver::Scenario,
        ),
        ("extends = 'base.toml'\n\n", "", "extends: removed, was 'base.toml'", Driver::Scenario),
        (
            "name = 'hybrid'",
            "name = 'hybrid'\ntasks = 2",
            "[[option]] hybrid tasks: added 2",
            Driver::Scenario,
        ),
        ("\n\n[traffic.launch]\nfactor = 2", "", "[traffic.launch]: removed", Driver::Traffic),
        (
            "\n\n[[request]]",
            "\n\n[[option]]\nname = 'b'\n\n[[request]]",
            "[[option]] b: added",
            Driver::Scenario,
        ),
    ];
    for (from, to, told, driver) in rows {
        assert_eq!(SHOP.matches(from).count(), 1, "{from}");
        let changes = input_changes(&lines(SHOP), &lines(&SHOP.replace(from, to)));
        let [change] = changes.as_slice() else { panic!("{from}: {changes:?}") };
        assert_eq!((change.to_string().as_str(), change.driver), (told, driver));
    }
}

#[test]
fn the_traffic_of_another_scenario_is_all_that_says_how_much_comes() {
    let new = SHOP
        .replace("10_000", "20_000")
        .replace("factor = 3", "factor = 5")
        .replace("\n\n[traffic.launch]\nfactor = 2", "")
        .replace("'5 %'", "'7 %'")
        .replace("'10 %'", "'30 %'");
    let and_more = new.replace("zones = 1", "zones = 3").replace("'api'\n\n", "'api'\nvcpu = 2\n\n");
    assert_eq!(workload(&lines(SHOP), &lines(&and_more)).join("\n"), new);
    // Shares of other kinds of request belong together.
    let other = new.replace("name = 'upload'", "name = 'download'");
    let mixed = workload(&lines(SHOP), &lines(&other)).join("\n");
    assert!(mixed.contains("share = '10 %'") && mixed.contains("20_000"), "{mixed}");
}

#[test]
fn a_scenario_takes_the_day_of_another() {
    let other = SHOP.replace("as_of = 2026-01-01\n", "");
    assert_eq!(with_day(&lines(SHOP), &lines(&other)).join("\n"), other);
    assert_eq!(with_day(&lines(&other), &lines(SHOP)).join("\n"), SHOP);
}
