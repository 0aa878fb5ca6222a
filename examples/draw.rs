//! Draws the GeoJSON files of a plan as one SVG picture: `cargo run --example draw -- out docs/nievre.svg`.
//!
//! White zones in which nobody was reached before the plan are hatched, those that remain are red; places are dots as
//! large as their need, green where most of it is covered; served stops are rings, tours are lines in the colour of their antenna and day.

use std::error::Error;
use std::fmt::Write;
use std::path::Path;

use geojson::{Feature, FeatureCollection, GeoJson, GeometryValue, JsonObject, Position};

const WIDTH: f64 = 900.0;
const MARGIN: f64 = 24.0;

fn main() -> Result<(), Box<dyn Error>> {
    let mut words = std::env::args().skip(1);
    let (Some(folder), Some(picture)) = (words.next(), words.next()) else {
        return Err("usage: draw FOLDER PICTURE.svg".into());
    };
    let folder = Path::new(&folder);
    let read = |name: &str| features(&folder.join(name));
    let (zones, places) = (read("white_zones.geojson")?, read("places.geojson")?);
    let (stops, tours) = (read("stops.geojson")?, read("tours.geojson")?);
    let frame = Frame::around(&[&zones, &places, &stops, &tours]);
    let mut svg = frame.head();
    for zone in zones.features.iter().filter(|zone| text(zone, "unreached") == "everybody") {
        let class = if text(zone, "phase") == "after" { "left" } else { "zone" };
        writeln!(svg, r#"<path class="{class}" d="{}"/>"#, frame.path(zone))?;
    }
    for place in &places.features {
        let radius = 0.8 + number(place, "households").max(0.0).sqrt() * 0.35;
        let is_covered = 2.0 * number(place, "covered_after") >= number(place, "households");
        let class = if is_covered { "covered" } else { "bare" };
        if let Some((x, y)) = frame.point(place) {
            writeln!(svg, r#"<circle class="{class}" cx="{x:.1}" cy="{y:.1}" r="{radius:.1}"/>"#)?;
        }
    }
    for tour in &tours.features {
        let colour = escaped(text(tour, "stroke"));
        writeln!(svg, r#"<path class="tour" stroke="{colour}" d="{}"/>"#, frame.path(tour))?;
    }
    for stop in &stops.features {
        let class = if flag(stop, "served") { "served" } else { "unserved" };
        if let Some((x, y)) = frame.point(stop) {
            let name = escaped(text(stop, "name"));
            writeln!(
                svg,
                r#"<circle class="{class}" cx="{x:.1}" cy="{y:.1}" r="4"><title>{name}</title></circle>"#
            )?;
        }
    }
    svg.push_str("</svg>\n");
    fs_err::write(picture, svg)?;
    Ok(())
}

fn features(path: &Path) -> Result<FeatureCollection, Box<dyn Error>> {
    match fs_err::read_to_string(path)?.parse::<GeoJson>()? {
        GeoJson::FeatureCollection(collection) => Ok(collection),
        _ => Err(format!("{} is no feature collection", path.display()).into()),
    }
}

fn properties(feature: &Feature) -> Option<&JsonObject> {
    feature.properties.as_ref()
}

fn text<'a>(feature: &'a Feature, key: &str) -> &'a str {
    properties(feature).and_then(|all| all.get(key)?.as_str()).unwrap_or_default()
}

fn number(feature: &Feature, key: &str) -> f64 {
    properties(feature).and_then(|all| all.get(key)?.as_f64()).unwrap_or_default()
}

fn flag(feature: &Feature, key: &str) -> bool {
    properties(feature).and_then(|all| all.get(key)?.as_bool()).unwrap_or_default()
}

fn escaped(words: &str) -> String {
    words.replace('&', "&amp;").replace('<', "&lt;").replace('"', "&quot;")
}

/// Lines of positions of a geometry; a point is a line of one.
fn lines(feature: &Feature) -> Vec<&[Position]> {
    match feature.geometry.as_ref().map(|geometry| &geometry.value) {
        Some(GeometryValue::Point { coordinates }) => vec![std::slice::from_ref(coordinates)],
        Some(GeometryValue::LineString { coordinates }) => vec![coordinates],
        Some(GeometryValue::MultiLineString { coordinates } | GeometryValue::Polygon { coordinates }) => {
            coordinates.iter().map(Vec::as_slice).collect()
        }
        Some(GeometryValue::MultiPolygon { coordinates }) => {
            coordinates.iter().flatten().map(Vec::as_slice).collect()
        }
        _ => Vec::new(),
    }
}

/// Degrees to picture: plate carrée, true to scale at the middle latitude.
struct Frame {
    west: f64,
    north: f64,
    scale_x: f64,
    scale_y: f64,
    height: f64,
}

impl Frame {
    fn around(collections: &[&FeatureCollection]) -> Self {
        let (mut west, mut east, mut south, mut north) = (180.0_f64, -180.0_f64, 90.0_f64, -90.0_f64);
        let features = collections.iter().flat_map(|collection| &collection.features);
        for position in features.flat_map(lines).flatten() {
            (west, east) = (west.min(position[0]), east.max(position[0]));
            (south, north) = (south.min(position[1]), north.max(position[1]));
        }
        let squeeze = f64::midpoint(south, north).to_radians().cos();
        let scale_x = (WIDTH - 2.0 * MARGIN) / (east - west).max(1e-6);
        let scale_y = scale_x / squeeze.max(1e-6);
        Self { west, north, scale_x, scale_y, height: (north - south) * scale_y + 2.0 * MARGIN }
    }

    fn head(&self) -> String {
        format!(
            r##"<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {:.0}">
<defs><pattern id="hatch" width="6" height="6" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">
<line x1="0" y1="0" x2="0" y2="6" stroke="#c9b68f" stroke-width="1.6"/></pattern></defs>
<style>
svg {{ background: #fbfaf6 }}
.zone {{ fill: url(#hatch); stroke: #c9b68f; stroke-width: .8 }}
.left {{ fill: #d2382f; fill-opacity: .35; stroke: #a51f18; stroke-width: .8 }}
.covered {{ fill: #4f8f63 }} .bare {{ fill: #a51f18 }}
.tour {{ fill: none; stroke-width: 1.8; stroke-opacity: .8; stroke-linejoin: round }}
.served {{ fill: #fff; stroke: #1c1c1c; stroke-width: 1.6 }} .unserved {{ fill: #bbb; stroke: #777 }}
</style>
"##,
            self.height
        )
    }

    fn at(&self, position: &Position) -> (f64, f64) {
        (
            MARGIN + (position[0] - self.west) * self.scale_x,
            MARGIN + (self.north - position[1]) * self.scale_y,
        )
    }

    fn point(&self, feature: &Feature) -> Option<(f64, f64)> {
        lines(feature).first().and_then(|line| line.first()).map(|position| self.at(position))
    }

    /// Consecutive positions that round to the same spot are drawn once.
    fn path(&self, feature: &Feature) -> String {
        let mut path = String::new();
        for line in lines(feature) {
            let mut last = String::new();
            for (index, position) in line.iter().enumerate() {
                let (x, y) = self.at(position);
                let spot = format!("{x:.1} {y:.1}");
                if spot != last {
                    path.push(if index == 0 { 'M' } else { 'L' });
                    path.push_str(&spot);
                }
                last = spot;
            }
        }
        path
    }
}
