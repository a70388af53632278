//! Known answers of a month of the calendar beside 730 hours: what follows its hours, what its days, and what neither.

mod support;

use std::collections::BTreeSet;
use std::path::Path;

use rust_decimal::Decimal;
use support::{book, catalog, evaluation, exactly, option, option_of, read, scenario, text, whole_book};
use weigh_core::bill::{Charge, CommitmentRole};
use weigh_core::compare::{
    self, ChargeInTwoMonths, DeployedInTwoMonths, MonthReason, NotInTwoMonths, TwoMonths, in_two_months,
};
use weigh_core::data::DataFile;
use weigh_core::pricebook::{OwnSheet, RegionPrices};
use weigh_core::report::{GroupBy, MonthComparisonReport, month_comparison_report};
use weigh_core::scenario::Scenario;
use weigh_core::time::Month;

/// A component that a function of 512 MB holds.
const FUNCTION: &str = "memory = \"512 MB\"; cpu_time = \"5 ms\"";

/// The frozen book with rates of commitments laid over it.
fn with_rates() -> RegionPrices {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/data/commitments.csv");
    let file = DataFile { path: "commitments.csv".into(), text: read(&path).into() };
    let sheet = OwnSheet::read(&file).expect("the sheet is right");
    whole_book().with_own_prices(&sheet).open("us-east-1", None).expect("the region is there")
}

fn held(scenario: &Scenario, option: &str, month: &str) -> Result<TwoMonths, NotInTwoMonths> {
    let month = month.parse().expect("a month of the calendar");
    in_two_months(scenario, catalog(), &book("us-east-1", None), option, month)
}

fn months(text: &str, month: &str) -> TwoMonths {
    held(&scenario(text), "it", month).expect("two months")
}

fn deployed(text: &str, month: &str) -> DeployedInTwoMonths {
    months(text, month).deployed.expect("a bill")
}

/// The charges whose price id begins so, as `quantity = cost | quantity = cost | difference by reasons`.
fn shown(deployed: &DeployedInTwoMonths, price_id: &str) -> String {
    let is_it = |both: &&ChargeInTwoMonths| any(both).price_id.starts_with(price_id);
    let lines = deployed.charges.iter().filter(is_it).map(|both| {
        let side = |charge: &Option<Charge>| match charge {
            Some(charge) => format!("{} = {}", charge.quantity.normalize(), charge.cost.normalize()),
            None => "none".to_owned(),
        };
        let reasons: Vec<&str> = both.reasons.iter().map(|(reason, _)| reason.id()).collect();
        let difference = both.difference().normalize();
        let reasons = reasons.join(" + ");
        format!("{} | {} | {difference} by {reasons}", side(&both.average), side(&both.calendar))
    });
    lines.collect::<Vec<_>>().join("; ")
}

fn any(both: &ChargeInTwoMonths) -> &Charge {
    both.average.as_ref().or(both.calendar.as_ref()).expect("a charge of one month")
}

/// Whatever differs is told, to the last digit: of charges, reasons, and groups.
fn adds_up(deployed: &DeployedInTwoMonths, report: &MonthComparisonReport) {
    let whole = deployed.calendar.total() - deployed.average.total();
    let sum = |amounts: &mut dyn Iterator<Item = Decimal>| amounts.sum::<Decimal>();
    for both in &deployed.charges {
        let reasons = sum(&mut both.reasons.iter().map(|(_, amount)| *amount));
        assert_eq!(reasons, both.difference(), "{}", any(both).description);
    }
    assert_eq!(sum(&mut deployed.charges.iter().map(ChargeInTwoMonths::difference)), whole);
    assert_eq!(sum(&mut report.reasons.iter().map(|each| exactly_signed(&each.difference))), whole);
    assert_eq!(report.difference.as_deref().map(exactly_signed), Some(whole));
    for by in GroupBy::ALL {
        assert_eq!(
            sum(&mut report.totals.by(by).iter().map(|group| exactly_signed(&group.difference))),
            whole
        );
    }
}

fn exactly_signed(text: &str) -> Decimal {
    text.strip_prefix('-').map_or_else(|| exactly(text), |rest| -exactly(rest))
}

