//! `tournee matrix --roads FILE --points FILE [--to FILE] -o FILE`.

use std::io::{self, Write};
use std::path::Path;

use serde_json::json;
use tournee::diagnostics::Diagnostic;
use tournee::matrix::{TravelMatrix, travel_matrix};
use tournee::network::{RoadNetwork, Snap};
use tournee::outputs::matrix_file::MatrixWriter;
use tournee::text;
use tournee::traveller::Traveller;
use tournee::units::Metres;
use tournee::whole_file::WholeFile;

use super::args::MatrixArgs;
use super::context::Context;
use super::failure::Failure;
use super::points::{self, NamedPoint};
use super::progress::Progress;
use super::snapping::Snapping;
use super::{Outcome, report};

/// Pairs worked out at a time, or one origin's: bounds the memory whatever the size of the matrix.
const PAIRS_AT_ONCE: usize = 1 << 23;

/// Travel times and lengths between all points of one or two tables.
pub fn run(args: &MatrixArgs, context: &Context) -> Result<Outcome, Failure> {
    let progress = Progress::start(context);
    progress.step(&text!("lecture des points", "reading the points"));
    let origins = points::read(&args.points);
    let destinations = args.to.as_deref().map(points::read).transpose();
    let (origins, destinations) = both(origins, destinations)?;
    progress.step(&text!("lecture des routes", "reading the roads"));
    let roads = RoadNetwork::open(&args.roads)?;
    let traveller = Traveller { date: args.date, ..Traveller::of(args.profile.into()) };
    let snapping = Snapping { roads: &roads, traveller: &traveller, limit: Metres(args.snap_limit) };
    let from = snapping.snap_all(&origins);
    let to = destinations.as_deref().map(|points| snapping.snap_all(points)).transpose();
    let (from, to) = both(from, to)?;

    progress.step(&text!("mesure des trajets", "measuring travel"));
    let is_square = destinations.is_none();
    let mut table = Table::create(&args.out, &origins, destinations.as_deref())?;
    let rows_at_once = (PAIRS_AT_ONCE / to.as_ref().unwrap_or(&from).len()).max(1);
    for first in (0..from.len()).step_by(rows_at_once) {
        let rows = first..(first + rows_at_once).min(from.len());
        let matrix = travel_matrix(&roads, &traveller, &from[rows], to.as_deref().unwrap_or(&from));
        table.write(first, &matrix)?;
    }
    let no_way = table.no_way;
    table.finish()?;
    drop(progress);

    let findings: Vec<Diagnostic> = [roads.warnings(), roads.dropped(&traveller)].concat();
    let lang = context.lang();
    context.complain(&report::findings(&findings, lang));
    let pairs =
        from.len() * to.as_ref().map_or(from.len(), Vec::len) - if is_square { from.len() } else { 0 };
    let ends = [(&origins, &from)].into_iter().chain(destinations.as_ref().zip(to.as_ref()));
    let (farthest, gap) =
        farthest_from_a_road(ends.flat_map(|(points, snaps)| points.iter().zip(snaps))).unwrap_or_default();
    let name = args.out.display();
    let told = text!(
        "{name} : {pairs} trajets, dont {no_way} impossible(s) ; `{farthest}`, le point le plus loin d’une route, en est à {gap} m\n",
        "{name}: {pairs} journeys, {no_way} of them impossible; `{farthest}`, the point farthest from a road, is {gap} m from it\n"
    );
    let data = json!({
        "command": "matrix",
        "file": args.out,
        "pairs": pairs,
        "impossible": no_way,
        "farthest_from_a_road": { "id": farthest, "metres": gap },
        "findings": findings.iter().map(|finding| report::finding_json(finding, lang)).collect::<Vec<_>>(),
    });
    context.summary(told.get(lang), &data)?;
    Ok(Outcome::Done)
}

/// The point whose gap is the widest, of equal ones the first, and its metres.
fn farthest_from_a_road<'a>(
    points: impl Iterator<Item = (&'a NamedPoint, &'a Snap)>,
) -> Option<(&'a str, i32)> {
    let gaps = points.map(|(point, snap)| (point.id.as_str(), snap.gap.get()));
    gaps.reduce(|farthest, other| if other.1 > farthest.1 { other } else { farthest })
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

/// The file being written.
struct Table<'a> {
    origins: &'a [NamedPoint],
    /// None: the origins.
    destinations: Option<&'a [NamedPoint]>,
    form: Form,
    /// Pairs without a way so far.
    no_way: usize,
}

enum Form {
    Csv(Box<csv::Writer<WholeFile>>),
    Binary(MatrixWriter<WholeFile>),
}

impl<'a> Table<'a> {
    /// Begins a file: binary where its name ends in `.bin`.
    fn create(
        path: &Path,
        origins: &'a [NamedPoint],
        destinations: Option<&'a [NamedPoint]>,
    ) -> io::Result<Self> {
        let file = WholeFile::create(path)?;
        let form = if path.extension().is_some_and(|ending| ending == "bin") {
            Form::Binary(MatrixWriter::new(file, origins.len(), destinations.unwrap_or(origins).len())?)
        } else {
            let mut writer = csv::Writer::from_writer(file);
            writer.write_record(["from", "to", "seconds", "metres"])?;
            Form::Csv(Box::new(writer))
        };
        Ok(Self { origins, destinations, form, no_way: 0 })
    }

    /// The rows of the origins from `first` on.
    fn write(&mut self, first: usize, matrix: &TravelMatrix) -> io::Result<()> {
        let (rows, columns) = (matrix.rows(), matrix.columns());
        let pairs = (0..rows).flat_map(|row| (0..columns).map(move |column| (row, column)));
        self.no_way += pairs.filter(|(row, column)| matrix.get(*row, *column).is_none()).count();
        match &mut self.form {
            Form::Binary(writer) => writer.rows(matrix),
            Form::Csv(writer) => write_csv(writer, matrix, first, self.origins, self.destinations),
        }
    }

    fn finish(self) -> io::Result<()> {
        match self.form {
            Form::Binary(writer) => writer.finish()?.finish(),
            Form::Csv(writer) => writer.into_inner().map_err(csv::IntoInnerError::into_error)?.finish(),
        }
    }
}

/// One line a pair; from a point to itself only where destinations are another table.
fn write_csv(
    writer: &mut csv::Writer<impl Write>,
    matrix: &TravelMatrix,
    first: usize,
    origins: &[NamedPoint],
    destinations: Option<&[NamedPoint]>,
) -> io::Result<()> {
    for row in 0..matrix.rows() {
        let origin = &origins[first + row];
        for (to, destination) in destinations.unwrap_or(origins).iter().enumerate() {
            if destinations.is_none() && first + row == to {
                continue;
            }
            let travel = matrix.get(row, to);
            let number = |number: Option<i32>| number.map(|number| number.to_string()).unwrap_or_default();
            writer.write_record([
                &origin.id,
                &destination.id,
                &number(travel.map(|travel| travel.seconds.get())),
                &number(travel.map(|travel| travel.metres.get())),
            ])?;
        }
    }
    Ok(())
}
