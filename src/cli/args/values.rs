//! Words that arguments may be.

use clap::ValueEnum;
use clap::builder::PossibleValue;
use tournee::diagnostics::Lang;
use tournee::traveller::Profile;

use crate::cli::say::say;

/// A format of `--formats`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct FileFormat(pub tournee::outputs::Format);

impl ValueEnum for FileFormat {
    fn value_variants<'a>() -> &'a [Self] {
        const ALL: [FileFormat; tournee::outputs::Format::ALL.len()] = {
            let mut all = [FileFormat(tournee::outputs::Format::Plan); tournee::outputs::Format::ALL.len()];
            let mut index = 0;
            while index < all.len() {
                all[index] = FileFormat(tournee::outputs::Format::ALL[index]);
                index += 1;
            }
            all
        };
        &ALL
    }

    fn to_possible_value(&self) -> Option<PossibleValue> {
        Some(PossibleValue::new(self.0.name()).help(self.0.files().join(", ")))
    }
}

/// `--at`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum SpotArg {
    #[value(help = say("aux lieux mêmes", "at the places themselves"))]
    Places,
    #[value(help = say(
        "au carrefour le plus proche de chaque lieu où une camionnette peut s’arrêter",
        "at the road junction nearest to each place where a van may stop",
    ))]
    Junctions,
}

/// `--profile`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum ProfileArg {
    #[value(help = say("une voiture", "a private car"))]
    Car,
    #[value(help = say("une camionnette de moins de 3,5 t", "a van under 3.5 t"))]
    Van,
    #[value(help = say("un bus ou un camion", "a bus or lorry"))]
    Bus,
    #[value(help = say("à pied", "on foot"))]
    Foot,
}

impl From<ProfileArg> for Profile {
    fn from(profile: ProfileArg) -> Self {
        match profile {
            ProfileArg::Car => Self::Car,
            ProfileArg::Van => Self::Van,
            ProfileArg::Bus => Self::Bus,
            ProfileArg::Foot => Self::Foot,
        }
    }
}

/// `--lang`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum LangArg {
    #[value(help = say("français", "French"))]
    Fr,
    #[value(help = say("anglais", "English"))]
    En,
}

impl From<LangArg> for Lang {
    fn from(lang: LangArg) -> Self {
        match lang {
            LangArg::Fr => Self::Fr,
            LangArg::En => Self::En,
        }
    }
}

/// `--format`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Format {
    #[value(help = say("pour les personnes", "for people"))]
    Text,
    #[value(help = say("pour les programmes", "for programs"))]
    Json,
}
