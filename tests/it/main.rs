//! All integration tests in one program: one link, shared helpers in `support`.

mod architecture;
mod model;
mod coverage;
mod roads;
mod support;
