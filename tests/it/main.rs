//! All integration tests in one program: one link, shared helpers in `support`.

mod architecture;
mod coverage;
mod instances;
mod model;
mod mutants;
mod outputs;
mod properties;
mod roads;
mod stories;
mod support;
mod tables;
mod timetable;
