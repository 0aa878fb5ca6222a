//! Properties of the search over generated problems.

mod bound;
mod oracle;
mod problems;
mod search;
mod villages;
