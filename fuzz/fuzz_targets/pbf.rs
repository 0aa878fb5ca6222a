//! Any bytes as an OpenStreetMap extract.

#![no_main]

#[path = "../use_roads.rs"]
mod use_roads;

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    use_roads::use_roads(bytes);
});
