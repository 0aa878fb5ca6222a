//! What is said of tables that ask for what no plan can do. `docs/diagnostics.md` explains each code.

use super::words;
use crate::diagnostics::{Code, Diagnostic, Text};
use crate::model::reasons::Said;
use crate::tables::{Antenna, Lock, Rhythm, Settings, Stop};
use crate::text;
use crate::units::{ClockTime, Day, DaySet, Seconds};

/// A monthly rhythm none of whose dates is published.
pub const NO_DATE: Code = Code("P001");
/// No days of the cycle satisfy a rhythm.
pub const NO_DAY: Code = Code("P002");
/// No days of the cycle satisfy a rhythm and its gaps.
pub const GAP: Code = Code("P003");
/// Locks leave no days that satisfy a rhythm.
pub const LOCK_RHYTHM: Code = Code("P004");
/// Two locks ask for different things.
pub const LOCK_CLASH: Code = Code("P005");
/// A lock names an antenna that can't come.
pub const LOCK_ANTENNA: Code = Code("P006");
/// A lock names a time at which the stop can't open.
pub const LOCK_TIME: Code = Code("P007");
/// A lock names a day on which the stop can't be visited.
pub const LOCK_DAY: Code = Code("P008");
/// A lock on a stop that is refused.
pub const LOCK_REFUSED: Code = Code("P009");
/// A week in which a stop can't be visited is skipped.
pub const SKIPPED: Code = Code("P010");
/// No antenna can serve a required stop, even alone.
pub const NEVER_SERVED: Code = Code("P011");

/// Every code of this layer.
pub const ALL: &[Code] = &[
    NO_DATE,
    NO_DAY,
    GAP,
    LOCK_RHYTHM,
    LOCK_CLASH,
    LOCK_ANTENNA,
    LOCK_TIME,
    LOCK_DAY,
    LOCK_REFUSED,
    SKIPPED,
    NEVER_SERVED,
];

pub(super) fn no_date(stop: &Stop, settings: &Settings) -> Diagnostic {
    let (rhythm, start, until) =
        (words::rhythm(stop.rhythm), words::date(settings.start), words::date(settings.until));
    let id = &stop.id;
    Diagnostic::error(
        NO_DATE,
        stop.row.at_column("rhythm"),
        Text {
            fr: format!("une date publiée qui soit {}", rhythm.fr),
            en: format!("a published date that is {}", rhythm.en),
        },
        Text {
            fr: format!("aucune du {} au {} pour l'arrêt « {id} »", start.fr, until.fr),
            en: format!("none from {} to {} for stop `{id}`", start.en, until.en),
        },
        text!(
            "publiez plus longtemps (`until` dans scenario.toml), ou changez le rythme",
            "publish for longer (`until` in scenario.toml), or change the rhythm",
        ),
    )
}

pub(super) fn no_day(stop: &Stop, usable: DaySet) -> Diagnostic {
    let (rhythm, days) = (words::rhythm(stop.rhythm), words::weekdays(usable));
    let id = &stop.id;
    Diagnostic::error(
        NO_DAY,
        stop.row.at_column("rhythm"),
        Text {
            fr: format!("assez de jours pour {}", rhythm.fr),
            en: format!("enough days for {}", rhythm.en),
        },
        Text {
            fr: format!("{} pour l'arrêt « {id} » et ses antennes", days.fr),
            en: format!("{} for stop `{id}` and its antennas", days.en),
        },
        text!(
            "ajoutez des jours à l'arrêt ou à ses antennes, levez une fermeture, ou baissez le rythme",
            "add days to the stop or to its antennas, lift a closure, or lower the rhythm",
        ),
    )
}

