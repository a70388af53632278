//! Patterns with `*`, by which policies and tolerances name files, options and prices.

/// A text in which each `*` stands for any characters, `/` among them, or for none.
///
/// ```
/// use weigh_core::scenario::Pattern;
/// let pattern = Pattern::new("fargate/*/linux-*");
/// assert!(pattern.matches("fargate/vcpu-hours/linux-x86"));
/// assert!(!pattern.matches("lambda/requests"));
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Pattern {
    text: String,
}

impl Pattern {
    /// The pattern that a text says.
    #[must_use]
    pub fn new(text: impl Into<String>) -> Pattern {
        Pattern { text: text.into() }
    }

    /// The pattern as it is written.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.text
    }

    /// Whether it stands for more than one text.
    #[must_use]
    pub fn is_open(&self) -> bool {
        self.text.contains('*')
    }

    /// Whether a whole text is as the pattern says.
    #[must_use]
    pub fn matches(&self, text: &str) -> bool {
        let Some((start, rest)) = self.text.split_once('*') else { return self.text == text };
        let Some(mut left) = text.strip_prefix(start) else { return false };
        let (middle, end) = rest.rsplit_once('*').unwrap_or(("", rest));
        // The first place that fits leaves most for the rest.
        for part in middle.split('*').filter(|part| !part.is_empty()) {
            match left.split_once(part) {
                Some((_, after)) => left = after,
                None => return false,
            }
        }
        left.ends_with(end)
    }

    /// Whether a path is as the pattern says: all of it, or from one of its folders or its name on.
    ///
    /// ```
    /// use weigh_core::scenario::Pattern;
    /// let pattern = Pattern::new("scenarios/ai-*");
    /// assert!(pattern.matches_path("scenarios/ai-prism.toml"));
    /// assert!(pattern.matches_path("../team/scenarios/ai-prism/peak.toml"));
    /// assert!(!pattern.matches_path("old-scenarios/ai-prism.toml"));
    /// ```
    #[must_use]
    pub fn matches_path(&self, path: &str) -> bool {
        let folders = path.match_indices('/').map(|(at, _)| &path[at + 1..]);
        std::iter::once(path).chain(folders).any(|tail| self.matches(tail))
    }
}
