//! How far one gets in so many minutes: areas around the roads that are within reach of a point.
//!
//! In: a network, snapped points and limits. Out: an [`Isochrone`] for each point and limit.
//!
//! The roads within reach end exactly where the time is up. A square grid is laid over them; every cell with such a road
//! counts, with the eight cells around it, and so does land that they enclose if no other road lies there. The outline runs
//! half-way between the centres of counted cells and the others (marching squares, Lorensen & Cline 1987 in the plane),
//! which gives valid polygons whose rings never touch. So, of an outline with cells of `c` metres:
//!
//! - every point within 0.4 `c` of a road within reach is inside;
//! - every road out of reach that is farther than 3 `c` from all roads within reach is outside;
//! - the outline of a shorter limit lies inside that of a longer one.
//!
//! As nothing is rounded afterwards, this holds in the file as well.

mod contour;
mod grid;

use geo::MultiPolygon;
use rayon::prelude::*;

use crate::matrix::{Heading, Stretch, stretches};
use crate::network::{RoadMap, RoadNetwork, Snap, TravelGraph};
use crate::traveller::Traveller;
use crate::units::Seconds;

use grid::Grid;

/// Side of a cell, in metres. Doubled, for all limits of a point alike, until no more than [`CELLS_MAX`] are needed.
pub const CELL_METRES: u32 = 20;

/// Most cells of a grid, which takes up to eight bytes for each: 80 km by 80 km in cells of 20 m.
const CELLS_MAX: u64 = 1 << 24;

/// Most limits of a point.
pub const LIMITS_MAX: usize = 24;

/// What is within reach of a point.
#[derive(Clone, Debug, PartialEq)]
pub struct Isochrone {
    /// Longest time, the gap between the point and the road included.
    pub limit: Seconds,
    /// The road within reach, each metre once.
    pub road: Vec<Piece>,
    /// Length of that road in metres.
    pub road_metres: u64,
    /// WGS84 with at most 7 decimals, valid, outer rings counter-clockwise; nothing where no road is within reach.
    pub outline: MultiPolygon,
    /// Side of the grid's cells, in metres.
    pub cell_metres: u32,
}

/// A part of a segment.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Piece {
    /// Position of the segment in the map.
    pub segment: u32,
    /// Where it begins, by length as drawn: 0 to 1.
    pub low: f64,
    /// Where it ends, likewise.
    pub high: f64,
}

/// For each point, what is within each of the limits, in their order: on journeys that begin at the point, or end there. In
/// parallel over the points.
///
/// A search of the network for each point; then linear in the roads, and in the cells of the grid for each limit. At most
/// [`LIMITS_MAX`] limits count.
pub fn isochrones(
    network: &RoadNetwork,
    traveller: &Traveller,
    points: &[Snap],
    limits: &[Seconds],
    heading: Heading,
) -> Vec<Vec<Isochrone>> {
    let graph = network.travel_graph(traveller);
    let limits = &limits[..limits.len().min(LIMITS_MAX)];
    let around =
        |point| around(network.map(), &graph, &stretches(network, traveller, point, heading), point, limits);
    points.par_iter().map(around).collect()
}

fn around(
    map: &RoadMap,
    graph: &TravelGraph,
    stretches: &[Stretch],
    point: &Snap,
    limits: &[Seconds],
) -> Vec<Isochrone> {
    let roads: Vec<Vec<Piece>> = limits
        .iter()
        .map(|limit| {
            let within = stretches.iter().filter_map(|stretch| {
                let (low, high) = stretch.within(*limit - point.gap_time)?;
                Some(Piece { segment: stretch.segment, low, high })
            });
            merged(within.collect())
        })
        .collect();
    let mut ranks: Vec<usize> = (0..limits.len()).collect();
    ranks.sort_by_key(|index| limits[*index]);
    let grid = Grid::over(map, graph, ranks.iter().map(|index| &roads[*index][..]));
    let mut found: Vec<Option<Isochrone>> = vec![None; limits.len()];
    let mut outlines = grid.map(|grid| (grid.cell_metres(), grid.outlines(limits.len())));
    for (rank, index) in ranks.into_iter().enumerate() {
        let road = roads[index].clone();
        let (cell_metres, outline) = match &mut outlines {
            Some((cell, outlines)) => {
                (*cell, std::mem::replace(&mut outlines[rank], MultiPolygon::new(vec![])))
            }
            None => (CELL_METRES, MultiPolygon::new(Vec::new())),
        };
        let road_metres = length(map, &road);
        found[index] = Some(Isochrone { limit: limits[index], road, road_metres, outline, cell_metres });
    }
    found.into_iter().flatten().collect()
}

/// Pieces without overlap: `pieces` are in the order of their segments.
fn merged(mut pieces: Vec<Piece>) -> Vec<Piece> {
    pieces.sort_by(|a, b| a.segment.cmp(&b.segment).then(a.low.total_cmp(&b.low)));
    let mut kept: Vec<Piece> = Vec::with_capacity(pieces.len());
    for piece in pieces {
        match kept.last_mut() {
            Some(last) if last.segment == piece.segment && piece.low <= last.high => {
                last.high = last.high.max(piece.high);
            }
            _ => kept.push(piece),
        }
    }
    kept
}

fn length(map: &RoadMap, road: &[Piece]) -> u64 {
    let metres =
        |piece: &Piece| f64::from(map.segment(piece.segment).millimetres) / 1000.0 * (piece.high - piece.low);
    road.iter().map(metres).sum::<f64>().round() as u64
}
