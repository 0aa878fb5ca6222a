//! Where points of a table meet the roads, or every point that does not.

use tournee::diagnostics::{Code, Diagnostic};
use tournee::network::{RoadNetwork, Snap, SnapError};
use tournee::text;
use tournee::traveller::Traveller;
use tournee::units::Metres;

use super::failure::Failure;
use super::points::NamedPoint;

const TOO_FAR: Code = Code("M009");
const ISLAND: Code = Code("M010");

/// Finds where points meet the roads.
#[derive(Clone, Copy, Debug)]
pub struct Snapping<'a> {
    /// The roads.
    pub roads: &'a RoadNetwork,
    /// Whose roads.
    pub traveller: &'a Traveller,
    /// Farthest a point may lie from one.
    pub limit: Metres,
}

impl Snapping<'_> {
    /// Where each point meets the roads, or all those that do not.
    pub fn snap_all(&self, points: &[NamedPoint]) -> Result<Vec<Snap>, Failure> {
        let mut findings = Vec::new();
        let mut snaps = Vec::with_capacity(points.len());
        for point in points {
            match self.roads.snap(self.traveller, point.at, self.limit) {
                Ok(snap) => snaps.push(snap),
                Err(error) => findings.push(self.finding(point, error)),
            }
        }
        if findings.is_empty() { Ok(snaps) } else { Err(Failure::input(findings)) }
    }

    fn finding(&self, point: &NamedPoint, error: SnapError) -> Diagnostic {
        let (id, limit) = (&point.id, self.limit.get());
        let expected = text!("une route utilisable à {limit} m au plus", "a usable road within {limit} m");
        let (code, found) = match error {
            SnapError::TooFar { nearest: None } => {
                let found = text!(
                    "`{id}`, et aucune route pour ce profil",
                    "`{id}`, and no road at all for this profile"
                );
                (TOO_FAR, found)
            }
            SnapError::TooFar { nearest: Some(nearest) } => {
                let metres = nearest.get();
                (
                    TOO_FAR,
                    text!("`{id}`, à {metres} m de la plus proche", "`{id}`, {metres} m from the nearest"),
                )
            }
            SnapError::OtherIsland { nearest } => {
                let metres = nearest.get();
                let found = text!(
                    "`{id}`, près de routes isolées ; le reste du réseau est à {metres} m",
                    "`{id}`, near roads that are apart; the rest of the network is {metres} m away"
                );
                (ISLAND, found)
            }
        };
        let help = text!(
            "vérifiez que longitude et latitude ne sont pas inversées et que l’extrait couvre le point ; \
             `--snap-limit` permet d’aller plus loin",
            "check that longitude and latitude are not swapped and that the extract covers the point; \
             `--snap-limit` allows a longer way"
        );
        Diagnostic::error(code, point.row.clone(), expected, found, help)
    }
}
