//! Any bytes as a prepared network, its length and checksum put right so that what lies behind them is reached.

#![no_main]

#[path = "../checksum.rs"]
mod checksum;
#[path = "../use_roads.rs"]
mod use_roads;

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    use_roads::use_roads(&checksum::with_right_checksum(bytes.to_vec()));
});
