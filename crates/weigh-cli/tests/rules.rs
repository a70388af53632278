//! Team, stated traits and rules through the binary: the report, and every mistake with line and caret.

mod support;

use support::{ask, run};

const START: &str = "[scenario]\nname = \"Shop\"\nregion = \"us-east-1\"\n[traffic]\nrate = \"10_000/day\"\n\
    [[component]]\nname = \"api\"\nvcpu = 0.5\nmemory = \"1 GiB\"\ncpu_time = \"50 ms\"\nstart_up_time = \"1 s\"\n\
    [[option]]\nplatform = \"fargate\"\n[[option]]\nplatform = \"lightsail\"\n[[option]]\nplatform = \"lambda\"\n";

fn compare(tables: &str) -> String {
    run("compare -", &format!("{START}{tables}"))
}

#[test]
fn a_team_with_rules_and_traits_is_weighed_and_told() {
    insta::assert_snapshot!(compare(
        r#"
        [needs]
        largest_upload = "10 MB"

        [team]
        developers = 2
        hourly_rate = "$80"
        skills = ["docker", "aws-console"]
        set_up_months = 24

        [wishes]
        total_cost_of_ownership = 3
        skills_lacking = 1
        longest_request = 1
        head_room = 1
        portability = { weight = 1, best = 5, worst = 2 }

        [[trait]]
        platform = "lightsail"
        name = "stars/portability"
        value = 4
        reason = "our images run anywhere"

        [[rule]]
        when = "requests_per_day <= 10_000 and developers < 3"
        choose = "lightsail"
        because = "a small team"

        [[rule]]
        when = "monthly_budget < $100 or not steady_traffic"
        avoid = "fargate"
        because = "it would not pay"

        [[rule]]
        when = "largest_upload > 6 MB"
        reject = "lambda"
        because = "no way round S3"
        "#
    ));
}

/// What is wrong at one place of a table, with what the answer must say.
#[test]
fn every_mistake_in_a_rule_a_trait_or_a_team_is_told_at_its_place() {
    let rule = |keys: &str| format!("[[rule]]\nbecause = \"so\"\n{keys}\n");
    let named = |name: &str, value: &str| {
        format!("[[trait]]\nplatform = \"lambda\"\nname = \"{name}\"\nvalue = {value}\nreason = \"so\"\n")
    };
    let mistakes = [
        rule("when = \"request_per_day < 10_000\"\nchoose = \"lightsail\""),
        rule("when = \"gpu and developers\"\nchoose = \"lightsail\""),
        rule("when = \"developers < 3 people\"\nchoose = \"lightsail\""),
        rule("when = \"(gpu or streaming\"\nchoose = \"lightsail\""),
        rule("when = \"gpu = true\"\nchoose = \"lightsail\""),
        rule("when = \"longest_request < 30\"\nchoose = \"lightsail\""),
        rule("when = \"gpu\"\nchoose = \"lightsale\""),
        rule("when = \"gpu\""),
        rule("when = \"gpu\"\nchoose = \"lambda\"\nreject = \"fargate\""),
        "[[rule]]\nwhen = \"gpu\"\nchoose = \"lambda\"\n".to_owned(),
        named("stars/scalabilty", "3"),
        named("stars/scalability", "6"),
        named("shell-access", "\"perhaps\""),
        named("skills", "\"docker, pyton\""),
        named("operating-hours", "-1"),
        format!("{}{}", named("operating-hours", "1"), named("operating-hours-low", "1")),
        "[[trait]]\nplatform = \"lambda\"\nname = \"skills\"\nvalue = \"docker\"\n".to_owned(),
        "[team]\nskills = [\"doker\"]\n".to_owned(),
        "[team]\ndevelopers = -1\n".to_owned(),
        "[team]\nhourly_rate = 80\n".to_owned(),
        "[team]\nset_up_months = 0\n".to_owned(),
    ];
    let mut catalogue = String::new();
    for mistake in mistakes {
        let answer = ask("compare -", format!("{START}{mistake}").as_bytes());
        assert_eq!((answer.code, answer.stdout.as_str()), (1, ""), "{mistake}");
        catalogue.push_str(&answer.stderr);
        catalogue.push('\n');
    }
    insta::assert_snapshot!(catalogue);
}
