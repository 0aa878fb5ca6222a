//! Which sets of days of the cycle satisfy a rhythm (`docs/rules.md`, rhythm and gap).
//!
//! In: what a stop asks of the calendar, as a [`Wish`]. Out: its patterns, the most regular first. A solver chooses
//! one; nothing here knows vehicles or times.

use jiff::civil::Date;

use crate::tables::{Rhythm, Settings};
use crate::units::{Day, DaySet};

/// Most patterns kept for a stop. Every base (set of weekdays, day of a block) keeps an equal share, its patterns
/// with the nearest stand-ins first, so that a cut costs variety among stand-ins and never a weekday.
pub const MAX_PATTERNS: usize = 512;

/// Most days tried as stand-ins for a weekday that is not usable.
const MAX_STAND_INS: usize = 3;

/// Steps after which the search for stand-ins of one base gives up; only reached where gaps or locks forbid nearly
/// every combination.
const MAX_STEPS: usize = 20_000;

/// What a stop asks of the days of the cycle.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Wish {
    /// How often.
    pub rhythm: Rhythm,
    /// Weeks of the cycle, 1 to 9.
    pub weeks: u8,
    /// Days on which it can be visited. For a monthly rhythm: the days reserved for its dates.
    pub usable: DaySet,
    /// Fewest days from one visit to the next.
    pub min_gap: Option<u8>,
    /// Most days from one visit to the next.
    pub max_gap: Option<u8>,
    /// Days that every pattern holds.
    pub locked: DaySet,
    /// Days outside which no pattern goes.
    pub allowed: DaySet,
}

/// The sets of days that satisfy a [`Wish`].
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Patterns {
    /// Without duplicates; all with the same, greatest, number of visits.
    pub sets: Vec<DaySet>,
    /// Weeks or blocks of weeks in which no day is usable, by their first day.
    pub skipped: Vec<Day>,
    /// Some were left out at [`MAX_PATTERNS`].
    pub is_cut: bool,
}

/// All patterns of a wish.
///
/// Weekly rhythms choose weekdays, each usable in some week; `every k weeks` chooses a day of the block, usable in
/// some block. A week in which a chosen day is not usable takes one of its nearest usable days instead (every such
/// choice is a pattern), and is skipped where it has none. Of the patterns so found only those with the most visits
/// are kept: a day that a holiday thins out is no way to visit less often. A monthly rhythm has one pattern, its
/// reserved days.
pub fn patterns(wish: &Wish) -> Patterns {
    let block_weeks = match wish.rhythm {
        Rhythm::PerWeek { .. } => 1,
        Rhythm::EveryWeeks { weeks } => weeks,
        Rhythm::Monthly { .. } => return monthly(wish),
    };
    if block_weeks == 0 || !wish.weeks.is_multiple_of(block_weeks) {
        return Patterns::default();
    }
    let bases = bases(wish, block_weeks);
    let share = (MAX_PATTERNS / bases.len().max(1)).max(1);
    let mut found = Patterns { skipped: skipped(wish, block_weeks), ..Patterns::default() };
    let mut sets: Vec<DaySet> = Vec::new();
    for base in bases {
        let mut search = Search::new(wish, block_weeks, base, share);
        search.extend(0, DaySet::EMPTY);
        found.is_cut |= search.is_cut;
        sets.append(&mut search.found);
    }
    let most = sets.iter().map(|set| set.len()).max().unwrap_or(0);
    for set in sets {
        if set.len() == most && !found.sets.contains(&set) {
            found.sets.push(set);
        }
    }
    found
}

/// Whether a visit on `date` is a real one of `rhythm`: always, but for monthly rhythms, whose pattern reserves a day
/// of the cycle for every date that falls on it in some repetition.
pub fn is_real_date(rhythm: Rhythm, date: Date) -> bool {
    let Rhythm::Monthly { nth, weekday } = rhythm else { return true };
    if u8::try_from(date.weekday().to_monday_zero_offset()) != Ok(weekday) {
        return false;
    }
    match nth {
        -1 => date.day() + 7 > date.days_in_month(),
        _ => (date.day() + 6) / 7 == nth,
    }
}

/// The published days that are real dates of a rhythm.
pub fn real_dates(settings: &Settings, rhythm: Rhythm) -> impl Iterator<Item = usize> {
    (0..settings.horizon_days()).filter(move |&day| is_real_date(rhythm, settings.date(day)))
}

/// Whether the days from one visit to the next stay within the limits, also across the end of the cycle. Gaps across
/// a skipped block (`period` days without a visit) are not checked, nor are those of a monthly rhythm.
pub fn gaps_hold(wish: &Wish, set: DaySet) -> bool {
    let period = match wish.rhythm {
        Rhythm::PerWeek { .. } => 7,
        Rhythm::EveryWeeks { weeks } => 7 * u16::from(weeks),
        Rhythm::Monthly { .. } => return true,
    };
    let Some(first) = set.iter().next() else { return true };
    let next_cycle = std::iter::once(u16::from(first.0) + 7 * u16::from(wish.weeks));
    let later = set.iter().skip(1).map(|day| u16::from(day.0)).chain(next_cycle);
    set.iter().zip(later).all(|(from, to)| gap_holds(wish, period, u16::from(from.0), to))
}

fn gap_holds(wish: &Wish, period: u16, from: u16, to: u16) -> bool {
    let gap = to - from;
    to / period - from / period > 1
        || (wish.min_gap.is_none_or(|least| u16::from(least) <= gap)
            && wish.max_gap.is_none_or(|most| gap <= u16::from(most)))
}

