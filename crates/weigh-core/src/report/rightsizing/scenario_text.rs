//! Right-sizing as the components of a scenario, in TOML.

use std::fmt::Write;

use super::{ReservationReport, RightsizingReport};
use crate::measure::Size;

/// What stands above the components: what is left to fill in.
const HEAD: &str = "\
# What an inventory cannot tell is left as comments: state `cpu_time`, what one request takes on one vCPU, for each
# component that serves requests, and leave the others out or on a machine of their own.
";

impl RightsizingReport {
    /// A table `[[component]]` for each container: its reservation, its image, and as comments what was measured and what
    /// is left to be stated.
    ///
    /// ```
    /// use weigh_core::catalog::Catalog;
    /// use weigh_core::compare::BookStamp;
    /// use weigh_core::pricebook::Terms;
    /// use weigh_core::report::rightsizing_report;
    /// use weigh_core::rightsize::{Headroom, Inventory, rightsize};
    /// let catalog = Catalog::open(&weigh_prices::files()).unwrap();
    /// let prices = weigh_prices::book().open("us-east-1", None).unwrap();
    /// let inventory = Inventory::parse("name,cpu,memory\napi,10 %,400 MB\n").unwrap();
    /// let day = prices.newest();
    /// let sized =
    ///     rightsize(&inventory, Headroom::default(), &[], &catalog, &prices, Terms::on(day)).unwrap();
    /// let stamp = BookStamp { hash: prices.book_hash(), newest: prices.book_newest(), own_later: 0 };
    /// let report = rightsizing_report(&sized, &catalog, "us-east-1", day, &stamp);
    /// assert!(report.scenario_text().contains("[[component]]\nname = \"api\"\nvcpu = 0.1308"));
    /// ```
    #[must_use]
    pub fn scenario_text(&self) -> String {
        let mut text = format!(
            "# Reservations of a measured inventory with a head-room of {}, written by `weigh rightsize`.\n{HEAD}",
            self.headroom
        );
        for each in &self.containers {
            // Writing to a string can't fail.
            let _ = component(&mut text, each);
        }
        text
    }
}

fn component(text: &mut String, each: &ReservationReport) -> std::fmt::Result {
    let shown = |bytes: u64| Size::from_bytes(bytes);
    writeln!(text, "\n[[component]]")?;
    // Names hold neither quotes nor backslashes.
    writeln!(text, "name = \"{}\"", each.container)?;
    writeln!(
        text,
        "vcpu = {}  # {}, rounded up to {} of 1,024",
        each.vcpu, each.cpu_formula, each.cpu_units
    )?;
    writeln!(text, "memory = \"{} MiB\"  # {}, rounded up", each.memory_mib, each.memory_formula)?;
    match each.image_bytes {
        Some(bytes) if bytes % (1 << 20) == 0 => {
            writeln!(text, "image_size = \"{} MiB\"", bytes >> 20)?;
        }
        Some(bytes) => writeln!(text, "image_size = \"{bytes} B\"")?,
        None => writeln!(text, "# image_size = \"500 MB\"")?,
    }
    write!(text, "# measured: {} % of a vCPU, {}", each.cpu_percent, shown(each.memory_bytes))?;
    if let Some(peak) = &each.peak_cpu_percent {
        write!(text, "; peak {peak} % of a vCPU")?;
    }
    if let Some(peak) = each.peak_memory_bytes {
        write!(text, "; peak {} of memory", shown(peak))?;
    }
    if each.replicas > 1 {
        write!(text, "; {} copies ran (`min_replicas` in [needs])", each.replicas)?;
    }
    writeln!(text, "\n# cpu_time = \"50 ms\"")
}
