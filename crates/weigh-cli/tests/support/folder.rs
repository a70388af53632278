//! Folders of a test: made beside nothing of value, read byte for byte, and gone at the end.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU32, Ordering};

use super::{Answer, answer, program, root};

static MADE: AtomicU32 = AtomicU32::new(0);

/// A folder for one test.
pub(crate) struct Folder {
    pub(crate) path: PathBuf,
}

impl Folder {
    /// An empty folder.
    pub(crate) fn new() -> Folder {
        let number = MADE.fetch_add(1, Ordering::Relaxed);
        let name = format!("weigh-test-{}-{number}", std::process::id());
        let path = std::env::temp_dir().join(name);
        fs::create_dir_all(&path).expect("a folder");
        Folder { path }
    }

    /// A folder with a whole book in `book`: the frozen one without the region that lacks prices.
    pub(crate) fn with_book() -> Folder {
        let folder = Folder::new();
        let book = folder.path.join("book");
        copy(&root().join(super::BOOK), &book);
        fs::remove_dir_all(book.join("aws/ap-south-1")).expect("a region");
        folder.replace("book/aws/regions.csv", "ap-south-1,Asia Pacific (Mumbai)\n", "");
        folder
    }

    /// Writes a file, with the folders that it lies in.
    pub(crate) fn write(&self, name: &str, content: impl AsRef<[u8]>) {
        let path = self.path.join(name);
        fs::create_dir_all(path.parent().expect("a file lies in a folder")).expect("a folder");
        fs::write(path, content).expect("a file");
    }

    /// Copies a folder of the repository to the same place in this one.
    pub(crate) fn copy(&self, name: &str) {
        copy(&root().join(name), &self.path.join(name));
    }

    /// The text of a file.
    pub(crate) fn read(&self, name: &str) -> String {
        fs::read_to_string(self.path.join(name)).unwrap_or_else(|error| panic!("{name}: {error}"))
    }

    /// Puts a text in the place of another, which stands in the file once.
    pub(crate) fn replace(&self, name: &str, from: &str, to: &str) {
        let text = self.read(name);
        assert_eq!(text.matches(from).count(), 1, "{name} says `{from}` once");
        self.write(name, text.replace(from, to));
    }

    /// Copies a fixture of imports, with texts in the place of others.
    pub(crate) fn fixture(&self, name: &str, to: &str, changes: &[(&str, &str)]) {
        let path = root().join("crates/weigh-cli/tests/import").join(name);
        let mut text = fs::read_to_string(path).expect("a fixture");
        for (from, to) in changes {
            assert!(text.contains(from), "{name} says `{from}`");
            text = text.replace(from, to);
        }
        self.write(to, text);
    }

    /// Every file below a folder of this one, hidden ones too, with its bytes.
    pub(crate) fn tree(&self, name: &str) -> BTreeMap<String, Vec<u8>> {
        let (mut files, from) = (BTreeMap::new(), self.path.join(name));
        gather(&from, &from, &mut files);
        files
    }

    /// The names in this folder, hidden ones too, sorted.
    pub(crate) fn names(&self) -> Vec<String> {
        let entries = fs::read_dir(&self.path).expect("a folder");
        let mut names: Vec<String> = entries
            .map(|entry| entry.expect("an entry").file_name().to_string_lossy().into_owned())
            .collect();
        names.sort_unstable();
        names
    }

    /// Runs the program in this folder.
    pub(crate) fn ask(&self, words: &str) -> Answer {
        let split: Vec<&str> = words.split_whitespace().collect();
        answer(program().current_dir(&self.path).args(&split), split.join(" "), b"")
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.path);
    }
}

fn gather(root: &Path, folder: &Path, files: &mut BTreeMap<String, Vec<u8>>) {
    for entry in fs::read_dir(folder).unwrap_or_else(|error| panic!("{}: {error}", folder.display())) {
        let path = entry.expect("an entry").path();
        if path.is_dir() {
            gather(root, &path, files);
        } else {
            let below = path.strip_prefix(root).expect("a file below").to_string_lossy().replace('\\', "/");
            files.insert(below, fs::read(&path).expect("a file"));
        }
    }
}

fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to).expect("a folder");
    for entry in fs::read_dir(from).expect("a folder") {
        let path = entry.expect("an entry").path();
        let target = to.join(path.file_name().expect("a name"));
        if path.is_dir() {
            copy(&path, &target);
        } else {
            fs::copy(&path, &target).expect("a copy");
        }
    }
}
