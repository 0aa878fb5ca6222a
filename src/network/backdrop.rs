//! The main roads of an area as lines to draw: a backdrop for maps, not for travel.

use geo::{LineString, Point, SimplifyIdx};

use super::geometry::Position;
use super::map::{RoadMap, Way, profile_index};
use crate::traveller::Profile;

/// Points nearer to the drawn line than that are left out.
const TOLERANCE_METRES: f64 = 30.0;

/// Metres of a degree of latitude.
const METRES_OF_DEGREE: f64 = 111_195.0;

/// Slower and slower roads are drawn, in hundredths of km/h, as long as they fit.
const SPEEDS_FROM: [u16; 8] = [7_500, 6_000, 5_200, 4_500, 3_800, 3_000, 2_000, 0];

/// Degrees of longitude and latitude: west and south, east and north.
pub type Bounds = [Point; 2];

/// Lines of the fastest roads that cars may use within `bounds`, as many classes of speed as have at most `points_max`
/// points, simplified to 30 m; empty if the fastest class alone has more. Neither ferries nor private drives.
///
/// Linear in the map for each class. Same map, same lines in the same order.
pub fn backdrop(map: &RoadMap, bounds: Bounds, points_max: usize) -> Vec<Vec<Point>> {
    let [low, high] = bounds;
    let is_inside = |at: Position| {
        let at = at.point();
        (low.x()..=high.x()).contains(&at.x()) && (low.y()..=high.y()).contains(&at.y())
    };
    let near: Vec<(u16, u32)> = (0..map.segment_count())
        .filter(|&segment| map.line(segment).any(is_inside))
        .filter_map(|segment| speed(map, segment).map(|speed| (speed, segment)))
        .collect();
    let mut drawn = Vec::new();
    for from in SPEEDS_FROM {
        let fast = near.iter().filter(|(speed, _)| *speed >= from).map(|&(_, segment)| segment);
        let lines: Vec<Vec<Point>> =
            chains(map, &fast.collect::<Vec<_>>()).iter().map(|line| simple(line)).collect();
        if lines.iter().map(Vec::len).sum::<usize>() > points_max {
            break;
        }
        drawn = lines;
    }
    drawn
}

/// Of the faster direction for cars; none where it is no road for everybody.
fn speed(map: &RoadMap, segment: u32) -> Option<u16> {
    let lanes = map.traffic(segment).lanes[profile_index(Profile::Car)];
    let open = lanes.iter().filter(|lane| lane.access == super::Access::Public && lane.is_endpoint);
    open.map(|lane| lane.speed).max()
}

/// The segments' lines, joined where exactly two of them meet.
fn chains(map: &RoadMap, segments: &[u32]) -> Vec<Vec<Position>> {
    let mut meeting: Vec<(usize, u32)> = Vec::with_capacity(segments.len() * 2);
    for &segment in segments {
        let (a, b) = map.ends(Way::new(segment, false));
        meeting.extend([(a.index(), segment), (b.index(), segment)]);
    }
    meeting.sort_unstable();
    let at = |junction: usize| {
        let first = meeting.partition_point(|(other, _)| *other < junction);
        let end = meeting.partition_point(|(other, _)| *other <= junction);
        &meeting[first..end]
    };
    let mut is_drawn = vec![false; segments.len()];
    let mut lines = Vec::new();
    // First from where chains end, then what is left: rings.
    for only_ends in [true, false] {
        for &segment in segments {
            for against in [false, true] {
                let start = Way::new(segment, against);
                if !only_ends || at(map.ends(start).0.index()).len() != 2 {
                    let line = chain(map, start, segments, &mut is_drawn, at);
                    lines.extend((line.len() > 1).then_some(line));
                }
            }
        }
    }
    lines
}

/// From the beginning of `way` on, as far as there is one way on that is not drawn.
fn chain<'a>(
    map: &RoadMap,
    mut way: Way,
    segments: &[u32],
    is_drawn: &mut [bool],
    at: impl Fn(usize) -> &'a [(usize, u32)],
) -> Vec<Position> {
    let mut line: Vec<Position> = Vec::new();
    loop {
        let index = segments.binary_search(&way.segment()).expect("meetings are of these segments");
        if std::mem::replace(&mut is_drawn[index], true) {
            return line;
        }
        let points = map.line(way.segment());
        let skip = usize::from(!line.is_empty());
        if way.is_against() {
            line.extend(points.rev().skip(skip));
        } else {
            line.extend(points.skip(skip));
        }
        let end = map.ends(way).1;
        let &[(_, one), (_, other)] = at(end.index()) else { return line };
        let next = if one == way.segment() { other } else { one };
        way = Way::new(next, map.ends(Way::new(next, false)).0 != end);
    }
}

/// The line without the points that hardly change it (Douglas & Peucker 1973).
fn simple(line: &[Position]) -> Vec<Point> {
    let points: Vec<Point> = line.iter().map(|at| at.point()).collect();
    let narrowing = points[0].y().to_radians().cos();
    let flat: LineString = points.iter().map(|at| (at.x() * narrowing, at.y())).collect();
    flat.simplify_idx(TOLERANCE_METRES / METRES_OF_DEGREE).into_iter().map(|index| points[index]).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::network::{RoadNetwork, SketchSettings};
    use crate::units::Metres;

    /// A row of villages, a hundredth of a degree apart, joined to their neighbours.
    fn row(count: u32) -> RoadNetwork {
        let points: Vec<Point> =
            (0..count).map(|index| Point::new(3.0 + f64::from(index) / 100.0, 47.0)).collect();
        let settings = SketchSettings { neighbours: 1, detour: 1.2, speeds: vec![(Metres(1_000_000), 50)] };
        RoadNetwork::sketch(&points, &settings)
    }

    const ALL: f64 = 90.0;

    fn lines(roads: &RoadNetwork, points_max: usize) -> Vec<Vec<Point>> {
        backdrop(roads.map(), [Point::new(-ALL, -ALL), Point::new(ALL, ALL)], points_max)
    }

    #[test]
    fn segments_in_a_row_are_one_line_and_a_straight_line_has_two_points() {
        let found = lines(&row(6), 100);
        let ends: Vec<f64> = found.iter().flatten().map(|at| at.x()).collect();
        assert_eq!(found.len(), 1, "{found:?}");
        assert_eq!(ends.len(), 2, "{found:?}");
        assert!((ends[0] - ends[1]).abs() > 0.049, "from the first to the last: {ends:?}");
    }

    #[test]
    fn what_does_not_fit_is_left_out_and_so_is_what_lies_elsewhere() {
        assert!(lines(&row(6), 1).is_empty());
        let elsewhere = [Point::new(10.0, 40.0), Point::new(11.0, 41.0)];
        assert!(backdrop(row(6).map(), elsewhere, 100).is_empty());
    }
}
