//! An OpenStreetMap extract side by side with itself, joined by roads.
//!
//! The copies stand in a square. Each is the extract with its identifiers and coordinates moved: blocks are copied but for
//! their offsets and their first numbers. Five roads join each copy to its neighbour to the east, and five to that in the
//! north, from the outermost nodes of ordinary roads.

use std::collections::BTreeMap;
use std::io::{Read, Write};

use flate2::Compression;
use flate2::read::ZlibDecoder;
use flate2::write::ZlibEncoder;

/// Identifiers of one copy lie below this, those of the next above.
const IDS: i64 = 1 << 36;
/// Joining roads between two copies.
const LINKS: usize = 5;
/// Free space between two copies, in billionths of a degree.
const GAP: i64 = 10_000_000;

/// Why an extract cannot be laid out.
pub type Failure = Box<dyn std::error::Error>;

/// Writes `side * side` copies of an extract to `out`.
pub fn tile(extract: &[u8], side: i64, out: &mut impl Write) -> Result<(), Failure> {
    let blocks = blocks(extract)?;
    let roads = Roads::of(&blocks)?;
    let header = [field(4, b"OsmSchema-V0.6"), field(4, b"DenseNodes")].concat();
    write_blob(out, "OSMHeader", &header)?;
    for copy in 0..side * side {
        let (east, north) = (copy % side, copy / side);
        let shift = Shift { ids: copy * IDS, lon: east * roads.width(), lat: north * roads.height() };
        for block in &blocks {
            write_blob(out, "OSMData", &moved(block, &shift)?)?;
        }
    }
    write_blob(out, "OSMData", &links(&roads, side))
}

/// Where a copy stands.
struct Shift {
    ids: i64,
    /// Billionths of a degree.
    lon: i64,
    lat: i64,
}

// --- the wire format: wiki.openstreetmap.org/wiki/PBF_Format ---

#[derive(Clone, Copy)]
enum Value<'a> {
    Number(u64),
    Bytes(&'a [u8]),
}

fn varint(bytes: &mut &[u8]) -> Result<u64, Failure> {
    let mut number = 0;
    for shift in (0..64).step_by(7) {
        let (byte, rest) = bytes.split_first().ok_or("cut short")?;
        *bytes = rest;
        number |= u64::from(byte & 0x7f) << shift;
        if byte & 0x80 == 0 {
            return Ok(number);
        }
    }
    Err("a number without end".into())
}

fn fields(mut bytes: &[u8]) -> Result<Vec<(u64, Value<'_>)>, Failure> {
    let mut found = Vec::new();
    while !bytes.is_empty() {
        let key = varint(&mut bytes)?;
        found.push((
            key >> 3,
            match key & 7 {
                0 => Value::Number(varint(&mut bytes)?),
                2 => {
                    let length = usize::try_from(varint(&mut bytes)?)?;
                    let (taken, rest) = bytes.split_at_checked(length).ok_or("cut short")?;
                    bytes = rest;
                    Value::Bytes(taken)
                }
                _ => return Err("an unknown kind of field".into()),
            },
        ));
    }
    Ok(found)
}

fn put_varint(out: &mut Vec<u8>, mut number: u64) {
    while number >= 0x80 {
        out.push(number as u8 | 0x80);
        number >>= 7;
    }
    out.push(number as u8);
}

fn zigzag(number: i64) -> u64 {
    (number.wrapping_shl(1) ^ (number >> 63)) as u64
}

fn unzigzag(number: u64) -> i64 {
    (number >> 1) as i64 ^ -((number & 1) as i64)
}

fn field(number: u64, bytes: &[u8]) -> Vec<u8> {
    let mut out = Vec::with_capacity(bytes.len() + 10);
    put_varint(&mut out, number << 3 | 2);
    put_varint(&mut out, bytes.len() as u64);
    out.extend_from_slice(bytes);
    out
}

