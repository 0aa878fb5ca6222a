//! The finished hierarchy in flat arrays, in the order in which searches meet it.

use super::contract::Contracted;
use super::links::Link;
use super::{Ascent, Hierarchy, Step};

/// Ranks by level from the top; on a level, those with as many steps follow each other (a sweep guesses how often its
/// inner loop turns, and takes half the time where it guesses right), and of them those whose steps lead to near ranks.
pub(super) fn lay_out(contracted: Contracted, graph_digest: u64) -> Hierarchy {
    let Contracted { links, level } = contracted;
    let rank = ranks(&links.out, &links.into, &level);
    let mut by_rank = vec![0; rank.len()];
    for (node, at) in (0_u32..).zip(&rank) {
        by_rank[*at as usize] = node;
    }
    let forward = ascent(&by_rank, &rank, &links.out);
    let backward = ascent(&by_rank, &rank, &links.into);
    let state: Vec<u32> = by_rank.iter().map(|node| links.states[*node as usize]).collect();
    let mut rank_of_state = vec![0; state.len()];
    for (at, state) in (0_u32..).zip(&state) {
        rank_of_state[*state as usize] = at;
    }
    Hierarchy { graph_digest, rank: rank_of_state, state, forward, backward }
}

/// By node: its rank.
fn ranks(out: &[Vec<Link>], into: &[Vec<Link>], level: &[u32]) -> Vec<u32> {
    let mut nodes: Vec<u32> = (0..level.len() as u32).collect();
    nodes.sort_by_key(|node| std::cmp::Reverse(level[*node as usize]));
    let mut rank = vec![0; level.len()];
    let mut next = 0;
    for same_level in nodes.chunk_by_mut(|a, b| level[*a as usize] == level[*b as usize]) {
        let nearest_above = |node: &u32| {
            let lists = [&out[*node as usize], &into[*node as usize]];
            lists.into_iter().flatten().map(|link| rank[link.node as usize]).max()
        };
        let degrees = |node: &u32| (into[*node as usize].len(), out[*node as usize].len());
        same_level.sort_by_cached_key(|node| (degrees(node), nearest_above(node), *node));
        for node in same_level {
            rank[*node as usize] = next;
            next += 1;
        }
    }
    rank
}

fn ascent(by_rank: &[u32], rank: &[u32], lists: &[Vec<Link>]) -> Ascent {
    let count = lists.iter().map(Vec::len).sum();
    let mut ascent = Ascent {
        first: Vec::with_capacity(by_rank.len() + 1),
        steps: Vec::with_capacity(count),
        via: Vec::with_capacity(count),
    };
    ascent.first.push(0);
    for node in by_rank {
        let mut links = lists[*node as usize].clone();
        links.sort_unstable_by_key(|link| rank[link.node as usize]);
        for link in links {
            let (seconds, metres) = (link.weight.seconds(), link.weight.metres());
            ascent.steps.push(Step { to: rank[link.node as usize], metres, seconds });
            let is_direct = link.via == Link::DIRECT;
            ascent.via.push(if is_direct { Ascent::DIRECT } else { rank[link.via as usize] });
        }
        ascent.first.push(ascent.steps.len() as u32);
    }
    ascent
}
