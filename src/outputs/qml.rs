//! Layer styles of QGIS (`.qml`) beside the GeoJSON layers: QGIS loads `visits.qml` with `visits.geojson` by itself.
//!
//! Colours come from the features' own properties, as in every other map; layers with times drive the temporal controller.

use std::fmt::Write as _;

use super::markup::escaped;

/// What of a layer its style depends on.
struct Look {
    /// QGIS's kind of symbol, and the class of its one layer.
    symbol: &'static str,
    class: &'static str,
    /// Fixed properties of that class.
    fixed: &'static [(&'static str, &'static str)],
    /// Properties that follow an expression over the fields.
    driven: &'static [(&'static str, &'static str)],
    opacity: &'static str,
    /// The field that says what a feature is.
    label: &'static str,
    /// Fields with the moments between which a feature holds.
    moments: Option<(&'static str, &'static str)>,
}

const VISITS: Look = Look {
    symbol: "marker",
    class: "SimpleMarker",
    fixed: &[
        ("name", "circle"),
        ("size", "3.6"),
        ("outline_color", "35,35,35,255"),
        ("outline_width", "0.3"),
    ],
    driven: &[("fillColor", "\"marker-color\"")],
    opacity: "1",
    label: "title",
    moments: Some(("start", "end")),
};

const STOPS: Look = Look {
    driven: &[
        ("fillColor", "\"marker-color\""),
        ("size", "if(\"served\", 4, 2.6)"),
        ("outlineStyle", "if(\"served\", 'solid', 'dot')"),
    ],
    label: "name",
    moments: None,
    ..VISITS
};

const TOURS: Look = Look {
    symbol: "line",
    class: "SimpleLine",
    fixed: &[("line_width", "0.9"), ("capstyle", "round"), ("joinstyle", "round")],
    driven: &[("outlineColor", "\"stroke\"")],
    opacity: "1",
    label: "title",
    moments: Some(("start", "end")),
};

const PLACES: Look = Look {
    driven: &[("fillColor", "\"marker-color\""), ("size", "1 + 0.3 * sqrt(coalesce(\"households\", 0))")],
    opacity: "0.7",
    label: "name",
    moments: None,
    ..VISITS
};

const WHITE_ZONES: Look = Look {
    symbol: "fill",
    class: "SimpleFill",
    fixed: &[("style", "solid"), ("outline_width", "0.5")],
    driven: &[
        // As `fill-opacity`: faint where only some of the people are out of reach.
        ("fillColor", "set_color_part(\"fill\", 'alpha', if(\"unreached\" = 'everybody', 255, 50))"),
        ("outlineColor", "\"stroke\""),
        ("outlineStyle", "if(\"phase\" = 'before', 'dash', 'solid')"),
    ],
    opacity: "0.45",
    label: "title",
    moments: None,
};

/// The styles of visits, stops, tours, places and white zones, in this order.
pub fn styles() -> [Vec<u8>; 5] {
    [VISITS, STOPS, TOURS, PLACES, WHITE_ZONES].map(|look| style(&look).into_bytes())
}

fn style(look: &Look) -> String {
    let Look { symbol, class, opacity, label, .. } = look;
    let mut fixed = String::new();
    for (name, value) in look.fixed {
        let _ = writeln!(fixed, "<Option name=\"{name}\" type=\"QString\" value=\"{value}\"/>");
    }
    let mut driven = String::new();
    for (name, expression) in look.driven {
        // 3: an expression (QgsProperty::Type).
        let expression = escaped(expression);
        let _ = writeln!(
            driven,
            "<Option name=\"{name}\" type=\"Map\"><Option name=\"active\" type=\"bool\" value=\"true\"/>\
             <Option name=\"expression\" type=\"QString\" value=\"{expression}\"/>\
             <Option name=\"type\" type=\"int\" value=\"3\"/></Option>"
        );
    }
    // 2: from one field to another (Qgis::VectorTemporalMode).
    let temporal = look.moments.map_or_else(String::new, |(start, end)| {
        format!(
            "<temporal enabled=\"1\" mode=\"2\" startField=\"{start}\" endField=\"{end}\" startExpression=\"\" \
             endExpression=\"\" durationField=\"\" durationUnit=\"min\" fixedDuration=\"0\" accumulate=\"0\" limitMode=\"0\">\
             <fixedRange><start></start><end></end></fixedRange></temporal>\n"
        )
    });
    format!(
        "<!DOCTYPE qgis PUBLIC 'http://mrcc.com/qgis.dtd' 'SYSTEM'>\n\
         <qgis version=\"3.28.0\" styleCategories=\"Symbology|Fields|MapTips|Temporal\">\n{temporal}\
         <renderer-v2 type=\"singleSymbol\" symbollevels=\"0\" enableorderby=\"0\" forceraster=\"0\">\n\
         <symbols><symbol name=\"0\" type=\"{symbol}\" alpha=\"{opacity}\" clip_to_extent=\"1\" force_rhr=\"0\">\n\
         <layer class=\"{class}\" enabled=\"1\" locked=\"0\" pass=\"0\">\n<Option type=\"Map\">\n{fixed}</Option>\n\
         <data_defined_properties><Option type=\"Map\"><Option name=\"name\" type=\"QString\" value=\"\"/>\
         <Option name=\"properties\" type=\"Map\">\n{driven}</Option>\
         <Option name=\"type\" type=\"QString\" value=\"collection\"/></Option></data_defined_properties>\n\
         </layer></symbol></symbols>\n</renderer-v2>\n\
         <previewExpression>&quot;{label}&quot;</previewExpression>\n\
         <mapTip>[% &quot;{label}&quot; %]</mapTip>\n</qgis>\n"
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_element_is_closed_and_nothing_is_left_open_in_quotes() {
        for bytes in styles() {
            let style = String::from_utf8(bytes).expect("UTF-8");
            let mut open: Vec<&str> = Vec::new();
            for tag in style.split('<').skip(1).map(|rest| rest.split('>').next().expect("a piece")) {
                assert_eq!(tag.matches('"').count() % 2, 0, "{tag}");
                let name = tag.trim_start_matches('/').split([' ', '/']).next().expect("a piece");
                if tag.starts_with('/') {
                    assert_eq!(open.pop(), Some(name), "{style}");
                } else if !tag.starts_with('!') && !tag.ends_with('/') {
                    open.push(name);
                }
            }
            assert!(open.is_empty(), "{open:?}");
        }
    }
}
