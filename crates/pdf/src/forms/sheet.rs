//! Paper to draw on, measured in points from the top left, page after page.

use super::fonts::Face;
use super::paragraph::Line;
use printpdf::{
    Color, Greyscale, LinePoint, Op, PaintMode, Point, Polygon, PolygonRing, Pt, TextItem, TextMatrix, WindingOrder,
    XObjectId, XObjectTransform,
};

/// The name of the document's one picture.
pub(super) const PICTURE: &str = "Mark";

/// Pages under construction.
#[derive(Debug)]
pub(super) struct Sheet {
    height: f32,
    pages: Vec<Vec<Op>>,
}

impl Sheet {
    /// A first blank page.
    pub(super) fn new(height: f32) -> Self {
        Self { height, pages: vec![Vec::new()] }
    }

    /// Goes on to a blank page.
    pub(super) fn turn(&mut self) {
        self.pages.push(Vec::new());
    }

    /// How many pages there are.
    pub(super) fn count(&self) -> usize {
        self.pages.len()
    }

    /// The finished pages.
    pub(super) fn finish(self) -> Vec<Vec<Op>> {
        self.pages
    }

    /// Draws `text` on the page in hand with its baseline at `y`.
    pub(super) fn text(&mut self, face: Face, size: f32, x: f32, y: f32, text: &str) {
        self.text_on(self.pages.len() - 1, face, size, x, y, text);
    }

    /// Draws `text` on page `page`, from 0.
    pub(super) fn text_on(&mut self, page: usize, face: Face, size: f32, x: f32, y: f32, text: &str) {
        let matrix = TextMatrix::Translate(Pt(x), Pt(self.height - y));
        self.show(page, face, size, matrix, text);
    }

    /// Draws a broken line with its left end at `x`.
    pub(super) fn line_of(&mut self, line: &Line, size: f32, x: f32, y: f32) {
        for piece in &line.pieces {
            self.text(piece.face, size, x + piece.x, y, &piece.text);
        }
    }

    /// Draws `text` with its middle at `x`.
    pub(super) fn centered(&mut self, face: Face, size: f32, x: f32, y: f32, text: &str) {
        self.text(face, size, x - face.width(text, size) / 2.0, y, text);
    }

    /// Draws a rule.
    pub(super) fn rule(&mut self, from: (f32, f32), to: (f32, f32), weight: f32) {
        let line =
            printpdf::Line { points: vec![self.point(from.0, from.1), self.point(to.0, to.1)], is_closed: false };
        self.page().extend([Op::SetOutlineThickness { pt: Pt(weight) }, Op::DrawLine { line }]);
    }

    /// Draws an empty box.
    pub(super) fn frame(&mut self, x: f32, y: f32, width: f32, height: f32, weight: f32) {
        let corners = [(x, y), (x + width, y), (x + width, y + height), (x, y + height)];
        let line = printpdf::Line { points: corners.map(|(x, y)| self.point(x, y)).to_vec(), is_closed: true };
        self.page().extend([Op::SetOutlineThickness { pt: Pt(weight) }, Op::DrawLine { line }]);
    }

    /// Fills boxes given as left, top, width and height, all at once.
    pub(super) fn fill(&mut self, boxes: impl Iterator<Item = (f32, f32, f32, f32)>) {
        let rings = boxes
            .map(|(x, y, width, height)| {
                let corners = [(x, y), (x + width, y), (x + width, y + height), (x, y + height)];
                PolygonRing { points: corners.map(|(x, y)| self.point(x, y)).to_vec() }
            })
            .collect();
        let polygon = Polygon { rings, mode: PaintMode::Fill, winding_order: WindingOrder::NonZero };
        self.page().push(Op::DrawPolygon { polygon });
    }

    /// Draws the document's one picture, `down` pixels high, each `scale` points wide and high.
    pub(super) fn picture(&mut self, x: f32, y: f32, down: f32, scale: f32) {
        let transform = XObjectTransform {
            translate_x: Some(Pt(x)),
            translate_y: Some(Pt(self.height - y - down * scale)),
            scale_x: Some(scale),
            scale_y: Some(scale),
            dpi: Some(72.0),
            ..XObjectTransform::default()
        };
        self.page().push(Op::UseXobject { id: XObjectId(PICTURE.to_owned()), transform });
    }

    /// Draws pale text across the page under what comes later.
    pub(super) fn watermark(&mut self, size: f32, x: f32, y: f32, degrees: f32, text: &str) {
        let (sin, cos) = degrees.to_radians().sin_cos();
        let half = Face::Bold.width(text, size) / 2.0;
        let (x, y) = (x - half * cos, self.height - y - half * sin);
        let page = self.pages.len() - 1;
        self.pages[page].push(Op::SetFillColor { col: gray(0.9) });
        self.show(page, Face::Bold, size, TextMatrix::Raw([cos, sin, -sin, cos, x, y]), text);
        self.pages[page].push(Op::SetFillColor { col: gray(0.0) });
    }

    fn show(&mut self, page: usize, face: Face, size: f32, matrix: TextMatrix, text: &str) {
        self.pages[page].extend([
            Op::StartTextSection,
            Op::SetFont { font: face.handle(), size: Pt(size) },
            Op::SetTextMatrix { matrix },
            Op::ShowText { items: vec![TextItem::Text(text.to_owned())] },
            Op::EndTextSection,
        ]);
    }

    fn page(&mut self) -> &mut Vec<Op> {
        let last = self.pages.len() - 1;
        &mut self.pages[last]
    }

    fn point(&self, x: f32, y: f32) -> LinePoint {
        LinePoint { p: Point { x: Pt(x), y: Pt(self.height - y) }, bezier: false }
    }
}

fn gray(percent: f32) -> Color {
    Color::Greyscale(Greyscale { percent, icc_profile: None })
}
