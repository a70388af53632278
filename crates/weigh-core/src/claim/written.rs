//! Arithmetic as it is written, with the parentheses that it needs and no more.

use std::fmt;

use super::expression::{Node, Operation};

impl Operation {
    /// The sign, and how strongly it binds.
    fn parts(self) -> (&'static str, u8) {
        match self {
            Operation::To => ("..", 0),
            Operation::Add => ("+", 1),
            Operation::Subtract => ("-", 1),
            Operation::Multiply => ("*", 2),
            Operation::Divide => ("/", 2),
        }
    }

    /// The sign as it is written.
    pub(super) fn sign(self) -> &'static str {
        self.parts().0
    }
}

impl fmt::Display for Node {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Node::Number(number) => write!(f, "{number}"),
            Node::Claim(id) => f.write_str(id),
            Node::Minus(inner) => write!(f, "-{}", inner.inner(3)),
            Node::Both(one, operation, other) => {
                let (sign, strength) = operation.parts();
                // `a - (b - c)` and `a / (b / c)` need their parentheses.
                write!(f, "{} {sign} {}", one.inner(strength), other.inner(strength + 1))
            }
        }
    }
}

impl Node {
    /// As it is written within something that binds so strongly.
    pub(super) fn inner(&self, strength: u8) -> String {
        match self {
            Node::Both(_, operation, _) if operation.parts().1 < strength => format!("({self})"),
            node => node.to_string(),
        }
    }
}
