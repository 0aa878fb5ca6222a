//! Every value that was read otherwise than written is listed, with its cell, old and new.

use tournee::diagnostics::Lang;
use tournee::ids::{DepotId, PlaceId, StopId};
use tournee::tables::Rhythm;
use tournee::units::{ClockTime, Need, Seconds, Window};

use crate::support::scenario::{SMALL, dataset, report};
use crate::support::shared;

/// `file, row, column: old -> new` of every repair.
fn repairs(text: &str) -> Vec<String> {
    let report = report(text);
    assert_eq!(report.diagnostics, []);
    report
        .repairs
        .iter()
        .map(|repair| format!("{}: {} -> {}", repair.at.display(Lang::En), repair.old, repair.new))
        .collect()
}

fn with_stops(rows: &str) -> String {
    let start = SMALL.find("# stops.csv").expect("the scenario has stops");
    let end = SMALL.find("# places.csv").expect("the scenario has places");
    format!("{}# stops.csv\n{rows}{}", &SMALL[..start], &SMALL[end..])
}

#[test]
fn separators_headers_numbers_and_times_are_listed() {
    let text = with_stops(
        "\nId;Nom;lon;lat;Foyers;Durée max;rythme;horaires\n\n\
         lormes;Lormes;3,82;47,29;1 020;1h30;tous les 15 jours;lun mer 9h-12h\n",
    )
    .replace("weeks = 1", "weeks = 2");
    assert_eq!(
        repairs(&text),
        [
            "stops.csv: ; -> ,",
            "stops.csv, row 2, column `Id`: Id -> id",
            "stops.csv, row 2, column `Nom`: Nom -> name",
            "stops.csv, row 2, column `Foyers`: Foyers -> households",
            "stops.csv, row 2, column `Durée max`: Durée max -> max_minutes",
            "stops.csv, row 2, column `rythme`: rythme -> rhythm",
            "stops.csv, row 2, column `horaires`: horaires -> opens",
            "stops.csv, row 4, column `lon`: 3,82 -> 3.82",
            "stops.csv, row 4, column `lat`: 47,29 -> 47.29",
            "stops.csv, row 4, column `Foyers`: 1 020 -> 1020",
            "stops.csv, row 4, column `rythme`: tous les 15 jours -> every 2 weeks",
            "stops.csv, row 4, column `horaires`: lun mer 9h-12h -> Mo,We 09:00-12:00",
            "stops.csv, row 4, column `Durée max`: 1h30 -> 90",
        ]
    );
    let stop = &dataset(&text).stops[StopId(0)];
    assert_eq!((stop.rhythm, stop.max_service), (Rhythm::EveryWeeks { weeks: 2 }, Seconds::from_minutes(90)));
    let morning = Window { open: ClockTime::from_hm(9, 0), close: ClockTime::from_hm(12, 0) };
    assert_eq!(stop.windows[2], [morning]);
    assert_eq!(stop.windows[3], []);
}

#[test]
fn a_word_with_a_question_mark_is_listed() {
    let site = |word: &str| {
        let rows =
            format!("id,name,lon,lat,households,rhythm,site\nlormes,Lormes,3.82,47.29,10,weekly,{word}\n");
        repairs(&with_stops(&rows))
    };
    assert_eq!(site("hayon ?"), ["stops.csv, row 2, column `site`: hayon ? -> hayon"]);
    for word in ["hayon", "Extérieur", "tailgate"] {
        assert_eq!(site(word), [""; 0], "{word}");
    }
}

#[test]
fn lambert_93_becomes_degrees() {
    // The origin of the projection is 3° E, 46.5° N.
    let text = SMALL.replace("id,lon,lat\nnevers,3.16,46.99", "id,x_l93,y_l93\nnevers,700000,6600000");
    let expected = "depots.csv, row 2, column `x_l93`: 700000 6600000 -> 3 46.5";
    assert!(repairs(&text).contains(&expected.to_owned()));
    let at = dataset(&text).depots[DepotId(0)].at;
    assert_eq!((at.x(), at.y()), (3.0, 46.5));
}

