//! A scenario with other resources: what a planner varies to see what they bring, without editing tables.

use std::cmp::Reverse;

use typed_index_collections::TiVec;

use super::findings::Findings;
use super::{Antenna, Dataset, Stop, validate};
use crate::diagnostics::Report;
use crate::ids::{AntennaId, StopId};
use crate::units::{Cost, Seconds};

/// What differs from the tables. The default changes nothing.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Resources {
    /// How many antennas work: the first of the table, then copies of its last one; at least 1.
    pub antennas: Option<usize>,
    /// Days a week on which an antenna goes out at most, 1 to 7: those of its days on which it opens most stops.
    pub days_per_week: Option<u8>,
    /// Longest duty of an antenna's day, where it has no shorter one.
    pub hours_per_day: Option<Seconds>,
    /// Worth of a household within reach, a cycle.
    pub value_per_household: Option<Cost>,
}

impl Dataset {
    /// The scenario with these resources. Fails where the worth of all need can't be counted.
    ///
    /// Antennas that are left out stay in the table and work on no day. A copy has its model's days, hours and stops; its
    /// id is the model's with `+1`, `+2` and so on.
    pub fn with_resources(&self, resources: &Resources) -> Report<Self> {
        let mut dataset = self.clone();
        if let Some(count) = resources.antennas {
            dataset.set_antennas(count.max(1));
        }
        if let Some(days) = resources.days_per_week {
            dataset.set_days(usize::from(days));
        }
        if let Some(longest) = resources.hours_per_day {
            for antenna in &mut dataset.antennas {
                antenna.max_duty = Some(antenna.max_duty.map_or(longest, |duty| duty.min(longest)));
            }
        }
        let mut findings = Findings::default();
        if let Some(value) = resources.value_per_household {
            dataset.settings.objective.value_per_household = value;
        }
        // What outweighs everything depends on both.
        dataset.settings.objective.missed_visit = validate::missed_visit(&dataset, &mut findings);
        let (diagnostics, _) = findings.finish();
        Report::new(dataset, diagnostics)
    }

    fn set_antennas(&mut self, count: usize) {
        for antenna in self.antennas.iter_mut().skip(count) {
            antenna.works.fill(false);
        }
        let Some(model) = self.antennas.last_key() else { return };
        for copy in 1..=count.saturating_sub(self.antennas.len()) {
            self.copy_antenna(model, copy);
        }
    }

    fn copy_antenna(&mut self, model: AntennaId, copy: usize) {
        let original = self.antennas[model].clone();
        let (id, name) = (format!("{}+{copy}", original.id), format!("{} +{copy}", original.name));
        let added = self.antennas.push_and_get_key(Antenna { id, name, ..original });
        for stop in self.stops.iter_mut().filter(|stop| stop.antennas.contains(&model)) {
            stop.antennas.push(added);
        }
    }

    /// Leaves every antenna so many of its weekdays, and closes the others.
    ///
    /// A day after the other, each antenna in turn takes the weekday that opens most stops that nobody opens yet; then
    /// the one with most open stops, with fewest other antennas, the first of the week. So the days of fewer days are among
    /// those of more. Which days would be best only plans tell: this is a choice that can be stated and repeated.
    fn set_days(&mut self, count: usize) {
        let mut taken: TiVec<AntennaId, [bool; 7]> = vec![[false; 7]; self.antennas.len()].into();
        let mut is_open: TiVec<StopId, bool> = vec![false; self.stops.len()].into();
        for _ in 0..count.min(7) {
            for id in self.antennas.keys() {
                let free = (0..7).filter(|&day| !taken[id][day] && self.works_on(id, day));
                let rank = |&day: &usize| {
                    let stops: Vec<StopId> = self.stops_on(id, day).collect();
                    let new = stops.iter().filter(|stop| !is_open[**stop]).count();
                    let others = taken.iter().filter(|days| days[day]).count();
                    (new, stops.len(), Reverse(others), Reverse(day))
                };
                let Some(day) = free.max_by_key(rank) else { continue };
                taken[id][day] = true;
                for stop in self.stops_on(id, day).collect::<Vec<_>>() {
                    is_open[stop] = true;
                }
            }
        }
        for (antenna, days) in self.antennas.iter_mut().zip(&taken) {
            // The first published day is a Monday.
            for (day, works) in antenna.works.iter_mut().enumerate() {
                *works &= days[day % 7];
            }
        }
    }

