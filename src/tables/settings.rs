//! What `scenario.toml` says, every key filled in. [`super::keys`] reads it.

use std::path::PathBuf;

use jiff::civil::Date;

use crate::diagnostics::Lang;
use crate::units::{Cost, Day, Metres, Seconds};

/// `scenario.toml`.
#[derive(Clone, Debug)]
pub struct Settings {
    /// Shown on every output.
    pub title: String,
    /// What every output says beside the title, possibly empty: that sites are stand-ins, that need is estimated.
    pub note: String,
    /// First day of the cycle, a Monday.
    pub start: Date,
    /// Length of the cycle, 1 to 6.
    pub weeks: u8,
    /// Last published date, at or after the end of the first cycle; the cycle repeats until then.
    pub until: Date,
    /// IANA name, checked: `Europe/Paris`.
    pub timezone: String,
    /// Language of messages and outputs unless the command line says otherwise.
    pub language: Lang,
    /// Where roads come from.
    pub roads: RoadSettings,
    /// What counts as reached, and who is counted.
    pub coverage: CoverageSettings,
    /// Weights of the objective.
    pub objective: ObjectiveSettings,
    /// Budget of the search.
    pub solver: SolverSettings,
    /// How times are announced.
    pub announce: AnnounceSettings,
    /// How need is estimated.
    pub need: NeedSettings,
    /// Whom people may ask.
    pub organisation: Organisation,
}

/// `[organisation]`: who runs the tours, as people may ask them. What is blank is not known.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Organisation {
    /// The association.
    pub name: String,
    /// As it is dialled.
    pub phone: String,
    /// Address for mail.
    pub email: String,
    /// Address of the site.
    pub website: String,
    /// What a poster should say: who may come, what to bring.
    pub notice: String,
}

impl Settings {
    /// Days of the cycle, 7 to 42.
    pub fn cycle_days(&self) -> u8 {
        self.weeks * 7
    }

    /// Published days, from `start` to `until` inclusive; a position in it indexes `Stop::windows`.
    pub fn horizon_days(&self) -> usize {
        usize::try_from((self.until - self.start).get_days() + 1).expect("until is not before start")
    }

    /// The date of a published day.
    pub fn date(&self, horizon_day: usize) -> Date {
        let span = jiff::Span::new().days(i64::try_from(horizon_day).expect("a horizon is bounded"));
        self.start.checked_add(span).expect("horizon dates were checked on reading")
    }

    /// The published day of a date, if it is one.
    pub fn horizon_day(&self, date: Date) -> Option<usize> {
        (self.start <= date && date <= self.until)
            .then(|| usize::try_from((date - self.start).get_days()).expect("not before start"))
    }

    /// The day of the cycle that a published day repeats.
    pub fn cycle_day(&self, horizon_day: usize) -> Day {
        Day((horizon_day % usize::from(self.cycle_days())) as u8)
    }
}

/// `[roads]`.
#[derive(Clone, Debug, PartialEq)]
pub struct RoadSettings {
    /// File or sketch.
    pub source: RoadSource,
    /// Neighbours each point of a sketch is joined to.
    pub sketch_neighbours: u32,
    /// Road length over straight length in a sketch, at least 1.
    pub sketch_detour: f64,
    /// `(straight metres up to which it holds, km/h)`, increasing; the last holds beyond.
    pub sketch_speeds: Vec<(Metres, u32)>,
    /// Average km/h of vehicles on roads of a `highway` class, for the classes whose speed is given; where no limit is
    /// mapped.
    pub class_speeds: Vec<(&'static str, f64)>,
    /// Farthest a point may lie from a usable road.
    pub snap_limit: Metres,
}

/// Where roads come from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum RoadSource {
    /// Built from the scenario's own points; every output says so.
    Sketch,
    /// An `.osm.pbf` or a prepared network; relative paths are from the scenario folder.
    File(PathBuf),
}

/// `[coverage]`. A group is reached when every limit that is set holds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CoverageSettings {
    /// `car-15min`, ... or `custom`, as outputs name it.
    pub rule: String,
    /// Longest drive of households with a car.
    pub drive_limit: Option<Seconds>,
    /// Longest road of households with a car.
    pub road_limit: Option<Metres>,
    /// Longest walk of households without a car.
    pub walk_limit: Seconds,
    /// Of the need that attends, in thousandths, 0 to 1000.
    pub attendance_permille: u16,
    /// Whose need counts.
    pub count: Count,
    /// Measures of access: travel times within which facilities are counted, increasing, at least one.
    pub thresholds: Vec<Seconds>,
    /// Measures of access: how weight falls with time.
    pub decay: DecayRule,
}

/// How the weight of a facility falls with travel time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DecayRule {
    /// In zones of 10, 20 and 30 minutes.
    Zones,
    /// As a bell, to nothing at the last threshold.
    Gaussian,
}

/// `[need]`: how need is estimated where the table does not give it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct NeedSettings {
    /// By population and poverty; else a blank is an error.
    pub is_estimated: bool,
    /// At least 1.
    pub persons_per_household: f64,
    /// Euros a year.
    pub poverty_line: f64,
    /// Standard deviation of the logarithm of incomes, above 0.
    pub income_spread: f64,
    /// Of households, 0 to 1, where a place does not say.
    pub carless_share: f64,
}

/// Whose need the objective counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Count {
    /// Groups that no aid site covers.
    WhiteZones,
    /// All groups.
    Everyone,
}

/// `[objective]`. Antenna costs left blank in the table were filled in on reading.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ObjectiveSettings {
    /// Worth of one household within reach, a cycle.
    pub value_per_household: Cost,
    /// Penalty of a required visit left out, a cycle.
    pub missed_visit: Cost,
}

/// `[solver]`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SolverSettings {
    /// Budget of time; ignored when `iterations` is given.
    pub time: Seconds,
    /// Seed of every random choice.
    pub seed: u64,
    /// Budget of iterations: reproducible.
    pub iterations: Option<u64>,
}

/// `[announce]`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AnnounceSettings {
    /// Announced times are multiples of this: whole minutes, at least one.
    pub rounding: Seconds,
    /// The antenna is there at least this long before the announced opening.
    pub margin: Seconds,
}