#[test]
fn percentages_are_shares_of_one() {
    let start = SMALL.find("# places.csv").expect("the scenario has places");
    let places = |cells: [&str; 2]| {
        let [first, second] = cells;
        let rows = format!(
            "id,lon,lat,households,carless_share\np1,3.8,47.28,10,{first}\np2,3.8,47.3,10,{second}\n"
        );
        format!("{}# places.csv\n{rows}", &SMALL[..start])
    };
    for cells in [["0.35", "0"], ["35", "0"], ["35 %", "0 %"], ["35%", "1"]] {
        let scenario = dataset(&places(cells));
        assert_eq!(scenario.places[PlaceId(0)].need_without_car, Need(3_500), "{cells:?}");
    }
    // One in a column of percentages is one per cent, in a column of shares it is everybody.
    assert_eq!(dataset(&places(["35", "1"])).places[PlaceId(1)].need_without_car, Need(100));
    assert_eq!(dataset(&places(["0.35", "1"])).places[PlaceId(1)].need_without_car, Need(10_000));
    let listed = repairs(&places(["35 %", "0"]));
    assert_eq!(listed[0], "places.csv, row 2, column `carless_share`: 35 % -> 0.35");
}

#[test]
fn references_forgive_case_and_accents() {
    let text = SMALL.replace("bus,nevers,60", "bus,Névers,60");
    assert_eq!(repairs(&text), ["antennas.csv, row 2, column `depot`: Névers -> nevers"]);
}

#[test]
fn a_lost_leading_zero_of_an_insee_code_is_put_back() {
    let text = with_stops("id,name,lon,lat,insee\nlormes,Lormes,3.82,47.29,1004\n");
    assert_eq!(repairs(&text), ["stops.csv, row 2, column `insee`: 1004 -> 01004"]);
    assert_eq!(dataset(&text).stops[StopId(0)].insee, "01004");
}

#[test]
fn lines_are_counted_through_blank_lines_and_quoted_cells() {
    let text = with_stops(
        "id,name,lon,lat\n\n\"a\",\"Lormes,\nplace\",3.82,47.29\n\n,,,\nb,Brassy,\"3,93\",47.26\n",
    );
    let listed = repairs(&text);
    assert_eq!(listed.last().map(String::as_str), Some("stops.csv, row 7, column `lon`: 3,93 -> 3.93"));
    assert_eq!(dataset(&text).stops[StopId(0)].name, "Lormes, place");
}

#[test]
fn columns_of_ones_own_are_left_alone() {
    let text = with_stops("id,name,lon,lat,,#phone\na,Lormes,3.82,47.29,,01 02\n");
    assert_eq!(repairs(&text), Vec::<String>::new());
}

#[test]
fn the_hint_line_of_spreadsheets_is_skipped() {
    let text = with_stops("sep=;\nid;name;lon;lat\na;Lormes;3.82;47.29\n");
    assert_eq!(repairs(&text), ["stops.csv: ; -> ,"]);
}

#[test]
fn statistics_that_are_not_known_leave_the_population_blank() {
    let text = SMALL.replace(
        "id,lon,lat,households\np1,3.80,47.28,12.5",
        "id,lon,lat,households,population\np1,3.80,47.28,12.5,ns",
    );
    assert_eq!(repairs(&text), ["places.csv, row 2, column `population`: ns -> "]);
    assert_eq!(dataset(&text).places[PlaceId(0)].population, None);
}

#[test]
fn lambert_93_of_every_commune_is_where_the_open_data_says() {
    let Some(path) = shared("data/communes-bfc/communes-bfc.csv") else { return };
    let words = fs_err::read_to_string(path).expect("the file is readable");
    let mut lines = words.lines();
    let header: Vec<&str> = lines.next().expect("a header").split(',').collect();
    let column = |name: &str| header.iter().position(|each| *each == name).expect("the documented columns");
    let [id, lon, lat, x, y] = ["code_insee", "lon", "lat", "x_l93", "y_l93"].map(column);
    let rows: Vec<Vec<&str>> = lines
        .map(|line| line.split(',').collect())
        .filter(|row: &Vec<_>| row.len() == header.len())
        .collect();
    assert!(rows.len() > 3_000);
    let line = |row: &Vec<&str>| format!("{},{},{},1\n", row[id], row[x], row[y]);
    let table = rows.iter().map(line).collect::<Vec<_>>().concat();
    let start = SMALL.find("# places.csv").expect("the scenario has places");
    let scenario = dataset(&format!("{}# places.csv\nid,x,y,households\n{table}", &SMALL[..start]));
    for (place, row) in scenario.places.iter().zip(&rows) {
        let [longitude, latitude] =
            [row[lon], row[lat]].map(|degrees| degrees.parse::<f64>().expect("degrees"));
        // Both are rounded: a metre and five decimals.
        assert!((place.at.x() - longitude).abs() < 2e-5 && (place.at.y() - latitude).abs() < 2e-5, "{row:?}");
    }
}
