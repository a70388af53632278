//! Names in a sentence: all of a few, some of many.

/// More names than this make no sentence.
const TOLD: usize = 5;

/// `a, b and c`; of more than five the first five, `and 3 others`.
pub(in crate::report) fn joined(names: &[String], with: &str) -> String {
    let (told, others) = names.split_at(names.len().min(TOLD));
    match (told, others.len()) {
        ([], _) => String::new(),
        ([one], 0) => one.clone(),
        ([before @ .., last], 0) => format!("{} {with} {last}", before.join(", ")),
        (told, 1) => format!("{} {with} 1 other", told.join(", ")),
        (told, more) => format!("{} {with} {more} others", told.join(", ")),
    }
}

#[cfg(test)]
mod tests {
    use super::joined;

    #[test]
    fn few_are_named_and_many_are_counted() {
        let names =
            |count: u8| -> Vec<String> { (0..count).map(|at| char::from(b'a' + at).to_string()).collect() };
        let told = [0, 1, 2, 3, 5, 6, 9].map(|count| joined(&names(count), "and"));
        assert_eq!(
            told,
            [
                "",
                "a",
                "a and b",
                "a, b and c",
                "a, b, c, d and e",
                "a, b, c, d, e and 1 other",
                "a, b, c, d, e and 4 others"
            ]
        );
    }
}
