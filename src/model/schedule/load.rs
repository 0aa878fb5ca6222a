//! What a visit serves, and how long its opening lasts.

use super::{Blocked, VisitLoad};
use crate::model::{Client, Problem, Service, Vehicle};
use crate::units::{Need, Seconds};

/// The load of each visit of `client` when `attending` need comes to it, attendance rate applied:
/// those registered, and the attending need rounded up to whole households.
pub fn visit_load(client: &Client, attending: Need) -> VisitLoad {
    VisitLoad { households: client.registered + (attending.get() + 999).div_euclid(1000) }
}

/// Households served and turned away when `vehicle` visits `client` with `load`.
///
/// A visit serves at most what the vehicle carries in one trip and what the longest opening lets it serve.
///
/// # Errors
///
/// Those registered alone don't fit: by how many households or grams, or by how much the opening is too short.
pub fn served(vehicle: &Vehicle, client: &Client, load: VisitLoad) -> Result<(i64, i64), Blocked> {
    let mut most = load.households;
    if let Some(capacity) = vehicle.capacity {
        if client.registered > capacity {
            return Err(Blocked::Households(client.registered - capacity));
        }
        most = most.min(capacity);
    }
    if let Some(capacity) = vehicle.capacity_mass
        && client.mass_per_household > 0
    {
        let needed = client.registered.saturating_mul(client.mass_per_household);
        if needed > capacity {
            return Err(Blocked::Mass(needed - capacity));
        }
        most = most.min(capacity / client.mass_per_household);
    }
    let needed = |households| unbounded_opening(vehicle.service_points, &client.service, households);
    let longest = i64::from(client.service.longest.get());
    if client.registered > 0 && needed(client.registered) > longest {
        let over = needed(client.registered) - longest;
        return Err(Blocked::Opening(Seconds(i32::try_from(over).unwrap_or(i32::MAX))));
    }
    let each = i64::from(client.service.per_household.get());
    if each > 0 && needed(most) > longest {
        let spare = (longest - i64::from(client.service.setup.get())).max(0);
        most = most.min(spare.saturating_mul(i64::from(vehicle.service_points)) / each);
    }
    Ok((most, load.households - most))
}

/// How long `client` is open to serve `served` households from `vehicle`.
pub fn opening(problem: &Problem, vehicle: &Vehicle, client: &Client, served: i64) -> Seconds {
    opening_length(problem.grid, vehicle.service_points, &client.service, served)
}

/// How long an opening lasts for `served` households at `service_points`: within the shortest and longest opening,
/// rounded up to the grid unless that passes the longest.
pub fn opening_length(grid: Seconds, service_points: i32, service: &Service, served: i64) -> Seconds {
    let longest = i64::from(service.longest.get());
    let needed = unbounded_opening(service_points, service, served)
        .max(i64::from(service.shortest.get()))
        .min(longest);
    let grid = i64::from(grid.get().max(1));
    let rounded = needed + (grid - needed.rem_euclid(grid)) % grid;
    let lasts = if rounded > longest { needed } else { rounded };
    Seconds(i32::try_from(lasts).expect("an opening is not longer than its longest"))
}

/// Setup and serving, before the bounds.
fn unbounded_opening(service_points: i32, service: &Service, served: i64) -> i64 {
    let points = i64::from(service_points.max(1));
    let serving = served.saturating_mul(i64::from(service.per_household.get()));
    serving.saturating_add(points - 1).div_euclid(points).saturating_add(i64::from(service.setup.get()))
}
