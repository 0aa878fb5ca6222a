//! GeoJSON layers: RFC 7946, flat properties, one kind of feature a file, in the order of the timetable or the tables.
//!
//! Every property is always present (null where it has no value) and keeps one type in a file, so that desktop GIS
//! read clean columns.

pub mod attendance;
pub mod candidates;
pub mod isochrones;
pub mod places;
pub mod stops;
pub mod tours;
pub mod visits;
pub mod zones;

use geo::{Coord, LineString, MultiPolygon, Orient, orient::Direction};
use geojson::{Feature, FeatureCollection, Geometry, GeometryValue, JsonObject, Position};
use serde_json::json;

use super::document;
use crate::diagnostics::{Lang, Text};
use crate::text;

/// What every layer says about itself.
#[derive(Clone, Copy, Debug)]
pub struct Credits<'a> {
    /// Of the scenario.
    pub title: &'a str,
    /// What it asks every output to say, possibly empty.
    pub note: &'a str,
    /// Whether roads are a sketch.
    pub is_sketch: bool,
    /// Language of words for people.
    pub lang: Lang,
}

impl<'a> Credits<'a> {
    /// Of a plan.
    pub fn of(plan: &'a document::PlanDocument, lang: Lang) -> Self {
        Self { title: &plan.scenario.title, note: &plan.scenario.note, is_sketch: plan.roads.sketch, lang }
    }

    /// Where the roads come from, as their licence asks, or that they are a sketch.
    pub fn roads(&self) -> String {
        attribution(self.is_sketch).get(self.lang).to_owned()
    }

    /// What the scenario asks every output to say, if anything.
    pub fn note(&self) -> Option<&str> {
        words(self.note)
    }

    /// What every output says of itself, where files have no other place for it: the note, and that roads are a sketch.
    pub fn remarks(&self) -> String {
        let sketched = self.is_sketch.then(|| self.roads());
        self.note().map(str::to_owned).into_iter().chain(sketched).collect::<Vec<_>>().join(" – ")
    }
}

/// Where roads come from, as their licence asks, or that they are a sketch.
pub fn attribution(is_sketch: bool) -> Text {
    if is_sketch {
        text!(
            "Routes esquissées à partir des points du scénario : distances et durées approximatives",
            "Roads sketched from the scenario's own points: distances and times are approximate"
        )
    } else {
        text!(
            "Routes © les contributeurs d’OpenStreetMap (ODbL)",
            "Roads © OpenStreetMap contributors (ODbL)"
        )
    }
}

/// A layer as a file's bytes.
fn layer(name: &str, features: Vec<Feature>, credits: Credits<'_>) -> Vec<u8> {
    collection(name, credits.title, &credits.roads(), credits.note(), features)
}

/// The same without a scenario.
fn collection(
    name: &str,
    title: &str,
    attribution: &str,
    note: Option<&str>,
    features: Vec<Feature>,
) -> Vec<u8> {
    let foreign = [
        ("name", Some(name)),
        ("title", Some(title)),
        ("note", note),
        ("attribution", Some(attribution)),
        ("generator", Some(&super::generator())),
    ];
    let words = foreign.into_iter().filter_map(|(key, words)| Some((key.to_owned(), json!(words?))));
    // What uMap asks of a layer: its pins, and what a click shows.
    let umap = json!({
        "name": name,
        "iconClass": "Circle",
        "labelKey": "title",
        "popupTemplate": "Default",
        "popupContentTemplate": "# {title|name}\n{description}",
    });
    let foreign = words.chain([("_umap_options".to_owned(), umap)]);
    let collection =
        FeatureCollection { bbox: bbox(&features), features, foreign_members: Some(foreign.collect()) };
    let mut bytes = collection.to_string().into_bytes();
    bytes.push(b'\n');
    bytes
}

fn feature(geometry: GeometryValue, properties: JsonObject) -> Feature {
    Feature {
        bbox: None,
        geometry: Some(Geometry::new(geometry)),
        id: None,
        properties: Some(properties),
        foreign_members: None,
    }
}

/// Properties in the order given.
macro_rules! properties {
    ($($key:literal: $value:expr),+ $(,)?) => {{
        let mut properties = geojson::JsonObject::new();
        $(properties.insert($key.to_owned(), serde_json::json!($value));)+
        properties
    }};
}
use properties;

/// Words, or null where there are none.
fn words(typed: &str) -> Option<&str> {
    (!typed.is_empty()).then_some(typed)
}

/// Of so many seconds, to a tenth.
fn minutes(seconds: i32) -> f64 {
    (f64::from(seconds) / 6.0).round() / 10.0
}

