//! Small scenarios by chance, as the tables people type: what every later layer must cope with.
//!
//! A [`Village`] is a list of small choices, so that proptest shrinks a failure to few stops and plain ones;
//! [`Village::tables`] writes it down as text for [`scenario`](super::scenario). Most are sound, some contradict
//! themselves (a lock on a closed day): then reading or planning must say so.

use std::fmt::Write as _;
use std::ops::Range;

use proptest::prelude::*;
use proptest::sample::{select, subsequence};

const WEEKDAYS: [&str; 7] = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"];

/// Points lie on a grid of about 1.5 km by 2.2 km.
type Spot = (u8, u8);

/// A whole scenario.
#[derive(Clone, Debug)]
pub struct Village {
    pub weeks: u8,
    /// Days published beyond the first cycle.
    pub days_beyond: u16,
    pub rounding: u8,
    pub margin: u8,
    pub attendance: u8,
    pub drive_minutes: u8,
    pub walk_minutes: u8,
    pub counts_everyone: bool,
    pub depots: Vec<Spot>,
    pub antennas: Vec<AntennaChoice>,
    pub stops: Vec<StopChoice>,
    /// Where, households in tenths, hundredths without a car.
    pub places: Vec<(Spot, u16, u8)>,
    pub sites: Vec<Spot>,
    pub closures: Vec<ClosureChoice>,
    pub locks: Vec<LockChoice>,
}

/// A row of `antennas`; `depot` and `end_depot` count modulo the depots.
#[derive(Clone, Debug)]
pub struct AntennaChoice {
    pub depot: u8,
    pub end_depot: u8,
    pub capacity: u16,
    pub capacity_kg: Option<u16>,
    pub days: Vec<&'static str>,
    pub shift: (u8, u8),
    pub max_duty: Option<u8>,
    pub max_driving: Option<u8>,
    /// Minutes of break, hours after which it is due, and whether at noon.
    pub rest: Option<(u8, u8, bool)>,
    pub max_cold: Option<u8>,
    pub reload: Option<u8>,
    pub service_points: u8,
    pub profile: &'static str,
}

/// A row of `stops`.
#[derive(Clone, Debug)]
pub struct StopChoice {
    pub at: Spot,
    pub households: u16,
    pub kg: u8,
    /// One of those that fit the weeks.
    pub rhythm: prop::sample::Index,
    pub days: Vec<&'static str>,
    pub hours: &'static str,
    pub setup: u8,
    pub minutes: u8,
    pub shortest: u8,
    pub longest: u8,
    pub is_required: bool,
    pub value: u16,
    /// Only this antenna.
    pub antenna: Option<prop::sample::Index>,
    /// Days less than its rhythm's shortest gap, days more than its longest.
    pub gaps: (Option<u8>, Option<u8>),
    pub status: &'static str,
}

/// A row of `closures`: its first day counts modulo the published days.
#[derive(Clone, Debug)]
pub struct ClosureChoice {
    pub first: u16,
    pub days: u8,
    pub whom: Whom,
}

#[derive(Clone, Debug)]
pub enum Whom {
    Everybody,
    Stop(prop::sample::Index),
    Antenna(prop::sample::Index),
}

/// A row of `locks`.
#[derive(Clone, Debug)]
pub struct LockChoice {
    pub stop: prop::sample::Index,
    /// A day of the horizon (modulo its length), or a weekday.
    pub when: Result<u16, &'static str>,
    pub antenna: Option<prop::sample::Index>,
    /// Half hours after nine.
    pub time: Option<u8>,
}

fn spot() -> impl Strategy<Value = Spot> {
    (0..16_u8, 0..12_u8)
}

fn rarely<T: Clone + std::fmt::Debug + 'static>(
    value: impl Strategy<Value = T> + 'static,
) -> BoxedStrategy<Option<T>> {
    prop_oneof![3 => Just(None), 1 => value.prop_map(Some)].boxed()
}

fn often<T: Clone + std::fmt::Debug + 'static>(
    value: impl Strategy<Value = T> + 'static,
) -> BoxedStrategy<Option<T>> {
    prop_oneof![1 => Just(None), 1 => value.prop_map(Some)].boxed()
}

fn antenna() -> impl Strategy<Value = AntennaChoice> {
    let place = (0..2_u8, 0..2_u8, subsequence(WEEKDAYS[..6].to_vec(), 2..=6));
    let load = (30..100_u16, rarely(200..1500_u16), 1..3_u8);
    let hours = (select(vec![(8_u8, 17_u8), (7, 19), (9, 13), (13, 20)]), rarely(4..9_u8), rarely(1..4_u8));
    let more = (
        often((20..50_u8, 2..6_u8, any::<bool>())),
        rarely(3..6_u8),
        often(10..60_u8),
        select(vec!["van", "van", "car", "bus"]),
    );
    (place, load, hours, more).prop_map(|(place, load, hours, more)| AntennaChoice {
        depot: place.0,
        end_depot: place.1,
        days: place.2,
        capacity: load.0,
        capacity_kg: load.1,
        service_points: load.2,
        shift: hours.0,
        max_duty: hours.1,
        max_driving: hours.2,
        rest: more.0,
        max_cold: more.1,
        reload: more.2,
        profile: more.3,
    })
}

