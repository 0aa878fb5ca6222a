//! The file as a sequence of blobs: framing, size limits, decompression.
//!
//! Reference: wiki.openstreetmap.org/wiki/PBF_Format (read 2026-11). No size that a file states is believed further
//! than the format allows: 64 KiB for a header, 32 MiB for a blob, compressed or not.

use std::io::{self, Read, Seek, SeekFrom};

use flate2::read::ZlibDecoder;

use super::wire::{Fields, Malformed};
use super::{Fault, PbfError};

const HEADER_MAX: u32 = 64 * 1024;
const BLOB_MAX: u64 = 32 * 1024 * 1024;

/// Where a blob stands in the file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct BlobPlace {
    /// First byte of the blob, after its header.
    pub offset: u64,
    /// Compressed size.
    pub size: u64,
    /// What its header says it holds.
    pub kind: BlobKind,
}

/// What a blob's header says it holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum BlobKind {
    /// `OSMHeader`.
    Header,
    /// `OSMData`.
    Data,
    /// Something to skip.
    Other,
}

/// Lists the blobs of a file by reading headers alone.
pub fn places(file: &mut (impl Read + Seek)) -> Result<Vec<BlobPlace>, PbfError> {
    let end = file.seek(SeekFrom::End(0))?;
    let mut places = Vec::new();
    let mut offset = 0;
    while offset < end {
        let place = place(file, offset, end)?;
        offset = place.offset + place.size;
        places.push(place);
    }
    Ok(places)
}

fn place(file: &mut (impl Read + Seek), at: u64, end: u64) -> Result<BlobPlace, PbfError> {
    let cut = PbfError::Fault(Fault::Cut, at);
    if end - at < 4 {
        return Err(cut);
    }
    file.seek(SeekFrom::Start(at))?;
    let mut length = [0; 4];
    file.read_exact(&mut length)?;
    let length = u32::from_be_bytes(length);
    if length > HEADER_MAX {
        return Err(PbfError::Fault(Fault::TooLarge, at));
    }
    if end - at - 4 < u64::from(length) {
        return Err(cut);
    }
    let mut header = vec![0; length as usize];
    file.read_exact(&mut header)?;
    let (kind, size) = header_fields(&header).map_err(|Malformed| PbfError::Fault(Fault::Damaged, at))?;
    if size > BLOB_MAX {
        return Err(PbfError::Fault(Fault::TooLarge, at));
    }
    let offset = at + 4 + u64::from(length);
    if end - offset < size {
        return Err(cut);
    }
    Ok(BlobPlace { offset, size, kind })
}

fn header_fields(header: &[u8]) -> Result<(BlobKind, u64), Malformed> {
    let mut fields = Fields(header);
    let (mut kind, mut size) = (None, None);
    while let Some((field, value)) = fields.next()? {
        match field {
            1 => {
                kind = Some(match value.bytes()? {
                    b"OSMHeader" => BlobKind::Header,
                    b"OSMData" => BlobKind::Data,
                    _ => BlobKind::Other,
                });
            }
            3 => size = Some(value.varint()?),
            _ => {}
        }
    }
    Ok((kind.ok_or(Malformed)?, size.ok_or(Malformed)?))
}

/// Reads a blob as it stands in the file. Its size was checked against the file's end.
pub fn read(file: &mut (impl Read + Seek), place: &BlobPlace) -> io::Result<Vec<u8>> {
    file.seek(SeekFrom::Start(place.offset))?;
    let mut bytes = vec![0; place.size as usize];
    file.read_exact(&mut bytes)?;
    Ok(bytes)
}

/// The content of a blob, at most 32 MiB.
pub fn unpack(blob: &[u8]) -> Result<Vec<u8>, Fault> {
    let mut fields = Fields(blob);
    let (mut stated, mut content) = (None, None);
    while let Some((field, value)) = fields.next().map_err(damaged)? {
        match field {
            2 => stated = Some(value.varint().map_err(damaged)?),
            1 | 3..=7 => content = Some((field, value.bytes().map_err(damaged)?)),
            _ => {}
        }
    }
    if stated.is_some_and(|size| size > BLOB_MAX) {
        return Err(Fault::TooLarge);
    }
    let (field, bytes) = content.ok_or(Fault::Damaged)?;
    match field {
        1 => Ok(bytes.to_vec()),
        3 => inflate(bytes, stated),
        4 => Err(Fault::Compression("lzma")),
        5 => Err(Fault::Compression("bzip2")),
        6 => unpack_lz4(bytes, stated),
        _ => Err(Fault::Compression("zstd")),
    }
}

fn damaged(Malformed: Malformed) -> Fault {
    Fault::Damaged
}

/// Stops one byte after the stated size, or after the largest allowed one where none is stated.
fn inflate(bytes: &[u8], stated: Option<u64>) -> Result<Vec<u8>, Fault> {
    let most = stated.unwrap_or(BLOB_MAX);
    // deflate cannot expand more than 1032 times: a small blob need not be given what it asks for
    let mut content = Vec::with_capacity(most.min(bytes.len() as u64 * 1032) as usize);
    let read = ZlibDecoder::new(bytes).take(most + 1).read_to_end(&mut content);
    let len = content.len() as u64;
    match read {
        Ok(_) if len > BLOB_MAX => Err(Fault::TooLarge),
        Ok(_) if stated.is_none_or(|size| size == len) => Ok(content),
        _ => Err(Fault::Damaged),
    }
}

/// A block without frame: the stated size is needed, and must be what comes out.
fn unpack_lz4(bytes: &[u8], stated: Option<u64>) -> Result<Vec<u8>, Fault> {
    let size = stated.ok_or(Fault::Damaged)?;
    // an lz4 block cannot expand more than 255 times
    if size > bytes.len() as u64 * 255 {
        return Err(Fault::Damaged);
    }
    let mut content = vec![0; size as usize];
    match lz4_flex::block::decompress_into(bytes, &mut content) {
        Ok(written) if written as u64 == size => Ok(content),
        _ => Err(Fault::Damaged),
    }
}
