//! The help as a manual: a man page for each command, and all of it as one page of Markdown.

use std::io;

use clap::Command;
use clap_mangen::Man;
use clap_mangen::roff::{Inline, Roff, bold, roman};

use crate::guide::{EXIT_CODES, Example, FIRST, GROUPS, guide, guides};
use crate::help;

/// Columns of the Markdown page.
const WIDTH: usize = 100;

/// The words of each command, in the order of the contents; the first are those of `weigh` itself, which has none.
pub(crate) fn commands() -> impl Iterator<Item = &'static str> {
    std::iter::once("").chain(guides().map(|guide| guide.command))
}

/// The file of a command's page: `weigh-prices-list.1`.
pub(crate) fn page_name(command: &str) -> String {
    format!("{}.1", joined(command))
}

/// `weigh-prices-list`, as manuals name a command below others.
fn joined(command: &str) -> String {
    format!("weigh {command}").trim_end().replace(' ', "-")
}

/// The man page of a command.
pub(crate) fn page(words: &str) -> io::Result<String> {
    let root = built();
    let command = help::find(&root, words).unwrap_or(&root);
    let man = Man::new(command.clone()).source(concat!("weigh ", env!("CARGO_PKG_VERSION")));
    let mut page = Vec::new();
    man.render_title(&mut page)?;
    man.render_name_section(&mut page)?;
    man.render_synopsis_section(&mut page)?;
    man.render_description_section(&mut page)?;
    if words.is_empty() {
        contents(&root).to_writer(&mut page)?;
    } else if command.has_subcommands() {
        man.render_subcommands_section(&mut page)?;
    }
    man.render_options_section(&mut page)?;
    ending(words).to_writer(&mut page)?;
    let page = String::from_utf8(page).map_err(io::Error::other)?;
    // Every section comes with the definitions of a page of its own; one page needs them once.
    let (definitions, rest) = page.split_at(page.find(".TH").unwrap_or_default());
    let rest = if definitions.is_empty() { rest.to_owned() } else { rest.replace(definitions, "") };
    Ok(ascii(&format!("{definitions}{rest}")))
}

/// The text with all but ASCII as roff's names of characters, which every reader of man pages knows.
fn ascii(text: &str) -> String {
    let each = text.chars().map(|character| match character {
        ascii if ascii.is_ascii() => ascii.to_string(),
        other => format!("\\[u{:04X}]", u32::from(other)),
    });
    each.collect()
}

/// All commands with their full names, and without the `help` that clap adds.
fn built() -> Command {
    let mut root = help::command().disable_help_subcommand(true);
    root.build();
    root
}

/// The table of contents as a section.
fn contents(root: &Command) -> Roff {
    let mut roff = Roff::new();
    roff.control("SH", ["COMMANDS"]);
    for group in GROUPS.iter().filter(|group| !group.commands.is_empty()) {
        roff.control("SS", [group.heading]);
        for guide in group.commands {
            let about = help::find(root, guide.command).and_then(Command::get_about);
            entry(&mut roff, [bold(format!("{}(1)", joined(guide.command)))], about.map(ToString::to_string));
        }
    }
    roff
}

fn entry(roff: &mut Roff, name: impl Into<Vec<Inline>>, means: Option<String>) {
    roff.control("TP", []);
    roff.text(name);
    roff.text([roman(means.unwrap_or_default())]);
}

/// Examples, exit codes and the pages beside this one.
fn ending(words: &str) -> Roff {
    let guide = guide(words);
    let mut roff = Roff::new();
    roff.control("SH", ["EXAMPLES"]);
    for example in guide.map_or(FIRST, |guide| guide.examples) {
        let Example { line, .. } = example;
        entry(&mut roff, [bold(format!("weigh {line}"))], Some(help::purpose(example)));
    }
    roff.control("SH", ["EXIT STATUS"]);
    let codes: Vec<(u8, String)> = match guide {
        Some(guide) => help::exit_codes(guide).collect(),
        None => EXIT_CODES.iter().map(|(code, means)| (*code, (*means).to_owned())).collect(),
    };
    for (code, means) in codes {
        entry(&mut roff, [bold(code.to_string())], Some(means));
    }
    if let Some((above, _)) = format!("weigh {words}").trim_end().rsplit_once(' ') {
        roff.control("SH", ["SEE ALSO"]);
        roff.text([bold(format!("{}(1)", above.replace(' ', "-")))]);
    }
    roff
}

/// The help of every command as one page.
pub(crate) fn markdown() -> String {
    let mut root = help::command_in(WIDTH);
    root.build();
    let mut page = "# Every command\n\nWritten by `weigh man --markdown`.\n\n".to_owned();
    let mut section = |heading: &str, command: &Command| {
        let help = command.clone().render_long_help();
        page += &format!("{heading}\n\n```text\n{}\n```\n\n", help.to_string().trim_end());
    };
    section("## weigh", &root);
    for guide in guides() {
        if let Some(command) = help::find(&root, guide.command) {
            section(&format!("## weigh {}", guide.command), command);
        }
    }
    page.trim_end().to_owned() + "\n"
}
