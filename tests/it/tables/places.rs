//! Places as analysts have them: what is read of grids and layers, and how need is estimated.

use tournee::diagnostics::Lang;
use tournee::ids::PlaceId;
use tournee::tables::{Dataset, Place};
use tournee::units::Need;

use crate::support::scenario::{SMALL, dataset, findings, report};

/// The small scenario with these places.
fn with(file: &str, settings: &str) -> Dataset {
    dataset(&text(file, settings))
}

fn text(file: &str, settings: &str) -> String {
    let (others, _) = SMALL.split_once("# places.csv").expect("the last table");
    format!("{}# {file}", others.replace("weeks = 1", &format!("weeks = 1\n{settings}")))
}

const ESTIMATE: &str = "[need]\nestimate = \"poverty\"\npersons_per_household = 2\n";

fn first(dataset: &Dataset) -> &Place {
    &dataset.places[PlaceId(0)]
}

#[test]
fn a_grid_of_insee_is_read_as_it_is_published() {
    let dataset = with(
        "places.csv\nIdcar_200m,Idcar_1km,lcog_geo,Ind,Men,Men_pauv,Ind_80p\n\
         CRS3035RES200mN2671400E3802600,CRS3035RES1000mN2671000E3802000,58194,12.5,6,1.5,2\n",
        "",
    );
    let place = first(&dataset);
    // PROJ 9 (pyproj 3.7) on the middle of the cell, 3802700 2671500.
    assert!((place.at.x() - 3.187_597_8).abs() < 1e-4 && (place.at.y() - 46.942_6).abs() < 1e-3, "{place:?}");
    assert_eq!((place.need(), place.population), (Need(1500), Some(13)));
}

#[test]
fn a_layer_of_polygons_is_read_by_a_point_inside() {
    // An L whose centroid is outside of it.
    let layer = r#"places.geojson
{"type":"FeatureCollection","features":[
 {"type":"Feature","properties":{"code":"l","nom":"Elle","foyers":12.5,"forme":"L"},
  "geometry":{"type":"Polygon","coordinates":[[[3.0,47.0],[3.9,47.0],[3.9,47.05],[3.05,47.05],[3.05,47.9],[3.0,47.9],[3.0,47.0]]]}},
 {"type":"Feature","properties":{"code":"p","nom":"Point","foyers":3,"forme":null},
  "geometry":{"type":"Point","coordinates":[3.5,47.5]}}]}
"#;
    let dataset = with(layer, "");
    let place = first(&dataset);
    assert_eq!((place.id.as_str(), place.name.as_str(), place.need()), ("l", "Elle", Need(12_500)));
    let (x, y) = place.at.x_y();
    assert!((3.0 < x && x < 3.9 && 47.0 < y && y < 47.05) || (3.0 < x && x < 3.05 && 47.0 < y && y < 47.9));
    assert_eq!(dataset.places[PlaceId(1)].at.x_y(), (3.5, 47.5));
}

#[test]
fn a_layer_that_says_it_is_in_lambert_93_is_converted() {
    let layer = r#"places.geojson
{"type":"FeatureCollection","crs":{"type":"name","properties":{"name":"urn:ogc:def:crs:EPSG::2154"}},
 "features":[{"type":"Feature","properties":{"households":3},"geometry":{"type":"Point","coordinates":[700000,6600000]}}]}
"#;
    let dataset = with(layer, "");
    assert_eq!((first(&dataset).at.x_y(), first(&dataset).id.as_str()), ((3.0, 46.5), "1"));
}

#[test]
fn need_is_population_times_poverty_over_persons() {
    let dataset = with(
        "places.csv\nid,lon,lat,households,population,poverty_rate,median_income\n\
         typed,3.80,47.28,7,100,12,20000\n\
         rate,3.80,47.28,,100,12,20000\n\
         income,3.80,47.28,,100,s,13896\n\
         unknown,3.80,47.28,ns,100,,s\n\
         nobody,3.80,47.28,0,100,12,\n",
        ESTIMATE,
    );
    let needs: Vec<(bool, i64)> =
        dataset.places.iter().map(|place| (place.need_is_known, place.need().get())).collect();
    // As typed; 100 x 12 % / 2; a median at the line has half below it: 100 x 50 % / 2; unknown; a true zero.
    assert_eq!(needs, [(true, 7000), (true, 6000), (true, 25_000), (false, 0), (true, 0)]);
}

#[test]
fn shares_are_recognised_whichever_way_a_column_is_written() {
    for (rate, need) in [("0.12", 6000), ("12", 6000), ("12 %", 6000)] {
        let places = format!("places.csv\nid,lon,lat,population,poverty_rate\np,3.80,47.28,100,{rate}\n");
        assert_eq!(first(&with(&places, ESTIMATE)).need(), Need(need), "{rate}");
    }
}

#[test]
fn the_share_without_a_car_is_the_places_or_the_default() {
    let dataset = with(
        "places.csv\nid,lon,lat,households,carless_share\na,3.80,47.28,10,0.5\nb,3.80,47.28,10,\n",
        "[need]\ncarless_share = 0.3\n",
    );
    let without: Vec<Need> = dataset.places.iter().map(|place| place.need_without_car).collect();
    assert_eq!(without, [Need(5000), Need(3000)]);
}

#[test]
fn a_misspelt_column_is_still_found_out_where_the_table_is_no_grid() {
    let report = report(&text("places.csv\nid,lon,lat,households,populatoin\np,3.80,47.28,10,30\n", ""));
    assert!(findings(&report, Lang::En).contains("did you mean `population`?"));
}
