//! Who travels: a profile and, for vehicles, dimensions that roads may forbid; and when, as some roads close in winter.

use jiff::civil::Date;

/// What a vehicle drives as, or a person walks as.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Profile {
    /// A van under 3.5 t.
    Van,
    /// A private car.
    Car,
    /// A bus or lorry.
    Bus,
    /// On foot.
    Foot,
}

/// A profile with dimensions. Two travellers that are equal use the same roads at the same speed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Traveller {
    /// Rules of access and speed.
    pub profile: Profile,
    /// Height in centimetres; none: no height limit matters.
    pub height_cm: Option<u32>,
    /// Width in centimetres; none: the usual one of the profile.
    pub width_cm: Option<u32>,
    /// Length in centimetres; none: no length limit matters.
    pub length_cm: Option<u32>,
    /// Weight in kilograms; none: no weight limit matters.
    pub weight_kg: Option<u32>,
    /// The day of the journey; none: roads that close in some season count as open.
    pub date: Option<Date>,
}

impl Traveller {
    /// A traveller without dimensions, on no particular day.
    pub const fn of(profile: Profile) -> Self {
        Self { profile, height_cm: None, width_cm: None, length_cm: None, weight_kg: None, date: None }
    }

    /// The same traveller on a day.
    #[must_use]
    pub const fn on(self, date: Date) -> Self {
        Self { date: Some(date), ..self }
    }
}
