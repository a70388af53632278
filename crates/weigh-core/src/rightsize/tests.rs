//! Right-sizing against figures reckoned by hand.
