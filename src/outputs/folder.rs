//! A folder written whole or not at all.
//!
//! In: documents in memory. Out: a folder that holds exactly them. The new folder is built beside the old one, synced,
//! and exchanged with it in one step, so that a run killed at any time leaves the old output or the new one. A folder
//! that holds anything this program did not write is never replaced.

use std::borrow::Cow;
use std::collections::BTreeSet;
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use fs_err as fs;

pub use super::write_error::{WriteError, system_words};

/// A file to be.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Document {
    /// Name inside the folder; `gpx/name.gpx` in a folder of it.
    pub name: Cow<'static, str>,
    /// Content.
    pub bytes: Vec<u8>,
}

/// Lists what we wrote, so that the next run knows that it may replace it.
const MANIFEST: &str = ".tournee";

/// What desktops leave in every folder they show.
const LITTER: &[&str] = &[".DS_Store", "Thumbs.db", "desktop.ini", ".directory"];

/// Replaces `folder` by one that holds exactly `documents`. A folder that is there already must be empty, or hold only
/// files that a former run wrote and whose names are among `replaceable`, where `gpx/` stands for all in that folder.
pub fn replace(
    folder: &Path,
    documents: &[Document],
    replaceable: &[&str],
) -> Result<Vec<PathBuf>, WriteError> {
    write(folder, documents, replaceable, Rest::Goes)
}

/// The same, but what a former run wrote and is not among `documents` stays as it is.
pub fn update(
    folder: &Path,
    documents: &[Document],
    replaceable: &[&str],
) -> Result<Vec<PathBuf>, WriteError> {
    write(folder, documents, replaceable, Rest::Stays)
}

/// What becomes of our other files.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Rest {
    Goes,
    Stays,
}

fn write(
    folder: &Path,
    documents: &[Document],
    replaceable: &[&str],
    rest: Rest,
) -> Result<Vec<PathBuf>, WriteError> {
    let place = Place::of(folder)?;
    let _lock = place.lock()?;
    place.recover()?;
    place.refuse_foreign(replaceable)?;
    let written = place.build(documents, rest).and_then(|()| place.exchange());
    // Half a new folder after a failure, or the old one after success; if this fails too, the next run clears it.
    let _ = fs::remove_dir_all(&place.new);
    written?;
    Ok(documents.iter().map(|document| folder.join(&*document.name)).collect())
}

/// Whether [`replace`] would refuse: asked before long work, so that nobody waits for an error.
pub fn refusal(folder: &Path, replaceable: &[&str]) -> Result<(), WriteError> {
    let parent = folder.parent().filter(|parent| !parent.as_os_str().is_empty()).unwrap_or(Path::new("."));
    if !parent.exists() {
        return Ok(()); // made only when there is something to write
    }
    let place = Place::of(folder)?;
    place.lock()?;
    place.refuse_foreign(replaceable)
}

/// A folder and its two hidden neighbours, all in one directory so that renames are atomic.
struct Place {
    folder: PathBuf,
    parent: PathBuf,
    new: PathBuf,
    old: PathBuf,
    lock: PathBuf,
}

impl Place {
    fn of(folder: &Path) -> Result<Self, WriteError> {
        let folder = if folder.exists() {
            fs::canonicalize(folder)?
        } else {
            let name = folder.file_name().ok_or_else(|| WriteError::NoFolder(folder.to_owned()))?;
            let parent = folder.parent().filter(|parent| !parent.as_os_str().is_empty());
            let parent = parent.unwrap_or(Path::new("."));
            fs::create_dir_all(parent)?;
            fs::canonicalize(parent)?.join(name)
        };
        if folder.exists() && !folder.is_dir() {
            return Err(WriteError::NoFolder(folder));
        }
        let (Some(parent), Some(name)) = (folder.parent(), folder.file_name()) else {
            return Err(WriteError::NoFolder(folder));
        };
        let beside = |suffix: &str| {
            let mut hidden = std::ffi::OsString::from(".");
            hidden.push(name);
            hidden.push(suffix);
            parent.join(hidden)
        };
        let (new, old, lock) = (beside(".tournee-new"), beside(".tournee-old"), beside(".tournee-lock"));
        Ok(Self { parent: parent.to_owned(), new, old, lock, folder })
    }