/// A task of 0.25 vCPU and 512 MB at 0.04048 and 0.004445 USD an hour: 168 vCPU-hours in February's 672 hours.
#[test]
fn a_task_is_billed_for_the_hours_of_the_month() {
    let component = "vcpu = 0.25; memory = \"512 MB\"; cpu_time = \"5 ms\"";
    let task = text("10_000/day", component, &option_of("fargate", "tasks = 1"));
    for (month, vcpu, memory) in [
        ("2026-02", "168 = 6.80064 | -0.58696", "336 = 1.49352 | -0.128905"),
        ("2024-02", "174 = 7.04352 | -0.34408", "348 = 1.54686 | -0.075565"),
        ("2026-04", "180 = 7.2864 | -0.1012", "360 = 1.6002 | -0.022225"),
        ("2026-12", "186 = 7.52928 | 0.14168", "372 = 1.65354 | 0.031115"),
    ] {
        let deployed = deployed(&task, month);
        let vcpu = format!("182.5 = 7.3876 | {vcpu} by hours");
        assert_eq!(shown(&deployed, "fargate/vcpu-hours"), vcpu, "{month}");
        let memory = format!("365 = 1.622425 | {memory} by hours");
        assert_eq!(shown(&deployed, "fargate/memory-gb-hours"), memory, "{month}");
    }
}

/// rate | requests of functions in 730 hours and in February
#[test]
fn requests_follow_the_days_unless_they_are_stated_for_a_month() {
    for (rate, requests) in [
        ("240_000/day", "7300000 = 1.46 | 6720000 = 1.344 | -0.116 by rate"),
        ("10_000/hour", "7300000 = 1.46 | 6720000 = 1.344 | -0.116 by rate"),
        ("1_680_000/week", "7300000 = 1.46 | 6720000 = 1.344 | -0.116 by rate"),
        ("7_300_000/month", "7300000 = 1.46 | 7300000 = 1.46 | 0 by stated-by-month"),
    ] {
        let rest = format!("free_tier = false\n{}", option_of("lambda", "memory = \"512 MB\""));
        let deployed = deployed(&text(rate, FUNCTION, &rest), "2026-02");
        assert_eq!(shown(&deployed, "lambda/requests"), requests, "{rate}");
    }
}

/// A million requests are free each month, long or short; what is beyond them shrinks by the days.
#[test]
fn free_quantities_do_not_shrink_with_the_month() {
    let rest = option_of("lambda", "memory = \"512 MB\"");
    let deployed = deployed(&text("240_000/day", FUNCTION, &rest), "2026-02");
    let free = "1000000 = 0 | 1000000 = 0 | 0 by allowance";
    let beyond = "6300000 = 1.26 | 5720000 = 1.144 | -0.116 by rate";
    assert_eq!(shown(&deployed, "lambda/requests"), format!("{free}; {beyond}"));
}

/// Responses of a steady rate that pass their 100 free GB in a long month alone: the days put them there. A season does so
/// without any help of the days, or with a little of it.
#[test]
fn a_part_that_one_month_alone_has_is_told_by_what_moves_its_line() {
    let component = "vcpu = 0.5; memory = \"1 GiB\"; cpu_time = \"5 ms\"; response_size = \"20 KB\"";
    let responses = |rate: &str, season: &str| {
        let rest = format!("month = \"2026-12\"\n{}", option_of("fargate", "tasks = 1"));
        let text = text(rate, component, &rest).replacen(
            &format!("{rate}\"\n"),
            &format!("{rate}\"\n{season}\n"),
            1,
        );
        let shown = shown(&deployed(&text, "2026-12"), "transfer/internet-out-gb");
        shown.split("; ").last().unwrap_or_default().to_owned()
    };
    let season = "season = [{ month = \"2026-12\", factor = 3 }]";
    for (rate, season, reasons) in [
        ("1.98/s", "", "by rate"),
        ("60_000/day", season, "by season-or-launch"),
        // The days alone pass the free quantity by a little.
        ("171_000/day", season, "by rate + season-or-launch"),
    ] {
        let told = responses(rate, season);
        assert!(told.starts_with("none | ") && told.ends_with(reasons), "{rate}: {told}");
    }
}

