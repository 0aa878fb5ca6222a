//! What people typed: tolerance, errors, formats.

mod bad_inputs;
mod formats;
#[cfg(feature = "gpkg")]
mod geopackage;
mod hostile;
mod init;
mod page;
mod places;
mod reading;
mod repairs;
