//! The help of every command: what clap knows of its arguments, between the table of contents, examples and exit codes.

use clap::builder::{StyledStr, Styles};
use clap::{Command, CommandFactory};

use crate::args::Args;
use crate::guide::{EXIT_CODES, Example, FIRST, GROUPS, Guide, READ_ON, guide};

/// Columns of the name of a command, or of what else stands before its explanation.
const NAME: usize = 16;

/// All that may be typed, with the whole help.
pub(crate) fn command() -> Command {
    let root = Args::command();
    let styles = root.get_styles().clone();
    let contents = contents(&root, &styles);
    guided(root, &[], &styles).help_template(contents)
}

/// A command and those below it with their examples and exit codes.
fn guided(command: Command, above: &[&str], styles: &Styles) -> Command {
    let guided_below = |below: Command| {
        let name = below.get_name().to_owned();
        let words: Vec<&str> = above.iter().copied().chain([name.as_str()]).collect();
        let after = guide(&words.join(" ")).map(|guide| after(guide, styles));
        let below = guided(below, &words, styles);
        match after {
            Some(after) => below.after_help(after),
            None => below,
        }
    };
    command.mut_subcommands(guided_below)
}

/// What stands behind the arguments of a command.
fn after(guide: &Guide, styles: &Styles) -> StyledStr {
    let codes = exit_codes(guide).map(|(code, means)| (code.to_string(), means));
    let header = styles.get_header();
    let (examples, codes) = (examples(guide.examples, styles), rows(codes, 1, styles));
    let text = format!("{header}Examples:{header:#}\n{examples}\n{header}Exit codes:{header:#}\n{codes}");
    text.trim_end().to_owned().into()
}

/// What each exit code of a command means.
pub(crate) fn exit_codes(guide: &Guide) -> impl Iterator<Item = (u8, String)> {
    let exit = &guide.exit;
    let could_not = format!("{}, or the usage is wrong", exit.could_not.when);
    let ends = [(0, exit.done.to_owned()), (1, could_not)];
    ends.into_iter().chain(exit.gate.iter().map(|gate| (2, gate.when.to_owned())))
}

/// Command lines, each with what it is for below.
fn examples(examples: &[Example], styles: &Styles) -> String {
    let literal = styles.get_literal();
    let told = |example: &Example| {
        format!("  {literal}weigh {}{literal:#}\n      {}\n", example.line, purpose(example))
    };
    examples.iter().map(told).collect()
}

/// What an example is for, and how it ends where that is not with 0.
pub(crate) fn purpose(example: &Example) -> String {
    match example.code {
        0 => example.does.to_owned(),
        code => format!("{} (exit code {code})", example.does),
    }
}

/// Two columns: what it is, and what that means.
fn rows(rows: impl Iterator<Item = (String, String)>, width: usize, styles: &Styles) -> String {
    let literal = styles.get_literal();
    rows.map(|(name, means)| {
        let room = " ".repeat(width.saturating_sub(name.chars().count()));
        format!("  {literal}{name}{literal:#}{room}  {means}\n")
    })
    .collect()
}

/// The help of `weigh` itself, as clap's templates are written.
fn contents(root: &Command, styles: &Styles) -> StyledStr {
    let header = styles.get_header();
    let mut text = "{about-with-newline}\n{usage-heading} {usage}\n".to_owned();
    let mut part = |heading: &str, body: &str| {
        if !body.is_empty() {
            text += &format!("\n{header}{heading}:{header:#}\n{body}");
        }
    };
    part("Try first", &examples(FIRST, styles));
    for group in GROUPS {
        let listed = group.commands.iter().filter_map(|guide| {
            let command = find(root, guide.command).filter(|command| !command.has_subcommands())?;
            Some((guide.command.to_owned(), command.get_about()?.to_string()))
        });
        part(group.heading, &rows(listed, NAME, styles));
    }
    let codes = EXIT_CODES.iter().map(|(code, means)| (code.to_string(), (*means).to_owned()));
    part("Exit codes", &rows(codes, 1, styles));
    let pages = READ_ON.iter().map(|(page, about)| ((*page).to_owned(), (*about).to_owned()));
    part("Read on", &rows(pages, NAME + 2, styles));
    part("Options", "{options}");
    text.into()
}

/// The command of these words.
pub(crate) fn find<'a>(root: &'a Command, words: &str) -> Option<&'a Command> {
    words.split(' ').try_fold(root, |command, word| command.find_subcommand(word))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::guide::guides;

    /// The words of every command below one, in the order of clap, but for the `help` that clap adds.
    fn words(command: &Command, above: &str) -> Vec<String> {
        let own = command.get_subcommands().filter(|below| below.get_name() != "help");
        let with_below = own.flat_map(|below| {
            let name = format!("{above} {}", below.get_name()).trim_start().to_owned();
            let below = words(below, &name);
            std::iter::once(name).chain(below)
        });
        with_below.collect()
    }

    #[test]
    fn every_command_stands_once_in_the_table_of_contents() {
        let mut typed = words(&command(), "");
        let mut told: Vec<&str> = guides().map(|guide| guide.command).collect();
        typed.sort_unstable();
        told.sort_unstable();
        assert_eq!(told, typed, "each command has one row, in the file of its group below src/guide");
    }

    #[test]
    fn every_command_has_examples_and_says_what_its_exit_codes_mean() {
        for guide in guides() {
            let name = guide.command;
            assert!(guide.examples.iter().any(|example| example.code == 0), "{name} has no example");
            let gate = guide.exit.gate.is_some();
            for example in guide.examples {
                assert!(example.code == 0 || example.code == 2 && gate, "{name}: {}", example.line);
            }
            let exit = &guide.exit;
            for when in
                [exit.done, exit.could_not.when].into_iter().chain(exit.gate.as_ref().map(|gate| gate.when))
            {
                assert!(!when.is_empty() && !when.ends_with('.'), "{name}: {when}");
            }
            let own = guide.examples.iter().filter(|example| example.line.starts_with(name)).count();
            assert!(own > 0, "the examples of {name} are of other commands");
        }
    }

    /// Longer lines would be broken where nobody wants it: a command has a short line, and says the rest below it.
    #[test]
    fn the_table_of_contents_and_the_examples_fit_a_line() {
        let whole = command().render_long_help().to_string();
        let after = guides().map(|guide| after(guide, &Styles::plain()).to_string());
        for line in whole.lines().chain(after.collect::<Vec<_>>().iter().flat_map(|text| text.lines())) {
            assert!(line.chars().count() <= 100, "{line}");
        }
    }
}
