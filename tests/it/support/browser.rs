//! A headless Chromium, driven over a pipe by its DevTools protocol; tests skip, visibly, where it is not installed.

use std::io::{BufRead as _, BufReader, Write as _};
use std::path::Path;
use std::process::{Child, Command, Stdio};

use fs_err::{self as fs, File};
use serde_json::{Value, json};
use tempfile::TempDir;

use super::skipped;

/// Nothing but the page: no background requests, no profile of the machine's user. `timeout` ends it should it hang.
const START: &str = "exec timeout 300 chromium --headless --no-sandbox --disable-gpu --disable-quic --no-first-run \
    --disable-background-networking --disable-component-update --disable-sync --disable-dev-shm-usage \
    --user-data-dir=profile --remote-debugging-pipe 3<asked 4>told";

/// A browser with one page.
pub struct Browser {
    process: Child,
    asked: File,
    told: BufReader<File>,
    session: Option<String>,
    last: u64,
    /// Errors and warnings of the console, exceptions, refusals.
    pub complaints: Vec<String>,
    /// Addresses that were asked for.
    pub requests: Vec<String>,
    _room: TempDir,
}

impl Browser {
    /// `None`, with a visible message, where there is no Chromium.
    pub fn start() -> Option<Self> {
        if !Command::new("chromium").arg("--version").output().is_ok_and(|output| output.status.success()) {
            skipped("chromium is not installed");
            return None;
        }
        let room = tempfile::tempdir().expect("a folder");
        let pipes = Command::new("mkfifo").args(["asked", "told"]).current_dir(room.path()).status();
        assert!(pipes.expect("mkfifo is everywhere Chromium is").success());
        let process = Command::new("sh")
            .args(["-c", START])
            .current_dir(room.path())
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .expect("a shell");
        // The shell opens them in this order, and waits for the other end of each.
        let asked = fs::OpenOptions::new().write(true).open(room.path().join("asked")).expect("a pipe");
        let told = BufReader::new(File::open(room.path().join("told")).expect("a pipe"));
        let mut browser = Self {
            process,
            asked,
            told,
            session: None,
            last: 0,
            complaints: Vec::new(),
            requests: Vec::new(),
            _room: room,
        };
        let target = browser.ask("Target.createTarget", &json!({ "url": "about:blank" }));
        let attach = json!({ "targetId": target["targetId"], "flatten": true });
        let session = browser.ask("Target.attachToTarget", &attach);
        browser.session = session["sessionId"].as_str().map(ToOwned::to_owned);
        for domain in ["Page", "Runtime", "Log", "Network"] {
            browser.ask(&format!("{domain}.enable"), &json!({}));
        }
        Some(browser)
    }

    /// Sends a command and waits for its answer; what happens in between is noted.
    pub fn ask(&mut self, method: &str, parameters: &Value) -> Value {
        self.last += 1;
        let mut message = json!({ "id": self.last, "method": method, "params": parameters });
        if let Some(session) = &self.session {
            message["sessionId"] = json!(session);
        }
        let mut bytes = message.to_string().into_bytes();
        bytes.push(0);
        self.asked.write_all(&bytes).expect("Chromium reads");
        loop {
            let message = self.hear();
            if message["id"] == self.last {
                assert!(message["error"].is_null(), "{method}: {}", message["error"]);
                return message["result"].clone();
            }
        }
    }

    fn hear(&mut self) -> Value {
        let mut bytes = Vec::new();
        self.told.read_until(0, &mut bytes).expect("Chromium answers");
        assert_eq!(bytes.pop(), Some(0), "Chromium ended");
        let message: Value = serde_json::from_slice(&bytes).expect("JSON");
        let told = &message["params"];
        match message["method"].as_str() {
            Some("Runtime.consoleAPICalled" | "Runtime.exceptionThrown") => {
                self.complaints.push(told.to_string());
            }
            Some("Log.entryAdded") => self.complaints.push(told["entry"].to_string()),
            Some("Network.requestWillBeSent") => {
                self.requests.extend(told["request"]["url"].as_str().map(ToOwned::to_owned));
            }
            _ => {}
        }
        message
    }

    /// Shows a file in a window of that size, and waits until it is loaded.
    pub fn open(&mut self, file: &Path, width: u32, height: u32) {
        let size = json!({ "width": width, "height": height, "deviceScaleFactor": 1, "mobile": width < 600 });
        self.ask("Emulation.setDeviceMetricsOverride", &size);
        let file = fs::canonicalize(file).expect("it was written");
        self.ask("Page.navigate", &json!({ "url": format!("file://{}", file.display()) }));
        while self.hear()["method"] != "Page.loadEventFired" {}
    }

    /// The value of a JavaScript expression in the page; a promise is waited for.
    pub fn value(&mut self, expression: &str) -> Value {
        let parameters = json!({ "expression": expression, "returnByValue": true, "awaitPromise": true });
        let answer = self.ask("Runtime.evaluate", &parameters);
        assert!(answer["exceptionDetails"].is_null(), "{expression}: {answer}");
        answer["result"]["value"].clone()
    }

    /// Presses and releases the left button at the middle of what a selector finds first, once that rests and nothing
    /// lies over it.
    pub fn click(&mut self, selector: &str) {
        let quoted = json!(selector);
        let middle = self.value(&format!(
            "(async () => {{ let last; for (let frame = 0; frame < 600; frame++) {{ \
               const found = document.querySelector({quoted}); \
               found.scrollIntoView({{ block: 'center', behavior: 'instant' }}); \
               const box = found.getBoundingClientRect(); \
               const at = [box.x + box.width / 2, box.y + box.height / 2]; \
               if (String(at) === last && found.contains(document.elementFromPoint(...at))) return at; \
               last = String(at); \
               await new Promise(requestAnimationFrame); \
             }} throw new Error('it moves or is covered'); }})()"
        ));
        for kind in ["mouseMoved", "mousePressed", "mouseReleased"] {
            let event = json!({
                "type": kind, "x": middle[0], "y": middle[1], "button": "left", "clickCount": 1,
            });
            self.ask("Input.dispatchMouseEvent", &event);
        }
    }

    /// Presses and releases a key where the focus is.
    pub fn key(&mut self, key: &str) {
        // The map's library goes by the number.
        let number = match key {
            "Enter" => 13,
            "Escape" => 27,
            other => panic!("{other} has no number here"),
        };
        for kind in ["rawKeyDown", "keyUp"] {
            let event = json!({ "type": kind, "key": key, "code": key, "windowsVirtualKeyCode": number });
            self.ask("Input.dispatchKeyEvent", &event);
        }
    }
}

impl Drop for Browser {
    fn drop(&mut self) {
        // Ended through its own pipe, as killing the shell's `timeout` would leave it; a failed test may have lost it.
        let _ = self.asked.write_all(b"{\"id\":0,\"method\":\"Browser.close\"}\0");
        let _ = self.process.wait();
    }
}
