//! The linear program over the routes known so far, whose prices tell which routes to look for next.
//!
//! Solved in floating point by an interior point method, which ends in the middle of all best prices and so calms the
//! column generation (Gondzio, González-Brevis & Munari 2013). Nothing here need be exact: any prices give a bound.

use std::collections::{BTreeMap, BTreeSet};

use clarabel::algebra::CscMatrix;
use clarabel::solver::{DefaultSettingsBuilder, DefaultSolver, IPSolver, NonnegativeConeT, SolverStatus};
use typed_index_collections::TiVec;

use super::multipliers::Multipliers;
use super::relaxation::Relaxation;
use crate::ids::ClientId;
use crate::units::{Cost, Day, DaySet};

/// A route as the linear program sees it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Column {
    /// Position of its shift among the graphs; none: as many of these as one likes.
    pub shift: Option<usize>,
    /// When, in the period.
    pub day: Day,
    /// Visits, in order.
    pub clients: Vec<ClientId>,
    pub cost: i64,
}

/// What the linear program answers.
#[derive(Clone, Debug)]
pub(super) struct Answer {
    pub multipliers: Multipliers,
    /// What leaving on another route of a shift is worth, by graph: zero or more.
    pub leaving: Vec<i64>,
    /// Its least total.
    pub total: f64,
    /// To what gap it was solved, in parts of its total.
    pub tolerance: f64,
    /// Whether somebody is left out whose penalty was cut.
    pub is_cut: bool,
    /// How much of each column is used.
    pub used: Vec<f64>,
}

/// Money to the program's unit, which keeps its numbers near one.
const UNIT: f64 = Cost::PER_EURO as f64 * 100.0;

/// Tolerance of the interior point method at its finest; more would be noise in what comes of it.
const FINEST: f64 = 1e-6;
/// At its coarsest.
const COARSEST: f64 = 1e-2;

/// Solves the program over `columns`, penalties of clients cut to `penalty_max`, to a gap of `tolerance` in parts of its total;
/// none where the solver fails.
pub(super) fn solve(
    relaxation: &Relaxation<'_>,
    columns: &[Column],
    penalty_max: i64,
    tolerance: f64,
) -> Option<Answer> {
    let program = Program::new(relaxation, columns, penalty_max);
    let tolerance = tolerance.clamp(FINEST, COARSEST);
    let (primal, dual) = program.solve(tolerance)?;
    Some(program.answer(relaxation, &primal, &dual, penalty_max, tolerance))
}

/// `min cost x` with `rows x <= limit`, `x >= 0`.
#[derive(Default)]
struct Program {
    cost: Vec<f64>,
    limit: Vec<f64>,
    /// Row, variable, coefficient.
    cells: (Vec<usize>, Vec<usize>, Vec<f64>),
    links: BTreeMap<(ClientId, Day), usize>,
    /// Rows of shared groups, of clients, of shifts.
    groups: Vec<usize>,
    choices: TiVec<ClientId, Option<usize>>,
    /// Clients of the variables of patterns, and the first of these.
    choosing: Vec<ClientId>,
    first_choice: usize,
    shifts: Vec<usize>,
    constant: f64,
}

impl Program {
    fn new(relaxation: &Relaxation<'_>, columns: &[Column], penalty_max: i64) -> Self {
        let mut program = Self { constant: relaxation.worth.constant as f64 / UNIT, ..Self::default() };
        program.add_rows(relaxation);
        for column in columns {
            let variable = program.variable(column.cost as f64 / UNIT);
            for &client in &column.clients {
                if let Some(&row) = program.links.get(&(client, column.day)) {
                    program.cell(row, variable, -1.0);
                }
            }
            if let Some(shift) = column.shift {
                program.cell(program.shifts[shift], variable, 1.0);
            }
        }
        program.first_choice = program.cost.len();
        program.add_patterns(relaxation, penalty_max);
        program.add_groups(relaxation);
        program
    }

    fn add_rows(&mut self, relaxation: &Relaxation<'_>) {
        for (client, patterns) in relaxation.patterns.iter_enumerated() {
            for day in patterns.iter().flat_map(|set| set.iter()).map(|day| relaxation.first_like(day)) {
                if !self.links.contains_key(&(client, day)) {
                    let row = self.row(0.0);
                    self.links.insert((client, day), row);
                }
            }
            let choice = (!patterns.is_empty()).then(|| self.row(1.0));
            self.choices.push(choice);
        }
        self.groups = relaxation.worth.shared.iter().map(|_| self.row(0.0)).collect();
        self.shifts = relaxation.graphs.iter().map(|graph| self.row(f64::from(graph.count))).collect();
    }

