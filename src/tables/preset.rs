//! Ready-made limits of working time. Sources and dates are in `docs/tables.md`.

use super::dataset::BreakRule;
use crate::units::{Seconds, Window};

/// Whose limits.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Preset {
    /// Volunteers: no law limits them; those of employees, and a working day of eight hours, as prudence.
    Volunteer,
    /// Employees: French labour code, articles L3121-16 (20 minutes after six hours) and L3121-18 (ten hours a day).
    Employee,
    /// Drivers of vehicles over 3.5 t: regulation (EC) 561/2006, articles 6 (nine hours of driving a day) and 7
    /// (45 minutes after four and a half hours of driving); ten hours a day as employees.
    Transport,
}

/// Limits that a preset sets.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Limits {
    /// Longest duty.
    pub max_duty: Option<Seconds>,
    /// Longest driving.
    pub max_driving: Option<Seconds>,
    /// The break.
    pub rest: Option<BreakRule>,
}

impl Preset {
    /// What it limits.
    ///
    /// The break of [`Preset::Transport`] counts four and a half hours of duty where the law counts driving: duty is
    /// never shorter, so a plan that obeys this obeys the law.
    pub const fn limits(self) -> Limits {
        match self {
            Self::Volunteer => {
                Limits { max_duty: Some(span(8, 0)), max_driving: None, rest: Some(rest(20, span(6, 0))) }
            }
            Self::Employee => {
                Limits { max_duty: Some(span(10, 0)), max_driving: None, rest: Some(rest(20, span(6, 0))) }
            }
            Self::Transport => Limits {
                max_duty: Some(span(10, 0)),
                max_driving: Some(span(9, 0)),
                rest: Some(rest(45, span(4, 30))),
            },
        }
    }
}

const fn span(hours: i32, minutes: i32) -> Seconds {
    Seconds::from_minutes(hours * 60 + minutes)
}

const fn rest(minutes: i32, after: Seconds) -> BreakRule {
    BreakRule { duration: Seconds::from_minutes(minutes), after, window: Window::ALL_DAY }
}
