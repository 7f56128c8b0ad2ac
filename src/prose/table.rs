//! Tables: set as tables where they are small, as labelled lines where they are not.

use super::manuscript::{Block, BlockKind, Rich};

/// Most columns of a table that is set as one.
const MOST_COLUMNS: usize = 4;
/// Longest cell, and the sum of the longest cells of each column, in characters: the width of a line.
const LONGEST_CELL: usize = 40;
const LONGEST_ROW: usize = 72;
/// A larger table is set as labelled lines.
const MOST_CELLS: usize = 4_000;
/// Most columns that are taken for a table.
const MOST_TABS: usize = 12;

/// The rows of lines whose cells are parted by tabs: as many in each of them.
pub(super) fn by_tabs(lines: &[Rich]) -> Option<Vec<Vec<Rich>>> {
    let cells = |line: &Rich| {
        let mut at = 0;
        let cell = |cell: &str| {
            let from = at;
            at += cell.len() + 1;
            line.part(from..from + cell.len())
        };
        line.text.split('\t').map(cell).collect::<Vec<_>>()
    };
    let rows: Vec<Vec<Rich>> = lines.iter().map(cells).collect();
    let columns = rows.first()?.len();
    let is_table = rows.len() > 1 && (2..=MOST_TABS).contains(&columns) && rows.iter().all(|row| row.len() == columns);
    is_table.then_some(rows)
}

/// The blocks of a table whose first row is its head.
pub(super) fn blocks(rows: Vec<Vec<Rich>>, level: u8) -> Vec<Block> {
    let columns = rows.iter().map(Vec::len).max().unwrap_or_default();
    let width = |column: usize| {
        rows.iter().filter_map(|row| row.get(column)).map(|cell| cell.text.chars().count()).max().unwrap_or_default()
    };
    let widths: Vec<usize> = (0..columns).map(width).collect();
    if rows.len() * columns > MOST_CELLS {
        let row = |row: Vec<Rich>| {
            let mut cells = row.into_iter();
            let mut text = cells.next().unwrap_or_default();
            cells.for_each(|cell| text.append(" | ", &cell));
            Block { kind: BlockKind::Paragraph, level, close: true, text }
        };
        return rows.into_iter().map(row).collect();
    }
    let is_small = columns <= MOST_COLUMNS
        && widths.iter().all(|width| *width <= LONGEST_CELL)
        && widths.iter().sum::<usize>() <= LONGEST_ROW;
    if is_small {
        let filled = rows.into_iter().map(|mut row| {
            row.resize(columns, Rich::default());
            row
        });
        return vec![Block { kind: BlockKind::Table(filled.collect()), level, close: false, text: Rich::default() }];
    }
    labelled(&rows, level)
}

/// A paragraph for each row: each cell behind the head of its column.
fn labelled(rows: &[Vec<Rich>], level: u8) -> Vec<Block> {
    let Some((head, rows)) = rows.split_first() else { return Vec::new() };
    let mut blocks = Vec::new();
    for row in rows {
        let cells = row.iter().enumerate().filter(|(_, cell)| !cell.text.is_empty());
        for (number, (at, cell)) in cells.enumerate() {
            let mut text = head.get(at).filter(|label| !label.text.is_empty()).cloned().unwrap_or_default();
            if !text.text.is_empty() {
                text.text.push(':');
                text.bold = std::iter::once(0..text.text.len()).collect();
                text.text.push(' ');
            }
            text.append("", cell);
            blocks.push(Block { kind: BlockKind::Paragraph, level, close: number > 0, text });
        }
    }
    blocks
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rows(text: &str) -> Vec<Vec<Rich>> {
        text.lines().map(|line| line.split('|').map(Rich::plain).collect()).collect()
    }

    #[test]
    fn small_tables_are_tables_and_others_labelled_lines() {
        let small = blocks(rows("شهر|شمار\nتهران|۱۲\nشیراز"), 0);
        let BlockKind::Table(table) = &small[0].kind else { panic!("a table") };
        assert_eq!((small.len(), table.len(), table[2].len()), (1, 3, 2));
        let long = blocks(rows(&format!("شهر|چه شد\nتهران|{}\nشیراز|نه", "دراز ".repeat(20))), 0);
        let texts: Vec<&str> = long.iter().map(|block| block.text.text.as_str()).collect();
        assert_eq!((texts[0], texts[2], texts[3]), ("شهر: تهران", "شهر: شیراز", "چه شد: نه"));
        assert_eq!(&texts[0][long[0].text.bold[0].clone()], "شهر:");
        assert!(!long[0].close && long[1].close);
    }

    #[test]
    fn lines_with_as_many_tabs_are_rows() {
        let lines: Vec<Rich> = "تهران\t۱۲\nشیراز\t۷".lines().map(Rich::plain).collect();
        assert_eq!(by_tabs(&lines).unwrap()[1][0].text, "شیراز");
        assert!(by_tabs(&lines[..1]).is_none() && by_tabs(&[lines[0].clone(), Rich::plain("یک")]).is_none());
    }
}
