//! Lines that follow each other -> blocks: paragraphs, items, couplets, tables.

use super::lines::Wrapping;
use super::manuscript::{Block, BlockKind, Rich};
use super::{marks, table, verse};

/// Whether consecutive lines are prose, not verse or a table: only prose shows where an editor breaks lines.
pub(super) fn is_prose(lines: &[Rich]) -> bool {
    verse::couplets(lines).is_none() && table::by_tabs(lines).is_none()
}

/// Lines without an empty one between them, as blocks. `indented` says for each whether white space stood before it;
/// lines that are paragraphs each stand as close to each other as `close` says.
pub(super) fn shape(lines: &[Rich], indented: &[bool], wrapping: Wrapping, close: bool, level: u8) -> Vec<Block> {
    if let Some(couplets) = verse::couplets(lines) {
        let couplet = |(at, (first, second)): (usize, (Rich, Rich))| Block {
            kind: BlockKind::Couplet(second),
            level,
            close: at > 0,
            text: first,
        };
        return couplets.into_iter().enumerate().map(couplet).collect();
    }
    if let Some(rows) = table::by_tabs(lines) {
        return table::blocks(rows, level);
    }
    let joins = wrapping.joins(lines);
    let mut blocks: Vec<Block> = Vec::new();
    for (at, line) in lines.iter().enumerate() {
        let item = marks::item(line);
        let goes_on = at.checked_sub(1).and_then(|before| joins.get(before)).copied().unwrap_or(false);
        let is_indented = indented.get(at).copied().unwrap_or(false);
        match (item, blocks.last_mut()) {
            (Some((mark, text)), _) => blocks.push(Block { kind: BlockKind::Item(mark), level, close: false, text }),
            // Indented lines below an item belong to it.
            (None, Some(last)) if goes_on || is_indented && matches!(last.kind, BlockKind::Item(_)) => {
                last.text.append(" ", line);
            }
            (None, last) => {
                let close = close && last.is_some_and(|last| last.kind == BlockKind::Paragraph);
                blocks.push(Block { kind: BlockKind::Paragraph, level, close, text: line.clone() });
            }
        }
    }
    blocks
}
