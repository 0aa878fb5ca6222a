//! Between the solutions of the model and the sequences of the search.

use super::context::{NONE, trips_of};
use crate::ids::{ClientId, ShiftId};
use crate::model::{Problem, Route, Solution};

/// The routes of a solution as sequences; those on shifts that don't exist are dropped.
pub(super) fn routes_of(problem: &Problem, solution: &Solution) -> Vec<(u32, Vec<u32>)> {
    let routes = solution.routes.iter().filter(|route| route.shift.index() < problem.shifts.len());
    routes
        .map(|route| {
            let trips = route.trips.iter().map(|trip| trip.iter().map(|client| client.0).collect::<Vec<_>>());
            (route.shift.0, trips.collect::<Vec<_>>().join(&NONE))
        })
        .collect()
}

/// Sequences as a solution: routes by shift, then by their visits. Empty ones are left out.
pub(super) fn solution_of<'r>(routes: impl Iterator<Item = (u32, &'r [u32])>) -> Solution {
    let trips = |clients: &[u32]| -> Vec<Vec<ClientId>> {
        trips_of(clients).map(|trip| trip.iter().copied().map(ClientId).collect()).collect()
    };
    let mut routes: Vec<Route> = routes
        .filter(|(_, clients)| !clients.is_empty())
        .map(|(shift, clients)| Route { shift: ShiftId(shift), trips: trips(clients) })
        .collect();
    routes.sort_by(|a, b| (a.shift, &a.trips).cmp(&(b.shift, &b.trips)));
    Solution { routes }
}
