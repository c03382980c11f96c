//! Stage 6, tables: the row of headings of a pasted spreadsheet names no goods, a
//! column that numbers its rows counts none, a number below `qtd` is a quantity and no
//! size, and a row that begins with its quantity is one ask.

use super::roles::Role;
use super::token::Kind;
use super::view::Message;

/// Takes rows of headings, and below one that begins with `item` the number of each
/// row: `ITEM DESCRIÇÃO UND QTD`, `1 Cimento CP II saco 40`.
pub(crate) fn take(message: &mut Message<'_>) {
    let mut numbered = None;
    let mut counting = None;
    let mut from = 0;
    while from < message.tokens.len() {
        let is_break = |at: &usize| message.kind(*at) == Some(Kind::Break);
        let end = (from..message.tokens.len()).find(is_break).unwrap_or(message.tokens.len());
        match counting {
            Some(column) => {
                part_cell(message, from, end, column);
                take_code(message, from, end);
            }
            None => join_quantity(message, from, end),
        }
        if is_heading(message, from, end) {
            numbered = message.plays(from, Role::Numbering).then_some(1);
            counting = counting_column(message, from, end);
            message.take(from, end);
        } else if let Some(row) = numbered {
            let is_next = matches!(
                message.kind(from), Some(Kind::Number(number)) if number.as_whole() == Some(row)
            );
            if is_next {
                message.take(from, from + 1);
                numbered = Some(row + 1);
            } else if end > from {
                numbered = None;
            }
        }
        from = end + 1;
    }
}

/// Parts the cells of a row that begins with its quantity by commas, up to the goods:
/// `10;un;joelho 25` asks for ten, and does not end behind the ten.
fn join_quantity(message: &mut Message<'_>, from: usize, end: usize) {
    let is_cell_end = |message: &Message<'_>, at: usize| message.is_mark(at, &[';']);
    if !matches!(message.kind(from), Some(Kind::Number(_))) || !is_cell_end(message, from + 1) {
        return;
    }
    message.part_by_comma(from + 1);
    let glued = matches!(message.kind(from + 3), Some(Kind::Number(_)));
    // `m`, and `m3` of two tokens.
    let unit_end = from + 3 + usize::from(glued);
    if message.is_unit(from + 2) && unit_end < end && is_cell_end(message, unit_end) {
        message.part_by_comma(unit_end);
    }
}

/// What parts the cells of a row.
fn parts_cells(message: &Message<'_>, at: usize) -> bool {
    message.is_mark(at, &['|', ';'])
}

/// The column of a row of headings that the quantities stand in, by what parts it from
/// the one before.
fn counting_column(message: &Message<'_>, from: usize, end: usize) -> Option<usize> {
    let heads = (from..end).find(|at| message.plays(*at, Role::Counting))?;
    let column = (from..heads).filter(|at| parts_cells(message, *at)).count();
    (column > 0).then_some(column)
}

/// Parts the cell of the quantity by a comma from what it counts, so that no number in
/// it is read as a size.
fn part_cell(message: &mut Message<'_>, from: usize, end: usize, column: usize) {
    let cells: Vec<usize> = (from..end).filter(|at| parts_cells(message, *at)).collect();
    let number =
        |message: &Message<'_>, at: usize| matches!(message.kind(at + 1), Some(Kind::Number(_)));
    let Some(before) = cells.get(column - 1).filter(|before| **before > from) else { return };
    if !number(message, *before) {
        return;
    }
    message.part_by_comma(*before);
    for (at, cell) in cells.iter().enumerate().skip(column) {
        let next = cells.get(at + 1).copied().unwrap_or(end);
        if at == column {
            message.part_by_comma(*cell);
        }
        if number(message, *cell) && next == *cell + 2 {
            // A price, or what the row comes to.
            message.take(*cell + 1, next);
        }
    }
}

/// Takes the number that a row begins with, when its quantity stands in another column.
fn take_code(message: &mut Message<'_>, from: usize, end: usize) {
    let first = from + usize::from(parts_cells(message, from));
    let number = matches!(message.kind(first), Some(Kind::Number(_)));
    if number && first + 1 < end && parts_cells(message, first + 1) {
        message.take(first, first + 1);
    }
}

/// Whether a row is headings alone, two of them or more.
fn is_heading(message: &Message<'_>, from: usize, end: usize) -> bool {
    let words = || (from..end).filter(|at| matches!(message.kind(*at), Some(Kind::Word)));
    let only = (from..end).all(|at| matches!(message.kind(at), Some(Kind::Word | Kind::Mark(_))));
    let heads = |at: usize| message.plays(at, Role::Heading) || message.plays(at, Role::Numbering);
    only && words().count() > 1 && words().all(heads)
}
