//! The road map: junctions and segments as a petgraph graph, the source of truth of everything above it.
//!
//! A segment is stored once, in the direction it was drawn; what each profile may do on it, each way, stands in a
//! [`Traffic`] that alike segments share. Times are not stored: they follow from length and speed.

use petgraph::Directed;
use petgraph::graph::{EdgeIndex, Graph, NodeIndex};
use serde::{Deserialize, Serialize};

use super::geometry::{Position, line_metres};
use super::limits::{DaySet, Limits};
use crate::traveller::{Profile, Traveller};

/// Junctions joined by segments.
pub type RoadGraph = Graph<Junction, Segment, Directed, u32>;

/// Where segments meet, end, or are interrupted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Junction {
    /// On the Earth.
    pub at: Position,
    /// Profiles that may not pass through (a bollard stops cars), though they may turn round in front of it.
    pub closed_to: ProfileSet,
    /// The largest vehicle that passes.
    pub limits: Limits,
    /// What stops vehicles for a moment.
    pub delay: Delay,
}

impl Junction {
    /// Nothing but a meeting of roads.
    pub fn open(at: Position) -> Self {
        Self { at, closed_to: ProfileSet::NONE, limits: Limits::NONE, delay: Delay::default() }
    }

    /// Whether the traveller may not pass through.
    pub fn stops(&self, traveller: &Traveller) -> bool {
        self.closed_to.contains(traveller.profile) || !self.limits.admit(traveller)
    }
}

/// Time that vehicles lose at a junction: signals, a stop sign, a gate.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Delay {
    /// On average.
    pub seconds: u8,
    /// Who meets it.
    pub faces: Faces,
    /// A sign, which one road alone faces even where nothing says which.
    pub is_sign: bool,
}

/// Who meets a sign at a junction.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Faces {
    /// All that arrive.
    #[default]
    All,
    /// Those who arrive along a segment as it was drawn.
    Drawn,
    /// Those who arrive against the drawn direction.
    Against,
    /// Those who arrive by a road slower than another one here.
    Minor,
}

/// A stretch of road between two junctions.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Segment {
    /// Length along the shape, unrounded.
    pub millimetres: u32,
    /// Where its shape begins in [`RoadMap::shapes`].
    pub shape_first: u32,
    /// Number of points of its shape, both junctions excluded.
    pub shape_len: u32,
    /// Position in [`RoadMap::traffics`].
    pub traffic: u32,
}

impl Segment {
    /// Rounded to the nearest metre.
    pub fn metres(&self) -> u32 {
        (self.millimetres + 500) / 1000
    }
}

/// What may drive or walk along a segment, and how fast. Shared by all segments with equal rules.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Traffic {
    /// Each profile (by [`profile_index`]), in the drawn direction and against it.
    pub lanes: [[Lane; 2]; 4],
    /// The largest vehicle.
    pub limits: Limits,
    /// Days on which it is closed, by profile; none: it never is.
    pub closed_days: Option<Box<[DaySet; 4]>>,
    /// Where vehicles go at the average speed of their class of road: that class.
    pub class: Option<ClassSpeed>,
}

impl Traffic {
    /// A lane for `traveller`: [`Lane::CLOSED`] where its dimensions do not fit, or on a day on which it is closed.
    pub fn lane(&self, against: bool, traveller: &Traveller) -> Lane {
        let profile = profile_index(traveller.profile);
        let is_closed = self
            .closed_days
            .as_ref()
            .zip(traveller.date)
            .is_some_and(|(days, date)| days[profile].contains(date));
        if is_closed || !self.limits.admit(traveller) {
            return Lane::CLOSED;
        }
        self.lanes[profile][usize::from(against)]
    }
}

/// Whence the speed of a road without a mapped limit.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct ClassSpeed {
    /// Position in the profile's table of classes.
    pub class: u8,
    /// The most its surface bears, in hundredths of km/h.
    pub bearable: u16,
}

