//! `report.html`: whole, harmless, and used as people do, in a browser.

use std::path::{Path, PathBuf};

use fs_err as fs;
use serde_json::Value;

use super::planned;
use crate::support::browser::Browser;
use crate::support::program::{TABLES, Village, tournee};

fn page(village: &Village) -> PathBuf {
    village.out().join("report.html")
}

/// The JSON inside a page.
fn data(page: &Path) -> Value {
    let html = fs::read_to_string(page).expect("written");
    let (_, rest) = html.split_once("id=\"data\">").expect("data");
    let (json, _) = rest.split_once("</script>").expect("an end");
    serde_json::from_str(json).expect("JSON")
}

const NAMES: [&str; 5] = [
    "<script>alert(1)</script>",
    "L'\"Étape\" & Cie",
    "{{script}}",
    "قرية العين",
    "</title><img src=x onerror=alert(1)>",
];

/// The village with names that would be markup, or are written from right to left.
fn hostile() -> Village {
    let stops = TABLES.iter().find(|(file, _)| *file == "stops.csv").expect("a table").1;
    let named = NAMES.iter().zip(["Bourg", "Clos", "Dam", "Est", "Fin"]).fold(
        stops.to_owned(),
        |table, (name, old)| {
            table.replacen(&format!(",{old},"), &format!(",\"{}\",", name.replace('"', "\"\"")), 1)
        },
    );
    let settings = TABLES[0].1.replace("Vallée d'essai", "Vallée </title><script>alert(2)</script>");
    let village = Village::with(&[("stops.csv", &named), ("scenario.toml", &settings)]);
    let run = village.plan(&[]);
    assert_eq!(run.code, Some(0), "{}{}", run.out, run.err);
    village
}

#[test]
fn names_are_shown_as_typed_and_never_run() {
    let village = hostile();
    let html = fs::read_to_string(page(&village)).expect("written");
    for bad in ["<script>alert", "<img", "</title><"] {
        assert!(!html.contains(bad), "{bad}");
    }
    assert_eq!(html.matches("<script").count(), 3, "the data, the library, the page's own");
    let data = data(&page(&village));
    let names: Vec<&str> = data["stops"]
        .as_array()
        .expect("stops")
        .iter()
        .map(|stop| stop["name"].as_str().expect("words"))
        .collect();
    assert_eq!(names, NAMES);

    let Some(mut browser) = Browser::start() else { return };
    browser.open(&page(&village), 1280, 800);
    assert_eq!(browser.complaints, Vec::<String>::new());
    browser.click("#timetable [data-stop='0']");
    let shown = browser.value("document.querySelector('.leaflet-popup-content h3').textContent");
    assert_eq!(shown, NAMES[0]);
    let shown = browser.value("document.querySelector('#timetable [data-stop=\"3\"]').textContent");
    assert_eq!(shown, NAMES[3]);
    assert_eq!(browser.value("document.title"), "Vallée </title><script>alert(2)</script>");
}

#[test]
fn the_sample_s_page_is_small_and_asks_nothing_of_the_network() {
    let room = tempfile::tempdir().expect("a folder");
    let out = room.path().join("plan");
    let sample = Path::new(env!("CARGO_MANIFEST_DIR")).join("data/nievre");
    let run = tournee(&[
        "plan",
        &sample.to_string_lossy(),
        "--out",
        &out.to_string_lossy(),
        "--iterations",
        "100",
        "--quiet",
    ]);
    assert!(run.err.is_empty() || run.code == Some(0), "{}", run.err);
    let page = out.join("report.html");
    let bytes = fs::metadata(&page).expect("written").len();
    assert!(bytes < 3_000_000, "{bytes}");
    let data = data(&page);
    assert!(!data["roads"].as_array().expect("lines").is_empty(), "a sketch is a backdrop too");
    assert_eq!(data["places"].as_array().expect("places").len(), 309);

    let Some(mut browser) = Browser::start() else { return };
    browser.open(&page, 1280, 800);
    assert_eq!(browser.complaints, Vec::<String>::new());
    assert!(browser.requests.iter().all(|address| address.starts_with("file://")), "{:?}", browser.requests);
    let drawn = browser.value("document.querySelectorAll('#map path.leaflet-interactive').length");
    assert!(drawn.as_u64() > Some(309), "places, tours, stops: {drawn}");
}

/// Sets a filter as its control does.
fn choose(browser: &mut Browser, name: &str, value: &str) {
    browser.value(&format!(
        "(() => {{ const list = document.querySelector('#filters [name={name}]'); list.value = '{value}'; \
         list.dispatchEvent(new Event('change', {{ bubbles: true }})); }})()"
    ));
}

const SHOWN: &str = "document.querySelectorAll('#timetable tbody tr:not([hidden])').length";

/// Waits until a page that moves has come to rest at a value; a slow machine may take its time.
fn becomes(browser: &mut Browser, expression: &str, expected: &Value) {
    for _ in 0..200 {
        if browser.value(expression) == *expected {
            return;
        }
        std::thread::sleep(std::time::Duration::from_millis(100));
    }
    assert_eq!(browser.value(expression), *expected, "{expression}");
}

