//! Between the solutions of the model and the sequences of the search.

use super::context::NONE;
use super::search::{Best, trips};
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

/// The best of a search as a solution: routes by shift, then first client.
pub(super) fn solution_of(best: &Best) -> Solution {
    let as_trips = |clients: &[u32]| -> Vec<Vec<ClientId>> {
        trips(clients).map(|trip| trip.iter().copied().map(ClientId).collect()).collect()
    };
    let mut routes: Vec<Route> = best
        .routes()
        .map(|(shift, clients)| Route { shift: ShiftId(shift), trips: as_trips(clients) })
        .collect();
    routes.sort_by(|a, b| (a.shift, &a.trips).cmp(&(b.shift, &b.trips)));
    Solution { routes }
}
