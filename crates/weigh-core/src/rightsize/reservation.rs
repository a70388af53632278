//! What is reserved for a container: what was measured, and a head-room above it.

use std::fmt;
use std::str::FromStr;

use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive;

use super::inventory::Container;
use crate::measure::{Size, decimal};
use crate::money::number;
use crate::platforms::TaskNeed;

/// What is kept free above what was measured, as a share of it.
///
/// No source gives a figure that fits every application: the default of 30 % is assumed.
///
/// ```
/// use weigh_core::rightsize::Headroom;
/// assert_eq!(Headroom::default(), "30 %".parse().unwrap());
/// assert_eq!("0.5".parse::<Headroom>().unwrap().to_string(), "50 %");
/// assert!("30".parse::<Headroom>().unwrap_err().contains("30 %"));
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Headroom {
    share: Decimal,
}

impl Default for Headroom {
    fn default() -> Headroom {
        Headroom { share: Decimal::new(3, 1) }
    }
}

impl Headroom {
    /// What a measured figure is multiplied with: 1.3 for 30 %.
    #[must_use]
    pub fn factor(self) -> Decimal {
        (Decimal::ONE + self.share).normalize()
    }
}

impl fmt::Display for Headroom {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} %", number(self.share * Decimal::ONE_HUNDRED, 4))
    }
}

impl FromStr for Headroom {
    type Err = String;

    fn from_str(text: &str) -> Result<Headroom, String> {
        let allowed = "a share from 0 to 10, such as \"30 %\" or 0.3";
        let read = match text.trim().strip_suffix('%') {
            Some(percent) => decimal(percent.trim()).map(|percent| percent / Decimal::ONE_HUNDRED),
            None => decimal(text.trim()),
        };
        let share = read.map_err(|why| format!("{why}; allowed is {allowed}"))?;
        if share > Decimal::TEN {
            let meant =
                if text.contains('%') { String::new() } else { format!("; did you mean `{text} %`?") };
            return Err(format!("it is more than ten times what was measured; allowed is {allowed}{meant}"));
        }
        Ok(Headroom { share: share.normalize() })
    }
}

/// The least CPU units of a container: what the Linux kernel takes as least CPU shares (Amazon ECS API Reference,
/// `ContainerDefinition`, `cpu`, read 2026-11-21).
pub const LEAST_CPU_UNITS: u32 = 2;
/// The least memory of a container in MiB: what Docker from 20.10 on reserves (Amazon ECS API Reference,
/// `ContainerDefinition`, `memory`, read 2026-11-21).
pub const LEAST_MEMORY_MIB: u32 = 6;
/// CPU units of one vCPU (the same).
const UNITS_PER_VCPU: u32 = 1_024;

/// What one copy of a container gets.
///
/// ```
/// use weigh_core::rightsize::{Headroom, Inventory, Reservation};
/// let inventory = Inventory::parse("name,cpu,memory\nrabbitmq,0.53 %,141.8 MB\n").unwrap();
/// let reserved = Reservation::of(&inventory.containers()[0], Headroom::default());
/// assert_eq!((reserved.cpu_units, reserved.memory_mib), (8, 185));
/// assert_eq!(reserved.memory_formula, "141.8 MB × 1.3 = 184.34 MB");
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reservation {
    /// The container.
    pub container: Container,
    /// CPU units of ECS: 1,024 are one vCPU.
    pub cpu_units: u32,
    /// Memory in MiB.
    pub memory_mib: u64,
    /// How the CPU units came about, before they were rounded up.
    pub cpu_formula: String,
    /// How the memory came about, before it was rounded up.
    pub memory_formula: String,
}

impl Reservation {
    /// Measured, or the peak where one is stated, × (1 + head-room), rounded up to whole CPU units and MiB; a stated
    /// reservation counts where it is larger.
    #[must_use]
    pub fn of(container: &Container, headroom: Headroom) -> Reservation {
        let factor = headroom.factor();
        let percent = container.peak_cpu_percent.unwrap_or(container.cpu_percent);
        let units = percent / Decimal::ONE_HUNDRED * factor * Decimal::from(UNITS_PER_VCPU);
        let measured = container.peak_memory.unwrap_or(container.memory);
        // A size is read to whole bytes; what that adds must not become a whole MiB.
        let memory = (measured.mib() * factor).round_dp(4);
        let stated = container.reserved_memory.map(Size::mib).unwrap_or_default();
        let memory_mib = memory.max(stated).max(Decimal::from(LEAST_MEMORY_MIB)).ceil();
        let mut memory_formula =
            format!("{} MB × {factor} = {} MB", number(measured.mib(), 2), number(memory, 2));
        if stated > memory {
            memory_formula.push_str(&format!(", less than the {} MB stated", number(stated, 2)));
        }
        Reservation {
            container: container.clone(),
            cpu_units: units.ceil().to_u32().unwrap_or(u32::MAX).max(LEAST_CPU_UNITS),
            memory_mib: memory_mib.to_u64().unwrap_or(u64::MAX >> 20),
            cpu_formula: format!("{percent} % × {factor} × 1,024 = {} CPU units", number(units, 2)),
            memory_formula,
        }
    }

    /// vCPU of one copy, exactly.
    #[must_use]
    pub fn vcpu(&self) -> Decimal {
        (Decimal::from(self.cpu_units) / Decimal::from(UNITS_PER_VCPU)).normalize()
    }

    /// Memory of one copy.
    #[must_use]
    pub fn memory(&self) -> Size {
        Size::from_bytes(self.memory_mib.saturating_mul(1 << 20))
    }

    /// What one copy needs of an instance.
    pub(super) fn need(&self) -> TaskNeed {
        TaskNeed { vcpu: self.vcpu(), memory: self.memory() }
    }

    /// The size of its image, 0 where it is not stated.
    pub(super) fn image(&self) -> Size {
        self.container.image_size.unwrap_or_default()
    }
}

/// What several containers need together.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Together {
    /// vCPU.
    pub vcpu: Decimal,
    /// Memory in MiB.
    pub memory_mib: Decimal,
    /// Their images, each once, in bytes.
    pub images: Size,
    /// vCPU that they kept busy when they were measured, not at the peak.
    pub busy_vcpu: Decimal,
    /// Containers, all copies counted.
    pub copies: u64,
}

impl Together {
    /// All copies of all containers.
    #[must_use]
    pub fn all(reservations: &[Reservation]) -> Together {
        Together::of(reservations, |each| each.container.replicas)
    }

    /// One copy of each container.
    #[must_use]
    pub fn once(reservations: &[Reservation]) -> Together {
        Together::of(reservations, |_| 1)
    }

    fn of(reservations: &[Reservation], copies: fn(&Reservation) -> u32) -> Together {
        let sum = |what: &dyn Fn(&Reservation) -> Decimal| {
            reservations.iter().map(|each| what(each) * Decimal::from(copies(each))).sum::<Decimal>()
        };
        let images = reservations.iter().map(|each| each.image().bytes()).fold(0, u64::saturating_add);
        Together {
            vcpu: sum(&Reservation::vcpu),
            memory_mib: sum(&|each| Decimal::from(each.memory_mib)),
            images: Size::from_bytes(images),
            busy_vcpu: sum(&|each| each.container.cpu_percent / Decimal::ONE_HUNDRED),
            copies: reservations.iter().map(|each| u64::from(copies(each))).sum(),
        }
    }
}
