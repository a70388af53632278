//! The pure core of `weigh`: where on AWS should an application run, what does it cost each month, and why?
//!
//! One scenario goes through seven stages, each a plain function of what came before:
//!
//! ```text
//! propose -> serve -> meter -> price -> judge -> rank -> report
//! ```
//!
//! # Example: compare an application on every platform
//!
//! ```
//! use weigh_core::catalog::Catalog;
//! use weigh_core::compare::{compare, vocabulary};
//! use weigh_core::report::comparison_report;
//! use weigh_core::scenario::Scenario;
//!
//! // Data files are text: those that weigh-prices embeds, or those of a folder that the caller reads.
//! let files = weigh_prices::files();
//! let catalog = Catalog::open(&files).unwrap();
//! let words = vocabulary(&catalog, &weigh_prices::book());
//!
//! let scenario = Scenario::parse(
//!     r#"
//!     [scenario]
//!     name = "Shop"
//!     region = "us-east-1"
//!     [traffic]
//!     rate = "10_000/day"
//!     [[component]]
//!     name = "api"
//!     vcpu = 1
//!     memory = "2 GiB"
//!     cpu_time = "50 ms"
//!     start_up_time = "1 s"
//!     "#,
//!     &words,
//! )
//! .unwrap();
//!
//! let book = weigh_prices::book().open(&scenario.header.region, None).unwrap();
//! let comparison = compare(&scenario, &catalog, &book).unwrap();
//! let report = comparison_report(&scenario, &catalog, &comparison);
//! assert_eq!(report.options.len(), 5);
//! assert!(report.recommended.is_some());
//! ```
//!
//! # The layers
//!
//! A module names only those above it in this list; `tests/tidy.rs` holds the list against the code.
//!
//! | module | what lives in it |
//! |---|---|
//! | [`time`], [`money`], [`units`], [`measure`], [`hours`] | days and months; dollars and the one bridge from `f64`; what is metered in; sizes, rates and times as people write them; how an amount falls on the hours of a month |
//! | [`json_schema`] | JSON Schemas of the shapes that are written |
//! | [`problem`], [`data`] | what is wrong in a user's file, and in a data file |
//! | [`condition`] | conditions over named variables, decided with what is known: no cloud word |
//! | [`claim`] | figures as documents state them, the arithmetic between them, and whether one agrees: no cloud word |
//! | [`usage`], [`commitment`], [`bill`], [`account`] | what was metered, without a price; reservations and Savings Plans, and what they cover; charges and their sum; what the account uses beside it |
//! | [`catalog`] | what can be rented, without its price: shapes, limits, traits |
//! | [`pricebook`] | dated tariffs; usage becomes a bill here and nowhere else |
//! | [`traffic`], [`scenario`] | what comes, and what the architect wants |
//! | [`settings`] | what may be set once for many runs, and the file that sets it |
//! | [`capacity`] | stations, queueing, cold starts, event simulation: no cloud word |
//! | [`services`], [`platforms`] | what a deployment needs beside itself; the five platforms and the table of them |
//! | [`rightsize`] | a measured inventory as reservations, packed onto each platform |
//! | [`evaluate`] | the conductor: propose, serve, meter, price |
//! | [`decision`] | a crate of its own: alternatives, criteria, methods, and how firm a ranking is; mathematics alone |
//! | [`matrix_file`] | a decision matrix in a file of its own: alternatives, criteria, weights, without any cloud |
//! | [`commitment_level`] | the commitment that costs least over a profile of use: mathematics alone |
//! | [`criteria`], [`rules`], [`compare`] | how an evaluation becomes a column; when to choose what, and whether it holds; judge and rank |
//! | [`savings`] | ways to pay less, each as a change that is evaluated again, and the best of those that go together |
//! | [`audit`] | the claims of documents: each computed, and what would make one that differs equal |
//! | [`snapshot`] | what a scenario came to, in a form that can be kept and compared |
//! | [`difference`] | what became of a scenario between two snapshots, and why: each change split exactly into effects |
//! | [`check`] | what is not what its snapshot says, and whether it is let pass |
//! | [`coverage`], [`verify`] | what the platforms need of a price book, and what each region has of it; a book held against itself |
//! | [`policy`] | what must hold of an answer: each rule judged, and how far costs may drift |
//! | [`report`] | the answer as data, for programs and for readers |
//!
//! Nothing here reads a file, a clock or the environment, and nothing prints; what is drawn at random comes from a seed
//! that the caller gives. The same scenario, price book and date give the same bytes on every machine.

pub mod account;
pub mod audit;
pub mod bill;
pub mod capacity;
pub mod catalog;
pub mod check;
pub mod claim;
pub mod commitment;
pub mod commitment_level;
pub mod compare;
pub mod condition;
pub mod coverage;
pub mod criteria;
pub mod data;
pub mod difference;
pub mod evaluate;
pub mod hours;
pub mod json_schema;
pub mod matrix_file;
pub mod measure;
pub mod money;
pub mod platforms;
pub mod policy;
pub mod pricebook;
pub mod problem;
pub mod report;
pub mod rightsize;
pub mod rules;
pub mod savings;
pub mod scenario;
pub mod services;
pub mod settings;
pub mod snapshot;
pub mod time;
pub mod traffic;
pub mod units;
pub mod usage;
pub mod verify;

/// Decision analysis, from a crate of its own: it knows neither clouds nor capacity.
pub use weigh_decision as decision;
