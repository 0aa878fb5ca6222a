//! Two solutions as arcs, and the cycles of those that are not in both.
//!
//! Arcs of the first solution followed forwards and arcs of the other one followed backwards, in turn, make cycles (Nagata & Bräysy
//! 2009, *Edge assembly-based memetic algorithm for the capacitated vehicle routing problem*, section 2.2; with directions: Nagata,
//! Bräysy & Dullaert 2010, *A penalty-based edge assembly memetic algorithm for the vehicle routing problem with time windows*).
//! Where the arcs of a cycle that the first solution has give way to the others, every client still has one arc in and one out.
//! Ours: each class of shifts has as many routes in both, some of them empty, so that as many leave each depot as before.

use super::context::{Context, NONE};
use super::crossing::{FIRST, OTHER};
use super::rng::Rng;

/// Arcs of the first solution and as many of the other one, each named by its tail.
pub(super) type Cycle = [Vec<u32>; 2];

/// The arcs of a solution, each named by its tail: a client by its number, the depot that a route leaves by that of the route,
/// after those of the clients.
#[derive(Clone, Debug)]
pub(super) struct Arcs {
    /// Where each ends: at a client or, after those, at the depot where a class of routes ends.
    pub head: Vec<u32>,
    /// The arc into each client.
    pub into: Vec<u32>,
}

impl Arcs {
    fn none(clients: usize) -> Self {
        Self { head: vec![NONE; clients], into: vec![NONE; clients] }
    }

    /// The clients that come after an arc's tail, as far as a depot; on a round trip without end.
    pub fn after(&self, arc: u32) -> impl Iterator<Item = u32> {
        let clients = self.into.len() as u32;
        let head = move |arc: u32| Some(self.head[arc as usize]).filter(|&head| head < clients);
        std::iter::successors(head(arc), move |&client| head(client))
    }

    fn add_route(&mut self, clients: &[u32], depot: u32) {
        let mut tail = self.head.len();
        self.head.push(depot);
        for &client in clients {
            self.head[tail] = client;
            self.into[client as usize] = tail as u32;
            tail = client as usize;
        }
        self.head[tail] = depot;
    }
}

/// Two solutions that visit the same clients with as many routes of each class.
pub(super) struct Parents<'c, 'p> {
    pub context: &'c Context<'p>,
    /// The shift of each route.
    pub shifts: Vec<u32>,
    /// By class of shifts: the first one whose routes end where those of this class do.
    ends: Vec<u32>,
    pub arcs: [Arcs; 2],
}

impl<'c, 'p> Parents<'c, 'p> {
    /// None where there are several days or trips, where vehicles are not alike but for their depots, or where one solution visits
    /// somebody whom the other does not. O(clients + shifts · classes).
    pub fn new(context: &'c Context<'p>, solutions: [&[(u32, Vec<u32>)]; 2]) -> Option<Self> {
        let has_trips = |(_, clients): &(u32, Vec<u32>)| clients.contains(&NONE);
        if context.days > 1
            || context.alike_on(0).is_none()
            || solutions.iter().any(|routes| routes.iter().any(has_trips))
        {
            return None;
        }
        let clients = context.clients();
        let ends = ends_of_classes(context);
        let by_class = solutions.map(|routes| by_class(context, ends.len(), routes));
        let mut arcs = [Arcs::none(clients), Arcs::none(clients)];
        let mut shifts = Vec::new();
        for (class, &end) in ends.iter().enumerate() {
            let routes = by_class.each_ref().map(|by_class| &by_class[class]);
            let count = routes[FIRST].len().max(routes[OTHER].len());
            for (arcs, routes) in arcs.iter_mut().zip(routes) {
                let padded = routes.iter().copied().chain(std::iter::repeat(&[][..]));
                padded.take(count).for_each(|visits| arcs.add_route(visits, clients as u32 + end));
            }
            // One vehicle of a class is as good as another.
            let alike = context.shifts.iter().filter(|shift| shift.class as usize == class);
            let vehicles = alike.flat_map(|shift| std::iter::repeat_n(shift.index, shift.count as usize));
            shifts.extend(vehicles.take(count));
        }
        let [first, other] = &arcs;
        let is_visited = |arcs: &Arcs, client: usize| arcs.into[client] != NONE;
        let is_same = (0..clients).all(|client| is_visited(first, client) == is_visited(other, client));
        is_same.then_some(Self { context, shifts, ends, arcs })
    }

    /// The place that an arc leaves: its client or, after those, the depot that routes of its class leave.
    pub fn tail(&self, arc: u32) -> u32 {
        match arc.checked_sub(self.context.clients() as u32) {
            Some(route) => {
                self.context.shifts[self.shifts[route as usize] as usize].class
                    + self.context.clients() as u32
            }
            None => arc,
        }
    }

    /// Clients, and depots of all classes.
    fn places(&self) -> usize {
        self.context.clients() + self.ends.len()
    }

