//! A short name of a scenario's content.

use std::fmt::{self, Write};

use crate::tables::Dataset;

/// Sixteen hexadecimal digits, equal for equal tables and planning settings. Where roads come from and how long the
/// search may take are left out: the command line may change both, and the plan is still of the same scenario.
///
/// Not made to resist somebody who wants two scenarios to look alike, nor to last from one version to the next.
pub fn fingerprint(dataset: &Dataset) -> String {
    let settings = &dataset.settings;
    let mut hash = Fnv(0xcbf2_9ce4_8422_2325);
    let written = write!(
        hash,
        "{:?}",
        (
            (&settings.title, settings.start, settings.weeks, settings.until, &settings.timezone),
            (&settings.coverage, &settings.objective, &settings.announce),
            (&dataset.depots, &dataset.antennas, &dataset.stops, &dataset.places, &dataset.sites),
            (&dataset.closures, &dataset.locks),
        )
    );
    written.expect("hashing takes any words");
    format!("{:016x}", hash.0)
}

/// FNV-1a, 64 bits (Fowler, Noll & Vo).
struct Fnv(u64);

impl Write for Fnv {
    fn write_str(&mut self, words: &str) -> fmt::Result {
        for byte in words.bytes() {
            self.0 = (self.0 ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3);
        }
        Ok(())
    }
}
