//! A picture as a PNG file (ISO/IEC 15948): red, green and blue, eight bits each, one zlib stream.

use std::io::Write;

use flate2::write::ZlibEncoder;
use flate2::{Compression, Crc};

/// The file. `pixels` holds three bytes a pixel, row by row from the top.
///
/// # Panics
///
/// If there are not `width * height` pixels, or none.
pub(super) fn png(pixels: &[u8], width: u32, height: u32) -> Vec<u8> {
    let row = width as usize * 3;
    assert!(row > 0 && pixels.len() == row * height as usize, "three bytes a pixel");
    let mut file = b"\x89PNG\r\n\x1a\n".to_vec();
    // Eight bits, true colour, and the only methods of compression, filtering and no interlacing there are.
    let head = [&width.to_be_bytes()[..], &height.to_be_bytes(), &[8, 2, 0, 0, 0]].concat();
    chunk(&mut file, *b"IHDR", &head);
    let mut data = ZlibEncoder::new(Vec::new(), Compression::best());
    for row in pixels.chunks(row) {
        // Filter 0: the bytes as they are. Charts are flat colour, which zlib does well enough.
        data.write_all(&[0]).and_then(|()| data.write_all(row)).expect("memory takes any bytes");
    }
    chunk(&mut file, *b"IDAT", &data.finish().expect("memory takes any bytes"));
    chunk(&mut file, *b"IEND", &[]);
    file
}

fn chunk(file: &mut Vec<u8>, kind: [u8; 4], data: &[u8]) {
    let mut crc = Crc::new();
    crc.update(&kind);
    crc.update(data);
    file.extend((data.len() as u32).to_be_bytes());
    file.extend(kind);
    file.extend(data);
    file.extend(crc.sum().to_be_bytes());
}

#[cfg(test)]
mod tests {
    use std::io::Read;

    use super::*;

    #[test]
    fn a_picture_is_one_pixel_after_the_other_in_checked_chunks() {
        let pixels = [[255, 0, 0], [0, 255, 0], [0, 0, 255], [9, 8, 7]].concat();
        let file = png(&pixels, 2, 2);
        let mut rest = file.strip_prefix(b"\x89PNG\r\n\x1a\n").expect("the signature");
        let mut chunks = Vec::new();
        while !rest.is_empty() {
            let length = u32::from_be_bytes(rest[..4].try_into().expect("four bytes")) as usize;
            let (kind, data) = (&rest[4..8], &rest[8..8 + length]);
            let mut crc = Crc::new();
            crc.update(&rest[4..8 + length]);
            assert_eq!(crc.sum().to_be_bytes(), rest[8 + length..12 + length]);
            chunks.push((kind, data));
            rest = &rest[12 + length..];
        }
        let kinds: Vec<&[u8]> = chunks.iter().map(|(kind, _)| *kind).collect();
        assert_eq!(kinds, [b"IHDR", b"IDAT", b"IEND"]);
        assert_eq!(chunks[0].1, [0, 0, 0, 2, 0, 0, 0, 2, 8, 2, 0, 0, 0]);
        let mut rows = Vec::new();
        flate2::read::ZlibDecoder::new(chunks[1].1).read_to_end(&mut rows).expect("a zlib stream");
        assert_eq!(rows, [0, 255, 0, 0, 0, 255, 0, 0, 0, 0, 255, 9, 8, 7]);
    }
}