    /// All cycles of arcs that are not in both. Depots are where cycles may part in one way or another: chance decides, and a cycle is
    /// closed wherever it comes to a place again. O(clients + routes).
    pub fn cycles(&self, rng: &mut Rng) -> Vec<Cycle> {
        let [mut out, mut back] = self.apart(rng);
        let mut places: Vec<u32> = (0..self.places() as u32).collect();
        rng.shuffle(&mut places);
        let mut walk = Walk::new(self.places());
        for start in places {
            let mut tail = start;
            while let Some(arc) = out.pop(tail) {
                walk.begin_if_over(tail);
                let head = self.arcs[FIRST].head[arc as usize];
                walk.go(FIRST, arc, head);
                let arc = back.pop(head).expect("as many arcs of one end there as of the other");
                tail = self.tail(arc);
                walk.go(OTHER, arc, tail);
            }
        }
        walk.cycles
    }

    /// The arcs that are not in both: those of the first solution by where they begin, those of the other one by where they end.
    fn apart(&self, rng: &mut Rng) -> [Stacks; 2] {
        let [first, other] = &self.arcs;
        let clients = self.context.clients() as u32;
        let mut is_common = [vec![false; first.head.len()], vec![false; first.head.len()]];
        for client in 0..clients {
            let [one, two] = [first.into[client as usize], other.into[client as usize]];
            if one != NONE && self.tail(one) == self.tail(two) {
                is_common[FIRST][one as usize] = true;
                is_common[OTHER][two as usize] = true;
            }
            // Its last visit's way home.
            if first.head[client as usize] >= clients
                && first.head[client as usize] == other.head[client as usize]
            {
                for is_common in &mut is_common {
                    is_common[client as usize] = true;
                }
            }
        }
        let mut arcs: Vec<u32> = (0..first.head.len() as u32).collect();
        rng.shuffle(&mut arcs);
        let mut apart = [Stacks::new(self.places(), arcs.len()), Stacks::new(self.places(), arcs.len())];
        for arc in arcs {
            if !is_common[FIRST][arc as usize] && first.head[arc as usize] != NONE {
                apart[FIRST].push(self.tail(arc), arc);
            }
            if !is_common[OTHER][arc as usize] && other.head[arc as usize] != NONE {
                apart[OTHER].push(other.head[arc as usize], arc);
            }
        }
        apart
    }
}

/// By class of shifts: the first one whose routes end where those of this class do.
fn ends_of_classes(context: &Context<'_>) -> Vec<u32> {
    let end = |class: u32| context.shifts.iter().find(|shift| shift.class == class).map(|shift| shift.end);
    let ends: Vec<Option<u32>> = (0..context.classes() as u32).map(end).collect();
    ends.iter()
        .map(|end| ends.iter().position(|other| other == end).expect("itself at last") as u32)
        .collect()
}

/// The visits of the routes of each class that have any.
fn by_class<'r>(context: &Context<'_>, classes: usize, routes: &'r [(u32, Vec<u32>)]) -> Vec<Vec<&'r [u32]>> {
    let mut by_class = vec![Vec::new(); classes];
    for (shift, clients) in routes.iter().filter(|(_, clients)| !clients.is_empty()) {
        by_class[context.shifts[*shift as usize].class as usize].push(clients.as_slice());
    }
    by_class
}

/// A stack of arcs for each place.
struct Stacks {
    top: Vec<u32>,
    /// What lies below each arc.
    below: Vec<u32>,
}

impl Stacks {
    fn new(places: usize, arcs: usize) -> Self {
        Self { top: vec![NONE; places], below: vec![NONE; arcs] }
    }

    fn push(&mut self, place: u32, arc: u32) {
        self.below[arc as usize] = std::mem::replace(&mut self.top[place as usize], arc);
    }

    fn pop(&mut self, place: u32) -> Option<u32> {
        let arc = self.top[place as usize];
        (arc != NONE).then(|| {
            self.top[place as usize] = self.below[arc as usize];
            arc
        })
    }
}

/// A step along an arc of a solution, to a place: where an arc ends for the first solution, where one begins for the other.
#[derive(Clone, Copy)]
struct Step {
    side: usize,
    arc: u32,
    place: u32,
}

/// A walk along arcs of both solutions in turn, from which cycles are taken off.
struct Walk {
    steps: Vec<Step>,
    /// How many steps there were when the walk was at each place, by which solution's arc it came there.
    seen: [Vec<u32>; 2],
    cycles: Vec<Cycle>,
}

impl Walk {
    fn new(places: usize) -> Self {
        Self { steps: Vec::new(), seen: [vec![NONE; places], vec![NONE; places]], cycles: Vec::new() }
    }

    /// Begins at a place, unless the walk is under way.
    fn begin_if_over(&mut self, place: u32) {
        if self.steps.is_empty() {
            self.seen[OTHER][place as usize] = 0;
        }
    }

    /// Goes on, and takes off what has become a cycle.
    fn go(&mut self, side: usize, arc: u32, place: u32) {
        self.steps.push(Step { side, arc, place });
        let from = self.seen[side][place as usize];
        if from != NONE {
            let mut cycle = Cycle::default();
            for step in self.steps.drain(from as usize..) {
                cycle[step.side].push(step.arc);
                self.seen[step.side][step.place as usize] = NONE;
            }
            self.cycles.push(cycle);
        }
        // Where nothing is left the next walk begins somewhere else.
        if !self.steps.is_empty() {
            self.seen[side][place as usize] = self.steps.len() as u32;
        }
    }
}
