//! Protocol buffers on the wire: fields and packed numbers over a byte slice, nothing allocated.
//!
//! Reference: protobuf.dev/programming-guides/encoding (read 2026-11). Every read is checked against the slice's end.

/// The bytes are not what the encoding allows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Malformed;

/// The value of one field.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Value<'a> {
    /// An integer of up to 64 bits.
    Varint(u64),
    /// A string, a message, or packed numbers.
    Bytes(&'a [u8]),
    /// Fixed-width numbers, which OpenStreetMap files do not use.
    Fixed,
}

impl<'a> Value<'a> {
    /// The bytes of a length-delimited field.
    pub fn bytes(self) -> Result<&'a [u8], Malformed> {
        if let Self::Bytes(bytes) = self { Ok(bytes) } else { Err(Malformed) }
    }

    /// The number of a varint field.
    pub fn varint(self) -> Result<u64, Malformed> {
        if let Self::Varint(number) = self { Ok(number) } else { Err(Malformed) }
    }
}

/// Fields of a message, in the order they stand.
#[derive(Clone, Copy, Debug)]
pub struct Fields<'a>(pub &'a [u8]);

impl<'a> Fields<'a> {
    /// The next field number and its value, `None` at the end of the message.
    pub fn next(&mut self) -> Result<Option<(u32, Value<'a>)>, Malformed> {
        if self.0.is_empty() {
            return Ok(None);
        }
        let key = varint(&mut self.0)?;
        let field = u32::try_from(key >> 3).map_err(|_| Malformed)?;
        let value = match key & 7 {
            0 => Value::Varint(varint(&mut self.0)?),
            1 => take(&mut self.0, 8).map(|_| Value::Fixed)?,
            2 => {
                let len = usize::try_from(varint(&mut self.0)?).map_err(|_| Malformed)?;
                Value::Bytes(take(&mut self.0, len)?)
            }
            5 => take(&mut self.0, 4).map(|_| Value::Fixed)?,
            _ => return Err(Malformed),
        };
        Ok(Some((field, value)))
    }
}

/// Packed varints, one after another.
#[derive(Clone, Debug, Default)]
pub struct Packed<'a>(pub &'a [u8]);

impl Iterator for Packed<'_> {
    type Item = Result<u64, Malformed>;

    fn next(&mut self) -> Option<Self::Item> {
        if self.0.is_empty() {
            return None;
        }
        let number = varint(&mut self.0);
        if number.is_err() {
            self.0 = &[]; // one error ends it
        }
        Some(number)
    }
}

/// Running sums of packed zigzag differences, as identifiers and coordinates are stored.
#[derive(Clone, Debug, Default)]
pub struct Deltas<'a> {
    packed: Packed<'a>,
    sum: i64,
}

impl<'a> Deltas<'a> {
    /// Starts at zero.
    pub fn new(bytes: &'a [u8]) -> Self {
        Self { packed: Packed(bytes), sum: 0 }
    }
}

impl Iterator for Deltas<'_> {
    type Item = Result<i64, Malformed>;

    fn next(&mut self) -> Option<Self::Item> {
        let step = self.packed.next()?;
        Some(step.map(|step| {
            self.sum = self.sum.wrapping_add(zigzag(step));
            self.sum
        }))
    }
}

/// A signed number from its zigzag form.
pub fn zigzag(number: u64) -> i64 {
    (number >> 1) as i64 ^ -((number & 1) as i64)
}

fn varint(bytes: &mut &[u8]) -> Result<u64, Malformed> {
    let mut number = 0_u64;
    for (index, byte) in bytes.iter().take(10).enumerate() {
        number |= u64::from(byte & 0x7f) << (7 * index);
        if byte & 0x80 == 0 {
            *bytes = &bytes[index + 1..];
            return Ok(number);
        }
    }
    Err(Malformed)
}

fn take<'a>(bytes: &mut &'a [u8], len: usize) -> Result<&'a [u8], Malformed> {
    let (taken, rest) = bytes.split_at_checked(len).ok_or(Malformed)?;
    *bytes = rest;
    Ok(taken)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fields_are_read_in_order() {
        // field 1 = 150 (the encoding guide's example), field 2 = "ab"
        let mut fields = Fields(&[0x08, 0x96, 0x01, 0x12, 2, b'a', b'b']);
        assert_eq!(fields.next(), Ok(Some((1, Value::Varint(150)))));
        assert_eq!(fields.next(), Ok(Some((2, Value::Bytes(b"ab")))));
        assert_eq!(fields.next(), Ok(None));
    }

    #[test]
    fn a_length_beyond_the_end_is_malformed() {
        assert_eq!(Fields(&[0x12, 0xff, 0xff, 0xff, 0x7f, b'a']).next(), Err(Malformed));
        assert_eq!(Fields(&[0x80; 12]).next(), Err(Malformed), "a number without end");
    }

    #[test]
    fn differences_add_up() {
        // zigzag of +3, -1, -5
        let sums: Result<Vec<i64>, Malformed> = Deltas::new(&[6, 1, 9]).collect();
        assert_eq!(sums, Ok(vec![3, 2, -3]));
    }
}