    /// Keeps other runs away until the returned value is dropped.
    fn lock(&self) -> Result<Lock, WriteError> {
        let file = fs::File::create(&self.lock)?;
        match file.file().try_lock() {
            Err(std::fs::TryLockError::WouldBlock) => Err(WriteError::Busy(self.folder.clone())),
            // A file system without locks: the exclusive creation of the new folder still tells two runs apart.
            Ok(()) | Err(std::fs::TryLockError::Error(_)) => {
                Ok(Lock { path: self.lock.clone(), _file: file })
            }
        }
    }

    /// Clears what a killed run left: a half-built new folder, or (where folders can't be exchanged in one step)
    /// the old folder moved aside.
    fn recover(&self) -> Result<(), WriteError> {
        if !self.folder.exists() && self.old.exists() {
            fs::rename(&self.old, &self.folder)?;
        }
        for stale in [&self.new, &self.old] {
            if stale.exists() {
                fs::remove_dir_all(stale)?;
            }
        }
        Ok(())
    }

    fn refuse_foreign(&self, replaceable: &[&str]) -> Result<(), WriteError> {
        if !self.folder.exists() {
            return Ok(());
        }
        let manifest = self.manifest();
        let is_ours = |name: &str| {
            let (folder, file) = name.split_at(name.rfind('/').map_or(0, |slash| slash + 1));
            name == MANIFEST
                || LITTER.contains(&file)
                || ([name, folder].iter().any(|known| replaceable.contains(known))
                    && manifest.lines().any(|line| line == name))
        };
        let mut names = names(&self.folder)?;
        names.sort();
        match names.into_iter().find(|name| !is_ours(name)) {
            Some(name) => Err(WriteError::Foreign { folder: self.folder.clone(), name }),
            None => Ok(()),
        }
    }

    fn manifest(&self) -> String {
        fs::read_to_string(self.folder.join(MANIFEST)).unwrap_or_default()
    }

    fn build(&self, documents: &[Document], rest: Rest) -> Result<(), WriteError> {
        fs::create_dir(&self.new)?;
        if let Ok(metadata) = fs::metadata(&self.folder) {
            fs::set_permissions(&self.new, metadata.permissions())?;
        }
        let mut manifest = String::new();
        let mut folders = BTreeSet::from([self.new.clone()]);
        let mut add = |name: &str, bytes: &[u8]| -> Result<(), WriteError> {
            let path = self.new.join(name);
            if let Some(folder) = path.parent().filter(|folder| *folder != self.new) {
                fs::create_dir_all(folder)?;
                folders.insert(folder.to_owned());
            }
            write_synced(&path, bytes)?;
            manifest.push_str(name);
            manifest.push('\n');
            Ok(())
        };
        for document in documents {
            add(&document.name, &document.bytes)?;
        }
        if rest == Rest::Stays {
            let kept = self.manifest();
            let is_new = |name: &str| !documents.iter().any(|document| document.name == name);
            for name in kept.lines().filter(|name| is_new(name) && self.folder.join(name).is_file()) {
                add(name, &fs::read(self.folder.join(name))?)?;
            }
        }
        write_synced(&self.new.join(MANIFEST), manifest.as_bytes())?;
        folders.iter().try_for_each(|folder| sync_folder(folder))?;
        Ok(())
    }

    /// Puts the new folder in the old one's place, and the old one where the new one was.
    fn exchange(&self) -> Result<(), WriteError> {
        if !self.folder.exists() {
            fs::rename(&self.new, &self.folder)?;
        } else if !exchange_in_one_step(&self.new, &self.folder) {
            fs::rename(&self.folder, &self.old)?;
            if let Err(error) = fs::rename(&self.new, &self.folder) {
                fs::rename(&self.old, &self.folder)?;
                return Err(error.into());
            }
            // The work is done; if the old folder can't be removed now, the next run clears it.
            let _ = fs::remove_dir_all(&self.old);
        }
        sync_folder(&self.parent)?;
        Ok(())
    }
}

/// Held while a folder is written.
struct Lock {
    path: PathBuf,
    _file: fs::File,
}

impl Drop for Lock {
    fn drop(&mut self) {
        // A lock file that stays harms nobody.
        let _ = fs::remove_file(&self.path);
    }
}

