//! Roads and travel: what a traveller gets from a sketch and from an extract.

mod access;
mod barriers;
mod commands;
mod extracts;
mod files;
mod hierarchy;
mod isochrone;
mod mutations;
mod pbf_writer;
mod reference;
mod sketch;
mod tiled;
mod town;
mod turns;
