//! A travel matrix as a compact binary file, written row by row in constant memory.
//!
//! All numbers are little-endian. Twenty-four bytes of head: `tournmat`, version 1, the numbers of origins n and of
//! destinations m, a zero (32 bits each). Then for each origin m seconds and m metres, each a signed number of 32 bits,
//! [`TravelMatrix::NO_WAY`] in both where there is no way. Last the CRC-32 (that of zlib) of all bytes before it.
//! `docs/roads.md` shows how to read it.

use std::io::{self, Write};

use flate2::Crc;

use crate::matrix::{Travel, TravelMatrix};
use crate::units::{Metres, Seconds};

/// First bytes of a matrix file.
const MAGIC: [u8; 8] = *b"tournmat";
/// Raised when the layout changes.
const VERSION: u32 = 1;
/// Bytes of the head.
const HEAD: usize = 24;
/// Bytes of the checksum.
const TAIL: usize = 4;

/// A matrix file being written.
#[derive(Debug)]
pub struct MatrixWriter<W> {
    file: W,
    crc: Crc,
    columns: usize,
    rows_left: usize,
}

impl<W: Write> MatrixWriter<W> {
    /// Writes the head of a matrix of `rows` origins and `columns` destinations; `InvalidInput` beyond 2^32 of either.
    pub fn new(file: W, rows: usize, columns: usize) -> io::Result<Self> {
        let mut writer = Self { file, crc: Crc::new(), columns, rows_left: rows };
        let size = |count: usize| u32::try_from(count).map_err(|_| io::ErrorKind::InvalidInput);
        let numbers = [VERSION, size(rows)?, size(columns)?, 0];
        let head = [&MAGIC[..], &numbers.map(u32::to_le_bytes).concat()].concat();
        writer.write(&head)?;
        Ok(writer)
    }

    /// Writes the rows of the next origins.
    ///
    /// # Panics
    ///
    /// If their columns are not those of the file, or they are more than are left.
    pub fn rows(&mut self, matrix: &TravelMatrix) -> io::Result<()> {
        assert!(matrix.columns() == self.columns && matrix.rows() <= self.rows_left, "rows of this matrix");
        self.rows_left -= matrix.rows();
        let mut bytes = Vec::with_capacity(self.columns * 8);
        for row in 0..matrix.rows() {
            let cells = || (0..self.columns).map(|column| matrix.get(row, column));
            let seconds =
                cells().map(|cell| cell.map_or(TravelMatrix::NO_WAY, |travel| travel.seconds.get()));
            let metres = cells().map(|cell| cell.map_or(TravelMatrix::NO_WAY, |travel| travel.metres.get()));
            bytes.clear();
            bytes.extend(seconds.chain(metres).flat_map(i32::to_le_bytes));
            self.write(&bytes)?;
        }
        Ok(())
    }

    /// Writes the checksum and gives the file back.
    ///
    /// # Panics
    ///
    /// If rows are missing.
    pub fn finish(mut self) -> io::Result<W> {
        assert_eq!(self.rows_left, 0, "every row is written");
        self.file.write_all(&self.crc.sum().to_le_bytes())?;
        Ok(self.file)
    }

    fn write(&mut self, bytes: &[u8]) -> io::Result<()> {
        self.crc.update(bytes);
        self.file.write_all(bytes)
    }
}

/// Why bytes are no matrix.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum NotMatrix {
    /// They begin otherwise.
    #[error("not a travel matrix")]
    OtherKind,
    /// Another version of the layout.
    #[error("a travel matrix of version {0}, this program reads version {VERSION}")]
    OtherVersion(u32),
    /// Their number is not what the head states, or the checksum does not match.
    #[error("a travel matrix that is cut or damaged")]
    Damaged,
}

/// The matrix in the bytes of a file.
pub fn read(bytes: &[u8]) -> Result<TravelMatrix, NotMatrix> {
    if !bytes.starts_with(&MAGIC) {
        return Err(NotMatrix::OtherKind);
    }
    let (body, sum) = bytes.split_last_chunk::<TAIL>().ok_or(NotMatrix::Damaged)?;
    if body.len() < HEAD {
        return Err(NotMatrix::Damaged);
    }
    let (head, cells) = body.split_at(HEAD);
    let [version, rows, columns] = [8, 12, 16].map(|at| number(&head[at..at + 4]));
    if version != VERSION {
        return Err(NotMatrix::OtherVersion(version));
    }
    let mut crc = Crc::new();
    crc.update(body);
    let size = u64::from(rows).checked_mul(u64::from(columns)).and_then(|size| size.checked_mul(8));
    if size != Some(cells.len() as u64) || crc.sum() != u32::from_le_bytes(*sum) {
        return Err(NotMatrix::Damaged);
    }
    let (rows, columns) = (rows as usize, columns as usize);
    let numbers = |part: &[u8]| part.chunks_exact(4).map(|four| number(four) as i32).collect::<Vec<i32>>();
    let travels = cells.chunks_exact((columns * 8).max(1)).flat_map(|row| {
        let (seconds, metres) = row.split_at(columns * 4);
        numbers(seconds).into_iter().zip(numbers(metres))
    });
    let cell = |(seconds, metres): (i32, i32)| {
        (seconds != TravelMatrix::NO_WAY)
            .then_some(Travel { seconds: Seconds(seconds), metres: Metres(metres) })
    };
    Ok(TravelMatrix::from_cells(rows, columns, travels.map(cell)))
}

/// Four bytes as a number.
fn number(bytes: &[u8]) -> u32 {
    bytes.iter().rev().fold(0, |number, byte| number << 8 | u32::from(*byte))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn matrix() -> TravelMatrix {
        let travel = |n: i32| (n % 4 != 3).then_some(Travel { seconds: Seconds(n), metres: Metres(n * 13) });
        TravelMatrix::from_cells(2, 3, (0..6).map(travel))
    }

    fn bytes(matrix: &TravelMatrix) -> Vec<u8> {
        let mut writer = MatrixWriter::new(Vec::new(), matrix.rows(), matrix.columns()).expect("memory");
        writer.rows(matrix).expect("memory");
        writer.finish().expect("memory")
    }

    #[test]
    fn what_is_written_reads_back() {
        let bytes = bytes(&matrix());
        assert_eq!(bytes.len(), 24 + 2 * 3 * 8 + 4);
        assert_eq!(bytes[24 + 8..24 + 12], 2_i32.to_le_bytes(), "the third destination's seconds");
        assert_eq!(read(&bytes), Ok(matrix()));
    }

    #[test]
    fn a_matrix_without_rows_or_columns_is_one_too() {
        for (rows, columns) in [(0, 0), (0, 3), (3, 0)] {
            let empty = TravelMatrix::from_cells(rows, columns, []);
            assert_eq!(read(&bytes(&empty)), Ok(empty));
        }
    }

    #[test]
    fn a_file_cut_or_flipped_anywhere_is_refused() {
        let whole = bytes(&matrix());
        for end in 0..whole.len() {
            assert!(read(&whole[..end]).is_err(), "cut at {end}");
        }
        for at in 0..whole.len() {
            let mut flipped = whole.clone();
            flipped[at] ^= 0x20;
            assert!(read(&flipped).is_err(), "byte {at}");
        }
        let mut newer = whole;
        newer[8] = 2;
        assert_eq!(read(&newer), Err(NotMatrix::OtherVersion(2)));
    }
}
