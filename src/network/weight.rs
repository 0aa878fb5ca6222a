//! Seconds and metres in one number, compared by seconds first.

use std::fmt;
use std::ops::Sub;

/// A time and the length of the same way: 32 bits of seconds above 32 bits of metres.
///
/// One comparison orders ways by time, then by length, so that the best way has one definite length whatever
/// algorithm finds it. Neither half ever passes [`Weight::LIMIT`].
#[derive(Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Weight(u64);

impl Weight {
    /// No time, no length.
    pub const ZERO: Self = Self(0);
    /// Largest seconds and largest metres: 34 years, and 27 times round the Earth.
    pub const LIMIT: u32 = (1 << 30) - 1;
    /// Not reached: greater than every weight, also with one added to it.
    pub const UNREACHED: Self = Self(1 << 62);
    /// Bits that only sums beyond the limit have.
    const BEYOND: u64 = 0xc000_0000_c000_0000;

    /// Each half is cut at [`Weight::LIMIT`].
    pub fn new(seconds: u32, metres: u32) -> Self {
        Self(u64::from(seconds.min(Self::LIMIT)) << 32 | u64::from(metres.min(Self::LIMIT)))
    }

    /// From halves that are within the limit, as [`Weight::seconds`] and [`Weight::metres`] give them.
    pub const fn from_halves(seconds: u32, metres: u32) -> Self {
        Self((seconds as u64) << 32 | metres as u64)
    }

    /// Whole seconds.
    pub const fn seconds(self) -> u32 {
        (self.0 >> 32) as u32
    }

    /// Whole metres.
    pub const fn metres(self) -> u32 {
        self.0 as u32
    }

    /// The sum, `None` beyond [`Weight::LIMIT`]: no road is that long.
    pub const fn checked_add(self, other: Self) -> Option<Self> {
        self.plus(other).known() // two halves below 2^30 do not carry into each other
    }

    /// The sum for loops that compare first and look at the result once: it may be beyond [`Weight::LIMIT`], and is
    /// told by [`Weight::known`]. The left side is a weight or [`Weight::UNREACHED`], the right side a weight.
    #[must_use]
    pub const fn plus(self, other: Self) -> Self {
        Self(self.0 + other.0)
    }

    /// Itself, unless it is unreached or a sum beyond [`Weight::LIMIT`].
    pub const fn known(self) -> Option<Self> {
        if self.0 & Self::BEYOND == 0 { Some(self) } else { None }
    }

    /// The first `fraction` (0 to 1) of it; never decreases as `fraction` grows.
    #[must_use]
    pub fn part(self, fraction: f64) -> Self {
        let of = |whole: u32| (f64::from(whole) * fraction).round() as u32;
        Self::new(of(self.seconds()), of(self.metres()))
    }
}

/// Both halves of the right side must be at most those of the left.
impl Sub for Weight {
    type Output = Self;
    fn sub(self, other: Self) -> Self {
        debug_assert!(other.seconds() <= self.seconds() && other.metres() <= self.metres());
        Self(self.0 - other.0)
    }
}

impl fmt::Debug for Weight {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} s {} m", self.seconds(), self.metres())
    }
}
