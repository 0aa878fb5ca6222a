//! What people typed: tolerance, errors, formats.

mod reading;
mod scratch;
