//! How coverage grows with places and sites, on roads of any size: one line of times and memory for each number of cells.
//!
//! ```console
//! cargo run --release --example tile -- porto.osm.pbf 16 porto-16.osm.pbf
//! RAYON_NUM_THREADS=1 cargo run --release --example cells -- porto-16.osm.pbf 100000
//! ```
//!
//! The cells stand at junctions spread over the map, as the table of an analyst would hold them, with one aid site for each
//! thousand junctions. Give one number a run: the memory is the most that the process ever held. Times are what the process
//! worked, user and system together, where the system tells; contraction comes before.

use std::fmt::Write as _;
use std::path::Path;
use std::time::{Duration, Instant};

use petgraph::graph::NodeIndex;
use tournee::coverage::{Phase, compare, cover_sets, measure, travel_bound, white_zones};
use tournee::ids::StopId;
use tournee::network::RoadNetwork;
use tournee::survey::{round_trips, survey};
use tournee::tables::{Dataset, Sources, read};
use tournee::traveller::{Profile, Traveller};
use tournee::units::Metres;
use typed_index_collections::TiVec;

const SITES_PER_JUNCTIONS: usize = 1_000;

#[expect(clippy::print_stdout, reason = "the table is what this program is for")]
fn main() -> Result<(), Box<dyn std::error::Error>> {
    let mut arguments = std::env::args().skip(1);
    let roads = arguments.next().ok_or("which roads?")?;
    println!(
        "| file | cells x sites | tables | snapping and reach | who is covered | white zones | round trips | access and \
         equity | memory in all |"
    );
    println!("|--|--|--|--|--|--|--|--|--|");
    for cells in arguments {
        println!("{}", row(Path::new(&roads), cells.parse()?)?);
    }
    Ok(())
}

fn row(path: &Path, cells: usize) -> Result<String, Box<dyn std::error::Error>> {
    let network = RoadNetwork::open(path)?;
    // Contracted before: a prepared network is opened with its hierarchies.
    for profile in [Profile::Car, Profile::Foot, Profile::Van] {
        network.hierarchy(&Traveller::of(profile));
    }
    let sites = (network.map().graph.node_count() / SITES_PER_JUNCTIONS).max(1);
    let files = tables(&network, cells, sites);
    let (report, tables) = timed(|| read(&Sources::from_texts(files)));
    let dataset: Dataset = report.value.ok_or_else(|| format!("{:?}", report.diagnostics.first()))?;
    let (surveyed, surveying) = timed(|| survey(&dataset, &network));
    let survey = surveyed.value.ok_or("a cell is off the roads")?;
    let closed: TiVec<StopId, bool> = vec![false; dataset.stops.len()].into();
    let (measured, covering) = timed(|| measure(&dataset, &cover_sets(&dataset, &survey), &closed));
    let (zones, zoning) = timed(|| white_zones(&dataset, &measured, Phase::Before));
    let bound = travel_bound(&dataset.settings.coverage);
    let (trips, there_and_back) = timed(|| round_trips(&dataset, &network, &survey, bound));
    let (access, comparing) = timed(|| compare(&dataset, &trips, None));
    assert!(
        measured.covered_before <= measured.need && access.before.access.mean >= 0.0 && zones.len() <= cells
    );
    Ok(format!(
        "| {} | {} x {sites} | {} | {} | {} | {} | {} | {} | {} |",
        path.file_name().unwrap_or_default().to_string_lossy(),
        dataset.places.len(),
        seconds(tables),
        seconds(surveying),
        seconds(covering),
        seconds(zoning),
        seconds(there_and_back),
        seconds(comparing),
        peak(),
    ))
}

/// The tables of a scenario: a cell has one to nine households, one in five without a car.
fn tables(network: &RoadNetwork, cells: usize, sites: usize) -> Vec<(&'static str, String)> {
    let graph = &network.map().graph;
    let at =
        |number: usize| graph[NodeIndex::new(number.wrapping_mul(7_919) % graph.node_count())].at.point();
    // Junctions of the largest part of everybody's roads: the others would be errors.
    let is_usable = |number: &usize| {
        [Profile::Car, Profile::Foot, Profile::Van]
            .iter()
            .all(|&profile| network.snap(&Traveller::of(profile), at(*number), Metres(900)).is_ok())
    };
    let table = |head: &str, count: usize, more: &dyn Fn(usize) -> String| {
        let mut text = format!("id,lon,lat{head}\n");
        for (row, number) in (0..).filter(is_usable).take(count).enumerate() {
            let at = at(number);
            let _ = writeln!(text, "c{row},{:.6},{:.6}{}", at.x(), at.y(), more(row));
        }
        text
    };
    vec![
        (
            "scenario.toml",
            "start = 2027-01-04\nweeks = 1\ntimezone = \"UTC\"\n[coverage]\nrule = \"car-15min\"\n".into(),
        ),
        ("depots.csv", table("", 1, &|_| String::new())),
        ("antennas.csv", "id,depot,capacity\nv,c0,60\n".into()),
        ("stops.csv", table(",name", 1, &|_| ",S".into())),
        ("aid_sites.csv", table("", sites, &|_| String::new())),
        ("places.csv", table(",households", cells, &|row| format!(",{}", 1 + row % 9))),
    ]
}

fn timed<T>(work: impl FnOnce() -> T) -> (T, Duration) {
    let (start, worked) = (Instant::now(), processor_time());
    let done = work();
    let passed = worked.zip(processor_time()).map(|(before, after)| after.saturating_sub(before));
    (done, passed.unwrap_or_else(|| start.elapsed()))
}

/// What the process has worked so far, in user and system mode: fields 14 and 15 of `/proc/self/stat`, in hundredths.
fn processor_time() -> Option<Duration> {
    let line = fs_err::read_to_string("/proc/self/stat").ok()?;
    let (_, after_name) = line.rsplit_once(')')?;
    let ticks = after_name.split_whitespace().skip(11).take(2).map(|field| field.parse::<u64>().ok());
    Some(Duration::from_millis(10 * ticks.sum::<Option<u64>>()?))
}

fn seconds(time: Duration) -> String {
    format!("{:.2} s", time.as_secs_f64())
}

/// The most memory the process has held so far, where the system tells.
fn peak() -> String {
    let status = fs_err::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
    let kilobytes = line.and_then(|line| line.trim().split(' ').next()?.parse::<f64>().ok());
    kilobytes.map_or_else(|| "?".to_owned(), |kilobytes| format!("{:.0} MB", kilobytes / 1024.0))
}