/// What is said of free quantities holds for the quantities: all free in both months, used up in both, or passed in one alone.
#[test]
fn what_is_said_of_free_quantities_follows_the_quantities() {
    let component =
        "vcpu = 0.5; memory = \"1 GiB\"; cpu_time = \"5 ms\"; response_size = \"20 KB\"; log_size = \"1 KB\"";
    let said = |rate: &str, month: &str| {
        let text = text(rate, component, &option_of("fargate", "tasks = 1"));
        let report = month_comparison_report(&months(&text, month));
        let free = report.charges.iter().filter(|charge| charge.part == "free allowance");
        let free = free.map(|charge| charge.reasons[0].because.clone()).collect::<BTreeSet<_>>();
        let meaning =
            report.reasons.iter().find(|each| each.reason == "allowance").map(|each| each.meaning.clone());
        (free.into_iter().collect::<Vec<_>>().join(" | "), meaning.expect("free quantities"))
    };
    let plain = "Free quantities and tiers begin anew each month and do not grow with its hours";
    let free = "a quantity for each month: free, up to a quantity for each month";
    let same = "a quantity for each month: as much in a short month as in a long one";
    assert_eq!(said("10_000/day", "2026-02"), (free.to_owned(), format!("{plain}.")));
    let of = |what: &str| format!("{plain}: of what {what} share falls into them.");
    assert_eq!(said("400_000/day", "2026-02"), (same.to_owned(), of("2026-02 uses, a larger")));
    assert_eq!(said("400_000/day", "2026-12"), (same.to_owned(), of("2026-12 uses, a smaller")));
}

/// What is paid upfront is on the invoice of one month alone, and Lightsail may bill a short month lower.
#[test]
fn what_an_invoice_shows_otherwise_is_said() {
    let reserved = |payment: &str| {
        format!(
            "{}[[commitment]]\nkind = \"reserved-instance\"\ninstance_type = \"t3.medium\"\nclass = \"standard\"\ncount = 1\nterm = \"1-year\"\npayment = \"{payment}\"\n",
            option_of("ec2-compose", "instance_type = \"t3.medium\"")
        )
    };
    let found = |rest: &str, month: &str| {
        let month = month.parse().expect("a month");
        let scenario = scenario(&text("1/s", "", rest));
        let months = in_two_months(&scenario, catalog(), &with_rates(), "it", month).expect("two months");
        month_comparison_report(&months).findings.join("\n")
    };
    assert!(found(&reserved("all-upfront"), "2026-02").contains("What is paid upfront"));
    assert!(!found(&reserved("no-upfront"), "2026-02").contains("What is paid upfront"));
    let nodes = option_of("lightsail", "nodes = 1");
    assert!(found(&nodes, "2026-02").contains("an invoice may show fewer hours"));
    assert!(!found(&nodes, "2026-12").contains("an invoice may show fewer hours"));
}

/// 20 GB of disk are 20 GB-months in any whole month, and a Lightsail node is its monthly price.
#[test]
fn what_has_a_monthly_price_costs_it_in_every_month() {
    let settings = "instance_type = \"t3.medium\"; instances = 1; disk = \"20 GB\"";
    let disk = text("10/s", "cpu_time = \"5 ms\"; concurrency = 8", &option_of("ec2-compose", settings));
    let node = text("1/s", "vcpu = 0.25; memory = \"256 MB\"", &option_of("lightsail", "nodes = 1"));
    for month in ["2026-02", "2026-04", "2026-12"] {
        let (disk, node) = (deployed(&disk, month), deployed(&node, month));
        assert_eq!(shown(&disk, "ebs/gp3-storage"), "20 = 1.6 | 20 = 1.6 | 0 by monthly-price");
        let nodes = shown(&node, "lightsail/container-node-months");
        assert!(nodes.ends_with("| 0 by monthly-cap") && nodes.starts_with("1 = "), "{nodes}");
        assert_eq!(node.average.total(), node.calendar.total());
    }
}

/// A plan of 0.01 USD an hour is due for each of the month's hours.
#[test]
fn a_commitment_is_due_for_each_hour() {
    let plan = "[[commitment]]\nkind = \"compute-savings-plan\"\nhourly = \"$0.01\"\nterm = \"1-year\"\npayment = \"no-upfront\"\n";
    let task = text("1/s", "", &format!("{}{plan}", option_of("fargate", "tasks = 1")));
    let months = in_two_months(&scenario(&task), catalog(), &with_rates(), "it", "2026-02".parse().unwrap());
    let months = months.expect("two months");
    let report = month_comparison_report(&months);
    let deployed = months.deployed.expect("a bill");
    let of =
        |both: &&ChargeInTwoMonths| any(both).commitment.is_some_and(|link| link.role == CommitmentRole::Fee);
    let fee = deployed.charges.iter().find(of).expect("a fee");
    assert_eq!(fee.reasons, [(MonthReason::Commitment, exactly_signed("-0.58"))]);
    assert_eq!(any(fee).cost, exactly("7.3"));
    adds_up(&deployed, &report);
}

