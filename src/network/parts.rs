//! Strongly connected parts of a directed graph in flat arrays.

/// Marks the members of the part that has the most; of equal ones, of the one met first.
pub(super) fn largest(part_of: &[Option<u32>]) -> Vec<bool> {
    let mut sizes: Vec<u32> = Vec::new();
    for part in part_of.iter().flatten() {
        let at = *part as usize;
        if at >= sizes.len() {
            sizes.resize(at + 1, 0);
        }
        sizes[at] += 1;
    }
    let most = sizes.iter().copied().max();
    let winner = part_of.iter().flatten().find(|part| Some(sizes[**part as usize]) == most).copied();
    part_of.iter().map(|part| part.is_some() && *part == winner).collect()
}

/// The number of the strongly connected part of each state that `is_open` admits; `None` for the others.
///
/// `first_edge[s]..first_edge[s + 1]` are the positions in `heads` of the edges of state `s`. Linear; an explicit
/// stack, as roads make call chains of a million (Tarjan 1972).
pub(super) fn strong_parts(
    first_edge: &[u32],
    heads: &[u32],
    is_open: impl Fn(u32) -> bool,
) -> Vec<Option<u32>> {
    const NEW: u32 = u32::MAX;
    let count = first_edge.len() - 1;
    let mut part_of: Vec<Option<u32>> = vec![None; count];
    let mut order = vec![NEW; count]; // when first seen
    let mut low = vec![NEW; count]; // earliest state of the stack reached
    let mut stack: Vec<u32> = Vec::new(); // seen, part not known
    let mut calls: Vec<(u32, u32)> = Vec::new(); // (state, next edge)
    let (mut clock, mut parts) = (0, 0);

    for root in 0..count as u32 {
        if order[root as usize] != NEW || !is_open(root) {
            continue;
        }
        calls.push((root, first_edge[root as usize]));
        while let Some((state, edge)) = calls.pop() {
            let s = state as usize;
            if order[s] == NEW {
                (order[s], low[s]) = (clock, clock);
                clock += 1;
                stack.push(state);
            } else if edge > first_edge[s] {
                let child = heads[edge as usize - 1] as usize;
                if is_open(child as u32) && part_of[child].is_none() {
                    low[s] = low[s].min(low[child]);
                }
            }
            let mut next = edge;
            let mut descends = false;
            while next < first_edge[s + 1] && !descends {
                let head = heads[next as usize];
                let h = head as usize;
                next += 1;
                if !is_open(head) {
                    continue;
                }
                if order[h] == NEW {
                    calls.push((state, next));
                    calls.push((head, first_edge[h]));
                    descends = true;
                } else if part_of[h].is_none() {
                    low[s] = low[s].min(order[h]);
                }
            }
            if !descends && low[s] == order[s] {
                while let Some(member) = stack.pop() {
                    part_of[member as usize] = Some(parts);
                    if member == state {
                        break;
                    }
                }
                parts += 1;
            }
        }
    }
    part_of
}

/// Marks the states that `from` marks, and all that edges lead to from them.
pub(super) fn reachable(first_edge: &[u32], heads: &[u32], from: &[bool]) -> Vec<bool> {
    let mut reached = from.to_vec();
    let mut rest: Vec<usize> = (0..from.len()).filter(|state| from[*state]).collect();
    while let Some(state) = rest.pop() {
        for head in &heads[first_edge[state] as usize..first_edge[state + 1] as usize] {
            if !reached[*head as usize] {
                reached[*head as usize] = true;
                rest.push(*head as usize);
            }
        }
    }
    reached
}

/// The same edges, turned round.
pub(super) fn reversed(first_edge: &[u32], heads: &[u32]) -> (Vec<u32>, Vec<u32>) {
    let mut first = vec![0_u32; first_edge.len()];
    for head in heads {
        first[*head as usize + 1] += 1;
    }
    for state in 1..first.len() {
        first[state] += first[state - 1];
    }
    let mut next = first.clone();
    let mut tails = vec![0; heads.len()];
    for state in 0..first_edge.len() - 1 {
        for head in &heads[first_edge[state] as usize..first_edge[state + 1] as usize] {
            let slot = &mut next[*head as usize];
            tails[*slot as usize] = state as u32;
            *slot += 1;
        }
    }
    (first, tails)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn flat(edges: &[(u32, u32)], count: u32) -> (Vec<u32>, Vec<u32>) {
        let mut sorted = edges.to_vec();
        sorted.sort_unstable();
        let first = (0..=count).map(|s| sorted.partition_point(|e| e.0 < s) as u32).collect();
        (first, sorted.iter().map(|e| e.1).collect())
    }

    fn largest_part(first: &[u32], heads: &[u32], is_open: impl Fn(u32) -> bool) -> Vec<bool> {
        largest(&strong_parts(first, heads, is_open))
    }

    #[test]
    fn a_one_way_exit_is_not_in_the_part() {
        // 0 → 1 → 2 → 0, and 2 → 3 without return
        let (first, heads) = flat(&[(0, 1), (1, 2), (2, 0), (2, 3)], 4);
        assert_eq!(largest_part(&first, &heads, |_| true), [true, true, true, false]);
    }

    #[test]
    fn closing_a_state_cuts_the_part() {
        // a chain both ways 0 - 1 - 2 - 3 - 4, cut at 1
        let chain = [(0, 1), (1, 0), (1, 2), (2, 1), (2, 3), (3, 2), (3, 4), (4, 3)];
        let (first, heads) = flat(&chain, 5);
        assert_eq!(largest_part(&first, &heads, |s| s != 1), [false, false, true, true, true]);
    }

    #[test]
    fn turned_round_edges_lead_back() {
        let (first, heads) = flat(&[(0, 1), (1, 2), (3, 1)], 4);
        assert_eq!(reachable(&first, &heads, &[false, true, false, false]), [false, true, true, false]);
        let (first, heads) = reversed(&first, &heads);
        assert_eq!(reachable(&first, &heads, &[false, true, false, false]), [true, true, false, true]);
    }

    #[test]
    fn parts_agree_with_petgraph_on_generated_graphs() {
        let mut seed = 7_u64;
        let mut draw = |below: u32| {
            seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            (seed >> 33) as u32 % below
        };
        for round in 0..200 {
            let count = 2 + round % 30;
            let edges: Vec<_> = (0..count * 2).map(|_| (draw(count), draw(count))).collect();
            let (first, heads) = flat(&edges, count);
            let graph = petgraph::graph::DiGraph::<(), ()>::from_edges(&edges);
            let largest = petgraph::algo::kosaraju_scc(&graph).iter().map(Vec::len).max().unwrap_or(1);
            let marked = largest_part(&first, &heads, |_| true);
            assert_eq!(marked.iter().filter(|in_part| **in_part).count(), largest, "{edges:?}");
        }
    }

    #[test]
    fn a_long_chain_needs_no_deep_call_stack() {
        let edges: Vec<_> = (0..200_000).map(|s| (s, s + 1)).chain([(200_000, 0)]).collect();
        let (first, heads) = flat(&edges, 200_001);
        assert!(largest_part(&first, &heads, |_| true).iter().all(|in_part| *in_part));
    }
}
