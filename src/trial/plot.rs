//! Results as a picture: curves with intervals, maps of two sweeps, a row for each channel. The one file that names the
//! plotters crate. Everything is told by shape and number as well as by colour, so that it can be read in print.

use plotters::backend::SVGBackend;
use plotters::chart::{ChartBuilder, SeriesLabelPosition};
use plotters::coord::Shift;
use plotters::drawing::{DrawingArea, IntoDrawingArea};
use plotters::element::{Circle, Cross, ErrorBar, PathElement, Rectangle, Text, TriangleMarker};
use plotters::series::{DashedLineSeries, LineSeries};
use plotters::style::text_anchor::{HPos, Pos, VPos};
use plotters::style::{BLACK, Color, IntoFont, RGBColor, ShapeStyle, TextStyle, WHITE};

use super::sweep::rounded;
use crate::error::{Error, Result};

/// A share of successes with its interval, each 0 to 1.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Share {
    /// Successes of runs.
    pub is: f64,
    /// Lower end of the interval.
    pub low: f64,
    /// Upper end.
    pub high: f64,
}

/// A curve, and the curve of an ideal code beside it where there is one.
#[derive(Debug, Clone, PartialEq)]
pub struct Curve {
    /// What it is of.
    pub name: String,
    /// Its points.
    pub points: Vec<(f64, Share)>,
    /// Points of the ideal.
    pub ideal: Vec<(f64, f64)>,
}

const FONT: &str = "sans-serif";
/// Colours that differ in print as well: each of another grey. Marks differ besides.
const COLOURS: [RGBColor; 6] = [
    RGBColor(0, 0, 0),
    RGBColor(0, 100, 190),
    RGBColor(225, 120, 20),
    RGBColor(20, 130, 80),
    RGBColor(130, 60, 150),
    RGBColor(140, 140, 140),
];

type Area<'a> = DrawingArea<SVGBackend<'a>, Shift>;

fn failed(error: impl std::fmt::Display) -> Error {
    Error::Page { why: error.to_string() }
}

