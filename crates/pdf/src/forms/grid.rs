//! A table of any columns: cells are wrapped, the head is repeated on every page, a row is torn only where it is longer
//! than a page.

use super::desk::Desk;
use super::fonts::Face;
use super::paragraph::{Line, Run, wrap};
use domain::form::{Align, Table};

const RULE: f32 = 0.5;
const LEADING: f32 = 1.2;

struct Grid<'a> {
    table: &'a Table,
    /// Where the upright rules stand.
    edges: Vec<f32>,
    size: f32,
    /// Wrapped heads.
    heads: Vec<Vec<Line>>,
}

/// Draws `table` from the desk's height on.
pub(super) fn draw(desk: &mut Desk<'_>, table: &Table) {
    let grid = Grid::of(desk, table);
    let mut top = grid.head(desk);
    for row in &table.rows {
        let mut cells: Vec<Vec<Line>> = row.iter().enumerate().map(|(n, text)| grid.cell(n, text)).collect();
        // A row longer than a page is torn; nothing else is.
        let most = grid.lines_in(desk.room_of_page() - grid.head_height()).max(1);
        loop {
            let rest: Vec<Vec<Line>> = cells.iter_mut().map(|lines| lines.split_off(lines.len().min(most))).collect();
            let height = grid.height_of(&cells);
            if desk.y + height > desk.bottom() {
                grid.close(desk, top);
                desk.turn();
                top = grid.head(desk);
            }
            grid.row(desk, &cells);
            desk.y += height;
            let (left, right) = grid.ends();
            let y = desk.y;
            desk.sheet.rule((left, y), (right, y), RULE);
            if rest.iter().all(Vec::is_empty) {
                break;
            }
            cells = rest;
        }
    }
    grid.close(desk, top);
}

impl<'a> Grid<'a> {
    fn of(desk: &Desk<'_>, table: &'a Table) -> Self {
        // Many columns want a smaller hand.
        let size = desk.style.table * if table.columns.len() > 5 { 0.84 } else { 1.0 };
        let sum: f32 = table.columns.iter().map(|column| f32::from(column.parts)).sum();
        let mut edges = vec![desk.style.left];
        for column in &table.columns {
            let last = edges.last().copied().unwrap_or_default();
            edges.push(last + desk.inner() * f32::from(column.parts) / sum.max(1.0));
        }
        let mut grid = Self { table, edges, size, heads: Vec::new() };
        grid.heads = (0..)
            .zip(&table.columns)
            .map(|(n, column)| wrap(&[Run(Face::Bold, column.head)], grid.size, grid.room(n)))
            .collect();
        grid
    }

    fn pad(&self) -> f32 {
        self.size * 0.32
    }

    /// The width for text in column `n`.
    fn room(&self, n: usize) -> f32 {
        self.edges[n + 1] - self.edges[n] - 2.0 * self.pad()
    }

    fn ends(&self) -> (f32, f32) {
        (self.edges[0], self.edges[self.edges.len() - 1])
    }

    fn cell(&self, n: usize, text: &str) -> Vec<Line> {
        text.split('\n')
            .flat_map(|part| {
                let lines = wrap(&[Run(Face::Regular, part)], self.size, self.room(n));
                // A line that is left empty to be written in keeps its room.
                if lines.is_empty() && text.contains('\n') { vec![Line::default()] } else { lines }
            })
            .collect()
    }

    fn height_of(&self, cells: &[Vec<Line>]) -> f32 {
        let most = cells.iter().map(Vec::len).max().unwrap_or(0).max(1);
        #[expect(clippy::cast_precision_loss, reason = "a few dozen lines")]
        let lines = most as f32;
        lines * self.size * LEADING + 2.0 * self.pad()
    }

    fn lines_in(&self, height: f32) -> usize {
        #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a few dozen lines")]
        let lines = ((height - 2.0 * self.pad()) / (self.size * LEADING)).floor().max(0.0) as usize;
        lines
    }

    fn head_height(&self) -> f32 {
        self.height_of(&self.heads)
    }

    /// Draws the head, with room for a row below it, and returns its top.
    fn head(&self, desk: &mut Desk<'_>) -> f32 {
        let height = self.head_height();
        desk.need(height + self.size * LEADING * 2.0);
        let top = desk.y;
        let (left, right) = self.ends();
        desk.sheet.rule((left, top), (right, top), RULE);
        for (n, lines) in self.heads.iter().enumerate() {
            #[expect(clippy::cast_precision_loss, reason = "a few lines")]
            let free = height - lines.len() as f32 * self.size * LEADING;
            self.lines(desk, n, lines, top + free / 2.0, Align::Center);
        }
        desk.y = top + height;
        desk.sheet.rule((left, top + height), (right, top + height), RULE);
        top
    }

    fn row(&self, desk: &mut Desk<'_>, cells: &[Vec<Line>]) {
        let top = desk.y + self.pad();
        for (n, (lines, column)) in cells.iter().zip(&self.table.columns).enumerate() {
            self.lines(desk, n, lines, top, column.align);
        }
    }

    fn lines(&self, desk: &mut Desk<'_>, n: usize, lines: &[Line], top: f32, align: Align) {
        let (left, right) = (self.edges[n] + self.pad(), self.edges[n + 1] - self.pad());
        let mut y = top + self.size * 0.92;
        for line in lines {
            let x = match align {
                Align::Left => left,
                Align::Center => f32::midpoint(left, right) - line.width / 2.0,
                Align::Right => right - line.width,
            };
            desk.sheet.line_of(line, self.size, x.max(left), y);
            y += self.size * LEADING;
        }
    }

    /// Draws the upright rules from `top` to where the table has come.
    fn close(&self, desk: &mut Desk<'_>, top: f32) {
        let y = desk.y;
        for x in &self.edges {
            desk.sheet.rule((*x, top), (*x, y), RULE);
        }
    }
}
