//! The table of papers (thành phần hồ sơ): head repeated on every page, a row never torn.

use super::desk::Desk;
use super::fonts::Face;
use super::paragraph::{Run, wrap};
use domain::receipt::ReceiptPaper;
use domain::words;

/// The heads of the three columns of numbers.
const COUNTS: [&str; 3] = ["Bản chính", "Bản chứng thực", "Bản photo"];

const RULE: f32 = 0.5;

/// Where the upright rules stand, from left to right.
struct Columns {
    edges: [f32; 6],
}

/// Draws the table from the desk's height on.
pub(super) fn draw(desk: &mut Desk<'_>, papers: &[ReceiptPaper]) {
    let columns = Columns::of(desk);
    let size = desk.style.table;
    let leading = size * 1.22;
    let pad = size * 0.26;
    let mut top = head(desk, &columns);
    for (n, paper) in (1u32..).zip(papers) {
        let name_width = columns.edges[2] - columns.edges[1] - 2.0 * columns.pad(desk);
        let mut lines = wrap(&[Run(Face::Regular, &paper.name)], size, name_width);
        // A name longer than a page is torn; nothing else is.
        let most = ((desk.room_of_page() - head_height(desk)) / leading).floor().max(1.0);
        #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a few dozen lines")]
        let most = most as usize;
        let mut first = true;
        while first || !lines.is_empty() {
            let rest = lines.split_off(lines.len().min(most.saturating_sub(1).max(1)));
            #[expect(clippy::cast_precision_loss, reason = "a few dozen lines")]
            let height = lines.len().max(1) as f32 * leading + 2.0 * pad;
            if desk.y + height > desk.bottom() {
                columns.close(desk, top);
                desk.turn();
                top = head(desk, &columns);
            }
            let baseline = desk.y + pad + size * 0.94;
            for (line, y) in lines.iter().zip(std::iter::successors(Some(baseline), |y| Some(y + leading))) {
                desk.sheet.line_of(line, size, columns.edges[1] + columns.pad(desk), y);
            }
            if first {
                desk.sheet.centered(Face::Regular, size, columns.middle(0), baseline, &n.to_string());
                for (column, number) in [paper.originals, paper.certified, paper.copies].into_iter().enumerate() {
                    desk.sheet.centered(
                        Face::Regular,
                        size,
                        columns.middle(2 + column),
                        baseline,
                        &words::count(number),
                    );
                }
            }
            desk.y += height;
            let y = desk.y;
            desk.sheet.rule((columns.edges[0], y), (columns.edges[5], y), RULE);
            first = false;
            lines = rest;
        }
    }
    columns.close(desk, top);
}

fn head_height(desk: &Desk<'_>) -> f32 {
    desk.style.table * 3.3
}

/// Draws the head and returns its top.
fn head(desk: &mut Desk<'_>, columns: &Columns) -> f32 {
    let size = desk.style.table;
    let height = head_height(desk);
    let top = desk.y;
    let middle = top + size * 1.55;
    let [left, names, counts, .., right] = columns.edges;
    let sheet = &mut desk.sheet;
    sheet.rule((left, top), (right, top), RULE);
    sheet.rule((counts, middle), (right, middle), RULE);
    sheet.rule((left, top + height), (right, top + height), RULE);
    let center = top + height / 2.0 + size * 0.32;
    sheet.centered(Face::Bold, size, columns.middle(0), center, "TT");
    sheet.centered(Face::Bold, size, f32::midpoint(names, counts), center, "Thành phần hồ sơ");
    sheet.centered(Face::Bold, size, f32::midpoint(counts, right), middle - size * 0.46, "Số lượng");
    for (column, name) in COUNTS.into_iter().enumerate() {
        let size = size * 0.94;
        sheet.centered(Face::Regular, size, columns.middle(2 + column), top + height - size * 0.58, name);
    }
    // The three numbers part below their common head.
    for edge in &columns.edges[3..5] {
        sheet.rule((*edge, middle), (*edge, top + height), RULE);
    }
    desk.y = top + height;
    top
}

impl Columns {
    fn of(desk: &Desk<'_>) -> Self {
        let size = desk.style.table;
        let (left, right) = (desk.style.left, desk.style.width - desk.style.right);
        let room = size * 0.7;
        let widths = COUNTS.map(|name| Face::Regular.width(name, size * 0.94) + room);
        let [first, second, third] = widths;
        let names = left + Face::Bold.width("TT", size) + size * 1.1;
        let counts = right - first - second - third;
        Self { edges: [left, names, counts, counts + first, counts + first + second, right] }
    }

    fn pad(&self, desk: &Desk<'_>) -> f32 {
        desk.style.table * 0.4
    }

    fn middle(&self, column: usize) -> f32 {
        f32::midpoint(self.edges[column], self.edges[column + 1])
    }

    /// Draws the upright rules from `top` to where the table has come.
    fn close(&self, desk: &mut Desk<'_>, top: f32) {
        let (y, head) = (desk.y, head_height(desk));
        for (edge, x) in self.edges.into_iter().enumerate() {
            let from = if edge == 3 || edge == 4 { top + head } else { top };
            desk.sheet.rule((x, from), (x, y), RULE);
        }
    }
}
