//! Progress on standard error, when a person watches.

use std::time::Duration;

use indicatif::{ProgressBar, ProgressStyle};
use tournee::diagnostics::Text;
use tournee::text;

use super::context::Context;

/// A line that says what is being done; silent where nobody watches.
#[derive(Debug)]
pub struct Progress {
    bar: ProgressBar,
    lang: tournee::diagnostics::Lang,
}

impl Progress {
    /// Starts a line, if progress may be drawn.
    pub fn start(context: &Context) -> Self {
        let bar = if context.shows_progress() {
            let bar = ProgressBar::new_spinner();
            bar.set_style(
                ProgressStyle::with_template("{spinner} {elapsed_precise} {msg}")
                    .expect("the template is constant"),
            );
            bar.enable_steady_tick(Duration::from_millis(120));
            bar
        } else {
            ProgressBar::hidden()
        };
        Self { bar, lang: context.lang() }
    }

    /// A new step.
    pub fn step(&self, words: &Text) {
        self.bar.set_message(words.get(self.lang).to_owned());
    }

    /// How the search goes.
    pub fn search(&self, event: tournee::solver::Event) {
        if self.bar.is_hidden() {
            return;
        }
        let (iterations, euros) = (event.iterations, event.best.euros());
        self.step(&text!(
            "recherche : {iterations} itérations, meilleur total {euros:.0} €",
            "searching: {iterations} iterations, best total €{euros:.0}"
        ));
    }
}

/// The line goes away with its value, also when a step fails.
impl Drop for Progress {
    fn drop(&mut self) {
        self.bar.finish_and_clear();
    }
}
