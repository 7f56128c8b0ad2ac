//! A quick count of what looks like a finder pattern, before any is looked for.

use super::port::{self, BitMatrix};

/// Modules of a light finder pattern have so many pixels at least: noise has no end of smaller ones.
const LEAST_INNER: f32 = 1.5;

/// A cut through the light middle of what may be a light finder pattern.
struct Cut {
    at: f32,
    /// Three modules.
    wide: f32,
    /// So many cuts are below each other, or none where they go on further down.
    rows: u16,
}

impl Cut {
    fn goes_on_from(&self, over: &Cut) -> bool {
        (over.at - self.at).abs() < over.wide / 4.0 && (0.75..1.33).contains(&(over.wide / self.wide))
    }

    fn is_as_high_as_wide(&self) -> bool {
        (0.6..1.5).contains(&(f32::from(self.rows) * 3.0 / self.wide))
    }
}

/// What the runs of a picture tell of finder patterns before they are looked for.
#[derive(Default)]
pub struct Places {
    /// Cuts through dark ones in every third row: dark, light, dark, light, dark as 1 : 1 : 3 : 1 : 1, more or less.
    pub dark: usize,
    /// Light ones, by their inner ring alone, whatever is around them: as many cuts below each other as the light middle is wide.
    pub light: usize,
}

impl Places {
    /// Those of a picture in black and white.
    pub fn of(bits: &BitMatrix) -> Self {
        let mut places = Places::default();
        let mut above: Vec<Cut> = Vec::new();
        for y in (2..bits.height()).step_by(3) {
            let mut here = Vec::new();
            // The lengths of the last five runs.
            let mut runs = [0u32; 5];
            let mut from = 0;
            port::runs(bits, y, |length, is_dark| {
                let [_, a, b, c, d] = runs;
                runs = [a, b, c, d, length];
                let module = runs.iter().sum::<u32>() as f32 / 7.0;
                let one = |run: u32, module: f32| (0.4 * module..=1.8 * module).contains(&(run as f32));
                if is_dark {
                    let rings = one(a, module) && one(b, module) && one(d, module) && one(length, module);
                    places.dark += usize::from(rings && c as f32 >= 2.0 * module);
                } else {
                    let (inner, middle) = ((b + c + d) as f32 / 5.0, c as f32);
                    let rings = one(b, inner) && one(d, inner) && a.min(length) as f32 >= 0.4 * inner;
                    if rings && middle >= 2.0 * inner && inner >= LEAST_INNER {
                        here.push(Cut { at: from as f32 - d as f32 - middle / 2.0, wide: middle, rows: 1 });
                    }
                }
                from += length;
            });
            // Both are in order from the left.
            let mut over = above.iter_mut().peekable();
            for cut in &mut here {
                while over.next_if(|over| over.at + over.wide / 4.0 <= cut.at).is_some() {}
                if let Some(over) = over.next_if(|over| cut.goes_on_from(over)) {
                    cut.rows = over.rows + 1;
                    over.rows = 0;
                }
            }
            places.light += above.iter().filter(|cut| cut.is_as_high_as_wide()).count();
            above = here;
        }
        places
    }
}
