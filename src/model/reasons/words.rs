//! A reason in words that a coordinator understands, in both languages.

use super::{Change, Fix, LeftOut, Why};
use crate::diagnostics::Text;
use crate::ids::{AntennaId, ShiftId, StopId, VehicleId};
use crate::model::Problem;
use crate::model::lower::words::{date, rhythm, weekday};
use crate::model::lower::{NoPattern, why_no_pattern};
use crate::model::schedule::Blocked;
use crate::tables::Dataset;
use crate::text;
use crate::units::{Cost, Day, DaySet, Seconds};

/// Why a stop is left out, and the smallest change that would serve it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Said {
    /// What stands in the way.
    pub why: Text,
    /// What would serve it.
    pub fix: Text,
}

/// Says why `stop` of a lowered scenario is left out.
pub fn say(dataset: &Dataset, problem: &Problem, stop: StopId, left_out: &LeftOut) -> Said {
    let speaker = Speaker { dataset, problem };
    let why = match &left_out.why {
        Why::NoPattern => return speaker.no_pattern(stop),
        Why::NotWorth { days, loss } => speaker.not_worth(*days, *loss),
        Why::Overlooked { days, gain } => return speaker.overlooked(*days, *gain),
        Why::Blocked { shift, rule } => speaker.blocked(*shift, *rule),
        Why::NoShift => text!(
            "aucune antenne permise ne roule tous les jours qu'il lui faudrait",
            "no allowed antenna runs on all the days it would need",
        ),
    };
    Said { why, fix: speaker.fix(left_out.fix.as_ref()) }
}

struct Speaker<'a> {
    dataset: &'a Dataset,
    problem: &'a Problem,
}

