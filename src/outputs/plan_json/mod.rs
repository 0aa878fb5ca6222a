//! `plan.json`: the whole plan, for `check`, `report` and other programs.
//!
//! Its schema is `schema/plan.schema.json`; [`VERSION`] changes when a reader of the former one would misread it.
//! [`plan_json()`] makes it, [`read()`] reads it back, also when typed by hand with the essentials alone.

mod complete;
mod fields;
mod read;
mod write;

pub use read::{BYTES_MAX, read};
pub use write::plan_json;

/// What the file says it is.
pub const FORMAT: &str = "tournee-plan";

/// Of the schema.
pub const VERSION: u64 = 1;
