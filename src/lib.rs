//! Planner of mobile routes for itinerant food aid.
//!
//! tournee turns tables (antennas, candidate stops, places with need, aid sites) and a road network into
//! weekly tours with times people can read, so that the most need is within reach at the lowest cost.
//! Data flows one way through the modules below, in this order; `ARCHITECTURE.md` draws the map.

pub mod diagnostics;
pub mod ids;
pub mod traveller;
pub mod units;
pub mod whole_file;

pub mod network;
pub mod tables;

pub mod matrix;

pub mod isochrone;

pub mod survey;

pub mod coverage;

pub mod model;

pub mod bound;
pub mod instances;
pub mod solver;

pub mod timetable;

pub mod check;

pub mod plan;

pub mod outputs;
