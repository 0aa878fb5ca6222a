//! Two models of who goes where, side by side: to the nearest open stop, and to the stop that a place is referred to.
//!
//! Plans count the first (`docs/rules.md`, Who comes). Many associations refer each household to one distribution instead:
//! then a full stop may stand beside an empty one. Neither model changes the plan; both are measured on it.

use typed_index_collections::{TiSlice, TiVec};

use super::measure::is_counted;
use super::{CoverSets, Group, Means};
use crate::diagnostics::{Code, Diagnostic, Text};
use crate::ids::{AntennaId, PlaceId, StopId};
use crate::matrix::Travel;
use crate::tables::{Antenna, Dataset, Stop};
use crate::text;
use crate::units::Need;

/// Places are referred to stops that nobody there can reach.
pub const REFERRED_TOO_FAR: Code = Code("C005");

/// How a household chooses its stop.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Choice {
    /// The nearest open stop within its limit.
    Nearest,
    /// The stop of `referred_to`; of places without one, the nearest.
    Referred,
}

/// What becomes of households that a model sends to a stop.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// They go there.
    Attends,
    /// It is beyond their limit.
    TooFar,
    /// No visit of the plan opens it.
    NotVisited,
}

/// The households of a place that travel alike, and the stop that a model sends them to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Flow {
    /// Where they live.
    pub place: PlaceId,
    /// How they travel.
    pub means: Means,
    /// Where they are sent.
    pub stop: StopId,
    /// The way there, where it was measured.
    pub travel: Option<Travel>,
    /// How many they are.
    pub need: Need,
    /// How many come to each visit: those who attend, times the attendance rate.
    pub coming: Need,
    /// What becomes of them.
    pub outcome: Outcome,
}

/// One model on a plan. Need of all flows and `nowhere` add up to all need that counts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Attended {
    /// By place, then means.
    pub flows: Vec<Flow>,
    /// Need that counts and is sent to no stop, as none is open within its limit.
    pub nowhere: Need,
    /// Households served, visits of the cycle added up, registered ones among them.
    pub served: i64,
    /// Households turned away, likewise.
    pub turned_away: i64,
}

impl Attended {
    /// Need of the flows that end so.
    pub fn need(&self, outcome: Outcome) -> Need {
        self.flows.iter().filter(|flow| flow.outcome == outcome).map(|flow| flow.need).sum()
    }
}

/// Both models on one plan.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AttendanceModels {
    /// What the plan counts.
    pub nearest: Attended,
    /// Where some place is referred to a stop.
    pub referred: Option<Attended>,
}

/// Measures both models on the visits of a plan's first cycle. `O(reach + visits)`.
pub fn attendance_models(
    dataset: &Dataset,
    covers: &CoverSets,
    visits: &[(StopId, AntennaId)],
) -> AttendanceModels {
    let is_referred = dataset.places.iter().any(|place| place.referred_to.is_some());
    AttendanceModels {
        nearest: attended(dataset, covers, visits, Choice::Nearest),
        referred: is_referred.then(|| attended(dataset, covers, visits, Choice::Referred)),
    }
}

fn attended(
    dataset: &Dataset,
    covers: &CoverSets,
    visits: &[(StopId, AntennaId)],
    choice: Choice,
) -> Attended {
    let rule = &dataset.settings.coverage;
    let mut is_open: TiVec<StopId, bool> = vec![false; dataset.stops.len()].into();
    for (stop, _) in visits {
        is_open[*stop] = true;
    }
    let (mut flows, mut nowhere) = (Vec::new(), Need::ZERO);
    for group in covers.groups.iter().filter(|group| is_counted(group, rule.count)) {
        let referred = dataset.places[group.place].referred_to.filter(|_| choice == Choice::Referred);
        let Some((stop, travel, outcome)) = sent(group, referred, covers, &is_open) else {
            nowhere += group.need;
            continue;
        };
        // As a plan counts them: rounded down to a thousandth a group.
        let coming = match outcome {
            Outcome::Attends => Need(group.need.get() * i64::from(rule.attendance_permille) / 1000),
            Outcome::TooFar | Outcome::NotVisited => Need::ZERO,
        };
        let Group { place, means, need, .. } = *group;
        flows.push(Flow { place, means, stop, travel, need, coming, outcome });
    }
    let mut coming: TiVec<StopId, Need> = vec![Need::ZERO; dataset.stops.len()].into();
    for flow in &flows {
        coming[flow.stop] += flow.coming;
    }
    let (served, turned_away) = at_visits(dataset, visits, &coming);
    Attended { flows, nowhere, served, turned_away }
}