fn use_page(browser: &mut Browser, page: &Path, width: u32, height: u32) {
    browser.open(page, width, height);
    let all = browser.value(SHOWN);
    let data = data(page);
    let visits = data["visits"].as_array().expect("visits");
    assert_eq!(all, visits.len());

    // Filters act on the table, the map and the line that is read aloud.
    let of_a_tuesday = |visit: &&Value| {
        let tour = &data["tours"][visit["tour"].as_u64().expect("an index") as usize];
        tour["antenna"] == 0 && tour["weekday"] == 1
    };
    let expected = visits.iter().filter(of_a_tuesday).count();
    assert!(expected > 0 && expected < visits.len());
    let lines = "document.querySelectorAll('.leaflet-tours-pane path.leaflet-interactive').length";
    let all_lines = browser.value(lines);
    choose(browser, "antenna", "0");
    choose(browser, "weekday", "1");
    becomes(browser, SHOWN, &expected.into());
    assert!(browser.value(lines).as_u64() < all_lines.as_u64());
    let told = browser.value("document.getElementById('count').textContent");
    assert!(told.as_str().expect("words").starts_with(&format!("{expected} visite")), "{told}");
    browser.click("#filters [type=reset]");
    becomes(browser, SHOWN, &all);

    // From the table to the map, and on the map by mouse and by keyboard.
    browser.click("#timetable [data-stop]");
    let name = browser.value("document.querySelector('#timetable [data-stop] bdi').textContent");
    let popup = "document.querySelector('.leaflet-popup-content h3')?.textContent ?? ''";
    becomes(browser, popup, &name);
    becomes(browser, "document.querySelector('.leaflet-pan-anim') === null", &true.into());
    browser.click(".leaflet-popup-close-button");
    becomes(browser, popup, &"".into());
    browser.value("document.querySelector('.leaflet-tours-pane path[tabindex]').focus()");
    browser.key("Enter");
    let shown = browser.value(popup);
    assert!(shown.as_str().expect("words").starts_with("Antenne"), "{shown}");
    let at = "document.activeElement.getAttribute('class') ?? ''";
    becomes(browser, at, &"leaflet-popup-content".into());
    browser.key("Escape");
    becomes(browser, popup, &"".into());
    assert!(browser.value(at).as_str().expect("words").contains("leaflet-interactive"), "back to the tour");

    // On paper the map takes the shape of the sheet, and afterwards its own again.
    let wide = "document.getElementById('map').clientWidth";
    let on_screen = browser.value(wide);
    browser.value("window.dispatchEvent(new Event('beforeprint'))");
    let on_paper = browser.value(wide).as_f64().expect("pixels") / 96.0 * 25.4;
    assert!((175.0..=180.5).contains(&on_paper), "{on_paper} mm");
    browser.value("window.dispatchEvent(new Event('afterprint'))");
    assert_eq!(browser.value(wide), on_screen);

    // Layers, sorting, theme.
    let zones = "document.querySelectorAll('.leaflet-zones-pane path').length";
    let before = browser.value(zones).as_u64();
    browser.click("#layers [value=before]");
    assert!(browser.value(zones).as_u64() > before);
    browser.click("#timetable th:nth-child(6) button");
    let sorted = browser.value(
        "(() => { const cells = [...document.querySelectorAll('#timetable tbody td.number')].map((cell) => Number(cell.textContent)); \
         return cells.every((cell, index) => index === 0 || cells[index - 1] <= cell); })()",
    );
    assert_eq!(sorted, true);
    let theme = "document.documentElement.dataset.theme";
    let worn = browser.value(theme);
    browser.click("#theme");
    assert_ne!(browser.value(theme), worn);

    // Nothing sticks out, nothing was complained about, nothing was fetched.
    let sideways = browser.value("document.documentElement.scrollWidth - innerWidth");
    assert!(sideways.as_i64() <= Some(0), "{width}: {sideways}");
    assert_eq!(browser.complaints, Vec::<String>::new());
    assert!(browser.requests.iter().all(|address| address.starts_with("file://")), "{:?}", browser.requests);
}

#[test]
fn filters_clicks_and_keys_work_on_a_desk_and_on_a_phone() {
    let Some(mut browser) = Browser::start() else { return };
    let village = planned();
    use_page(&mut browser, &page(&village), 1280, 800);
    use_page(&mut browser, &page(&village), 360, 740);
}

#[test]
fn the_page_is_in_the_language_asked_for_and_public_pages_keep_secrets() {
    let village = planned();
    let site = village.room().join("site");
    let (plan, out) = (village.out(), site.to_string_lossy().into_owned());
    let run = tournee(&[
        "report",
        &plan.to_string_lossy(),
        "--lang",
        "en",
        "--public",
        "--formats",
        "page",
        "--out",
        &out,
    ]);
    assert_eq!(run.code, Some(0), "{}", run.err);
    let html = fs::read_to_string(site.join("report.html")).expect("written");
    assert!(html.contains("<html lang=\"en\">") && html.contains("Key figures"));
    for words in ["Chiffres", "Horaires", "foyers", "lundi", "Cost of a cycle", "Stops left out", "€"] {
        assert!(!html.contains(words), "{words}");
    }
}
