//! A price book as a folder: what a new one is based on, and how it takes the old one's place in one step.

use std::collections::BTreeSet;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use weigh_core::data::DataFile;
use weigh_core::pricebook::{Draft, GLOBAL, NO_REGIONS, PriceBook};

use crate::load::{self, cannot_read};
use crate::output::Failure;

const SOURCES: &str = "aws/sources.csv";
const ALLOWANCES: &str = "/allowances.csv";
const REGIONS: &str = "aws/regions.csv";

/// Where a book is written: the folder, or what a link in its place leads to.
pub(crate) fn place(folder: &Path) -> PathBuf {
    let leads_to = folder.is_symlink().then(|| fs::canonicalize(folder).ok()).flatten();
    leads_to.unwrap_or_else(|| folder.to_owned())
}

/// What a new book is based on.
pub(crate) enum Base {
    /// The folder that is to be replaced.
    Folder(PathBuf),
    /// The embedded book.
    Embedded(PriceBook),
    /// What the embedded book has beside its prices.
    Nothing(PriceBook),
}

impl Base {
    /// The folder when it is there, else the embedded book; with `fresh` no price of either.
    ///
    /// Whatever is there and is no price book is left alone.
    pub(crate) fn open(folder: &Path, fresh: bool) -> Result<Base, Failure> {
        restore(folder)?;
        let is_book = folder.join("aws").is_dir();
        if folder.exists() && !is_book && !is_empty(folder) {
            return Err(Failure::with_help(
                format!("--out: {} is there, and is no price book", folder.display()),
                "a folder with aws/<region>/<service>.csv, which is then brought up to date, or one that is not there yet",
            ));
        }
        Ok(match fresh {
            true => Base::Nothing(weigh_prices::book()),
            false if is_book => Base::Folder(folder.to_owned()),
            false => Base::Embedded(weigh_prices::book()),
        })
    }

    pub(crate) fn name(&self) -> String {
        match self {
            Base::Folder(folder) => folder.display().to_string(),
            Base::Embedded(_) => "the embedded book".to_owned(),
            Base::Nothing(_) => "nothing".to_owned(),
        }
    }

    /// The regions, `global` among them, sorted.
    pub(crate) fn regions(&self) -> Result<Vec<String>, Failure> {
        match self {
            // The allowances stand there.
            Base::Nothing(_) => Ok(vec![GLOBAL.to_owned()]),
            Base::Embedded(book) => {
                let mut regions: Vec<String> = book.regions().into_iter().map(str::to_owned).collect();
                regions.push(GLOBAL.to_owned());
                regions.sort_unstable();
                Ok(regions)
            }
            Base::Folder(folder) => {
                let aws = folder.join("aws");
                let entries = fs::read_dir(&aws).map_err(|error| cannot_read(&aws, &error))?;
                let folders = entries.flatten().filter(|entry| entry.path().is_dir());
                let names = folders.map(|entry| entry.file_name().to_string_lossy().into_owned());
                let mut regions: Vec<String> =
                    names.filter(|name| !NO_REGIONS.contains(&name.as_str())).collect();
                regions.sort_unstable();
                Ok(regions)
            }
        }
    }

    /// The files of a region as they stand.
    pub(crate) fn region_files(&self, region: &str) -> Result<Vec<DataFile>, Failure> {
        match self {
            Base::Nothing(_) => self.allowances(region),
            Base::Embedded(book) => Ok(book.region_files(region)),
            Base::Folder(folder) => match folder.join("aws").join(region).is_dir() {
                true => load::files_below(folder, &folder.join("aws").join(region)),
                false => Ok(Vec::new()),
            },
        }
    }

    /// The file of allowances, when it stands among the files of this region.
    pub(crate) fn allowances(&self, region: &str) -> Result<Vec<DataFile>, Failure> {
        let mut files = match self {
            Base::Nothing(book) | Base::Embedded(book) => book.region_files(region),
            Base::Folder(_) => self.region_files(region)?,
        };
        files.retain(|file| file.path.ends_with(ALLOWANCES));
        Ok(files)
    }

    /// The prices of a region, to be worked on.
    pub(crate) fn draft(&self, region: &str) -> Result<Draft, Failure> {
        match self {
            Base::Embedded(book) => Ok(Draft::of_book(book, region)),
            _ => {
                let mut files = self.region_files(region)?;
                files.retain(|file| !file.path.ends_with(ALLOWANCES));
                let wrong = |problems| match self {
                    Base::Folder(folder) => Failure::InData(load::in_folder(folder, problems)),
                    _ => Failure::InData(problems),
                };
                Draft::of_files(region, &files).map_err(wrong)
            }
        }
    }