/// One direction of a segment for one profile.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Lane {
    /// Who may use it.
    pub access: Access,
    /// Journeys may begin and end along it; not so on a ferry or a private drive.
    pub is_endpoint: bool,
    /// The speed is that of the road's class, as no limit is mapped; see [`Traffic::class`].
    pub has_class_speed: bool,
    /// In hundredths of km/h, at least 1 where access is granted.
    pub speed: u16,
}

impl Lane {
    /// Nobody may use it.
    pub const CLOSED: Self =
        Self { access: Access::No, is_endpoint: false, has_class_speed: false, speed: 0 };

    /// Open to all at `kmh`.
    pub fn open(kmh: f64) -> Self {
        let speed = (kmh * 100.0).round().clamp(1.0, f64::from(Self::SPEED_MAX)) as u16;
        Self { access: Access::Public, is_endpoint: true, has_class_speed: false, speed }
    }

    /// 200 km/h: nothing on a road is faster, whatever a tag says.
    const SPEED_MAX: u16 = 20_000;

    /// Time to travel `millimetres`, in milliseconds.
    pub fn milliseconds(self, millimetres: u32) -> u64 {
        // mm / (speed/100 km/h) = mm * 360 / speed ms
        let speed = u64::from(self.speed.max(1));
        (u64::from(millimetres) * 360 + speed / 2) / speed
    }

    /// Time to travel `millimetres`, rounded to the nearest second.
    pub fn seconds(self, millimetres: u32) -> u32 {
        whole_seconds(self.milliseconds(millimetres))
    }
}

/// Rounded to the nearest second.
pub fn whole_seconds(milliseconds: u64) -> u32 {
    u32::try_from((milliseconds + 500) / 1000).unwrap_or(u32::MAX)
}

/// Who may use a lane.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Access {
    /// Nobody.
    No,
    /// Only journeys that begin or end beyond (`destination`, `private`): never a way through.
    Local,
    /// Everybody.
    Public,
}

/// A set of profiles.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct ProfileSet(pub u8);

impl ProfileSet {
    /// No profile.
    pub const NONE: Self = Self(0);

    /// Whether `profile` is in the set.
    pub const fn contains(self, profile: Profile) -> bool {
        self.0 >> profile_index(profile) & 1 == 1
    }

    /// Adds `profile`.
    pub const fn insert(&mut self, profile: Profile) {
        self.0 |= 1 << profile_index(profile);
    }
}

/// All profiles, in the order of their indices.
pub const PROFILES: [Profile; 4] = [Profile::Van, Profile::Car, Profile::Bus, Profile::Foot];

/// Position of a profile in the arrays of a [`Traffic`].
pub const fn profile_index(profile: Profile) -> usize {
    match profile {
        Profile::Van => 0,
        Profile::Car => 1,
        Profile::Bus => 2,
        Profile::Foot => 3,
    }
}

/// A segment in one direction: twice its position, plus one against the drawn direction.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Way(pub u32);

impl Way {
    /// `segment` as drawn, or against.
    pub const fn new(segment: u32, against: bool) -> Self {
        Self(segment * 2 + against as u32)
    }

    /// Position of the segment.
    pub const fn segment(self) -> u32 {
        self.0 / 2
    }

    /// Whether it runs against the drawn direction.
    pub const fn is_against(self) -> bool {
        self.0 & 1 == 1
    }

    /// The same segment the other way.
    #[must_use]
    pub const fn reversed(self) -> Self {
        Self(self.0 ^ 1)
    }
}

/// A turn that is forbidden, or the only one allowed.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct TurnRule {
    /// The ways driven, first to last, each leaving the junction where the one before ends; at least two.
    pub path: Vec<Way>,
    /// Having driven all but the last, the last is the only way on; otherwise it is the one way forbidden.
    pub is_only: bool,
    /// Days on which it holds; none: it always does.
    pub days: Option<DaySet>,
    /// Profiles that obey.
    pub applies_to: ProfileSet,
}

