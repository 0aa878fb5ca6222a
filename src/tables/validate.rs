//! Rules across rows and tables.

use std::collections::BTreeSet;

use geo::{BoundingRect, Contains, Intersects, Point};

use super::findings::{Findings, codes};
use super::{Dataset, Depot, Priority};
use crate::diagnostics::{Location, Text};
use crate::ids::StopId;
use crate::text;
use crate::units::Cost;

/// Most stops times published days.
const WINDOW_LIMIT: usize = 4_000_000;
/// Farthest a point may lie from every depot without a warning, in degrees of latitude (about 300 km).
const FAR_DEGREES: f64 = 2.7;

/// Whether stops times published days stay within what is computed.
pub(super) fn horizon_fits(stops: usize, days: usize, at: &Location, findings: &mut Findings) -> bool {
    if stops.saturating_mul(days) <= WINDOW_LIMIT {
        return true;
    }
    let most = WINDOW_LIMIT / stops.max(1);
    findings.error(
        codes::TOO_MUCH,
        at.clone(),
        text!(
            "{most} jours publiés au plus pour {stops} arrêts",
            "at most {most} published days for {stops} stops"
        ),
        text!("{days} jours", "{days} days"),
        text!("rapprochez `until`, ou retirez des arrêts", "put `until` earlier, or remove stops"),
    );
    false
}

/// Findings that need several tables. `territory` is the file that it came from.
pub(super) fn validate(dataset: &Dataset, territory: &str, findings: &mut Findings) {
    refuse_depots_far_away(dataset, findings);
    warn_far_away(dataset, findings);
    require_mass(dataset, findings);
    compare_territory(dataset, territory, findings);
}

/// A depot in the sea, or in another country.
fn refuse_depots_far_away(dataset: &Dataset, findings: &mut Findings) {
    for depot in &dataset.depots {
        if dataset.stops.iter().any(|stop| is_near(depot.at, stop.at)) {
            continue;
        }
        let (longitude, latitude) = (depot.at.x(), depot.at.y());
        findings.error(
            codes::FAR_AWAY,
            depot.row.clone(),
            text!("un dépôt à moins de 300 km d'un arrêt", "a depot within 300 km of a stop"),
            Text::same(format!("{longitude} {latitude}")),
            text!("vérifiez la longitude et la latitude", "check the longitude and the latitude"),
        );
    }
}

/// A point in another region is nearly always a slip of the keyboard. Nothing is said where no depot is near any stop:
/// the slip is the depot's then.
fn warn_far_away(dataset: &Dataset, findings: &mut Findings) {
    let is_reached = |depot: &&Depot| dataset.stops.iter().any(|stop| is_near(depot.at, stop.at));
    let depots: Vec<&Depot> = dataset.depots.iter().filter(is_reached).collect();
    if depots.is_empty() {
        return;
    }
    let stops = dataset.stops.iter().map(|stop| (&stop.at, &stop.row));
    let places = dataset.places.iter().map(|place| (&place.at, &place.row));
    let sites = dataset.sites.iter().map(|site| (&site.at, &site.row));
    for (point, row) in stops.chain(places).chain(sites) {
        if !depots.iter().any(|depot| is_near(depot.at, *point)) {
            let (longitude, latitude) = (point.x(), point.y());
            findings.warning(
                codes::FAR_AWAY,
                row.clone(),
                text!("un point à moins de 300 km d'un dépôt", "a point within 300 km of a depot"),
                Text::same(format!("{longitude} {latitude}")),
                text!("vérifiez la longitude et la latitude", "check the longitude and the latitude"),
            );
        }
    }
}

fn is_near(a: Point, b: Point) -> bool {
    let shrink = b.y().to_radians().cos();
    ((a.x() - b.x()) * shrink).hypot(a.y() - b.y()) <= FAR_DEGREES
}

