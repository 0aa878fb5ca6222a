//! Who can reach what: places to aid sites and to open stops, and the white zones that remain.
//!
//! In: the dataset and [`Reach`](crate::matrix::Reach) rows. Out: [`CoverSets`] for the model, a
//! [`CoverageReport`] before and after a plan, and white zones as polygons. For analysts, from round trips: an
//! [`AccessReport`], [`Equity`], and need not served by time of the week and by capacity.

mod access;
mod candidates;
mod catchment;
mod comparison;
mod equity;
mod measure;
mod nearby;
mod offer;
mod outline;
mod referral;
mod ring;
mod sets;
mod shortlist;
mod week;
mod white_zones;

use geo::MultiPolygon;
use typed_index_collections::TiVec;

use crate::ids::{PlaceId, SiteId, StopId};
use crate::matrix::Travel;
use crate::units::{Need, Seconds};

pub use access::{AccessOptions, AccessReport, PlaceAccess, access};
pub use candidates::{Candidate, Candidates, Known, candidates};
pub use catchment::{Consumer, Decay, accessibility, gap};
pub use comparison::{Comparison, Side, compare, travel_bound};
pub use equity::{Equity, Level, Sample, equity, gini, worst_decile};
pub use measure::{attendance, is_counted, measure};
pub use offer::{Facility, FacilityId, Offer, Opening, SupplyUnit, Visit};
pub use referral::{
    AttendanceModels, Attended, Choice, Flow, Outcome, REFERRED_TOO_FAR, attendance_models, most_served,
    referral_findings,
};
pub use sets::cover_sets;
pub use shortlist::{Covering, Pick, Shortlist, shortlist};
pub use week::{BandNeed, DayPart, WeekOfNeed, need_by_band, week_of_need};
pub use white_zones::white_zones;

/// How a group travels.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Means {
    /// Households with a car, by road.
    Car,
    /// Households without one, on foot.
    Foot,
}

/// The households of a place that travel alike. Groups without need are left out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Group {
    /// Where they live.
    pub place: PlaceId,
    /// How they travel.
    pub means: Means,
    /// How many; more than zero.
    pub need: Need,
    /// The nearest aid site within their limit, if there is one: then they are covered before any plan.
    pub site: Option<(SiteId, Travel)>,
    /// Stops within their limit, nearest first: by seconds, then metres, then stop.
    pub stops: Vec<(StopId, Travel)>,
}

/// Everything the model, the report and the checker need to know about who reaches what.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct CoverSets {
    /// By place, then means.
    pub groups: Vec<Group>,
    /// For each place the nearest aid site by car, however far; none where no road leads to one.
    pub nearest_site: TiVec<PlaceId, Option<(SiteId, Travel)>>,
    /// For each place the stops by car, as far as [`car_bound`](crate::survey::car_bound), nearest first, for
    /// reporting minutes.
    pub near_stops: TiVec<PlaceId, Vec<(StopId, Travel)>>,
}

/// The state of one place, before or after a plan.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PlaceCoverage {
    /// The place.
    pub place: PlaceId,
    /// Need of its groups that an aid site covers.
    pub covered_before: Need,
    /// Need of its groups that an aid site or an open stop covers.
    pub covered_after: Need,
    /// Nearest aid site by car.
    pub nearest_site: Option<(SiteId, Travel)>,
    /// Nearest open stop by car.
    pub nearest_stop: Option<(StopId, Travel)>,
}

/// Coverage of all places, before and after.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct CoverageReport {
    /// One entry a place, in order.
    pub places: TiVec<PlaceId, PlaceCoverage>,
    /// All need.
    pub need: Need,
    /// Need covered by aid sites.
    pub covered_before: Need,
    /// Need covered by aid sites or open stops.
    pub covered_after: Need,
}

/// An area whose places have need that no one covers.
#[derive(Clone, Debug, PartialEq)]
pub struct WhiteZone {
    /// Stable: named after the place inside with the most uncovered need.
    pub id: String,
    /// Whom of these places nobody reaches.
    pub unreached: Unreached,
    /// The places with uncovered need inside, in order; at least one.
    pub places: Vec<PlaceId>,
    /// Their uncovered need.
    pub need: Need,
    /// The aid site nearest by car to any of them, from the place nearest to one.
    pub nearest_site: Option<(SiteId, Travel)>,
    /// The time by car from the farthest of them to its own nearest aid site; none where no road leads one of them to any.
    pub farthest: Option<Seconds>,
    /// WGS84, valid, outer rings counter-clockwise, at most 7 decimals: holds every place of `places` strictly inside
    /// and no other place, save one that stands within a metre of one of them.
    pub outline: MultiPolygon,
}

/// Whose need of a white zone's places is uncovered: a village may be a drive from an aid site, and too far on foot.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Unreached {
    /// All households of each place.
    Everybody,
    /// Some households of each place, as a rule those without a car.
    Some,
}

/// Who attends which open stop.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Attendance {
    /// For each group of [`CoverSets::groups`], the nearest open stop within its limit.
    pub stop_of_group: Vec<Option<StopId>>,
    /// For each stop, the need that attends it, attendance rate applied (rounded down to a thousandth a group).
    pub attending: TiVec<StopId, Need>,
}

/// Which side of a plan.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Phase {
    /// Aid sites alone.
    Before,
    /// Aid sites and open stops.
    After,
}
