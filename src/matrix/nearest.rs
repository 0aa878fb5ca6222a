//! The nearest of many sites from each of many places, exactly: one search from all sites at once.

use rayon::prelude::*;

use super::buckets::Buckets;
use super::climb::ascents;
use super::ends::{Heading, OnSegments, doors, journey};
use super::plain::{self, Labelled};
use super::{POINTS_A_THREAD, Travel, hierarchy, travel_matrix};
use crate::network::{Hierarchy, RoadNetwork, Snap, TravelGraph, Weight};
use crate::traveller::Traveller;
use crate::units::{Metres, Seconds};

/// Which journeys between a place and a site count.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Trip {
    /// From the place to the site.
    There,
    /// From the site to the place.
    Back,
    /// Both, added up.
    ThereAndBack,
}

/// For each place the site with the least travel, and that travel; of equally near ones the first. `None` where no
/// site is joined to the place.
///
/// Times as [`travel_matrix`] gives them, gaps included. One search of the whole network one way; both ways the journeys
/// between all places and all sites.
pub fn nearest(
    network: &RoadNetwork,
    traveller: &Traveller,
    places: &[Snap],
    sites: &[Snap],
    trip: Trip,
) -> Vec<Option<(u32, Travel)>> {
    match trip {
        Trip::There => one_way(network, traveller, places, sites, Heading::Away),
        Trip::Back => one_way(network, traveller, places, sites, Heading::Towards),
        Trip::ThereAndBack => both_ways(network, traveller, places, sites),
    }
}

/// `heading`: on which side of the journeys the places are.
fn one_way(
    network: &RoadNetwork,
    traveller: &Traveller,
    places: &[Snap],
    sites: &[Snap],
    heading: Heading,
) -> Vec<Option<(u32, Travel)>> {
    let graph = network.travel_graph(traveller);
    let starts = site_doors(&graph, sites, heading.opposite());
    let ready = network.ready_hierarchy(traveller);
    let labels = match &ready {
        Some(hierarchy) => sweep(hierarchy, heading.opposite(), &starts),
        None => plain::spread_of_many(&graph, heading.opposite(), &starts),
    };
    let label = |state: u32| labels[ready.as_ref().map_or(state, |hierarchy| hierarchy.rank(state)) as usize];
    let on_segments = OnSegments::of(sites);
    let nearest_of = |place: &Snap| {
        let by_door = doors(&graph, place, heading).into_iter().filter_map(|(state, weight)| {
            let (known, site) = label(state);
            Some((known.known()?.checked_add(weight)?, site))
        });
        let round = by_door.min().map(|(weight, site)| {
            let gap = Weight::new(place.gap_time.get().unsigned_abs(), 0);
            (travel_of(weight.plus(gap)), site)
        });
        // Without meeting any state: those on the same segment.
        let direct = on_segments.on(place.segment).filter_map(|site| {
            let other = &sites[site as usize];
            let (from, to) = if heading == Heading::Away { (place, other) } else { (other, place) };
            Some((journey(&graph, from, to, None)?, site))
        });
        direct.chain(round).min().map(|(travel, site)| (site, travel))
    };
    places.par_iter().map(nearest_of).collect()
}

fn travel_of(weight: Weight) -> Travel {
    Travel { seconds: Seconds(weight.seconds() as i32), metres: Metres(weight.metres() as i32) }
}

/// Where journeys meet the graph at each site, its gap included.
fn site_doors(graph: &TravelGraph, sites: &[Snap], heading: Heading) -> Vec<(u32, Labelled)> {
    let of_site = |(index, site): (u32, &Snap)| {
        let gap = Weight::new(site.gap_time.get().unsigned_abs(), 0);
        let doors = doors(graph, site, heading).into_iter();
        let labelled = move |(state, weight): (u32, Weight)| Some((state, (weight.checked_add(gap)?, index)));
        doors.filter_map(labelled).collect::<Vec<_>>()
    };
    (0_u32..).zip(sites).flat_map(of_site).collect()
}

/// By rank: the least of what any start leads to. Both passes go over all ranks: with many starts most are met anyway.
fn sweep(hierarchy: &Hierarchy, heading: Heading, starts: &[(u32, Labelled)]) -> Vec<Labelled> {
    let (up, down) = ascents(hierarchy, heading);
    let mut labels = vec![(Weight::UNREACHED, u32::MAX); hierarchy.state_count()];
    for (state, label) in starts {
        let known = &mut labels[hierarchy.rank(*state) as usize];
        *known = (*known).min(*label);
    }
    for rank in (0..labels.len() as u32).rev() {
        let (weight, site) = labels[rank as usize];
        if weight == Weight::UNREACHED {
            continue;
        }
        for step in up.steps(rank) {
            if let Some(sum) = weight.checked_add(step.weight()) {
                let above = &mut labels[step.to as usize];
                *above = (*above).min((sum, site));
            }
        }
    }
    for rank in 0..labels.len() as u32 {
        for step in down.steps(rank) {
            let (weight, site) = labels[step.to as usize];
            if let Some(sum) = weight.plus(step.weight()).known() {
                let here = &mut labels[rank as usize];
                *here = (*here).min((sum, site));
            }
        }
    }
    labels
}

fn both_ways(
    network: &RoadNetwork,
    traveller: &Traveller,
    places: &[Snap],
    sites: &[Snap],
) -> Vec<Option<(u32, Travel)>> {
    let Some(hierarchy) = hierarchy(network, traveller, places.len() + sites.len()) else {
        let there = travel_matrix(network, traveller, places, sites);
        let back = travel_matrix(network, traveller, sites, places);
        let sum = |place, site| Some(added(there.get(place, site)?, back.get(site, place)?));
        return (0..places.len()).map(|place| least((0..sites.len()).map(|site| sum(place, site)))).collect();
    };
    let graph = network.travel_graph(traveller);
    let there = Buckets::new((&hierarchy, &graph), sites, Heading::Towards, u32::MAX);
    let back = Buckets::new((&hierarchy, &graph), sites, Heading::Away, u32::MAX);
    let buffers = || (there.climb(), Vec::new(), Vec::new());
    let nearest_of = |(climb, to, from): &mut (_, Vec<Weight>, Vec<Weight>), place: &Snap| {
        there.row(climb, place, to);
        back.row(climb, place, from);
        least(sites.iter().zip(to.iter().zip(from.iter())).map(|(site, (to, from))| {
            let to = journey(&graph, place, site, to.known())?;
            Some(added(to, journey(&graph, site, place, from.known())?))
        }))
    };
    places.par_iter().with_min_len(POINTS_A_THREAD).map_init(buffers, nearest_of).collect()
}

fn added(there: Travel, back: Travel) -> Travel {
    Travel { seconds: there.seconds + back.seconds, metres: there.metres + back.metres }
}

/// The least, and its position; of equal ones the first.
fn least(travels: impl Iterator<Item = Option<Travel>>) -> Option<(u32, Travel)> {
    let known = (0_u32..).zip(travels).filter_map(|(index, travel)| Some((travel?, index)));
    known.min().map(|(travel, index)| (index, travel))
}
