//! The help of every command: what clap knows of its arguments, between the table of contents, examples and exit codes.

use clap::builder::{StyledStr, Styles};
use clap::{Command, CommandFactory};
use textwrap::WordSeparator::AsciiSpace;

use crate::args::Args;
use crate::guide::{EXIT_CODES, Example, FIRST, GROUPS, Guide, READ_ON, guide};
use crate::render::filled;

/// Columns of the name of a command, or of what else stands before its explanation.
const NAME: usize = 16;

/// Columns of the help where no terminal has fewer.
const WIDEST: usize = 100;

/// Fewer columns than these hold no help.
const NARROWEST: usize = 30;

/// All that may be typed, with the whole help, as wide as the terminal.
pub(crate) fn command() -> Command {
    let terminal = terminal_size::terminal_size().map(|(width, _)| usize::from(width.0));
    let stated = || std::env::var("COLUMNS").ok()?.parse().ok();
    command_in(terminal.or_else(stated).unwrap_or(WIDEST))
}

/// All that may be typed, with a help of this many columns.
pub(crate) fn command_in(columns: usize) -> Command {
    let columns = columns.clamp(NARROWEST, WIDEST);
    let root = Args::command().term_width(columns);
    let styles = root.get_styles().clone();
    let page = Page { styles: &styles, columns };
    let contents = page.contents(&root);
    page.guided(root, &[]).help_template(contents)
}

/// How the help is written.
struct Page<'s> {
    styles: &'s Styles,
    columns: usize,
}

impl Page<'_> {
    /// A command and those below it with their examples and exit codes.
    fn guided(&self, command: Command, above: &[&str]) -> Command {
        let guided_below = |below: Command| {
            let name = below.get_name().to_owned();
            let words: Vec<&str> = above.iter().copied().chain([name.as_str()]).collect();
            let after = guide(&words.join(" ")).map(|guide| self.after(guide));
            let below = self.guided(below, &words);
            match after {
                Some(after) => below.after_help(after),
                None => below,
            }
        };
        command.mut_subcommands(guided_below)
    }

    /// What stands behind the arguments of a command.
    fn after(&self, guide: &Guide) -> StyledStr {
        let codes = exit_codes(guide).map(|(code, means)| (code.to_string(), means));
        let header = self.styles.get_header();
        let (examples, codes) = (self.examples(guide.examples), self.rows(codes, 1));
        let text = format!("{header}Examples:{header:#}\n{examples}\n{header}Exit codes:{header:#}\n{codes}");
        text.trim_end().to_owned().into()
    }

    /// Command lines, each with what it is for below. One that is too long goes on behind a backslash, as a shell takes it.
    fn examples(&self, examples: &[Example]) -> String {
        let literal = self.styles.get_literal();
        let told = |example: &Example| {
            let line = format!("weigh {}", example.line);
            let words: Vec<_> = AsciiSpace.find_words(&line).collect();
            // Two columns stand before the first line, four before the others, and two are for the backslash.
            let widths = [self.columns - 4, self.columns - 6].map(|columns| columns as f64);
            let lines = match line.chars().count() + 2 <= self.columns {
                true => vec![line.clone()],
                false => textwrap::wrap_algorithms::wrap_first_fit(&words, &widths)
                    .iter()
                    .map(|words| words.iter().map(|word| word.word).collect::<Vec<_>>().join(" "))
                    .collect(),
            };
            let line = lines.join(" \\\n    ");
            let does = filled(&purpose(example), self.columns, "      ", "      ");
            format!("  {literal}{line}{literal:#}\n{does}\n")
        };
        examples.iter().map(told).collect()
    }

    /// Two columns: what it is, and what that means.
    fn rows(&self, rows: impl Iterator<Item = (String, String)>, width: usize) -> String {
        let literal = self.styles.get_literal();
        let rest = " ".repeat(width + 4);
        rows.map(|(name, means)| {
            let room = rest.chars().count().saturating_sub(name.chars().count() + 2).max(2);
            let first = format!("  {name}{}", " ".repeat(room));
            let text = filled(&means, self.columns, &first, &rest);
            text.replacen(&name, &format!("{literal}{name}{literal:#}"), 1) + "\n"
        })
        .collect()
    }

    /// The help of `weigh` itself, as clap's templates are written.
    fn contents(&self, root: &Command) -> StyledStr {
        let header = self.styles.get_header();
        let mut text = "{about-with-newline}\n{usage-heading} {usage}\n".to_owned();
        let mut part = |heading: &str, body: &str| {
            if !body.is_empty() {
                text += &format!("\n{header}{heading}:{header:#}\n{body}");
            }
        };
        part("Try first", &self.examples(FIRST));
        for group in GROUPS {
            let listed = group.commands.iter().filter_map(|guide| {
                let command = find(root, guide.command).filter(|command| !command.has_subcommands())?;
                Some((guide.command.to_owned(), command.get_about()?.to_string()))
            });
            part(group.heading, &self.rows(listed, NAME));
        }
        let codes = EXIT_CODES.iter().map(|(code, means)| (code.to_string(), (*means).to_owned()));
        part("Exit codes", &self.rows(codes, 1));
        let pages = READ_ON.iter().map(|(page, about)| ((*page).to_owned(), (*about).to_owned()));
        part("Read on", &self.rows(pages, NAME + 2));
        part("Options", "{options}");
        text.into()
    }
}