fn drawn(width: u32, height: u32, draw: impl FnOnce(&Area<'_>) -> Result<()>) -> Result<String> {
    let mut svg = String::new();
    {
        let area = SVGBackend::with_string(&mut svg, (width, height)).into_drawing_area();
        area.fill(&WHITE).map_err(failed)?;
        draw(&area)?;
        area.present().map_err(failed)?;
    }
    Ok(svg)
}

/// Curves over one sweep, under the names of both axes; ideals are dashed.
///
/// # Errors
/// [`Error::Page`].
pub fn curves(label: &str, shares: &str, curves: &[Curve]) -> Result<String> {
    let xs = || curves.iter().flat_map(|curve| curve.points.iter().map(|(x, _)| *x));
    let (least, most) = (xs().fold(f64::MAX, f64::min), xs().fold(f64::MIN, f64::max));
    let margin = ((most - least) * 0.03).max(1e-6);
    drawn(760, 460, |area| {
        let mut chart = ChartBuilder::on(area)
            .margin(16)
            .x_label_area_size(46)
            .y_label_area_size(64)
            .build_cartesian_2d(least - margin..most + margin, 0.0..103.0)
            .map_err(failed)?;
        chart
            .configure_mesh()
            .max_light_lines(0)
            .x_labels(9)
            .x_label_formatter(&|x| rounded(*x as f32))
            .y_label_formatter(&|y| format!("{y:.0}"))
            .bold_line_style(RGBColor(215, 215, 215))
            .x_desc(label)
            .y_desc(shares)
            .label_style((FONT, 14))
            .axis_desc_style((FONT, 15))
            .draw()
            .map_err(failed)?;
        for ((number, curve), colour) in curves.iter().enumerate().zip(COLOURS.iter().cycle()) {
            let (colour, style) = (*colour, colour.stroke_width(2));
            if curve.ideal.is_empty() {
                let line = curve.points.iter().map(|(x, share)| (*x, share.is * 100.0));
                chart.draw_series(LineSeries::new(line, style)).map_err(failed)?;
            } else {
                let ideal = curve.ideal.iter().map(|(x, share)| (*x, share * 100.0));
                chart.draw_series(DashedLineSeries::new(ideal, 6, 4, colour.stroke_width(1))).map_err(failed)?;
            }
            let bar = |(x, share): &(f64, Share)| {
                ErrorBar::new_vertical(*x, share.low * 100.0, share.is * 100.0, share.high * 100.0, style, 8)
            };
            chart.draw_series(curve.points.iter().map(bar)).map_err(failed)?;
            // Each kind of mark is a type of its own.
            macro_rules! marks {
                ($mark:expr) => {{
                    let points = curve.points.iter().map(|(x, share)| (*x, share.is * 100.0));
                    let drawn = chart.draw_series(points.map(|at| $mark(at))).map_err(failed)?;
                    drawn.label(curve.name.clone()).legend(move |(x, y)| $mark((x + 10, y)));
                }};
            }
            match number % 3 {
                0 => marks!(|at| Circle::new(at, 4, colour.filled())),
                1 => marks!(|at| TriangleMarker::new(at, 6, colour.filled())),
                _ => marks!(|at| Cross::new(at, 5, colour.stroke_width(2))),
            }
        }
        // If every curve falls, the legend fits at the lower left.
        let falls = curves.iter().all(|curve| {
            curve.points.first().map(|(_, share)| share.is) >= curve.points.last().map(|(_, share)| share.is)
        });
        let corner = if falls { SeriesLabelPosition::LowerLeft } else { SeriesLabelPosition::LowerRight };
        chart
            .configure_series_labels()
            .position(corner)
            .background_style(WHITE.mix(0.9))
            .border_style(BLACK.mix(0.4))
            .label_font((FONT, 14))
            .draw()
            .map_err(failed)
    })
}

/// A row for each name, its share as a dot on its interval, over the name of the axis.
///
/// # Errors
/// [`Error::Page`].
pub fn rows(shares: &str, rows: &[(String, Share)]) -> Result<String> {
    const ROW: i32 = 26;
    let longest = rows.iter().map(|(name, _)| name.chars().count()).max().unwrap_or_default() as i32;
    let (left, wide) = (24 + longest * 8, 400);
    let (top, tall) = (20, rows.len() as i32 * ROW);
    drawn((left + wide + 110) as u32, (top + tall + 50) as u32, |area| {
        let x = |share: f64| left + (share * f64::from(wide)).round() as i32;
        let text = |text: String, at, horizontal, size: i32| {
            let style = TextStyle::from((FONT, size).into_font()).pos(Pos::new(horizontal, VPos::Center));
            area.draw(&Text::new(text, at, style)).map_err(failed)
        };
        let line =
            |points: Vec<(i32, i32)>, style: ShapeStyle| area.draw(&PathElement::new(points, style)).map_err(failed);
        for tenth in (0..=10).step_by(2) {
            let at = x(f64::from(tenth) / 10.0);
            line(vec![(at, top), (at, top + tall)], RGBColor(215, 215, 215).stroke_width(1))?;
            text(format!("{}", tenth * 10), (at, top + tall + 14), HPos::Center, 14)?;
        }
        text(shares.to_owned(), (x(0.5), top + tall + 36), HPos::Center, 14)?;
        for ((name, share), number) in rows.iter().zip(0..) {
            let y = top + number * ROW + ROW / 2;
            text(name.clone(), (left - 10, y), HPos::Right, 14)?;
            line(vec![(x(share.low), y), (x(share.high), y)], BLACK.stroke_width(2))?;
            for end in [share.low, share.high] {
                line(vec![(x(end), y - 4), (x(end), y + 4)], BLACK.stroke_width(2))?;
            }
            area.draw(&Circle::new((x(share.is), y), 5, BLACK.filled())).map_err(failed)?;
            text(format!("{:.0} %", share.is * 100.0), (left + wide + 16, y), HPos::Left, 14)?;
        }
        Ok(())
    })
}

/// A map of two sweeps: the darker, the more came through; each share is written into its field.
///
/// # Errors
/// [`Error::Page`].
pub fn map(
    across: (&str, &[String]),
    down: (&str, &[String]),
    share: impl Fn(usize, usize) -> Option<f64>,
) -> Result<String> {
    const FIELD: (i32, i32) = (64, 34);
    let (columns, lines) = (across.1.len() as i32, down.1.len() as i32);
    let (left, top) = (130, 16);
    let (wide, tall) = (columns * FIELD.0, lines * FIELD.1);
    drawn((left + wide + 24) as u32, (top + tall + 64) as u32, |area| {
        let text = |text: &str, at, horizontal, dark: bool| {
            let colour = if dark { BLACK } else { WHITE };
            let style = TextStyle::from((FONT, 14).into_font()).color(&colour).pos(Pos::new(horizontal, VPos::Center));
            area.draw(&Text::new(text.to_owned(), at, style)).map_err(failed)
        };
        for (row, name) in (0..).zip(down.1) {
            let y = top + row * FIELD.1;
            text(name, (left - 8, y + FIELD.1 / 2), HPos::Right, true)?;
            for column in 0..columns {
                let x = left + column * FIELD.0;
                // What was not tried stays empty.
                let Some(share) = share(column as usize, row as usize) else { continue };
                let grey = (255.0 - share * 200.0) as u8;
                let field = Rectangle::new([(x, y), (x + FIELD.0, y + FIELD.1)], RGBColor(grey, grey, grey).filled());
                area.draw(&field).map_err(failed)?;
                text(&format!("{:.0}", share * 100.0), (x + FIELD.0 / 2, y + FIELD.1 / 2), HPos::Center, grey > 130)?;
            }
        }
        for (column, name) in (0..).zip(across.1) {
            text(name, (left + column * FIELD.0 + FIELD.0 / 2, top + tall + 14), HPos::Center, true)?;
        }
        text(across.0, (left + wide / 2, top + tall + 40), HPos::Center, true)?;
        text(down.0, (8, top + tall + 40), HPos::Left, true)
    })
}
