//! Reads a measured inventory from a file.

use std::path::Path;

use weigh_core::rightsize::Inventory;

use super::read;
use crate::output::Failure;

/// The inventory of a file, or of standard input for `-`.
pub(crate) fn inventory(file: &Path) -> Result<Inventory, Failure> {
    let (path, text) = read(file, "an inventory is CSV, and that is UTF-8 text")?;
    Inventory::parse(&text).map_err(|problems| Failure::InFile { path, text, problems })
}
