//! Environments and parts of options: the whole is its parts, priced together.

mod support;

use rust_decimal::Decimal;
use support::{compare, evaluation, exactly, failed, option, scenario, status};
use weigh_core::evaluate::Evaluation;
use weigh_core::scenario::Scenario;

const APPLICATION: &str = "[scenario]\nname = \"t\"\nregion = \"us-east-1\"\n[traffic]\nrate = \"20_000/day\"\n\
    [[component]]\nname = \"api\"\nvcpu = 0.5\nmemory = \"1 GiB\"\ncpu_time = \"50 ms\"\nstart_up_time = \"2 s\"\n\
    [[component]]\nname = \"store\"\nvcpu = 1\nmemory = \"2 GiB\"\ncpu_time = \"10 ms\"\nstart_up_time = \"2 s\"\n\
    internal = true\nstate = \"local-disk\"\ndisk = \"10 GB\"\n";
const ENVIRONMENTS: &str = "[[environment]]\nname = \"staging\"\nrate = \"500/day\"\n\
    [[environment]]\nname = \"production\"\nmin_replicas = 2\n";

fn part(environment: &str, platform: &str, rest: &str) -> String {
    let environment = match environment {
        "" => String::new(),
        named => format!("environment = \"{named}\"\n"),
    };
    format!("[[option.part]]\n{environment}platform = \"{platform}\"\n{rest}\n")
}

fn only(text: &str) -> Evaluation {
    let comparison = compare(text);
    evaluation(&comparison.options[0])
        .unwrap_or_else(|| panic!("{:?}", comparison.options[0].verdict))
        .clone()
}

fn environment_cost(evaluation: &Evaluation, name: &str) -> Decimal {
    let own = evaluation.bill.charges().iter().filter(|charge| &*charge.environment == name);
    own.map(|charge| charge.cost).sum()
}

#[test]
fn an_option_deploys_every_environment_and_the_bill_is_their_sum() {
    let whole = only(&format!("{APPLICATION}{ENVIRONMENTS}[[option]]\nplatform = \"fargate\"\n"));
    assert_eq!(whole.parts.len(), 2);
    assert_eq!(whole.size, "2 parts");
    let costs = ["staging", "production"].map(|name| environment_cost(&whole, name));
    assert_eq!(costs.iter().sum::<Decimal>(), whole.bill.total());
    let without: Decimal =
        whole.parts.iter().map(|part| part.evaluation.bill_without_allowances.total()).sum();
    // No tier is reached, so parts add up, but for the images: they lie in one registry, and are stored once.
    let images: Decimal = support::charges(&whole.bill, "ecr/").iter().map(|charge| charge.cost).sum();
    assert_eq!(support::charges(&whole.bill, "ecr/").len(), 2);
    assert_eq!(without - images, whole.bill_without_allowances.total());
}

#[test]
fn an_environment_alone_is_the_scenario_with_its_traffic_and_needs() {
    let production =
        APPLICATION.to_owned() + "[needs]\nmin_replicas = 2\n[[option]]\nplatform = \"fargate\"\n";
    let plain = only(&production);
    let whole = only(&format!("{APPLICATION}{ENVIRONMENTS}[[option]]\nplatform = \"fargate\"\n"));
    assert_eq!(whole.parts[1].evaluation.bill, plain.bill);
    let one = only(&format!("{APPLICATION}[[option]]\nname = \"o\"\n{}", part("", "fargate", "tasks = 2")));
    let stated = only(&format!("{APPLICATION}[[option]]\nplatform = \"fargate\"\ntasks = 2\n"));
    assert_eq!(one.bill.total(), stated.bill.total());
    let shared = "[[environment]]\nname = \"a\"\ntraffic_share = \"25 %\"\n[[environment]]\nname = \"b\"\ntraffic_share = \"75 %\"\n";
    let text = format!("{APPLICATION}{shared}[[option]]\nplatform = \"fargate\"\n");
    let requests = scenario(&text).requests();
    assert!((requests - scenario(&production).requests()).abs() < exactly("0.000001"), "{requests}");
}

