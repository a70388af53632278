//! Arithmetic with factors left out: what a document may have forgotten to multiply or divide by.

use rust_decimal::Decimal;

use super::expression::{Expression, Node, Operation};

/// Factors of one product that are looked at, at most.
const MOST: usize = 12;

/// A factor of a product: multiplied by, or divided by.
type Factor = (Operation, Node);

impl Expression {
    /// The same arithmetic with one factor left out, or with two that are beside each other, each with the factors as they are
    /// written. The innermost products come first.
    ///
    /// ```
    /// use weigh_core::claim::Expression;
    /// let shortened = Expression::parse("tasks * hours / 24").unwrap().shortened();
    /// let texts: Vec<(&str, &str)> =
    ///     shortened.iter().map(|(left_out, rest)| (left_out.as_str(), rest.text.as_str())).collect();
    /// assert!(texts.contains(&("* hours / 24", "tasks")), "{texts:?}");
    /// assert!(texts.contains(&("/ 24", "tasks * hours")));
    /// assert!(Expression::parse("a + b").unwrap().shortened().is_empty());
    /// ```
    #[must_use]
    pub fn shortened(&self) -> Vec<(String, Expression)> {
        let variants = self.node.shortened().into_iter();
        variants.map(|(left_out, node)| (left_out, Expression { text: node.to_string(), node })).collect()
    }
}

impl Node {
    fn shortened(&self) -> Vec<(String, Node)> {
        let mut found = Vec::new();
        let factors = self.factors();
        if (2..=MOST).contains(&factors.len()) {
            for length in [1, 2] {
                for start in 0..=factors.len().saturating_sub(length) {
                    let (left_out, rest): (Vec<_>, Vec<_>) = factors
                        .iter()
                        .enumerate()
                        .partition(|(place, _)| (start..start + length).contains(place));
                    let says_nothing =
                        left_out.iter().all(|(_, (_, node))| *node == Node::Number(Decimal::ONE));
                    if says_nothing {
                        continue;
                    }
                    if let Some(node) = product(rest.into_iter().map(|(_, factor)| factor.clone())) {
                        let told: Vec<String> = left_out
                            .iter()
                            .map(|(_, (how, node))| format!("{} {}", how.sign(), node.inner(2)))
                            .collect();
                        found.push((told.join(" "), node));
                    }
                }
            }
        }
        if let Node::Both(one, operation, other) = self {
            let rebuilt = |one: Node, other: Node| Node::Both(Box::new(one), *operation, Box::new(other));
            if matches!(operation, Operation::Add | Operation::Subtract | Operation::To) {
                found.extend(
                    one.shortened().into_iter().map(|(told, node)| (told, rebuilt(node, (**other).clone()))),
                );
                found.extend(
                    other.shortened().into_iter().map(|(told, node)| (told, rebuilt((**one).clone(), node))),
                );
            }
        }
        found
    }

    /// The factors of a product, in the order in which they are written; of anything else itself alone.
    fn factors(&self) -> Vec<Factor> {
        match self {
            Node::Both(one, operation @ (Operation::Multiply | Operation::Divide), other) => {
                let mut factors = one.factors();
                factors.push((*operation, (**other).clone()));
                factors
            }
            node => vec![(Operation::Multiply, node.clone())],
        }
    }
}

/// The product of factors; nothing where none is left.
fn product(factors: impl Iterator<Item = Factor>) -> Option<Node> {
    factors.fold(None, |product, (operation, node)| {
        Some(match (product, operation) {
            (Some(product), operation) => Node::Both(Box::new(product), operation, Box::new(node)),
            (None, Operation::Divide) => {
                Node::Both(Box::new(Node::Number(Decimal::ONE)), Operation::Divide, Box::new(node))
            }
            (None, _) => node,
        })
    })
}
