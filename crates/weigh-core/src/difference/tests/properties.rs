//! Properties of differences: what holds for every bill, path and driver.

use proptest::prelude::*;

use super::*;

fn charges() -> impl Strategy<Value = Vec<ChargeSnapshot>> {
    let ids = prop::sample::subsequence(
        vec![
            ("x", ""),
            ("x", "first"),
            ("x", "above"),
            ("x", "covered!plan"),
            ("fee", "fee!"),
            ("fee", "fee!#2"),
            ("fee", "fee!#3"),
            ("y", ""),
            ("y", "covered!plan"),
        ],
        0..9,
    );
    let amounts = prop::collection::vec((0_i64..2_000_000_000, 0_i64..90_000_000), 9);
    (ids, amounts).prop_map(|(ids, amounts)| {
        ids.into_iter()
            .zip(amounts)
            .map(|((price_id, part), (quantity, rate))| {
                let rate = if part.starts_with("covered") { 0 } else { rate };
                charge(price_id, part, Decimal::new(quantity, 6), Decimal::new(rate, 9))
            })
            .collect()
    })
}

fn states() -> impl Strategy<Value = ScenarioSnapshot> {
    let option = |name: &'static str| {
        prop_oneof![
            6 => charges().prop_map(move |charges| Some(priced(name, charges))),
            1 => Just(Some(unpriced(name))),
            1 => Just(None),
        ]
    };
    (option("a"), option("b")).prop_map(|(a, b)| state([a, b].into_iter().flatten().collect()))
}

fn paths() -> impl Strategy<Value = Path> {
    let steps =
        prop::collection::vec((prop::sample::subsequence(Driver::ALL.to_vec(), 1..3), states()), 1..4);
    (states(), steps).prop_map(|(first, steps)| {
        steps
            .into_iter()
            .fold(Path::from(first), |path, (drivers, state)| path.then(Drivers::of(&drivers), state))
    })
}

proptest! {
    #[test]
    fn effects_add_up_exactly(path in paths()) {
        let difference = ScenarioDifference::along(&path);
        for option in &difference.options {
            let (before, after) = option.costs();
            match option.change {
                Some(change) => {
                    prop_assert_eq!(change, after.unwrap_or_default() - before.unwrap_or_default());
                    prop_assert_eq!(change, option.effects.total());
                    let mut sum = Effects::default();
                    for charge in &option.charges {
                        prop_assert_eq!(charge.change, charge.effects.total());
                        sum.add_all(&charge.effects);
                    }
                    prop_assert_eq!(&sum, &option.effects);
                    let of_drivers: Decimal = Driver::ALL.map(|driver| sum.of_driver(driver)).iter().sum();
                    prop_assert_eq!(of_drivers, change);
                }
                None => prop_assert!(option.effects.is_empty() && option.charges.is_empty()),
            }
        }
        let leading = &difference.leading;
        if let (Some((_, before)), Some((_, after))) = (&leading.before, &leading.after) {
            prop_assert_eq!(leading.change, Some(after - before));
            prop_assert_eq!(leading.effects.total(), after - before);
        } else {
            prop_assert_eq!(leading.change, None);
        }
    }

    #[test]
    fn commitments_alone_are_no_price(
        before in charges(),
        after in charges(),
        driver in prop::sample::select(vec![Driver::Traffic, Driver::Scenario]),
    ) {
        let on_demand = |charge: &mut ChargeSnapshot| {
            if charge.commitment.is_none() {
                charge.rate = Decimal::from(charge.part.len());
                charge.cost = charge.quantity * charge.rate;
            }
        };
        let [before, after] = [before, after].map(|mut charges| {
            charges.iter_mut().for_each(on_demand);
            priced("a", charges)
        });
        let cost = |option: &OptionSnapshot| option.monthly_cost.unwrap_or_default();
        let change = cost(&after) - cost(&before);
        let path = Path::from(state(vec![before])).then(Drivers::of(&[driver]), state(vec![after]));
        let difference = ScenarioDifference::along(&path);
        let option = &difference.options[0];
        prop_assert!(option.effects.iter().all(|effect| effect.kind != EffectKind::Price));
        prop_assert_eq!((option.change, option.effects.total()), (Some(change.normalize()), change.normalize()));
        prop_assert!(difference.leading.effects.iter().all(|effect| effect.kind != EffectKind::Price));
    }

    #[test]
    fn what_commitments_of_the_same_terms_are_called_moves_nothing(
        rates in prop::collection::vec(1_i64..90_000_000, 1..6),
        places in prop::collection::vec(0_usize..100, 6),
    ) {
        let fees = |rates: &[i64]| {
            let fee = |(place, rate): (usize, &i64)| {
                let part = crate::snapshot::numbered("", place + 1);
                charge("fee", &format!("fee!{part}"), 730.into(), Decimal::new(*rate, 9))
            };
            state(vec![priced("a", rates.iter().enumerate().map(fee).collect())])
        };
        let mut shuffled: Vec<(usize, i64)> = places.into_iter().zip(rates.iter().copied()).collect();
        shuffled.sort_unstable();
        let shuffled: Vec<i64> = shuffled.into_iter().map(|(_, rate)| rate).collect();
        let path = Path::from(fees(&rates)).then(Drivers::of(&[Driver::Scenario]), fees(&shuffled));
        prop_assert!(ScenarioDifference::along(&path).is_same());
        // With one of them gone, it alone is told.
        let path = Path::from(fees(&rates)).then(Drivers::of(&[Driver::Scenario]), fees(&shuffled[1..]));
        prop_assert_eq!(ScenarioDifference::along(&path).options[0].charges.len(), 1);
    }

    #[test]
    fn nothing_becomes_of_what_stays(state in states()) {
        let path = Path::from(state.clone()).then(Drivers::of(&[Driver::Prices]), state);
        let difference = ScenarioDifference::along(&path);
        prop_assert!(difference.is_same());
        prop_assert!(difference.options.iter().all(|option| option.charges.is_empty()));
    }

    #[test]
    fn the_way_back_is_the_opposite(path in paths()) {
        let there = ScenarioDifference::along(&path);
        let back = ScenarioDifference::along(&path.reversed());
        for (there, back) in there.options.iter().zip(&back.options) {
            prop_assert_eq!(there.change, back.change.map(|change| (-change).normalize()));
        }
        prop_assert_eq!(there.leading.change, back.leading.change.map(|change| (-change).normalize()));
    }

    #[test]
    fn other_rates_alone_are_price_alone(charges in charges(), rates in prop::collection::vec(0_i64..90_000_000, 9)) {
        let mut dearer = charges.clone();
        for (charge, rate) in dearer.iter_mut().zip(rates) {
            if charge.commitment.as_deref() != Some("covered") {
                charge.rate = Decimal::new(rate, 9);
                charge.cost = charge.quantity * charge.rate;
            }
        }
        let (before, after) = (priced("a", charges), priced("a", dearer));
        let path = Path::from(state(vec![before])).then(Drivers::of(&[Driver::Prices]), state(vec![after]));
        let difference = ScenarioDifference::along(&path);
        let of_prices = |effect: Effect| (effect.kind, effect.driver) == (EffectKind::Price, Driver::Prices);
        prop_assert!(difference.options[0].effects.iter().all(of_prices));
        prop_assert!(difference.options[0].effects.interaction.is_zero());
    }
}