pub(super) fn gap(stop: &Stop) -> Diagnostic {
    let rhythm = words::rhythm(stop.rhythm);
    let (fr, en) = match (stop.min_gap_days, stop.max_gap_days) {
        (Some(least), Some(most)) => (format!("{least} à {most} jours"), format!("{least} to {most} days")),
        (Some(least), None) => (format!("au moins {least} jours"), format!("at least {least} days")),
        (_, most) => {
            let most = most.unwrap_or_default();
            (format!("au plus {most} jours"), format!("at most {most} days"))
        }
    };
    let id = &stop.id;
    let column = if stop.min_gap_days.is_some() { "min_gap_days" } else { "max_gap_days" };
    Diagnostic::error(
        GAP,
        stop.row.at_column(column),
        Text {
            fr: format!("{} avec {fr} de l'une à la suivante, fin du cycle comprise", rhythm.fr),
            en: format!("{} with {en} from one to the next, also across the end of the cycle", rhythm.en),
        },
        text!(
            "aucun choix de jours de l'arrêt « {id} » ne tient ces écarts",
            "no choice of days of stop `{id}` keeps these gaps",
        ),
        text!(
            "élargissez les écarts, ou ouvrez l'arrêt d'autres jours",
            "widen the gaps, or open the stop on other days",
        ),
    )
}

pub(super) fn lock_rhythm(stop: &Stop, lock: &Lock, usable: DaySet) -> Diagnostic {
    let (rhythm, days) = (words::rhythm(stop.rhythm), words::weekdays(usable));
    let id = &stop.id;
    Diagnostic::error(
        LOCK_RHYTHM,
        lock.row.clone(),
        Text {
            fr: format!("des verrous qui laissent à l'arrêt « {id} » {}", rhythm.fr),
            en: format!("locks that leave stop `{id}` {}", rhythm.en),
        },
        Text {
            fr: format!("aucun choix parmi ses jours ({}) ne les tient tous", days.fr),
            en: format!("no choice among its days ({}) keeps them all", days.en),
        },
        text!(
            "retirez un verrou de cet arrêt, ou changez son rythme, ses jours ou ses écarts",
            "remove a lock of this stop, or change its rhythm, its days or its gaps",
        ),
    )
}

pub(super) fn lock_clash(stop: &Stop, lock: &Lock, day: Day, settings: &Settings) -> Diagnostic {
    let date = words::date(settings.date(day.index()));
    let id = &stop.id;
    Diagnostic::error(
        LOCK_CLASH,
        lock.row.clone(),
        Text {
            fr: format!("une antenne et une heure pour l'arrêt « {id} » le {}", date.fr),
            en: format!("one antenna and one time for stop `{id}` on {}", date.en),
        },
        text!("un autre verrou qui en demande d'autres", "another lock that asks for others"),
        text!("gardez l'un des deux verrous", "keep one of the two locks"),
    )
}

pub(super) fn lock_antenna_not_allowed(stop: &Stop, lock: &Lock, antenna: &Antenna) -> Diagnostic {
    let (id, name) = (&stop.id, &antenna.id);
    Diagnostic::error(
        LOCK_ANTENNA,
        lock.at_column("antenna"),
        text!("une antenne permise à l'arrêt « {id} »", "an antenna that is allowed at stop `{id}`"),
        text!("« {name} »", "`{name}`"),
        text!(
            "ajoutez-la à la colonne `antennas` de l'arrêt, ou changez le verrou",
            "add it to column `antennas` of the stop, or change the lock",
        ),
    )
}

pub(super) fn lock_antenna_away(stop: &Stop, lock: &Lock, antenna: &Antenna, days: &Text) -> Diagnostic {
    let (id, name) = (&stop.id, &antenna.id);
    Diagnostic::error(
        LOCK_ANTENNA,
        lock.at_column("antenna"),
        Text {
            fr: format!("une antenne qui roule {} pour l'arrêt « {id} »", days.fr),
            en: format!("an antenna that runs {} for stop `{id}`", days.en),
        },
        text!("« {name} », qui ne roule pas alors", "`{name}`, which does not run then"),
        text!(
            "changez le jour ou l'antenne du verrou, les jours de l'antenne ou sa fermeture",
            "change the day or the antenna of the lock, the days of the antenna or its closure",
        ),
    )
}