    /// The files beside the regions: shapes, limits, traits, rules, lists.
    fn other_files(&self) -> Result<Vec<DataFile>, Failure> {
        match self {
            Base::Nothing(book) | Base::Embedded(book) => {
                Ok(weigh_prices::files().into_iter().chain(book.rules_file()).collect())
            }
            Base::Folder(folder) => {
                let mut files = load::files_below(folder, folder)?;
                let is_other = |path: &str| match path.strip_prefix("aws/").and_then(|p| p.split_once('/')) {
                    Some((inner, _)) => NO_REGIONS.contains(&inner),
                    None => true,
                };
                files.retain(|file| is_other(&file.path));
                Ok(files)
            }
        }
    }
}

/// A folder that is being written beside the one whose place it takes.
pub(crate) struct NewFolder {
    place: PathBuf,
    temporary: PathBuf,
    finished: bool,
}

impl NewFolder {
    /// A new folder beside `place`, on the same disk, so that it can be moved there whole.
    pub(crate) fn beside(place: &Path) -> Result<NewFolder, Failure> {
        let name = place.file_name().map(|name| name.to_string_lossy().into_owned());
        let Some(name) = name else {
            return Err(Failure::with_help(
                format!("--out: {} has no name", place.display()),
                "a folder such as prices",
            ));
        };
        sweep(place, &format!(".{name}.import-"));
        let temporary = place.with_file_name(format!(".{name}.import-{}", std::process::id()));
        // A killed import of the same process id, as containers have it, left this behind.
        if temporary.exists() {
            fs::remove_dir_all(&temporary).map_err(|error| cannot_write(&temporary, &error))?;
        }
        fs::create_dir_all(&temporary).map_err(|error| cannot_write(&temporary, &error))?;
        Ok(NewFolder { place: place.to_owned(), temporary, finished: false })
    }

    /// Writes files of the book.
    pub(crate) fn write(&mut self, files: &[DataFile]) -> Result<(), Failure> {
        for file in files {
            let path = self.temporary.join(&*file.path);
            if let Some(folder) = path.parent() {
                fs::create_dir_all(folder).map_err(|error| cannot_write(folder, &error))?;
            }
            fs::write(&path, file.text.as_bytes()).map_err(|error| cannot_write(&path, &error))?;
        }
        Ok(())
    }

    /// Writes the files beside the regions, with new sources and regions added to their lists.
    pub(crate) fn write_lists(
        &mut self,
        base: &Base,
        sources: &BTreeSet<String>,
        regions: &[String],
    ) -> Result<(), Failure> {
        let mut files = base.other_files()?;
        for file in &mut files {
            let added: Vec<(String, String)> = match &*file.path {
                SOURCES => sources.iter().map(|id| (id.clone(), weigh_import::source_title(id))).collect(),
                REGIONS => regions
                    .iter()
                    .filter(|region| *region != GLOBAL)
                    .map(|id| (id.clone(), weigh_import::region_name(id).unwrap_or(id).to_owned()))
                    .collect(),
                _ => continue,
            };
            file.text = with_rows(&file.text, &added).into();
        }
        self.write(&files)
    }

    /// Moves the folder to its place; what was there goes when the new one stands. The hash of the new book.
    pub(crate) fn finish(mut self) -> Result<String, Failure> {
        let before = aside(&self.place).filter(|_| self.place.exists());
        if before.is_some() {
            keep_others(&self.place, &self.temporary, false)?;
        }
        let hash = load::folder_hash(&self.temporary)?;
        if let Some(before) = &before {
            fs::rename(&self.place, before).map_err(|error| cannot_write(&self.place, &error))?;
        }
        if let Err(error) = fs::rename(&self.temporary, &self.place) {
            if let Some(before) = &before {
                // The old book goes back to its place; when that fails too, the next import brings it back.
                let _ = fs::rename(before, &self.place);
            }
            return Err(cannot_write(&self.place, &error));
        }
        self.finished = true;
        if let Some(before) = &before {
            fs::remove_dir_all(before).map_err(|error| {
                Failure::text(format!(
                    "the new book stands, but the old one, {}, can't be removed: {error}",
                    before.display()
                ))
            })?;
        }
        Ok(hash)
    }
}

