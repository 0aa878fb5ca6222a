//! How evenly access is shared: figures of inequality, for the whole and for each territory.

use std::collections::BTreeMap;

use super::access::AccessReport;
use crate::ids::PlaceId;
use crate::tables::Dataset;
use crate::units::Need;

/// A value of somebody who stands for `weight` people.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Sample {
    /// Not negative.
    pub value: f64,
    /// Not negative.
    pub weight: f64,
}

/// What a territory is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Level {
    /// All places.
    Whole,
    /// A department.
    Department,
    /// A group of communes.
    Epci,
}

/// How evenly access is shared in a territory.
#[derive(Clone, Debug, PartialEq)]
pub struct Equity {
    /// What it is.
    pub level: Level,
    /// As the table says; empty for the whole.
    pub name: String,
    /// Its places.
    pub places: usize,
    /// Those whose need is not known.
    pub places_unknown: usize,
    /// Its need.
    pub need: Need,
    /// Mean accessibility of a household in need; none without need.
    pub mean: Option<f64>,
    /// Gini coefficient of accessibility; none where nobody has any.
    pub gini: Option<f64>,
    /// Mean accessibility of the tenth of the households that has least; none without need.
    pub worst_decile: Option<f64>,
    /// Households it lacks.
    pub deficit: f64,
}

/// The Gini coefficient, 0 where all have the same to nearly 1 where one has all: one less twice the area under the Lorenz
/// curve, with straight lines between samples. None where the values add up to nothing. `O(n log n)`.
pub fn gini(samples: &[Sample]) -> Option<f64> {
    let sorted = by_value(samples);
    let weights: f64 = sorted.iter().map(|sample| sample.weight).sum();
    let total: f64 = sorted.iter().map(|sample| sample.weight * sample.value).sum();
    if weights <= 0.0 || total <= 0.0 {
        return None;
    }
    let mut held = 0.0;
    let mut twice_area = 0.0;
    for sample in &sorted {
        let before = held;
        held += sample.weight * sample.value;
        twice_area += sample.weight * (before + held);
    }
    Some((1.0 - twice_area / (weights * total)).clamp(0.0, 1.0))
}

/// The mean of the tenth of all weight whose values are least; who stands across its edge counts in part. None without
/// weight. `O(n log n)`.
pub fn worst_decile(samples: &[Sample]) -> Option<f64> {
    let sorted = by_value(samples);
    let tenth = sorted.iter().map(|sample| sample.weight).sum::<f64>() / 10.0;
    if tenth <= 0.0 {
        return None;
    }
    let mut left = tenth;
    let mut sum = 0.0;
    for sample in sorted {
        let taken = sample.weight.min(left);
        sum += taken * sample.value;
        left -= taken;
    }
    Some(sum / tenth)
}

fn by_value(samples: &[Sample]) -> Vec<Sample> {
    let mut sorted = samples.to_vec();
    sorted.sort_by(|a, b| a.value.total_cmp(&b.value));
    sorted
}

/// Equity of the whole, then of each department and of each group of communes that the table names, in order of name.
///
/// Places without a name at a level are in no territory of that level. `O(n log n)`.
pub fn equity(dataset: &Dataset, report: &AccessReport) -> Vec<Equity> {
    let mut territories: BTreeMap<(Level, &str), Vec<PlaceId>> = BTreeMap::new();
    for (id, place) in dataset.places.iter_enumerated() {
        territories.entry((Level::Whole, "")).or_default().push(id);
        for (level, name) in [(Level::Department, &place.department), (Level::Epci, &place.epci)] {
            if !name.is_empty() {
                territories.entry((level, name)).or_default().push(id);
            }
        }
    }
    let row = |((level, name), places): (_, Vec<PlaceId>)| of(dataset, report, level, name, &places);
    territories.into_iter().map(row).collect()
}

fn of(dataset: &Dataset, report: &AccessReport, level: Level, name: &str, places: &[PlaceId]) -> Equity {
    let samples: Vec<Sample> = places
        .iter()
        .map(|&id| Sample {
            value: report.places[id].accessibility,
            weight: dataset.places[id].need().households(),
        })
        .collect();
    let weight: f64 = samples.iter().map(|sample| sample.weight).sum();
    let sum: f64 = samples.iter().map(|sample| sample.weight * sample.value).sum();
    Equity {
        level,
        name: name.to_owned(),
        places: places.len(),
        places_unknown: places.iter().filter(|&&id| !dataset.places[id].need_is_known).count(),
        need: places.iter().map(|&id| dataset.places[id].need()).sum(),
        mean: (weight > 0.0).then(|| sum / weight),
        gini: gini(&samples),
        worst_decile: worst_decile(&samples),
        deficit: places.iter().map(|&id| report.places[id].deficit).sum(),
    }
}