/// What is in a folder, and in the folders of it: `gpx/name.gpx`. Links are not followed.
fn names(folder: &Path) -> io::Result<Vec<String>> {
    let mut names = Vec::new();
    for entry in fs::read_dir(folder)? {
        let entry = entry?;
        let name = entry.file_name().to_string_lossy().into_owned();
        if entry.file_type()?.is_dir() {
            let inside = self::names(&entry.path())?;
            names.extend(inside.iter().map(|inside| format!("{name}/{inside}")));
            if inside.is_empty() {
                names.push(format!("{name}/"));
            }
        } else {
            names.push(name);
        }
    }
    Ok(names)
}

fn write_synced(path: &Path, bytes: &[u8]) -> io::Result<()> {
    let mut file = fs::File::create(path)?;
    file.write_all(bytes)?;
    file.sync_all()
}

/// Makes the names in a folder last through a power cut, where the system can.
fn sync_folder(folder: &Path) -> io::Result<()> {
    if cfg!(unix) {
        fs::File::open(folder)?.sync_all()?;
    }
    Ok(())
}

/// Swaps two folders atomically; `false` where the system or its file system can't.
#[cfg(any(target_os = "linux", target_vendor = "apple"))]
fn exchange_in_one_step(a: &Path, b: &Path) -> bool {
    use rustix::fs::{CWD, RenameFlags, renameat_with};
    renameat_with(CWD, a, CWD, b, RenameFlags::EXCHANGE).is_ok()
}

/// Swaps two folders atomically; `false` where the system or its file system can't.
#[cfg(not(any(target_os = "linux", target_vendor = "apple")))]
fn exchange_in_one_step(_a: &Path, _b: &Path) -> bool {
    false
}

#[cfg(test)]
mod tests {
    use super::*;

    const OURS: &[&str] = &["a.json", "b.csv"];

    fn documents(content: &str) -> Vec<Document> {
        vec![
            Document { name: "a.json".into(), bytes: content.into() },
            Document { name: "b.csv".into(), bytes: b"rows".to_vec() },
        ]
    }

    fn content(folder: &Path) -> String {
        fs::read_to_string(folder.join("a.json")).expect("it was written")
    }

    fn names(folder: &Path) -> Vec<String> {
        let mut names: Vec<_> = fs::read_dir(folder)
            .expect("a folder")
            .map(|entry| entry.expect("readable").file_name().to_string_lossy().into_owned())
            .collect();
        names.sort();
        names
    }

    #[test]
    fn a_second_run_replaces_what_the_first_wrote_and_leaves_nothing_else() {
        let room = tempfile::tempdir().expect("a scratch folder");
        let out = room.path().join("deep/out");
        replace(&out, &documents("one"), OURS).expect("written");
        replace(&out, &documents("two")[..1], OURS).expect("replaced");
        assert_eq!(content(&out), "two");
        assert_eq!(names(&out), [".tournee", "a.json"]);
        assert_eq!(names(&room.path().join("deep")), ["out"]);
    }

    #[test]
    fn a_folder_with_a_file_of_the_user_stays_as_it_is() {
        let room = tempfile::tempdir().expect("a scratch folder");
        let out = room.path().join("out");
        replace(&out, &documents("one"), OURS).expect("written");
        fs::write(out.join("notes.txt"), "mine").expect("written");
        let refused = replace(&out, &documents("two"), OURS);
        assert!(matches!(refused, Err(WriteError::Foreign { name, .. }) if name == "notes.txt"));
        assert_eq!(content(&out), "one");
        assert_eq!(names(room.path()), ["out"]);
    }

    #[test]
    fn a_file_of_ours_by_name_only_is_foreign() {
        let room = tempfile::tempdir().expect("a scratch folder");
        let out = room.path().join("out");
        fs::create_dir(&out).expect("created");
        fs::write(out.join("a.json"), "mine").expect("written");
        assert!(matches!(replace(&out, &documents("two"), OURS), Err(WriteError::Foreign { .. })));
        assert_eq!(content(&out), "mine");
    }

    #[test]
    fn another_command_s_output_is_foreign() {
        let room = tempfile::tempdir().expect("a scratch folder");
        let out = room.path().join("out");
        replace(&out, &documents("one"), OURS).expect("written");
        assert!(matches!(
            replace(&out, &documents("two")[..1], &OURS[..1]),
            Err(WriteError::Foreign { name, .. }) if name == "b.csv"
        ));
    }