fn number_field(field: u64, number: u64) -> Vec<u8> {
    let mut out = Vec::new();
    put_varint(&mut out, field << 3);
    put_varint(&mut out, number);
    out
}

fn sums(mut bytes: &[u8]) -> Result<Vec<i64>, Failure> {
    let (mut sum, mut found) = (0_i64, Vec::new());
    while !bytes.is_empty() {
        sum += unzigzag(varint(&mut bytes)?);
        found.push(sum);
    }
    Ok(found)
}

/// The contents of all blobs of data.
fn blocks(mut file: &[u8]) -> Result<Vec<Vec<u8>>, Failure> {
    let mut found = Vec::new();
    while let Some((length, rest)) = file.split_first_chunk::<4>() {
        let (header, rest) =
            rest.split_at_checked(u32::from_be_bytes(*length) as usize).ok_or("cut short")?;
        let (mut is_data, mut size) = (false, 0);
        for (number, value) in fields(header)? {
            match (number, value) {
                (1, Value::Bytes(kind)) => is_data = kind == b"OSMData",
                (3, Value::Number(bytes)) => size = usize::try_from(bytes)?,
                _ => {}
            }
        }
        let (blob, rest) = rest.split_at_checked(size).ok_or("cut short")?;
        file = rest;
        if is_data {
            found.push(unpacked(blob)?);
        }
    }
    Ok(found)
}

fn unpacked(blob: &[u8]) -> Result<Vec<u8>, Failure> {
    for (number, value) in fields(blob)? {
        match (number, value) {
            (1, Value::Bytes(raw)) => return Ok(raw.to_vec()),
            (3, Value::Bytes(packed)) => {
                let mut content = Vec::new();
                ZlibDecoder::new(packed).read_to_end(&mut content)?;
                return Ok(content);
            }
            _ => {}
        }
    }
    Err("only plain blobs and zlib".into())
}

fn write_blob(out: &mut impl Write, kind: &str, content: &[u8]) -> Result<(), Failure> {
    let mut encoder = ZlibEncoder::new(Vec::new(), Compression::fast());
    encoder.write_all(content)?;
    let blob = [number_field(2, content.len() as u64), field(3, &encoder.finish()?)].concat();
    let header = [field(1, kind.as_bytes()), number_field(3, blob.len() as u64)].concat();
    out.write_all(&u32::try_from(header.len())?.to_be_bytes())?;
    out.write_all(&header)?;
    Ok(out.write_all(&blob)?)
}

// --- copies ---

/// A block whose entities have other identifiers and another place; what only editors need is left out.
fn moved(block: &[u8], shift: &Shift) -> Result<Vec<u8>, Failure> {
    let mut out = Vec::with_capacity(block.len() + 64);
    let (mut lon, mut lat) = (0, 0);
    for (number, value) in fields(block)? {
        match (number, value) {
            (2, Value::Bytes(group)) => out.extend(field(2, &moved_group(group, shift.ids)?)),
            (19, Value::Number(offset)) => lat = offset as i64,
            (20, Value::Number(offset)) => lon = offset as i64,
            (_, Value::Bytes(bytes)) => out.extend(field(number, bytes)),
            (_, Value::Number(plain)) => out.extend(number_field(number, plain)),
        }
    }
    out.extend(number_field(19, (lat + shift.lat) as u64));
    out.extend(number_field(20, (lon + shift.lon) as u64));
    Ok(out)
}

