//! What trials came to: as a table, as JSON, as a picture.

use serde_json::{Value, json};

use crate::cli::args::TrialOptions;
use crate::cli::terminal;
use crate::codec::letter::Letter;
use crate::error::Result;
use crate::trial::experiment::{Experiment, Tally};
use crate::trial::harm::Strengths;
use crate::trial::lost::LOSS;
use crate::trial::plot::{self, Curve, Share};
use crate::trial::specimen::Prepared;
use crate::trial::statistics::at_least;
use crate::trial::sweep::{Axis, Sweep, rounded};
use crate::words::{Results, words};

/// One experiment, what came of it, and how the letter was set for it.
pub struct Row {
    pub experiment: Experiment,
    pub tally: Tally,
    pub codes: usize,
    pub sufficient: usize,
    pub ideal: bool,
    pub sides: usize,
    pub version: u8,
    pub module_mm: f32,
    pub envelope_bytes: usize,
}

impl Row {
    /// The row of an experiment.
    pub fn new(experiment: Experiment, tally: Tally, setting: &Prepared) -> Self {
        Row {
            experiment,
            tally,
            codes: setting.codes(),
            sufficient: setting.sufficient,
            ideal: setting.ideal,
            sides: setting.sides,
            version: setting.version().number(),
            module_mm: setting.module_mm,
            envelope_bytes: setting.envelope_bytes,
        }
    }

    /// The channels, and the value of each sweep.
    fn name(&self, sweeps: &[Sweep]) -> String {
        let channels = self.experiment.pipeline.names.join(" + ");
        let values = sweeps.iter().zip(&self.experiment.values);
        let values = values.map(|(sweep, value)| format!("{} {}", sweep.axis.name(), sweep.axis.value(*value)));
        let parts: Vec<String> = Some(channels).filter(|name| !name.is_empty()).into_iter().chain(values).collect();
        if parts.is_empty() { "-".into() } else { parts.join(", ") }
    }

    /// What its pictures are called, without ending.
    pub fn file_name(&self, sweeps: &[Sweep]) -> String {
        let name: String =
            self.name(sweeps).chars().map(|c| if c.is_ascii_alphanumeric() || c == '.' { c } else { '-' }).collect();
        let words: Vec<&str> = name.split('-').filter(|word| !word.is_empty()).collect();
        format!("{:03}-{}", self.experiment.number + 1, words.join("-").chars().take(80).collect::<String>())
    }

    fn share(&self) -> Share {
        let (low, high) = self.tally.interval();
        Share { is: self.tally.successes as f64 / self.tally.runs.max(1) as f64, low, high }
    }
}

/// The table for people.
pub fn table(rows: &[Row], sweeps: &[Sweep]) -> String {
    let headings = terminal::language().trial_headings();
    let lines: Vec<[String; 6]> = rows
        .iter()
        .map(|row| {
            let Tally { runs, successes, in_view, read, misreads, pictures, .. } = row.tally;
            let (low, high) = row.tally.interval();
            [
                row.name(sweeps),
                format!("{successes}/{runs}"),
                format!("{:.1}..{:.1} %", low * 100.0, high * 100.0),
                format!("{read}/{in_view}"),
                misreads.to_string(),
                pictures.to_string(),
            ]
        })
        .collect();
    let headings = headings.map(str::to_owned);
    let all = || std::iter::once(&headings).chain(&lines);
    let width = |column: usize| {
        all().filter_map(|line| line.get(column)).map(|cell| cell.chars().count()).max().unwrap_or_default()
    };
    let widths: Vec<usize> = (0..headings.len()).map(width).collect();
    let mut text = String::new();
    for line in all() {
        let mut cells = line.iter().zip(&widths);
        let first = cells.next().map(|(cell, width)| format!("{cell:<width$}")).unwrap_or_default();
        text.push_str(&first);
        cells.for_each(|(cell, width)| text.push_str(&format!("  {cell:>width$}")));
        text.push('\n');
    }
    text
}

/// The shape that scripts rely on; see docs/scripts.md. It holds nothing that differs from run to run: no time, no
/// path.
pub fn json(letter: &Letter, rows: &[Row], sweeps: &[Sweep], options: &TrialOptions) -> String {
    let experiment = |row: &Row| {
        let tally = &row.tally;
        let (low, high) = tally.interval();
        let values: serde_json::Map<String, Value> = sweeps
            .iter()
            .zip(&row.experiment.values)
            .map(|(sweep, value)| {
                let told = match sweep.axis {
                    Axis::Level => json!(sweep.axis.value(*value)),
                    _ => number(*value),
                };
                (sweep.axis.name().to_owned(), told)
            })
            .collect();
        json!({
            "channels": row.experiment.pipeline.names, "sweep": values,
            "codes": row.codes, "sufficient": row.sufficient, "sides": row.sides,
            "version": row.version, "level": row.experiment.settings.codes.level.name(), "module_mm": number(row.module_mm),
            "repair": row.experiment.settings.codes.repair,
            "runs": tally.runs, "successes": tally.successes, "low": rounded_share(low), "high": rounded_share(high),
            "codes_in_view": tally.in_view, "codes_read": tally.read, "misreads": tally.misreads,
            "false_letters": tally.false_letters, "pictures": tally.pictures,
            "picture": row.file_name(sweeps),
        })
    };
    let bytes = rows.first().map_or(0, |row| row.envelope_bytes);
    let all = json!({
        "letter": { "bytes": letter.content().len(), "envelope_bytes": bytes },
        "seed": options.seed, "runs": options.runs(),
        "cells": rows.iter().map(experiment).collect::<Vec<_>>(),
    });
    format!("{all:#}\n")
}

