//! The table of variables is whole.

use super::*;

#[test]
fn the_table_of_variables_is_whole() {
    for (index, RuleVariable { variable, .. }) in VARIABLES.iter().enumerate() {
        let Variable { name, summary, .. } = variable;
        assert!(VARIABLES[..index].iter().all(|other| other.variable.name != *name), "{name}");
        assert!(summary.ends_with('.'), "{name}");
        assert!(
            name.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'_'),
            "{name}"
        );
    }
}
