//! A computed figure as groups of charges, of which a change moves some: the figure that comes of it is found by addition.

use rust_decimal::Decimal;

use super::words::label;
use crate::audit::computed::{Basis, Computed, Line, Part};
use crate::bill::Charge;
use crate::claim::Figure;

/// Groups at most: what a bill has beyond them is taken as one.
const GROUPS: usize = 96;

/// Charges of one kind: one price, one component, one environment, one reason.
pub(super) struct Group<'a> {
    /// 0 for the option that the claim is about, 1 for the one that it is held against.
    pub(super) side: usize,
    /// What it is called: `memory`, `load balancer hours`.
    pub(super) label: String,
    /// One of its charges; nothing for what no bill has.
    pub(super) charge: Option<&'a Charge>,
    /// Whether the figure counts it.
    pub(super) counted: bool,
    /// Its charges in each bill.
    pub(super) charges: Vec<Vec<&'a Charge>>,
    /// What they cost in each bill.
    pub(super) costs: Vec<Decimal>,
}

impl Group<'_> {
    /// What it adds to the figure in a bill.
    pub(super) fn adds(&self, end: usize) -> Decimal {
        if self.counted { self.costs[end] } else { Decimal::ZERO }
    }

    /// The tariff; empty for what no bill has.
    pub(super) fn price_id(&self) -> &str {
        self.charge.map_or("", |charge| &charge.price_id)
    }

    /// The component or the stated service that it is for.
    pub(super) fn component(&self) -> &str {
        self.charge.map_or("", |charge| &charge.component)
    }

    /// The supporting service that it belongs to.
    pub(super) fn service(&self) -> Option<&'static str> {
        self.charge?.reason.as_ref().map(|reason| reason.service)
    }

    /// What it costs in each bill when each charge costs what `change` makes of it.
    pub(super) fn changed(&self, change: impl Fn(&Charge) -> Option<Decimal>) -> Option<Vec<Decimal>> {
        let sum =
            |charges: &Vec<&Charge>| charges.iter().map(|charge| change(charge)).sum::<Option<Decimal>>();
        self.charges.iter().map(sum).collect()
    }

    /// What it costs in each bill when all its costs are multiplied.
    pub(super) fn times(&self, ratio: Decimal) -> Option<Vec<Decimal>> {
        self.costs.iter().map(|cost| cost.checked_mul(ratio)).collect()
    }
}

/// New costs of a group, one for each bill.
pub(super) type Effect = (usize, Vec<Decimal>);

enum Shape {
    Sum,
    Difference { in_percent: bool, premium: bool },
}

/// A computed figure that is made of charges.
pub(super) struct Model<'a> {
    pub(super) groups: Vec<Group<'a>>,
    /// How many bills each side has: as expected, and at the low and at the high end.
    pub(super) ends: usize,
    /// The sums that are counted, by side and bill.
    pub(super) sums: [Vec<Decimal>; 2],
    shape: Shape,
    /// Which bills of the two sides are held against each other.
    facing: Vec<(usize, usize)>,
}

