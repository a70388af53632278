//! What holds for every price book: nothing is lost in packing, and tariffs add up whatever their bands.

use proptest::prelude::*;
use rust_decimal::Decimal;

use super::*;
use crate::units::Unit;
use crate::usage::{Quantity, Usage};

/// A tariff of one region: ascending bands with falling or rising rates.
fn bands() -> impl Strategy<Value = Vec<(u32, u32)>> {
    prop::collection::btree_map(1..100_000u32, 0..1_000_000u32, 0..5)
        .prop_flat_map(|above| (Just(above), 0..1_000_000u32))
        .prop_map(|(above, first)| std::iter::once((0, first)).chain(above).collect())
}

fn book(bands: &[(u32, u32)], free: u32) -> PriceBook {
    let rows = bands.iter().map(|(from, rate)| {
        format!("t/out,GB,{from},{},2026-01-01,2026-02-01,s,single\n", Decimal::new((*rate).into(), 7))
    });
    let header = "price_id,unit,from_quantity,usd,from,seen,source,mark\n";
    let text = format!("{header}{}", rows.collect::<String>());
    let allowances = format!(
        "pool,unit,quantity,covers,from,seen,source,mark\nt/free,GB,{free},t/out,2026-01-01,2026-01-01,s,\n"
    );
    let files = [
        DataFile { path: "aws/here/t.csv".into(), text: text.into() },
        DataFile { path: ALLOWANCES_FILE.into(), text: allowances.into() },
    ];
    PriceBook::pack(&files).unwrap()
}

fn usage(quantity: Decimal) -> Usage {
    let mut usage = Usage::default();
    usage.add("t/out", "x", Quantity::of(Unit::Gb).times(quantity, "GB")).unwrap();
    usage
}

proptest! {
    #[test]
    fn every_unit_falls_into_exactly_one_band(bands in bands(), free in 0..1_000u32, cents in 0..20_000_000i64) {
        let quantity = Decimal::new(cents, 2);
        let prices = book(&bands, free).open("here", None).unwrap();
        let bill = prices.price(&usage(quantity), &Terms::on(prices.newest())).unwrap();
        let counted: Decimal = bill.charges().iter().map(|charge| charge.quantity).sum();
        prop_assert_eq!(counted, quantity);
        // The reference: what lies between the bounds of each band, counted beyond the allowance.
        let billed = (quantity - Decimal::from(free)).max(Decimal::ZERO);
        let mut expected = Decimal::ZERO;
        for (place, (from, rate)) in bands.iter().enumerate() {
            let top = bands.get(place + 1).map_or(billed, |(top, _)| Decimal::from(*top).min(billed));
            let inside = (top - Decimal::from(*from)).max(Decimal::ZERO);
            expected += inside * Decimal::new((*rate).into(), 7);
        }
        prop_assert_eq!(bill.total(), expected);
        prop_assert!(bill.total() >= Decimal::ZERO);
    }

    #[test]
    fn more_never_costs_less(bands in bands(), free in 0..1_000u32, first in 0..10_000_000i64, more in 0..10_000_000i64) {
        let prices = book(&bands, free).open("here", None).unwrap();
        let cost = |cents: i64| {
            prices.price(&usage(Decimal::new(cents, 2)), &Terms::on(prices.newest())).unwrap().total()
        };
        prop_assert!(cost(first + more) >= cost(first));
    }

    #[test]
    fn packing_loses_nothing(
        rates in prop::collection::btree_map("[a-z]{1,12}(/[a-z0-9.]{1,9})?", (0..1_000_000_000_000u64, 0..20u32, 1..28u8, 0..4usize), 1..60)
    ) {
        let marks = ["", "single", "derived", "unverified"];
        let row = |(id, (mantissa, scale, day, mark)): (&String, &(u64, u32, u8, usize))| {
            let rate = Decimal::from_i128_with_scale((*mantissa).into(), *scale);
            format!("t/{id},GB,0,{rate},2026-01-{day:02},2026-02-{day:02},source-{mark},{}", marks[*mark])
        };
        let rows: Vec<String> = rates.iter().map(row).collect();
        let header = "price_id,unit,from_quantity,usd,from,seen,source,mark\n";
        let text = format!("{header}{}\n", rows.join("\n"));
        let book = PriceBook::pack(&[DataFile { path: "aws/here/t.csv".into(), text: text.into() },
            DataFile { path: "aws/global/z.csv".into(), text: format!("{header}z/z,GB,0,1,2026-01-01,2026-01-01,s,\n").into() }]).unwrap();
        let prices = book.open("here", None).unwrap();
        let found: Vec<String> = prices.price_ids().iter().filter(|id| id.starts_with("t/")).map(|id| {
            let tariff = &prices.history(id)[0];
            let Band { from_quantity, rate, evidence } = tariff.bands[0];
            format!("{id},{},{from_quantity},{rate},{},{},{},{}", tariff.unit, tariff.from, evidence.seen, evidence.source, evidence.standing.word())
        }).collect();
        prop_assert_eq!(found, rows);
        prop_assert!(book.price_ids().is_sorted());
    }
}
