//! Tables into the rows of a dataset: one file a table, and what several of them share.

pub(super) mod antennas;
pub(super) mod calendar;
pub(super) mod ids;
pub(super) mod need;
pub(super) mod places;
pub(super) mod position;
pub(super) mod share;
pub(super) mod stops;
pub(super) mod whens;

use super::settings::Settings;
use ids::Ids;

/// What the rows of every table are read against.
#[derive(Debug)]
pub(super) struct Context<'a> {
    /// The settings, or stand-ins where some could not be read.
    pub settings: &'a Settings,
    /// Whether start, weeks and until are the user's: else nothing about dates is said.
    pub calendar_is_known: bool,
    /// Costs of an antenna without its own.
    pub costs: super::keys::Costs,
    /// Rows of `depots` by id.
    pub depots: Ids,
    /// Rows of `antennas` by id.
    pub antennas: Ids,
    /// Rows of `stops` by id.
    pub stops: Ids,
}

/// The rows that could be read; a finding was made for each of the others.
pub(super) fn collect<'a, T>(
    rows: impl Iterator<Item = super::table::Row<'a>>,
    mut read: impl FnMut(super::table::Row<'a>) -> Result<T, super::findings::Reported>,
) -> Vec<T> {
    rows.filter_map(|row| read(row).ok()).collect()
}
