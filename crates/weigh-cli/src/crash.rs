//! What happens when the program itself is wrong: it says that it is, and what to send; nothing is on standard output.

use std::io::{self, Write};
use std::panic::{self, AssertUnwindSafe, PanicHookInfo};
use std::sync::atomic::{AtomicBool, Ordering};

const _: () = assert!(cfg!(panic = "unwind"), "a panic is told and ends with 1, so no profile may abort");

/// Whether a thread has panicked, also one whose panic nobody looks at.
static PANICKED: AtomicBool = AtomicBool::new(false);

/// Runs a part of the program; nothing comes back where it panics, in this thread or in another.
pub(crate) fn guarded<T>(part: impl FnOnce() -> T) -> Option<T> {
    panic::set_hook(Box::new(tell));
    // What was begun is dropped, and nothing but the ending follows.
    let outcome = panic::catch_unwind(AssertUnwindSafe(part)).ok();
    outcome.filter(|_| !PANICKED.load(Ordering::SeqCst))
}

/// Tells of the first panic; those that follow come from it.
fn tell(panic: &PanicHookInfo<'_>) {
    if !PANICKED.swap(true, Ordering::SeqCst) {
        let what = panic.payload_as_str().unwrap_or("no reason was given");
        let place = panic.location().map(ToString::to_string);
        // Nothing is left to be done when standard error is closed.
        let _ = io::stderr().write_all(report(what, place.as_deref(), &typed()).as_bytes());
    }
}

/// The command line as it was typed, nearly.
fn typed() -> String {
    let words = std::env::args_os().skip(1).map(|word| {
        let word = word.to_string_lossy().into_owned();
        if word.is_empty() || word.contains(char::is_whitespace) { format!("{word:?}") } else { word }
    });
    std::iter::once("weigh".to_owned()).chain(words).collect::<Vec<_>>().join(" ")
}

fn report(what: &str, place: Option<&str>, typed: &str) -> String {
    let (version, system) = (env!("CARGO_PKG_VERSION"), std::env::consts::OS);
    let (machine, place) = (std::env::consts::ARCH, place.unwrap_or("an unknown place"));
    format!(
        "error: this is a bug of weigh, and no mistake in your files: {what}
  --> {place}

weigh {version} on {system} {machine} ran
    {typed}
and has no result. Whoever maintains weigh will want to know. Please send them
  - this whole message;
  - the files that the command names, or the least of them with which it still happens;
  - a price book of your own, where one was used.
Leave out what others must not see.
"
    )
}

#[cfg(test)]
mod tests {
    use std::process::Command;

    use super::*;
    use crate::output::Done;
    use crate::{Outcome, end};

    /// Set where a test is the child of another, in which it may end the process.
    const CHILD: &str = "WEIGH_TEST_IS_CHILD";
    const REPORT: &str = "a report that must not be printed";

    fn child(name: &str) -> (Option<i32>, String, String) {
        let itself = std::env::current_exe().expect("the tests are a program");
        let test = format!("crash::tests::{name}");
        let words = ["--exact", &test, "--ignored", "--nocapture"];
        let output = Command::new(itself).args(words).env(CHILD, "1").output().expect("it starts");
        let text = |bytes: Vec<u8>| String::from_utf8(bytes).expect("UTF-8");
        (output.status.code(), text(output.stdout), text(output.stderr))
    }

    /// In a child: the program, with something else in place of a command.
    fn program(run: impl FnOnce() -> Done) {
        if std::env::var_os(CHILD).is_some() {
            let code = end(|| Outcome::Ran(Ok(run()), crate::args::Color::Never));
            std::process::exit(code.into());
        }
    }

    fn done() -> Done {
        Done { text: REPORT.to_owned(), gate_failed: false }
    }

    #[test]
    fn a_panic_is_told_as_a_bug_and_ends_with_1_and_no_report() {
        for name in ["panics", "panics_in_a_thread_that_is_joined", "panics_in_a_thread_that_nobody_joins"] {
            let (code, stdout, stderr) = child(name);
            assert_eq!(code, Some(1), "{name}: {stderr}");
            assert!(!stdout.contains(REPORT), "{name}: {stdout}");
            assert_eq!(stderr.matches("this is a bug of weigh").count(), 1, "{name}: {stderr}");
            let version = format!("weigh {} on ", env!("CARGO_PKG_VERSION"));
            for says in ["the sun is green", "crash.rs:", &version, "weigh --exact", "Please send"] {
                assert!(stderr.contains(says), "{name}: `{says}`: {stderr}");
            }
        }
    }

    #[test]
    fn without_a_panic_the_report_is_printed() {
        let (code, stdout, stderr) = child("panics_never");
        assert_eq!((code, stderr.as_str()), (Some(0), ""));
        assert!(stdout.contains(REPORT), "{stdout}");
    }

    #[test]
    #[ignore = "the child of another test"]
    fn panics() {
        program(|| panic!("the sun is green"));
    }

    #[test]
    #[ignore = "the child of another test"]
    fn panics_in_a_thread_that_is_joined() {
        program(|| {
            std::thread::scope(|scope| scope.spawn(|| panic!("the sun is green")).join().expect("no panic"));
            done()
        });
    }

    #[test]
    #[ignore = "the child of another test"]
    fn panics_in_a_thread_that_nobody_joins() {
        program(|| {
            let _ = std::thread::spawn(|| panic!("the sun is green")).join();
            done()
        });
    }

    #[test]
    #[ignore = "the child of another test"]
    fn panics_never() {
        program(done);
    }

    #[test]
    fn a_word_with_blanks_is_quoted_and_the_place_may_be_unknown() {
        assert!(typed().starts_with("weigh"));
        insta::assert_snapshot!(
            report("out of range", None, "weigh compare \"my shop.toml\"")
                .replace(std::env::consts::OS, "SYSTEM")
                .replace(std::env::consts::ARCH, "MACHINE")
        );
    }
}
