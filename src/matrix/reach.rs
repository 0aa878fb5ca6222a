//! The many within a limit of each point: plain searches that end there, climbs that meet buckets, or sweeps from the
//! few, whichever is least work. The answer is the same.

use rayon::prelude::*;

use super::buckets::{Buckets, Met};
use super::ends::{Heading, OnSegments, journey};
use super::selection::Selection;
use super::{FEW, POINTS_A_THREAD, Reach, ReachLimit, Travel, hierarchy, nearby, plain};
use crate::network::{Hierarchy, RoadNetwork, Snap, TravelGraph, Weight};
use crate::traveller::Traveller;

/// States that are swept over for one of eight points in the time of a climb. Worked out for Porto, where a climb takes
/// some 15 microseconds and a state of a sweep, with six steps, some 30 nanoseconds for all eight; it decides about time alone.
const SWEPT_A_CLIMB: usize = 4_000;

/// Points of one piece of work: those above them all are swept over, so they are near each other.
const CHUNK: usize = 1 << 16;

/// The other ends of ways, each with its travel.
pub(super) type Found = Vec<(u32, Travel)>;

/// For each `from`, the `to` within the limit. In parallel.
///
/// Searches that end at the limit are the fastest way for few origins or short limits, a hierarchy for many: the first
/// origins are searched from, and how far that went decides about the others.
pub fn reach(
    network: &RoadNetwork,
    traveller: &Traveller,
    from: &[Snap],
    to: &[Snap],
    limit: ReachLimit,
) -> Reach {
    let mut rows = reach_unsorted(network, traveller, from, to, limit);
    rows.par_iter_mut().with_min_len(POINTS_A_THREAD).for_each(|row| nearest_first(row));
    Reach { rows }
}

/// As [`reach`], each row in any order.
pub(super) fn reach_unsorted(
    network: &RoadNetwork,
    traveller: &Traveller,
    from: &[Snap],
    to: &[Snap],
    limit: ReachLimit,
) -> Vec<Found> {
    const TRIED: usize = 16;
    if let Some(hierarchy) = network.ready_hierarchy(traveller) {
        return by_hierarchy(network, traveller, &hierarchy, (from, to), limit);
    }
    let (tried, others) = from.split_at(from.len().min(TRIED));
    let (Reach { mut rows }, settled) = plain::reach_and_effort(network, traveller, tried, to, limit);
    let states = network.travel_graph(traveller).state_count();
    let searches = settled * others.len() / (states * TRIED).max(1);
    rows.extend(match hierarchy(network, traveller, searches) {
        Some(hierarchy) => by_hierarchy(network, traveller, &hierarchy, (others, to), limit),
        None => plain::reach(network, traveller, others, to, limit).rows,
    });
    rows
}

/// One row an origin, in no order.
fn by_hierarchy(
    network: &RoadNetwork,
    traveller: &Traveller,
    hierarchy: &Hierarchy,
    (from, to): (&[Snap], &[Snap]),
    limit: ReachLimit,
) -> Vec<Found> {
    let graph = network.travel_graph(traveller);
    let over = (hierarchy, &*graph);
    if from.len() < to.len()
        && let Some(rows) = swept(over, (to, from), Heading::Towards, limit)
    {
        return rows;
    }
    let order = nearby::along_a_curve(from);
    let mut buckets = None;
    let mut rows = vec![Vec::new(); from.len()];
    for chunk in order.chunks(CHUNK) {
        let origins: Vec<Snap> = chunk.iter().map(|at| from[*at as usize]).collect();
        let found = if let Some(columns) = swept(over, (&origins, to), Heading::Away, limit) {
            by_other_end(columns, origins.len())
        } else {
            let buckets =
                buckets.get_or_insert_with(|| Buckets::new(over, to, Heading::Towards, seconds_max(limit)));
            by_buckets(&graph, buckets, (&origins, to), limit)
        };
        for (at, row) in chunk.iter().zip(found) {
            rows[*at as usize] = row;
        }
    }
    rows
}

fn seconds_max(limit: ReachLimit) -> u32 {
    limit.seconds.map_or(u32::MAX, |most| u32::try_from(most.get()).unwrap_or(0))
}

/// One row an origin, in no order.
fn by_buckets(
    graph: &TravelGraph,
    buckets: &Buckets<'_>,
    (from, to): (&[Snap], &[Snap]),
    limit: ReachLimit,
) -> Vec<Found> {
    // Those on the origin's own segment may be reached without meeting any bucket.
    let on_segments = OnSegments::of(to);
    let row = |(climb, met): &mut (_, Met), origin: &Snap| {
        buckets.met(climb, origin, met);
        let mut indices: Vec<u32> =
            met.points().iter().copied().chain(on_segments.on(origin.segment)).collect();
        indices.sort_unstable();
        indices.dedup();
        let travel = |index: u32| journey(graph, origin, &to[index as usize], met.weight(index));
        let within = |index| Some((index, travel(index).filter(|travel| limit.admits(*travel))?));
        indices.into_iter().filter_map(within).collect()
    };
    from.par_iter()
        .with_min_len(POINTS_A_THREAD)
        .map_init(|| (buckets.climb(), Met::default()), |buffers, origin| row(buffers, origin))
        .collect()
}

/// For each of the few those of the many within the limit, in no order, by sweeps; none if climbs are less work.
/// `heading`: on which side of the journeys the many are.
fn swept(
    over: (&Hierarchy, &TravelGraph),
    (many, few): (&[Snap], &[Snap]),
    heading: Heading,
    limit: ReachLimit,
) -> Option<Vec<Found>> {
    if few.len() * FEW > many.len() {
        return None;
    }
    let selection = Selection::new(over, many, heading);
    let climbs = selection.climbs(few, seconds_max(limit));
    let sweeps = climbs.iter().filter(|climb| !climb.is_empty()).count();
    if sweeps * selection.len() > many.len() * SWEPT_A_CLIMB {
        return None;
    }
    // Those on its own segment may be reached from a point without meeting any state.
    let on_segments = OnSegments::of(many);
    let admitted = |point: &Snap, other: u32, round: Option<Weight>| {
        let many = &many[other as usize];
        let (from, to) = if heading == Heading::Away { (many, point) } else { (point, many) };
        Some((other, journey(over.1, from, to, round).filter(|travel| limit.admits(*travel))?))
    };
    let row = |at: usize, met: &[(u32, Weight)]| {
        let point = &few[at];
        let is_met = |other: &u32| met.binary_search_by_key(other, |(met, _)| *met).is_ok();
        let unmet = on_segments.on(point.segment).filter(|other| !is_met(other));
        let met = met.iter().map(|(other, round)| (*other, Some(*round)));
        met.chain(unmet.map(|other| (other, None)))
            .filter_map(|(other, round)| admitted(point, other, round))
            .collect()
    };
    Some(selection.within(&climbs, seconds_max(limit), row))
}

/// What was found from points, by what they found: `count` rows, each in the order of those points.
pub(super) fn by_other_end(found: Vec<Found>, count: usize) -> Vec<Found> {
    let mut rows = vec![Vec::new(); count];
    for (point, found) in (0_u32..).zip(found) {
        for (other, travel) in found {
            rows[other as usize].push((point, travel));
        }
    }
    rows
}

pub(super) fn nearest_first(row: &mut [(u32, Travel)]) {
    row.sort_unstable_by_key(|(index, travel)| (*travel, *index));
}
