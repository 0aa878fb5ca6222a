//! Properties of the search over generated problems.

mod oracle;
mod problems;
mod search;
mod villages;
