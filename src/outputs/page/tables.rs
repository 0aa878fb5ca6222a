//! What the page says without a map: figures, choices, tables.

use std::collections::BTreeSet;
use std::fmt::Write as _;

use jiff::ToSpan as _;
use jiff::civil::Date;

use super::data::{aid_site, week};
use crate::diagnostics::{Lang, Text};
use crate::outputs::colours::Colours;
use crate::outputs::document::{Call, Figure, Index, Place, Stop, Tour, Unreached};
use crate::outputs::formats::Options;
use crate::outputs::markup::escaped;
use crate::outputs::need_words::{households, rounded};
use crate::outputs::words as say;
use crate::text;

/// What somebody typed, in its own direction.
fn name(typed: &str) -> String {
    format!("<bdi>{}</bdi>", escaped(typed))
}

/// What every reader should know first.
pub fn notices(plan: &Index<'_>, options: Options) -> String {
    let lang = options.lang;
    let document = plan.document;
    let mut notices = Vec::new();
    if !document.scenario.note.is_empty() {
        notices.push(document.scenario.note.clone());
    }
    if document.roads.sketch {
        notices.push(document.roads.attribution.get(lang).to_owned());
    }
    if document.search.interrupted {
        let words = text!(
            "La recherche a été interrompue : c’est le meilleur plan trouvé jusque-là.",
            "The search was interrupted: this is the best plan found until then."
        );
        notices.push(words.get(lang).to_owned());
    }
    if options.public {
        let words = text!(
            "Page publique : les nombres de moins de 5 foyers ne sont pas donnés, les totaux sont arrondis à la dizaine.",
            "Public page: numbers of fewer than 5 households are not told, totals are rounded to tens."
        );
        notices.push(words.get(lang).to_owned());
    }
    for violation in &document.violations {
        notices.push(format!(
            "{} · {} : {}",
            violation.rule,
            violation.at.get(lang),
            violation.message.get(lang)
        ));
    }
    notices.iter().fold(String::new(), |mut html, notice| {
        let _ = writeln!(html, "<p class=\"notice\" dir=\"auto\">{}</p>", escaped(notice));
        html
    })
}

/// The figures that the team is asked for.
pub fn figures(plan: &Index<'_>, options: Options) -> String {
    let lang = options.lang;
    let (cycle, coverage, cost) = (&plan.document.cycle, &plan.document.coverage, &plan.document.cost);
    let share = |part: f64| {
        if coverage.households > 0.0 {
            say::number(100.0 * part / coverage.households, 0, lang)
        } else {
            "–".to_owned()
        }
    };
    let whole = |number: f64| say::number(number, 0, lang);
    let weeks = plan.document.scenario.weeks;
    let served = plan.document.stops.iter().filter(|stop| stop.served).count();
    let all = plan.document.stops.len();
    let (before, after) = (share(coverage.covered_before), share(coverage.covered_after));
    let (need, rule) = (whole(coverage.households), &coverage.rule);
    let (reached, reached_before) = (whole(coverage.covered_after), whole(coverage.covered_before));
    let mut rows = vec![
        (
            text!("Besoin à portée", "Need within reach"),
            text!("{before}\u{a0}% → {after}\u{a0}%", "{before}% → {after}%"),
            text!(
                "{reached_before} → {reached} des {need} foyers ({rule})",
                "{reached_before} → {reached} of {need} households ({rule})"
            ),
        ),
        (
            text!("Arrêts desservis", "Stops served"),
            text!("{served} / {all}", "{served} / {all}"),
            text!("", ""),
        ),
    ];
    let (visits, shifts) = (cycle.visits, cycle.shifts);
    let per = match weeks {
        1 => text!("par semaine", "a week"),
        _ => text!("par cycle de {weeks} semaines", "per cycle of {weeks} weeks"),
    };
    let per = per.get(lang);
    rows.push((
        text!("Visites", "Visits"),
        text!("{visits}", "{visits}"),
        text!("en {shifts} tournées, {per}", "in {shifts} tours, {per}"),
    ));
    let families = whole(cycle.households as f64);
    let turned_away = whole(cycle.turned_away as f64);
    rows.push((
        text!("Foyers attendus", "Households expected"),
        text!("{families}", "{families}"),
        text!("{turned_away} refusés faute de place, {per}", "{turned_away} turned away, {per}"),
    ));
    let (kilometres, hours) = (whole(cycle.distance_m as f64 / 1000.0), whole(cycle.duty_s as f64 / 3600.0));
    let wheel = whole(cycle.driving_s as f64 / 3600.0);
    rows.push((
        text!("Kilomètres", "Kilometres"),
        text!("{kilometres}", "{kilometres}"),
        text!("{per}", "{per}"),
    ));
    rows.push((
        text!("Heures de service", "Hours of duty"),
        text!("{hours}", "{hours}"),
        text!("dont {wheel} au volant, {per}", "of which {wheel} at the wheel, {per}"),
    ));
    if !options.public {
        let euros = say::euros(cost.operating, 0, lang);
        rows.push((
            text!("Coût d’exploitation", "Operating cost"),
            text!("{euros}", "{euros}"),
            text!("{per}", "{per}"),
        ));
    }
    let mut html = String::from("<dl class=\"figures\">\n");
    for (term, value, note) in rows {
        let note = note.get(lang);
        let note = if note.is_empty() { String::new() } else { format!(" <small>{}</small>", escaped(note)) };
        let _ = writeln!(
            html,
            "<div><dt>{}</dt><dd><span>{}</span>{note}</dd></div>",
            term.get(lang),
            escaped(value.get(lang))
        );
    }
    html + "</dl>"
}