/// Where a group is sent, and what becomes of it; none where no stop is open to it.
fn sent(
    group: &Group,
    referred: Option<StopId>,
    covers: &CoverSets,
    is_open: &TiSlice<StopId, bool>,
) -> Option<(StopId, Option<Travel>, Outcome)> {
    let Some(stop) = referred else {
        let (stop, travel) = group.stops.iter().find(|(stop, _)| is_open[*stop])?;
        return Some((*stop, Some(*travel), Outcome::Attends));
    };
    let way = |stops: &[(StopId, Travel)]| stops.iter().find(|(near, _)| *near == stop).map(|near| near.1);
    let within = way(&group.stops);
    let beyond = || way(&covers.near_stops[group.place]).filter(|_| group.means == Means::Car);
    let outcome = match within {
        _ if !is_open[stop] => Outcome::NotVisited,
        Some(_) => Outcome::Attends,
        None => Outcome::TooFar,
    };
    Some((stop, within.or_else(beyond), outcome))
}

/// Households served and turned away at all visits, if so much need comes to each.
fn at_visits(
    dataset: &Dataset,
    visits: &[(StopId, AntennaId)],
    coming: &TiSlice<StopId, Need>,
) -> (i64, i64) {
    let (mut served, mut turned_away) = (0, 0);
    for &(id, antenna) in visits {
        let stop = &dataset.stops[id];
        // Thousandths of households, rounded up to whole ones.
        let expected = i64::from(stop.households.get()) + (coming[id].get() + 999).div_euclid(1000);
        let most = most_served(stop, &dataset.antennas[antenna]);
        served += expected.min(most);
        turned_away += expected - expected.min(most);
    }
    (served, turned_away)
}

/// What one visit serves at most: what the antenna carries on a trip, and what the longest opening leaves time for.
pub fn most_served(stop: &Stop, antenna: &Antenna) -> i64 {
    let by_households = antenna.capacity.map(|capacity| i64::from(capacity.get()));
    let mass = stop.mass_per_household.get();
    let by_mass = antenna.capacity_mass.filter(|_| mass > 0).map(|capacity| capacity.get() / mass);
    let time = i64::from((stop.max_service - stop.setup).get().max(0)) * i64::from(antenna.service_points);
    let each = i64::from(stop.time_per_household.get());
    let by_time = (each > 0).then(|| time / each);
    [by_households, by_mass, by_time].into_iter().flatten().min().unwrap_or(i64::MAX)
}

/// A warning where nobody of a place can reach the stop it is referred to; one for all such places.
pub fn referral_findings(dataset: &Dataset, covers: &CoverSets) -> Option<Diagnostic> {
    let mut reaches: TiVec<PlaceId, bool> = vec![false; dataset.places.len()].into();
    let mut has_need = reaches.clone();
    for group in &covers.groups {
        let referred = dataset.places[group.place].referred_to;
        has_need[group.place] = true;
        reaches[group.place] |= group.stops.iter().any(|(stop, _)| Some(*stop) == referred);
    }
    let mut lost = dataset.places.iter_enumerated().filter_map(|(id, place)| {
        let stop = place.referred_to.filter(|_| has_need[id] && !reaches[id])?;
        Some((id, place, stop))
    });
    let (id, place, stop) = lost.next()?;
    let count = lost.count() + 1;
    let minutes = covers.near_stops[id].iter().find(|(near, _)| *near == stop);
    let minutes = minutes.map(|(_, travel)| (travel.seconds.get() + 59) / 60);
    let far = minutes.map_or_else(Text::default, |it| text!(", à {it} min en voiture", ", {it} min by car"));
    let (rule, place_id, stop_id) = (&dataset.settings.coverage.rule, &place.id, &dataset.stops[stop].id);
    let (far_fr, far_en) = (far.fr, far.en);
    Some(Diagnostic::warning(
        REFERRED_TOO_FAR,
        place.row.at_column("referred_to"),
        text!(
            "un arrêt à portée de chaque lieu (règle {rule})",
            "a stop within reach of each place (rule {rule})"
        ),
        text!(
            "hors de portée pour {count} lieu(x), dont « {place_id} », orienté vers « {stop_id} »{far_fr}",
            "out of reach for {count} place(s), among them `{place_id}`, referred to `{stop_id}`{far_en}"
        ),
        text!(
            "personne n'y va : orientez ces lieux vers un arrêt plus proche, ou allongez la règle",
            "nobody goes there: refer these places to a nearer stop, or lengthen the rule"
        ),
    ))
}
