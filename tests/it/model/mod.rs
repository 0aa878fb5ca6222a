//! The exact model: times of a route, cost of a solution, patterns, lowering, reasons.

mod evaluate;
mod fixture;
mod lower;
mod oracle;
mod pattern;
mod reasons;
mod schedule;
