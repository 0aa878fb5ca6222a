//! Least and tightest solutions of a chain of start times.
//!
//! A route, seen by its openings alone, is a chain of variables `s(0), s(1), ...`, one a visit, and every rule is
//! of one of three kinds: a *gap* `s(i+1) >= s(i) + gap(i)`; a *span* `s(v) <= s(u) + width` for some `u < v`
//! (cold chain, break, duty); and a *domain*, a union of intervals in which `s(i)` lies (windows). All numbers are
//! multiples of one step (the grid of announced times), so gaps are rounded up and widths down once, on entry.
//!
//! The solutions of such a system form a distributive lattice: the component-wise least (or greatest) of two
//! solutions is a solution, whatever the domains. So a least solution exists, and a monotone pass with repair
//! finds it; so does a greatest one below a cap. [`Chain::tightest`] uses both to find the solution with the
//! least `s(last) - s(0)`, exactly, in as many rounds as there are intervals to jump over.

/// A chain under construction, and its solution. Buffers are kept from one use to the next.
#[derive(Clone, Debug, Default)]
pub(super) struct Chain {
    step: i64,
    gaps: Vec<i64>,
    /// Gaps as they were pushed; [`Chain::relax`] goes back to them.
    plain_gaps: Vec<i64>,
    /// Intervals of variable `i` are `intervals[first[i]..first[i + 1]]`, in order.
    first: Vec<u32>,
    intervals: Vec<Interval>,
    floor: Vec<i64>,
    ceiling: Vec<i64>,
    spans: Vec<Span>,
    bound: Vec<i64>,
    early: Vec<i64>,
    late: Vec<i64>,
}

#[derive(Clone, Copy, Debug)]
struct Interval {
    low: i64,
    high: i64,
}

#[derive(Clone, Copy, Debug)]
struct Span {
    from: usize,
    to: usize,
    width: i64,
}

/// Why a chain has no solution.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum NoChain {
    /// A variable is pushed beyond its last interval, by that much.
    Late(i64),
    /// Gaps alone are longer than a span allows, by that much.
    Span(i64),
}

/// A tightest solution, by its two ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Ends {
    pub first: i64,
    pub last: i64,
}

/// Lowest and highest value of any variable: far beyond any clock time, far from overflow.
const FAR: i64 = i64::MAX / 4;

impl Chain {
    /// Empties the chain; every value will be a multiple of `step`.
    pub fn clear(&mut self, step: i64) {
        self.step = step.max(1);
        self.gaps.clear();
        self.plain_gaps.clear();
        self.first.clear();
        self.first.push(0);
        self.intervals.clear();
        self.floor.clear();
        self.ceiling.clear();
        self.spans.clear();
    }

    /// Adds an interval of the next variable; empty ones are dropped. Call in increasing order.
    pub fn push_interval(&mut self, low: i64, high: i64) {
        let (low, high) = (self.up(low), self.down(high));
        if low <= high {
            self.intervals.push(Interval { low, high });
        }
    }

    /// Ends a variable; false if it has no interval.
    pub fn push_variable(&mut self) -> bool {
        let start = self.first[self.first.len() - 1];
        self.first.push(self.intervals.len() as u32);
        self.floor.push(-FAR);
        self.ceiling.push(FAR);
        start < self.intervals.len() as u32
    }

    /// Sets the gap after the last variable.
    pub fn push_gap(&mut self, gap: i64) {
        self.gaps.push(self.up(gap));
        self.plain_gaps.push(self.up(gap));
    }

    pub fn len(&self) -> usize {
        self.floor.len()
    }

    /// Drops every span, floor, ceiling and changed gap: what is left is variables with their intervals.
    pub fn relax(&mut self) {
        self.spans.clear();
        self.gaps.clone_from(&self.plain_gaps);
        self.floor.fill(-FAR);
        self.ceiling.fill(FAR);
    }

    pub fn gap(&self, i: usize) -> i64 {
        self.gaps[i]
    }

    pub fn set_gap(&mut self, i: usize, gap: i64) {
        self.gaps[i] = self.up(gap);
    }

    /// `s(i) >= value`.
    pub fn at_least(&mut self, i: usize, value: i64) {
        self.floor[i] = self.floor[i].max(self.up(value));
    }

    /// `s(i) <= value`.
    pub fn at_most(&mut self, i: usize, value: i64) {
        self.ceiling[i] = self.ceiling[i].min(self.down(value));
    }

    /// `s(to) - s(from) <= width`, for `from < to`.
    pub fn within(&mut self, from: usize, to: usize, width: i64) {
        debug_assert!(from < to);
        let width = self.down(width);
        self.spans.push(Span { from, to, width });
    }

    /// Values of the least solution last found.
    pub fn starts(&self) -> &[i64] {
        &self.early
    }

    /// Copies the earliest and latest value of each variable, as [`Chain::latest`] last found them.
    pub fn copy_range(&self, earliest: &mut Vec<i64>, latest: &mut Vec<i64>) {
        earliest.clone_from(&self.early);
        latest.clone_from(&self.late);
    }

    /// The least solution: every variable at its earliest at once. `O(n)` without spans.
    pub fn least(&mut self) -> Result<Ends, NoChain> {
        self.check_spans()?;
        self.bound.clone_from(&self.floor);
        self.early.resize(self.len(), 0);
        self.propagate()?;
        Ok(Ends { first: self.early[0], last: self.early[self.len() - 1] })
    }

    /// The least solution with `s(0) >= first`, or none.
    pub fn least_from(&mut self, first: i64) -> Result<Ends, NoChain> {
        self.at_least(0, first);
        self.least()
    }

