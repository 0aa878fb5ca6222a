//! The generated family: communes of Bourgogne-Franche-Comté as places, 20 to 400 candidate stops, 1 to 12 antennas, 1 to 4
//! weeks; one line a size: what the plan is worth, what no plan can do better, and how soon it was near its end.
//!
//! ```console
//! TOURNEE_SHARED=../shared cargo run --release --example family -- 20 60 20x1x1 40x2x2 60x3x4
//! TOURNEE_SHARED=../shared cargo run --release --example family -- write 40x2x2 FOLDER
//! ```
//!
//! The numbers before the sizes are seconds of search and seconds for the bound (0: none); a size is stops, antennas, weeks and,
//! after another x, a seed. Communes, inhabitants and poverty rates are INSEE's, read in place; rhythms, hours and need are
//! drawn. Roads are a sketch. With `write` the scenario is written as a folder instead.

use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use tournee::plan::{Event, Options, Plan, Wish, plan};
use tournee::survey;
use tournee::tables::{Sources, read};

/// Places for each stop.
const PLACES_A_STOP: usize = 4;
/// Places for each aid site, and antennas for each depot.
const PLACES_A_SITE: usize = 60;
const ANTENNAS_A_DEPOT: usize = 4;
/// Of inhabitants, where the rate of poverty is secret: the region's.
const POVERTY_USUAL: f64 = 13.0;
const PERSONS_A_HOUSEHOLD: f64 = 2.2;

#[expect(clippy::print_stdout, reason = "the table is what this program is for")]
fn main() -> Result<(), Box<dyn std::error::Error>> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let shared = std::env::var_os("TOURNEE_SHARED").map_or_else(|| PathBuf::from("../shared"), PathBuf::from);
    let communes = communes(&shared.join("data"))?;
    if let [word, size, folder] = &arguments[..]
        && word == "write"
    {
        for (name, text) in tables(&communes, parse(size)?) {
            fs_err::create_dir_all(folder)?;
            fs_err::write(Path::new(folder).join(name), text)?;
        }
        return Ok(());
    }
    let [search, bound, sizes @ ..] = &arguments[..] else { return Err("seconds, seconds, sizes?".into()) };
    println!(
        "| stops | antennas | weeks | places | visits | balance € | bound € | gap | bound from | seconds of the bound | \
         seconds to 1 % |"
    );
    println!("|--|--|--|--|--|--|--|--|--|--|--|");
    for size in sizes {
        println!("{}", row(&communes, parse(size)?, search.parse()?, bound.parse()?)?);
    }
    Ok(())
}

/// Stops, antennas, weeks, seed.
#[derive(Clone, Copy)]
struct Size {
    stops: usize,
    antennas: usize,
    weeks: usize,
    seed: u64,
}

fn parse(typed: &str) -> Result<Size, Box<dyn std::error::Error>> {
    let numbers: Vec<usize> = typed.split('x').map(str::parse).collect::<Result<_, _>>()?;
    match numbers[..] {
        [stops, antennas, weeks] => Ok(Size { stops, antennas, weeks, seed: 1 }),
        [stops, antennas, weeks, seed] => Ok(Size { stops, antennas, weeks, seed: seed as u64 }),
        _ => Err("a size is STOPSxANTENNASxWEEKS".into()),
    }
}

fn row(
    communes: &[Commune],
    size: Size,
    search: u64,
    bound: u64,
) -> Result<String, Box<dyn std::error::Error>> {
    let read = read(&Sources::from_texts(tables(communes, size)));
    let Some(dataset) = read.value else { return Err(format!("{:?}", read.diagnostics).into()) };
    let roads = survey::roads(&dataset)?;
    let wish = Wish { time: Some(Duration::from_secs(bound)) };
    let options = Options {
        time: Some(Duration::from_secs(search)),
        threads: 1,
        proof: (bound > 0).then_some(wish),
        ..Options::default()
    };
    let (mut begun, mut proving, mut proven) = (None, None, None);
    let mut told = Vec::new();
    let planned = plan(&dataset, roads, &options, &mut |event| match event {
        Event::Surveying => {}
        Event::Searching(event) => {
            let begun = *begun.get_or_insert_with(Instant::now);
            told.push((begun.elapsed(), event.best.euros()));
        }
        Event::Proving => proving = Some(Instant::now()),
        Event::Finishing => proven = Some(Instant::now()),
    });
    let Some(plan) = planned.value else { return Err(format!("{:?}", planned.diagnostics).into()) };
    let passed = proving.zip(proven).map(|(from, to)| to.duration_since(from));
    Ok(line(&plan, size, &told, passed))
}

