//! What inventories say, and what is refused in them.
