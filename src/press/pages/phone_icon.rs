//! A drawing beside the instructions: a phone held over a code. Bars only, so that any printer and copier keeps it.

use super::page::Item;

/// Width and height of the drawing, in mm.
pub(crate) const SIZE_MM: (f32, f32) = (8.0, 14.0);
/// Thickness of its lines, in mm.
const LINE_MM: f32 = 0.45;

/// The drawing, from its upper left corner.
pub(crate) fn phone(x_mm: f32, y_mm: f32) -> Vec<Item> {
    let bar = |x: f32, y: f32, width_mm: f32, height_mm: f32| Item::Rule {
        x_mm: x_mm + x,
        y_mm: y_mm + y,
        width_mm,
        height_mm,
    };
    let frame = |x: f32, y: f32, width: f32, height: f32, line: f32| {
        [
            bar(x, y, width, line),
            bar(x, y + height - line, width, line),
            bar(x, y + line, line, height - 2.0 * line),
            bar(x + width - line, y + line, line, height - 2.0 * line),
        ]
    };
    let (width, height) = SIZE_MM;
    let mut items: Vec<Item> = frame(0.0, 0.0, width, height, LINE_MM).into();
    // Its speaker above, its button below.
    items.push(bar(width / 2.0 - 1.0, 1.1, 2.0, LINE_MM));
    items.push(bar(width / 2.0 - 0.5, height - 1.7, 1.0, 0.7));
    // The code on its screen: three finder patterns, and some modules.
    let (left, top, finder, module) = (1.4, 4.2, 1.7, 0.35);
    for (column, row) in [(0.0, 0.0), (1.0, 0.0), (0.0, 1.0)] {
        let (x, y) = (left + column * 3.5, top + row * 3.5);
        items.extend(frame(x, y, finder, finder, module));
        items.push(bar(x + 2.0 * module, y + 2.0 * module, finder - 4.0 * module, finder - 4.0 * module));
    }
    for (x, y) in [(2.3, 0.3), (2.7, 1.2), (0.4, 2.3), (1.5, 2.4), (2.6, 2.6), (3.7, 2.3), (4.7, 2.7)] {
        items.push(bar(left + x, top + y, 0.5, 0.5));
    }
    for (x, y) in [(2.4, 3.7), (3.6, 3.5), (4.6, 4.0), (3.0, 4.6), (4.0, 4.7)] {
        items.push(bar(left + x, top + y, 0.5, 0.5));
    }
    items
}
