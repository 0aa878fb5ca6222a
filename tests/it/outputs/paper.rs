//! Pages to print: what stands on them, and in Chromium that they print on as many sheets as they should.

use std::path::Path;
use std::process::Command;

use fs_err as fs;

use super::planned;
use crate::support::program::{TABLES, Village};
use crate::support::skipped;

fn page(village: &Village, name: &str) -> String {
    fs::read_to_string(village.out().join(name)).expect("written")
}

#[test]
fn a_poster_tells_what_people_need_to_come_and_nothing_more() {
    let village = Village::with(&[(
        "stops.csv",
        "id,name,commune,insee,directions,lon,lat,households,rhythm,opens,setup_minutes,minutes_per_household,priority,status\n\
         S1,\"Bourg, salle\",Bourg,58001,Derrière l'église,3.10,47.00,20,weekly,09:00-17:00,10,2,required,agreed\n\
         S2,Clos,,,,3.20,47.00,15,fortnightly,09:00-17:00,10,2,required,asked\n",
    )]);
    let run = village.plan(&["--formats", "posters"]);
    assert_eq!(run.code, Some(0), "{}{}", run.out, run.err);
    let posters = page(&village, "posters.html");
    let sections: Vec<&str> = posters.split("<section ").skip(1).collect();
    let [bourg, clos] = sections.as_slice() else { panic!("a page a stop: {posters}") };
    assert!(
        bourg.contains(">Bourg</h1>") && bourg.contains(">salle</p>"),
        "the village is said once: {bourg}"
    );
    assert!(bourg.contains("Derrière l&#39;église"), "{bourg}");
    assert!(bourg.contains("<li>Tous les ") && !bourg.contains("Projet"), "{bourg}");
    assert!(clos.contains("<li>Un ") && clos.contains(" sur deux <span>de "), "{clos}");
    assert!(clos.contains("Projet : lieu à confirmer"), "{clos}");
    assert!(!posters.contains("foyer") && !posters.contains("Neige"), "{posters}");
    let dates = bourg.matches("<li>").count() - 1;
    assert_eq!(
        dates,
        5 + usize::from(!bourg.contains("Pas de distribution")),
        "six weeks less the closed day"
    );
    let shown = bourg.matches("<small>").count();
    assert_eq!(shown, bourg.matches("<span>").count(), "hours of one rule are told once: {bourg}");
}

#[test]
fn a_driver_sheet_tells_loads_and_legs_that_add_up() {
    let antennas = TABLES.iter().find(|(file, _)| *file == "antennas.csv").expect("a table").1;
    let village = Village::with(&[("antennas.csv", &antennas.replace(",05:00,", ",01:30,"))]);
    assert_eq!(village.plan(&[]).code, Some(0));
    let plan = super::json(&village, "plan.json");
    let whole = |value: &serde_json::Value| value.as_i64().expect("whole");
    for tour in plan["tours"].as_array().expect("tours") {
        let legs = plan["legs"][whole(&tour["way"]) as usize].as_array().expect("legs");
        let sum = |key: &str| legs.iter().map(|leg| whole(&leg[key])).sum::<i64>();
        assert_eq!(sum("distance_m"), whole(&tour["distance_m"]));
        assert_eq!(sum("driving_s"), whole(&tour["driving_s"]));
        let way = plan["ways"][whole(&tour["way"]) as usize].as_array().expect("a line");
        assert_eq!(whole(&legs.last().expect("a way back")["end"]), way.len() as i64 - 1);
    }
    let sheets = page(&village, "drivers.html");
    let tracks = fs::read_dir(village.out().join("gpx")).expect("a folder").count();
    assert_eq!(sheets.matches("<section ").count(), tracks, "a sheet and a track for each distinct tour");
    assert_eq!(sheets.matches("<svg ").count(), tracks);
    assert!(sheets.contains("Charger pour ") && sheets.contains(" de conduite"), "{sheets}");
    assert!(sheets.contains("Pause de "), "antenna A takes a break");
    assert!(page(&village, "posters.html").contains("@page { size: A4"));
}

/// Sheets of the PDF that Chromium prints; `None`, with a visible message, where it is not installed.
fn printed_sheets(file: &Path, room: &Path) -> Option<usize> {
    let pdf = room.join("printed.pdf");
    let flags = [
        "--headless",
        "--no-sandbox",
        "--disable-gpu",
        "--disable-quic",
        "--no-first-run",
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-sync",
        "--no-pdf-header-footer",
    ];
    let output = Command::new("chromium")
        .args(flags)
        .arg(format!("--user-data-dir={}", room.join("profile").display()))
        .arg(format!("--print-to-pdf={}", pdf.display()))
        .arg(format!("file://{}", file.display()))
        .output();
    if output.is_err() {
        skipped("chromium is not installed");
        return None;
    }
    let bytes = fs::read(&pdf).expect("it was printed");
    // Its writer leaves page objects uncompressed.
    let text = String::from_utf8_lossy(&bytes);
    Some(text.matches("/Type /Page\n").count())
}

#[test]
fn chromium_prints_one_sheet_a_poster() {
    let village = planned();
    let posters = page(&village, "posters.html").matches("<section ").count();
    assert!(posters >= 3);
    let Some(sheets) = printed_sheets(&village.out().join("posters.html"), village.room()) else { return };
    assert_eq!(sheets, posters);
}
