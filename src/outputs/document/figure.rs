//! A figure that public files may withhold.

use serde::{Deserialize, Serialize};

use crate::diagnostics::{Lang, Text};
use crate::text;

/// A number of households, or what gives one away. Serialises as the number, or null; reads numbers alone, as
/// `plan.json` withholds nothing.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(from = "N", into = "Option<N>", bound(serialize = "N: Clone + Serialize"))]
pub enum Figure<N> {
    /// As it is.
    Told(N),
    /// So small that it could tell of single households.
    Withheld,
}

impl<N> From<N> for Figure<N> {
    fn from(number: N) -> Self {
        Self::Told(number)
    }
}

impl<N> From<Figure<N>> for Option<N> {
    fn from(figure: Figure<N>) -> Self {
        match figure {
            Figure::Told(number) => Some(number),
            Figure::Withheld => None,
        }
    }
}

/// Withheld as soon as one part is, as it would tell that part to whoever knows the others.
impl<N: std::iter::Sum> std::iter::Sum<Self> for Figure<N> {
    fn sum<I: Iterator<Item = Self>>(parts: I) -> Self {
        parts.map(Option::from).sum::<Option<N>>().map_or(Self::Withheld, Self::Told)
    }
}

impl<N: Copy> Figure<N> {
    /// The number, unless it is withheld.
    pub fn told(self) -> Option<N> {
        self.into()
    }

    /// Households for people: as `told` words the number, or `moins de 5`.
    pub fn words(self, lang: Lang, told: impl FnOnce(N) -> String) -> String {
        self.told().map_or_else(|| fewer().get(lang).to_owned(), told)
    }
}

/// What stands for a withheld number of households.
pub fn fewer() -> Text {
    let from = super::public::TOLD_FROM;
    text!("moins de {from}", "fewer than {from}")
}