pub(super) fn lock_time_off_grid(lock: &Lock, time: ClockTime, grid: Seconds) -> Diagnostic {
    let minutes = grid.get() / 60;
    Diagnostic::error(
        LOCK_TIME,
        lock.at_column("time"),
        text!("une heure ronde à {minutes} minutes près", "a time on whole steps of {minutes} minutes"),
        text!("« {time} »", "`{time}`"),
        text!(
            "changez l'heure, ou `rounding` dans scenario.toml",
            "change the time, or `rounding` in scenario.toml",
        ),
    )
}

pub(super) fn lock_time_outside(
    stop: &Stop,
    lock: &Lock,
    time: ClockTime,
    opening: Seconds,
    days: &Text,
) -> Diagnostic {
    let id = &stop.id;
    let minutes = (opening.get() + 59) / 60;
    Diagnostic::error(
        LOCK_TIME,
        lock.at_column("time"),
        Text {
            fr: format!(
                "une heure d'où {minutes} minutes tiennent dans les horaires de l'arrêt « {id} » {}",
                days.fr
            ),
            en: format!("a time from which {minutes} minutes fit the hours of stop `{id}` {}", days.en),
        },
        text!("« {time} »", "`{time}`"),
        text!(
            "changez l'heure du verrou, ou les horaires de l'arrêt",
            "change the time of the lock, or the stop's hours"
        ),
    )
}

pub(super) fn lock_day(stop: &Stop, lock: &Lock, found: Text) -> Diagnostic {
    let id = &stop.id;
    Diagnostic::error(
        LOCK_DAY,
        lock.at_column(if matches!(lock.when, crate::tables::LockedDays::Weekday(_)) {
            "weekday"
        } else {
            "date"
        }),
        text!("un jour où l'arrêt « {id} » peut être visité", "a day on which stop `{id}` can be visited"),
        found,
        text!(
            "changez le jour du verrou, ou les jours, les horaires ou la fermeture de l'arrêt",
            "change the day of the lock, or the days, hours or closure of the stop",
        ),
    )
}

pub(super) fn lock_refused(stop: &Stop, lock: &Lock) -> Diagnostic {
    let id = &stop.id;
    Diagnostic::error(
        LOCK_REFUSED,
        lock.at_column("stop"),
        text!("un arrêt que sa commune n'a pas refusé", "a stop that its commune has not refused"),
        text!("« {id} », refusé", "`{id}`, refused"),
        text!(
            "retirez le verrou, ou changez `status` de l'arrêt",
            "remove the lock, or change `status` of the stop"
        ),
    )
}

pub(super) fn skipped(stop: &Stop, settings: &Settings, first: Day) -> Diagnostic {
    let date = words::date(settings.date(first.index()));
    let id = &stop.id;
    let period = match stop.rhythm {
        Rhythm::EveryWeeks { weeks } => {
            text!("les {weeks} semaines qui commencent", "the {weeks} weeks that begin")
        }
        _ => text!("la semaine qui commence", "the week that begins"),
    };
    Diagnostic::warning(
        SKIPPED,
        stop.row.at_column("rhythm"),
        Text {
            fr: format!("un jour pour l'arrêt « {id} » dans {} le {}", period.fr, date.fr),
            en: format!("a day for stop `{id}` in {} on {}", period.en, date.en),
        },
        text!("aucun : pas de visite alors", "none: it is not visited then"),
        text!(
            "ouvrez l'arrêt ou une antenne un jour de plus si cette absence n'est pas voulue",
            "open the stop or an antenna on one more day if this absence is not meant",
        ),
    )
}

pub(super) fn never_served(stop: &Stop, said: Said) -> Diagnostic {
    let id = &stop.id;
    Diagnostic::warning(
        NEVER_SERVED,
        stop.row.clone(),
        text!(
            "une antenne qui puisse servir l'arrêt « {id} », même sans autre arrêt",
            "an antenna that can serve stop `{id}`, even with no other stop",
        ),
        said.why,
        said.fix,
    )
}
