//! A file that is there whole or not at all: written beside its name, renamed when finished.

use std::io::{self, BufWriter, Write};
use std::path::{Path, PathBuf};

use fs_err::File;

/// A file being written. Dropped before [`WholeFile::finish`], it leaves nothing behind and what was there as it was.
#[derive(Debug)]
pub struct WholeFile {
    path: PathBuf,
    beside: PathBuf,
    file: Option<BufWriter<File>>,
}

impl WholeFile {
    /// Begins a file beside `path`.
    pub fn create(path: &Path) -> io::Result<Self> {
        let mut name = path.as_os_str().to_owned();
        name.push(format!(".{}.part", std::process::id()));
        let beside = PathBuf::from(name);
        let file = Some(BufWriter::new(File::create(&beside)?));
        Ok(Self { path: path.to_owned(), beside, file })
    }

    /// Gives the file its name.
    pub fn finish(mut self) -> io::Result<()> {
        let Some(writer) = self.file.take() else { return Ok(()) };
        let written =
            writer.into_inner().map_err(io::IntoInnerError::into_error).and_then(|file| file.sync_all());
        let named = written.and_then(|()| fs_err::rename(&self.beside, &self.path));
        if named.is_err() {
            let _ = fs_err::remove_file(&self.beside); // the first failure is the one to tell
        }
        named
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
        if self.file.take().is_some() {
            let _ = fs_err::remove_file(&self.beside); // nobody is left to tell
        }
    }
}
