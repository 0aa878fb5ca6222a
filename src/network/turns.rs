//! What a turn costs, and which turns there are.
//!
//! The cost of an angle is that of OSRM's stock car profile: a sigmoid that reaches 7.5 s for the sharpest turn, a
//! little dearer to the left, where oncoming traffic is crossed; 20 s more to turn round. It assumes that people drive
//! on the right.

use rustc_hash::FxHashMap;

use super::geometry::{Position, bearing, line_metres};
use super::map::{Faces, RoadMap, TurnRule, Way};
use crate::traveller::Traveller;

const SHARPEST_TURN: f64 = 7.5;
const LEFT_BIAS: f64 = 1.075;
const TURN_ROUND: f64 = 20.0;

/// Seconds to turn by `angle` degrees, -180 to 180, positive to the right, where more than two roads meet.
fn angle_seconds(angle: f64) -> f64 {
    let (bias, angle) = if angle >= 0.0 { (LEFT_BIAS, angle) } else { (1.0 / LEFT_BIAS, -angle) };
    SHARPEST_TURN / (1.0 + (-(13.0 / bias * angle / 180.0 - 6.5 * bias)).exp())
}

/// Turn costs of one map for one traveller.
pub(super) struct TurnCosts<'a> {
    map: &'a RoadMap,
    traveller: &'a Traveller,
    /// By way: direction in which it leaves its beginning, in degrees from north.
    leaving: Vec<f32>,
    /// By junction: how many usable roads meet.
    roads: Vec<u32>,
}

impl<'a> TurnCosts<'a> {
    /// Linear in the size of the map.
    pub(super) fn new(map: &'a RoadMap, traveller: &'a Traveller, is_usable: impl Fn(Way) -> bool) -> Self {
        let mut leaving = Vec::with_capacity(map.segment_count() as usize * 2);
        let mut roads = vec![0; map.graph.node_count()];
        for segment in 0..map.segment_count() {
            let line: Vec<Position> = map.line(segment).collect();
            leaving.push(first_bearing(line.iter().copied()));
            leaving.push(first_bearing(line.iter().rev().copied()));
            let (a, b) = map.ends(Way::new(segment, false));
            if is_usable(Way::new(segment, false)) || is_usable(Way::new(segment, true)) {
                roads[a.index()] += 1;
                roads[b.index()] += 1;
            }
        }
        Self { map, traveller, leaving, roads }
    }

    /// Milliseconds to pass from the end of one way onto another.
    pub(super) fn milliseconds(&self, from: Way, onto: Way, ways_here: &[Way]) -> u32 {
        let junction = self.map.ends(from).1;
        let turns_round = onto == from.reversed();
        let mut seconds = self.delay(from, onto, ways_here);
        if self.roads[junction.index()] > 2 || turns_round {
            let arriving = f64::from(self.leaving[from.reversed().0 as usize]) + 180.0;
            let angle = (f64::from(self.leaving[onto.0 as usize]) - arriving).rem_euclid(360.0);
            let angle = if turns_round || angle <= 180.0 { angle.min(180.0) } else { angle - 360.0 };
            seconds += angle_seconds(if turns_round { 180.0 } else { angle });
        }
        if turns_round {
            seconds += TURN_ROUND;
        }
        (seconds * 1000.0).round() as u32
    }

    /// Signals, signs and gates met on arriving by `from`.
    fn delay(&self, from: Way, onto: Way, ways_here: &[Way]) -> f64 {
        let junction = self.map.ends(from).1;
        let delay = self.map.graph[junction].delay;
        let speed = |way: Way| self.map.lane(way, self.traveller).speed;
        let is_met = match delay.faces {
            Faces::All => !self.is_behind(from, onto),
            Faces::Drawn => !from.is_against(),
            Faces::Against => from.is_against(),
            Faces::Minor => ways_here.iter().any(|other| speed(*other) > speed(from)),
        };
        if is_met { f64::from(delay.seconds) } else { 0.0 }
    }

