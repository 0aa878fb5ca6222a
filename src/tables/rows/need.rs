//! Places with their need: as typed, or estimated from population and poverty.

use typed_index_collections::TiVec;

use super::places::{id, name};
use super::position::{Territory, position};
use super::share::{Scale, scale, share_if_given, share_if_known};
use super::{Context, collect};
use crate::diagnostics::{Text, quoted};
use crate::ids::{PlaceId, StopId};
use crate::tables::NeedSettings;
use crate::tables::dataset::Place;
use crate::tables::findings::{Findings, Read, Reported, codes};
use crate::tables::parse::number::LoneComma;
use crate::tables::table::{Row, Table};
use crate::text;
use crate::units::Need;

/// How the columns of the table are written.
struct Columns {
    households_comma: LoneComma,
    population_comma: LoneComma,
    carless: Scale,
    poverty: Scale,
}

/// The rows of `places`. Places whose need can't be told are warned of in one line.
pub(crate) fn places(
    table: &Table,
    territory: Territory,
    context: &Context<'_>,
    findings: &mut Findings,
) -> TiVec<PlaceId, Place> {
    let settings = &context.settings.need;
    if !settings.is_estimated && table.rows().len() > 0 && !table.has("households") {
        table.report_missing_column("households", findings);
        return TiVec::new();
    }
    let columns = Columns {
        households_comma: lone_comma(table, "households"),
        population_comma: lone_comma(table, "population"),
        carless: scale(table, "carless_share", findings),
        poverty: scale(table, "poverty_rate", findings),
    };
    let places = collect(table.rows(), |row| place(row, territory, context, &columns, findings));
    warn_of_unknown(table, &places, findings);
    places.into()
}

fn place(
    row: Row<'_>,
    territory: Territory,
    context: &Context<'_>,
    columns: &Columns,
    findings: &mut Findings,
) -> Result<Place, Reported> {
    let settings = &context.settings.need;
    let name = name(row, findings);
    let insee = row.insee(findings);
    let at = position(row, territory, findings);
    let population = row.number_or_unknown("population", columns.population_comma, findings);
    let households = households(row, population, settings, columns, findings);
    let carless = share_if_given(row, "carless_share", columns.carless, findings);
    let department = row.text("department", findings);
    let epci = row.text("epci", findings);
    let referred_to = context.stops.reference(row, "referred_to", findings);
    let (population, households, insee) = (population?, households?, insee?);
    if let (Some(population), Some(households)) = (population, households)
        && households > population
    {
        return Err(report_more_than_people(row, population, households, findings));
    }
    let need = Need((households.unwrap_or_default() * 1000.0).round() as i64);
    let need_without_car = Need((need.0 as f64 * carless?.unwrap_or(settings.carless_share)).round() as i64);
    Ok(Place {
        id: id(row)?,
        name: name?,
        at: at?,
        need_is_known: households.is_some(),
        need_with_car: need - need_without_car,
        need_without_car,
        population: population.map(|people| people.round() as u32),
        department: department?.unwrap_or_else(|| department_of(&insee).to_owned()),
        epci: epci?.unwrap_or_default(),
        referred_to: referred_to?.map(StopId::from),
        insee,
        row: row.at(),
    })
}

/// Households in need as typed, else by the formula; nothing where it lacks a number.
fn households(
    row: Row<'_>,
    population: Read<f64>,
    settings: &NeedSettings,
    columns: &Columns,
    findings: &mut Findings,
) -> Read<f64> {
    if !settings.is_estimated {
        let typed = row.number("households", columns.households_comma, findings)?;
        return match typed {
            Some(households) => Ok(Some(households)),
            None => Err(row.report_blank(row.table().column("households"), findings)),
        };
    }
    let typed = row.number_or_unknown("households", columns.households_comma, findings);
    let rate = share_if_known(row, "poverty_rate", columns.poverty, findings);
    let income = row.number_or_unknown("median_income", LoneComma::Ambiguous, findings);
    if let Some(households) = typed? {
        return Ok(Some(households));
    }
    let rate =
        rate?.or(income?.map(|income| share_below(settings.poverty_line, income, settings.income_spread)));
    Ok(population?.zip(rate).map(|(people, rate)| people * rate / settings.persons_per_household))
}

/// The share of incomes below `line`, if their logarithms are normal about that of their median: J. Aitchison and
/// J. A. C. Brown, *The Lognormal Distribution*, 1957, chapter 11.
fn share_below(line: f64, median: f64, spread: f64) -> f64 {
    normal_share((line / median).ln() / spread)
}