fn moved_group(group: &[u8], ids: i64) -> Result<Vec<u8>, Failure> {
    let mut out = Vec::with_capacity(group.len() + 64);
    for (kind, value) in fields(group)? {
        let Value::Bytes(entity) = value else { continue };
        let mut copy = Vec::with_capacity(entity.len() + 16);
        for (number, value) in fields(entity)? {
            match (kind, number, value) {
                (1, 1, Value::Number(id)) => copy.extend(number_field(1, zigzag(unzigzag(id) + ids))),
                (3 | 4, 1, Value::Number(id)) => copy.extend(number_field(1, (id as i64 + ids) as u64)),
                // dense nodes, nodes of a way, members of a relation: running sums
                (2, 1, Value::Bytes(list)) | (3, 8, Value::Bytes(list)) | (4, 9, Value::Bytes(list)) => {
                    copy.extend(field(number, &moved_list(list, ids)?));
                }
                (1 | 3 | 4, 4, _) | (2, 5, _) => {} // who edited it, and when
                (_, _, Value::Bytes(bytes)) => copy.extend(field(number, bytes)),
                (_, _, Value::Number(plain)) => copy.extend(number_field(number, plain)),
            }
        }
        out.extend(field(kind, &copy));
    }
    Ok(out)
}

fn moved_list(mut list: &[u8], ids: i64) -> Result<Vec<u8>, Failure> {
    let mut out = Vec::with_capacity(list.len() + 8);
    if !list.is_empty() {
        put_varint(&mut out, zigzag(unzigzag(varint(&mut list)?) + ids));
        out.extend_from_slice(list);
    }
    Ok(out)
}

// --- joining roads ---

/// Nodes of ordinary roads: identifier, longitude, latitude in billionths of a degree.
struct Roads(Vec<(i64, i64, i64)>);

impl Roads {
    fn of(blocks: &[Vec<u8>]) -> Result<Self, Failure> {
        let (mut wanted, mut at) = (Vec::new(), BTreeMap::new());
        for block in blocks {
            let (mut strings, mut groups) = (Vec::new(), Vec::new());
            let (mut granularity, mut lon, mut lat) = (100, 0, 0);
            for (number, value) in fields(block)? {
                match (number, value) {
                    (1, Value::Bytes(table)) => {
                        strings = fields(table)?.into_iter().filter_map(|(_, value)| text(value)).collect();
                    }
                    (2, Value::Bytes(group)) => groups.push(group),
                    (17, Value::Number(units)) => granularity = units as i64,
                    (19, Value::Number(offset)) => lat = offset as i64,
                    (20, Value::Number(offset)) => lon = offset as i64,
                    _ => {}
                }
            }
            for (kind, value) in
                groups.into_iter().map(fields).collect::<Result<Vec<_>, _>>()?.into_iter().flatten()
            {
                let Value::Bytes(entity) = value else { continue };
                let place = |units: i64, offset: i64| units * granularity + offset;
                match kind {
                    1 | 2 => nodes(entity, kind, |id, x, y| {
                        at.insert(id, (place(x, lon), place(y, lat)));
                    })?,
                    3 => wanted.extend(ordinary_road(entity, &strings)?),
                    _ => {}
                }
            }
        }
        wanted.sort_unstable();
        wanted.dedup();
        let found = wanted.iter().filter_map(|id| at.get(id).map(|(lon, lat)| (*id, *lon, *lat)));
        let roads = Self(found.collect());
        if roads.0.is_empty() { Err("no ordinary road in this extract".into()) } else { Ok(roads) }
    }

    fn width(&self) -> i64 {
        spread(self.0.iter().map(|node| node.1)) + GAP
    }

    fn height(&self) -> i64 {
        spread(self.0.iter().map(|node| node.2)) + GAP
    }

    /// In each of several bands the two outermost nodes: the last and the first along `of`.
    fn ends(&self, of: fn(&(i64, i64, i64)) -> i64, across: fn(&(i64, i64, i64)) -> i64) -> Vec<(i64, i64)> {
        let mut sorted = self.0.clone();
        sorted.sort_by_key(|node| (across(node), node.0));
        let bands = sorted.chunks(sorted.len().div_ceil(LINKS));
        let outermost = |band: &[(i64, i64, i64)]| {
            let (first, last) =
                (band.iter().min_by_key(|node| of(node)), band.iter().max_by_key(|node| of(node)));
            Some((last?.0, first?.0))
        };
        bands.filter_map(outermost).collect()
    }
}

