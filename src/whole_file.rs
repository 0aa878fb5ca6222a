//! A file that is there whole or not at all: written beside its name, renamed when finished.

use std::io::{self, BufWriter, Write};
use std::path::{Path, PathBuf};

use fs_err::{self as fs, File, OpenOptions};

/// A file being written. Dropped before [`WholeFile::finish`], it leaves nothing behind and what was there as it was.
///
/// A pipe or a device that has the name is written to as it comes: a rename would put a file in its place. A link
/// stays a link, and the file it leads to is replaced.
#[derive(Debug)]
pub struct WholeFile {
    file: Option<BufWriter<File>>,
    /// None for what can't be renamed.
    names: Option<Names>,
}

#[derive(Debug)]
struct Names {
    last: PathBuf,
    beside: PathBuf,
}

impl WholeFile {
    /// Begins a file beside `path`, with the permissions of the one that is there.
    ///
    /// # Errors
    /// Those of the file system; a folder of that name.
    pub fn create(path: &Path) -> io::Result<Self> {
        let last = if path.is_symlink() { fs::canonicalize(path)? } else { path.to_owned() };
        let there = match fs::metadata(&last) {
            Ok(metadata) => Some(metadata),
            Err(error) if error.kind() == io::ErrorKind::NotFound => None,
            Err(error) => return Err(error),
        };
        if there.as_ref().is_some_and(|there| !there.is_file()) {
            let file = OpenOptions::new().write(true).open(&last)?;
            return Ok(Self { file: Some(BufWriter::new(file)), names: None });
        }
        let mut name = last.as_os_str().to_owned();
        name.push(format!(".{}.part", std::process::id()));
        let names = Names { last, beside: PathBuf::from(name) };
        let file = File::create(&names.beside)?;
        let whole = Self { file: Some(BufWriter::new(file)), names: Some(names) };
        if let (Some(there), Some(names)) = (there, &whole.names) {
            fs::set_permissions(&names.beside, there.permissions())?;
        }
        Ok(whole)
    }

    /// Writes all of a file.
    ///
    /// # Errors
    /// Those of the file system; what was there is then as it was.
    pub fn write(path: &Path, bytes: &[u8]) -> io::Result<()> {
        let mut file = Self::create(path)?;
        file.write_all(bytes)?;
        file.finish()
    }

    /// Gives the file its name, once it is on the disk.
    ///
    /// # Errors
    /// Those of the file system; what was there is then as it was.
    pub fn finish(mut self) -> io::Result<()> {
        let Some(writer) = self.file.as_mut() else { return Ok(()) };
        writer.flush()?;
        let Some(names) = &self.names else { return Ok(()) };
        writer.get_ref().sync_all()?;
        fs::rename(&names.beside, &names.last)?;
        self.names = None;
        Ok(())
    }
}

impl Write for WholeFile {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.file.as_mut().map_or(Ok(0), |file| file.write(bytes))
    }

    fn flush(&mut self) -> io::Result<()> {
        self.file.as_mut().map_or(Ok(()), Write::flush)
    }
}

impl Drop for WholeFile {
    fn drop(&mut self) {
        if let Some(names) = self.names.take() {
            // Closed first: not every system removes an open file. What is in the buffer has nowhere to go.
            self.file.take().map(BufWriter::into_parts);
            let _ = fs::remove_file(&names.beside); // nobody is left to tell
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names(folder: &Path) -> Vec<String> {
        let mut names: Vec<String> = fs::read_dir(folder)
            .expect("readable")
            .map(|entry| entry.expect("readable").file_name().to_string_lossy().into_owned())
            .collect();
        names.sort();
        names
    }

    #[test]
    fn a_file_is_replaced_when_it_is_finished_and_not_before() {
        let room = tempfile::tempdir().expect("a folder");
        let path = room.path().join("a.csv");
        fs::write(&path, "old").expect("written");
        let mut half = WholeFile::create(&path).expect("created");
        half.write_all(b"half").expect("written");
        drop(half);
        assert_eq!(fs::read_to_string(&path).expect("still there"), "old");
        assert_eq!(names(room.path()), ["a.csv"]);

        WholeFile::write(&path, b"new").expect("written");
        assert_eq!(fs::read_to_string(&path).expect("there"), "new");
        assert_eq!(names(room.path()), ["a.csv"]);
    }

    #[test]
    fn a_folder_is_no_file() {
        let room = tempfile::tempdir().expect("a folder");
        WholeFile::write(room.path(), b"new").expect_err("it is a folder");
        assert!(room.path().is_dir());
    }

    #[cfg(unix)]
    #[test]
    fn links_and_permissions_stay() {
        use std::os::unix::fs::{PermissionsExt, symlink};
        let room = tempfile::tempdir().expect("a folder");
        let (file, link) = (room.path().join("a.csv"), room.path().join("link.csv"));
        fs::write(&file, "old").expect("written");
        fs::set_permissions(&file, std::fs::Permissions::from_mode(0o640)).expect("set");
        symlink(&file, &link).expect("linked");
        WholeFile::write(&link, b"new").expect("written");
        assert!(link.is_symlink());
        assert_eq!(fs::read_to_string(&file).expect("there"), "new");
        assert_eq!(fs::metadata(&file).expect("there").permissions().mode() & 0o777, 0o640);
    }

    /// As root, a rename over `/dev/null` would take the device from the whole machine.
    #[cfg(target_os = "linux")]
    #[test]
    fn a_pipe_is_written_to_and_stays_a_pipe() {
        use rustix::fs::{CWD, FileType, Mode, mknodat};
        use std::os::unix::fs::FileTypeExt;
        let room = tempfile::tempdir().expect("a folder");
        let pipe = room.path().join("pipe");
        mknodat(CWD, &pipe, FileType::Fifo, Mode::RUSR | Mode::WUSR, 0).expect("a pipe");
        let reader = std::thread::spawn({
            let pipe = pipe.clone();
            move || fs::read_to_string(pipe).expect("readable")
        });
        WholeFile::write(&pipe, b"rows").expect("written");
        assert_eq!(reader.join().expect("read"), "rows");
        assert!(fs::metadata(&pipe).expect("there").file_type().is_fifo());
        assert_eq!(names(room.path()), ["pipe"]);
    }
}
