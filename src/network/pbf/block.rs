//! The content of a blob: the file's header, and blocks of nodes, ways and relations.
//!
//! A block lends its strings; entities are handed to a function one by one and nothing is kept. Reference:
//! wiki.openstreetmap.org/wiki/PBF_Format (read 2026-11).

use super::wire::{Deltas, Fields, Malformed, Packed, zigzag};
use crate::network::tags::Tags;

/// Most strings of a block, tags of an object and members of a relation that are believed. Writers put at most 16 000
/// objects in a block, and OpenStreetMap keeps an object to some hundreds of tags.
const STRINGS_MAX: usize = 1 << 20;
const PARTS_MAX: usize = 1 << 16;

/// What a reader must understand, of the file's header.
pub fn required_features(header: &[u8]) -> Result<Vec<String>, Malformed> {
    let mut fields = Fields(header);
    let mut features = Vec::new();
    while let Some((field, value)) = fields.next()? {
        if field == 4 {
            features.push(String::from_utf8_lossy(value.bytes()?).into_owned());
        }
    }
    Ok(features)
}

/// A block of entities over its uncompressed bytes.
#[derive(Clone, Debug)]
pub struct Block<'a> {
    strings: Vec<&'a str>,
    groups: Vec<&'a [u8]>,
    granularity: i64,
    lon_offset: i64,
    lat_offset: i64,
}

/// A node: where, and its tags.
#[derive(Clone, Copy, Debug)]
pub struct NodeEntry<'t, 'a> {
    /// OpenStreetMap's number.
    pub id: i64,
    /// In ten-millionths of a degree, wherever that is.
    pub lon: i64,
    /// In ten-millionths of a degree, wherever that is.
    pub lat: i64,
    /// All tags.
    pub tags: &'t Tags<'a>,
}

/// A way: its tags and its nodes in order.
#[derive(Clone, Debug)]
pub struct WayEntry<'t, 'a> {
    /// OpenStreetMap's number.
    pub id: i64,
    /// All tags.
    pub tags: &'t Tags<'a>,
    /// Numbers of the nodes, as [`Deltas`] reads them.
    pub nodes: &'a [u8],
}

/// What a relation holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum MemberKind {
    /// A node.
    Node,
    /// A way.
    Way,
    /// Another relation, or something unknown.
    Other,
}

/// One member of a relation.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Member<'a> {
    /// What it is.
    pub kind: MemberKind,
    /// OpenStreetMap's number.
    pub id: i64,
    /// Its part in the relation.
    pub role: &'a str,
}

impl<'a> Block<'a> {
    /// Reads the strings and finds the groups. Strings that are not UTF-8 are taken as empty.
    pub fn new(bytes: &'a [u8]) -> Result<Self, Malformed> {
        let mut block =
            Self { strings: Vec::new(), groups: Vec::new(), granularity: 100, lon_offset: 0, lat_offset: 0 };
        let mut fields = Fields(bytes);
        while let Some((field, value)) = fields.next()? {
            match field {
                1 => block.read_strings(value.bytes()?)?,
                2 => block.groups.push(value.bytes()?),
                17 => block.granularity = i64::from(value.varint()? as i32),
                19 => block.lat_offset = value.varint()? as i64,
                20 => block.lon_offset = value.varint()? as i64,
                _ => {}
            }
        }
        Ok(block)
    }

    fn read_strings(&mut self, bytes: &'a [u8]) -> Result<(), Malformed> {
        let mut fields = Fields(bytes);
        while let Some((field, value)) = fields.next()? {
            if field == 1 {
                if self.strings.len() == STRINGS_MAX {
                    return Err(Malformed);
                }
                self.strings.push(std::str::from_utf8(value.bytes()?).unwrap_or(""));
            }
        }
        Ok(())
    }

