//! What a claim may be about, and which keys say more about it.

use super::field::choice;

choice! {
    /// What a claim is about, and so how it is computed.
    pub enum About {
        /// The whole bill of an option.
        Total = "total",
        /// What the platform's own servers and their disks cost.
        Platform = "platform",
        /// What the servers of one component cost.
        Component = "component",
        /// What a supporting or a stated service costs.
        Service = "service",
        /// What the charges cost whose price id begins so.
        Charge = "charge",
        /// How much less an option costs than another one.
        Saving = "saving",
        /// How much more an option costs than another one.
        Premium = "premium",
        /// A rate of the price book.
        Price = "price",
        /// A hard limit of AWS's.
        Limit = "limit",
        /// The size of a replica, of a component in it, or of a shape of the catalog.
        Size = "size",
        /// How many replicas or hosts there are, from the fewest to the most.
        Count = "count",
        /// How many replicas fit on the instances.
        Fit = "fit",
        /// Hours that servers run, or hours of the month.
        Hours = "hours",
        /// How long a start takes.
        ColdStart = "cold-start",
        /// A percentile of the latency.
        Latency = "latency",
        /// Requests a second that can be finished at most.
        Throughput = "throughput",
        /// The share of the month that AWS promises.
        Availability = "availability",
        /// Requests that come.
        Traffic = "traffic",
        /// Requests a day up to which, or from which, an option comes first.
        Threshold = "threshold",
        /// The option or platform that is recommended.
        Choice = "choice",
        /// How many things a list of the document has.
        Items = "items",
        /// A figure that the scenario takes over, or that nothing models: not computed.
        Input = "input",
        /// An estimate of the document: not computed.
        Estimate = "estimate",
    }
}

impl About {
    /// The keys that must be there, and those that may be.
    pub(super) fn keys(self) -> (&'static [&'static str], &'static [&'static str]) {
        const PLACE: &[&str] = &["option", "environment"];
        match self {
            About::Total | About::Platform | About::Throughput | About::Availability | About::ColdStart => {
                (&[], PLACE)
            }
            About::Component => (&["component"], PLACE),
            About::Service => (&["service"], &["option", "environment", "component"]),
            About::Charge => (&["price_id"], &["option", "environment", "component", "service"]),
            About::Saving | About::Premium => (&["against"], &["option", "of"]),
            About::Price => (&["price_id"], &[]),
            About::Limit => (&["limit"], &[]),
            About::Size => (&["of"], &["option", "component", "shape"]),
            About::Count => (&[], &["option", "environment", "component", "of"]),
            About::Fit | About::Choice => (&[], &["option"]),
            About::Hours => (&[], &["option", "environment", "component"]),
            About::Latency => (&["of"], PLACE),
            About::Traffic => (&[], &["environment", "component"]),
            About::Threshold => (&["of"], &["option"]),
            About::Items => (&["items"], &[]),
            About::Input | About::Estimate => (&[], &["option", "environment", "component", "service", "of"]),
        }
    }

    /// The words that `of` may be; none where it is free or has no meaning.
    pub(super) fn values(self) -> &'static [&'static str] {
        match self {
            About::Saving | About::Premium => &["total", "platform"],
            About::Size => &["vcpu", "memory", "cpu-units", "storage"],
            About::Count => &["replicas", "hosts"],
            About::Latency => &["p50", "p95", "p99"],
            About::Threshold => &["until", "from"],
            _ => &[],
        }
    }

    /// Whether it is about one option.
    #[must_use]
    pub fn has_option(self) -> bool {
        self.keys().1.contains(&"option")
            && !matches!(self, About::Input | About::Estimate | About::Choice | About::Hours)
    }
}