fn stop() -> impl Strategy<Value = StopChoice> {
    let what = (spot(), 0..40_u16, 0..20_u8, any::<prop::sample::Index>());
    let hours = select(vec![
        "",
        "",
        "09:00-12:00",
        "14:00-18:00",
        "09:00-11:30,14:00-17:00",
        "10:00-11:00",
        "PH off; 08:30-17:30",
    ]);
    let when = (prop_oneof![Just(Vec::new()), subsequence(WEEKDAYS[..5].to_vec(), 1..=4)], hours);
    let service = (0..20_u8, 0..4_u8, select(vec![0_u8, 30, 45]), select(vec![60_u8, 92, 180]));
    let wish = (any::<bool>(), select(vec![0_u16, 0, 300, 5000]), rarely(any::<prop::sample::Index>()));
    let gaps = (rarely(0..5_u8), rarely(0..10_u8));
    let status = select(vec!["agreed", "agreed", "agreed", "asked", "refused"]);
    (what, when, service, wish, gaps, status).prop_map(|(what, when, service, wish, gaps, status)| {
        StopChoice {
            at: what.0,
            households: what.1,
            kg: what.2,
            rhythm: what.3,
            days: when.0,
            hours: when.1,
            setup: service.0,
            minutes: service.1,
            shortest: service.2,
            longest: service.3,
            is_required: wish.0 && status != "refused",
            value: wish.1,
            antenna: wish.2,
            gaps,
            status,
        }
    })
}

fn closure() -> impl Strategy<Value = ClosureChoice> {
    let whom = prop_oneof![
        1 => Just(Whom::Everybody),
        2 => any::<prop::sample::Index>().prop_map(Whom::Stop),
        2 => any::<prop::sample::Index>().prop_map(Whom::Antenna),
    ];
    (any::<u16>(), 0..4_u8, whom).prop_map(|(first, days, whom)| ClosureChoice { first, days, whom })
}

fn lock() -> impl Strategy<Value = LockChoice> {
    let when = prop_oneof![any::<u16>().prop_map(Ok), select(WEEKDAYS[..5].to_vec()).prop_map(Err)];
    (any::<prop::sample::Index>(), when, rarely(any::<prop::sample::Index>()), rarely(0..5_u8))
        .prop_map(|(stop, when, antenna, time)| LockChoice { stop, when, antenna, time })
}

/// Any small scenario.
pub fn village() -> impl Strategy<Value = Village> {
    villages(1..11)
}

/// A scenario of so many stops.
pub fn villages(stop_count: Range<usize>) -> impl Strategy<Value = Village> {
    let calendar = (1..=6_u8, 0..60_u16, select(vec![5_u8, 5, 10, 15, 1, 0]), select(vec![5_u8, 0, 10]));
    let coverage = (0..=10_u8, 4..20_u8, 5..30_u8, any::<bool>());
    let lists = (
        prop::collection::vec(spot(), 1..3),
        prop::collection::vec(antenna(), 1..4),
        prop::collection::vec(stop(), stop_count),
        prop::collection::vec((spot(), 0..600_u16, select(vec![0_u8, 20, 35, 100])), 0..10),
        prop::collection::vec(spot(), 0..3),
    );
    let extras = (prop::collection::vec(closure(), 0..7), prop::collection::vec(lock(), 0..2));
    (calendar, coverage, lists, extras).prop_map(|(calendar, coverage, lists, extras)| Village {
        weeks: calendar.0,
        days_beyond: calendar.1,
        rounding: calendar.2,
        margin: calendar.3,
        attendance: coverage.0,
        drive_minutes: coverage.1,
        walk_minutes: coverage.2,
        counts_everyone: coverage.3,
        depots: lists.0,
        antennas: lists.1,
        stops: lists.2,
        places: lists.3,
        sites: lists.4,
        closures: extras.0,
        locks: extras.1,
    })
}

/// 4 January 2027, a Monday; Easter Monday, 1 May and 8 May fall within reach of long horizons.
const START: jiff::civil::Date = jiff::civil::date(2027, 1, 4);

fn date(day: u16) -> jiff::civil::Date {
    START + jiff::Span::new().days(i64::from(day))
}

