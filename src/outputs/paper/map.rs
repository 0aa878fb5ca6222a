//! A small map as inline SVG: the way of a tour over the main roads, its depots and numbered stops, a scale bar.

use std::fmt::Write as _;

use geo::{Coord, LineString, Simplify};

use crate::diagnostics::Lang;
use crate::outputs::document::{Index, Position, Tour};
use crate::outputs::rounds::trips;
use crate::outputs::words as say;

/// Size of the drawing and the margin around the way, in its units (some fifths of a millimetre on paper). A tour that is
/// longer from north to south than it is wide gets a higher map.
const WIDTH: f64 = 900.0;
const HEIGHT_LEAST: f64 = 560.0;
const HEIGHT_MOST: f64 = 900.0;
const MARGIN: f64 = 40.0;

/// Room below the way for the scale bar.
const FOOT: f64 = 50.0;

/// Roads are drawn as far beyond the drawing, as the frame on the page has its own shape.
const BEYOND: f64 = 500.0;

/// Way points nearer to the line than that, in units, are left out.
const TOLERANCE: f64 = 0.8;

/// Metres of a degree of latitude.
const METRES_OF_DEGREE: f64 = 111_195.0;

/// From degrees to units: an equirectangular projection, true along the middle latitude.
struct Scale {
    west: f64,
    north: f64,
    /// Units a metre.
    units: f64,
    /// Metres a degree of longitude.
    metres_east: f64,
    left: f64,
    top: f64,
    /// Of the drawing.
    height: f64,
}

impl Scale {
    fn of(points: &[Position]) -> Option<Self> {
        let [mut west, mut south, mut east, mut north] = [f64::MAX, f64::MAX, f64::MIN, f64::MIN];
        for [lon, lat] in points {
            (west, east) = (west.min(*lon), east.max(*lon));
            (south, north) = (south.min(*lat), north.max(*lat));
        }
        if points.is_empty() {
            return None;
        }
        let metres_east = METRES_OF_DEGREE * f64::midpoint(south, north).to_radians().cos().max(0.01);
        let (wide, high) = ((east - west) * metres_east, (north - south) * METRES_OF_DEGREE);
        // A hundred metres fill the map at most.
        let units = ((WIDTH - 2.0 * MARGIN) / wide.max(100.0))
            .min((HEIGHT_MOST - 2.0 * MARGIN - FOOT) / high.max(100.0));
        let height = (high * units + 2.0 * MARGIN + FOOT).clamp(HEIGHT_LEAST, HEIGHT_MOST).round();
        let (left, top) = ((WIDTH - wide * units) / 2.0, (height - FOOT - high * units) / 2.0);
        Some(Self { west, north, units, metres_east, left, top, height })
    }

    fn at(&self, [lon, lat]: Position) -> Coord {
        let (east, south) = ((lon - self.west) * self.metres_east, (self.north - lat) * METRES_OF_DEGREE);
        Coord { x: self.left + east * self.units, y: self.top + south * self.units }
    }
}