    /// Whether an antenna goes out on a weekday of some week.
    fn works_on(&self, antenna: AntennaId, weekday: usize) -> bool {
        self.antennas[antenna].works.iter().skip(weekday).step_by(7).any(|works| *works)
    }

    /// The stops an antenna may open on a weekday of some week.
    fn stops_on(&self, antenna: AntennaId, weekday: usize) -> impl Iterator<Item = StopId> + '_ {
        let is_open = move |stop: &Stop| {
            let mut days = stop.windows.iter().skip(weekday).step_by(7);
            stop.antennas.contains(&antenna) && days.any(|windows| !windows.is_empty())
        };
        self.stops.iter_enumerated().filter(move |(_, stop)| is_open(stop)).map(|(id, _)| id)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tables::{Sources, read};

    /// Two vans that work from Monday to Wednesday; a stop on Mondays, two on Tuesdays, one on both Mondays and Wednesdays.
    fn scenario() -> Dataset {
        let files = [
            ("scenario.toml", "start = 2027-01-04\nweeks = 1\n"),
            ("depots.csv", "id,lon,lat\nd,3.1,47.0\n"),
            ("antennas.csv", "id,depot,capacity,days\na,d,50,lun-mer\nb,d,50,lun-mer\n"),
            (
                "stops.csv",
                "id,name,lon,lat,days\ns,S,3.2,47,lun\nt,T,3.2,47.1,mardi\nu,U,3.2,47.2,mardi\nv,V,3.2,47.3,\"lun,mer\"\n",
            ),
        ];
        let report = read(&Sources::from_texts(files));
        report.value.unwrap_or_else(|| panic!("{:?}", report.diagnostics))
    }

    fn days(days_per_week: u8) -> Vec<String> {
        let resources = Resources { days_per_week: Some(days_per_week), ..Resources::default() };
        let dataset = scenario().with_resources(&resources).value.expect("nothing is too large");
        let of = |antenna: &Antenna| -> String {
            ["lun ", "mar ", "mer ", "jeu ", "ven ", "sam ", "dim "]
                .into_iter()
                .zip(&antenna.works)
                .filter_map(|(day, works)| works.then_some(day))
                .collect()
        };
        dataset.antennas.iter().map(of).collect()
    }

    #[test]
    fn days_that_are_left_open_most_stops_and_grow_one_by_one() {
        // Monday and Tuesday open two stops each: the first takes the first, the second what is new.
        assert_eq!(days(1), ["lun ", "mar "]);
        // Nothing is new: the day with two stops, Tuesday for the first and Monday for the second.
        assert_eq!(days(2), ["lun mar ", "lun mar "]);
        assert_eq!(days(3), ["lun mar mer ", "lun mar mer "]);
        assert_eq!(days(7), days(3), "they work on no other day");
    }

    #[test]
    fn a_shorter_day_stays_as_short() {
        let mut scenario = scenario();
        scenario.antennas.raw[0].max_duty = Some(Seconds(3_600));
        let resources = Resources { hours_per_day: Some(Seconds(7_200)), ..Resources::default() };
        let found = scenario.with_resources(&resources).value.expect("nothing is too large");
        let duties: Vec<_> = found.antennas.iter().map(|antenna| antenna.max_duty).collect();
        assert_eq!(duties, [Some(Seconds(3_600)), Some(Seconds(7_200))]);
    }
}
