//! A client that may be put in: what visiting it would amount to, and where it would cost least.

use super::context::{Context, NONE};
use super::cover::Prospect;
use super::route::{VisitFacts, route_cost};
use super::shift::ShiftFacts;
use super::state::{Placement, State, loss, visit_facts};
use crate::model::schedule::{VisitLoad, visit_load};

/// A client that is left out, with what visiting it would amount to now.
#[derive(Clone, Debug, Default)]
pub(super) struct Candidate {
    pub client: u32,
    /// What it earns at once.
    pub gain: i64,
    /// What would come to each visit.
    pub load: VisitLoad,
    /// By serving class.
    pub facts: Vec<VisitFacts>,
    /// Worth of those turned away, by serving class, as a share of each visit.
    pub losses: Vec<i64>,
}

impl Candidate {
    /// Fills in what visiting `client`, which is left out, would amount to now.
    pub fn set(&mut self, state: &State<'_, '_>, client: u32) {
        self.set_beside(state, client, NONE);
    }

    /// Fills in what visiting `client` would amount to if `beside` is visited too; both are left out now.
    pub fn set_beside(&mut self, state: &State<'_, '_>, client: u32, beside: u32) {
        let prospect = state.prospect(client, beside);
        self.set_for(state, client, &prospect);
        self.gain = state.gain(client, &prospect);
    }

    /// Fills in what a visit of an open client amounts to, which is to be put back.
    pub fn set_visit(&mut self, state: &State<'_, '_>, client: u32) {
        self.set_for(state, client, &state.attendance(client));
        self.gain = 0;
    }

    fn set_for(&mut self, state: &State<'_, '_>, client: u32, prospect: &Prospect) {
        let context = state.context;
        self.client = client;
        self.load = visit_load(context.client(client), prospect.attending);
        self.facts.clear();
        let classes = 0..context.serving_classes;
        if self.load == state.load(client) {
            self.facts.extend(classes.map(|class| state.facts(client, class as u32)));
        } else {
            self.facts.extend(classes.map(|class| visit_facts(context, client, class, self.load)));
        }
        let visits = context.visits_least[client as usize];
        let share =
            |facts: &VisitFacts| loss(facts.turned_away, prospect.attending, prospect.around) / visits;
        self.losses.clear();
        self.losses.extend(self.facts.iter().map(share));
    }

    /// The least that a route costs on which it is the only visit.
    #[inline]
    pub fn least_alone(&self, context: &Context<'_>, shift: &ShiftFacts) -> i64 {
        let ways = context.ways_of(shift);
        let (serving, point) = (shift.serving as usize, context.points[self.client as usize]);
        let way = ways.get_into(shift.start, point) + ways.get(point, shift.end);
        let duty = way.seconds + self.facts[serving].opening;
        route_cost(shift, way.metres, duty) + self.losses[serving]
    }
}

/// The best places of a candidate.
#[derive(Clone, Debug, Default)]
pub(super) struct Found {
    /// What they cost, gain not taken off.
    pub delta: i64,
    /// One for each day of a pattern.
    pub placements: Vec<Placement>,
}
