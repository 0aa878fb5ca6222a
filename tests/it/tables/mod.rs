//! What people typed: tolerance, errors, formats.

mod bad_inputs;
mod formats;
mod hostile;
mod init;
mod page;
mod places;
mod reading;
mod repairs;