impl<'a> Model<'a> {
    /// The model of a computed figure; nothing where it is not made of charges, or not in a way that is known here.
    pub(super) fn of(computed: &'a Computed, off: Vec<(String, Decimal)>) -> Option<Model<'a>> {
        let (sides, shape): (Vec<&Part>, Shape) = match &computed.basis {
            Basis::Charges(part) => (vec![part], Shape::Sum),
            Basis::Difference { of, against, in_percent, premium } => {
                (vec![of, against], Shape::Difference { in_percent: *in_percent, premium: *premium })
            }
            _ => return None,
        };
        let ends = sides.iter().map(|part| part.bills.len()).max().filter(|ends| *ends > 0)?;
        if sides.iter().any(|part| part.bills.is_empty()) {
            return None;
        }
        let mut groups = Vec::new();
        for (side, part) in sides.iter().enumerate() {
            add_groups(&mut groups, side, part, ends);
        }
        groups.extend(off.into_iter().map(|(label, cost)| Group {
            side: 0,
            label,
            charge: None,
            counted: false,
            charges: vec![Vec::new(); ends],
            costs: vec![cost; ends],
        }));
        let sum = |side: usize| -> Vec<Decimal> {
            let of_side = || groups.iter().filter(|group| group.side == side);
            (0..ends).map(|end| of_side().map(|group| group.adds(end)).sum()).collect()
        };
        let sums = [sum(0), sum(1)];
        let each = (0..ends).map(|end| (end, end)).collect();
        let model = Model { ends, sums, shape, facing: each, groups };
        if model.agrees(&computed.figure) {
            return Some(model);
        }
        let all = (0..ends).flat_map(|of| (0..ends).map(move |against| (of, against)));
        let model = Model { facing: all.collect(), ..model };
        model.agrees(&computed.figure).then_some(model)
    }

    /// Whether it comes to the computed figure, within half a percent.
    fn agrees(&self, computed: &Figure) -> bool {
        let (Some(own), Some(theirs)) =
            (self.figure(&self.sums).and_then(|figure| figure.ends()), computed.ends())
        else {
            return false;
        };
        let near = |one: Decimal, other: Decimal| {
            (one - other).abs() <= other.abs() * Decimal::new(5, 3) + Decimal::new(1, 6)
        };
        near(own.0, theirs.0) && near(own.1, theirs.1)
    }

    /// Whether it is the sum of charges, and no difference.
    pub(super) fn is_sum(&self) -> bool {
        matches!(self.shape, Shape::Sum)
    }

    /// Whether it is a difference in percent, and whether a premium.
    pub(super) fn difference(&self) -> Option<(bool, bool)> {
        match self.shape {
            Shape::Sum => None,
            Shape::Difference { in_percent, premium } => Some((in_percent, premium)),
        }
    }

    /// The figure of these sums, by side and bill.
    pub(super) fn figure(&self, sums: &[Vec<Decimal>; 2]) -> Option<Figure> {
        match self.shape {
            Shape::Sum => span(sums[0].iter().copied().map(Some)),
            Shape::Difference { in_percent, premium } => span(self.facing.iter().map(|(of, against)| {
                let (of, against) = (sums[0][*of], sums[1][*against]);
                let difference = if premium { of - against } else { against - of };
                match in_percent {
                    true => difference.checked_mul(Decimal::ONE_HUNDRED)?.checked_div(against),
                    false => Some(difference),
                }
            })),
        }
    }

    /// The figure of every pair of sums that face each other.
    pub(super) fn view(&self, of: impl Fn(Decimal, Decimal) -> Option<Decimal>) -> Option<Figure> {
        span(self.facing.iter().map(|(one, other)| of(self.sums[0][*one], self.sums[1][*other])))
    }

    /// The figure with changed groups.
    pub(super) fn with(&self, effects: &[Effect]) -> Option<Figure> {
        let mut sums = self.sums.clone();
        for (place, costs) in effects {
            let group = &self.groups[*place];
            for (end, cost) in costs.iter().enumerate() {
                let sum = &mut sums[group.side][end];
                *sum = sum.checked_add(*cost)?.checked_sub(group.adds(end))?;
            }
        }
        self.figure(&sums)
    }

    /// Two changes at once. Where both move a group, one goes on from what the other made of it.
    pub(super) fn both(&self, one: &[Effect], other: &[Effect]) -> Option<Vec<Effect>> {
        let mut effects: Vec<Effect> = one.to_vec();
        for (place, costs) in other {
            match effects.iter_mut().find(|(known, _)| known == place) {
                None => effects.push((*place, costs.clone())),
                Some((_, known)) => {
                    for (end, cost) in costs.iter().enumerate() {
                        let was = self.groups[*place].costs[end];
                        known[end] = known[end].checked_mul(*cost)?.checked_div(was).unwrap_or(Decimal::ZERO);
                    }
                }
            }
        }
        Some(effects)
    }

    /// What groups cost together, from the lowest to the highest of the bills.
    pub(super) fn cost(&self, places: &[usize]) -> Figure {
        let sums =
            (0..self.ends).map(|end| Some(places.iter().map(|place| self.groups[*place].costs[end]).sum()));
        span(sums).unwrap_or(Figure::of(Decimal::ZERO))
    }

    /// The places of the groups that are counted, or not, on a side.
    pub(super) fn places(&self, side: usize, counted: bool) -> Vec<usize> {
        let all = self.groups.iter().enumerate();
        all.filter(|(_, group)| group.side == side && group.counted == counted)
            .map(|(place, _)| place)
            .collect()
    }
}

/// From the lowest to the highest; nothing where one is missing.
fn span(values: impl Iterator<Item = Option<Decimal>>) -> Option<Figure> {
    let mut ends: Option<(Decimal, Decimal)> = None;
    for value in values {
        let value = value?;
        let (low, high) = ends.unwrap_or((value, value));
        ends = Some((low.min(value), high.max(value)));
    }
    ends.map(|(low, high)| Figure::between(low, high))
}

fn add_groups<'a>(groups: &mut Vec<Group<'a>>, side: usize, part: &'a Part, ends: usize) {
    let first = groups.len();
    for end in 0..ends {
        // A side without ranges is the same at every end.
        for line in part.bills.get(end).or(part.bills.first()).into_iter().flatten() {
            let of_bill = &groups[first..];
            let same = of_bill.iter().position(|group| belongs(group, line));
            let full = of_bill.len() >= GROUPS;
            let last = || of_bill.iter().rposition(|group| group.counted == line.counted).filter(|_| full);
            let place = same.or_else(last).unwrap_or(of_bill.len());
            if place == of_bill.len() {
                groups.push(Group {
                    side,
                    label: label(&line.charge.price_id),
                    charge: Some(&line.charge),
                    counted: line.counted,
                    charges: vec![Vec::new(); ends],
                    costs: vec![Decimal::ZERO; ends],
                });
            }
            let group = &mut groups[first + place];
            group.charges[end].push(&line.charge);
            group.costs[end] += line.charge.cost;
        }
    }
}

fn belongs(group: &Group<'_>, line: &Line) -> bool {
    let reason = |charge: &Charge| charge.reason.as_ref().map(|reason| reason.service);
    let (counted, new) = (line.counted, &line.charge);
    group.counted == counted
        && group.charge.is_some_and(|known| {
            known.price_id == new.price_id
                && known.component == new.component
                && known.environment == new.environment
                && reason(known) == reason(new)
        })
}