/// The filters: by antenna, weekday, week, date.
pub fn choices(plan: &Index<'_>, lang: Lang) -> String {
    let tours = &plan.document.tours;
    let weekdays: BTreeSet<i8> =
        tours.iter().map(|tour| tour.date.weekday().to_monday_zero_offset()).collect();
    let weeks: BTreeSet<i32> = tours.iter().map(|tour| week(plan, tour.date)).collect();
    let dates: BTreeSet<Date> = tours.iter().map(|tour| tour.date).collect();
    let antennas: BTreeSet<usize> = tours.iter().map(|tour| plan.antenna_rank(&tour.antenna)).collect();
    let monday_of = |week: i32| {
        let monday = plan.document.scenario.start.saturating_add((7 * week).days());
        let Text { fr, en } = say::date(monday);
        text!("semaine du {fr}", "week of {en}").get(lang).to_owned()
    };
    let antenna = |rank: usize| escaped(&plan.document.antennas[rank].name);
    let mut html = String::new();
    let mut add = |key: &str, label: Text, any: Text, options: Vec<(String, String)>| {
        let any = any.get(lang);
        let _ = write!(
            html,
            "<label>{} <select name=\"{key}\"><option value=\"\">{any}</option>",
            label.get(lang)
        );
        for (value, words) in options {
            let _ = write!(html, "<option value=\"{value}\">{words}</option>");
        }
        html.push_str("</select></label>\n");
    };
    let pairs = antennas.iter().map(|&rank| (rank.to_string(), antenna(rank)));
    add("antenna", text!("Antenne", "Antenna"), text!("toutes", "all"), pairs.collect());
    let pairs = weekdays
        .iter()
        .map(|&day| (day.to_string(), say::weekday_at(day.unsigned_abs()).get(lang).to_owned()));
    add("weekday", text!("Jour", "Weekday"), text!("tous", "all"), pairs.collect());
    let pairs = weeks.iter().map(|&week| (week.to_string(), monday_of(week)));
    add("week", text!("Semaine", "Week"), text!("toutes", "all"), pairs.collect());
    let pairs = dates.iter().map(|&date| (date.to_string(), say::date(date).get(lang).to_owned()));
    add("date", text!("Date", "Date"), text!("toutes", "all"), pairs.collect());
    html
}

