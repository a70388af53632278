//! Weights of which only the order is known, in full or in part.

use super::random::{Random, Single};
use super::simplex::{Simplex, middle};
use super::{LANES, refused};
use crate::matrix::Matrix;
use crate::method::Refused;

/// What is said of the importance of two criteria, by their places.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Importance {
    /// The first weighs at least as much as the second, and not the other way round.
    Above(usize, usize),
    /// Both weigh the same.
    Equal(usize, usize),
}

/// The most groups of an order that leaves some of them open: it is counted set by set.
const MOST_OPEN: usize = 20;

/// A sampler of weights in an order, uniform over all weights that keep it.
///
/// Weights in a full order are the points of a simplex whose corners weigh the first so many criteria alike and the
/// others not at all. An order that is open in part is made of such simplices, one for each full order within it; one of
/// them is drawn by its volume.
pub(super) struct Order {
    /// The criteria of each group; those of one group weigh the same.
    groups: Vec<Vec<usize>>,
    /// The groups in their order, where it is full.
    full: Option<Vec<usize>>,
    /// For each group the set of those above it, as bits.
    above: Vec<u32>,
    /// For each set of groups that come first, the volume of what may follow; empty where the order is full.
    volumes: Vec<f64>,
    simplex: Simplex,
}

impl Order {
    /// An order by what was said.
    ///
    /// # Errors
    /// A criterion that is not there, a circle, and an order of more than 20 groups that leaves some of them open.
    pub(super) fn new(matrix: &Matrix, said: &[Importance]) -> Result<Order, Refused> {
        let count = matrix.columns().len();
        let places = said.iter().flat_map(|said| match said {
            Importance::Above(a, b) | Importance::Equal(a, b) => [*a, *b],
        });
        if let Some(place) = places.into_iter().find(|place| *place >= count) {
            return Err(refused(format!("there is no criterion {}; there are {count}", place + 1)));
        }
        let group_of = equal_groups(count, said);
        let groups: Vec<Vec<usize>> = (0..count)
            .map(|group| (0..count).filter(|at| group_of[*at] == group).collect::<Vec<_>>())
            .filter(|group| !group.is_empty())
            .collect();
        let place_of =
            |criterion: usize| groups.iter().position(|group| group.contains(&criterion)).unwrap_or(0);
        let mut below = vec![Vec::new(); groups.len()];
        for said in said {
            if let Importance::Above(first, second) = said {
                below[place_of(*first)].push(place_of(*second));
            }
        }
        let order = sorted(&below).map_err(|circle| {
            let names = circle.iter().map(|group| name(matrix, &groups[*group])).collect::<Vec<_>>();
            refused(format!(
                "the order of the weights runs in a circle: {}; leave out one of these statements",
                names.join(" above ")
            ))
        })?;
        let full = order.windows(2).all(|pair| below[pair[0]].contains(&pair[1]));
        Order::sampler(groups, &below, order, full)
    }

    fn sampler(
        groups: Vec<Vec<usize>>,
        below: &[Vec<usize>],
        order: Vec<usize>,
        full: bool,
    ) -> Result<Order, Refused> {
        if !full && groups.len() > MOST_OPEN {
            return Err(refused(format!(
                "an order of {} criteria that leaves some open is too large to count, the most is {MOST_OPEN}; state the \
                 full order",
                groups.len()
            )));
        }
        let mut above = vec![0; if full { 0 } else { groups.len() }];
        for (high, lower) in below.iter().enumerate().filter(|_| !full) {
            for low in lower {
                above[*low] |= 1_u32 << high;
            }
        }
        let simplex = Simplex::of(groups.len());
        let full = full.then_some(order);
        let mut order = Order { groups, full, above, volumes: Vec::new(), simplex };
        order.measure();
        Ok(order)
    }

    /// Works out the volumes, from the full set back to the empty one. A simplex of the order has a volume in proportion
    /// to the product of one over the number of criteria in each set that it passes.
    fn measure(&mut self) {
        if self.full.is_some() {
            return;
        }
        let all = (1_usize << self.groups.len()) - 1;
        self.volumes = vec![0.0; all + 1];
        self.volumes[all] = 1.0;
        for set in (0..all).rev() {
            self.volumes[set] = (0..self.groups.len()).map(|next| self.volume_by(set, next)).sum();
        }
    }

    /// The volume of what may follow a set of groups if this one is the next; 0 where it can't be.
    fn volume_by(&self, set: usize, next: usize) -> f64 {
        let taken = set >> next & 1 == 1;
        let waits = self.above[next] as usize & !set != 0;
        if taken || waits {
            return 0.0;
        }
        let with = set | 1 << next;
        self.volumes[with] / self.size(with) as f64
    }

    /// How many criteria a set of groups has.
    fn size(&self, set: usize) -> usize {
        self.groups
            .iter()
            .enumerate()
            .filter(|(at, _)| set >> at & 1 == 1)
            .map(|(_, group)| group.len())
            .sum()
    }

