//! What `aws pricing get-products` answers: one document a product, as JSON lines or as texts in a page's `PriceList`.

use std::collections::BTreeMap;

use serde::Deserialize;
use serde_json::value::RawValue;

use super::terms::{self, Slice, Terms};
use super::{Heading, Sink};
use crate::error::{ErrorKind, Failure};
use crate::json::{Json, Text, parse};
use crate::product::Product;
use crate::services;

/// One product with its terms.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Document<'a> {
    #[serde(borrow)]
    product: Product<'a>,
    #[serde(borrow, default)]
    service_code: Text<'a>,
    #[serde(borrow)]
    terms: Kinds<'a>,
    #[serde(borrow, default)]
    version: Text<'a>,
    #[serde(borrow, default)]
    publication_date: Option<Text<'a>>,
}

#[derive(Deserialize)]
struct Kinds<'a> {
    #[serde(borrow, default, rename = "OnDemand")]
    on_demand: Terms<'a>,
    #[serde(borrow, default, rename = "Reserved")]
    reserved: Terms<'a>,
}

/// Reads documents that follow one another, or stand in an array.
pub(crate) fn read_documents(json: &mut Json<'_>, sink: &mut Sink<'_>) -> Result<(), Failure> {
    while let Some(next) = json.peek()? {
        match next {
            b'[' => read_array(json, sink)?,
            _ => read_element(json, sink)?,
        }
    }
    Ok(())
}

/// Reads pages, each an object with the array `PriceList`.
pub(crate) fn read_pages(json: &mut Json<'_>, sink: &mut Sink<'_>) -> Result<(), Failure> {
    while json.peek()?.is_some() {
        json.expect(b'{', "`{`")?;
        let mut first = true;
        while let Some(key) = json.key(&mut first)? {
            match key.as_str() {
                "PriceList" => read_array(json, sink)?,
                _ => json.skip()?,
            }
        }
    }
    Ok(())
}

fn read_array(json: &mut Json<'_>, sink: &mut Sink<'_>) -> Result<(), Failure> {
    json.expect(b'[', "an array of price-list documents")?;
    let mut first = true;
    while json.element(&mut first)? {
        read_element(json, sink)?;
    }
    Ok(())
}

/// Reads a document, whether as it is, as a text, or wrapped in an object that says more.
fn read_element(json: &mut Json<'_>, sink: &mut Sink<'_>) -> Result<(), Failure> {
    let (byte, bytes) = json.value()?;
    if bytes.starts_with(b"\"") {
        let text: String = parse(byte, bytes)?;
        // Inside the text no place of the file is known, so that of the text is told.
        let document =
            parse(byte, text.as_bytes()).map_err(|failure| Failure { byte: Some(byte), ..failure })?;
        return take(sink, &document, Slice { byte, bytes: &[] });
    }
    let keys: BTreeMap<Text<'_>, &RawValue> = parse(byte, bytes)?;
    let inner = if keys.contains_key("product") {
        bytes
    } else {
        let objects = keys.values().map(|value| value.get()).filter(|value| value.starts_with('{'));
        let wrapped = objects.max_by_key(|value| value.contains("\"product\""));
        let message = "a price-list document is expected: an object with `product` and `terms`";
        wrapped.ok_or_else(|| Failure::at(byte, ErrorKind::Missing, message))?.as_bytes()
    };
    let at = byte + (inner.as_ptr() as usize - bytes.as_ptr() as usize) as u64;
    take(sink, &parse(at, inner)?, Slice { byte, bytes })
}

/// Takes the prices of a document.
fn take(sink: &mut Sink<'_>, document: &Document<'_>, slice: Slice<'_>) -> Result<(), Failure> {
    sink.summary.products += 1;
    let mut product = document.product.clone();
    product.default_service(&document.service_code.0);
    let target = match services::target(&product) {
        Ok(target) => target,
        Err(skip) => {
            sink.summary.skip(skip);
            return Ok(());
        }
    };
    let published = document.publication_date.as_ref();
    let heading = Heading {
        offer: document.service_code.0.to_string(),
        version: document.version.0.to_string(),
        published: published.map(|text| (text.0.to_string(), slice.place(&text.0))),
    };
    let seen = heading.seen(sink.read_on)?;
    let source = heading.source("price-list", seen);
    let origin = sink.origin(seen, &source, "");
    let sku = product.get(crate::product::Attribute::Sku).to_owned();
    let about = (&target, sku.as_str());
    terms::on_demand(sink, about, &document.terms.on_demand, slice, (origin, seen))?;
    terms::reserved(sink, about, &document.terms.reserved, slice, (origin, seen))
}