/// What can be shown and hidden.
pub fn layer_choices(lang: Lang) -> String {
    let layers = [
        ("roads", text!("routes", "roads"), true),
        ("tours", text!("tournées", "tours"), true),
        ("stops", text!("arrêts", "stops"), true),
        ("places", text!("lieux et besoin", "places and need"), true),
        ("sites", text!("points d’aide et dépôts", "aid sites and depots"), true),
        ("before", text!("zones blanches avant", "white zones before"), false),
        ("after", text!("zones blanches après", "white zones after"), true),
    ];
    layers.iter().fold(String::new(), |mut html, (value, words, is_on)| {
        let checked = if *is_on { " checked" } else { "" };
        let words = words.get(lang);
        let _ = writeln!(html, "<label><input type=\"checkbox\" value=\"{value}\"{checked}> {words}</label>");
        html
    })
}

/// A small sign of a colour or a shape.
fn swatch(shape: &str) -> String {
    format!(
        "<svg class=\"swatch\" width=\"16\" height=\"16\" viewBox=\"0 0 16 16\" aria-hidden=\"true\">{shape}</svg>"
    )
}

/// What colours and shapes mean.
pub fn legend(plan: &Index<'_>, lang: Lang) -> String {
    let colours = Colours::of(plan);
    let mut tours: Vec<(usize, i8, &Tour)> = plan
        .document
        .tours
        .iter()
        .map(|tour| (plan.antenna_rank(&tour.antenna), tour.date.weekday().to_monday_zero_offset(), tour))
        .collect();
    tours.sort_by_key(|&(antenna, weekday, _)| (antenna, weekday));
    tours.dedup_by_key(|&mut (antenna, weekday, _)| (antenna, weekday));
    let mut html = String::from("<ul class=\"legend\">\n");
    let mut add = |shape: String, words: &str| {
        let _ = writeln!(html, "<li>{} <span>{words}</span></li>", swatch(&shape));
    };
    for (_, _, tour) in tours {
        let colour = colours.of_tour(plan, tour);
        let words = format!(
            "{}, {}",
            name(&plan.antenna(&tour.antenna).name),
            say::weekday(tour.date.weekday()).get(lang)
        );
        add(
            format!(
                "<rect x=\"0\" y=\"5\" width=\"16\" height=\"6\" rx=\"3\" fill=\"{colour}\" stroke=\"currentColor\"/>"
            ),
            &words,
        );
    }
    let circle = "<circle cx=\"8\" cy=\"8\" r=\"6\" fill=\"none\" stroke=\"currentColor\" stroke-width=\"2\"";
    add(
        format!("{circle} stroke-dasharray=\"3 3\"/>"),
        text!("arrêt non desservi", "stop left out").get(lang),
    );
    let place = "<circle cx=\"8\" cy=\"8\" r=\"4\" fill=\"var(--place)\"/>".to_owned();
    let words = text!(
        "lieu : taille selon le besoin, plein s’il est à portée",
        "place: size by need, filled if within reach"
    );
    add(place, words.get(lang));
    add(
        "<path d=\"M2 2h12v12H2zM8 4v8M4 8h8\" fill=\"none\" stroke=\"currentColor\" stroke-width=\"2\"/>"
            .to_owned(),
        aid_site().get(lang),
    );
    let depot =
        "<path d=\"M2 2h6a6 6 0 1 1-6 6z\" fill=\"var(--accent)\" stroke=\"currentColor\"/>".to_owned();
    add(depot, text!("dépôt", "depot").get(lang));
    for (is_of_everybody, words) in zone_looks(plan) {
        for (colour, phase) in [("before", text!("avant", "before")), ("after", text!("après", "after"))] {
            add(zone_sign(colour, is_of_everybody), &format!("{}, {}", words.get(lang), phase.get(lang)));
        }
    }
    html + "</ul>"
}

