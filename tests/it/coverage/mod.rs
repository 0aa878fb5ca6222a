//! Who reaches what, and what is said of it.

mod fixture;
mod measure;
mod samples;
mod survey;
mod zones;
