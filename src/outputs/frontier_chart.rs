//! The chart of `tournee frontier`: cost from left to right, need covered upwards; dominated points are pale.
//!
//! Drawn once for both files. The words of the picture are in Noto Sans, which the program carries: a machine may have no
//! fonts. Those of the SVG are in the reader's own.

use std::error::Error;

use plotters::coord::Shift;
use plotters::coord::types::RangedCoordf64;
use plotters::prelude::*;
use plotters::style::register_font;

use super::frontier::{antennas_in_words, means_in_words};
use super::png::png as png_file;
use super::words;
use crate::outputs::geojson::Credits;
use crate::plan::frontier::{Frontier, Point};
use crate::tables::Resources;
use crate::text;

/// Size of the chart in pixels.
const SIZE: (u32, u32) = (900, 560);
/// Pixels of the picture for one of the chart, so that it prints well.
const PICTURE_SCALE: u32 = 2;
/// Most lines that the legend names: more would cover the curves.
const NAMES_MAX: usize = 12;
/// Of one combination of means each or, where there are more, of one number of antennas; Paul Tol's *muted* scheme.
const COLOURS: [RGBColor; 6] = [
    RGBColor(0x33, 0x22, 0x88),
    RGBColor(0xcc, 0x66, 0x77),
    RGBColor(0x11, 0x77, 0x33),
    RGBColor(0x88, 0xcc, 0xee),
    RGBColor(0x88, 0x22, 0x55),
    RGBColor(0x99, 0x99, 0x33),
];

type Drawn = Result<(), Box<dyn Error>>;

/// Euros from left to right, households upwards.
type Axes<'a, B> = ChartContext<'a, B, Cartesian2d<RangedCoordf64, RangedCoordf64>>;

/// The chart for browsers and reports.
pub(super) fn svg(frontier: &Frontier, credits: Credits<'_>) -> Vec<u8> {
    let mut words = String::new();
    let whole = SVGBackend::with_string(&mut words, SIZE).into_drawing_area();
    // A string takes any drawing: what fails is a bug, and then there is no chart rather than no frontier.
    let drawn = Chart { frontier, credits, scale: 1 }.draw(&whole);
    debug_assert!(drawn.is_ok(), "{drawn:?}");
    drop(whole);
    words.into_bytes()
}

/// The chart for everything else.
pub(super) fn png(frontier: &Frontier, credits: Credits<'_>) -> Vec<u8> {
    let (width, height) = (SIZE.0 * PICTURE_SCALE, SIZE.1 * PICTURE_SCALE);
    let mut pixels = vec![255; (width * height * 3) as usize];
    let whole = BitMapBackend::with_buffer(&mut pixels, (width, height)).into_drawing_area();
    let drawn = Chart { frontier, credits, scale: PICTURE_SCALE }.draw(&whole);
    debug_assert!(drawn.is_ok(), "{drawn:?}");
    drop(whole);
    png_file(&pixels, width, height)
}

/// What is drawn, and how large.
struct Chart<'a> {
    frontier: &'a Frontier,
    credits: Credits<'a>,
    scale: u32,
}

