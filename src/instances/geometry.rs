//! Distances under the rounding conventions of benchmark sets, in exact arithmetic.
//!
//! In: coordinates as decimals, or a table. Out: distances in *steps*, the unit in which an instance counts: whole
//! numbers under a rounding convention, real ones under [`Measure::Real`].

use super::text::Decimal;

/// Digits after the point kept of a coordinate. Published files have at most five that matter.
const PLACES_MAX: u32 = 6;

/// How a distance of the file becomes a number of steps.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Measure {
    /// Not rounded.
    Real,
    /// `steps` times the distance, to the nearest whole number, halves up.
    Nearest {
        /// Steps in one unit of the file.
        steps: u32,
    },
    /// `steps` times the distance, cut to a whole number.
    Down {
        /// Steps in one unit of the file.
        steps: u32,
    },
    /// `steps` times the distance, up to a whole number.
    Up {
        /// Steps in one unit of the file.
        steps: u32,
    },
}

impl Measure {
    /// Steps in one unit of the file.
    pub const fn steps(self) -> u32 {
        match self {
            Self::Real => 1,
            Self::Nearest { steps } | Self::Down { steps } | Self::Up { steps } => steps,
        }
    }

    /// A distance that stands in the file.
    pub fn of(self, distance: f64) -> f64 {
        let scaled = distance * f64::from(self.steps());
        match self {
            Self::Real => scaled,
            Self::Nearest { .. } => (scaled + 0.5).floor(),
            Self::Down { .. } => scaled.floor(),
            Self::Up { .. } => scaled.ceil(),
        }
    }
}

/// Where the points are: depots first, then customers, in the order of the file.
#[derive(Clone, Debug)]
pub enum Geometry {
    /// Coordinates.
    Plane(PlanePoints),
    /// Distances in steps, row-major.
    Table {
        /// Rows and columns.
        size: usize,
        /// `size * size` distances.
        cells: Vec<f64>,
    },
}

/// Coordinates as whole numbers of `1 / grid`, so that distances can be rounded exactly.
#[derive(Clone, Debug)]
pub struct PlanePoints {
    /// At most 10^15 in size, so that squares of scaled distances fit 128 bits.
    pub at: Vec<(i64, i64)>,
    /// A power of ten.
    pub grid: u32,
}

impl PlanePoints {
    /// Points on the coarsest grid that holds all their decimals.
    pub(super) fn new(points: &[(Decimal, Decimal)]) -> Self {
        let places = points.iter().map(|(x, y)| x.places.max(y.places)).max().unwrap_or(0);
        let grid = 10_u32.pow(places.min(PLACES_MAX));
        let on_grid = |read: Decimal| (read.value * f64::from(grid)).round() as i64;
        Self { at: points.iter().map(|&(x, y)| (on_grid(x), on_grid(y))).collect(), grid }
    }

    /// Squared distance on the grid.
    fn squared(&self, a: usize, b: usize) -> u128 {
        let ((ax, ay), (bx, by)) = (self.at[a], self.at[b]);
        let (dx, dy) = (u128::from(ax.abs_diff(bx)), u128::from(ay.abs_diff(by)));
        dx * dx + dy * dy
    }

    /// The distance in steps of `measure`.
    pub fn distance(&self, a: usize, b: usize, measure: Measure) -> f64 {
        let squared = self.squared(a, b);
        let grid = u128::from(self.grid);
        let steps = u128::from(measure.steps());
        // floor(sqrt(x) / g) = floor(floor(sqrt(x)) / g) for whole g, so integer roots are exact.
        match measure {
            Measure::Real => (squared as f64).sqrt() / f64::from(self.grid),
            Measure::Nearest { .. } => ((root(4 * steps * steps * squared) + grid) / (2 * grid)) as f64,
            Measure::Down { .. } => (root(steps * steps * squared) / grid) as f64,
            Measure::Up { .. } => {
                let scaled = steps * steps * squared;
                let below = root(scaled);
                let exact = below * below == scaled;
                (if exact { below.div_ceil(grid) } else { below / grid + 1 }) as f64
            }
        }
    }
}

/// Integer square root; nearly always of a number that fits a machine word.
fn root(square: u128) -> u128 {
    u64::try_from(square).map_or_else(|_| square.isqrt(), |word| u128::from(word.isqrt()))
}

impl Geometry {
    /// Number of points.
    pub fn len(&self) -> usize {
        match self {
            Self::Plane(points) => points.at.len(),
            Self::Table { size, .. } => *size,
        }
    }

    /// Whether there is no point.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// The distance in steps; `measure` has been applied to a table when it was read.
    pub fn distance(&self, a: usize, b: usize, measure: Measure) -> f64 {
        match self {
            Self::Plane(points) => points.distance(a, b, measure),
            Self::Table { size, cells } => cells[a * size + b],
        }
    }

    /// A distance that no two points exceed, in steps before rounding. `O(n)` for points, `O(n²)` for a table.
    pub fn longest(&self, measure: Measure) -> f64 {
        match self {
            Self::Plane(points) => {
                let span = |pick: fn(&(i64, i64)) -> i64| {
                    let values = || points.at.iter().map(pick);
                    values().max().unwrap_or(0).abs_diff(values().min().unwrap_or(0)) as f64
                };
                let diagonal = span(|at| at.0).hypot(span(|at| at.1));
                (diagonal / f64::from(points.grid) * f64::from(measure.steps())).ceil() + 1.0
            }
            Self::Table { cells, .. } => cells.iter().copied().fold(0.0, f64::max),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn plane(points: &[(&str, &str)]) -> PlanePoints {
        let read = |cell| Decimal::parse(cell).expect("a number");
        PlanePoints::new(&points.iter().map(|&(x, y)| (read(x), read(y))).collect::<Vec<_>>())
    }

    #[test]
    fn halves_round_up_and_whole_lengths_stay() {
        // 0.3, 0.4 is 0.5 away: a half exactly, which floating point would miss.
        let points = plane(&[("0", "0"), ("0.3", "0.4"), ("3", "4")]);
        assert_eq!(points.distance(0, 1, Measure::Nearest { steps: 1 }), 1.0);
        assert_eq!(points.distance(0, 1, Measure::Down { steps: 10 }), 5.0);
        for measure in [Measure::Nearest { steps: 1 }, Measure::Down { steps: 1 }, Measure::Up { steps: 1 }] {
            assert_eq!(points.distance(0, 2, measure), 5.0);
        }
    }

    #[test]
    fn a_diagonal_is_rounded_in_each_direction() {
        // sqrt(2) = 1.41421...
        let points = plane(&[("0", "0"), ("1", "1")]);
        assert_eq!(points.distance(0, 1, Measure::Nearest { steps: 1000 }), 1414.0);
        assert_eq!(points.distance(0, 1, Measure::Down { steps: 10 }), 14.0);
        assert_eq!(points.distance(0, 1, Measure::Up { steps: 10 }), 15.0);
        assert!((points.distance(0, 1, Measure::Real) - std::f64::consts::SQRT_2).abs() < 1e-15);
    }

    #[test]
    fn far_points_do_not_overflow() {
        let points = plane(&[("-1000000000", "-1000000000.000001"), ("1000000000", "1000000000")]);
        assert!((points.distance(0, 1, Measure::Up { steps: 1000 }) - 2.828_427_124_746_191e12).abs() < 1.0);
    }
}