fn position((column, row): Spot) -> (f64, f64) {
    (3.0 + 0.02 * f64::from(column), 47.0 + 0.02 * f64::from(row))
}

/// A rhythm as typed, and the bounds between which its gaps may be asked for.
struct RhythmText {
    typed: String,
    least_gap: u8,
    most_gap: u8,
}

/// Rhythms that fit the weeks of the cycle and the weekdays a stop may have.
fn rhythms(weeks: u8, days: &[&str], horizon_days: u16) -> Vec<RhythmText> {
    let of = |typed: String, least_gap, most_gap| RhythmText { typed, least_gap, most_gap };
    let mut found = vec![of("weekly".to_owned(), 7, 7), of("hebdomadaire".to_owned(), 7, 7)];
    if days.len() > 1 {
        found.push(of("2/week".to_owned(), 1, 6));
    }
    for every in (2..=weeks).filter(|every| weeks.is_multiple_of(*every)) {
        found.push(of(format!("every {every} weeks"), 7 * every, 7 * every));
    }
    found.push(of(format!("1st {} of month", days[0]), 28, 35));
    if horizon_days >= 28 {
        found.push(of(format!("last {} of month", days[days.len() - 1]), 28, 35));
    }
    found
}

/// Text of an optional number.
fn or_blank<T: ToString>(value: Option<T>) -> String {
    value.map_or_else(String::new, |value| value.to_string())
}

impl Village {
    pub fn horizon_days(&self) -> u16 {
        u16::from(self.weeks) * 7 + self.days_beyond
    }

    /// The tables under their headings.
    pub fn tables(&self) -> String {
        let mut text = self.settings();
        self.write_vehicles(&mut text);
        self.write_stops(&mut text);
        self.write_people(&mut text);
        self.write_exceptions(&mut text);
        text
    }

    fn settings(&self) -> String {
        let count = if self.counts_everyone { "everyone" } else { "white-zones" };
        format!(
            "# scenario.toml\ntitle = \"Generated\"\nstart = {START}\nweeks = {}\nuntil = {}\n\
             [coverage]\nrule = \"custom\"\ndrive_minutes = {}\nwalk_minutes = {}\nattendance = {:.1}\ncount = \"{count}\"\n\
             [announce]\nrounding = {}\nmargin = {}\n[solver]\niterations = 60\n",
            self.weeks,
            date(self.horizon_days() - 1),
            self.drive_minutes,
            self.walk_minutes,
            f64::from(self.attendance) / 10.0,
            self.rounding,
            self.margin,
        )
    }

    fn write_vehicles(&self, text: &mut String) {
        text.push_str("\n# depots.csv\nid,lon,lat\n");
        for (index, at) in self.depots.iter().enumerate() {
            let (lon, lat) = position(*at);
            let _ = writeln!(text, "d{index},{lon:.4},{lat:.4}");
        }
        text.push_str(
            "\n# antennas.csv\nid,depot,end_depot,capacity,capacity_kg,days,shift_start,shift_end,max_duty,max_driving,\
             break_minutes,break_after,break_window,max_cold,reload_minutes,service_points,profile\n",
        );
        for (index, row) in self.antennas.iter().enumerate() {
            let depot = |depot: u8| usize::from(depot) % self.depots.len();
            let (minutes, after, window) = match row.rest {
                None => (String::new(), String::new(), ""),
                Some((minutes, after, at_noon)) => {
                    (minutes.to_string(), format!("{after}h"), if at_noon { "11:30-14:30" } else { "" })
                }
            };
            let hours = |hours: Option<u8>| hours.map_or_else(String::new, |hours| format!("{hours}h"));
            let _ = writeln!(
                text,
                "a{index},d{},d{},{},{},\"{}\",{:02}:00,{:02}:00,{},{},{minutes},{after},{window},{},{},{},{}",
                depot(row.depot),
                depot(row.end_depot),
                row.capacity,
                or_blank(row.capacity_kg),
                row.days.join(", "),
                row.shift.0,
                row.shift.1,
                hours(row.max_duty),
                hours(row.max_driving),
                hours(row.max_cold),
                or_blank(row.reload),
                row.service_points,
                row.profile,
            );
        }
    }

