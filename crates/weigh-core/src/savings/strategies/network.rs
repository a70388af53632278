//! Strategies that change how servers reach the internet.

use crate::savings::plan::{Placement, Plan};
use crate::scenario::Datum;

/// What loads images and takes logs: the services that an application's servers call by themselves.
const CALLED_BY_ALL: [&str; 3] = ["ecr", "logs", "s3"];

/// Whether a NAT gateway is paid for, and a setting could do without it.
fn has_nat(at: &Placement<'_>) -> Result<(), String> {
    match at.word("network").as_deref() {
        Some("nat" | "private") => Ok(()),
        Some(_) => Err("its servers stand in public subnets and pay for no NAT gateway".to_owned()),
        None => Err(format!("{} has no subnets to choose", at.platform.title)),
    }
}

/// Puts servers into public subnets.
pub(super) fn no_nat(plan: &mut Plan<'_>) -> Result<String, String> {
    if !plan.pays_for("nat-gateway", "") {
        return Err("no NAT gateway is paid for".to_owned());
    }
    plan.each(|at| {
        has_nat(at)?;
        at.set("network", Datum::Text("public".to_owned()));
        at.leave_out("endpoints");
        Ok("`network = \"public\"`: a public address for each server in place of the NAT gateways".to_owned())
    })
}

/// Leads to AWS's own services by endpoints.
pub(super) fn endpoints(plan: &mut Plan<'_>) -> Result<String, String> {
    if !plan.pays_for("nat-gateway", "") {
        return Err("no NAT gateway is paid for".to_owned());
    }
    plan.each(|at| {
        has_nat(at)?;
        let mut services: Vec<String> = at.settings.value("endpoints").unwrap_or_default();
        let stated = services.len();
        for service in CALLED_BY_ALL {
            if !services.iter().any(|known| known == service) {
                services.push(service.to_owned());
            }
        }
        if stated == services.len() && at.word("network").as_deref() == Some("private") {
            return Err("the option states these endpoints already".to_owned());
        }
        let words = format!(
            "endpoints to {}; a NAT gateway only where something else is called",
            services.join(", ")
        );
        at.set("network", Datum::Text("private".to_owned()));
        at.set("endpoints", Datum::Words(services));
        Ok(words)
    })
}