    fn string(&self, index: u64) -> Result<&'a str, Malformed> {
        usize::try_from(index).ok().and_then(|index| self.strings.get(index).copied()).ok_or(Malformed)
    }

    /// Whether any group holds nodes.
    pub fn has_nodes(&self) -> Result<bool, Malformed> {
        for group in &self.groups {
            if let Some((1 | 2, _)) = Fields(group).next()? {
                return Ok(true);
            }
        }
        Ok(false)
    }

    /// Hands every node to `each`, plain and dense ones alike.
    pub fn for_each_node(&self, mut each: impl FnMut(NodeEntry<'_, 'a>)) -> Result<(), Malformed> {
        let mut tags = Tags::default();
        for group in &self.groups {
            let mut fields = Fields(group);
            while let Some((field, value)) = fields.next()? {
                match field {
                    1 => self.plain_node(value.bytes()?, &mut tags, &mut each)?,
                    2 => self.dense_nodes(value.bytes()?, &mut tags, &mut each)?,
                    _ => {}
                }
            }
        }
        Ok(())
    }

    fn plain_node(
        &self,
        bytes: &'a [u8],
        tags: &mut Tags<'a>,
        each: &mut impl FnMut(NodeEntry<'_, 'a>),
    ) -> Result<(), Malformed> {
        let mut fields = Fields(bytes);
        let (mut id, mut lon, mut lat) = (None, None, None);
        let (mut keys, mut values) = (Packed::default(), Packed::default());
        while let Some((field, value)) = fields.next()? {
            match field {
                1 => id = Some(zigzag(value.varint()?)),
                2 => keys = Packed(value.bytes()?),
                3 => values = Packed(value.bytes()?),
                8 => lat = Some(zigzag(value.varint()?)),
                9 => lon = Some(zigzag(value.varint()?)),
                _ => {}
            }
        }
        let (Some(id), Some(lon), Some(lat)) = (id, lon, lat) else { return Err(Malformed) };
        self.fill(tags, keys, values)?;
        each(NodeEntry { id, lon: self.longitude(lon), lat: self.latitude(lat), tags });
        Ok(())
    }

    fn dense_nodes(
        &self,
        bytes: &'a [u8],
        tags: &mut Tags<'a>,
        each: &mut impl FnMut(NodeEntry<'_, 'a>),
    ) -> Result<(), Malformed> {
        let mut fields = Fields(bytes);
        let (mut ids, mut lons, mut lats) = (Deltas::default(), Deltas::default(), Deltas::default());
        let mut strings = Packed::default();
        while let Some((field, value)) = fields.next()? {
            match field {
                1 => ids = Deltas::new(value.bytes()?),
                8 => lats = Deltas::new(value.bytes()?),
                9 => lons = Deltas::new(value.bytes()?),
                10 => strings = Packed(value.bytes()?),
                _ => {}
            }
        }
        for id in ids {
            let (lon, lat) = (lons.next().ok_or(Malformed)??, lats.next().ok_or(Malformed)??);
            tags.clear();
            // Key and value of each tag, and a zero after each node's last; absent altogether where no node has any.
            while let Some(key) = strings.next().transpose()?.filter(|key| *key != 0) {
                let value = strings.next().ok_or(Malformed)??;
                self.add(tags, key, value)?;
            }
            each(NodeEntry { id: id?, lon: self.longitude(lon), lat: self.latitude(lat), tags });
        }
        Ok(())
    }

    /// Hands every way to `each`.
    pub fn for_each_way(
        &self,
        mut each: impl FnMut(WayEntry<'_, 'a>) -> Result<(), Malformed>,
    ) -> Result<(), Malformed> {
        let mut tags = Tags::default();
        self.for_each_in_groups(3, |bytes| {
            let mut fields = Fields(bytes);
            let (mut id, mut nodes) = (None, &[][..]);
            let (mut keys, mut values) = (Packed::default(), Packed::default());
            while let Some((field, value)) = fields.next()? {
                match field {
                    1 => id = Some(value.varint()? as i64),
                    2 => keys = Packed(value.bytes()?),
                    3 => values = Packed(value.bytes()?),
                    8 => nodes = value.bytes()?,
                    _ => {}
                }
            }
            self.fill(&mut tags, keys, values)?;
            each(WayEntry { id: id.ok_or(Malformed)?, tags: &tags, nodes })
        })
    }

    /// Hands the tags and members of every relation that `is_wanted` to `each`.
    pub fn for_each_relation(
        &self,
        is_wanted: impl Fn(&Tags<'a>) -> bool,
        mut each: impl FnMut(&Tags<'a>, &[Member<'a>]),
    ) -> Result<(), Malformed> {
        let mut tags = Tags::default();
        let mut members = Vec::new();
        self.for_each_in_groups(4, |bytes| {
            let mut fields = Fields(bytes);
            let (mut keys, mut values) = (Packed::default(), Packed::default());
            let (mut roles, mut ids, mut kinds) = (Packed::default(), Deltas::default(), Packed::default());
            while let Some((field, value)) = fields.next()? {
                match field {
                    2 => keys = Packed(value.bytes()?),
                    3 => values = Packed(value.bytes()?),
                    8 => roles = Packed(value.bytes()?),
                    9 => ids = Deltas::new(value.bytes()?),
                    10 => kinds = Packed(value.bytes()?),
                    _ => {}
                }
            }
            self.fill(&mut tags, keys, values)?;
            if !is_wanted(&tags) {
                return Ok(());
            }
            members.clear();
            for id in ids {
                if members.len() == PARTS_MAX {
                    return Err(Malformed);
                }
                let role = self.string(roles.next().ok_or(Malformed)??)?;
                let kind = match kinds.next().ok_or(Malformed)?? {
                    0 => MemberKind::Node,
                    1 => MemberKind::Way,
                    _ => MemberKind::Other,
                };
                members.push(Member { kind, id: id?, role });
            }
            each(&tags, &members);
            Ok(())
        })
    }

    fn for_each_in_groups(
        &self,
        wanted: u32,
        mut each: impl FnMut(&'a [u8]) -> Result<(), Malformed>,
    ) -> Result<(), Malformed> {
        for group in &self.groups {
            let mut fields = Fields(group);
            while let Some((field, value)) = fields.next()? {
                if field == wanted {
                    each(value.bytes()?)?;
                }
            }
        }
        Ok(())
    }

    fn fill(&self, tags: &mut Tags<'a>, keys: Packed<'a>, mut values: Packed<'a>) -> Result<(), Malformed> {
        tags.clear();
        for key in keys {
            let value = values.next().ok_or(Malformed)??;
            self.add(tags, key?, value)?;
        }
        Ok(())
    }

    fn add(&self, tags: &mut Tags<'a>, key: u64, value: u64) -> Result<(), Malformed> {
        if tags.len() == PARTS_MAX {
            return Err(Malformed);
        }
        tags.push(self.string(key)?, self.string(value)?);
        Ok(())
    }

    fn longitude(&self, units: i64) -> i64 {
        e7(self.lon_offset, self.granularity, units)
    }

    fn latitude(&self, units: i64) -> i64 {
        e7(self.lat_offset, self.granularity, units)
    }
}

/// Nanodegrees to ten-millionths of a degree; numbers that do not fit end up far off the Earth, and are refused there.
fn e7(offset: i64, granularity: i64, units: i64) -> i64 {
    granularity.saturating_mul(units).saturating_add(offset) / 100
}