    /// The solution with the greatest `s(0)`.
    pub fn latest(&mut self) -> Result<Ends, NoChain> {
        self.least()?;
        self.pull(FAR);
        Ok(Ends { first: self.late[0], last: self.late[self.len() - 1] })
    }

    /// The solution with the least `s(last) - s(0)`, of these the one with the least `s(last)`.
    ///
    /// The least solution has the earliest end `e`; pulled back from `e` it has the latest start that still meets
    /// `e`. Anything tighter ends later, so it starts later: then the variables that follow `s(0)` without slack
    /// move with it, and the first of them that stands at the end of an interval has to jump to its next one. That
    /// jump is a valid bound for all that is left to find, and the search goes on from there. No such variable:
    /// the chain from first to last has no slack, and nothing is tighter. `O(n)` for each interval jumped over.
    pub fn tightest(&mut self) -> Result<Ends, NoChain> {
        let mut best = self.least()?;
        let floor_width: i64 = self.gaps.iter().sum();
        let mut best_width = i64::MAX;
        loop {
            let last = self.len() - 1;
            self.pull(self.early[last]);
            let width = self.late[last] - self.late[0];
            if width < best_width {
                best_width = width;
                best = Ends { first: self.late[0], last: self.late[last] };
            }
            if width == floor_width {
                break;
            }
            let Some((i, low)) = self.jump() else { break };
            self.bound[0] = self.bound[0].max(self.late[0] + self.step);
            self.bound[i] = self.bound[i].max(low);
            if self.propagate().is_err() {
                break;
            }
        }
        Ok(best)
    }

    /// The first variable that bars a later `s(0)`, and where it would have to jump.
    fn jump(&self) -> Option<(usize, i64)> {
        for i in 0..self.len() {
            let at = self.late[i];
            let later = self.next(i, at + self.step);
            if later != Some(at + self.step) {
                return later.map(|low| (i, low));
            }
            if i + 1 < self.len() && at + self.gaps[i] < self.late[i + 1] {
                debug_assert!(false, "a variable with slack and room was not pulled to its latest");
                return None;
            }
        }
        None
    }

    /// Fails where gaps alone pass a span; after it no repair can go round in circles: cycles of overlapping spans
    /// add up from single ones, so none has a positive length.
    fn check_spans(&self) -> Result<(), NoChain> {
        for span in &self.spans {
            let least: i64 = self.gaps[span.from..span.to].iter().sum();
            if least > span.width {
                return Err(NoChain::Span(least - span.width));
            }
        }
        Ok(())
    }

    /// Raises `early` to the least solution above `bound`.
    fn propagate(&mut self) -> Result<(), NoChain> {
        let mut dirty = Some(0);
        while let Some(start) = dirty {
            for i in start..self.len() {
                let pushed = if i == 0 { -FAR } else { self.early[i - 1] + self.gaps[i - 1] };
                let wanted = pushed.max(self.bound[i]);
                self.early[i] = self.next(i, wanted).ok_or_else(|| self.too_late(i, wanted))?;
            }
            dirty = None;
            for span in &self.spans {
                let needed = self.early[span.to] - span.width;
                if self.early[span.from] < needed {
                    self.bound[span.from] = needed;
                    dirty = Some(dirty.map_or(span.from, |first: usize| first.min(span.from)));
                }
            }
        }
        Ok(())
    }

    /// Lowers `late` to the greatest solution with `s(last) <= cap`. Some solution below `cap` is known to exist.
    fn pull(&mut self, cap: i64) {
        let last = self.len() - 1;
        self.late.clone_from(&self.ceiling);
        self.late[last] = self.late[last].min(cap);
        let mut dirty = Some(last);
        while let Some(start) = dirty {
            for i in (0..=start).rev() {
                let mut wanted = self.late[i];
                if i < last {
                    wanted = wanted.min(self.late[i + 1] - self.gaps[i]);
                }
                self.late[i] = self.previous(i, wanted).expect("the least solution lies below the greatest");
            }
            dirty = None;
            for span in &self.spans {
                let allowed = self.late[span.from] + span.width;
                if self.late[span.to] > allowed {
                    self.late[span.to] = allowed;
                    dirty = Some(dirty.map_or(span.to, |first: usize| first.max(span.to)));
                }
            }
        }
    }

    fn domain(&self, i: usize) -> &[Interval] {
        &self.intervals[self.first[i] as usize..self.first[i + 1] as usize]
    }

    /// The first value of variable `i` not before `value`.
    fn next(&self, i: usize, value: i64) -> Option<i64> {
        let value = value.max(self.floor[i]);
        let fits = self.domain(i).iter().find(|interval| value <= interval.high)?;
        let found = value.max(fits.low);
        (found <= self.ceiling[i]).then_some(found)
    }

    /// The last value of variable `i` not after `value`.
    fn previous(&self, i: usize, value: i64) -> Option<i64> {
        let value = value.min(self.ceiling[i]);
        let fits = self.domain(i).iter().rev().find(|interval| interval.low <= value)?;
        let found = value.min(fits.high);
        (self.floor[i] <= found).then_some(found)
    }

    fn too_late(&self, i: usize, value: i64) -> NoChain {
        let last = self.domain(i).last().map_or(-FAR, |interval| interval.high).min(self.ceiling[i]);
        NoChain::Late((value.max(self.floor[i]) - last).max(self.step))
    }

    fn up(&self, value: i64) -> i64 {
        if self.step == 1 { value } else { value + (self.step - value.rem_euclid(self.step)) % self.step }
    }

    fn down(&self, value: i64) -> i64 {
        if self.step == 1 { value } else { value - value.rem_euclid(self.step) }
    }
}