    fn write_stops(&self, text: &mut String) {
        text.push_str(
            "\n# stops.csv\nid,name,lon,lat,households,kg_per_household,rhythm,days,opens,setup_minutes,\
             minutes_per_household,min_minutes,max_minutes,priority,value,antennas,min_gap_days,max_gap_days,status\n",
        );
        for (index, row) in self.stops.iter().enumerate() {
            let (lon, lat) = position(row.at);
            let days = self.days_of(row);
            let rhythms = rhythms(self.weeks, &days, self.horizon_days());
            let rhythm = row.rhythm.get(&rhythms);
            let (least_gap, most_gap) = (rhythm.least_gap, rhythm.most_gap);
            let antenna = row.antenna.map(|antenna| format!("a{}", antenna.index(self.antennas.len())));
            let _ = writeln!(
                text,
                "s{index},Stop {index},{lon:.4},{lat:.4},{},{},{},\"{}\",\"{}\",{},{},{},{},{},{},{},{},{},{}",
                row.households,
                row.kg,
                rhythm.typed,
                if row.days.is_empty() { String::new() } else { days.join(", ") },
                row.hours,
                row.setup,
                row.minutes,
                row.shortest,
                row.longest,
                if row.is_required { "required" } else { "optional" },
                row.value,
                or_blank(antenna),
                or_blank(row.gaps.0.map(|less| least_gap.saturating_sub(less).max(1))),
                or_blank(row.gaps.1.map(|more| (most_gap + more).min(42))),
                row.status,
            );
        }
    }

    /// Weekdays on which an antenna that may come works and the stop may open; all those antennas' where there are
    /// none.
    fn days_of(&self, stop: &StopChoice) -> Vec<&'static str> {
        let antennas = match stop.antenna {
            Some(antenna) => vec![antenna.get(&self.antennas)],
            None => self.antennas.iter().collect(),
        };
        let works = |day: &str| antennas.iter().any(|antenna| antenna.days.contains(&day));
        let wished: Vec<&str> = stop.days.iter().copied().filter(|day| works(day)).collect();
        if wished.is_empty() { WEEKDAYS.into_iter().filter(|day| works(day)).collect() } else { wished }
    }

    fn write_people(&self, text: &mut String) {
        if !self.places.is_empty() {
            text.push_str("\n# places.csv\nid,lon,lat,households,carless_share\n");
        }
        for (index, (at, tenths, carless)) in self.places.iter().enumerate() {
            let (lon, lat) = position(*at);
            let (whole, tenth) = (tenths / 10, tenths % 10);
            let share = f64::from(*carless) / 100.0;
            let _ = writeln!(text, "p{index},{lon:.4},{lat:.4},{whole}.{tenth},{share:.2}");
        }
        if !self.sites.is_empty() {
            text.push_str("\n# aid_sites.csv\nid,lon,lat\n");
        }
        for (index, at) in self.sites.iter().enumerate() {
            let (lon, lat) = position(*at);
            let _ = writeln!(text, "f{index},{lon:.4},{lat:.4}");
        }
    }

    fn write_exceptions(&self, text: &mut String) {
        if !self.closures.is_empty() {
            text.push_str("\n# closures.csv\nfrom,to,stop,antenna,reason\n");
        }
        for closure in &self.closures {
            let first = closure.first % self.horizon_days();
            let (stop, antenna) = match &closure.whom {
                Whom::Everybody => (String::new(), String::new()),
                Whom::Stop(stop) => (format!("s{}", stop.index(self.stops.len())), String::new()),
                Whom::Antenna(antenna) => (String::new(), format!("a{}", antenna.index(self.antennas.len()))),
            };
            let last = first + u16::from(closure.days);
            let _ = writeln!(text, "{},{},{stop},{antenna},closed", date(first), date(last));
        }
        if !self.locks.is_empty() {
            text.push_str("\n# locks.csv\nstop,date,weekday,antenna,time\n");
        }
        for lock in &self.locks {
            self.write_lock(lock, text);
        }
    }

    /// Most locks are on a stop that agreed and a weekday on which it may open.
    fn write_lock(&self, lock: &LockChoice, text: &mut String) {
        let count = self.stops.len();
        let wished = lock.stop.index(count);
        let agreed =
            (0..count).map(|more| (wished + more) % count).find(|&stop| self.stops[stop].status != "refused");
        let stop = agreed.unwrap_or(wished);
        let days = self.days_of(&self.stops[stop]);
        let when = match lock.when {
            Ok(day) => {
                let weekday = |day: u16| WEEKDAYS[usize::from(day % 7)];
                let day = (day % self.horizon_days()..self.horizon_days())
                    .find(|&day| days.contains(&weekday(day)));
                format!("{},", date(day.unwrap_or(0)))
            }
            Err(weekday) => format!(",{}", if days.contains(&weekday) { weekday } else { days[0] }),
        };
        let wished = self.stops[stop].antenna.or(lock.antenna);
        let antenna =
            lock.antenna.and(wished).map(|antenna| format!("a{}", antenna.index(self.antennas.len())));
        let time = lock.time.map(|half| format!("{:02}:{:02}", 9 + half / 2, 30 * (half % 2)));
        let _ = writeln!(text, "s{stop},{when},{},{}", or_blank(antenna), or_blank(time));
    }
}