    /// A full order within the open one.
    fn draw(&self, single: &mut Single) -> Vec<usize> {
        let (mut order, mut set) = (Vec::with_capacity(self.groups.len()), 0);
        while order.len() < self.groups.len() {
            let mut left = single.uniform() * self.volumes[set];
            let mut chosen = None;
            for next in 0..self.groups.len() {
                let volume = self.volume_by(set, next);
                if volume > 0.0 && left >= 0.0 {
                    chosen = Some(next);
                    left -= volume;
                }
            }
            let Some(next) = chosen else { break };
            order.push(next);
            set |= 1 << next;
        }
        order
    }

    /// Fills the weights of a tile.
    pub(super) fn fill(
        &self,
        random: &mut Random,
        single: &mut Single,
        shares: &mut [[f32; LANES]],
        weights: &mut [[f64; LANES]],
    ) {
        let shares = &mut shares[..self.groups.len()];
        self.simplex.fill(random, shares);
        let lanes = |from: usize, to: usize, order: &[usize], weights: &mut [[f64; LANES]]| {
            let mut sum = [0.0; LANES];
            let mut size: usize = order.iter().map(|group| self.groups[*group].len()).sum();
            for (share, group) in shares.iter().zip(order).rev() {
                for lane in from..to {
                    sum[lane] += middle(share[lane], self.groups.len()) / size as f64;
                }
                for criterion in &self.groups[*group] {
                    weights[*criterion][from..to].copy_from_slice(&sum[from..to]);
                }
                size -= self.groups[*group].len();
            }
        };
        match &self.full {
            Some(order) => lanes(0, LANES, order, weights),
            None => (0..LANES).for_each(|lane| lanes(lane, lane + 1, &self.draw(single), weights)),
        }
    }
}

/// For each criterion the first one that weighs the same.
fn equal_groups(count: usize, said: &[Importance]) -> Vec<usize> {
    let mut group_of: Vec<usize> = (0..count).collect();
    for said in said {
        if let Importance::Equal(a, b) = said {
            let (keep, give) = (group_of[*a].min(group_of[*b]), group_of[*a].max(group_of[*b]));
            group_of.iter_mut().filter(|group| **group == give).for_each(|group| *group = keep);
        }
    }
    group_of
}

/// An order that keeps what is below what, or a circle that none can keep, its first place again at the end.
fn sorted(below: &[Vec<usize>]) -> Result<Vec<usize>, Vec<usize>> {
    let mut order = Vec::new();
    while order.len() < below.len() {
        let left = || (0..below.len()).filter(|at| !order.contains(at));
        let free = left().find(|at| !left().any(|high| below[high].contains(at)));
        match free {
            Some(at) => order.push(at),
            None => {
                // Everything that is left has something above it: going up there, one comes back.
                let mut way: Vec<usize> = left().take(1).collect();
                while let Some(high) =
                    way.last().and_then(|last| left().find(|high| below[*high].contains(last)))
                {
                    if let Some(again) = way.iter().position(|at| *at == high) {
                        let mut circle = way.split_off(again);
                        circle.push(high);
                        circle.reverse();
                        return Err(circle);
                    }
                    way.push(high);
                }
                return Err(way);
            }
        }
    }
    Ok(order)
}

/// How a group of criteria is called.
fn name(matrix: &Matrix, group: &[usize]) -> String {
    let names: Vec<&str> = group.iter().map(|at| matrix.columns()[*at].criterion.as_str()).collect();
    names.join(" = ")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::matrix::Column;

    fn order(count: usize, said: &[Importance]) -> Result<Order, Refused> {
        let columns = (0..count).map(|j| Column::benefit(&format!("c{j}"), 1.0)).collect();
        let matrix = Matrix::new(vec!["a".to_owned()], columns, &[vec![1.0; count]]).unwrap();
        Order::new(&matrix, said)
    }

    /// Two chains of two have six orders; each is drawn as often, and every weight keeps what was said.
    #[test]
    fn open_orders_are_drawn_by_their_volume() {
        let order = order(4, &[Importance::Above(0, 1), Importance::Above(2, 3)]).unwrap();
        let mut single = Single::new(1, 0, 0);
        let mut counts = std::collections::BTreeMap::new();
        for _ in 0..6_000 {
            *counts.entry(order.draw(&mut single)).or_insert(0_u32) += 1;
        }
        assert_eq!(counts.len(), 6);
        assert!(counts.values().all(|count| (880..1120).contains(count)), "{counts:?}");
        let (mut shares, mut weights) = (vec![[0.0; LANES]; 4], vec![[0.0; LANES]; 4]);
        order.fill(&mut Random::new(1, 0, 0), &mut single, &mut shares, &mut weights);
        for lane in 0..LANES {
            assert!(weights[0][lane] > weights[1][lane] && weights[2][lane] > weights[3][lane]);
            assert!((weights.iter().map(|weight| weight[lane]).sum::<f64>() - 1.0).abs() < 1e-12);
        }
    }

    #[test]
    fn an_order_too_open_to_count_is_refused() {
        let said = order(21, &[Importance::Above(0, 1)]).map(|_| ()).unwrap_err().to_string();
        assert!(said.starts_with("smaa: an order of 21 criteria that leaves some open"), "{said}");
        let full: Vec<Importance> = (1..30).map(|at| Importance::Above(at - 1, at)).collect();
        assert!(order(30, &full).is_ok());
    }
}