fn monthly(wish: &Wish) -> Patterns {
    let set = wish.usable;
    let holds = !set.is_empty() && wish.locked.is_subset(set) && set.is_subset(wish.allowed);
    Patterns { sets: if holds { vec![set] } else { Vec::new() }, ..Patterns::default() }
}

/// Blocks without any usable day.
fn skipped(wish: &Wish, block_weeks: u8) -> Vec<Day> {
    let block_days = 7 * block_weeks;
    let starts = (0..7 * wish.weeks).step_by(usize::from(block_days)).map(Day);
    let block = |start: Day| DaySet(DaySet::first(block_days).0 << start.0);
    starts.filter(|&start| wish.usable.intersection(block(start)).is_empty()).collect()
}

/// Sets of days of a block that a rhythm may choose, each usable in some block; in order of their days.
fn bases(wish: &Wish, block_weeks: u8) -> Vec<DaySet> {
    let block_days = 7 * block_weeks;
    let block_count = wish.weeks / block_weeks;
    let is_sometimes_usable =
        |day: u8| (0..block_count).any(|block| wish.usable.contains(Day(block * block_days + day)));
    let days: DaySet = (0..block_days).filter(|&day| is_sometimes_usable(day)).map(Day).collect();
    match wish.rhythm {
        Rhythm::PerWeek { times } => (1..128u64)
            .map(|bits| DaySet(u64::from((bits as u8).reverse_bits() >> 1)))
            .filter(|base| base.len() == usize::from(times) && base.is_subset(days))
            .rev()
            .collect(),
        _ => days.iter().map(DaySet::only).collect(),
    }
}

/// Depth-first search over the blocks of a cycle for one base, nearest stand-ins first.
struct Search<'a> {
    wish: &'a Wish,
    /// For each block the days it may be visited on; one empty set for a skipped block.
    options: Vec<Vec<DaySet>>,
    period: u16,
    most: usize,
    steps: usize,
    found: Vec<DaySet>,
    is_cut: bool,
}

impl<'a> Search<'a> {
    fn new(wish: &'a Wish, block_weeks: u8, base: DaySet, most: usize) -> Self {
        let block_days = 7 * block_weeks;
        let week = base.iter().next().map_or(0, Day::week_index);
        let options = (0..wish.weeks / block_weeks)
            .map(|block| week_options(wish, block * block_weeks + week, DaySet(base.0 >> (7 * week))))
            .collect();
        Self {
            wish,
            options,
            period: u16::from(block_days),
            most,
            steps: 0,
            found: Vec::new(),
            is_cut: false,
        }
    }

    fn extend(&mut self, block: usize, chosen: DaySet) {
        if self.steps == MAX_STEPS || self.found.len() == self.most {
            self.is_cut = true;
            return;
        }
        self.steps += 1;
        if block == self.options.len() {
            if !chosen.is_empty() && self.wish.locked.is_subset(chosen) && gaps_hold(self.wish, chosen) {
                self.found.push(chosen);
            }
            return;
        }
        for option in self.options[block].clone() {
            if self.gap_before_holds(chosen, option) {
                self.extend(block + 1, chosen.union(option));
            }
        }
    }

    /// Cuts a branch as soon as the gap into its newest block is wrong; the full check comes at the leaf.
    fn gap_before_holds(&self, chosen: DaySet, option: DaySet) -> bool {
        let last = chosen.iter().last();
        let first = option.iter().next();
        last.zip(first).is_none_or(|(last, first)| {
            gap_holds(self.wish, self.period, u16::from(last.0), u16::from(first.0))
        })
    }
}

/// The days on which one week may be visited when `base` (as days of a week) is chosen: the base where it is usable,
/// with stand-ins where not, as many as there are; those with the nearest stand-ins first.
fn week_options(wish: &Wish, week: u8, base: DaySet) -> Vec<DaySet> {
    let usable = DaySet(wish.usable.0 >> (7 * week)).intersection(DaySet::first(7));
    let kept = base.intersection(usable);
    let free = usable.difference(base);
    let mut options: Vec<(usize, DaySet)> = vec![(0, kept)];
    for missing in base.difference(usable).iter() {
        let near = nearest(missing, free);
        let extended: Vec<(usize, DaySet)> = options
            .iter()
            .flat_map(|&(rank, set)| {
                let stand_ins = near.iter().enumerate().filter(move |(_, day)| !set.contains(**day));
                stand_ins.map(move |(position, &day)| (rank + position, set.union(DaySet::only(day))))
            })
            .collect();
        options.extend(extended);
    }
    let most = options.iter().map(|(_, set)| set.len()).max().unwrap_or(0);
    options.retain(|(_, set)| set.len() == most);
    options.sort_by_key(|&(rank, set)| (rank, set));
    let mut sets: Vec<DaySet> = Vec::new();
    for (_, set) in options {
        let placed = DaySet(set.0 << (7 * week));
        if placed.is_subset(wish.allowed) && !sets.contains(&placed) {
            sets.push(placed);
        }
    }
    sets
}

/// Up to three days of `free`, nearest to `day` first, the earlier of two as near.
fn nearest(day: Day, free: DaySet) -> Vec<Day> {
    let mut days: Vec<Day> = free.iter().collect();
    days.sort_by_key(|other| (other.0.abs_diff(day.0), other.0));
    days.truncate(MAX_STAND_INS);
    days
}
