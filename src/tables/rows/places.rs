//! Depots and aid sites: points with a name.

use typed_index_collections::TiVec;

use super::collect;
use super::position::{Territory, position};
use crate::ids::{DepotId, SiteId};
use crate::tables::Settings;
use crate::tables::dataset::{AidSite, Depot};
use crate::tables::findings::{Findings, Read, Reported};
use crate::tables::hours::{Hours, NotHours, hours};
use crate::tables::parse::number::LoneComma;
use crate::tables::rows::calendar::report_hours;
use crate::tables::table::{Row, Table};
use crate::units::{Need, Window};

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

/// The rows of `aid_sites`.
pub(crate) fn sites(
    table: &Table,
    territory: Territory,
    settings: &Settings,
    findings: &mut Findings,
) -> TiVec<SiteId, AidSite> {
    let sites = collect(table.rows(), |row| {
        let name = name(row, findings);
        let at = position(row, territory, findings);
        let network = row.text("network", findings);
        let opens = site_hours(row, findings);
        let capacity = row.number_or_unknown("capacity", LoneComma::Ambiguous, findings);
        let (opens, hours) = opens?.unwrap_or_default();
        Ok(AidSite {
            id: id(row)?,
            name: name?,
            at: at?,
            network: network?.unwrap_or_default(),
            opens,
            openings: hours.map(|hours| cycle_windows(&hours, settings)),
            weekly_capacity: capacity?.map(|households| Need((households * 1000.0).round() as i64)),
            row: row.at(),
        })
    });
    sites.into()
}

/// The windows of each day of the cycle.
fn cycle_windows(hours: &Hours, settings: &Settings) -> Vec<Vec<Window>> {
    (0..usize::from(settings.cycle_days())).map(|day| hours.windows(settings.date(day))).collect()
}

/// Hours of a site as shown, and what can be computed with; night hours and school holidays stay words.
fn site_hours(row: Row<'_>, findings: &mut Findings) -> Read<(String, Option<Hours>)> {
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
            Ok(Some((parsed.plain, Some(parsed.value))))
        }
        Err(NotHours::ClosesBefore | NotHours::Overlap | NotHours::Unsupported) => {
            Ok(Some((cell.text.clone(), None)))
        }
        Err(why) => Err(report_hours(row, "opens", why, findings)),
    }
}