impl Speaker<'_> {
    fn no_pattern(&self, stop: StopId) -> Said {
        let row = &self.dataset.stops[stop];
        let rhythm = rhythm(row.rhythm);
        let (fr, en) = (rhythm.fr, rhythm.en);
        let (why, fix) = match why_no_pattern(self.dataset, stop) {
            Some(NoPattern::Refused) => (
                text!("la commune a refusé", "the commune refused"),
                text!("obtenir son accord, puis changer `status`", "get its agreement, then change `status`"),
            ),
            Some(NoPattern::NoDate) => (
                text!("aucune date publiée n'est {fr}", "no published date is {en}"),
                text!("publier plus longtemps (`until`)", "publish for longer (`until`)"),
            ),
            Some(NoPattern::Gap) => (
                text!(
                    "aucun choix de ses jours ne donne {fr} avec les écarts demandés",
                    "no choice of its days gives {en} with the gaps asked for",
                ),
                text!("élargir `min_gap_days` ou `max_gap_days`", "widen `min_gap_days` or `max_gap_days`"),
            ),
            Some(NoPattern::Lock) => (
                text!("ses verrous ne laissent aucun jour possible", "its locks leave no possible day"),
                text!("retirer un verrou", "remove a lock"),
            ),
            Some(NoPattern::NoDay) | None => (
                text!(
                    "ses jours, ses horaires et les fermetures ne permettent pas {fr}",
                    "its days, its hours and the closures do not allow {en}",
                ),
                text!(
                    "ajouter un jour à l'arrêt ou à ses antennes, ou lever une fermeture",
                    "add a day to the stop or its antennas, or lift a closure",
                ),
            ),
        };
        Said { why, fix }
    }

    fn not_worth(&self, days: DaySet, loss: Cost) -> Text {
        let (on, money) = (self.on(days, days), euros(loss));
        Text {
            fr: format!("le servir {} coûterait {} de plus que ce qu'il apporte", on.fr, money.fr),
            en: format!("serving it {} would cost {} more than it brings", on.en, money.en),
        }
    }

    fn overlooked(&self, days: DaySet, gain: Cost) -> Said {
        let on = self.on(days, days);
        let (fr, en) = (on.fr, on.en);
        let why = if gain >= self.problem.missed_visit {
            text!(
                "il a sa place {fr}, mais la recherche s'est arrêtée avant de la trouver",
                "there is room for it {en}, but the search ended before finding it",
            )
        } else {
            let money = euros(gain);
            let (money_fr, money_en) = (money.fr, money.en);
            text!(
                "le servir {fr} ferait gagner {money_fr}, mais la recherche s'est arrêtée avant de le trouver",
                "serving it {en} would gain {money_en}, but the search ended before finding it",
            )
        };
        Said { why, fix: text!("laisser chercher plus longtemps", "let the search run longer") }
    }

    fn blocked(&self, shift: ShiftId, rule: Blocked) -> Text {
        let shift = &self.problem.shifts[shift];
        let name = self.antenna(shift.vehicle);
        let on = self.on(DaySet::only(shift.day), DaySet::only(shift.day));
        let (fr, en) = (on.fr, on.en);
        match rule {
            Blocked::NoWay => {
                text!(
                    "aucune route de {name} n'y mène et n'en revient",
                    "no road of {name} leads there and back"
                )
            }
            Blocked::NotAllowed(_) => {
                text!("{name} n'y est pas permise {fr}", "{name} is not allowed there {en}")
            }
            Blocked::Closed(_) => text!(
                "ses horaires {fr} sont plus courts que l'ouverture qu'il lui faut",
                "its hours {en} are shorter than the opening it needs",
            ),
            Blocked::Households(by) => {
                let count = households(by);
                Text {
                    fr: format!("il manque de la place pour {} dans {name} {fr}", count.fr),
                    en: format!("{name} lacks room for {} {en}", count.en),
                }
            }
            Blocked::Mass(by) => {
                let mass = kilograms(by);
                text!("il manque {mass} kg de charge à {name} {fr}", "{name} lacks {mass} kg of load {en}")
            }
            Blocked::Late(_) => text!(
                "{name} n'a pas le temps d'y aller, d'y ouvrir et de rentrer {fr}",
                "{name} has no time to go there, open and return {en}",
            ),
            Blocked::Duty(_) => text!(
                "la journée de {name} {fr} dépasserait son amplitude",
                "the day of {name} {en} would pass its longest duty",
            ),
            Blocked::Driving(_) => text!(
                "{name} conduirait plus longtemps que permis {fr}",
                "{name} would drive for longer than allowed {en}",
            ),
            Blocked::Cold(_) => text!(
                "la chaîne du froid de {name} ne tiendrait pas {fr}",
                "the cold chain of {name} would not hold {en}",
            ),
            Blocked::Length(_) => text!(
                "{name} roulerait plus loin que permis {fr}",
                "{name} would drive farther than allowed {en}",
            ),
            Blocked::Count(_) => {
                text!(
                    "{name} ne peut pas charger une fois de plus au dépôt {fr}",
                    "{name} can't load once more at the depot {en}",
                )
            }
            Blocked::NoBreak => text!(
                "la pause de {name} ne trouverait plus sa place {fr}",
                "the break of {name} would no longer fit {en}",
            ),
            Blocked::Opening(by) => {
                let time = duration(by);
                text!(
                    "servir ses inscrits demande {time} de plus que son ouverture la plus longue",
                    "serving those registered takes {time} more than its longest opening",
                )
            }
        }
    }

    fn fix(&self, fix: Option<&Fix>) -> Text {
        let Some(fix) = fix else {
            return text!(
                "aucun changement seul n'y suffit : il en faut plusieurs à la fois",
                "no single change is enough: it takes several at once",
            );
        };
        let change = self.change(fix);
        if fix.shortfall > Cost::ZERO {
            let money = euros(fix.shortfall);
            return Text {
                fr: format!("{}, et {} de plus à y gagner", change.fr, money.fr),
                en: format!("{}, and {} more to gain from it", change.en, money.en),
            };
        }
        change
    }

    fn change(&self, fix: &Fix) -> Text {
        let on = self.on(fix.days, fix.pattern);
        let (fr, en) = (on.fr, on.en);
        let name = fix.vehicle.map(|vehicle| self.antenna(vehicle)).unwrap_or_default();
        match fix.change {
            Change::ReturnLater(by) => {
                let time = duration(by);
                text!(
                    "{time} de plus en fin de service pour {name} {fr}",
                    "{time} more at the end of {name}'s shift {en}"
                )
            }
            Change::LeaveEarlier(by) => {
                let time = duration(by);
                text!(
                    "{time} de plus en début de service pour {name} {fr}",
                    "{time} more at the start of {name}'s shift {en}",
                )
            }
            Change::LongerDuty(by) => {
                let time = duration(by);
                text!("{time} de plus d'amplitude pour {name} {fr}", "{time} more of duty for {name} {en}")
            }
            Change::LongerShift(by) => {
                let time = duration(by);
                text!(
                    "{time} de plus en fin de service et d'amplitude pour {name} {fr}",
                    "{time} more at the end of the shift, and of duty, for {name} {en}",
                )
            }
            Change::MoreDriving(by) => {
                let time = duration(by);
                text!("{time} de conduite de plus pour {name} {fr}", "{time} more of driving for {name} {en}")
            }
            Change::LongerCold(by) => {
                let time = duration(by);
                text!(
                    "une chaîne du froid de {name} tenue {time} de plus {fr}",
                    "a cold chain of {name} that holds {time} longer {en}",
                )
            }
            Change::WiderBreak(by) => {
                let time = duration(by);
                text!(
                    "une pause de {name} permise {time} plus tôt ou plus tard {fr}",
                    "a break of {name} allowed {time} earlier or later {en}",
                )
            }
            Change::MoreHouseholds(by) => {
                let count = households(by);
                Text {
                    fr: format!("de la place pour {} de plus dans {name} {fr}", count.fr),
                    en: format!("room for {} more in {name} {en}", count.en),
                }
            }
            Change::MoreMass(by) => {
                let mass = kilograms(by);
                text!(
                    "{mass} kg de charge de plus pour {name} {fr}",
                    "{mass} kg more of load for {name} {en}"
                )
            }
            Change::OpenEarlier(by) => {
                let time = duration(by);
                text!(
                    "des horaires qui commencent {time} plus tôt {fr}",
                    "hours that begin {time} earlier {en}"
                )
            }
            Change::CloseLater(by) => {
                let time = duration(by);
                text!("des horaires qui finissent {time} plus tard {fr}", "hours that end {time} later {en}")
            }
            Change::LongerOpening(by) => {
                let time = duration(by);
                text!("une ouverture qui peut durer {time} de plus", "an opening that may last {time} longer")
            }
            Change::MoreTrips(by) => {
                text!(
                    "{by} chargement de plus au dépôt pour {name} {fr}",
                    "{by} more loading at the depot for {name} {en}",
                )
            }
            Change::MoreVisits(by) => {
                text!(
                    "{by} arrêts permis de plus pour {name} {fr}",
                    "{by} more visits allowed for {name} {en}"
                )
            }
            Change::MoreLength(by) => {
                text!("{by} m de plus pour {name} {fr}", "{by} m more for {name} {en}")
            }
            Change::Allow => text!("permettre {name} à cet arrêt", "allow {name} at this stop"),
            Change::ExtraVehicle => {
                text!("une antenne de plus comme {name} {fr}", "one more antenna like {name} {en}")
            }
            Change::Worth(by) => self.worth(by),
        }
    }

    /// What it would have to bring, also in households where that means something.
    fn worth(&self, by: Cost) -> Text {
        let value = self.dataset.settings.objective.value_per_household.get();
        let money = euros(by);
        if value <= 0 {
            return Text {
                fr: format!("qu'il apporte {} de plus, ou coûte autant de moins", money.fr),
                en: format!("{} more of worth, or as much less of cost", money.en),
            };
        }
        let count = households((by.get() / value).saturating_add(1));
        Text {
            fr: format!("{} de plus à sa portée, ou {} de moins pour y aller", count.fr, money.fr),
            en: format!("{} more within its reach, or {} less to get there", count.en, money.en),
        }
    }

    fn antenna(&self, vehicle: VehicleId) -> String {
        self.dataset.antennas[AntennaId(vehicle.0)].name.clone()
    }

    /// `le mardi` where those are all days of the pattern on that weekday, else dates of the first cycle.
    fn on(&self, days: DaySet, pattern: DaySet) -> Text {
        let whole = days.iter().all(|day| {
            pattern
                .iter()
                .filter(|other| other.weekday_index() == day.weekday_index())
                .all(|other| days.contains(other))
        });
        let mut names: Vec<Text> = Vec::new();
        for day in days.iter() {
            let name = if whole && pattern.len() > 1 { weekday(day.weekday_index()) } else { self.date(day) };
            if !names.contains(&name) {
                names.push(name);
            }
        }
        Text {
            fr: join(names.iter().map(|name| format!("le {}", name.fr)).collect(), "et"),
            en: join(names.iter().map(|name| format!("on {}", name.en)).collect(), "and"),
        }
    }

    fn date(&self, day: Day) -> Text {
        date(self.dataset.settings.date(day.index()))
    }
}