fn line(plan: &Plan, size: Size, told: &[(Duration, f64)], passed: Option<Duration>) -> String {
    let last = told.last().map_or(0.0, |(_, best)| *best);
    let near = told.iter().find(|(_, best)| best - last <= 0.01 * last.abs());
    let near = near.map_or_else(String::new, |(after, _)| format!("{:.1}", after.as_secs_f64()));
    let bound = plan.proof.and_then(|proof| proof.bound);
    let gap = plan.proof.and_then(|proof| proof.gap_in_parts());
    format!(
        "| {} | {} | {} | {} | {} | {:.0} | {} | {} | {} | {} | {near} |",
        size.stops,
        size.antennas,
        size.weeks,
        plan.dataset.places.len(),
        plan.cycle.visits,
        plan.evaluation.total.euros(),
        bound.map_or_else(String::new, |bound| format!("{:.0}", bound.total.euros())),
        gap.map_or_else(String::new, |parts| format!("{:.2} %", parts as f64 / 100.0)),
        bound.map_or_else(String::new, |bound| format!("{:?}, {} rounds", bound.kind, bound.rounds)),
        passed.map_or_else(String::new, |passed| format!("{:.1}", passed.as_secs_f64())),
    )
}

/// A commune with its need.
#[derive(Clone, Debug)]
struct Commune {
    insee: String,
    name: String,
    lon: f64,
    lat: f64,
    population: f64,
    households: f64,
}

fn communes(data: &Path) -> Result<Vec<Commune>, Box<dyn std::error::Error>> {
    let text = fs_err::read_to_string(data.join("filosofi-bfc/filosofi-2021-communes-bfc.csv"))?;
    let mut poverty = std::collections::BTreeMap::new();
    for row in rows(&text, &["code_insee", "TP6021"])? {
        if let Ok(rate) = row[1].parse::<f64>() {
            poverty.insert(row[0].clone(), rate);
        }
    }
    let text = fs_err::read_to_string(data.join("communes-bfc/communes-bfc.csv"))?;
    let columns = ["code_insee", "nom", "lon", "lat", "population_municipale"];
    let commune = |row: Vec<String>| {
        let number = |at: usize| row[at].parse::<f64>();
        let population = number(4)?;
        let rate = poverty.get(&row[0]).copied().unwrap_or(POVERTY_USUAL);
        // A third of the poor ask for help with food.
        let households = population * rate / 100.0 / PERSONS_A_HOUSEHOLD / 3.0;
        let (lon, lat) = (number(2)?, number(3)?);
        Ok(Commune { insee: row[0].clone(), name: row[1].clone(), lon, lat, population, households })
    };
    rows(&text, &columns)?
        .into_iter()
        .map(commune)
        .collect::<Result<_, std::num::ParseFloatError>>()
        .map_err(Into::into)
}

/// The named columns of a table.
fn rows(text: &str, columns: &[&str]) -> Result<Vec<Vec<String>>, Box<dyn std::error::Error>> {
    let mut reader = csv::Reader::from_reader(text.as_bytes());
    let head = reader.headers()?.clone();
    let at: Option<Vec<usize>> =
        columns.iter().map(|name| head.iter().position(|column| column == *name)).collect();
    let at = at.ok_or("a column is missing")?;
    let row = |row: Result<csv::StringRecord, csv::Error>| {
        row.map(|row| at.iter().map(|&column| row[column].to_owned()).collect())
    };
    Ok(reader.records().map(row).collect::<Result<_, _>>()?)
}

/// A multiplicative congruential stream (Lehmer, 48271).
struct Draw(u64);

impl Draw {
    fn below(&mut self, bound: usize) -> usize {
        self.0 = self.0 * 48_271 % 2_147_483_647;
        (self.0 / 7) as usize % bound
    }

    fn pick<T: Copy>(&mut self, items: &[T]) -> T {
        items[self.below(items.len())]
    }
}