/// Seven decimals of a degree are a centimetre.
pub(super) fn rounded(at: Coord) -> document::Position {
    [at.x, at.y].map(|degrees| (degrees * 1e7).round() / 1e7)
}

fn point(at: document::Position) -> GeometryValue {
    GeometryValue::new_point(Position::from(at))
}

/// A line of at least two distinct positions. A way that never leaves its spot is drawn a centimetre long, as a line
/// needs two ends.
fn line(way: &[document::Position]) -> GeometryValue {
    let mut positions: Vec<Position> = way.iter().map(|&at| Position::from(at)).collect();
    positions.dedup();
    if let [only] = positions.as_slice() {
        let [east, north] = rounded(Coord { x: only[0] + 1e-7, y: only[1] });
        positions.push(Position::from([east, north]));
    }
    GeometryValue::LineString { coordinates: positions }
}

fn polygons(outline: &[Vec<Vec<document::Position>>]) -> GeometryValue {
    let ring = |ring: &Vec<document::Position>| ring.iter().map(|&at| Position::from(at)).collect();
    let polygon = |polygon: &Vec<Vec<document::Position>>| polygon.iter().map(ring).collect();
    GeometryValue::MultiPolygon { coordinates: outline.iter().map(polygon).collect() }
}

/// Rings of polygons, exterior ones counterclockwise and holes clockwise.
pub(super) fn outline(area: &MultiPolygon) -> Vec<Vec<Vec<document::Position>>> {
    let ring = |ring: &LineString| ring.coords().map(|&at| rounded(at)).collect();
    area.orient(Direction::Default)
        .iter()
        .map(|polygon| std::iter::once(polygon.exterior()).chain(polygon.interiors()).map(ring).collect())
        .collect()
}

/// West, south, east, north of all features; none where there is nothing.
pub(in crate::outputs) fn bbox(features: &[Feature]) -> Option<Vec<f64>> {
    let mut bounds: Option<[f64; 4]> = None;
    let mut grow = |position: &Position| {
        let [x, y] = [position[0], position[1]];
        let [west, south, east, north] = bounds.unwrap_or([x, y, x, y]);
        bounds = Some([west.min(x), south.min(y), east.max(x), north.max(y)]);
    };
    for geometry in features.iter().filter_map(|feature| feature.geometry.as_ref()) {
        match &geometry.value {
            GeometryValue::Point { coordinates } => grow(coordinates),
            GeometryValue::LineString { coordinates } => coordinates.iter().for_each(&mut grow),
            GeometryValue::MultiPolygon { coordinates } => {
                coordinates.iter().flatten().flatten().for_each(&mut grow);
            }
            other => unreachable!("no layer holds a {}", other.type_name()),
        }
    }
    bounds.map(Vec::from)
}

#[cfg(test)]
mod tests {
    use geo::{coord, polygon};

    use super::*;

    #[test]
    fn positions_have_at_most_seven_decimals() {
        assert_eq!(
            Geometry::new(point(rounded(coord! { x: 3.123_456_789, y: 47.0 }))).to_string(),
            r#"{"type":"Point","coordinates":[3.1234568,47.0]}"#
        );
    }

    #[test]
    fn a_way_that_stays_on_its_spot_is_a_line_all_the_same() {
        let GeometryValue::LineString { coordinates } = line(&[[3.0, 47.0], [3.0, 47.0]]) else {
            panic!("a line")
        };
        assert_eq!(coordinates.len(), 2);
        assert_ne!(coordinates[0], coordinates[1]);
    }

    #[test]
    fn rings_follow_the_right_hand_rule() {
        let clockwise = polygon!(
            exterior: [(x: 0.0, y: 0.0), (x: 0.0, y: 3.0), (x: 3.0, y: 3.0), (x: 3.0, y: 0.0)],
            interiors: [[(x: 1.0, y: 1.0), (x: 2.0, y: 1.0), (x: 2.0, y: 2.0), (x: 1.0, y: 2.0)]],
        );
        let coordinates = outline(&MultiPolygon::new(vec![clockwise]));
        let signed_area = |ring: &[document::Position]| -> f64 {
            ring.windows(2).map(|pair| pair[0][0] * pair[1][1] - pair[1][0] * pair[0][1]).sum()
        };
        assert!(signed_area(&coordinates[0][0]) > 0.0, "the exterior is counterclockwise");
        assert!(signed_area(&coordinates[0][1]) < 0.0, "the hole is clockwise");
    }

    #[test]
    fn the_box_holds_all_features_and_nothing_has_none() {
        let at = |x, y| feature(point([x, y]), JsonObject::new());
        assert_eq!(bbox(&[at(3.0, 47.0), at(2.0, 48.0)]), Some(vec![2.0, 47.0, 3.0, 48.0]));
        assert_eq!(bbox(&[]), None);
    }
}
