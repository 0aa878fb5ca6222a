//! What the locks of one stop fix, and locks that no plan can keep.

use jiff::civil::Date;

use super::{findings, service, words};
use crate::diagnostics::{Diagnostic, Text};
use crate::ids::{AntennaId, StopId, VehicleId};
use crate::model::LockedVisit;
use crate::model::pattern::is_real_date;
use crate::model::schedule::opening_length;
use crate::tables::{Dataset, Lock, LockedDays, Status, Stop};
use crate::text;
use crate::units::{ClockTime, Day, DaySet, Seconds, Window};

/// What the locks of a stop fix.
pub(super) struct Locks {
    /// Positions in `Dataset::locks`.
    pub rows: Vec<usize>,
    /// Days of the cycle with a visit.
    pub days: DaySet,
    /// Days of the cycle outside which there is none.
    pub allowed: DaySet,
    /// By whom and when, by cycle day.
    pub visits: Vec<Option<LockedVisit>>,
}

/// Reads the locks of a stop that may be open in `windows` (by cycle day). Locks with a finding fix nothing.
pub(super) fn gather(dataset: &Dataset, id: StopId, windows: &[Vec<Window>]) -> (Locks, Vec<Diagnostic>) {
    let cycle = DaySet::first(dataset.settings.cycle_days());
    let visits = vec![None; windows.len()];
    let mut locks = Locks { rows: Vec::new(), days: DaySet::EMPTY, allowed: cycle, visits };
    let mut findings = Vec::new();
    for (row, lock) in dataset.locks.iter().enumerate().filter(|(_, lock)| lock.stop == id) {
        locks.rows.push(row);
        let reader = Reader { dataset, stop: &dataset.stops[id], lock, windows };
        match reader.days() {
            Err(finding) => findings.push(*finding),
            Ok(days) => {
                match lock.when {
                    LockedDays::Date(_) => locks.days = locks.days.union(days),
                    LockedDays::Weekday(_) | LockedDays::Every => {
                        locks.allowed = locks.allowed.intersection(days);
                    }
                }
                if let Some(day) = locks.fix(lock, days) {
                    findings.push(findings::lock_clash(reader.stop, lock, day, &dataset.settings));
                }
            }
        }
    }
    (locks, findings)
}

impl Locks {
    /// Adds what a lock fixes on `days`; the first day on which another lock fixed something else.
    fn fix(&mut self, lock: &Lock, days: DaySet) -> Option<Day> {
        let vehicle = lock.antenna.map(|antenna| VehicleId(antenna.0));
        for day in days.iter() {
            let visit = self.visits[day.index()].get_or_insert_default();
            let clashes = |old: bool, new: bool, same: bool| old && new && !same;
            if clashes(visit.vehicle.is_some(), vehicle.is_some(), visit.vehicle == vehicle)
                || clashes(visit.start.is_some(), lock.time.is_some(), visit.start == lock.time)
            {
                return Some(day);
            }
            visit.vehicle = visit.vehicle.or(vehicle);
            visit.start = visit.start.or(lock.time);
        }
        None
    }
}

/// One lock, being read.
struct Reader<'a> {
    dataset: &'a Dataset,
    stop: &'a Stop,
    lock: &'a Lock,
    windows: &'a [Vec<Window>],
}

