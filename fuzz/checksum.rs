//! Past the checksum of a prepared network, so that what lies behind it is reached.

/// A prepared network whose head states the length and the checksum that its body has.
#[must_use]
pub fn with_right_checksum(mut bytes: Vec<u8>) -> Vec<u8> {
    const HEAD: usize = 24; // magic, format, length and checksum of the body
    if let Some((head, body)) = bytes.split_at_mut_checked(HEAD) {
        let mut crc = flate2::Crc::new();
        crc.update(body);
        head[12..20].copy_from_slice(&(body.len() as u64).to_le_bytes());
        head[20..24].copy_from_slice(&crc.sum().to_le_bytes());
    }
    bytes
}