    #[test]
    fn what_a_killed_run_left_is_cleared_and_an_old_folder_moved_aside_comes_back() {
        let room = tempfile::tempdir().expect("a scratch folder");
        let out = room.path().join("out");
        replace(&out, &documents("one"), OURS).expect("written");
        fs::rename(&out, room.path().join(".out.tournee-old")).expect("moved aside");
        fs::create_dir(room.path().join(".out.tournee-new")).expect("half built");
        fs::write(room.path().join(".out.tournee-new/a.json"), "half").expect("half built");
        fs::write(room.path().join(".out.tournee-old/notes.txt"), "mine").expect("written");
        // The foreign file makes this run stop right after it has cleared up.
        assert!(replace(&out, &documents("two"), OURS).is_err());
        assert_eq!(content(&out), "one");
        assert_eq!(names(room.path()), ["out"]);
    }

    #[test]
    fn a_refusal_comes_before_the_work_and_leaves_no_trace() {
        let room = tempfile::tempdir().expect("a scratch folder");
        assert!(refusal(&room.path().join("deep/out"), OURS).is_ok());
        assert!(refusal(&room.path().join("out"), OURS).is_ok());
        assert_eq!(names(room.path()), Vec::<String>::new());
        fs::create_dir(room.path().join("out")).expect("created");
        fs::write(room.path().join("out/notes.txt"), "mine").expect("written");
        assert!(matches!(refusal(&room.path().join("out"), OURS), Err(WriteError::Foreign { .. })));
    }

    #[test]
    fn two_runs_do_not_write_one_folder_at_once() {
        let room = tempfile::tempdir().expect("a scratch folder");
        let out = room.path().join("out");
        let place = Place::of(&out).expect("a fine place");
        let _held = place.lock().expect("free");
        assert!(matches!(replace(&out, &documents("two"), OURS), Err(WriteError::Busy(_))));
        assert!(!out.exists());
    }

    #[test]
    fn a_file_is_no_folder() {
        let room = tempfile::tempdir().expect("a scratch folder");
        let file = room.path().join("file");
        fs::write(&file, "mine").expect("written");
        assert!(matches!(replace(&file, &documents("x"), OURS), Err(WriteError::NoFolder(_))));
        assert!(matches!(replace(Path::new("/"), &documents("x"), OURS), Err(WriteError::NoFolder(_))));
    }

    #[test]
    fn folders_inside_are_replaced_with_what_they_hold() {
        let room = tempfile::tempdir().expect("a folder");
        let out = room.path().join("out");
        let document = |name: &'static str| Document { name: name.into(), bytes: b"x".to_vec() };
        let ours = ["a.json", "gpx/"];
        replace(&out, &[document("a.json"), document("gpx/one.gpx")], &ours).expect("written");
        replace(&out, &[document("a.json"), document("gpx/two.gpx")], &ours).expect("replaced");
        let mut found = super::names(&out).expect("readable");
        found.sort();
        assert_eq!(found, [".tournee", "a.json", "gpx/two.gpx"]);

        fs::write(out.join("gpx/mine.gpx"), "mine").expect("written");
        let refused = replace(&out, &[document("a.json")], &ours);
        assert!(matches!(refused, Err(WriteError::Foreign { name, .. }) if name == "gpx/mine.gpx"));
        assert!(out.join("gpx/two.gpx").exists(), "nothing was touched");
    }

    #[test]
    fn an_update_leaves_our_other_files() {
        let room = tempfile::tempdir().expect("a folder");
        let out = room.path().join("out");
        let document = |name: &'static str, bytes: &str| Document { name: name.into(), bytes: bytes.into() };
        let ours = ["a.json", "b.json"];
        replace(&out, &[document("a.json", "1"), document("b.json", "1")], &ours).expect("written");
        update(&out, &[document("b.json", "2")], &ours).expect("updated");
        let read = |name: &str| fs::read_to_string(out.join(name)).expect("there");
        assert_eq!((read("a.json").as_str(), read("b.json").as_str()), ("1", "2"));
        replace(&out, &[document("b.json", "3")], &ours).expect("what an update kept is ours to replace");
        assert!(!out.join("a.json").exists());
    }
}
