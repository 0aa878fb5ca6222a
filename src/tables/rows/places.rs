//! Depots, places and aid sites: points with a name.

use typed_index_collections::TiVec;

use super::collect;
use super::position::{Territory, position};
use super::share::{scale, share};
use crate::ids::{DepotId, PlaceId, SiteId};
use crate::tables::dataset::{AidSite, Depot, Place};
use crate::tables::findings::{Findings, Read, Reported};
use crate::tables::hours::{NotHours, hours};
use crate::tables::parse::number::LoneComma;
use crate::tables::read::always;
use crate::tables::rows::calendar::report_hours;
use crate::tables::table::{Row, Table};
use crate::units::Need;

/// The id of a row; blank and repeated ones were reported when ids were collected.
pub(crate) fn id(row: Row<'_>) -> Result<String, Reported> {
    row.cell("id").map(|cell| cell.text.clone()).ok_or(Reported)
}

/// The name of a row, its id where blank.
pub(crate) fn name(row: Row<'_>, findings: &mut Findings) -> Result<String, Reported> {
    match row.text("name", findings)? {
        Some(name) => Ok(name),
        None => id(row),
    }
}

/// The rows of `depots`.
pub(crate) fn depots(table: &Table, territory: Territory, findings: &mut Findings) -> TiVec<DepotId, Depot> {
    let depots = collect(table.rows(), |row| {
        let name = name(row, findings);
        let at = position(row, territory, findings);
        Ok(Depot { id: id(row)?, name: name?, at: at?, row: row.at() })
    });
    depots.into()
}

/// The rows of `places`.
pub(crate) fn places(table: &Table, territory: Territory, findings: &mut Findings) -> TiVec<PlaceId, Place> {
    let scale = scale(table, "carless_share", findings);
    let comma = lone_comma(table, "households");
    let places = collect(table.rows(), |row| {
        let name = name(row, findings);
        let insee = row.insee(findings);
        let at = position(row, territory, findings);
        let households = always(row.number("households", comma, findings));
        let carless = share(row, "carless_share", scale, findings);
        let population = row.whole_or_unknown("population", findings);
        let need = Need((households? * 1000.0).round() as i64);
        let need_without_car = Need((need.0 as f64 * carless?).round() as i64);
        Ok(Place {
            id: id(row)?,
            name: name?,
            insee: insee?,
            at: at?,
            need_with_car: need - need_without_car,
            need_without_car,
            population: population?.and_then(|count| u32::try_from(count).ok()),
            row: row.at(),
        })
    });
    places.into()
}

/// `1,234` is a decimal comma in a column where other cells have one that can be nothing else.
fn lone_comma(table: &Table, column: &str) -> LoneComma {
    let has_plain_comma = table.rows().filter_map(|row| row.cell(column)).any(|cell| {
        cell.text.split_once(',').is_some_and(|(_, tail)| {
            tail.len() != 3 && !tail.is_empty() && tail.bytes().all(|byte| byte.is_ascii_digit())
        })
    });
    if has_plain_comma { LoneComma::Decimal } else { LoneComma::Ambiguous }
}

/// The rows of `aid_sites`.
pub(crate) fn sites(table: &Table, territory: Territory, findings: &mut Findings) -> TiVec<SiteId, AidSite> {
    let sites = collect(table.rows(), |row| {
        let name = name(row, findings);
        let at = position(row, territory, findings);
        let network = row.text("network", findings);
        let opens = site_hours(row, findings);
        Ok(AidSite {
            id: id(row)?,
            name: name?,
            at: at?,
            network: network?.unwrap_or_default(),
            opens: opens?.unwrap_or_default(),
            row: row.at(),
        })
    });
    sites.into()
}

/// Hours of a site are shown, not computed with: night hours and school holidays may stay as they are.
fn site_hours(row: Row<'_>, findings: &mut Findings) -> Read<String> {
    let Some(cell) = row.cell("opens") else { return Ok(None) };
    match hours(&cell.text) {
        Ok(parsed) => {
            if parsed.plain != cell.text {
                findings.repair(
                    row.at_column("opens"),
                    &cell.text,
                    &parsed.plain,
                    crate::text!("horaires", "opening hours"),
                );
            }
            Ok(Some(parsed.plain))
        }
        Err(NotHours::ClosesBefore | NotHours::Overlap | NotHours::Unsupported) => {
            Ok(Some(cell.text.clone()))
        }
        Err(why) => Err(report_hours(row, "opens", why, findings)),
    }
}
