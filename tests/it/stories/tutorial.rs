//! The tutorials do what they say: every table is written, every command run, every file that is named is there.

use std::path::Path;

use calamine::Data;
use fs_err as fs;

use crate::outputs::workbook::{column, rows_of, saved, sheets};
use crate::support::program::{Run, command};

/// A fenced block: what stands behind the fence, and its lines.
struct Block<'a> {
    info: &'a str,
    body: String,
}

fn blocks(page: &str) -> Vec<Block<'_>> {
    let mut blocks: Vec<Block<'_>> = Vec::new();
    let mut inside = false;
    for line in page.lines() {
        match line.strip_prefix("```") {
            Some(_) if inside => inside = false,
            Some(info) => {
                inside = true;
                blocks.push(Block { info, body: String::new() });
            }
            None if inside => {
                let body = &mut blocks.last_mut().expect("a block was opened").body;
                *body += line;
                *body += "\n";
            }
            None => {}
        }
    }
    blocks
}

/// The words of a command as a shell splits them; a space inside double quotes splits nothing.
fn words(line: &str) -> Vec<String> {
    let mut words = vec![String::new()];
    let mut quoted = false;
    for letter in line.chars() {
        match letter {
            '"' => quoted = !quoted,
            ' ' if !quoted => words.push(String::new()),
            _ => words.last_mut().expect("there is always one").push(letter),
        }
    }
    words
}

fn run(room: &Path, line: &str) -> Run {
    let words = words(line);
    assert_eq!(words[0], "tournee", "{line}");
    let arguments: Vec<&str> = words[1..].iter().map(String::as_str).collect();
    let output = command(&arguments).current_dir(room).output().expect("the program starts");
    let said = |bytes| String::from_utf8(bytes).expect("utf-8");
    Run { code: output.status.code(), out: said(output.stdout), err: said(output.stderr) }
}

/// The first visit of the first week ten minutes later, as the page asks for.
fn ten_minutes_later(book: &Path, [week, step, visit, opens, closes]: [&str; 5]) {
    let mut sheets = sheets(&fs::read(book).expect("written"));
    let sheet =
        sheets.iter_mut().find(|(name, _)| name.starts_with(week)).expect("the sheet that the page names");
    let row = rows_of(sheet, step, visit)[0];
    for header in [opens, closes] {
        let at = column(sheet, header);
        let Data::DateTime(time) = sheet.1[row][at].clone() else { panic!("a time") };
        let minutes = (time.as_f64() * 1440.0).round() as i64 + 10;
        sheet.1[row][at] = Data::String(format!("{}:{:02}", minutes / 60, minutes % 60));
    }
    fs::write(book, saved(&sheets)).expect("written");
}

/// Paths in the scratch folder that the page names in backticks, outside its blocks.
fn named(page: &str) -> Vec<&str> {
    let running = page.split("```").step_by(2);
    let odd = running.flat_map(|words| words.split('`').skip(1).step_by(2));
    let mut names: Vec<&str> =
        odd.filter(|words| words.starts_with("nievre/") && !words.contains(' ')).collect();
    names.sort_unstable();
    names.dedup();
    names
}

fn follow(page: &str, headers: [&str; 5], later: &str) {
    for word in [headers[0], headers[2], headers[3], headers[4]] {
        assert!(page.contains(word), "the page names {word}");
    }
    let room = tempfile::tempdir().expect("a scratch folder");
    let (mut commands, mut tables) = (0, 0);
    for block in blocks(page) {
        if let Some(table) = block.info.strip_prefix("csv ") {
            assert!(room.path().join(table).exists(), "{table} was there to fill in");
            fs::write(room.path().join(table), block.body).expect("written");
            tables += 1;
        } else if block.info == "console" {
            for line in block.body.lines() {
                if line.contains(" check ") {
                    ten_minutes_later(&room.path().join("nievre/plan/timetable.xlsx"), headers);
                }
                let ended = run(room.path(), line);
                // Ten minutes later nothing breaks: whom there is no time to serve is turned away as before.
                assert_eq!(ended.code, Some(0), "{line}\n{}{}", ended.out, ended.err);
                if line.contains(" check ") || line.contains(" --keep ") {
                    assert!(ended.out.contains(later), "{line}: {}", ended.out);
                }
                commands += 1;
            }
        } else {
            assert_eq!(block.info, "sh", "a block that no test looks at");
        }
    }
    assert_eq!((commands, tables), (7, 3));
    let files = named(page);
    assert!(files.len() >= 8, "{files:?}");
    for file in files {
        assert!(room.path().join(file).exists(), "{file} is named but not there");
    }
}

fn page(name: &str) -> String {
    fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("docs").join(name)).expect("the page")
}

#[test]
fn the_french_tutorial_can_be_followed() {
    follow(
        &page("tutoriel.fr.md"),
        ["Sem. 2027-01-04", "Étape", "visite", "Ouvre", "Ferme"],
        "2 changement(s)",
    );
}

#[test]
fn the_english_tutorial_can_be_followed() {
    follow(&page("tutorial.en.md"), ["Week 2027-01-04", "Step", "visit", "Opens", "Closes"], "2 change(s)");
}
