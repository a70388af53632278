//! The sections of a scenario file: what an architect states about the application, its traffic and its needs.

use std::time::Duration;

use rust_decimal::Decimal;

use super::currency::Currency;
use super::field::{choice, section};
use super::request::RequestClass;
use crate::measure::Size;
use crate::time::{Date, Month};

section! {
    /// What is compared, where and when: the table `[scenario]`.
    pub struct Header {
        /// Name of the scenario, as reports show it.
        pub name: String => Kind::Name, Required;
        /// AWS region whose prices are used.
        pub region: String => Kind::Word(Known::Region), Required;
        /// Day whose prices are used; left out, the newest day that the price book knows.
        pub as_of: Option<Date> => Kind::Date, Optional;
        /// Hours of the billed month: "730h", AWS's own convention, a calendar month such as "2026-02", or days of one: "2026-02-10..2026-02-20".
        pub month: Month => Kind::Month, Default("730h");
        /// Whether the account's monthly free allowances are still unused and count for this application.
        pub free_tier: bool => Kind::Flag, Default("true");
        /// Region to borrow a price from when the book has none for `region`; every borrowed price is marked.
        pub assume_missing_from: Option<String> => Kind::Word(Known::Region), Optional;
        /// Document that the scenario is from, by the id or name that its readers know.
        pub document: Option<String> => Kind::Name, Optional;
        /// Where in a document it is from, such as "001 L85-104".
        pub source: Option<String> => Kind::Text, Optional;
        /// What the document left open and was assumed, one text for each; those of a base come first.
        pub assumptions: Vec<String> => Kind::Texts, Optional;
    } beside {
        /// The currency in which readers see totals beside US dollars.
        pub currency: Option<Currency>;
    }
}

choice! {
    /// What a replica remembers between requests.
    pub enum State {
        /// Nothing: any replica can serve any request.
        None = "none",
        /// User sessions in the memory of the replica.
        Session = "session",
        /// Files on its local disk that must outlive the process.
        LocalDisk = "local-disk",
    }
}

section! {
    /// One part of the application that is deployed and scaled on its own: a table `[[component]]`.
    pub struct Component {
        /// Name of the component.
        pub name: String => Kind::Name, Required;
        /// vCPU that one replica needs.
        pub vcpu: Decimal => Kind::Number, Required;
        /// Memory that one replica needs.
        pub memory: Size => Kind::Size, Required;
        /// CPU time that one request takes, on one vCPU.
        pub cpu_time: Duration => Kind::DurationOrZero, Required;
        /// Time that one request waits for others: calls to a model, a database, an API.
        pub wait_time: Duration => Kind::DurationOrZero, Default("0 s");
        /// Requests that one replica serves at once: its workers or threads.
        pub concurrency: u32 => Kind::Count { least: 1, most: 100_000 }, Default("1");
        /// Processes of a replica that compute, each on one vCPU at most; left out, as many as it has vCPU.
        pub processes: Option<u32> => Kind::Count { least: 1, most: 1_000 }, Optional;
        /// Memory that each request in service takes; a replica serves no more at once than its memory holds.
        pub memory_per_request: Size => Kind::SizeOrZero, Default("0 B");
        /// Memory of a replica without requests, beside `memory_per_request`.
        pub idle_memory: Option<Size> => Kind::SizeOrZero, Optional;
        /// Bytes that arrive with one request.
        pub request_size: Size => Kind::SizeOrZero, Default("2 KB");
        /// Bytes that leave with one response.
        pub response_size: Size => Kind::SizeOrZero, Default("20 KB");
        /// Time from the start of the process until it can serve.
        pub start_up_time: Option<Duration> => Kind::DurationOrZero, Optional;
        /// Size of the container image.
        pub image_size: Size => Kind::Size, Default("250 MB");
        /// Language runtime; gives the start-up time on Lambda when `start_up_time` is left out.
        pub runtime: Option<String> => Kind::Word(Known::Runtime), Optional;
        /// What a replica remembers between requests.
        pub state: State => Kind::OneOf(State::CHOICES), Default("none");
        /// Data on the local disk, when `state = "local-disk"`.
        pub disk: Size => Kind::SizeOrZero, Default("0 B");
        /// Bytes that one request reads of the data on disk, where `state = "local-disk"`.
        pub disk_read_size: Size => Kind::SizeOrZero, Default("0 B");
        /// Bytes that one request writes to it.
        pub disk_write_size: Size => Kind::SizeOrZero, Default("0 B");
        /// Share of the traffic that reaches this component.
        pub traffic_share: Decimal => Kind::Share, Default("100 %");
        /// Whether only other components call it: its responses stay inside AWS.
        pub internal: bool => Kind::Flag, Default("false");
        /// Bytes that one request sends to services outside AWS.
        pub outside_request_size: Size => Kind::SizeOrZero, Default("0 B");
        /// Bytes that one request receives from services outside AWS.
        pub outside_response_size: Size => Kind::SizeOrZero, Default("0 B");
        /// Bytes of log that one request writes.
        pub log_size: Size => Kind::SizeOrZero, Default("1 KB");
        /// Tag that its charges carry, for totals by tag and in FOCUS rows.
        pub tag: Option<String> => Kind::Name, Optional;
    } beside {
        /// The kinds of request that tables `[[request]]` state, with shares that add up to 1 at most.
        pub classes: Vec<RequestClass>;
    }
}

