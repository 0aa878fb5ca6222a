//! What a mutant is, and ways to damage that several use.

use tournee::check::Rule;
use tournee::timetable::RestTaken;
use tournee::units::{ClockTime, Seconds};

use super::base::{A1, A2, World, at};

/// One way to damage the correct plan, or what it is checked against.
pub struct Mutant {
    pub name: &'static str,
    /// Exactly these rules are broken then.
    pub breaks: &'static [Rule],
    pub damage: fn(&mut World),
}

pub const fn mutant(name: &'static str, breaks: &'static [Rule], damage: fn(&mut World)) -> Mutant {
    Mutant { name, breaks, damage }
}

pub const fn harmless(name: &'static str, damage: fn(&mut World)) -> Mutant {
    Mutant { name, breaks: &[], damage }
}

/// The tours of A1 that hold both trips whole.
pub const TUESDAYS: [&str; 4] = ["2027-01-05", "2027-01-12", "2027-01-26", "2027-02-02"];
pub const TUESDAY: &str = "2027-01-12";

pub fn rest(world: &mut World, start: &str, end: &str) {
    world.tour(A1, TUESDAY).rest = Some(RestTaken { start: at(start), end: at(end) });
}

pub fn later(time: &mut ClockTime, seconds: i32) {
    *time = *time + Seconds(seconds);
}

/// Moves the whole tour of Echo on those dates to other dates.
pub fn move_echo(world: &mut World, moves: &[(&str, &str)]) {
    for (from, to) in moves {
        world.drop_tours(A2, &[from]);
        world.add(A2, to, &["09:35 | echo 09:55 10:00-10:30 10 | 10:50"]);
    }
}
