//! A town drawn with letters: each a node, a hundred metres from its neighbours in the drawing.
//!
//! Lines between letters are decoration; roads are named by the letters they pass. The town lies at the equator, where
//! a hundred metres are 8983 and 9044 ten-millionths of a degree.

use std::io::Cursor;
use std::path::Path;

use geo::Point;
use tournee::matrix::{Leg, Travel, leg, travel_matrix};
use tournee::network::{RoadNetwork, Snap, SnapError};
use tournee::traveller::{Profile, Traveller};
use tournee::units::Metres;

use super::pbf_writer::{Extract, Packing};

const EAST: i64 = 8_983;
const NORTH: i64 = 9_044;

pub const CAR: Traveller = Traveller::of(Profile::Car);
pub const FOOT: Traveller = Traveller::of(Profile::Foot);

/// A town being built.
pub struct Town {
    extract: Extract,
    /// Letter, column, row from the south.
    letters: Vec<(char, i64, i64)>,
    tagged: Vec<char>,
    ways: Vec<String>,
    relations: i64,
}

impl Town {
    /// Two columns of the drawing are a hundred metres, and so is a row; lines without letters are rows too.
    pub fn draw(drawing: &str) -> Self {
        let rows: Vec<&str> = drawing.lines().filter(|line| !line.trim().is_empty()).collect();
        let margin = rows.iter().map(|row| row.len() - row.trim_start().len()).min().unwrap_or(0);
        let mut letters = Vec::new();
        for (row, line) in rows.iter().rev().enumerate() {
            for (column, letter) in line[margin..].char_indices().filter(|(_, c)| c.is_ascii_alphanumeric()) {
                letters.push((letter, column as i64, row as i64));
            }
        }
        Self { extract: Extract::default(), letters, tagged: Vec::new(), ways: Vec::new(), relations: 0 }
    }

    fn units(&self, letter: char) -> (i64, i64) {
        let (_, column, row) =
            self.letters.iter().find(|(other, ..)| *other == letter).expect("a letter drawn");
        (column * EAST / 2, row * NORTH)
    }

    /// Where a letter stands.
    pub fn point(&self, letter: char) -> Point {
        let (lon, lat) = self.units(letter);
        Point::new(lon as f64 / 1e7, lat as f64 / 1e7)
    }

    /// Tags of one letter.
    pub fn node(mut self, letter: char, tags: &str) -> Self {
        let (lon, lat) = self.units(letter);
        self.extract.node(i64::from(u32::from(letter)), lon, lat, tags);
        self.tagged.push(letter);
        self
    }

    /// A road along letters. Its number is its place among the roads, from 1.
    pub fn way(mut self, letters: &str, tags: &str) -> Self {
        let nodes: Vec<i64> = letters.chars().map(|letter| i64::from(u32::from(letter))).collect();
        self.ways.push(letters.to_owned());
        self.extract.way(self.ways.len() as i64, &nodes, tags);
        self
    }

    /// Several roads with equal tags.
    pub fn ways(self, all: &[&str], tags: &str) -> Self {
        all.iter().fold(self, |town, letters| town.way(letters, tags))
    }

    /// A turn restriction from a road over a letter, or over a road, onto a road.
    pub fn restriction(self, from: &str, via: &str, to: &str, tags: &str) -> Self {
        let number = |letters: &str| {
            let place = self.ways.iter().position(|other| other == letters);
            place.map(|place| place as i64 + 1)
        };
        let via = number(via).map_or_else(
            || ("via", i64::from(u32::from(via.chars().next().expect("a letter"))), 0),
            |way| ("via", way, 1),
        );
        let members =
            [("from", number(from).expect("a road"), 1), via, ("to", number(to).expect("a road"), 1)];
        self.relation(&members, &format!("type=restriction {tags}"))
    }

    /// A relation of any members: `(role, number, 0 for a node or 1 for a way)`.
    pub fn relation(mut self, members: &[(&str, i64, u64)], tags: &str) -> Self {
        self.relations += 1;
        self.extract.relation(self.relations, members, tags);
        self
    }

    /// The file.
    pub fn pbf(mut self, packing: Packing) -> (Vec<u8>, Self) {
        for (letter, ..) in self.letters.clone() {
            if !self.tagged.contains(&letter) {
                self = self.node(letter, "");
            }
        }
        (self.extract.pbf(packing), self)
    }

    /// Opens it.
    pub fn build(self) -> BuiltTown {
        let (bytes, town) = self.pbf(Packing::Raw);
        let network =
            RoadNetwork::read(Path::new("town.osm.pbf"), &mut Cursor::new(bytes)).expect("a sound town");
        BuiltTown { town, network }
    }
}

/// A town with its roads.
pub struct BuiltTown {
    town: Town,
    pub network: RoadNetwork,
}

impl BuiltTown {
    /// Where a letter stands.
    pub fn point(&self, letter: char) -> Point {
        self.town.point(letter)
    }

    pub fn snap(&self, traveller: &Traveller, letter: char) -> Result<Snap, SnapError> {
        self.network.snap(traveller, self.town.point(letter), Metres(10))
    }

    fn leg(&self, traveller: &Traveller, from: char, to: char) -> Option<Leg> {
        let snap =
            |letter| self.snap(traveller, letter).unwrap_or_else(|error| panic!("{letter}: {error:?}"));
        let (from, to) = (snap(from), snap(to));
        let leg = leg(&self.network, traveller, &from, &to);
        let cell = travel_matrix(&self.network, traveller, &[from], &[to]).get(0, 0);
        assert_eq!(leg.as_ref().map(|leg| leg.travel), cell, "a leg and its matrix cell agree");
        leg
    }

    /// The letters passed from one to another, both included.
    pub fn route(&self, traveller: &Traveller, from: char, to: char) -> Option<String> {
        let leg = self.leg(traveller, from, to)?;
        let letter_at = |point: Point| {
            self.town.letters.iter().map(|(letter, ..)| *letter).find(|letter| {
                let at = self.town.point(*letter);
                (at.x() - point.x()).abs() < 2e-7 && (at.y() - point.y()).abs() < 2e-7
            })
        };
        let mut letters: Vec<char> = leg.line.points().filter_map(letter_at).collect();
        letters.dedup();
        Some(letters.into_iter().collect())
    }

    pub fn travel(&self, traveller: &Traveller, from: char, to: char) -> Option<Travel> {
        self.leg(traveller, from, to).map(|leg| leg.travel)
    }
}
