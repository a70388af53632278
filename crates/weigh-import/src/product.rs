//! A product of AWS: the attributes that say what is sold, however the file writes them.

use std::borrow::Cow;
use std::fmt;

use serde::Deserialize;
use serde::de::{Deserializer, IgnoredAny, MapAccess, Visitor};

use crate::json::Text;

macro_rules! attributes {
    ($($name:ident = $spelling:literal,)*) => {
        /// The attributes that a price id depends on.
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        pub(crate) enum Attribute { $($name,)* }

        /// How many they are.
        pub(crate) const ATTRIBUTES: usize = [$(Attribute::$name),*].len();

        impl Attribute {
            /// The attribute of a name in JSON.
            pub(crate) fn of_json(name: &str) -> Option<Attribute> {
                match name { $($spelling => Some(Attribute::$name),)* _ => None }
            }

            /// The attribute of a column of CSV, which has other capitals and blanks: `Pre Installed S/W`.
            pub(crate) fn of_column(name: &str) -> Option<Attribute> {
                let bare = bare(name);
                $(if bare.eq_ignore_ascii_case($spelling) { return Some(Attribute::$name); })*
                None
            }
        }
    };
}

attributes! {
    Sku = "sku",
    Family = "productFamily",
    ServiceCode = "servicecode",
    Location = "location",
    LocationType = "locationType",
    RegionCode = "regionCode",
    FromLocation = "fromLocation",
    FromLocationType = "fromLocationType",
    FromRegionCode = "fromRegionCode",
    ToLocation = "toLocation",
    ToLocationType = "toLocationType",
    ToRegionCode = "toRegionCode",
    UsageType = "usagetype",
    Operation = "operation",
    OperatingSystem = "operatingSystem",
    Tenancy = "tenancy",
    CapacityStatus = "capacitystatus",
    PreInstalledSoftware = "preInstalledSw",
    LicenceModel = "licenseModel",
    MarketOption = "marketoption",
    InstanceType = "instanceType",
    VolumeApiName = "volumeApiName",
    DatabaseEngine = "databaseEngine",
    CacheEngine = "cacheEngine",
    AccessType = "accessType",
}

/// A column's name without blanks and signs, to be compared whatever its capitals.
pub(crate) fn bare(name: &str) -> String {
    name.chars().filter(char::is_ascii_alphanumeric).collect()
}

/// One product; an attribute that it does not have is empty.
#[derive(Clone, Debug, Default)]
pub(crate) struct Product<'a> {
    values: [Cow<'a, str>; ATTRIBUTES],
}

impl<'a> Product<'a> {
    /// The value of an attribute, trimmed.
    pub(crate) fn get(&self, attribute: Attribute) -> &str {
        self.values[attribute as usize].trim()
    }

    /// The same product with an attribute.
    pub(crate) fn set(&mut self, attribute: Attribute, value: Cow<'a, str>) {
        self.values[attribute as usize] = value;
    }

    /// Sets the service when the product itself does not name it.
    pub(crate) fn default_service(&mut self, code: &str) {
        if self.get(Attribute::ServiceCode).is_empty() {
            self.set(Attribute::ServiceCode, Cow::Owned(code.to_owned()));
        }
    }
}

/// A key of a product: an attribute, the object that holds attributes, or something else.
enum Key {
    Known(Attribute),
    Attributes,
    Other,
}

impl<'de> Deserialize<'de> for Key {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Key, D::Error> {
        struct Names;
        impl Visitor<'_> for Names {
            type Value = Key;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a key")
            }

            fn visit_str<E>(self, name: &str) -> Result<Key, E> {
                Ok(match name {
                    "attributes" => Key::Attributes,
                    name => Attribute::of_json(name).map_or(Key::Other, Key::Known),
                })
            }
        }
        deserializer.deserialize_identifier(Names)
    }
}

/// Reads one level of a product into it; the attributes stand one level deeper than SKU and family.
struct Level<'p, 'a>(&'p mut Product<'a>);

impl<'de: 'a, 'a> Visitor<'de> for Level<'_, 'a> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a product with its attributes")
    }

    fn visit_map<M: MapAccess<'de>>(self, mut map: M) -> Result<(), M::Error> {
        while let Some(key) = map.next_key::<Key>()? {
            match key {
                Key::Known(attribute) => self.0.set(attribute, map.next_value::<Text<'a>>()?.0),
                Key::Attributes => map.next_value_seed(Level(self.0))?,
                Key::Other => drop(map.next_value::<IgnoredAny>()?),
            }
        }
        Ok(())
    }
}

impl<'de: 'a, 'a> serde::de::DeserializeSeed<'de> for Level<'_, 'a> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        deserializer.deserialize_map(self)
    }
}

impl<'de: 'a, 'a> Deserialize<'de> for Product<'a> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Product<'a>, D::Error> {
        let mut product = Product::default();
        deserializer.deserialize_map(Level(&mut product))?;
        Ok(product)
    }
}