impl Reader<'_> {
    /// The days of the cycle that the lock is about: its date, or the days on which it lets the stop be visited.
    fn days(&self) -> Result<DaySet, Box<Diagnostic>> {
        if self.stop.status == Status::Refused {
            return Err(Box::new(findings::lock_refused(self.stop, self.lock)));
        }
        if let Some(antenna) = self.lock.antenna.filter(|antenna| !self.stop.antennas.contains(antenna)) {
            let antenna = &self.dataset.antennas[antenna];
            return Err(Box::new(findings::lock_antenna_not_allowed(self.stop, self.lock, antenna)));
        }
        let grid = self.dataset.settings.announce.rounding;
        if let Some(time) = self.lock.time.filter(|time| time.round_up_to(grid) != *time) {
            return Err(Box::new(findings::lock_time_off_grid(self.lock, time, grid)));
        }
        match self.lock.when {
            LockedDays::Date(date) => self.on_date(date),
            LockedDays::Weekday(weekday) => self.among(
                self.open_days().filter(|day| day.weekday_index() == weekday).collect(),
                &on_weekday(weekday),
            ),
            LockedDays::Every => {
                self.among(self.open_days().collect(), &text!("un de ses jours", "on one of its days"))
            }
        }
    }

    fn open_days(&self) -> impl Iterator<Item = Day> {
        (0..self.windows.len() as u8).map(Day).filter(|day| !self.windows[day.index()].is_empty())
    }

    fn on_date(&self, date: Date) -> Result<DaySet, Box<Diagnostic>> {
        let settings = &self.dataset.settings;
        let words = words::date(date);
        let refuse = |fr: &str, en: &str| {
            let found = Text { fr: format!("{}, {fr}", words.fr), en: format!("{}, {en}", words.en) };
            Err(Box::new(findings::lock_day(self.stop, self.lock, found)))
        };
        let Some(published) = settings.horizon_day(date) else {
            return refuse("qui n'est pas publié", "which is not published");
        };
        if !is_real_date(self.stop.rhythm, date) {
            let rhythm = words::rhythm(self.stop.rhythm);
            return refuse(&format!("qui n'est pas {}", rhythm.fr), &format!("which is not {}", rhythm.en));
        }
        let day = settings.cycle_day(published);
        if self.windows[day.index()].is_empty() || self.stop.windows[published].is_empty() {
            return refuse(
                "où l'arrêt ou ses antennes sont fermés",
                "on which the stop or its antennas are closed",
            );
        }
        let on_date = Text { fr: format!("le {}", words.fr), en: format!("on {}", words.en) };
        if let Some(antenna) =
            self.lock.antenna.filter(|&antenna| !self.dataset.antennas[antenna].works[published])
        {
            return Err(self.away(antenna, &on_date));
        }
        self.among(DaySet::only(day), &on_date)
    }

    /// Those of `days` on which the locked antenna works and the locked time fits; at least one.
    fn among(&self, days: DaySet, when: &Text) -> Result<DaySet, Box<Diagnostic>> {
        if days.is_empty() {
            let found = Text { fr: format!("fermé {}", when.fr), en: format!("closed {}", when.en) };
            return Err(Box::new(findings::lock_day(self.stop, self.lock, found)));
        }
        let worked: DaySet = match self.lock.antenna {
            Some(antenna) => {
                let works = &self.dataset.antennas[antenna].works;
                let worked: DaySet = days.iter().filter(|day| works[day.index()]).collect();
                if worked.is_empty() {
                    return Err(self.away(antenna, when));
                }
                worked
            }
            None => days,
        };
        let Some(time) = self.lock.time else { return Ok(worked) };
        let lasts = self.shortest_opening();
        let fits: DaySet = worked.iter().filter(|&day| self.opens_at(day, time, lasts)).collect();
        if fits.is_empty() {
            let finding = findings::lock_time_outside(self.stop, self.lock, time, lasts, when);
            return Err(Box::new(finding));
        }
        Ok(fits)
    }

    fn away(&self, antenna: AntennaId, when: &Text) -> Box<Diagnostic> {
        let antenna = &self.dataset.antennas[antenna];
        Box::new(findings::lock_antenna_away(self.stop, self.lock, antenna, when))
    }

    fn opens_at(&self, day: Day, time: ClockTime, lasts: Seconds) -> bool {
        let opening = Window { open: time, close: time + lasts };
        self.windows[day.index()].iter().any(|window| window.holds(opening))
    }

    /// The opening for those registered, by the locked antenna or the one that serves the most families at once.
    fn shortest_opening(&self) -> Seconds {
        let antennas =
            self.stop.antennas.iter().filter(|&&a| self.lock.antenna.is_none_or(|locked| locked == a));
        let points =
            antennas.map(|&antenna| self.dataset.antennas[antenna].service_points).max().unwrap_or(1);
        let grid = self.dataset.settings.announce.rounding;
        opening_length(grid, points.into(), &service(self.stop), self.stop.households.get().into())
    }
}

fn on_weekday(weekday: u8) -> Text {
    let day = words::weekday(weekday);
    Text { fr: format!("le {}", day.fr), en: format!("on {}", day.en) }
}
