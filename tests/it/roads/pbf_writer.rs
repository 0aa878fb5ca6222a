//! Writes small OpenStreetMap PBF files for tests: one blob for the header, one for nodes, ways and relations each.

use std::io::Write;

use flate2::Compression;
use flate2::write::ZlibEncoder;

/// How blobs are packed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Packing {
    Raw,
    Zlib,
    Lz4,
}

/// Key and value pairs written as `key=value key=value`.
pub type Tags<'a> = &'a str;

/// A file being made.
#[derive(Default)]
pub struct Extract {
    strings: Vec<String>,
    nodes: Vec<Vec<u8>>,
    ways: Vec<Vec<u8>>,
    relations: Vec<Vec<u8>>,
}

/// A field number with its wire type.
fn key(field: u64, wire: u64) -> Vec<u8> {
    varint(field << 3 | wire)
}

fn varint(mut number: u64) -> Vec<u8> {
    let mut bytes = Vec::new();
    while number >= 0x80 {
        bytes.push(number as u8 | 0x80);
        number >>= 7;
    }
    bytes.push(number as u8);
    bytes
}

fn zigzag(number: i64) -> u64 {
    ((number << 1) ^ (number >> 63)) as u64
}

pub fn number_field(field: u64, number: u64) -> Vec<u8> {
    [key(field, 0), varint(number)].concat()
}

pub fn bytes_field(field: u64, bytes: &[u8]) -> Vec<u8> {
    [key(field, 2), varint(bytes.len() as u64), bytes.to_vec()].concat()
}

fn packed(field: u64, numbers: impl IntoIterator<Item = u64>) -> Vec<u8> {
    bytes_field(field, &numbers.into_iter().flat_map(varint).collect::<Vec<u8>>())
}

fn deltas(field: u64, numbers: &[i64]) -> Vec<u8> {
    let before = std::iter::once(&0).chain(numbers);
    packed(field, numbers.iter().zip(before).map(|(number, before)| zigzag(number.wrapping_sub(*before))))
}

impl Extract {
    fn string(&mut self, word: &str) -> u64 {
        if self.strings.is_empty() {
            self.strings.push(String::new()); // number 0 is a delimiter
        }
        let known = self.strings.iter().position(|other| other == word);
        known.unwrap_or_else(|| {
            self.strings.push(word.to_owned());
            self.strings.len() - 1
        }) as u64
    }

    fn tags(&mut self, tags: Tags<'_>) -> Vec<u8> {
        let pairs: Vec<(&str, &str)> =
            tags.split_whitespace().map(|tag| tag.split_once('=').expect("key=value")).collect();
        let keys: Vec<u64> = pairs.iter().map(|(key, _)| self.string(key)).collect();
        let values: Vec<u64> = pairs.iter().map(|(_, value)| self.string(value)).collect();
        [packed(2, keys), packed(3, values)].concat()
    }

    /// A plain node, in ten-millionths of a degree.
    pub fn node(&mut self, id: i64, lon: i64, lat: i64, tags: Tags<'_>) {
        let tags = self.tags(tags);
        let place = [number_field(8, zigzag(lat)), number_field(9, zigzag(lon))].concat();
        self.nodes.push([number_field(1, zigzag(id)), tags, place].concat());
    }

    pub fn way(&mut self, id: i64, nodes: &[i64], tags: Tags<'_>) {
        let tags = self.tags(tags);
        self.ways.push([number_field(1, id as u64), tags, deltas(8, nodes)].concat());
    }

    /// Members are `(role, number, 0 for a node or 1 for a way)`.
    pub fn relation(&mut self, id: i64, members: &[(&str, i64, u64)], tags: Tags<'_>) {
        let tags = self.tags(tags);
        let roles: Vec<u64> = members.iter().map(|(role, ..)| self.string(role)).collect();
        let ids: Vec<i64> = members.iter().map(|(_, id, _)| *id).collect();
        let kinds = packed(10, members.iter().map(|(.., kind)| *kind));
        self.relations
            .push([number_field(1, id as u64), tags, packed(8, roles), deltas(9, &ids), kinds].concat());
    }

    /// The file.
    pub fn pbf(&self, packing: Packing) -> Vec<u8> {
        let header = [bytes_field(4, b"OsmSchema-V0.6"), bytes_field(4, b"DenseNodes")].concat();
        let mut file = blob("OSMHeader", &header, packing);
        for (field, entities) in [(1, &self.nodes), (3, &self.ways), (4, &self.relations)] {
            if !entities.is_empty() {
                file.extend(blob("OSMData", &self.block(field, entities), packing));
            }
        }
        file
    }

    fn block(&self, field: u64, entities: &[Vec<u8>]) -> Vec<u8> {
        let strings: Vec<u8> = self.strings.iter().flat_map(|word| bytes_field(1, word.as_bytes())).collect();
        let group: Vec<u8> = entities.iter().flat_map(|entity| bytes_field(field, entity)).collect();
        [bytes_field(1, &strings), bytes_field(2, &group)].concat()
    }
}

/// A blob with its header and length.
pub fn blob(kind: &str, content: &[u8], packing: Packing) -> Vec<u8> {
    let size = number_field(2, content.len() as u64);
    let packed = match packing {
        Packing::Raw => bytes_field(1, content),
        Packing::Zlib => [size, bytes_field(3, &zlib(content))].concat(),
        Packing::Lz4 => [size, bytes_field(6, &lz4_flex::block::compress(content))].concat(),
    };
    framed(kind, &packed)
}

/// A blob as given, with its header and length.
pub fn framed(kind: &str, packed: &[u8]) -> Vec<u8> {
    let header = [bytes_field(1, kind.as_bytes()), number_field(3, packed.len() as u64)].concat();
    [&(header.len() as u32).to_be_bytes()[..], &header, packed].concat()
}

pub fn zlib(content: &[u8]) -> Vec<u8> {
    let mut encoder = ZlibEncoder::new(Vec::new(), Compression::default());
    encoder.write_all(content).expect("memory takes everything");
    encoder.finish().expect("memory takes everything")
}
