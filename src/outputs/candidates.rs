//! The folder of `tournee candidates`: a stops table ready to use, and the same on a map.

use std::path::{Path, PathBuf};

use super::geojson::Credits;
use super::geojson::candidates::candidates as layer;
use super::sheet::{Sheet, inert};
use super::{Document, WriteError, folder};
use crate::coverage::{Candidate, Candidates};
use crate::diagnostics::{Lang, Text};
use crate::tables::Dataset;
use crate::text;
use crate::units::Need;

/// What `candidates` writes, and may therefore replace.
const FILES: &[&str] = &["stops.csv", "candidates.geojson"];

/// Whether [`write()`] would refuse the folder: asked before long work.
pub fn refusal(folder: &Path) -> Result<(), WriteError> {
    folder::refusal(folder, FILES)
}

/// Writes the folder, whole or not at all.
pub fn write(
    dataset: &Dataset,
    candidates: &Candidates,
    credits: Credits<'_>,
    folder: &Path,
) -> Result<Vec<PathBuf>, WriteError> {
    let contents = [stops_csv(dataset, candidates, credits), layer(dataset, candidates, credits)];
    let documents: Vec<Document> =
        FILES.iter().zip(contents).map(|(&name, bytes)| Document { name: name.into(), bytes }).collect();
    folder::replace(folder, &documents, FILES)
}

/// One row a candidate, best first. The first columns are those of the table `stops`; those that start with `#` are
/// notes, which nothing reads.
fn stops_csv(dataset: &Dataset, candidates: &Candidates, credits: Credits<'_>) -> Vec<u8> {
    let mut sheet = Sheet::new(&headers(), credits);
    let mut total = Need::ZERO;
    for (rank, candidate) in (1..).zip(&candidates.list) {
        total += candidate.gain;
        sheet.row(row(dataset, candidate, rank, total, credits.lang));
    }
    sheet.bytes()
}

fn headers() -> [Text; 12] {
    [
        text!("identifiant", "id"),
        text!("nom", "name"),
        text!("insee", "insee"),
        text!("longitude", "lon"),
        text!("latitude", "lat"),
        text!("priorité", "priority"),
        text!("statut", "status"),
        text!("# rang", "# rank"),
        text!("# foyers de plus à portée", "# more households within reach"),
        text!("# foyers à portée, cumulés", "# households within reach, added up"),
        text!("# foyers à portée de ce seul arrêt", "# households within reach of this stop alone"),
        text!("# lieux à portée de ce seul arrêt", "# places within reach of this stop alone"),
    ]
}

fn row(dataset: &Dataset, candidate: &Candidate, rank: usize, total: Need, lang: Lang) -> [String; 12] {
    let (place, at) = (&dataset.places[candidate.spot.place], candidate.spot.at);
    let decimal = |value: f64| match lang {
        Lang::Fr => value.to_string().replace('.', ","),
        Lang::En => value.to_string(),
    };
    let [priority, status] = [text!("facultatif", "optional"), text!("demandé", "asked")];
    [
        inert(&id(dataset, candidate)),
        inert(&place.name),
        inert(&place.insee),
        // A minus sign is part of a number here, and no formula.
        decimal(at.x()),
        decimal(at.y()),
        priority.get(lang).to_owned(),
        status.get(lang).to_owned(),
        rank.to_string(),
        decimal(candidate.gain.households()),
        decimal(total.households()),
        decimal(candidate.alone.households()),
        candidate.places.to_string(),
    ]
}

/// That of the place; of a junction near it, with `-j`: stable as long as the place's is.
pub(super) fn id(dataset: &Dataset, candidate: &Candidate) -> String {
    let place = &dataset.places[candidate.spot.place];
    if candidate.spot.at == place.at { place.id.clone() } else { format!("{}-j", place.id) }
}
