//! Places overlooked on purpose.

use super::rng::Rng;

/// How a search for places may err, on purpose.
pub(super) struct Blinks<'r> {
    pub rng: &'r mut Rng,
    /// Logarithm of the probability that a place is not overlooked.
    log_seen: f64,
    /// Places until one is overlooked.
    left: u64,
}

impl<'r> Blinks<'r> {
    /// Each place is overlooked with the probability `rate` (Christiaens & Vanden Berghe 2020, section 5.3).
    pub fn new(rate: f64, rng: &'r mut Rng) -> Self {
        let mut blinks = Self { rng, log_seen: (-rate).ln_1p(), left: u64::MAX };
        blinks.draw();
        blinks
    }

    /// Draws how many places are seen before the next one that is not: geometric.
    fn draw(&mut self) {
        if self.log_seen < 0.0 {
            self.left = (self.rng.unit().max(f64::MIN_POSITIVE).ln() / self.log_seen) as u64;
        }
    }

    /// Whether a place is overlooked.
    #[inline]
    pub fn blink(&mut self) -> bool {
        if self.left > 0 {
            self.left -= 1;
            return false;
        }
        self.draw();
        true
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn as_many_places_are_overlooked_as_the_rate_says() {
        let mut rng = Rng::new(7, 0);
        for (rate, expected) in [(0.0, 0..=0), (0.01, 80..=120), (0.2, 1_900..=2_100)] {
            let mut blinks = Blinks::new(rate, &mut rng);
            let overlooked = (0..10_000).filter(|_| blinks.blink()).count();
            assert!(expected.contains(&overlooked), "{overlooked} of 10,000 at {rate}");
        }
    }
}
