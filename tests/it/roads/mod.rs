//! Roads and travel: what a traveller gets from a sketch and from an extract.

mod reference;
mod sketch;