/// A decimal as it was given: 0.3, not the nearest `f32`.
fn number(value: f32) -> Value {
    json!(rounded(value).parse::<f64>().unwrap_or_default())
}

fn rounded_share(share: f64) -> f64 {
    (share * 10_000.0).round() / 10_000.0
}

/// The picture: a row for each channel; curves over one sweep; over two, curves where the second has few values, else a
/// map. Its words are English, so that it is the same on every terminal.
///
/// # Errors
/// [`crate::error::Error::Page`].
pub fn svg(rows: &[Row], sweeps: &[Sweep]) -> Result<String> {
    let shares = words("en").results(&Results::Shares);
    match sweeps {
        [] => plot::rows(&shares, &rows.iter().map(|row| (row.name(&[]), row.share())).collect::<Vec<_>>()),
        [first, second] if is_map(first, second) && one_pipeline(rows) => {
            let names = |sweep: &Sweep| sweep.values.iter().map(|value| sweep.axis.value(*value)).collect::<Vec<_>>();
            let share = |column: usize, line: usize| {
                let number = column * second.values.len() + line;
                rows.iter().find(|row| row.experiment.number == number).map(|row| row.share().is)
            };
            plot::map((first.axis.name(), &names(first)), (second.axis.name(), &names(second)), share)
        }
        [first, others @ ..] => {
            let label = match first.axis.unit() {
                "" => first.axis.name().to_owned(),
                unit => format!("{}, {unit}", first.axis.name()),
            };
            plot::curves(&label, &shares, &curves(rows, first, others))
        }
    }
}

/// Whether a map is clearer than curves.
fn is_map(first: &Sweep, second: &Sweep) -> bool {
    let setting = !matches!(second.axis, Axis::Harm(..));
    second.values.len() > 4 || !setting && first.values.len() > 2 && second.values.len() > 2
}

fn one_pipeline(rows: &[Row]) -> bool {
    rows.iter()
        .zip(rows.iter().skip(1))
        .all(|(one, next)| one.experiment.pipeline.names == next.experiment.pipeline.names)
}

/// Of each pipeline, and each value of the second sweep, the curve over the first.
fn curves(rows: &[Row], first: &Sweep, others: &[Sweep]) -> Vec<Curve> {
    let mut curves: Vec<(String, Curve)> = Vec::new();
    let several = !one_pipeline(rows);
    for row in rows {
        let values = others.iter().zip(row.experiment.values.iter().skip(1));
        let mut parts: Vec<String> =
            values.map(|(sweep, value)| format!("{} {}", sweep.axis.name(), sweep.axis.value(*value))).collect();
        if several || parts.is_empty() {
            parts.insert(0, row.experiment.pipeline.names.join(" + "));
        }
        let key = parts.join(", ");
        let ideal = is_ideal(row, first);
        let suffice = words("en").results(&Results::Suffice { sufficient: row.sufficient, of: row.codes });
        let told = match key.as_str() {
            "" => suffice,
            _ if ideal => format!("{key}: {suffice}"),
            _ => key.clone(),
        };
        let x = f64::from(row.experiment.values.first().copied().unwrap_or_default());
        let curve = match curves.iter_mut().find(|(known, _)| *known == key) {
            Some((_, curve)) => curve,
            None => {
                let ideal = if ideal { self::ideal(row, first) } else { Vec::new() };
                curves.push((key, Curve { name: told, points: Vec::new(), ideal }));
                match curves.last_mut() {
                    Some((_, curve)) => curve,
                    None => continue,
                }
            }
        };
        curve.points.push((x, row.share()));
    }
    curves.into_iter().map(|(_, curve)| curve).collect()
}

/// Whether codes are only lost independently: then the expected curve can be computed.
fn is_ideal(row: &Row, first: &Sweep) -> bool {
    let mut alone = Strengths::default();
    alone.set(&LOSS, row.experiment.values.first().copied().unwrap_or_default());
    let only_loss = matches!(row.experiment.pipeline.stages.as_slice(), [stage] if stage.strengths == alone);
    row.ideal && first.axis.name() == LOSS.name && only_loss
}

/// The curve of an ideal code, of which any K of N suffice.
fn ideal(row: &Row, sweep: &Sweep) -> Vec<(f64, f64)> {
    let (least, most) = sweep.values.iter().fold((f32::MAX, f32::MIN), |(a, b), value| (a.min(*value), b.max(*value)));
    (0..=80)
        .map(|step| f64::from(least) + f64::from(most - least) * f64::from(step) / 80.0)
        .map(|loss| (loss, at_least(row.sufficient, row.codes, (loss / 100.0).clamp(0.0, 1.0))))
        .collect()
}
