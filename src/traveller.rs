//! Who travels: a profile and, for vehicles, dimensions that roads may forbid.

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
    /// Weight in kilograms; none: no weight limit matters.
    pub weight_kg: Option<u32>,
}

impl Traveller {
    /// A traveller without dimensions.
    pub const fn of(profile: Profile) -> Self {
        Self { profile, height_cm: None, weight_kg: None }
    }
}
