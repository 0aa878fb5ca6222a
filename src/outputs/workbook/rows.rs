//! The rows of the week sheets: what a day of an antenna looks like in a spreadsheet. Written and read back by the same
//! columns, so that a changed cell is told by comparing.

use jiff::civil::Date;

use crate::diagnostics::{Lang, Text};
use crate::outputs::document::{Call, Figure, Index, Tour, Trip};
use crate::outputs::words as say;
use crate::text;
use crate::units::ClockTime;

/// A column of the week sheets.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Column {
    Date,
    Weekday,
    Antenna,
    Step,
    Order,
    Opens,
    Closes,
    Stop,
    Commune,
    Households,
    TurnedAway,
    Load,
    Arrival,
    Departure,
    Trip,
    StopId,
    /// Names the row to the program; hidden.
    Key,
}

impl Column {
    /// From left to right.
    pub const ALL: [Self; 17] = [
        Self::Date,
        Self::Weekday,
        Self::Antenna,
        Self::Step,
        Self::Order,
        Self::Opens,
        Self::Closes,
        Self::Stop,
        Self::Commune,
        Self::Households,
        Self::TurnedAway,
        Self::Load,
        Self::Arrival,
        Self::Departure,
        Self::Trip,
        Self::StopId,
        Self::Key,
    ];

    /// What people may change: the other cells follow from these.
    pub const EDITABLE: [Self; 7] =
        [Self::Date, Self::Antenna, Self::Order, Self::Opens, Self::Closes, Self::Trip, Self::StopId];

    pub fn header(self) -> Text {
        match self {
            Self::Date => text!("Date", "Date"),
            Self::Weekday => text!("Jour", "Weekday"),
            Self::Antenna => text!("Antenne", "Antenna"),
            Self::Step => text!("Étape", "Step"),
            Self::Order => text!("Ordre", "Order"),
            Self::Opens => text!("Ouvre", "Opens"),
            Self::Closes => text!("Ferme", "Closes"),
            Self::Stop => text!("Arrêt", "Stop"),
            Self::Commune => text!("Commune", "Commune"),
            Self::Households => text!("Foyers", "Households"),
            Self::TurnedAway => text!("Refusés", "Turned away"),
            Self::Load => text!("Charge (kg)", "Load (kg)"),
            Self::Arrival => text!("Arrivée", "Arrival"),
            Self::Departure => text!("Départ", "Departure"),
            Self::Trip => text!("Chargement", "Loading"),
            Self::StopId => text!("Identifiant de l’arrêt", "Stop id"),
            Self::Key => text!("Clé tournee", "Key tournee"),
        }
    }

    /// In characters.
    pub const fn width(self) -> f64 {
        match self {
            Self::Date => 11.5,
            Self::Weekday => 10.5,
            Self::Antenna | Self::Trip | Self::Load => 12.0,
            Self::Step => 15.0,
            Self::Stop => 40.0,
            Self::Commune => 22.0,
            Self::StopId => 24.0,
            Self::Households | Self::TurnedAway | Self::Departure => 9.0,
            Self::Order | Self::Opens | Self::Closes | Self::Arrival => 8.0,
            Self::Key => 4.0,
        }
    }
}

/// What a cell holds.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Value {
    Blank,
    Words(String),
    Number(f64),
    Date(Date),
    /// Past midnight it goes on.
    Time(ClockTime),
}

impl Value {
    fn words(words: &str) -> Self {
        if words.is_empty() { Self::Blank } else { Self::Words(words.to_owned()) }
    }

    /// Blank where it is withheld.
    fn figure<N: Copy + Into<f64>>(figure: Figure<N>) -> Self {
        figure.told().map_or(Self::Blank, |number| Self::Number(number.into()))
    }

    /// As the cell is spelled when a workbook is read.
    pub fn spelled(&self) -> String {
        match self {
            Self::Blank => String::new(),
            Self::Words(words) => words.trim().to_owned(),
            Self::Number(number) => number.to_string(),
            Self::Date(date) => date.to_string(),
            Self::Time(time) => {
                let (hours, minutes, seconds) = (time.get() / 3600, time.get() / 60 % 60, time.get() % 60);
                let rest = if seconds == 0 { String::new() } else { format!(":{seconds:02}") };
                format!("{hours:02}:{minutes:02}{rest}")
            }
        }
    }
}

/// What happens at a row.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Step {
    Leave,
    Visit,
    Break,
    Reload,
    Back,
}

impl Step {
    fn words(self) -> Text {
        match self {
            Self::Leave => text!("départ du dépôt", "leaves depot"),
            Self::Visit => text!("visite", "visit"),
            Self::Break => text!("pause", "break"),
            Self::Reload => text!("rechargement", "loads again"),
            Self::Back => text!("retour au dépôt", "back at depot"),
        }
    }
}

