//! Places at which a stop would bring most need within reach.

use super::CoverSets;
use super::Means;
use super::shortlist::{Covering, Shortlist, shortlist};
use crate::ids::PlaceId;
use crate::survey::{PlaceReach, StopSpot};
use crate::units::Need;

/// Which need counts as reached already.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Known {
    /// That of aid sites.
    Sites,
    /// That of aid sites and of the table's stops.
    SitesAndStops,
}

/// A spot for a stop.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Candidate {
    /// Where.
    pub spot: StopSpot,
    /// Need it brings within reach beyond the candidates before it.
    pub gain: Need,
    /// Need it brings within reach by itself.
    pub alone: Need,
    /// Groups of places that it brings within reach by itself have their homes in so many places.
    pub places: usize,
}

/// A ranked choice of spots.
#[derive(Clone, Debug, PartialEq)]
pub struct Candidates {
    /// Most gain first.
    pub list: Vec<Candidate>,
    /// Need that nobody reaches yet.
    pub unreached: Need,
    /// No choice of as many places brings more need within reach.
    pub bound: Need,
}

/// At most `count` of the spots at which stops would bring most need within reach.
///
/// A group is brought within reach by a stop within its limit, as the settings' rule says. `O(count * reach)`.
pub fn candidates(
    covers: &CoverSets,
    (spots, reach): (&[StopSpot], &PlaceReach),
    known: Known,
    count: usize,
) -> Candidates {
    let open = covers
        .groups
        .iter()
        .filter(|group| group.site.is_none() && (known == Known::Sites || group.stops.is_empty()));
    let groups: Vec<(PlaceId, Means, Need)> =
        open.map(|group| (group.place, group.means, group.need)).collect();
    let mut reached: Vec<Vec<u32>> = vec![Vec::new(); spots.len()];
    for (demand, (place, means, _)) in (0_u32..).zip(&groups) {
        let by = &reach.rows[usize::from(*means == Means::Foot)];
        for &candidate in &by[*place] {
            reached[candidate as usize].push(demand);
        }
    }
    let covering = Covering { weights: groups.iter().map(|(_, _, need)| need.get()).collect(), reached };
    let Shortlist { picks, bound } = shortlist(&covering, count);
    let homes = |candidate: usize| {
        let mut places: Vec<PlaceId> =
            covering.reached[candidate].iter().map(|&demand| groups[demand as usize].0).collect();
        places.dedup();
        places.len()
    };
    let list = picks
        .iter()
        .map(|pick| Candidate {
            spot: spots[pick.candidate],
            gain: Need(pick.gain),
            alone: Need(pick.alone),
            places: homes(pick.candidate),
        })
        .collect();
    Candidates { list, unreached: groups.iter().map(|(_, _, need)| *need).sum(), bound: Need(bound) }
}