impl Chart<'_> {
    fn draw<B: DrawingBackend>(&self, whole: &DrawingArea<B, Shift>) -> Drawn
    where
        B::ErrorType: 'static,
    {
        // Before any words are measured; a second time changes nothing.
        let is_font = register_font("sans-serif", FontStyle::Normal, ttf_noto_sans::REGULAR).is_ok();
        debug_assert!(is_font, "Noto Sans is a font");
        let (frontier, lang) = (self.frontier, self.credits.lang);
        whole.fill(&WHITE)?;
        let below = if self.credits.note().is_some() { self.size(24) } else { 0 };
        let (area, foot) = whole.split_vertically(self.size(SIZE.1) - below);
        if let Some(note) = self.credits.note() {
            foot.draw_text(note, &self.words(13).into_text_style(&foot), (self.size(14) as i32, 0))?;
        }
        let most = frontier.points.iter().map(|point| at(point).0).fold(1.0, f64::max) * 1.05;
        let (need, before) = (frontier.need.households().max(1.0), frontier.covered_before.households());
        let title = text!("Besoin couvert selon le coût", "Need covered against cost");
        let mut chart = ChartBuilder::on(&area)
            .caption(title.get(lang), self.words(22))
            .margin(self.size(14))
            .x_label_area_size(self.size(58))
            .y_label_area_size(self.size(70))
            .build_cartesian_2d(0.0..most, (before * 0.95).min(need * 0.9)..need * 1.01)?;
        let (cost, covered) =
            (text!("coût par cycle (€)", "cost a cycle (€)"), text!("foyers couverts", "households covered"));
        let grouped = |value: &f64| words::number(*value, 0, lang);
        chart
            .configure_mesh()
            .x_desc(format!("{} — {}", cost.get(lang), self.credits.roads()))
            .y_desc(covered.get(lang))
            .label_style(self.words(12))
            .axis_desc_style(self.words(14))
            .set_all_tick_mark_size(self.size(4))
            .x_label_formatter(&grouped)
            .y_label_formatter(&grouped)
            .light_line_style(TRANSPARENT)
            .draw()?;
        self.draw_today(&mut chart, (most * 0.012, before))?;
        self.draw_curves(&mut chart)?;
        chart
            .configure_series_labels()
            .position(SeriesLabelPosition::LowerRight)
            .label_font(self.words(12))
            .legend_area_size(self.size(30))
            .margin(self.size(5))
            .border_style(BLACK.mix(0.2))
            .background_style(WHITE)
            .draw()?;
        whole.present()?;
        Ok(())
    }

    fn draw_today<B: DrawingBackend>(&self, chart: &mut Axes<'_, B>, beside: (f64, f64)) -> Drawn
    where
        B::ErrorType: 'static,
    {
        let today = text!("aujourd’hui", "today").get(self.credits.lang).to_owned();
        chart.draw_series([Circle::new((0.0, beside.1), self.size(5), BLACK.filled())])?;
        chart.draw_series([plotters::element::Text::new(today, beside, self.words(14))])?;
        Ok(())
    }

    /// A line for all worths of one combination of means, in the order of the search.
    fn draw_curves<B: DrawingBackend>(&self, chart: &mut Axes<'_, B>) -> Drawn
    where
        B::ErrorType: 'static,
    {
        let points = &self.frontier.points;
        let mut all_means: Vec<Resources> = points.iter().map(means).collect();
        all_means.dedup();
        let by_antennas = all_means.len() > COLOURS.len();
        let mut shades: Vec<Option<usize>> = all_means.iter().map(|means| means.antennas).collect();
        shades.sort_unstable();
        shades.dedup();
        let mut named: Vec<usize> = Vec::new();
        for (number, own_means) in all_means.iter().enumerate() {
            let shade = if by_antennas {
                shades.iter().position(|antennas| *antennas == own_means.antennas).unwrap_or(number)
            } else {
                number
            };
            let colour = COLOURS[shade % COLOURS.len()];
            let own: Vec<&Point> = points.iter().filter(|point| means(point) == *own_means).collect();
            let mut line: Vec<(f64, f64)> = own.iter().map(|point| at(point)).collect();
            line.sort_by(|a, b| a.0.total_cmp(&b.0));
            let series = LineSeries::new(line, colour.mix(0.5).stroke_width(self.size(2)));
            let drawn = chart.draw_series(series)?;
            if let Some(point) = own.first()
                && !named.contains(&shade)
                && named.len() < NAMES_MAX
            {
                named.push(shade);
                let lang = self.credits.lang;
                let name = if by_antennas {
                    antennas_in_words(point.antennas, lang)
                } else {
                    means_in_words(point, lang)
                };
                let (length, width) = (self.size(18) as i32, self.size(3));
                drawn.label(name).legend(move |(x, y)| {
                    PathElement::new([(x, y), (x + length, y)], colour.stroke_width(width))
                });
            }
            chart.draw_series(own.into_iter().map(|point| {
                let style = if point.is_dominated { colour.mix(0.3).filled() } else { colour.filled() };
                Circle::new(at(point), self.size(if point.is_dominated { 3 } else { 5 }), style)
            }))?;
        }
        Ok(())
    }

    fn size(&self, pixels: u32) -> u32 {
        pixels * self.scale
    }

    fn words(&self, pixels: u32) -> (&'static str, u32) {
        ("sans-serif", self.size(pixels))
    }
}

/// Where a point stands: euros and households.
fn at(point: &Point) -> (f64, f64) {
    (point.figures.cost.euros(), point.figures.covered.households())
}

/// A point's means, the worth of a household aside.
fn means(point: &Point) -> Resources {
    Resources { value_per_household: None, ..point.means() }
}