/// What each exit code of a command means.
pub(crate) fn exit_codes(guide: &Guide) -> impl Iterator<Item = (u8, String)> {
    let exit = &guide.exit;
    let could_not = format!("{}, or the usage is wrong", exit.could_not.when);
    let ends = [(0, exit.done.to_owned()), (1, could_not)];
    ends.into_iter().chain(exit.gate.iter().map(|gate| (2, gate.when.to_owned())))
}

/// What an example is for, and how it ends where that is not with 0.
pub(crate) fn purpose(example: &Example) -> String {
    match example.code {
        0 => example.does.to_owned(),
        code => format!("{} (exit code {code})", example.does),
    }
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

    /// On a usual terminal each stands whole: a command has a short line, and says the rest below it.
    #[test]
    fn the_table_of_contents_and_the_examples_fit_a_line() {
        for guide in guides() {
            let page = helps_of(guide.command, WIDEST);
            assert!(!page.contains('\\'), "{page}");
        }
        let help = helps_of("", WIDEST);
        let root = command();
        let abouts = guides().filter_map(|guide| {
            let command = find(&root, guide.command).filter(|command| !command.has_subcommands())?;
            command.get_about().map(ToString::to_string)
        });
        for about in abouts {
            assert!(help.contains(&format!("  {about}\n")), "{about}: {help}");
        }
    }

    /// On a narrow one lines go on below where they began, and a command line as a shell takes it.
    #[test]
    fn the_help_keeps_to_the_terminal() {
        for columns in [50, 80] {
            let long =
                |text: &str| text.lines().find(|line| line.chars().count() > columns).map(str::to_owned);
            assert_eq!(long(&helps_of("", columns)), None, "{columns} columns");
            for guide in guides() {
                let page = helps_of(guide.command, columns);
                let (_, ours) = page.split_once("\nExamples:\n").expect("every command has examples");
                assert_eq!(long(ours), None, "{}, {columns} columns", guide.command);
                let whole = ours.replace(" \\\n    ", " ");
                for example in guide.examples {
                    assert!(whole.contains(&format!("  weigh {}\n", example.line)), "{page}");
                }
            }
        }
        insta::assert_snapshot!("check_in_60_columns", helps_of("check", 60));
    }

    /// The help of `weigh` itself, or that of a command.
    fn helps_of(words: &str, columns: usize) -> String {
        let mut root = command_in(columns);
        root.build();
        find(&root, words).unwrap_or(&root).clone().render_long_help().to_string()
    }
}
