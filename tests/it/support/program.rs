//! Runs the program as a user does, on a scenario folder that the test writes.

use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use tempfile::TempDir;

/// A scratch folder with the tables of a small territory, gone when dropped.
///
/// Two vans of one depot, six villages on a line a few kilometres apart, aid in the first. Three repetitions of a
/// fortnight from 2027-01-04; one Tuesday is closed.
pub struct Village {
    room: TempDir,
}

/// The tables of [`Village`], by file name.
pub const TABLES: &[(&str, &str)] = &[
    (
        "scenario.toml",
        r#"title = "Vallée d'essai"
start = 2027-01-04
weeks = 2
until = 2027-02-14
timezone = "Europe/Paris"
language = "fr"

[roads]
source = "sketch"

[coverage]
rule = "car-15min"

[solver]
iterations = 300
seed = 1
"#,
    ),
    ("depots.csv", "id,name,lon,lat\nD,Dépôt,3.00,47.00\n"),
    (
        "antennas.csv",
        "id,name,depot,capacity,days,shift_start,shift_end,break_minutes,break_after,cost_per_day,cost_per_km,cost_per_hour\n\
         A,Antenne A,D,60,mar-ven,08:00,18:00,30,05:00,40,0.5,18\n\
         B,Antenne B,D,40,\"mar,jeu\",08:00,17:00,,,40,0.5,18\n",
    ),
    (
        "stops.csv",
        "id,name,commune,insee,lon,lat,households,kg_per_household,rhythm,days,opens,setup_minutes,minutes_per_household,priority,status\n\
         S1,Bourg,Bourg,58001,3.10,47.00,20,8,weekly,,09:00-17:00,10,2,required,agreed\n\
         S2,Clos,Clos,58002,3.20,47.00,15,8,fortnightly,,09:00-17:00,10,2,required,agreed\n\
         S3,Dam,Dam,58003,3.30,47.00,10,8,1st tue of month,,09:00-17:00,10,2,required,agreed\n\
         S4,Est,Est,58004,3.40,47.00,12,8,2/week,,09:00-17:00,10,2,optional,agreed\n\
         S5,Fin,Fin,58005,3.50,47.00,5,8,weekly,,09:00-17:00,10,2,optional,refused\n",
    ),
    (
        "places.csv",
        "id,name,insee,lon,lat,households,carless_share\n\
         P0,Depot,58000,3.00,47.00,30,0\n\
         P1,Bourg,58001,3.10,47.00,20,0\n\
         P2,Clos,58002,3.20,47.00,15,0\n\
         P3,Dam,58003,3.30,47.00,10,0\n\
         P4,Est,58004,3.40,47.00,12,0\n\
         P5,Fin,58005,3.50,47.00,5,0\n",
    ),
    ("aid_sites.csv", "id,name,lon,lat\nF,Point fixe,3.00,47.00\n"),
    ("closures.csv", "date,reason\n2027-01-26,Neige\n"),
];

impl Village {
    /// The scenario as it is in [`TABLES`].
    pub fn new() -> Self {
        Self::with(&[])
    }

    /// The scenario with some files replaced.
    pub fn with(replaced: &[(&str, &str)]) -> Self {
        let village = Self { room: tempfile::tempdir().expect("a scratch folder") };
        fs_err::create_dir(village.scenario()).expect("created");
        for (name, text) in TABLES.iter().chain(replaced) {
            fs_err::write(village.scenario().join(name), text).expect("written");
        }
        village
    }

    /// The scratch folder.
    pub fn room(&self) -> &Path {
        self.room.path()
    }

    /// The scenario's folder.
    pub fn scenario(&self) -> PathBuf {
        self.room.path().join("scenario")
    }

    /// The folder that [`Village::plan`] writes.
    pub fn out(&self) -> PathBuf {
        self.room.path().join("out")
    }

    /// `tournee plan` on this scenario.
    pub fn plan(&self, more: &[&str]) -> Run {
        let (scenario, out) = (self.scenario(), self.out());
        let mut arguments =
            vec!["plan", scenario.to_str().expect("utf-8"), "--out", out.to_str().expect("utf-8")];
        arguments.extend(more);
        tournee(&arguments)
    }

    /// `tournee check` of `plan` on this scenario.
    pub fn check(&self, plan: &Path, more: &[&str]) -> Run {
        let scenario = self.scenario();
        let mut arguments = vec!["check", scenario.to_str().expect("utf-8"), plan.to_str().expect("utf-8")];
        arguments.extend(more);
        tournee(&arguments)
    }
}

/// What a run of the program gave.
#[derive(Debug)]
pub struct Run {
    /// Exit code; none where a signal ended it.
    pub code: Option<i32>,
    /// Standard output.
    pub out: String,
    /// Standard error.
    pub err: String,
}

/// The program, in a neutral environment.
pub fn command(arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_tournee"));
    command
        .args(arguments)
        .env_remove("LC_ALL")
        .env_remove("LC_MESSAGES")
        .env_remove("LANG")
        .env("NO_COLOR", "1");
    command
}

/// Runs the program to its end.
pub fn tournee(arguments: &[&str]) -> Run {
    let Output { status, stdout, stderr } = command(arguments).output().expect("the program starts");
    let words = |bytes| String::from_utf8(bytes).expect("the program speaks UTF-8");
    Run { code: status.code(), out: words(stdout), err: words(stderr) }
}

/// Every file of a folder and of the folders in it with its bytes, in order.
pub fn snapshot(folder: &Path) -> Vec<(String, Vec<u8>)> {
    let mut files = Vec::new();
    for entry in fs_err::read_dir(folder).expect("a folder") {
        let path = entry.expect("readable").path();
        let name = path.file_name().expect("a name").to_string_lossy().into_owned();
        if path.is_dir() {
            files.extend(
                snapshot(&path).into_iter().map(|(inside, bytes)| (format!("{name}/{inside}"), bytes)),
            );
        } else {
            files.push((name, fs_err::read(path).expect("readable")));
        }
    }
    files.sort();
    files
}