    fn add_patterns(&mut self, relaxation: &Relaxation<'_>, penalty_max: i64) {
        let worth = &relaxation.worth;
        let mut groups_of: TiVec<ClientId, Vec<usize>> = worth.own.iter().map(|_| Vec::new()).collect();
        for (shared, &row) in worth.shared.iter().zip(&self.groups) {
            for &client in &shared.clients {
                groups_of[client].push(row);
            }
        }
        for (client, patterns) in relaxation.patterns.iter_enumerated() {
            if patterns.is_empty() {
                self.constant += worth.missed[client] as f64 / UNIT;
                continue;
            }
            let missed = worth.missed[client].min(penalty_max);
            self.constant += missed as f64 / UNIT;
            // Patterns that differ by the week are one.
            let visits: BTreeSet<Vec<(Day, u32)>> =
                patterns.iter().map(|pattern| visits(relaxation, *pattern)).collect();
            for visits in visits {
                let variable = self.variable(-(worth.own[client] + missed) as f64 / UNIT);
                self.choosing.push(client);
                for (day, times) in visits {
                    self.cell(self.links[&(client, day)], variable, f64::from(times));
                }
                if let Some(row) = self.choices[client] {
                    self.cell(row, variable, 1.0);
                }
                for &row in &groups_of[client] {
                    self.cell(row, variable, -1.0);
                }
            }
        }
    }

    fn add_groups(&mut self, relaxation: &Relaxation<'_>) {
        for (index, shared) in relaxation.worth.shared.iter().enumerate() {
            let variable = self.variable(-(shared.value as f64) / UNIT);
            self.cell(self.groups[index], variable, 1.0);
            let once = self.row(1.0);
            self.cell(once, variable, 1.0);
        }
    }

    fn row(&mut self, limit: f64) -> usize {
        self.limit.push(limit);
        self.limit.len() - 1
    }

    fn variable(&mut self, cost: f64) -> usize {
        self.cost.push(cost);
        self.cost.len() - 1
    }

    fn cell(&mut self, row: usize, variable: usize, coefficient: f64) {
        let (rows, variables, coefficients) = &mut self.cells;
        rows.push(row);
        variables.push(variable);
        coefficients.push(coefficient);
    }

    /// Values of variables and prices of rows.
    fn solve(&self, tolerance: f64) -> Option<(Vec<f64>, Vec<f64>)> {
        let (variables, rows) = (self.cost.len(), self.limit.len());
        if variables == 0 {
            return Some((Vec::new(), vec![0.0; rows]));
        }
        let (mut at_row, mut at_variable, mut coefficients) = self.cells.clone();
        // Nothing is negative.
        for variable in 0..variables {
            at_row.push(rows + variable);
            at_variable.push(variable);
            coefficients.push(-1.0);
        }
        let all = rows + variables;
        let matrix = CscMatrix::new_from_triplets(all, variables, at_row, at_variable, coefficients);
        let limit: Vec<f64> = self.limit.iter().copied().chain(std::iter::repeat_n(0.0, variables)).collect();
        let settings = DefaultSettingsBuilder::default()
            .verbose(false)
            .tol_gap_abs(FINEST)
            .tol_gap_rel(tolerance)
            .tol_feas(tolerance)
            .build()
            .ok()?;
        let no_squares = CscMatrix::zeros((variables, variables));
        let cones = [NonnegativeConeT(all)];
        let mut solver =
            DefaultSolver::new(&no_squares, &self.cost, &matrix, &limit, &cones, settings).ok()?;
        solver.solve();
        let solution = solver.solution;
        let is_usable = matches!(
            solution.status,
            SolverStatus::Solved | SolverStatus::AlmostSolved | SolverStatus::InsufficientProgress
        );
        let is_finite = |values: &[f64]| values.iter().all(|value| value.is_finite());
        (is_usable && is_finite(&solution.x) && is_finite(&solution.z)).then_some((solution.x, solution.z))
    }

    fn answer(
        &self,
        relaxation: &Relaxation<'_>,
        primal: &[f64],
        dual: &[f64],
        penalty_max: i64,
        tolerance: f64,
    ) -> Answer {
        let money = |row: usize| (dual[row].max(0.0) * UNIT).round() as i64;
        let mut multipliers = Multipliers::zero(relaxation);
        for (&(client, day), &row) in &self.links {
            multipliers.set_visit(client, day, money(row));
        }
        for (group, &row) in self.groups.iter().enumerate() {
            multipliers.set_group(group, money(row));
        }
        let missed = &relaxation.worth.missed;
        let mut open: TiVec<ClientId, f64> = missed.iter().map(|_| 0.0).collect();
        for (&client, value) in self.choosing.iter().zip(&primal[self.first_choice..]) {
            open[client] += value;
        }
        let used = primal[..self.first_choice].to_vec();
        let is_left_out = |client: ClientId| self.choices[client].is_some() && open[client] < 0.999;
        Answer {
            multipliers,
            tolerance,
            used,
            leaving: self.shifts.iter().map(|&row| money(row)).collect(),
            total: (self.cost.iter().zip(primal).map(|(cost, value)| cost * value).sum::<f64>()
                + self.constant)
                * UNIT,
            is_cut: missed.keys().any(|client| missed[client] > penalty_max && is_left_out(client)),
        }
    }
}

/// How often a pattern visits on each day of the period.
fn visits(relaxation: &Relaxation<'_>, pattern: DaySet) -> Vec<(Day, u32)> {
    let mut visits = BTreeMap::new();
    for day in pattern.iter() {
        *visits.entry(relaxation.first_like(day)).or_insert(0) += 1;
    }
    visits.into_iter().collect()
}
