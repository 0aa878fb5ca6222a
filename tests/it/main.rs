//! All integration tests in one program: one link, shared helpers in `support`.

mod architecture;
mod coverage;
mod model;
mod roads;
mod support;
