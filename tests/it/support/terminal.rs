//! A terminal for the program, as `script` of util-linux makes one.

use std::io::{Read, Write as _};
use std::path::Path;
use std::process::{Command, Stdio};
use std::sync::mpsc::{Receiver, RecvTimeoutError, channel};
use std::time::Duration;

use super::skipped;

/// Longest wait for the next sign of a program: it hangs then, and is ended.
const PATIENCE: Duration = Duration::from_mins(2);

/// What the program shows on a terminal of so many columns, and its exit code; `None` with a visible message where there is
/// no `script`. Each of `answers` is typed once the words before it are shown.
///
/// The language is French, and colours are as `environment` asks.
pub fn on_terminal(
    room: &Path,
    columns: u16,
    arguments: &str,
    environment: &[(&str, &str)],
    answers: &[(&str, &str)],
) -> Option<(Option<i32>, String)> {
    let version = Command::new("script").arg("--version").output();
    if !version.is_ok_and(|told| String::from_utf8_lossy(&told.stdout).contains("util-linux")) {
        skipped("there is no `script` of util-linux to make a terminal");
        return None;
    }
    // What a shell starts with `&` ignores Ctrl-C, and so do its children: not what somebody at a terminal has.
    let heeded = "$(env --default-signal=INT true 2> /dev/null && echo env --default-signal=INT)";
    let line =
        format!("stty cols {columns} rows 50; exec {heeded} '{}' {arguments}", env!("CARGO_BIN_EXE_tournee"));
    let mut command = Command::new("script");
    command
        .args(["--quiet", "--flush", "--return", "--echo", "never", "--command", &line])
        .arg(room.join("typescript"))
        .current_dir(room)
        .env("LC_ALL", "fr_FR.UTF-8")
        .env("TERM", "xterm-256color")
        .env("SHELL", "/bin/sh")
        .env_remove("NO_COLOR")
        .env_remove("CLICOLOR")
        .env_remove("CLICOLOR_FORCE")
        // Where this is set, a terminal is taken to know colours whatever TERM says.
        .env_remove("CI")
        .envs(environment.iter().copied())
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::null());
    let mut running = command.spawn().expect("it just told its version");
    // Held to the end: a keyboard that is gone ends a session.
    let mut keyboard = running.stdin.take().expect("piped");
    let chunks = read_on(running.stdout.take().expect("piped"));
    let (mut shown, mut seen, mut answers) = (Vec::new(), 0, answers.iter());
    let mut next = answers.next();
    loop {
        match chunks.recv_timeout(PATIENCE) {
            Ok(chunk) => shown.extend(chunk),
            Err(RecvTimeoutError::Disconnected) => break,
            Err(RecvTimeoutError::Timeout) => {
                let _ = running.kill();
                let shown = String::from_utf8_lossy(&shown);
                panic!("nothing more is shown, and {next:?} is still to come: {shown}");
            }
        }
        while let Some((words, answer)) = next {
            let unseen = String::from_utf8_lossy(&shown[seen..]).into_owned();
            if !plain(&unseen).contains(words) {
                break;
            }
            seen = shown.len();
            // Whoever ended does not read on.
            let _ = keyboard.write_all(answer.as_bytes());
            next = answers.next();
        }
    }
    let ended = running.wait().expect("it ended");
    Some((ended.code(), String::from_utf8_lossy(&shown).into_owned()))
}

/// What is read, as it comes.
fn read_on(mut from: impl Read + Send + 'static) -> Receiver<Vec<u8>> {
    let (send, receive) = channel();
    std::thread::spawn(move || {
        let mut buffer = [0; 4096];
        while let Ok(count @ 1..) = from.read(&mut buffer) {
            if send.send(buffer[..count].to_vec()).is_err() {
                break;
            }
        }
    });
    receive
}

/// Words without the codes of colours and cursors.
pub fn plain(shown: &str) -> String {
    let mut words = String::new();
    let mut letters = shown.chars();
    while let Some(letter) = letters.next() {
        match letter {
            '\u{1b}' => {
                let is_end = |letter: char| letter.is_ascii_alphabetic();
                letters.by_ref().find(|letter| is_end(*letter));
            }
            '\r' => {}
            _ => words.push(letter),
        }
    }
    words
}
