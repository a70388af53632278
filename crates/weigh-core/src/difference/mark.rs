//! How something stands to what was before.

/// How something stands to what was before.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Mark {
    /// It is new.
    Added,
    /// It is gone.
    Removed,
    /// It differs.
    Changed,
    /// It is as it was.
    Same,
}

impl Mark {
    /// `+`, `-`, `~`, or nothing.
    ///
    /// ```
    /// use weigh_core::difference::Mark;
    /// assert_eq!([Mark::Added, Mark::Removed, Mark::Changed, Mark::Same].map(Mark::sign), ["+", "-", "~", ""]);
    /// ```
    #[must_use]
    pub fn sign(self) -> &'static str {
        match self {
            Mark::Added => "+",
            Mark::Removed => "-",
            Mark::Changed => "~",
            Mark::Same => "",
        }
    }

    /// Its word in reports.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Mark::Added => "added",
            Mark::Removed => "removed",
            Mark::Changed => "changed",
            Mark::Same => "same",
        }
    }

    pub(super) fn of<T: PartialEq>(before: Option<&T>, after: Option<&T>) -> Mark {
        match (before, after) {
            (None, Some(_)) => Mark::Added,
            (Some(_), None) => Mark::Removed,
            (before, after) if before == after => Mark::Same,
            _ => Mark::Changed,
        }
    }
}