fn households(count: i64) -> Text {
    if count == 1 {
        text!("{count} foyer", "{count} household")
    } else {
        text!("{count} foyers", "{count} households")
    }
}

fn join(mut names: Vec<String>, and: &str) -> String {
    match names.pop() {
        Some(last) if names.is_empty() => last,
        Some(last) => format!("{} {and} {last}", names.join(", ")),
        None => String::new(),
    }
}

/// `25 min`, `1 h 05`, rounded up to the minute; the same in both languages.
fn duration(time: Seconds) -> String {
    let minutes = (i64::from(time.get()) + 59) / 60;
    if minutes < 60 { format!("{minutes} min") } else { format!("{} h {:02}", minutes / 60, minutes % 60) }
}

/// Rounded up to the kilogram.
fn kilograms(grams: i64) -> i64 {
    (grams + 999) / 1000
}

/// Whole euros from ten on, cents below, rounded up so that the sum is enough.
fn euros(cost: Cost) -> Text {
    let cents = cost.cents_up();
    if cents >= 1000 {
        let euros = (cents + 99) / 100;
        return text!("{euros} €", "€{euros}");
    }
    let (whole, rest) = (cents / 100, cents % 100);
    text!("{whole},{rest:02} €", "€{whole}.{rest:02}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn money_is_told_in_euros() {
        assert_eq!(euros(Cost::from_euros(173.0)), text!("173 €", "€173"));
        assert_eq!(euros(Cost::from_euros(1.5)), text!("1,50 €", "€1.50"));
        assert_eq!(euros(Cost(1)), text!("0,01 €", "€0.01"));
    }
}