/// A row of a week sheet.
#[derive(Clone, Debug)]
pub(super) struct Row {
    pub step: Step,
    /// `A-2027-01-04#2` for the second visit of that tour.
    pub key: String,
    pub date: Date,
    values: [Value; Column::ALL.len()],
}

impl Row {
    pub fn value(&self, column: Column) -> &Value {
        &self.values[column as usize]
    }

    fn new(step: Step, tour: &Tour, key: String, lang: Lang, cells: &[(Column, Value)]) -> Self {
        let mut values = Column::ALL.map(|_| Value::Blank);
        values[Column::Date as usize] = Value::Date(tour.date);
        values[Column::Weekday as usize] = Value::words(say::weekday(tour.date.weekday()).get(lang));
        values[Column::Antenna as usize] = Value::words(&tour.antenna);
        values[Column::Step as usize] = Value::words(step.words().get(lang));
        values[Column::Key as usize] = Value::words(&key);
        for (column, value) in cells {
            values[*column as usize] = value.clone();
        }
        Self { step, key, date: tour.date, values }
    }
}

/// All rows of a plan in the order of the timetable; each tour's in the order of time.
pub(super) fn rows(plan: &Index<'_>, lang: Lang) -> Vec<Row> {
    plan.document.tours.iter().flat_map(|tour| tour_rows(plan, tour, lang)).collect()
}

/// The rows of one tour.
pub(super) fn tour_rows(plan: &Index<'_>, tour: &Tour, lang: Lang) -> Vec<Row> {
    let at = |moment: &str| Value::Time(plan.clock(tour, moment));
    let antenna = plan.antenna(&tour.antenna);
    let depot = |id: &str| Value::words(&plan.depot(id).name);
    let last = tour.trips.len() - 1;
    let mut rows = Vec::new();
    let mut sequence = 0_u32;
    for (index, trip) in tour.trips.iter().enumerate() {
        let step = if index == 0 { Step::Leave } else { Step::Reload };
        rows.push(Row::new(
            step,
            tour,
            format!("{}>{}", tour.id, index + 1),
            lang,
            &[
                (Column::Stop, depot(&antenna.depot)),
                (Column::Departure, at(&trip.leave)),
                (Column::Load, Value::figure(load(trip))),
                (Column::Households, Value::figure(households(trip))),
                (Column::Trip, Value::Number((index + 1) as f64)),
            ],
        ));
        for call in &trip.calls {
            sequence += 1;
            rows.push(visit(plan, tour, call, sequence, index + 1, lang));
        }
        if index == last {
            rows.push(Row::new(
                Step::Back,
                tour,
                format!("{}<", tour.id),
                lang,
                &[(Column::Stop, depot(&antenna.end_depot)), (Column::Arrival, at(&trip.back))],
            ));
        }
    }
    if let Some(rest) = &tour.r#break {
        let start = plan.clock(tour, &rest.start);
        let row = Row::new(
            Step::Break,
            tour,
            format!("{}~", tour.id),
            lang,
            &[(Column::Opens, Value::Time(start)), (Column::Closes, at(&rest.end))],
        );
        let after = |row: &Row| {
            [Column::Arrival, Column::Departure]
                .iter()
                .any(|column| matches!(row.value(*column), Value::Time(time) if *time > start))
        };
        let place = rows.iter().skip(1).position(after).map_or(rows.len(), |place| place + 1);
        rows.insert(place, row);
    }
    rows
}

fn visit(plan: &Index<'_>, tour: &Tour, call: &Call, sequence: u32, trip: usize, lang: Lang) -> Row {
    let at = |moment: &str| Value::Time(plan.clock(tour, moment));
    let stop = plan.stop(&call.stop);
    Row::new(
        Step::Visit,
        tour,
        format!("{}#{sequence}", tour.id),
        lang,
        &[
            (Column::Order, Value::Number(f64::from(sequence))),
            (Column::Opens, at(&call.opens)),
            (Column::Closes, at(&call.closes)),
            (Column::Stop, Value::words(&stop.name)),
            (Column::Commune, Value::words(&stop.commune)),
            (Column::Households, Value::figure(call.households)),
            (Column::TurnedAway, Value::figure(call.turned_away)),
            (Column::Load, Value::figure(call.load_kg)),
            (Column::Arrival, at(&call.arrival)),
            (Column::Departure, at(&call.departure)),
            (Column::Trip, Value::Number(trip as f64)),
            (Column::StopId, Value::words(&stop.id)),
        ],
    )
}

/// What is loaded before a trip, kilograms.
fn load(trip: &Trip) -> Figure<f64> {
    let kilograms: Figure<f64> = trip.calls.iter().map(|call| call.load_kg).sum();
    kilograms.told().map_or(kilograms, |sum| Figure::Told((sum * 1000.0).round() / 1000.0))
}

fn households(trip: &Trip) -> Figure<i32> {
    trip.calls.iter().map(|call| call.households).sum()
}
