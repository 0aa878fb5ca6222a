//! All integration tests in one program: one link, shared helpers in `support`.

mod architecture;
mod coverage;
mod instances;
mod model;
mod mutants;
mod properties;
mod roads;
mod support;
mod tables;
