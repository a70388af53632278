//! Bulk offer files as JSON: products first, then the terms of each, by SKU.

use std::collections::HashMap;

use weigh_core::time::Date;

use super::terms::{self, Slice, Terms};
use super::{Heading, Sink};
use crate::error::{ErrorKind, Failure};
use crate::json::{Json, parse};
use crate::product::Product;
use crate::services::{self, Target};

/// The products of a file that the book prices, by SKU.
type Targets = HashMap<Box<str>, Target>;

/// Reads an offer file.
pub(crate) fn read(json: &mut Json<'_>, sink: &mut Sink<'_>) -> Result<(), Failure> {
    let mut heading = Heading::default();
    let mut products: Option<Targets> = None;
    let mut terms_read = false;
    let origin = sink.pending_origin();
    json.expect(b'{', "`{`")?;
    let mut first = true;
    while let Some(key) = json.key(&mut first)? {
        match key.as_str() {
            "products" => products = Some(read_products(json, sink, &heading.offer)?),
            "terms" => {
                json.peek()?;
                let Some(targets) = &products else {
                    let message = "`terms` without `products` before them: the file can't be understood";
                    return Err(Failure::at(json.byte(), ErrorKind::Missing, message));
                };
                let fallback = heading.seen(sink.read_on)?;
                read_terms(json, sink, targets, (origin, fallback))?;
                terms_read = true;
            }
            _ => heading.take(json, &key)?,
        }
    }
    json.finish()?;
    for (there, name) in [(products.is_some(), "products"), (terms_read, "terms")] {
        if !there {
            let message = format!("an offer file without `{name}`");
            return Err(Failure::at(json.byte(), ErrorKind::Missing, message));
        }
    }
    sink.settle(origin, &heading, "offer")
}

impl Heading {
    /// Takes the value of a key of the top level, or passes over it.
    pub(super) fn take(&mut self, json: &mut Json<'_>, key: &str) -> Result<(), Failure> {
        match key {
            "offerCode" => self.offer = json.typed()?,
            "version" => self.version = json.typed()?,
            "publicationDate" => {
                json.peek()?;
                let byte = json.byte();
                self.published = Some((json.typed()?, byte));
            }
            _ => json.skip()?,
        }
        Ok(())
    }
}

fn read_products(json: &mut Json<'_>, sink: &mut Sink<'_>, offer: &str) -> Result<Targets, Failure> {
    let mut targets = Targets::new();
    json.expect(b'{', "an object of products by SKU")?;
    let mut first = true;
    while let Some(sku) = json.key(&mut first)? {
        let (byte, slice) = json.value()?;
        let mut product: Product<'_> = parse(byte, slice)?;
        product.default_service(offer);
        sink.summary.products += 1;
        match services::target(&product) {
            Err(skip) => sink.summary.skip(skip),
            Ok(target) => {
                if targets.insert(sku.as_str().into(), target).is_some() {
                    return Err(Failure::value(
                        byte,
                        format!("the SKU {sku} stands twice among the products"),
                    ));
                }
            }
        }
    }
    Ok(targets)
}

/// The kinds of terms; those of other kinds are passed over.
fn read_terms(
    json: &mut Json<'_>,
    sink: &mut Sink<'_>,
    targets: &Targets,
    dated: (u32, Date),
) -> Result<(), Failure> {
    json.expect(b'{', "an object of terms by kind")?;
    let mut first = true;
    while let Some(kind) = json.key(&mut first)? {
        let take = match kind.as_str() {
            "OnDemand" => terms::on_demand,
            "Reserved" => terms::reserved,
            _ => {
                json.skip()?;
                continue;
            }
        };
        json.expect(b'{', "an object of terms by SKU")?;
        let mut first = true;
        while let Some(sku) = json.key(&mut first)? {
            let Some(target) = targets.get(sku.as_str()) else {
                json.skip()?;
                continue;
            };
            let (byte, bytes) = json.value()?;
            let terms: Terms<'_> = parse(byte, bytes)?;
            take(sink, (target, &sku), &terms, Slice { byte, bytes }, dated)?;
        }
    }
    Ok(())
}