section! {
    /// What a deployment must be able to do; failing one rejects the option: the table `[needs]`.
    pub struct Needs {
        /// Longest time that one request may take to answer.
        pub longest_request: Option<Duration> => Kind::Duration, Optional;
        /// Largest body that is uploaded in one request.
        pub largest_upload: Option<Size> => Kind::Size, Optional;
        /// Whether responses are streamed as they come (server-sent events).
        pub streaming: bool => Kind::Flag, Default("false");
        /// Whether clients hold WebSocket connections.
        pub websocket: bool => Kind::Flag, Default("false");
        /// Replicas of each component that must run at all times.
        pub min_replicas: u32 => Kind::Count { least: 1, most: 1_000 }, Default("1");
        /// Availability zones that it must run in at once.
        pub zones: u32 => Kind::Count { least: 1, most: 6 }, Default("1");
        /// Share of the month that it must be up, by the service level agreements in series.
        pub availability: Option<Decimal> => Kind::Share, Optional;
        /// Longest time that 95 % of the requests may take.
        pub p95_latency: Option<Duration> => Kind::Duration, Optional;
        /// Most that a month may cost.
        pub monthly_budget: Option<Decimal> => Kind::Money, Optional;
        /// Whether it needs a GPU.
        pub gpu: bool => Kind::Flag, Default("false");
        /// Whether a person must be able to open a shell where it runs.
        pub shell_access: bool => Kind::Flag, Default("false");
        /// Compliance programmes that the platform must be covered by.
        pub compliance: Vec<String> => Kind::Words(Known::Compliance), Optional;
        /// Whether no request may wait for a start (less than 1 in 10,000).
        pub never_cold: bool => Kind::Flag, Default("false");
    }
}

impl Needs {
    /// Where nothing may start cold, fewer requests than this share may wait for a start.
    pub const NEVER_COLD_SHARE: f64 = 1e-4;
}

section! {
    /// What the account pays less than the list says, by an agreement with AWS: a table `[[discount]]`.
    pub struct DiscountEntry {
        /// Service that it is on, as price ids begin; "all" for every service without a discount of its own.
        pub service: String => Kind::Word(Known::Service), Required;
        /// Share of the list price that is taken off.
        pub off: Decimal => Kind::Share, Required;
        /// What it rests on, such as the name of the agreement.
        pub note: Option<String> => Kind::Name, Optional;
    }
}

section! {
    /// The keys that every `[[option]]` may have; the platform's own settings stand beside them.
    pub struct OptionHeader {
        /// Name of the option, when a platform is compared with itself; left out, the platform's name.
        pub name: Option<String> => Kind::Name, Optional;
        /// Platform to deploy on.
        pub platform: String => Kind::Word(Known::Platform), Required;
    }
}
