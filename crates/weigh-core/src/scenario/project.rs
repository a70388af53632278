//! Policies and tolerances in a file of their own, beside other settings: `weigh.toml`.

use super::layers::Stack;
use super::policy::{self, Policy, Within};
use super::range::End;
use super::reader::Reader;
use super::tolerance::{self, Tolerance};
use super::vocabulary::Vocabulary;
use crate::problem::Problem;

/// The policies and tolerances of `weigh.toml`, in the order of the file.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct ProjectPolicies {
    /// The tables `[[policy]]`.
    pub policies: Vec<Policy>,
    /// The tables `[[tolerance]]`.
    pub tolerances: Vec<Tolerance>,
}

impl ProjectPolicies {
    /// The keys of `weigh.toml` that are read here.
    pub const KEYS: [&str; 2] = ["policy", "tolerance"];

    /// Reads the tables `[[policy]]` and `[[tolerance]]` of a file's text; its other keys are let pass. The path is that
    /// which results name.
    ///
    /// # Errors
    /// Everything that is wrong in these tables, and whatever is no TOML, in the order of the file.
    ///
    /// ```
    /// use weigh_core::scenario::ProjectPolicies;
    /// let text = "[[policy]]\nscenario = \"scenarios/ai-*\"\nmonthly_cost_max = 100\n";
    /// let read = ProjectPolicies::read("weigh.toml", text).unwrap();
    /// assert_eq!(read.policies[0].rules[0].place.to_string(), "weigh.toml:3:1");
    /// assert!(read.policies[0].is_about("scenarios/ai-prism.toml"));
    /// let problems = ProjectPolicies::read("weigh.toml", &text.replace("monthly", "montly")).unwrap_err();
    /// assert_eq!(problems[0].suggestion.as_deref(), Some("monthly_cost_max"));
    /// ```
    pub fn read(path: &str, text: &str) -> Result<ProjectPolicies, Vec<Problem>> {
        let stack = Stack::of(vec![(path, text)]);
        let (tables, mut problems) = stack.parsed();
        let vocabulary = Vocabulary::default();
        let mut reader = Reader {
            vocabulary: &vocabulary,
            stack: Some(&stack),
            problems: Vec::new(),
            end: End::Expected,
            ranges: Vec::new(),
        };
        let root = tables.into_iter().next().unwrap_or_default();
        let policies = policy::read(&mut reader, &root, &Within::Project);
        let tolerances = tolerance::read(&mut reader, &root, &Within::Project);
        if problems.is_empty() {
            problems = reader.problems;
        }
        problems.sort_by_key(|problem| problem.span.start);
        match (policies, tolerances) {
            (Some(policies), Some(tolerances)) if problems.is_empty() => {
                Ok(ProjectPolicies { policies, tolerances })
            }
            _ => Err(problems),
        }
    }
}
