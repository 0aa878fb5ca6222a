//! Progress on standard error, when a person watches.

use std::fmt::Write;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant};

use dialoguer::console::Term;
use indicatif::{ProgressBar, ProgressState, ProgressStyle};
use tournee::diagnostics::{Lang, Text};
use tournee::outputs::words::euros;
use tournee::text;

use super::context::Context;

/// How far a search may go; the first limit that is met ends it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Budget {
    /// From its first report on.
    pub time: Option<Duration>,
    /// Iterations, or whatever else is counted.
    pub steps: Option<u64>,
}

impl Budget {
    /// The part of a search that is done, from 0 to 1, and the time it has left; none where nothing tells.
    fn left(self, elapsed: Duration, done: u64) -> Option<(f64, Duration)> {
        let by_time = self.time.map(|time| {
            let share = elapsed.as_secs_f64() / time.as_secs_f64().max(1e-3);
            (share.min(1.0), time.saturating_sub(elapsed))
        });
        let by_steps = self.steps.filter(|_| done > 0).map(|all| {
            let share = (done as f64 / all.max(1) as f64).min(1.0);
            (share, elapsed.mul_f64((1.0 / share - 1.0).clamp(0.0, 1e6)))
        });
        [by_time, by_steps].into_iter().flatten().max_by(|a, b| a.0.total_cmp(&b.0))
    }
}

/// A line that says what is being done, for how long, and in a search for how long it will go on; silent where nobody
/// watches.
#[derive(Debug)]
pub struct Progress {
    bar: ProgressBar,
    lang: Lang,
    search: Option<Arc<Search>>,
}

/// What the line of a search is drawn from, at each tick.
#[derive(Debug)]
struct Search {
    base: Instant,
    /// Milliseconds from `base` to the search's first report.
    begun: AtomicU64,
    done: AtomicU64,
    budget: Budget,
    lang: Lang,
}

impl Progress {
    /// Starts a line, if progress may be drawn.
    pub fn start(context: &Context) -> Self {
        let bar = if context.shows_progress() {
            let bar = ProgressBar::new_spinner();
            bar.set_style(
                ProgressStyle::with_template("{spinner} {elapsed_precise} {wide_msg}")
                    .expect("the template is constant"),
            );
            bar.enable_steady_tick(Duration::from_millis(120));
            bar
        } else {
            ProgressBar::hidden()
        };
        Self { bar, lang: context.lang(), search: None }
    }

    /// A new step.
    pub fn step(&self, words: &Text) {
        self.bar.set_message(words.get(self.lang).to_owned());
    }

    /// From here on the line is a search's, in the language that the scenario has by now.
    pub fn begin_search(&mut self, budget: Budget, lang: Lang) {
        self.lang = lang;
        if self.bar.is_hidden() {
            return;
        }
        let search = Arc::new(Search {
            base: Instant::now(),
            begun: AtomicU64::new(0),
            done: AtomicU64::new(0),
            budget,
            lang,
        });
        self.search = Some(Arc::clone(&search));
        let style =
            ProgressStyle::with_template("{spinner} {time}{wide_msg}").expect("the template is constant");
        self.bar.set_style(
            style.with_key("time", move |_: &ProgressState, line: &mut dyn Write| search.draw(line)),
        );
    }

    /// How a search goes: how many of its steps are done, and what it has found.
    pub fn searched(&self, done: u64, found: &Text) {
        let Some(search) = &self.search else { return };
        search.advance(done);
        let Text { fr, en } = found;
        self.step(&text!("{fr} (Ctrl-C : arrêter)", "{en} (Ctrl-C: stop)"));
    }

    /// How a plan's search goes.
    pub fn plan_search(&self, event: tournee::solver::Event) {
        let best = |lang| euros(event.best.euros(), 0, lang);
        let (fr, en) = (best(Lang::Fr), best(Lang::En));
        self.searched(event.iterations, &text!("meilleur bilan {fr}", "best balance {en}"));
    }

