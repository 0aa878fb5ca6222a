//! `plan.json`: the whole plan, for `check`, `report` and other programs.
//!
//! Its schema is `schema/plan.schema.json`. [`PlanDocument::to_json`](super::document::PlanDocument::to_json) makes it,
//! [`read_whole()`] reads that back; [`read()`] reads the timetable in it, also when typed by hand with the essentials alone.

mod complete;
pub(super) mod fields;
mod read;
mod whole;

pub use read::{BYTES_MAX, read};
pub use whole::read_whole;