/// Logs of a rate a day that are kept 14 days are as much in every month; those of a monthly rate are thinner in a long one.
#[test]
fn what_is_kept_for_days_is_another_share_of_the_month() {
    let supporting = "[supporting]\noff = [\"registry\"]\nlog_retention = \"14 days\"\n";
    let logs = |rate: &str| {
        let rest = format!("{supporting}{}", option_of("fargate", "tasks = 1"));
        let deployed = deployed(&text(rate, "log_size = \"100 KB\"; cpu_time = \"1 ms\"", &rest), "2026-02");
        shown(&deployed, "cloudwatch/log-storage")
    };
    assert!(logs("100_000/day").ends_with("by kept-for-days"), "{}", logs("100_000/day"));
    assert!(logs("3_000_000/month").ends_with("by kept-for-days"), "{}", logs("3_000_000/month"));
}

/// A season of December counts in December alone, on top of its 31 days.
#[test]
fn a_season_is_told_apart_from_the_days() {
    let rest =
        format!("month = \"2026-12\"\nfree_tier = false\n{}", option_of("lambda", "memory = \"512 MB\""));
    let season = "/day\"\nseason = [{ month = \"2026-12\", factor = 2 }]";
    let busy = text("240_000/day", FUNCTION, &rest).replacen("/day\"", season, 1);
    let deployed = deployed(&busy, "2026-12");
    let requests = "7300000 = 1.46 | 14880000 = 2.976 | 1.516 by rate + season-or-launch";
    assert_eq!(shown(&deployed, "lambda/requests"), requests);
    let both =
        deployed.charges.iter().find(|both| any(both).price_id == "lambda/requests").expect("requests");
    // 0.14 million requests for 14 hours more, and twice the 7.44 million of December.
    assert_eq!(both.reasons[0], (MonthReason::Rate, exactly("0.028")));
    assert_eq!(both.reasons[1], (MonthReason::SeasonOrLaunch, exactly("1.488")));
}

/// Requests of a month come faster in a shorter one: February alone would take one more task, and it is said aloud.
#[test]
fn another_size_of_the_month_alone_is_said_aloud() {
    let component = "vcpu = 1; memory = \"2 GiB\"; cpu_time = \"100 ms\"; concurrency = 4";
    let mut differs = 0;
    for millions in 60..90 {
        let text = text(&format!("{millions}_000_000/month"), component, &option_of("fargate", ""));
        let months = months(&text, "2026-02");
        let report = month_comparison_report(&months);
        let other = report.calendar.chosen_size != report.size;
        let aloud = report.findings.iter().any(|told| told.contains("A comparison of 2026-02 alone"));
        assert_eq!(other, aloud, "{:?}", report.findings);
        let deployed = months.deployed.expect("a bill");
        adds_up(&deployed, &report);
        let tasks = |charge: &Option<Charge>| charge.as_ref().map(|charge| charge.factors[0].value);
        assert_eq!(tasks(&deployed.charges[0].average), tasks(&deployed.charges[0].calendar));
        differs += u32::from(other);
    }
    assert!(differs > 2, "{differs} of 30 sizes differ");
}

/// The month that the scenario states is billed as a comparison bills it; so is another one wherever the size stays.
#[test]
fn each_month_is_billed_as_a_comparison_of_it_bills_it() {
    let shape = "/day\"\npeak_hours = \"09:00-17:00\"\npeak_days = \"mon-fri\"\npeak_factor = 4\n";
    let component = "memory = \"1 GB\"; cpu_time = \"40 ms\"; concurrency = 8; response_size = \"20 KB\"; log_size = \"1 KB\"";
    let mut alike = 0;
    for (platform, settings) in [
        ("fargate", ""),
        (
            "fargate",
            "min_capacity = 2; max_capacity = 12; scheduled_hours = \"08:00-18:00\"; scheduled_capacity = 4; scheduled_days = \"mon-fri\"",
        ),
        (
            "lambda",
            "memory = \"1 GB\"; provisioned_concurrency = 2; provisioned_hours = \"08:00-18:00\"; provisioned_days = \"mon-fri\"",
        ),
        ("ecs-ec2", "instance_type = \"t3.large\"; network_mode = \"bridge\""),
        ("ec2-compose", "instance_type = \"t3.large\""),
        ("lightsail", ""),
    ] {
        let steady = text("400_000/day", component, &option_of(platform, settings));
        for text in [steady.replacen("/day\"\n", shape, 1), steady] {
            let stated = scenario(&text);
            let months = held(&stated, "it", "2026-02").expect("two months");
            let report = month_comparison_report(&months);
            let deployed = months.deployed.expect("a bill");
            adds_up(&deployed, &report);
            for (month, bill) in [("730h", &deployed.average), ("2026-02", &deployed.calendar)] {
                let own = stated.in_month(month.parse().expect("a month")).expect("room for it");
                let comparison = compare::compare(&own, catalog(), &book("us-east-1", None)).expect("scales");
                let alone = evaluation(option(&comparison, "it")).expect("a bill");
                if alone.size == deployed.size {
                    assert_eq!(&alone.bill, bill, "{platform} {settings} {month}");
                    alike += 1;
                } else {
                    assert_ne!(month, "730h", "the scenario's own month chooses the size");
                }
            }
        }
    }
    assert!(alike >= 22, "{alike} of 24 sizes stay");
}