    /// The search is over; the steps behind it are told as those before it.
    pub fn end_search(&mut self) {
        if let Some(search) = self.search.take() {
            search.done.store(u64::MAX, Ordering::Relaxed);
        }
    }
}

impl Search {
    fn advance(&self, done: u64) {
        // A plan that keeps another one may search twice.
        if done < self.done.swap(done, Ordering::Relaxed) || self.begun.load(Ordering::Relaxed) == 0 {
            let now = u64::try_from(self.base.elapsed().as_millis()).unwrap_or(u64::MAX);
            self.begun.store(now.max(1), Ordering::Relaxed);
        }
    }

    /// `[====>     ] 0:12, 0:08 left, `; only the time where nothing is searched. The line with what was found fits 80 columns;
    /// on fewer than 70 it has no bar, as half a figure would be a wrong one.
    fn draw(&self, line: &mut dyn Write) {
        const CELLS: usize = 10;
        let (done, begun) = (self.done.load(Ordering::Relaxed), self.begun.load(Ordering::Relaxed));
        let elapsed = self.base.elapsed().saturating_sub(Duration::from_millis(begun));
        let spent = clock(elapsed);
        let is_searched = begun > 0 && done < u64::MAX;
        let Some((share, left)) = self.budget.left(elapsed, done).filter(|_| is_searched) else {
            let _ = write!(line, "{spent} ");
            return;
        };
        let left = clock(left + Duration::from_millis(999));
        let words = text!("{spent}, reste {left}", "{spent}, {left} left");
        let words = words.get(self.lang);
        // A line that cannot be drawn is no failure of the search.
        if Term::stderr().size().1 < 70 {
            let _ = write!(line, "{words}, ");
            return;
        }
        let full = ((share * CELLS as f64) as usize).min(CELLS);
        let bar: String = (0..CELLS)
            .map(|cell| match cell.cmp(&full) {
                std::cmp::Ordering::Less => '=',
                std::cmp::Ordering::Equal => '>',
                std::cmp::Ordering::Greater => ' ',
            })
            .collect();
        let _ = write!(line, "[{bar}] {words}, ");
    }
}

/// `0:08`, `3:05`, `2:05:00`.
fn clock(time: Duration) -> String {
    let seconds = time.as_secs();
    let (hours, minutes, seconds) = (seconds / 3600, seconds / 60 % 60, seconds % 60);
    match hours {
        0 => format!("{minutes}:{seconds:02}"),
        _ => format!("{hours}:{minutes:02}:{seconds:02}"),
    }
}

/// The line goes away with its value, also when a step fails.
impl Drop for Progress {
    fn drop(&mut self) {
        self.bar.finish_and_clear();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const MINUTE: Duration = Duration::from_mins(1);

    #[test]
    fn what_is_left_is_told_by_the_limit_that_is_met_first() {
        let by_time = Budget { time: Some(MINUTE), steps: None };
        assert_eq!(by_time.left(MINUTE / 4, 0), Some((0.25, MINUTE * 3 / 4)));
        assert_eq!(by_time.left(MINUTE * 2, 0), Some((1.0, Duration::ZERO)));
        let by_steps = Budget { time: None, steps: Some(100) };
        assert_eq!(by_steps.left(MINUTE, 50), Some((0.5, MINUTE)));
        assert_eq!(by_steps.left(MINUTE, 0), None, "nothing tells yet");
        let both = Budget { time: Some(MINUTE), steps: Some(100) };
        assert_eq!(both.left(MINUTE / 4, 50), Some((0.5, MINUTE / 4)));
        assert_eq!(both.left(MINUTE / 2, 1).map(|(share, _)| share), Some(0.5));
        assert_eq!(Budget::default().left(MINUTE, 5), None);
    }

    #[test]
    fn times_are_short() {
        assert_eq!(clock(Duration::from_millis(8999)), "0:08");
        assert_eq!(clock(Duration::from_secs(185)), "3:05");
        assert_eq!(clock(Duration::from_mins(125)), "2:05:00");
    }
}