/// A territory holds places; those outside are drawn in no white zone, which must not go unsaid.
fn compare_territory(dataset: &Dataset, file: &str, findings: &mut Findings) {
    let Some(territory) = &dataset.territory else { return };
    let bounds = territory.bounding_rect();
    let is_inside =
        |point: &Point| bounds.is_some_and(|bounds| bounds.intersects(point)) && territory.contains(point);
    let mut outside = dataset.places.iter().filter(|place| !is_inside(&place.at));
    let Some(first) = outside.next() else { return };
    let (count, all, first) = (outside.count() + 1, dataset.places.len(), &first.id);
    let at = Location::file(file);
    let expected = text!("un territoire qui contient les lieux", "a territory that contains the places");
    if count == all {
        let help = text!("vérifiez ses coordonnées (EPSG:4326)", "check its coordinates (EPSG:4326)");
        let found = text!("aucun des {all} lieux à l'intérieur", "none of the {all} places inside");
        findings.error(codes::TERRITORY, at, expected, found, help);
    } else {
        let found = text!(
            "{count} des {all} lieux dehors, dont « {first} »",
            "{count} of the {all} places outside, among them `{first}`"
        );
        let help = text!(
            "ils comptent, mais aucune zone blanche ne les contient",
            "they count, but no white zone holds them"
        );
        findings.warning(codes::TERRITORY, at, expected, found, help);
    }
}

/// An antenna that only kilograms limit needs parcels that weigh something.
fn require_mass(dataset: &Dataset, findings: &mut Findings) {
    let has_mass = dataset.stops.iter().any(|stop| stop.mass_per_household.0 > 0);
    for antenna in dataset.antennas.iter().filter(|antenna| antenna.capacity.is_none() && !has_mass) {
        findings.error(
            codes::CONTRADICTION,
            antenna.row.at_column("capacity_kg"),
            text!(
                "le poids d'un colis, `kg_per_household`, dans la table `stops`",
                "the weight of a parcel, `kg_per_household`, in table `stops`"
            ),
            text!("aucun poids", "no weight"),
            text!(
                "donnez `kg_per_household`, ou `capacity` en foyers",
                "give `kg_per_household`, or `capacity` in households"
            ),
        );
    }
}

/// Largest total worth, as [`Cost`] counts it, that sums of whole numbers hold with room to spare.
const WORTH_LIMIT: i128 = 4_000_000_000_000_000_000;

/// A penalty for a required visit left out that outweighs all need, all values and any cost of a cycle.
pub(super) fn missed_visit(dataset: &Dataset, findings: &mut Findings) -> Cost {
    let need: i128 = dataset.places.iter().map(|place| i128::from(place.need().0)).sum();
    let registered: i128 = dataset.stops.iter().map(|stop| i128::from(stop.households.0)).sum();
    let value = i128::from(dataset.settings.objective.value_per_household.0);
    let worth = value * need / 1000 + value * registered;
    let stated: i128 =
        dataset.stops.iter().filter_map(|stop| stop.value).map(|value| i128::from(value.0)).sum();
    let days = dataset.antennas.len() as i128 * i128::from(dataset.settings.cycle_days());
    let dearest = |cost: fn(&super::Antenna) -> Cost| {
        dataset.antennas.iter().map(|antenna| i128::from(cost(antenna).0)).max().unwrap_or_default()
    };
    // A shift lasts less than 48 hours, at less than 130 km/h.
    let shift = dearest(|antenna| antenna.cost_per_day)
        + 48 * dearest(|antenna| antenna.cost_per_hour)
        + 48 * 130 * dearest(|antenna| antenna.cost_per_km);
    let penalty = round_up(worth + stated + days * shift + 1);
    // Nobody misses a visit of an optional stop: a region's shortlist has hundreds, and far more need than a district.
    let locked: BTreeSet<StopId> = dataset.locks.iter().map(|lock| lock.stop).collect();
    let required = dataset
        .stops
        .iter_enumerated()
        .filter(|(id, stop)| stop.priority == Priority::Required || locked.contains(id));
    let visits = required.count() as i128 * i128::from(dataset.settings.cycle_days());
    if penalty * visits.max(1) <= WORTH_LIMIT {
        return Cost(i64::try_from(penalty).expect("it is below the limit"));
    }
    findings.error(
        codes::TOO_LARGE,
        Location { column: Some("objective.value_per_household".into()), ..Location::file("scenario.toml") },
        text!("une valeur totale que le programme sait compter", "a total worth that the program can count"),
        text!(
            "trop de foyers, de valeur ou d'arrêts",
            "too many households, too much worth or too many stops"
        ),
        text!("baissez `value_per_household`", "lower `value_per_household`"),
    );
    Cost::ZERO
}

/// Up to the next power of ten in euros: a round number is easier to recognise in a sum.
fn round_up(number: i128) -> i128 {
    let mut power = i128::from(Cost::PER_EURO);
    while power < number {
        power *= 10;
    }
    power
}