fn spread(values: impl Iterator<Item = i64> + Clone) -> i64 {
    values.clone().max().unwrap_or(0) - values.min().unwrap_or(0)
}

fn text(value: Value<'_>) -> Option<&str> {
    match value {
        Value::Bytes(bytes) => Some(std::str::from_utf8(bytes).unwrap_or("")),
        Value::Number(_) => None,
    }
}

fn nodes(entity: &[u8], kind: u64, mut each: impl FnMut(i64, i64, i64)) -> Result<(), Failure> {
    let (mut ids, mut lats, mut lons) = (Vec::new(), Vec::new(), Vec::new());
    for (number, value) in fields(entity)? {
        match (kind, number, value) {
            (1, 1, Value::Number(id)) => ids.push(unzigzag(id)),
            (1, 8, Value::Number(lat)) => lats.push(unzigzag(lat)),
            (1, 9, Value::Number(lon)) => lons.push(unzigzag(lon)),
            (2, 1, Value::Bytes(list)) => ids = sums(list)?,
            (2, 8, Value::Bytes(list)) => lats = sums(list)?,
            (2, 9, Value::Bytes(list)) => lons = sums(list)?,
            _ => {}
        }
    }
    for ((id, lon), lat) in ids.into_iter().zip(lons).zip(lats) {
        each(id, lon, lat);
    }
    Ok(())
}

/// The nodes of a way that is an open two-way road; none for another way.
fn ordinary_road(way: &[u8], strings: &[&str]) -> Result<Vec<i64>, Failure> {
    const CLASSES: [&str; 5] = ["primary", "secondary", "tertiary", "unclassified", "residential"];
    let (mut keys, mut values, mut refs) = (Vec::new(), Vec::new(), Vec::new());
    let list = |mut bytes: &[u8]| {
        let mut found = Vec::new();
        while !bytes.is_empty() {
            found.push(*strings.get(usize::try_from(varint(&mut bytes)?)?).ok_or("no such string")?);
        }
        Ok::<_, Failure>(found)
    };
    for (number, value) in fields(way)? {
        match (number, value) {
            (2, Value::Bytes(bytes)) => keys = list(bytes)?,
            (3, Value::Bytes(bytes)) => values = list(bytes)?,
            (8, Value::Bytes(bytes)) => refs = sums(bytes)?,
            _ => {}
        }
    }
    let is_road = keys.iter().zip(&values).any(|(key, value)| *key == "highway" && CLASSES.contains(value));
    let is_special = keys.iter().any(|key| ["oneway", "access", "motor_vehicle", "junction"].contains(key));
    Ok(if is_road && !is_special { refs } else { Vec::new() })
}

/// A block of the roads between copies.
fn links(roads: &Roads, side: i64) -> Vec<u8> {
    let east = roads.ends(|node| node.1, |node| node.2);
    let north = roads.ends(|node| node.2, |node| node.1);
    let strings: Vec<u8> =
        ["", "highway", "secondary"].iter().flat_map(|word| field(1, word.as_bytes())).collect();
    let mut group = Vec::new();
    let mut id = side * side * IDS;
    for copy in 0..side * side {
        for (neighbour, ends, exists) in
            [(copy + 1, &east, copy % side + 1 < side), (copy + side, &north, copy / side + 1 < side)]
        {
            for (last, first) in ends.iter().filter(|_| exists) {
                let (from, to) = (last + copy * IDS, first + neighbour * IDS);
                let mut refs = Vec::new();
                put_varint(&mut refs, zigzag(from));
                put_varint(&mut refs, zigzag(to - from));
                let way =
                    [number_field(1, id as u64), field(2, &[1]), field(3, &[2]), field(8, &refs)].concat();
                group.extend(field(3, &way));
                id += 1;
            }
        }
    }
    [field(1, &strings), field(2, &group)].concat()
}
