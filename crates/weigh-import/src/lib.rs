//! Reads AWS's own price files, as streams, into rows of the price book of `weigh`.
//!
//! | format | known by |
//! |---|---|
//! | bulk offer files, JSON | an object with `products` by SKU and `terms` |
//! | bulk offer files, CSV | a header that begins with SKU |
//! | savings plan files, JSON | `products` as an array |
//! | `aws pricing get-products` | an object with `PriceList`, or documents with `product` one after another |
//! | `aws ec2 describe-spot-price-history` | `SpotPriceHistory` |
//! | Spot Advisor data | `spot_advisor` |
//! | feeds of the pricing pages: Spot, Fargate Spot | `callback(…)`; `prices` as an array |
//! | the price book itself | the header `price_id,unit,…` |
//!
//! A price is taken only when every attribute says that it is the one that the book means. All else is left out by name and
//! counted: a price that the book lacks is an error later, and a wrong one would be an answer.
//!
//! ```
//! use std::io::Cursor;
//! use weigh_import::{Importer, Skip};
//!
//! let offer = r#"{
//!   "offerCode": "AmazonECS", "version": "20261001000000", "publicationDate": "2026-10-01T00:00:00Z",
//!   "products": {
//!     "A": {"productFamily": "Compute", "attributes": {"servicecode": "AmazonECS", "regionCode": "eu-west-1",
//!       "usagetype": "EU-Fargate-ARM-vCPU-Hours:perCPU"}},
//!     "B": {"productFamily": "Compute Metering", "attributes": {"servicecode": "AmazonECS",
//!       "usagetype": "EU-ECS-EC2-GB-Hours"}}
//!   },
//!   "terms": {"OnDemand": {"A": {"A.JRTCKXETXF": {"effectiveDate": "2026-09-01T00:00:00Z", "priceDimensions": {
//!     "A.JRTCKXETXF.6YS6EN2CT7": {"beginRange": "0", "unit": "hours", "pricePerUnit": {"USD": "0.0323800000"}}}}}}}
//! }"#;
//! let mut importer = Importer::new("2026-10-02".parse().unwrap());
//! let summary = importer.read("index.json", &mut Cursor::new(offer), &mut |_bytes| ()).unwrap();
//! assert_eq!((summary.products, summary.rows, summary.skipped[&Skip::UnknownProduct]), (2, 1, 1));
//!
//! let imported = importer.finish();
//! let row = imported.rows().next().unwrap();
//! assert_eq!((row.region, row.price_id, row.unit), ("eu-west-1", "fargate/vcpu-hours/linux-arm", "vCPU-Hours"));
//! assert_eq!(row.usd.unwrap().to_string(), "0.03238");
//! assert_eq!((row.from.to_string(), row.seen.to_string()), ("2026-09-01".to_owned(), "2026-10-01".to_owned()));
//! assert_eq!(row.source, "aws-AmazonECS-20261001000000");
//! ```

mod cite;
mod error;
mod formats;
mod importer;
mod input;
mod json;
mod numbers;
mod product;
mod regions;
mod rows;
mod services;
mod spot;
mod summary;
mod table;

pub use cite::source_title;
pub use error::{ErrorKind, ImportError};
pub use importer::{Imported, Importer};
pub use input::SourceReader;
pub use regions::region_name;
pub use rows::{Conflict, ImportedRow};
pub use spot::SpotSaving;
pub use summary::{Skip, Summary};