/// The standard normal distribution below `x`, to fifteen decimals: the Taylor series of G. Marsaglia, *Evaluating the Normal
/// Distribution*, Journal of Statistical Software 11(4), 2004.
fn normal_share(x: f64) -> f64 {
    // Beyond, nothing is left to fifteen decimals.
    if x.abs() > 8.0 {
        return if x > 0.0 { 1.0 } else { 0.0 };
    }
    let (mut sum, mut term, mut odd) = (x, x, 3.0);
    // The terms fall once `odd` has passed the square of x, at most 64.
    while term.abs() > 1e-18 {
        term *= x * x / odd;
        sum += term;
        odd += 2.0;
    }
    0.5 + sum * (-x * x / 2.0).exp() / (2.0 * std::f64::consts::PI).sqrt()
}

/// The department of a commune's code: two characters, three overseas.
fn department_of(insee: &str) -> &str {
    let length = if insee.starts_with("97") || insee.starts_with("98") { 3 } else { 2 };
    insee.get(..length).unwrap_or_default()
}

fn report_more_than_people(
    row: Row<'_>,
    population: f64,
    households: f64,
    findings: &mut Findings,
) -> Reported {
    let column = if row.cell("households").is_some() { "households" } else { "population" };
    let found = row.cell("households").map(|cell| quoted(&cell.text));
    findings.error(
        codes::CONTRADICTION,
        row.at_column(column),
        text!(
            "au plus autant de foyers dans le besoin que d'habitants, {population}",
            "at most as many households in need as inhabitants, {population}"
        ),
        found.unwrap_or_else(|| Text::same(households.to_string())),
        text!(
            "des habitants au lieu de foyers, ou une autre commune ? Corrigez l'un des deux",
            "inhabitants instead of households, or another commune? Mend one of the two"
        ),
    )
}

/// A place of unknown need counts for nothing, which must not go unsaid.
fn warn_of_unknown(table: &Table, places: &[Place], findings: &mut Findings) {
    let mut unknown = places.iter().filter(|place| !place.need_is_known);
    let Some(first) = unknown.next() else { return };
    let (count, first, all) = (unknown.count() + 1, &first.id, places.len());
    findings.warning(
        codes::NOT_KNOWN,
        table.file.clone(),
        text!(
            "des habitants, et un taux de pauvreté ou un revenu médian, pour chaque lieu",
            "inhabitants, and a poverty rate or a median income, for each place"
        ),
        text!(
            "rien de tel pour {count} lieux sur {all}, dont « {first} »",
            "none for {count} places of {all}, among them `{first}`"
        ),
        text!(
            "leur besoin est montré comme inconnu et ne compte pas ; donnez une estimation dans `households`",
            "their need is shown as unknown and does not count; give an estimate in `households`"
        ),
    );
}

/// `1,234` is a decimal comma in a column where other cells have one that can be nothing else.
fn lone_comma(table: &Table, column: &str) -> LoneComma {
    let has_plain_comma = table.rows().filter_map(|row| row.cell(column)).any(|cell| {
        cell.text.split_once(',').is_some_and(|(_, tail)| {
            tail.len() != 3 && !tail.is_empty() && tail.bytes().all(|byte| byte.is_ascii_digit())
        })
    });
    if has_plain_comma { LoneComma::Decimal } else { LoneComma::Ambiguous }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_normal_distribution_is_that_of_the_tables() {
        // 0, one and 1.96 standard deviations, as every table has them.
        for (x, share) in [
            (0.0, 0.5),
            (-1.0, 0.158_655_253_931_457),
            (1.0, 0.841_344_746_068_543),
            (-1.959_963_984_540_054, 0.025),
        ] {
            assert!((normal_share(x) - share).abs() < 1e-14, "{x}");
        }
        assert!(normal_share(-7.9) >= 0.0 && normal_share(7.9) <= 1.0);
        assert_eq!((normal_share(-30.0), normal_share(30.0)), (0.0, 1.0));
    }

    #[test]
    fn a_median_at_the_line_is_half_below_it() {
        assert!((share_below(13_896.0, 13_896.0, 0.43) - 0.5).abs() < 1e-7);
        // ln(13896 / 21500) / 0.43 is -1.0150, below which lie 15.5 %.
        assert!((share_below(13_896.0, 21_500.0, 0.43) - 0.155).abs() < 5e-4);
    }

    #[test]
    fn a_code_tells_its_department() {
        assert_eq!(["58145", "2A004", "97105", ""].map(department_of), ["58", "2A", "971", ""]);
    }
}