/// The scenario as text: the communes nearest to one that is drawn, the larger ones of each neighbourhood as stops.
fn tables(communes: &[Commune], size: Size) -> Vec<(String, String)> {
    let mut draw = Draw(size.seed * 7_919 % 2_147_483_646 + 1);
    let centre = &communes[draw.below(communes.len())];
    let far = |commune: &Commune| {
        let (x, y) = ((commune.lon - centre.lon) * 0.68, commune.lat - centre.lat);
        ((x * x + y * y) * 1e12) as i64
    };
    let mut around: Vec<&Commune> = communes.iter().collect();
    around.sort_by_key(|commune| (far(commune), commune.insee.clone()));
    around.truncate((size.stops * PLACES_A_STOP).min(communes.len()));
    let places = around.clone();
    around.sort_by(|a, b| b.population.total_cmp(&a.population).then(a.insee.cmp(&b.insee)));
    let depots = size.antennas.div_ceil(ANTENNAS_A_DEPOT);
    let sites = places.len().div_ceil(PLACES_A_SITE);
    // Two in three of the larger half, drawn: not every village lends a hall.
    let mut stops: Vec<&Commune> = around[sites.min(around.len())..].to_vec();
    stops.truncate(size.stops * 3 / 2);
    while stops.len() > size.stops {
        stops.remove(draw.below(stops.len()));
    }
    let files = [
        ("scenario.toml", settings(size)),
        ("depots.csv", table("id,lon,lat", &around[..depots], |_, row| spot(row))),
        ("aid_sites.csv", table("id,lon,lat", &around[..sites], |_, row| spot(row))),
        (
            "places.csv",
            table("id,lon,lat,name,households,carless_share,population", &places, |_, row| {
                format!("{},\"{}\",{:.1},0.12,{}", spot(row), row.name, row.households, row.population)
            }),
        ),
        ("antennas.csv", antennas(size, &around)),
        ("stops.csv", stops_table(size, &stops, &mut draw)),
    ];
    files.map(|(name, text)| (name.to_owned(), text)).to_vec()
}

fn spot(row: &Commune) -> String {
    format!("{:.5},{:.5}", row.lon, row.lat)
}

fn table(head: &str, rows: &[&Commune], line: impl Fn(usize, &Commune) -> String) -> String {
    rows.iter().enumerate().fold(format!("{head}\n"), |mut text, (index, row)| {
        let _ = writeln!(text, "{},{}", row.insee, line(index, row));
        text
    })
}

fn settings(size: Size) -> String {
    let Size { stops, antennas, weeks, seed } = size;
    format!(
        "title = \"{stops} stops, {antennas} antennas, {weeks} weeks, seed {seed}\"\nstart = 2027-01-04\nweeks = {weeks}\n\
         language = \"en\"\n[roads]\nsource = \"sketch\"\n[coverage]\nrule = \"car-15min\"\nattendance = 0.3\n\
         [objective]\nvalue_per_household = 40\n"
    )
}

fn antennas(size: Size, around: &[&Commune]) -> String {
    let mut text = "id,depot,capacity,days,shift_start,shift_end,max_duty,max_driving,break_minutes,break_after,break_window,\
                    reload_minutes,service_points,cost_per_day,cost_per_km,cost_per_hour\n"
        .to_owned();
    for antenna in 0..size.antennas {
        let depot = &around[antenna / ANTENNAS_A_DEPOT].insee;
        let (capacity, reload) = if antenna % 2 == 0 { (90, "") } else { (60, "30") };
        let _ = writeln!(
            text,
            "a{antenna},{depot},{capacity},mon-fri,08:00,18:00,09:00,05:00,45,06:00,11:30-14:30,{reload},2,45,0.48,20"
        );
    }
    text
}

fn stops_table(size: Size, stops: &[&Commune], draw: &mut Draw) -> String {
    let hours = [
        "Mo-Fr 09:00-17:00",
        "Mo-Fr 09:00-12:30,13:30-18:00",
        "Mo-Fr 09:00-12:30",
        "Tu,Th 10:00-16:00",
        "Mo,We,Fr 13:30-17:30",
    ];
    let rhythms: &[&str] = match size.weeks {
        1 => &["weekly"],
        2 => &["weekly", "fortnightly", "fortnightly"],
        3 => &["weekly", "every 3 weeks", "every 3 weeks"],
        _ => &["weekly", "fortnightly", "fortnightly", "every 4 weeks"],
    };
    let mut text = "id,lon,lat,name,households,kg_per_household,rhythm,opens,setup_minutes,minutes_per_household,min_minutes,\
                    max_minutes,priority\n"
        .to_owned();
    for row in stops {
        let registered = 3 + draw.below(15);
        let (rhythm, hours) = (draw.pick(rhythms), draw.pick(&hours));
        let priority = if draw.below(5) == 0 { "required" } else { "optional" };
        let _ = writeln!(
            text,
            "s{},{},\"{}\",{registered},10,{rhythm},\"{hours}\",15,3,45,150,{priority}",
            row.insee,
            spot(row),
            row.name
        );
    }
    text
}
