//! Reads OpenStreetMap's PBF files: nodes plain and dense, blobs raw, zlib and lz4.
//!
//! Own code, because the reader at hand (osmpbf 0.3) knows neither lz4 nor a limit to what a file may make it allocate.
//! Blobs are decoded in parallel and joined in the order of the file.

mod blob;
mod block;
mod wire;

use std::io::{self, Read, Seek, SeekFrom};

use rayon::prelude::*;

pub use blob::{BlobKind, BlobPlace};
pub use block::{Block, Member, MemberKind};
pub use wire::{Deltas, Malformed};

/// Why a file could not be read.
#[derive(Debug)]
pub enum PbfError {
    /// An outside reason.
    Io(io::Error),
    /// The file's fault, and the byte at which the offending blob begins.
    Fault(Fault, u64),
}

impl From<io::Error> for PbfError {
    fn from(error: io::Error) -> Self {
        Self::Io(error)
    }
}

/// What is wrong with a file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Fault {
    /// It ends in the middle of a blob.
    Cut,
    /// Bytes do not mean anything.
    Damaged,
    /// A size beyond what the format allows.
    TooLarge,
    /// Compressed in a way this program does not read.
    Compression(&'static str),
    /// It asks for something this program does not know.
    Feature(String),
}

impl From<Malformed> for Fault {
    fn from(Malformed: Malformed) -> Self {
        Self::Damaged
    }
}

/// A PBF file whose blobs are known.
#[derive(Debug)]
pub struct PbfFile<R> {
    file: R,
    /// Size in bytes.
    pub len: u64,
    /// Blobs of data, in the order of the file.
    pub data: Vec<BlobPlace>,
}

impl<R: Read + Seek> PbfFile<R> {
    /// Lists the blobs and checks that this program understands what the file's header requires.
    pub fn open(mut file: R) -> Result<Self, PbfError> {
        let places = blob::places(&mut file)?;
        for place in places.iter().filter(|place| place.kind == BlobKind::Header) {
            let bytes = blob::read(&mut file, place)?;
            check_header(&bytes).map_err(|fault| PbfError::Fault(fault, place.offset))?;
        }
        let data = places.into_iter().filter(|place| place.kind == BlobKind::Data).collect();
        let len = file.seek(SeekFrom::End(0))?;
        Ok(Self { file, len, data })
    }

    /// Applies `decode` to the blocks at `places` in parallel and hands the results to `join` in the order of `places`.
    ///
    /// Holds a bounded number of blobs at a time.
    pub fn for_each_block<T: Send>(
        &mut self,
        places: &[BlobPlace],
        decode: impl Fn(&Block<'_>) -> Result<T, Malformed> + Sync,
        mut join: impl FnMut(BlobPlace, T) -> Result<(), Fault>,
    ) -> Result<(), PbfError> {
        let mut rest = places;
        while !rest.is_empty() {
            let (batch, later) = rest.split_at(batch_len(rest));
            let blobs = batch.iter().map(|place| blob::read(&mut self.file, place));
            let blobs: Vec<Vec<u8>> = blobs.collect::<io::Result<_>>()?;
            let decoded: Vec<Result<T, Fault>> = blobs
                .into_par_iter()
                .map(|bytes| {
                    let content = blob::unpack(&bytes)?;
                    Ok(decode(&Block::new(&content)?)?)
                })
                .collect();
            for (place, result) in batch.iter().zip(decoded) {
                let joined = result.and_then(|found| join(*place, found));
                joined.map_err(|fault| PbfError::Fault(fault, place.offset))?;
            }
            rest = later;
        }
        Ok(())
    }
}

/// How many of the next blobs to hold at once: up to 16, up to 32 MiB, at least one.
fn batch_len(places: &[BlobPlace]) -> usize {
    const BYTES: u64 = 32 * 1024 * 1024;
    let mut bytes = 0;
    let fits = places.iter().take(16).take_while(|place| {
        bytes += place.size;
        bytes <= BYTES
    });
    fits.count().max(1)
}

fn check_header(bytes: &[u8]) -> Result<(), Fault> {
    const KNOWN: [&str; 2] = ["OsmSchema-V0.6", "DenseNodes"];
    let features = block::required_features(&blob::unpack(bytes)?)?;
    match features.into_iter().find(|feature| !KNOWN.contains(&feature.as_str())) {
        Some(unknown) => Err(Fault::Feature(unknown)),
        None => Ok(()),
    }
}