/// The kinds of white zones that the plan has.
fn zone_looks(plan: &Index<'_>) -> Vec<(bool, Text)> {
    let kinds = [
        (Unreached::Everybody, text!("zone blanche, tous hors de portée", "white zone, all out of reach")),
        (
            Unreached::Some,
            text!(
                "zone blanche en partie (d’ordinaire sans voiture)",
                "white zone for some (as a rule without a car)"
            ),
        ),
    ];
    let has = |kind| plan.document.white_zones.iter().any(|zone| zone.unreached == kind);
    kinds
        .into_iter()
        .filter(|(kind, _)| has(*kind))
        .map(|(kind, words)| (kind == Unreached::Everybody, words))
        .collect()
}

fn zone_sign(colour: &str, is_of_everybody: bool) -> String {
    let dash = if colour == "before" { " stroke-dasharray=\"4 3\"" } else { "" };
    let (fill, width) = if is_of_everybody { (0.35, 2) } else { (0.08, 1) };
    format!(
        "<rect x=\"1\" y=\"2\" width=\"14\" height=\"12\" fill=\"var(--{colour})\" fill-opacity=\"{fill}\" \
         stroke=\"var(--{colour})\" stroke-width=\"{width}\"{dash}/>"
    )
}

/// A table that scripts may sort, in a region that scrolls. Headings say whether their column holds numbers.
fn table(caption: &str, headings: &[(Text, bool)], rows: &str, lang: Lang) -> String {
    let mut head = String::new();
    for (words, is_number) in headings {
        let class = if *is_number { " class=\"number\"" } else { "" };
        let _ = write!(head, "<th scope=\"col\"{class}>{}</th>", words.get(lang));
    }
    format!(
        "<div class=\"scroll\" tabindex=\"0\" role=\"region\" aria-label=\"{caption}\">\n<table class=\"sortable\">\n\
         <caption>{caption}</caption>\n<thead><tr>{head}</tr></thead>\n<tbody>\n{rows}</tbody>\n</table>\n</div>"
    )
}

/// A row a visit.
pub fn timetable(plan: &Index<'_>, lang: Lang) -> String {
    let colours = Colours::of(plan);
    let mut rows = String::new();
    for (index, (tour, _, call)) in plan.document.calls().enumerate() {
        rows.push_str(&visit(plan, index, tour, call, &colours.of_tour(plan, tour), lang));
    }
    let headings = [
        (text!("Date", "Date"), false),
        (text!("Heures", "Hours"), false),
        (text!("Arrêt", "Stop"), false),
        (text!("Commune", "Commune"), false),
        (text!("Antenne", "Antenna"), false),
        (text!("Foyers", "Households"), true),
    ];
    let html = table(text!("Une ligne par visite", "A row a visit").get(lang), &headings, &rows, lang);
    format!("<div id=\"timetable\">\n{html}\n</div>{}", cancelled(plan, lang))
}

fn visit(plan: &Index<'_>, index: usize, tour: &Tour, call: &Call, colour: &str, lang: Lang) -> String {
    let (stop, antenna) = (plan.stop(&call.stop), plan.antenna(&tour.antenna));
    let [opens, closes] = [&call.opens, &call.closes].map(|clock| say::hour(plan.clock(tour, clock)));
    let line = swatch(&format!(
        "<rect x=\"0\" y=\"5\" width=\"16\" height=\"6\" rx=\"3\" fill=\"{colour}\" stroke=\"currentColor\"/>"
    ));
    format!(
        "<tr data-visit=\"{index}\"><td class=\"date\" data-sort=\"{date}T{sort}\">{when}</td><td class=\"hours\" data-sort=\"{sort}\">{opens}–{closes}</td>\
         <th scope=\"row\"><button type=\"button\" data-stop=\"{rank}\">{stop}</button></th><td>{commune}</td>\
         <td class=\"antenna\">{line} {antenna}</td><td class=\"number\">{households}</td></tr>\n",
        date = tour.date,
        sort = escaped(&call.opens),
        when = say::date(tour.date).get(lang),
        opens = opens.get(lang),
        closes = closes.get(lang),
        rank = plan.stop_rank(&call.stop),
        stop = name(&stop.name),
        commune = name(&stop.commune),
        antenna = name(&antenna.name),
        households = call.households.words(lang, |number| number.to_string()),
    )
}

