//! The account's own use: tiers and free quantities begin where it ends.

mod support;

use support::{book, catalog, exactly, only, option_of, scenario, shown, text};

fn bill(rate: &str, component: &str, account: &str, option: &str) -> weigh_core::bill::Bill {
    only(&text(rate, component, &format!("{account}\n[[option]]\nname = \"it\"\n{option}"))).bill
}

const ONE_MB: &str = "response_size = \"1 MB\"";
const FARGATE: &str = "platform = \"fargate\"\ntasks = 2";
const LAMBDA: &str = "platform = \"lambda\"\nmemory = \"1 GB\"";

fn used(price_id: &str, quantity: &str) -> String {
    format!("[[account.usage]]\nprice_id = \"{price_id}\"\nquantity = {quantity}\n")
}

#[test]
fn egress_begins_where_the_accounts_own_ends() {
    let egress = "transfer/internet-out-gb";
    let of = |account: &str| shown(&bill("204_800/month", ONE_MB, account, FARGATE), egress);
    // 200 GB: 100 are free, the rest is in the first band of 10 TB at 0.09, the next at 0.085.
    assert_eq!(of(""), "100 × 0 = 0; 100 × 0.09 = 9");
    assert_eq!(of(&used(egress, "40")), "60 × 0 = 0; 140 × 0.09 = 12.6");
    assert_eq!(of(&used(egress, "100")), "200 × 0.09 = 18");
    // 100 free ones and 10,200 of the first 10,240 are used: 40 are left in the band.
    assert_eq!(of(&used(egress, "10_300")), "40 × 0.09 = 3.6; 160 × 0.085 = 13.6");
    assert_eq!(of(&used(egress, "10_340")), "200 × 0.085 = 17");
    // In another region it uses up what is free, and no band of this one.
    let elsewhere = used(egress, "10_340") + "region = \"eu-west-1\"\n";
    assert_eq!(of(&elsewhere), "200 × 0.09 = 18");
}

#[test]
fn a_pool_is_shared_by_the_prices_that_it_covers() {
    let duration = "lambda/duration-gb-seconds/x86";
    let of = |account: &str| {
        bill(
            "1_000_000/month",
            "wait_time = \"1 s\"; cpu_time = \"0 s\"; memory = \"512 MB\"",
            account,
            LAMBDA,
        )
    };
    // A million seconds of 1 GB and the cold starts; 400,000 are free.
    let free = |account: &str| {
        let bill = of(account);
        let free = support::charges(&bill, duration).into_iter().filter(|charge| charge.rate.is_zero());
        free.map(|charge| charge.quantity).sum::<rust_decimal::Decimal>()
    };
    assert_eq!(free(""), exactly("400000"));
    assert_eq!(free(&used(duration, "150_000")), exactly("250000"));
    assert_eq!(free(&used("lambda/duration-gb-seconds/arm", "400_000")), exactly("0"));
    assert_eq!(
        shown(&of(&used("lambda/requests", "999_999")), "lambda/requests"),
        "1 × 0 = 0; 999999 × 0.0000002 = 0.1999998"
    );
}

#[test]
fn without_free_quantities_the_accounts_use_still_moves_the_tiers() {
    let egress = "transfer/internet-out-gb";
    let rest = format!("free_tier = false\n{}\n[[option]]\nname = \"it\"\n{FARGATE}", used(egress, "10_200"));
    let evaluation = only(&text("204_800/month", ONE_MB, &rest));
    // Of the 10,200 GB the account had 100 free: 140 are left in the first band.
    assert_eq!(shown(&evaluation.bill, egress), "140 × 0.09 = 12.6; 60 × 0.085 = 5.1");
    assert_eq!(evaluation.bill, evaluation.bill_without_allowances);
}

#[test]
fn a_bill_is_never_dearer_with_free_quantities_whatever_the_account_uses() {
    let egress = "transfer/internet-out-gb";
    for own in ["0", "60", "10_239", "10_240", "10_341", "60_000"] {
        let rest = format!("{}\n[[option]]\nname = \"it\"\n{FARGATE}", used(egress, own));
        let evaluation = only(&text("204_800/month", ONE_MB, &rest));
        assert!(evaluation.bill.total() <= evaluation.bill_without_allowances.total(), "{own}");
    }
}

/// A price that the book has, and not on the day that is asked for, is told so, and never as a slip of itself.
#[test]
fn use_without_a_price_on_that_day_is_told_as_such() {
    let why = |price_id: &str, as_of: &str| {
        let rest = format!("{as_of}{}{}", option_of("fargate", "tasks = 1"), used(price_id, "1"));
        let scenario = scenario(&text("1/s", "", &rest));
        weigh_core::compare::compare(&scenario, catalog(), &book("us-east-1", None)).unwrap_err()
    };
    let told = why("transfer/internet-out-gb", "as_of = 2000-01-01\n");
    assert_eq!(told, "[[account.usage]]: `transfer/internet-out-gb` has no price in us-east-1 on 2000-01-01");
    let told = why("transfer/internet-out-gbs", "");
    assert!(told.ends_with("did you mean `transfer/internet-out-gb`?"), "{told}");
}
