//! `tournee matrix --roads FILE --points FILE [--to FILE] -o FILE`.

use std::io::{self, Write};

use serde_json::json;
use tournee::diagnostics::{Code, Diagnostic};
use tournee::matrix::{TravelMatrix, travel_matrix};
use tournee::network::{RoadNetwork, Snap, SnapError};
use tournee::text;
use tournee::traveller::Traveller;
use tournee::units::Metres;

use super::args::MatrixArgs;
use super::context::Context;
use super::failure::Failure;
use super::points::{self, NamedPoint};
use super::progress::Progress;
use super::whole_file::WholeFile;
use super::{Outcome, report};

const TOO_FAR: Code = Code("M009");
const ISLAND: Code = Code("M010");

/// Origins worked out at a time: bounds the memory whatever the size of the matrix.
const ROWS_AT_ONCE: usize = 256;

/// Travel times and lengths between all points of one or two tables.
pub fn run(args: &MatrixArgs, context: &Context) -> Result<Outcome, Failure> {
    let progress = Progress::start(context);
    progress.step(&text!("lecture des points", "reading the points"));
    let origins = points::read(&args.points);
    let destinations = args.to.as_deref().map(points::read).transpose();
    let (origins, destinations) = both(origins, destinations)?;
    progress.step(&text!("lecture des routes", "reading the roads"));
    let roads = RoadNetwork::open(&args.roads)?;
    let traveller = Traveller::of(args.profile.into());
    let snapping = Snapping { roads: &roads, traveller: &traveller, limit: Metres(args.snap_limit) };
    let from = snapping.snap_all(&origins);
    let to = destinations.as_deref().map(|points| snapping.snap_all(points)).transpose();
    let (from, to) = both(from, to)?;

    progress.step(&text!("mesure des trajets", "measuring travel"));
    let mut file = WholeFile::create(&args.out)?;
    file.write_all(b"from,to,seconds,metres\n")?;
    let mut no_way = 0;
    for first in (0..from.len()).step_by(ROWS_AT_ONCE) {
        let rows = first..(first + ROWS_AT_ONCE).min(from.len());
        let matrix = travel_matrix(&roads, &traveller, &from[rows.clone()], to.as_deref().unwrap_or(&from));
        no_way += write_rows(
            &mut file,
            &matrix,
            &origins[rows],
            destinations.as_deref().unwrap_or(&origins),
            |row, to| destinations.is_none() && first + row == to,
        )?;
    }
    file.finish()?;
    drop(progress);

    let findings = roads.warnings();
    context.complain(&report::findings(&findings, context.lang()));
    let pairs = from.len() * to.as_ref().map_or(from.len() - 1, Vec::len);
    let name = args.out.display();
    let told = text!(
        "{name} : {pairs} trajets, dont {no_way} impossible(s)\n",
        "{name}: {pairs} journeys, {no_way} of them impossible\n"
    );
    let data = json!({ "command": "matrix", "file": args.out, "pairs": pairs, "impossible": no_way });
    context.summary(told.get(context.lang()), &data)?;
    Ok(Outcome::Done)
}

/// Both values, or the findings of both.
fn both<A, B>(first: Result<A, Failure>, second: Result<B, Failure>) -> Result<(A, B), Failure> {
    match (first, second) {
        (Ok(first), Ok(second)) => Ok((first, second)),
        (Err(Failure::Input { findings, repairs }), Err(Failure::Input { findings: more, .. })) => {
            Err(Failure::Input { findings: [findings, more].concat(), repairs })
        }
        (Err(failure), _) | (_, Err(failure)) => Err(failure),
    }
}

/// One line a pair but for those that `is_left_out`; returns how many have no way.
fn write_rows(
    file: &mut impl Write,
    matrix: &TravelMatrix,
    origins: &[NamedPoint],
    destinations: &[NamedPoint],
    is_left_out: impl Fn(usize, usize) -> bool,
) -> io::Result<usize> {
    let mut writer = csv::Writer::from_writer(file);
    let mut no_way = 0;
    for (from, origin) in origins.iter().enumerate() {
        for (to, destination) in destinations.iter().enumerate().filter(|(to, _)| !is_left_out(from, *to)) {
            let travel = matrix.get(from, to);
            no_way += usize::from(travel.is_none());
            let number = |number: Option<i32>| number.map(|number| number.to_string()).unwrap_or_default();
            writer.write_record([
                &origin.id,
                &destination.id,
                &number(travel.map(|travel| travel.seconds.get())),
                &number(travel.map(|travel| travel.metres.get())),
            ])?;
        }
    }
    writer.flush()?;
    Ok(no_way)
}

/// Finds where points meet the roads.
struct Snapping<'a> {
    roads: &'a RoadNetwork,
    traveller: &'a Traveller,
    limit: Metres,
}

impl Snapping<'_> {
    /// Where each point meets the roads, or all those that do not.
    fn snap_all(&self, points: &[NamedPoint]) -> Result<Vec<Snap>, Failure> {
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