#[test]
fn components_of_one_environment_may_stand_on_several_platforms() {
    let parts = part("", "fargate", "components = [\"api\"]\ntasks = 2")
        + &part("", "ec2-compose", "instance_type = \"t3.medium\"\ninstances = 1");
    let whole = only(&format!("{APPLICATION}[[option]]\nname = \"mixed\"\n{parts}"));
    let sizes: Vec<&str> = whole.parts.iter().map(|part| part.evaluation.size.as_str()).collect();
    assert_eq!(sizes, ["2 × 0.5 vCPU, 1 GB", "1 × t3.medium"]);
    assert_eq!(
        whole.components.iter().map(|each| each.component.as_str()).collect::<Vec<_>>(),
        ["api", "store"]
    );
    // The store is reached by name: one load balancer, in front of the api.
    assert_eq!(support::charges(&whole.bill, "elb/application-load-balancer-hours").len(), 1);
    // No file system: the store has the disk of its instance, 30 GB and its own 10.
    assert_eq!(support::shown(&whole.bill, "ebs/gp3"), "40 × 0.08 = 3.2");
    assert!(support::charges(&whole.bill, "efs/").is_empty());
    // Both platforms are to be looked after: hours add up, stars are those of the weaker one.
    let comparison = compare(&format!("{APPLICATION}[[option]]\nname = \"mixed\"\n{parts}"));
    let (_, ranked) = comparison.ranked().next().expect("it is ranked");
    let value = |id: &str| {
        let place = comparison.columns.iter().position(|column| column.criterion == id).expect("a criterion");
        ranked.values[place]
    };
    assert_eq!((value("operating_hours"), value("scalability")), (7.5, 3.0));
}

#[test]
fn a_part_that_fails_a_need_rejects_the_option_and_is_named() {
    let parts = part("staging", "lightsail", "") + &part("production", "fargate", "");
    let comparison = compare(&format!("{APPLICATION}{ENVIRONMENTS}[[option]]\nname = \"o\"\n{parts}"));
    let found = option(&comparison, "o");
    assert_eq!((status(found), failed(found)), ("rejected", vec!["state"]));
    let budget = "[needs]\nmonthly_budget = \"$100\"\n";
    let text = format!("{APPLICATION}{ENVIRONMENTS}{budget}[[option]]\nplatform = \"fargate\"\n");
    let comparison = compare(&text);
    assert_eq!(failed(&comparison.options[0]), ["monthly_budget"], "the budget is that of the whole");
}

#[test]
fn what_a_part_names_must_be_there_and_stand_once() {
    let wrong = |parts: &str| -> Vec<String> {
        let text = format!("{APPLICATION}{ENVIRONMENTS}[[option]]\nname = \"o\"\n{parts}");
        let problems = Scenario::parse(&text, support::vocabulary()).expect_err("it is wrong");
        problems.into_iter().map(|problem| problem.message).collect()
    };
    let all = |environment| part(environment, "fargate", "");
    assert_eq!(
        wrong(&all("staging")),
        ["option `o` places `api` of production nowhere", "option `o` places `store` of production nowhere"]
    );
    let twice = all("staging")
        + &part("production", "fargate", "components = [\"api\", \"store\"]")
        + &part("production", "lambda", "components = [\"api\"]");
    assert_eq!(wrong(&twice), ["option `o` places `api` of production twice"]);
    assert_eq!(wrong(&all("prodction")), ["`environment`: unknown environment `prodction`"]);
    assert_eq!(wrong(&all("")), ["an [[option.part]] lacks `environment`"]);
    let unknown = part("staging", "fargate", "components = [\"apis\"]") + &all("production");
    assert_eq!(wrong(&unknown), ["`components`: unknown component `apis`"]);
    let settings = part("staging", "fargate", "instance_type = \"t3.micro\"") + &all("production");
    assert_eq!(wrong(&settings), ["unknown key `instance_type` in a fargate part"]);
    assert_eq!(
        wrong(&(all("staging") + &all("production") + &all("production"))),
        ["a part of option `o` of production has no component left"]
    );
}

#[test]
fn parts_of_one_environment_on_one_platform_have_names_of_their_own() {
    let parts = part("", "fargate", "components = [\"api\"]\ntasks = 2")
        + &part("", "fargate", "tasks = 1\nscaling = \"fixed\"");
    let whole = only(&format!("{APPLICATION}[[option]]\nname = \"o\"\n{parts}"));
    let names: Vec<&str> = whole.parts.iter().map(|part| part.name.as_str()).collect();
    assert_eq!(names, ["fargate (api)", "fargate (store)"]);
}