/// The map of a tour. `label` is read out in its place.
pub fn map(plan: &Index<'_>, tour: &Tour, colour: &str, label: &str, lang: Lang) -> String {
    let way = &plan.document.ways[tour.way];
    let stops: Vec<(usize, Position)> = trips(plan, tour)
        .iter()
        .flat_map(|(_, visits)| visits)
        .map(|visit| (visit.number, plan.stop(&visit.call.stop)))
        .map(|(number, stop)| (number, [stop.lon, stop.lat]))
        .collect();
    let antenna = plan.antenna(&tour.antenna);
    let depots =
        [&antenna.depot, &antenna.end_depot].map(|id| plan.depot(id)).map(|depot| [depot.lon, depot.lat]);
    let points: Vec<Position> =
        way.iter().copied().chain(stops.iter().map(|(_, at)| *at)).chain(depots).collect();
    let Some(scale) = Scale::of(&points) else { return String::new() };

    let mut svg = format!(
        "<svg class=\"map\" viewBox=\"0 0 {WIDTH} {}\" role=\"img\" aria-label=\"{label}\">\n",
        scale.height
    );
    svg += &roads(&plan.document.roads.backdrop, &scale);
    let line = LineString::new(way.iter().map(|&at| scale.at(at)).collect()).simplify(TOLERANCE);
    let path: Vec<String> = line.coords().map(|at| format!("{:.1},{:.1}", at.x, at.y)).collect();
    writeln!(
        svg,
        "<polyline points=\"{}\" fill=\"none\" stroke=\"{colour}\" stroke-width=\"5\" stroke-linejoin=\"round\"/>",
        path.join(" ")
    )
    .expect("a string grows");
    for depot in depots {
        let Coord { x, y } = scale.at(depot);
        let (x, y) = (x - 13.0, y - 13.0);
        writeln!(svg, "<rect x=\"{x:.1}\" y=\"{y:.1}\" width=\"26\" height=\"26\" fill=\"#111\" stroke=\"#fff\" stroke-width=\"3\"/>")
            .expect("a string grows");
    }
    for (number, at) in stops {
        let Coord { x, y } = scale.at(at);
        let baseline = y + 9.0;
        writeln!(
            svg,
            "<circle cx=\"{x:.1}\" cy=\"{y:.1}\" r=\"20\" fill=\"#fff\" stroke=\"#111\" stroke-width=\"4\"/>\
             <text x=\"{x:.1}\" y=\"{baseline:.1}\" text-anchor=\"middle\" font-size=\"26\" font-weight=\"700\">{number}</text>"
        )
        .expect("a string grows");
    }
    svg += &bar(&scale, lang);
    svg + "</svg>\n"
}

/// The main roads around the tour, pale.
fn roads(lines: &[Vec<Position>], scale: &Scale) -> String {
    let is_near = |from: &Coord, to: &Coord| {
        let (west, east) = (from.x.min(to.x), from.x.max(to.x));
        let (north, south) = (from.y.min(to.y), from.y.max(to.y));
        east > -BEYOND && west < WIDTH + BEYOND && south > -BEYOND && north < scale.height + BEYOND
    };
    let mut path = String::new();
    for line in lines {
        let drawn = LineString::new(line.iter().map(|&at| scale.at(at)).collect()).simplify(2.0 * TOLERANCE);
        let mut goes_on = false;
        for step in drawn.0.windows(2) {
            let [from, to] = [step[0], step[1]];
            if is_near(&from, &to) {
                if !goes_on {
                    write!(path, "M{:.0} {:.0}", from.x, from.y).expect("a string grows");
                }
                write!(path, "L{:.0} {:.0}", to.x, to.y).expect("a string grows");
            }
            goes_on = is_near(&from, &to);
        }
    }
    if path.is_empty() {
        return path;
    }
    format!("<path d=\"{path}\" fill=\"none\" stroke=\"#d3d3cb\" stroke-width=\"2\"/>\n")
}

/// A length of 1, 2 or 5 times a power of ten that fits a quarter of the width.
fn bar(scale: &Scale, lang: Lang) -> String {
    let room = WIDTH / 4.0 / scale.units;
    let power = 10_f64.powf(room.log10().floor());
    let metres = [5.0, 2.0, 1.0]
        .into_iter()
        .map(|times| times * power)
        .find(|metres| *metres <= room)
        .unwrap_or(power);
    let words = if metres >= 1000.0 {
        say::kilometres(metres, 0, lang)
    } else {
        format!("{} m", say::number(metres, 0, lang))
    };
    let (end, foot) = (20.0 + metres * scale.units, scale.height - 20.0);
    format!(
        "<path d=\"M20 {} v10 H{end:.1} v-10\" fill=\"none\" stroke=\"#111\" stroke-width=\"3\"/>\
         <text x=\"26\" y=\"{}\" font-size=\"22\">{words}</text>\n",
        foot - 10.0,
        foot - 8.0
    )
}