#[test]
fn what_no_month_has_room_for_is_refused() {
    let plain = text("1/s", "", &option_of("fargate", ""));
    let launch = plain.replacen("/s\"", "/s\"\nlaunch = { factor = 3, length = \"1 day\", on_day = 30 }", 1);
    let why = held(&scenario(&launch), "it", "2026-02").unwrap_err();
    assert_eq!(
        why,
        NotInTwoMonths::NoRoom("the launch is on day 30, which 2026-02 (672 h) does not have".to_owned())
    );
    assert!(held(&scenario(&launch), "it", "2026-04").is_ok());
    let part = plain.replacen("name = \"test\"", "name = \"test\"\nmonth = \"2026-02-10..2026-02-20\"", 1);
    let part_of: Month = "2026-02-10..2026-02-20".parse().expect("days");
    assert_eq!(held(&scenario(&part), "it", "2026-02").unwrap_err(), NotInTwoMonths::PartOfMonth(part_of));
    let unknown = held(&scenario(&plain), "fargate", "2026-02").unwrap_err();
    assert_eq!(unknown, NotInTwoMonths::NoOption(vec!["it".to_owned()]));
}

/// A month other than the stated one takes its place, and the report says so.
#[test]
fn a_stated_month_is_replaced_and_told() {
    let may = text("1/s", "", &format!("month = \"2026-05\"\n{}", option_of("fargate", "tasks = 2")));
    let report = month_comparison_report(&months(&may, "2026-02"));
    let told = report.findings.join("\n");
    assert!(
        told.contains("The scenario states 2026-05 (744 h): 730 h and 2026-02 stand in its place here."),
        "{told}"
    );
    let same = month_comparison_report(&months(&may, "2026-05"));
    assert!(!same.findings.join("\n").contains("stand in its place"), "{:?}", same.findings);
}

/// Every reason that there is explains a charge of one of these.
#[test]
fn every_reason_appears() {
    let rest = |settings: &str| option_of("fargate", settings);
    let kept = format!("[supporting]\nlog_retention = \"14 days\"\n{}", rest("tasks = 1"));
    let season = "/day\"\nseason = [{ month = \"2026-12\", factor = 2 }]";
    let plan = "[[commitment]]\nkind = \"reserved-instance\"\ninstance_type = \"t3.medium\"\nclass = \"standard\"\ncount = 1\nterm = \"1-year\"\npayment = \"no-upfront\"\n";
    let peak = "/day\"\npeak_hours = \"09:00-17:00\"\npeak_days = \"mon-fri\"\npeak_factor = 4\n";
    let texts = [
        text("100_000/day", "log_size = \"100 KB\"; response_size = \"200 KB\"", &kept),
        text("100_000/day", FUNCTION, &format!("month = \"2026-12\"\n{}", option_of("lambda", "")))
            .replacen("/day\"", season, 1),
        text("3_000_000/month", "response_size = \"100 KB\"", &option_of("lightsail", "")),
        text("3_000_000/month", "response_size = \"100 KB\"", &option_of("lambda", "")),
        text("400_000/day", "cpu_time = \"100 ms\"; concurrency = 4", &rest(""))
            .replacen("/day\"\n", peak, 1),
        text("1/s", "", &format!("{}{plan}", option_of("ec2-compose", "instance_type = \"t3.medium\""))),
    ];
    let mut seen: BTreeSet<&str> = BTreeSet::new();
    for text in &texts {
        let month = if text.contains("2026-12") { "2026-12" } else { "2026-02" };
        let month = month.parse().expect("a month");
        let found =
            in_two_months(&scenario(text), catalog(), &with_rates(), "it", month).expect("two months");
        let report = month_comparison_report(&found);
        seen.extend(report.reasons.iter().map(|each| each.reason));
        match &found.deployed {
            Ok(deployed) => adds_up(deployed, &report),
            Err(why) => panic!("{why:?}\n{text}"),
        }
    }
    let all: BTreeSet<&str> = MonthReason::ALL.iter().map(|reason| reason.id()).collect();
    assert_eq!(seen, all);
}