/// Visits that do not take place.
fn cancelled(plan: &Index<'_>, lang: Lang) -> String {
    let visits = &plan.document.cancelled;
    if visits.is_empty() {
        return String::new();
    }
    let mut html = format!("\n<h3>{}</h3>\n<ul>\n", text!("Visites annulées", "Cancelled visits").get(lang));
    for visit in visits {
        let reason =
            if visit.reason.is_empty() { String::new() } else { format!(" ({})", name(&visit.reason)) };
        let stop = name(&plan.stop(&visit.stop).name);
        let _ = writeln!(html, "<li>{}, {stop}{reason}</li>", say::date(visit.date).get(lang));
    }
    html + "</ul>"
}

/// The stops without a visit, why, and what would change it. Not for the public.
pub fn left_out(plan: &Index<'_>, options: Options) -> String {
    let lang = options.lang;
    let stops: Vec<(usize, &Stop)> =
        plan.document.stops.iter().enumerate().filter(|(_, stop)| !stop.served).collect();
    if stops.is_empty() || options.public {
        return String::new();
    }
    let unbroken = |told: &Text| name(&told.get(lang).replace(" €", "\u{a0}€"));
    let words = |told: &Option<Text>| told.as_ref().map_or_else(String::new, unbroken);
    let mut rows = String::new();
    for (rank, stop) in &stops {
        let _ = writeln!(
            rows,
            "<tr><th scope=\"row\"><button type=\"button\" data-stop=\"{rank}\">{}</button></th><td>{}</td><td>{}</td></tr>",
            name(&stop.name),
            words(&stop.reason),
            words(&stop.fix)
        );
    }
    let headings = [
        (text!("Arrêt", "Stop"), false),
        (text!("Pourquoi", "Why"), false),
        (text!("Ce qui y changerait quelque chose", "What would change it"), false),
    ];
    let heading = text!("Arrêts non desservis", "Stops left out");
    let heading = heading.get(lang);
    let count = stops.len();
    let caption = text!("{count} arrêts", "{count} stops");
    let html = table(caption.get(lang), &headings, &rows, lang);
    format!(
        "<section class=\"sentences\" aria-labelledby=\"left-out-heading\">\n<h2 id=\"left-out-heading\">{heading}</h2>\n{html}\n</section>"
    )
}

/// A row a place.
pub fn places(plan: &Index<'_>, lang: Lang) -> String {
    let rows: String = plan.document.places.iter().map(|row| place(plan, row, lang)).collect();
    let headings = [
        (text!("Lieu", "Place"), false),
        (text!("Foyers dans le besoin", "Households in need"), true),
        (text!("À portée avant", "Within reach before"), true),
        (text!("Après", "After"), true),
        (text!("Arrêt le plus proche", "Nearest stop"), false),
        (text!("Minutes en voiture", "Minutes by car"), true),
    ];
    table(text!("Une ligne par lieu", "A row a place").get(lang), &headings, &rows, lang)
}

fn place(plan: &Index<'_>, place: &Place, lang: Lang) -> String {
    let cell = |figure: Option<Figure<f64>>| {
        let sort = figure.and_then(Figure::told).map_or_else(String::new, |number| number.to_string());
        let words = figure
            .map_or_else(|| "–".to_owned(), |figure| figure.words(lang, |number| rounded(number, lang)));
        format!("<td class=\"number\" data-sort=\"{sort}\">{words}</td>")
    };
    let stop = place.stop.as_ref().map_or_else(String::new, |stop| name(&plan.stop(stop).name));
    let minutes = place.stop_s.map_or_else(|| "–".to_owned(), |seconds| (seconds / 60).to_string());
    format!(
        "<tr><th scope=\"row\">{}</th>{}{}{}<td>{stop}</td><td class=\"number\">{minutes}</td></tr>\n",
        name(&place.name),
        cell(place.households),
        cell(place.covered_before),
        cell(place.covered_after),
    )
}

/// For charts: the same words as the tables.
pub fn told(number: f64, lang: Lang) -> String {
    households(Figure::Told(number), lang)
}
