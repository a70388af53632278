//! Right-sizing: a measured inventory becomes reservations, which are packed onto each platform and priced.

mod columns;
mod fargate;
mod instances;
mod inventory;
mod lambda;
mod lightsail;
mod packing;
mod reservation;
mod row;
mod stated;
mod values;

use crate::catalog::Catalog;
use crate::money::NotExact;
use crate::pricebook::{RegionPrices, Terms};
use crate::time::Month;

pub use fargate::CONTAINERS_PER_TASK;
pub use instances::{CLUSTER_DISK, SYSTEM_DISK};
pub use inventory::{Container, Inventory};
pub use packing::{Outcome, Packing, Price, Servers};
pub use reservation::{Headroom, LEAST_CPU_UNITS, LEAST_MEMORY_MIB, Reservation, Together};

/// With which prices containers are packed.
#[derive(Clone, Copy)]
struct Ground<'a> {
    catalog: &'a Catalog,
    prices: &'a RegionPrices,
    terms: Terms<'a>,
    month: Month,
}

/// An inventory as reservations, and where they fit.
#[derive(Clone, Debug, PartialEq)]
pub struct Rightsized {
    /// The head-room above what was measured.
    pub headroom: Headroom,
    /// What each container gets, in the order of the inventory.
    pub reservations: Vec<Reservation>,
    /// The platforms, in the order of their table; Fargate in two ways.
    pub packings: Vec<Packing>,
    /// The instance types that were asked for, each as a cluster of ECS and as one instance with Docker Compose.
    pub stated: Vec<Packing>,
}

impl Rightsized {
    /// Whether a platform holds all containers, and each type that was asked for holds them on one instance.
    #[must_use]
    pub fn holds(&self) -> bool {
        let mut asked = self.stated.iter().filter(|packing| packing.platform == instances::COMPOSE);
        self.packings.iter().any(Packing::holds) && asked.all(Packing::holds)
    }
}

/// Reserves for each container what was measured and a head-room, and packs all onto each platform; what the servers
/// cost in a month of 730 hours is priced exactly, on the terms given.
///
/// `instance_types` are names of types of the catalog; others are left out.
///
/// # Errors
/// A quantity that no bill can hold.
///
/// ```
/// use weigh_core::catalog::Catalog;
/// use weigh_core::pricebook::Terms;
/// use weigh_core::rightsize::{Headroom, Inventory, Outcome, rightsize};
/// let catalog = Catalog::open(&weigh_prices::files()).unwrap();
/// let prices = weigh_prices::book().open("us-east-1", None).unwrap();
/// let inventory = Inventory::parse("name,cpu,memory\nembedder,50 %,3.4 GB\n").unwrap();
/// let small = ["t3.small".to_owned()];
/// let terms = Terms::on(prices.newest());
/// let sized = rightsize(&inventory, Headroom::default(), &small, &catalog, &prices, terms).unwrap();
/// let Outcome::TooLarge { needs, .. } = &sized.stated[0].outcome else { panic!("it is too large") };
/// assert_eq!(
///     needs[0].to_string(),
///     "memory: needs 4.42 GB (4,527 MB); a t3.small has 1,740 MB beside the system. \
///      Revisit when the type is t3.large, the smallest of its family that holds it."
/// );
/// ```
pub fn rightsize(
    inventory: &Inventory,
    headroom: Headroom,
    instance_types: &[String],
    catalog: &Catalog,
    prices: &RegionPrices,
    terms: Terms<'_>,
) -> Result<Rightsized, NotExact> {
    let ground = Ground { catalog, prices, terms, month: Month::Average };
    let containers = inventory.containers();
    let reservations: Vec<Reservation> =
        containers.iter().map(|container| Reservation::of(container, headroom)).collect();
    let mut packings =
        vec![instances::compose(&ground, &reservations)?, instances::cluster(&ground, &reservations)?];
    packings.extend(fargate::both(&ground, &reservations)?);
    packings.push(lambda::functions(&ground, &reservations));
    packings.push(lightsail::nodes(&ground, &reservations)?);
    let mut stated = Vec::new();
    for name in instance_types {
        if let Some(instance) = catalog.instance_type(name) {
            stated.push(stated::compose(&ground, &reservations, instance)?);
            stated.push(stated::cluster(&ground, &reservations, instance)?);
        }
    }
    Ok(Rightsized { headroom, reservations, packings, stated })
}
