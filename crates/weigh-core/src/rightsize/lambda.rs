//! Containers as Lambda functions: the memory that each needs; what they cost follows from traffic alone.

use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive;

use super::Ground;
use super::packing::{Outcome, Packing, Price, Servers, memory, vcpu};
use super::reservation::Reservation;
use crate::catalog::Limit;
use crate::measure::Size;
use crate::money::number;
use crate::platforms::FailedNeed;

const ID: &str = "lambda";
const WAY: &str = "each container a function";

/// Each container as a function of the memory that its reservation needs.
pub(super) fn functions(ground: &Ground<'_>, reservations: &[Reservation]) -> Packing {
    let (mut servers, mut needs): (Vec<Servers>, Vec<FailedNeed>) = (Vec::new(), Vec::new());
    let (mut held, mut left_out) = (Vec::new(), Vec::new());
    for reserved in reservations {
        let name = &reserved.container.name;
        match setting_mb(ground, reserved) {
            Err(why) => {
                needs.push(why);
                left_out.push(name.clone());
            }
            Ok(memory_mb) => {
                held.push(name.clone());
                let what = format!("{memory_mb} MB");
                match servers.iter_mut().find(|known| known.what == what) {
                    Some(known) => {
                        known.count += 1;
                        known.containers.push(name.clone());
                    }
                    None => servers.push(Servers { count: 1, what, containers: vec![name.clone()] }),
                }
            }
        }
    }
    let outcome = match needs.is_empty() {
        true => Outcome::Packed { servers, price: Price::ByTraffic },
        false => Outcome::TooLarge { needs, held, left_out },
    };
    let mut packing = Packing::new(ID, WAY, outcome);
    packing.notes.push(
        "a function runs for its requests alone: what listens, schedules or keeps data (a broker, a database) is none; the inventory does not tell which containers those are"
            .to_owned(),
    );
    packing
}

/// The memory setting in MB that gives a container its memory and its vCPU: one vCPU at 1,769 MB.
fn setting_mb(ground: &Ground<'_>, reserved: &Reservation) -> Result<u32, FailedNeed> {
    let (limits, name) = (&ground.catalog.limits, &reserved.container.name);
    let per_vcpu = limits.get(Limit::LambdaMemoryPerVcpuMb);
    let for_vcpu = (reserved.vcpu() * per_vcpu).ceil();
    let wanted = Decimal::from(reserved.memory_mib).max(for_vcpu).max(limits.get(Limit::LambdaMemoryMinMb));
    let most = limits.get(Limit::LambdaMemoryMaxMb);
    if wanted > most {
        let by_memory = Decimal::from(reserved.memory_mib) > most;
        let (need, amount) = match by_memory {
            true => ("memory", memory(Decimal::from(reserved.memory_mib))),
            false => ("vcpu", vcpu(reserved.vcpu())),
        };
        return Err(FailedNeed {
            need: need.to_owned(),
            wanted: format!("{amount} for {name}"),
            offered: format!(
                "a function has at most {} MB, and one vCPU for each {} MB",
                number(most, 0),
                number(per_vcpu, 0)
            ),
            revisit_when: "it is split into smaller parts".to_owned(),
        });
    }
    let image_most = Size::from_mib(limits.whole(Limit::LambdaImageSizeGb).saturating_mul(1_024));
    if reserved.image() > image_most {
        return Err(FailedNeed {
            need: "image_size".to_owned(),
            wanted: format!("an image of {} for {name}", reserved.image()),
            offered: format!("Lambda takes at most {image_most}"),
            revisit_when: "the image is smaller".to_owned(),
        });
    }
    Ok(wanted.to_u32().unwrap_or(u32::MAX))
}
