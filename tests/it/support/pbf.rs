//! OpenStreetMap extracts small enough to draw, written as `.osm.pbf` without compression.

use std::path::PathBuf;

use tempfile::TempDir;

/// A way: ids of its nodes, then its tags.
pub type Way<'a> = (&'a [i64], &'a [(&'a str, &'a str)]);

/// An extract in a folder of its own, which lives as long as the value.
pub struct Extract {
    _folder: TempDir,
    /// The file.
    pub path: PathBuf,
}

/// Writes nodes (id, longitude, latitude) and ways to a file.
pub fn extract(nodes: &[(i64, f64, f64)], ways: &[Way<'_>]) -> Extract {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let path = folder.path().join("roads.osm.pbf");
    fs_err::write(&path, bytes(nodes, ways)).expect("a temporary file");
    Extract { _folder: folder, path }
}

/// The same in memory.
pub fn bytes(nodes: &[(i64, f64, f64)], ways: &[Way<'_>]) -> Vec<u8> {
    let header = field_bytes(4, b"OsmSchema-V0.6");
    [blob("OSMHeader", &header), blob("OSMData", &block(nodes, ways))].concat()
}

fn blob(kind: &str, content: &[u8]) -> Vec<u8> {
    let blob = field_bytes(1, content);
    let header = [field_bytes(1, kind.as_bytes()), field_number(3, blob.len() as u64)].concat();
    let length = u32::try_from(header.len()).expect("a small header").to_be_bytes();
    [&length[..], &header, &blob].concat()
}

fn block(nodes: &[(i64, f64, f64)], ways: &[Way<'_>]) -> Vec<u8> {
    let mut strings: Vec<&str> = vec![""];
    let mut index_of = |word| {
        strings.iter().position(|known| *known == word).unwrap_or_else(|| {
            strings.push(word);
            strings.len() - 1
        }) as u64
    };
    let mut group = Vec::new();
    for (id, lon, lat) in nodes {
        // Granularity is a hundred billionths of a degree unless a block says otherwise.
        let units = |degrees: f64| zigzag((degrees * 1e7).round() as i64);
        let node = [field_number(1, zigzag(*id)), field_number(8, units(*lat)), field_number(9, units(*lon))];
        group.extend(field_bytes(1, &node.concat()));
    }
    for (id, (refs, tags)) in (1u64..).zip(ways) {
        let keys: Vec<u8> = tags.iter().flat_map(|(key, _)| varint(index_of(key))).collect();
        let values: Vec<u8> = tags.iter().flat_map(|(_, value)| varint(index_of(value))).collect();
        let steps = std::iter::once(refs[0]).chain(refs.windows(2).map(|pair| pair[1] - pair[0]));
        let steps: Vec<u8> = steps.flat_map(|step| varint(zigzag(step))).collect();
        let way =
            [field_number(1, id), field_bytes(2, &keys), field_bytes(3, &values), field_bytes(8, &steps)];
        group.extend(field_bytes(3, &way.concat()));
    }
    let table: Vec<u8> = strings.iter().flat_map(|word| field_bytes(1, word.as_bytes())).collect();
    [field_bytes(1, &table), field_bytes(2, &group)].concat()
}

fn field_bytes(field: u64, content: &[u8]) -> Vec<u8> {
    [&varint(field << 3 | 2)[..], &varint(content.len() as u64), content].concat()
}

fn field_number(field: u64, number: u64) -> Vec<u8> {
    [varint(field << 3), varint(number)].concat()
}

fn zigzag(number: i64) -> u64 {
    ((number << 1) ^ (number >> 63)) as u64
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
