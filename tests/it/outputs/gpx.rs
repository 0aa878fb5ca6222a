//! `gpx/`, read by a library that isn't ours.

use fs_err as fs;
use serde_json::Value;

use super::planned;

#[test]
fn each_distinct_tour_is_a_track_with_its_stops_in_order() {
    let village = planned();
    let plan = super::json(&village, "plan.json");
    let tours = plan["tours"].as_array().expect("tours");
    let stop = |id: &Value| {
        let stops = plan["stops"].as_array().expect("stops");
        stops.iter().find(|stop| stop["id"] == *id).expect("a stop of the plan")
    };
    let mut dates = 0;
    for entry in fs::read_dir(village.out().join("gpx")).expect("a folder") {
        let path = entry.expect("readable").path();
        let track = gpx::read(fs::read(&path).expect("readable").as_slice()).expect("GPX");
        assert_eq!(track.version, gpx::GpxVersion::Gpx11);
        let name = path.file_stem().expect("a name").to_string_lossy().into_owned();
        let tour = tours
            .iter()
            .find(|tour| tour["id"].as_str().expect("words").to_lowercase() == name)
            .unwrap_or_else(|| panic!("{name} is a tour"));
        let calls: Vec<&Value> = tour["trips"]
            .as_array()
            .expect("trips")
            .iter()
            .flat_map(|trip| trip["calls"].as_array().expect("calls"))
            .collect();
        // The depot, where the van returns to, is there once.
        assert_eq!(track.waypoints.len(), 1 + calls.len());
        for (index, (waypoint, call)) in track.waypoints[1..].iter().zip(&calls).enumerate() {
            let stop = stop(&call["stop"]);
            let expected = format!("{}. {}", index + 1, stop["name"].as_str().expect("words"));
            assert_eq!(waypoint.name.as_deref(), Some(expected.as_str()));
            assert_eq!(serde_json::json!(waypoint.point().x()), stop["lon"]);
            assert_eq!(serde_json::json!(waypoint.point().y()), stop["lat"]);
            assert!(waypoint.description.as_deref().expect("hours").starts_with("de "), "{waypoint:?}");
        }
        let way = plan["ways"][tour["way"].as_u64().expect("an index") as usize].as_array().expect("a line");
        let points = &track.tracks[0].segments[0].points;
        let drawn: Vec<Value> =
            points.iter().map(|point| serde_json::json!([point.point().x(), point.point().y()])).collect();
        assert_eq!(&drawn, way);
        dates += track.metadata.expect("metadata").description.expect("dates").matches(" 2027").count();
    }
    assert_eq!(dates, tours.len(), "each tour is on one track");
}

#[test]
fn elements_are_in_the_order_of_the_schema() {
    // The schema wants metadata, then waypoints, then tracks; in a waypoint name, desc, sym.
    let village = planned();
    for entry in fs::read_dir(village.out().join("gpx")).expect("a folder") {
        let text = fs::read_to_string(entry.expect("readable").path()).expect("readable");
        let xml = roxmltree::Document::parse(&text).expect("XML");
        let names = |node: roxmltree::Node<'_, '_>| -> Vec<String> {
            node.children()
                .filter(roxmltree::Node::is_element)
                .map(|child| child.tag_name().name().to_owned())
                .collect()
        };
        let top = names(xml.root_element());
        assert_eq!(top.first().map(String::as_str), Some("metadata"));
        assert_eq!(top.last().map(String::as_str), Some("trk"));
        assert!(top[1..top.len() - 1].iter().all(|name| name == "wpt"));
        for waypoint in
            xml.descendants().filter(|node| node.has_tag_name(("http://www.topografix.com/GPX/1/1", "wpt")))
        {
            assert_eq!(names(waypoint), ["name", "desc", "sym"]);
        }
    }
}
