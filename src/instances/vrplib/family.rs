//! What each `TYPE` of a VRPLIB file stands for.

use super::document::{Document, missing};
use crate::diagnostics::Text;
use crate::instances::geometry::Measure;
use crate::instances::text::{Findings, quoted};
use crate::instances::{Convention, Objective};
use crate::text;

/// A `TYPE` and what it stands for.
pub(super) struct Family {
    /// How its sets count.
    pub convention: Convention,
    /// Sections beyond those of every file.
    pub sections: &'static [&'static str],
    /// The two ways between two nodes may differ.
    pub asymmetric: bool,
}

/// Sections that files of every type may have.
pub(super) const EVERY_FILE: &[&str] =
    &["NODE_COORD_SECTION", "EDGE_WEIGHT_SECTION", "DEMAND_SECTION", "DEPOT_SECTION", "DISPLAY_DATA_SECTION"];

/// TSPLIB's rounding.
pub(super) const NINT: Measure = Measure::Nearest { steps: 1 };
const TENTHS: Measure = Measure::Down { steps: 10 };
const THOUSANDTHS: Measure = Measure::Nearest { steps: 1000 };

const FAMILIES: &[Family] = &[
    Family { convention: Convention::plain("CVRP", NINT), sections: &[], asymmetric: false },
    Family { convention: Convention::plain("ACVRP", NINT), sections: &[], asymmetric: true },
    Family {
        convention: Convention { divisor: 10.0, decimals: 1, ..Convention::plain("VRPTW", TENTHS) },
        sections: &["SERVICE_TIME_SECTION", "TIME_WINDOW_SECTION"],
        asymmetric: false,
    },
    Family {
        convention: Convention::plain("GVRP", NINT),
        sections: &["MUTUALLY_EXCLUSIVE_GROUP_SECTION"],
        asymmetric: false,
    },
    Family {
        convention: Convention { states_depot: true, ..Convention::plain("MDVRPTW", THOUSANDTHS) },
        sections: &["SERVICE_TIME_SECTION", "TIME_WINDOW_SECTION", "VEHICLES_DEPOT_SECTION"],
        asymmetric: false,
    },
    Family {
        convention: Convention { states_vehicle: true, ..Convention::plain("SDVRPTW", THOUSANDTHS) },
        sections: &[
            "SERVICE_TIME_SECTION",
            "TIME_WINDOW_SECTION",
            "CAPACITY_SECTION",
            "VEHICLES_ALLOWED_CLIENTS_SECTION",
        ],
        asymmetric: false,
    },
    Family {
        convention: Convention {
            objective: Objective::CostAndLostPrizes,
            ..Convention::plain("PCVRPTW", TENTHS)
        },
        sections: &["SERVICE_TIME_SECTION", "TIME_WINDOW_SECTION", "PRIZE_SECTION"],
        asymmetric: false,
    },
    Family {
        // Costs are in hundredths of what the file counts, distances in thousandths.
        convention: Convention {
            states_vehicle: true,
            divisor: 100_000.0,
            decimals: 4,
            ..Convention::plain("HFVRP", THOUSANDTHS)
        },
        sections: &["CAPACITY_SECTION", "VEHICLES_FIXED_COST_SECTION", "VEHICLES_UNIT_DISTANCE_COST_SECTION"],
        asymmetric: false,
    },
    Family {
        convention: Convention { multi_trip: true, ..Convention::plain("MTVRPTWR", TENTHS) },
        sections: &[
            "SERVICE_TIME_SECTION",
            "TIME_WINDOW_SECTION",
            "RELEASE_TIME_SECTION",
            "VEHICLES_RELOAD_DEPOT_SECTION",
        ],
        asymmetric: false,
    },
];

/// The family that `TYPE` names.
pub(super) fn family_of(document: &Document<'_, '_>, findings: &mut Findings) -> Option<&'static Family> {
    let names: Vec<&str> = FAMILIES.iter().map(|family| family.convention.problem).collect();
    let known = Text::same(names.join(", "));
    let Some((row, name)) = document.header("TYPE") else {
        missing("TYPE", findings);
        return None;
    };
    let family = FAMILIES.iter().find(|family| family.convention.problem == name);
    if family.is_none() {
        let help = if name == "VRPB" {
            text!(
                "les tournées avec retours chargés (backhauls) ne sont pas traitées : personne n’y recharge ici",
                "routes with backhauls are not handled: nobody loads on the way back here"
            )
        } else {
            text!(
                "corrigez TYPE si le problème est l’un de ceux-là",
                "correct TYPE if the problem is one of those"
            )
        };
        findings.error("B004", Some(row), known, quoted(name), help);
    }
    family
}
