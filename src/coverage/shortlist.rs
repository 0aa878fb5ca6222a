//! Where a few facilities reach most need: maximal covering (Church & ReVelle 1974), greedily, then improved.
//!
//! The greedy choice reaches at least 1 - 1/e of what the best choice of as many would: G. Nemhauser, L. Wolsey and
//! M. Fisher, *An analysis of approximations for maximizing submodular set functions I*, Mathematical Programming 14,
//! 1978, section 4. Swaps only add to it. Pure: no place, road or table is known here.

use std::cmp::Reverse;
use std::collections::BinaryHeap;

/// Demand, and what each candidate reaches of it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Covering {
    /// Of each demand; not negative.
    pub weights: Vec<i64>,
    /// For each candidate the demands it reaches, each once.
    pub reached: Vec<Vec<u32>>,
}

/// A chosen candidate.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Pick {
    /// Position in [`Covering::reached`].
    pub candidate: usize,
    /// What it reaches beyond those before it; more than zero.
    pub gain: i64,
    /// What it reaches by itself.
    pub alone: i64,
}

/// A choice of candidates.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Shortlist {
    /// The most gain first; ties by candidate.
    pub picks: Vec<Pick>,
    /// No choice of as many candidates reaches more than this.
    pub bound: i64,
}

impl Shortlist {
    /// What the picks reach together.
    pub fn reached(&self) -> i64 {
        self.picks.iter().map(|pick| pick.gain).sum()
    }
}

/// Passes over all swaps at most; each accepted swap reaches more, and far fewer are needed in practice.
const PASSES: usize = 50;

/// At most `count` candidates that reach as much as possible; fewer where fewer reach all that can be reached.
///
/// `O(reach)` for the greedy choice, times few by lazy evaluation, then `O(count * reach)` a pass of swaps.
pub fn shortlist(covering: &Covering, count: usize) -> Shortlist {
    let all: Vec<usize> = (0..covering.reached.len()).collect();
    let mut chosen: Vec<usize> = greedy(covering, &all, count).iter().map(|pick| pick.candidate).collect();
    improve(covering, &mut chosen);
    // The order of a greedy choice among them: each is worth most after those before it.
    chosen.sort_unstable();
    let picks = greedy(covering, &chosen, chosen.len());
    let bound = bound(covering, &picks, count);
    Shortlist { picks, bound }
}

/// The candidate with the most gain, again and again. A gain only falls as others are chosen, so that most stale ones need
/// not be counted anew: M. Minoux, *Accelerated greedy algorithms for maximizing submodular set functions*, 1978.
fn greedy(covering: &Covering, among: &[usize], count: usize) -> Vec<Pick> {
    let mut is_reached = vec![false; covering.weights.len()];
    let alone = |candidate: usize| -> i64 { worth(covering, candidate, |_| true) };
    let mut waiting: BinaryHeap<(i64, Reverse<usize>)> =
        among.iter().map(|&candidate| (alone(candidate), Reverse(candidate))).collect();
    let mut picks = Vec::new();
    while picks.len() < count
        && let Some((stale, Reverse(candidate))) = waiting.pop()
    {
        let gain = worth(covering, candidate, |demand| !is_reached[demand]);
        if gain == 0 {
            continue;
        }
        if gain < stale {
            waiting.push((gain, Reverse(candidate)));
            continue;
        }
        for &demand in &covering.reached[candidate] {
            is_reached[demand as usize] = true;
        }
        picks.push(Pick { candidate, gain, alone: alone(candidate) });
    }
    picks
}

/// What a candidate reaches of the demand that counts.
fn worth(covering: &Covering, candidate: usize, counts: impl Fn(usize) -> bool) -> i64 {
    let reached = covering.reached[candidate].iter().map(|&demand| demand as usize);
    reached.filter(|&demand| counts(demand)).map(|demand| covering.weights[demand]).sum()
}

/// Exchanges one chosen candidate for the best other one, while that reaches more (M. Teitz and P. Bart, *Heuristic methods
/// for estimating the generalized vertex median of a weighted graph*, Operations Research 16, 1968).
fn improve(covering: &Covering, chosen: &mut [usize]) {
    let mut times = vec![0_u32; covering.weights.len()];
    for &candidate in chosen.iter() {
        count_in(covering, candidate, &mut times);
    }
    for _ in 0..PASSES {
        let mut has_changed = false;
        for place in chosen.iter_mut() {
            let out = *place;
            for &demand in &covering.reached[out] {
                times[demand as usize] -= 1;
            }
            let gain = |candidate: usize| worth(covering, candidate, |demand| times[demand] == 0);
            let best =
                (0..covering.reached.len()).map(|candidate| (gain(candidate), Reverse(candidate))).max();
            if let Some((more, Reverse(better))) = best.filter(|(more, _)| *more > gain(out)) {
                debug_assert!(more > 0, "a swap reaches more");
                *place = better;
                has_changed = true;
            }
            count_in(covering, *place, &mut times);
        }
        if !has_changed {
            break;
        }
    }
}

fn count_in(covering: &Covering, candidate: usize, times: &mut [u32]) {
    for &demand in &covering.reached[candidate] {
        times[demand as usize] += 1;
    }
}

/// What the picks reach, and the `count` largest gains beyond it: no other choice can add more, as gains only fall
/// (Nemhauser, Wolsey & Fisher, proposition 2.2). Nor can any reach more than all that some candidate reaches.
fn bound(covering: &Covering, picks: &[Pick], count: usize) -> i64 {
    let mut is_reached = vec![false; covering.weights.len()];
    for pick in picks {
        for &demand in &covering.reached[pick.candidate] {
            is_reached[demand as usize] = true;
        }
    }
    let candidates = 0..covering.reached.len();
    let mut more: Vec<i64> =
        candidates.map(|candidate| worth(covering, candidate, |demand| !is_reached[demand])).collect();
    more.sort_unstable_by_key(|gain| Reverse(*gain));
    let reached: i64 = picks.iter().map(|pick| pick.gain).sum();
    let mut is_reachable = vec![false; covering.weights.len()];
    for &demand in covering.reached.iter().flatten() {
        is_reachable[demand as usize] = true;
    }
    let weights = covering.weights.iter().zip(is_reachable);
    let reachable: i64 = weights.filter(|(_, reachable)| *reachable).map(|(weight, _)| weight).sum();
    (reached + more.into_iter().take(count).sum::<i64>()).min(reachable)
}