impl TurnRule {
    /// Whether the traveller obeys, on its day.
    pub fn binds(&self, traveller: &Traveller) -> bool {
        let holds = |days: DaySet| traveller.date.is_some_and(|date| days.contains(date));
        self.applies_to.contains(traveller.profile) && self.days.is_none_or(holds)
    }
}

/// Junctions, segments and the rules of turning.
#[derive(Clone, Debug, Default)]
pub struct RoadMap {
    /// The graph.
    pub graph: RoadGraph,
    /// Inner points of all segments.
    pub shapes: Vec<Position>,
    /// Distinct rules of segments.
    pub traffics: Vec<Traffic>,
    /// Sorted, without repetition.
    pub turn_rules: Vec<TurnRule>,
    /// Turning takes time and U-turns need a dead end; not so in a sketch.
    pub has_turns: bool,
}

impl RoadMap {
    /// Number of segments.
    pub fn segment_count(&self) -> u32 {
        self.graph.edge_count() as u32
    }

    /// The segment at a position.
    pub fn segment(&self, segment: u32) -> &Segment {
        &self.graph[EdgeIndex::new(segment as usize)]
    }

    /// The rules of a segment.
    pub fn traffic(&self, segment: u32) -> &Traffic {
        &self.traffics[self.segment(segment).traffic as usize]
    }

    /// Where a way begins and ends.
    pub fn ends(&self, way: Way) -> (NodeIndex<u32>, NodeIndex<u32>) {
        let (a, b) = self
            .graph
            .edge_endpoints(EdgeIndex::new(way.segment() as usize))
            .expect("ways are made of the segments of this map");
        if way.is_against() { (b, a) } else { (a, b) }
    }

    /// The lane of `way` for `traveller`, [`Lane::CLOSED`] where its dimensions do not fit or the day is wrong.
    pub fn lane(&self, way: Way, traveller: &Traveller) -> Lane {
        self.traffic(way.segment()).lane(way.is_against(), traveller)
    }

    /// Points along a segment as drawn, both junctions included: at least two.
    pub fn line(&self, segment: u32) -> impl DoubleEndedIterator<Item = Position> {
        let (a, b) = self.ends(Way::new(segment, false));
        let Segment { shape_first, shape_len, .. } = *self.segment(segment);
        let inner = &self.shapes[shape_first as usize..(shape_first + shape_len) as usize];
        std::iter::once(self.graph[a].at)
            .chain(inner.iter().copied())
            .chain(std::iter::once(self.graph[b].at))
    }
}

impl RoadMap {
    /// Points along a segment as drawn, each with how far along it is by length, 0 to 1.
    pub fn fractions(&self, segment: u32) -> Vec<(f64, Position)> {
        let line: Vec<Position> = self.line(segment).collect();
        let mut metres = 0.0;
        let mut points = vec![(0.0, line[0])];
        for pair in line.windows(2) {
            metres += line_metres(pair[0], pair[1]);
            points.push((metres, pair[1]));
        }
        if metres > 0.0 {
            for (along, _) in &mut points {
                *along /= metres;
            }
        }
        points
    }
}

/// Length along `line`, in millimetres.
pub fn line_millimetres(line: &[Position]) -> u32 {
    let metres: f64 = line.windows(2).map(|pair| line_metres(pair[0], pair[1])).sum();
    (metres * 1000.0).round().min(f64::from(u32::MAX)) as u32
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_are_rounded_to_the_nearest_second() {
        // 50 km/h is 13.888… m/s: 100 m take 7.2 s, 111 m take 7.992 s.
        assert_eq!(Lane::open(50.0).seconds(100_000), 7);
        assert_eq!(Lane::open(50.0).seconds(111_000), 8);
        assert_eq!(Lane::open(36.0).seconds(25_000), 3, "2.5 s");
    }
}