impl Drop for NewFolder {
    /// Leaves nothing behind when the import was given up.
    fn drop(&mut self) {
        if !self.finished {
            let _ = fs::remove_dir_all(&self.temporary);
        }
    }
}

/// A list `id,text` with rows that it lacks, sorted by id.
fn with_rows(text: &str, added: &[(String, String)]) -> String {
    let mut lines = text.lines();
    let header = lines.next().unwrap_or_default();
    let mut rows: Vec<String> = lines.map(str::to_owned).collect();
    let id = |row: &String| row.split(',').next().unwrap_or_default().to_owned();
    let known: BTreeSet<String> = rows.iter().map(id).collect();
    let new = added.iter().filter(|(id, _)| !known.contains(id));
    rows.extend(new.map(|(id, text)| format!("{id},{}", text.replace(',', ";"))));
    rows.sort_by_key(id);
    let mut joined = format!("{header}\n");
    for row in rows {
        joined.push_str(&row);
        joined.push('\n');
    }
    joined
}

/// Whether a folder is one, and holds nothing.
fn is_empty(folder: &Path) -> bool {
    folder.read_dir().is_ok_and(|mut entries| entries.next().is_none())
}

/// Where the old book stands while the new one takes its place; nothing for a path without a name.
fn aside(place: &Path) -> Option<PathBuf> {
    let name = place.file_name()?.to_string_lossy();
    Some(place.with_file_name(format!(".{name}.before")))
}

/// Brings back the old book of an import that was killed between its last two steps; what it left behind goes.
fn restore(place: &Path) -> Result<(), Failure> {
    let Some(before) = aside(place).filter(|before| before.join("aws").is_dir()) else { return Ok(()) };
    let done = match (place.join("aws").is_dir(), place.exists()) {
        (true, _) => fs::remove_dir_all(&before),
        (false, false) => fs::rename(&before, place),
        // What is there is no book: it is refused next.
        (false, true) if !is_empty(place) => return Ok(()),
        (false, true) => fs::remove_dir(place).and_then(|()| fs::rename(&before, place)),
    };
    done.map_err(|error| cannot_write(&before, &error))
}

/// Removes what killed imports left behind: folders named for a process that runs no more, where the system lists its
/// processes. What can't be removed is in nobody's way.
fn sweep(place: &Path, prefix: &str) {
    let processes = Path::new("/proc");
    if !processes.join("self").exists() {
        return;
    }
    let siblings = place.parent().filter(|parent| !parent.as_os_str().is_empty()).unwrap_or(Path::new("."));
    for entry in siblings.read_dir().into_iter().flatten().flatten() {
        let name = entry.file_name().to_string_lossy().into_owned();
        let process = name.strip_prefix(prefix).filter(|id| id.bytes().all(|byte| byte.is_ascii_digit()));
        if process.is_some_and(|id| !id.is_empty() && !processes.join(id).exists()) {
            let _ = fs::remove_dir_all(entry.path());
        }
    }
}

/// Copies what stands in the folder of a book and is none of its files: a README, the folder of a version control.
fn keep_others(old: &Path, new: &Path, in_aws: bool) -> Result<(), Failure> {
    for entry in fs::read_dir(old).map_err(|error| cannot_read(old, &error))? {
        let name = entry.map_err(|error| cannot_read(old, &error))?.file_name();
        let (from, to) = (old.join(&name), new.join(&name));
        if from.is_dir() {
            fs::create_dir_all(&to).map_err(|error| cannot_write(&to, &error))?;
            keep_others(&from, &to, in_aws || name == "aws")?;
            // A region that went leaves no folder behind.
            if in_aws && is_empty(&to) && !is_empty(&from) {
                fs::remove_dir(&to).map_err(|error| cannot_write(&to, &error))?;
            }
        } else if !(to.exists() || in_aws && is_csv(&from)) {
            fs::copy(&from, &to).map_err(|error| cannot_write(&to, &error))?;
        }
    }
    Ok(())
}

fn is_csv(path: &Path) -> bool {
    path.extension().is_some_and(|extension| extension == "csv")
}

fn cannot_write(path: &Path, error: &io::Error) -> Failure {
    Failure::text(format!("can't write {}: {error}; the book is as it was", path.display()))
}