    /// A sign that stands on one road, with no direction mapped, belongs to the nearer crossing: whoever comes from
    /// there has passed it. Signals and gates stop both ways.
    fn is_behind(&self, from: Way, onto: Way) -> bool {
        const NEAR_MILLIMETRES: u32 = 20_000;
        let junction = self.map.ends(from).1;
        let length = |way: Way| self.map.segment(way.segment()).millimetres;
        self.map.graph[junction].delay.is_sign
            && self.roads[junction.index()] == 2
            && length(from) < NEAR_MILLIMETRES
            && length(onto) > NEAR_MILLIMETRES
    }
}

/// Direction from the first point to what lies some ten metres on: mappers' last metres into a crossing are wobbly.
fn first_bearing(line: impl Iterator<Item = Position>) -> f32 {
    const LOOK_AHEAD: f64 = 10.0;
    let mut line = line.peekable();
    let Some(first) = line.peek().copied() else { return 0.0 };
    let mut last = first;
    for point in line {
        last = point;
        if line_metres(first, point) >= LOOK_AHEAD {
            break;
        }
    }
    bearing(first, last) as f32
}

/// Turn restrictions by their ways, followed along a journey.
///
/// A restriction over several ways needs memory: having come along its first ways, its last one is closed (or the only
/// one open). The memory is the list of restrictions begun, each with how many of its ways lie behind.
pub(super) struct Restrictions<'a> {
    rules: Vec<&'a TurnRule>,
    /// By way: the rules that begin with it.
    begun_by: FxHashMap<Way, Vec<u32>>,
}

/// Restrictions begun: `(rule, ways driven beyond its first)`, sorted. Empty as a rule.
pub(super) type Memory = Vec<(u32, u32)>;

impl<'a> Restrictions<'a> {
    /// Those that the traveller obeys.
    pub(super) fn new(map: &'a RoadMap, traveller: &Traveller) -> Self {
        let rules = map.turn_rules.iter().filter(|rule| rule.binds(traveller));
        let rules: Vec<&TurnRule> = rules.filter(|rule| rule.path.len() > 1).collect();
        let mut begun_by: FxHashMap<Way, Vec<u32>> = FxHashMap::default();
        for (index, rule) in (0_u32..).zip(&rules) {
            begun_by.entry(rule.path[0]).or_default().push(index);
        }
        Self { rules, begun_by }
    }

    /// Rules that are about what follows `way`, driven with `memory`: each with how many of its ways lie behind it.
    fn active<'m>(&'m self, way: Way, memory: &'m Memory) -> impl Iterator<Item = (u32, u32)> + 'm {
        let begun = self.begun_by.get(&way).map_or(&[][..], Vec::as_slice);
        memory.iter().copied().chain(begun.iter().map(|rule| (*rule, 0)))
    }

    /// Whether `onto` may follow `way`.
    pub(super) fn allow(&self, way: Way, memory: &Memory, onto: Way) -> bool {
        self.active(way, memory).all(|(rule, behind)| {
            let rule = self.rules[rule as usize];
            let is_about_next = behind as usize + 2 == rule.path.len();
            !is_about_next || (rule.path[behind as usize + 1] == onto) == rule.is_only
        })
    }

    /// The memory of whoever goes on from `way` onto `onto`.
    pub(super) fn remember(&self, way: Way, memory: &Memory, onto: Way) -> Memory {
        let goes_on = |(rule, behind): &(u32, u32)| {
            let path = &self.rules[*rule as usize].path;
            (*behind as usize) + 2 < path.len() && path[*behind as usize + 1] == onto
        };
        let mut later: Memory =
            self.active(way, memory).filter(goes_on).map(|(rule, behind)| (rule, behind + 1)).collect();
        later.sort_unstable();
        later
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn going_straight_is_free_and_left_is_dearer_than_right() {
        assert!(angle_seconds(0.0) < 0.1);
        assert!((angle_seconds(90.0) - 2.1).abs() < 0.1, "{}", angle_seconds(90.0));
        assert!((angle_seconds(-90.0) - 5.4).abs() < 0.1, "{}", angle_seconds(-90.0));
        assert!(angle_seconds(180.0) <= SHARPEST_TURN);
    }
}
