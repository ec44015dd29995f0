#!/usr/bin/env python3
"""Draws the training pages (trang mẫu tập huấn) into assets/training/pages.

Nine A4 pages as a desk scanner would give them at 200 dpi in color: forms filled in with made-up people under the
unassigned province code 099, each marked MẪU – TẬP HUẤN, with a stamp that is no real seal, strokes of a pen, a
little skew, tint and noise. The seed is fixed: the same program versions draw the same bytes.

Needs: pip install pillow pycairo numpy segno, and the Tinos and Arimo fonts (Debian: fonts-croscore).
Run:   python3 assets/training/make_pages.py
"""

import io
import math
import random
from pathlib import Path

import cairo
import numpy
import segno
from PIL import Image, ImageFilter

DPI = 200
MM = DPI / 25.4
PT = 25.4 / 72
WIDTH, HEIGHT = 210, 297
BLACK, BLUE, RED, GRAY = (0.11, 0.11, 0.12), (0.09, 0.16, 0.52), (0.80, 0.10, 0.12), (0.45, 0.45, 0.45)
MOST_BYTES = 134_000
OUT = Path(__file__).parent / "pages"

OFFICE = "ỦY BAN NHÂN DÂN XÃ TẬP HUẤN"
PLACE = "xã Tập Huấn, tỉnh Mẫu"
FATHER = ("TRẦN VĂN MẪU", "12/04/1990", "099090001234")
MOTHER = ("LÊ THỊ THỬ", "25/09/1993", "099193004567")
CHILD = ("TRẦN LÊ AN BÌNH", "03/11/2026")
OLD = ("NGUYỄN THỊ VÍ DỤ", "20/02/1961", "099161007890")
FRIEND = ("PHẠM ĐỨC THÍ DỤ", "07/07/1985", "099085002468")


class Page:
    """A page in millimeters with a cursor that moves down."""

    def __init__(self, seed):
        self.random = random.Random(seed)
        self.seed = seed
        self.surface = cairo.ImageSurface(cairo.FORMAT_RGB24, round(WIDTH * MM), round(HEIGHT * MM))
        self.c = cairo.Context(self.surface)
        self.c.set_source_rgb(1, 1, 1)
        self.c.paint()
        self.c.scale(MM, MM)
        options = cairo.FontOptions()
        options.set_antialias(cairo.ANTIALIAS_GRAY)
        options.set_hint_style(cairo.HINT_STYLE_NONE)
        self.c.set_font_options(options)
        self.y = 20

    def font(self, size, bold=False, italic=False, family="Tinos"):
        slant = cairo.FONT_SLANT_ITALIC if italic else cairo.FONT_SLANT_NORMAL
        weight = cairo.FONT_WEIGHT_BOLD if bold else cairo.FONT_WEIGHT_NORMAL
        self.c.select_font_face(family, slant, weight)
        self.c.set_font_size(size * PT)

    def width(self, text):
        return self.c.text_extents(text).x_advance

    def text(self, x, y, text, size=13, bold=False, italic=False, align="left", color=BLACK, family="Tinos"):
        self.font(size, bold, italic, family)
        width = self.width(text)
        x -= {"left": 0, "center": width / 2, "right": width}[align]
        self.c.set_source_rgb(*color)
        self.c.move_to(x, y)
        self.c.show_text(text)
        return x + width

    def line(self, x1, y1, x2, y2, width=0.25, color=BLACK, dash=None):
        self.c.set_source_rgb(*color)
        self.c.set_line_width(width)
        self.c.set_dash(dash or [])
        self.c.move_to(x1, y1)
        self.c.line_to(x2, y2)
        self.c.stroke()
        self.c.set_dash([])

    def box(self, x, y, w, h, width=0.3, color=BLACK):
        self.c.set_source_rgb(*color)
        self.c.set_line_width(width)
        self.c.rectangle(x, y, w, h)
        self.c.stroke()

    def paragraph(self, text, size=13, left=25, right=190, indent=10, gap=6.6, **style):
        """Sets words until the line is full; the cursor ends below."""
        self.font(size, style.get("bold", False), style.get("italic", False))
        line, lines, room = "", [], right - left - indent
        for word in text.split():
            longer = f"{line} {word}".strip()
            if self.width(longer) > room and line:
                lines.append(line)
                line, room = word, right - left
            else:
                line = longer
        for number, line in enumerate([*lines, line]):
            self.text(left + (indent if number == 0 else 0), self.y, line, size, **style)
            self.y += gap

    def field(self, label, value, left=25, right=190, gap=7.6):
        """A label, a line to the margin, and the answer in pen above it."""
        start = self.text(left, self.y, label, 13) + 1
        self.line(start, self.y + 0.7, right, self.y + 0.7, 0.2, (0.72, 0.72, 0.72))
        self.pen(start + 2, self.y - 0.2, value)
        self.y += gap

    def pen(self, x, y, text, size=14):
        """Written by hand: slanted, blue, every word a little off the line."""
        for word in text.split(" "):
            wobble = self.random.uniform(-0.35, 0.35)
            x = self.text(x, y + wobble, word, size + self.random.uniform(-0.4, 0.4), italic=True, color=BLUE)
            x += self.random.uniform(1.1, 1.6)

    def signature(self, x, y, width=34):
        """A few strokes of a blue pen."""
        c, r = self.c, self.random
        c.set_source_rgb(*BLUE)
        c.set_line_cap(cairo.LINE_CAP_ROUND)
        c.set_line_width(0.5)
        c.move_to(x, y)
        step = width / 7
        for number in range(7):
            at = x + number * step
            up = r.uniform(3, 9) * (1 if number % 2 else -1)
            c.curve_to(at + r.uniform(0, 4), y - up, at + step + r.uniform(-3, 2), y + up * 0.7, at + step, y + r.uniform(-1.5, 1.5))
        c.stroke()
        c.set_line_width(0.38)
        c.move_to(x - 3, y + 4)
        c.curve_to(x + width * 0.3, y + 1, x + width * 0.7, y + 5, x + width + 6, y - 1)
        c.stroke()
        c.set_line_cap(cairo.LINE_CAP_BUTT)

    def stamp(self, x, y, ring="TẬP HUẤN MỘT CỬA • KHÔNG CÓ GIÁ TRỊ • ", radius=15.5, turn=0.0, fade=0.82):
        """A round red stamp that names itself a sample; it imitates no real seal."""
        c = self.c
        c.push_group()
        c.set_source_rgb(*RED)
        for r, width in ((radius, 0.9), (radius - 4.6, 0.35)):
            c.set_line_width(width)
            c.new_path()
            c.arc(x, y, r, 0, 2 * math.pi)
            c.stroke()
        c.select_font_face("Arimo", cairo.FONT_SLANT_NORMAL, cairo.FONT_WEIGHT_BOLD)
        c.set_font_size(2.75)
        total = sum(c.text_extents(letter).x_advance for letter in ring)
        angle, track = turn, radius - 3.35
        stretch = 2 * math.pi * track / total
        for letter in ring:
            advance = c.text_extents(letter).x_advance * stretch / track
            c.save()
            c.translate(x, y)
            c.rotate(angle + advance / 2)
            c.move_to(-c.text_extents(letter).x_advance / 2, -track)
            c.show_text(letter)
            c.restore()
            angle += advance
        for row, word in enumerate(("MẪU", "TẬP HUẤN")):
            size = (6.2, 3.9)[row]
            c.set_font_size(size)
            c.move_to(x - c.text_extents(word).x_advance / 2, y + (-0.4, 5.4)[row])
            c.show_text(word)
        c.pop_group_to_source()
        c.paint_with_alpha(fade)

    def corner(self):
        """What every page says of itself."""
        self.c.set_source_rgb(*RED)
        self.text(203, 9.5, "MẪU – TẬP HUẤN", 10.5, bold=True, align="right", color=RED, family="Arimo")
        self.font(10.5, True, False, "Arimo")
        self.box(203 - self.width("MẪU – TẬP HUẤN") - 1.6, 5, self.width("MẪU – TẬP HUẤN") + 3.2, 6.4, 0.35, RED)

    def nation(self):
        """The two head lines of every Vietnamese form."""
        self.text(WIDTH / 2 + 7, self.y, "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", 13, bold=True, align="center")
        self.text(WIDTH / 2 + 7, self.y + 6.2, "Độc lập - Tự do - Hạnh phúc", 14, bold=True, align="center")
        self.line(WIDTH / 2 - 24, self.y + 8, WIDTH / 2 + 38, self.y + 8, 0.3)
        self.y += 22

    def two_heads(self, left_lines, number):
        """Office on the left, nation on the right."""
        for row, line in enumerate(left_lines):
            self.text(58, self.y + row * 6, line, 12, bold=row > 0, align="center")
        below = self.y + (len(left_lines) - 1) * 6 + 2
        self.line(45, below, 71, below, 0.3)
        self.text(58, below + 7, number, 12, align="center")
        self.text(144, self.y, "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", 12, bold=True, align="center")
        self.text(144, self.y + 6, "Độc lập - Tự do - Hạnh phúc", 13, bold=True, align="center")
        self.line(116, self.y + 8, 172, self.y + 8, 0.3)
        self.y += 32

    def title(self, *lines):
        for row, line in enumerate(lines):
            self.text(WIDTH / 2 + 3, self.y, line, 16 if row == 0 else 13, bold=True, align="center")
            self.y += 7.5
        self.y += 4

    def table(self, columns, rows, height=8.5):
        """Columns are (left, head); the last ends at the margin."""
        edges = [left for left, _ in columns] + [190]
        for number, row in enumerate([[head for _, head in columns], *rows]):
            for at, cell in enumerate(row):
                self.box(edges[at], self.y, edges[at + 1] - edges[at], height, 0.25)
                if number == 0:
                    self.text((edges[at] + edges[at + 1]) / 2, self.y + 5.8, cell, 11.5, bold=True, align="center")
                else:
                    self.pen(edges[at] + 1.6, self.y + 5.8, cell, 12)
            self.y += height
        self.y += 6

    def signed(self, x, heads, name, stamp=False):
        """Who signs, the strokes, the name; the stamp lies over a third of the strokes."""
        for row, head in enumerate(heads):
            self.text(x, self.y + row * 5.6, head, 12.5, bold=row == 0, italic=row > 0, align="center")
        self.signature(x - 16, self.y + 22)
        if stamp:
            self.stamp(x - 22, self.y + 20, turn=self.random.uniform(-0.4, 0.4))
        self.text(x, self.y + 38, name, 13, bold=True, align="center")

    def save(self, name, skew, tint=(252, 250, 244), gray=False):
        """Turns the drawing into what a scanner makes of it."""
        self.corner()
        raw = numpy.ndarray(
            (self.surface.get_height(), self.surface.get_stride() // 4, 4), numpy.uint8, self.surface.get_data()
        )
        drawn = Image.fromarray(raw[:, : self.surface.get_width(), 2::-1].copy())
        drawn = drawn.rotate(skew, Image.Resampling.BICUBIC, fillcolor=(255, 255, 255))
        drawn = drawn.filter(ImageFilter.GaussianBlur(0.9))
        page = numpy.asarray(drawn).astype(numpy.float32) / 255
        if gray:
            page = numpy.repeat(page.mean(axis=2, keepdims=True), 3, axis=2)
        noise = numpy.random.default_rng(self.seed)
        height, width = page.shape[:2]
        # The lamp is weaker towards one edge, and the paper's grain is coarser than a pixel.
        shade = 1 - 0.018 * numpy.linspace(0, 1, width)[None, :, None] ** 3
        grain = noise.normal(0, 1, (height // 6 + 1, width // 6 + 1)).repeat(6, 0).repeat(6, 1)[:height, :width, None]
        fine = noise.normal(0, 1, (height, width, 1))
        page = 0.055 + page * 0.945
        page = page * numpy.array(tint) * shade + grain * 0.3 + fine * 0.35
        for _ in range(14):
            row, column = noise.integers(0, height), noise.integers(0, width)
            page[row : row + 2, column : column + noise.integers(1, 4)] *= 0.7
        image = Image.fromarray(page.clip(0, 255).astype(numpy.uint8))
        for quality in range(75, 50, -1):
            file = io.BytesIO()
            image.save(file, "JPEG", quality=quality, dpi=(DPI, DPI), optimize=True)
            if file.tell() <= MOST_BYTES:
                break
        (OUT / name).write_bytes(file.getvalue())
        print(f"{name}: {file.tell()} bytes at quality {quality}")


def birth_declaration_1():
    p = Page(1)
    p.y = 24
    p.nation()
    p.title("TỜ KHAI ĐĂNG KÝ KHAI SINH")
    p.text(WIDTH / 2, p.y, f"Kính gửi: {OFFICE}", 13, italic=True, align="center")
    p.y += 12
    p.field("Họ, chữ đệm, tên người yêu cầu:", FATHER[0])
    p.field("Nơi cư trú:", "Số 12, thôn Thí Điểm, " + PLACE)
    p.field("Giấy tờ tùy thân:", f"Căn cước số {FATHER[2]}")
    p.field("Quan hệ với người được khai sinh:", "Cha")
    p.y += 2
    p.paragraph("Đề nghị cơ quan đăng ký khai sinh cho người dưới đây:", bold=True, indent=0)
    p.y += 2
    p.field("Họ, chữ đệm, tên:", CHILD[0])
    p.field("Ngày, tháng, năm sinh:", CHILD[1], right=108, gap=0)
    p.field("Ghi bằng chữ:", "mùng ba tháng mười một", left=110)
    p.field("Giới tính:", "Nữ", right=70, gap=0)
    p.field("Dân tộc:", "Kinh", left=72, right=125, gap=0)
    p.field("Quốc tịch:", "Việt Nam", left=127)
    p.field("Nơi sinh:", "Trạm Y tế " + PLACE)
    p.field("Quê quán:", PLACE[0].upper() + PLACE[1:])
    p.y += 3
    p.field("Họ, chữ đệm, tên người mẹ:", MOTHER[0])
    p.field("Năm sinh:", MOTHER[1], right=85, gap=0)
    p.field("Dân tộc:", "Kinh", left=87, right=130, gap=0)
    p.field("Quốc tịch:", "Việt Nam", left=132)
    p.field("Nơi cư trú:", "Số 12, thôn Thí Điểm, " + PLACE)
    p.field("Số định danh cá nhân:", MOTHER[2])
    p.y += 3
    p.field("Họ, chữ đệm, tên người cha:", FATHER[0])
    p.field("Năm sinh:", FATHER[1], right=85, gap=0)
    p.field("Dân tộc:", "Kinh", left=87, right=130, gap=0)
    p.field("Quốc tịch:", "Việt Nam", left=132)
    p.field("Nơi cư trú:", "Số 12, thôn Thí Điểm, " + PLACE)
    p.field("Số định danh cá nhân:", FATHER[2])
    p.text(105, 287, "1/2", 10, align="center", color=GRAY)
    p.save("01-to-khai-khai-sinh-1.jpg", 0.6)


def birth_declaration_2():
    p = Page(2)
    p.y = 30
    p.paragraph(
        "Tôi cam đoan nội dung đề nghị đăng ký khai sinh trên đây là đúng sự thật, được sự thỏa thuận nhất trí của các "
        "bên liên quan theo quy định pháp luật. Tôi chịu hoàn toàn trách nhiệm trước pháp luật về nội dung cam đoan."
    )
    p.y += 4
    p.field("Số lượng bản sao đề nghị cấp:", "03 bản")
    p.field("Hình thức nhận kết quả:", "Nhận trực tiếp tại Bộ phận Một cửa")
    p.y += 4
    p.table(
        [(25, "STT"), (38, "Giấy tờ kèm theo"), (130, "Bản chính"), (160, "Bản sao")],
        [["1", "Giấy chứng sinh", "01", "0"], ["2", "Giấy ủy quyền", "01", "0"], ["3", "Bản sao Giấy chứng nhận kết hôn", "0", "01"]],
    )
    p.y += 4
    p.text(150, p.y, "Tập Huấn, ngày 10 tháng 11 năm 2026", 13, italic=True, align="center")
    p.y += 8
    p.signed(150, ["Người yêu cầu", "(Ký, ghi rõ họ, chữ đệm, tên)"], "Trần Văn Mẫu")
    p.y += 62
    p.line(25, p.y, 190, p.y, 0.3)
    p.y += 9
    p.paragraph("Phần dành cho cơ quan đăng ký", bold=True, indent=0)
    p.field("Ngày tiếp nhận:", "10/11/2026")
    p.field("Người tiếp nhận:", "Đặng Thị Một Cửa")
    p.stamp(160, p.y + 20, turn=0.3, fade=0.75)
    p.text(105, 287, "2/2", 10, align="center", color=GRAY)
    p.save("02-to-khai-khai-sinh-2.jpg", -0.9, (250, 250, 247))


def birth_certificate_of_clinic():
    p = Page(3)
    p.y = 24
    p.two_heads(["SỞ Y TẾ TỈNH MẪU", "TRẠM Y TẾ XÃ TẬP HUẤN"], "Số: 0099/2026/GCS")
    p.title("GIẤY CHỨNG SINH")
    p.field("Họ và tên mẹ hoặc người nuôi dưỡng:", MOTHER[0])
    p.field("Ngày, tháng, năm sinh:", MOTHER[1])
    p.field("Số định danh cá nhân:", MOTHER[2])
    p.field("Nơi cư trú:", "Số 12, thôn Thí Điểm, " + PLACE)
    p.field("Dân tộc:", "Kinh")
    p.field("Họ và tên cha:", FATHER[0])
    p.y += 3
    p.paragraph("Đã sinh con vào lúc:", indent=0)
    p.field("Giờ, ngày, tháng, năm:", "06 giờ 45 phút, ngày 03 tháng 11 năm 2026")
    p.field("Tại:", "Trạm Y tế " + PLACE)
    p.field("Số con trong lần sinh này:", "01", right=100, gap=0)
    p.field("Số con hiện sống:", "01", left=102)
    p.field("Giới tính của con:", "Nữ", right=100, gap=0)
    p.field("Cân nặng:", "3.150 gam", left=102)
    p.field("Hiện trạng sức khỏe:", "Bình thường")
    p.field("Dự kiến đặt tên con là:", CHILD[0])
    p.field("Người đỡ đẻ:", "Hộ sinh Vũ Thị Minh Họa")
    p.y += 8
    p.text(148, p.y, "Tập Huấn, ngày 03 tháng 11 năm 2026", 13, italic=True, align="center")
    p.y += 8
    p.signed(55, ["Cha, mẹ", "(Ký, ghi rõ họ tên)"], "Lê Thị Thử")
    p.signed(148, ["Thủ trưởng cơ sở", "(Ký tên, đóng dấu)"], "Hồ Văn Mô Phỏng", stamp=True)
    p.save("03-giay-chung-sinh.jpg", 0.35, (247, 251, 246))


def power_of_attorney():
    p = Page(4)
    p.y = 26
    p.nation()
    p.title("GIẤY ỦY QUYỀN")
    p.paragraph("Hôm nay, ngày 09 tháng 11 năm 2026, tại thôn Thí Điểm, " + PLACE + ", chúng tôi gồm:", indent=0)
    p.y += 2
    p.paragraph("Bên ủy quyền (Bên A):", bold=True, indent=0)
    for label, value in (("Họ và tên:", OLD[0]), ("Ngày sinh:", OLD[1]), ("Căn cước số:", OLD[2]), ("Nơi cư trú:", "Số 3, thôn Thí Điểm, " + PLACE)):
        p.field(label, value)
    p.y += 2
    p.paragraph("Bên được ủy quyền (Bên B):", bold=True, indent=0)
    for label, value in (("Họ và tên:", FRIEND[0]), ("Ngày sinh:", FRIEND[1]), ("Căn cước số:", FRIEND[2]), ("Nơi cư trú:", "Số 45, đường Thực Hành, " + PLACE)):
        p.field(label, value)
    p.y += 2
    p.paragraph("Nội dung ủy quyền:", bold=True, indent=0)
    p.paragraph(
        "Bên A ủy quyền cho Bên B thay mặt Bên A nộp hồ sơ, nộp phí, lệ phí và nhận kết quả giải quyết thủ tục đăng ký "
        "khai sinh tại Bộ phận Tiếp nhận và Trả kết quả của Ủy ban nhân dân xã Tập Huấn."
    )
    p.paragraph("Thời hạn ủy quyền: 30 ngày, kể từ ngày ký. Hai bên đã đọc lại, hiểu rõ nội dung và cùng ký tên dưới đây.")
    p.y += 8
    p.signed(60, ["Bên A", "(Ký, ghi rõ họ tên)"], "Nguyễn Thị Ví Dụ")
    p.signed(150, ["Bên B", "(Ký, ghi rõ họ tên)"], "Phạm Đức Thí Dụ")
    p.save("04-giay-uy-quyen.jpg", -0.5)


def petition():
    p = Page(5)
    p.y = 26
    p.nation()
    p.title("ĐƠN ĐỀ NGHỊ", "Về việc xác nhận thông tin hộ gia đình")
    p.text(WIDTH / 2, p.y, f"Kính gửi: {OFFICE}", 13, italic=True, align="center")
    p.y += 12
    p.field("Tôi tên là:", OLD[0])
    p.field("Sinh ngày:", OLD[1], right=95, gap=0)
    p.field("Căn cước số:", OLD[2], left=97)
    p.field("Hiện cư trú tại:", "Số 3, thôn Thí Điểm, " + PLACE)
    p.field("Số điện thoại:", "0900 000 099")
    p.y += 3
    p.paragraph("Nay tôi làm đơn này đề nghị Ủy ban nhân dân xã xác nhận các thành viên trong hộ gia đình tôi gồm:")
    p.y += 1
    p.table(
        [(25, "STT"), (38, "Họ và tên"), (95, "Ngày sinh"), (125, "Số định danh"), (163, "Quan hệ")],
        [["1", "Nguyễn Thị Ví Dụ", OLD[1], OLD[2], "Chủ hộ"], ["2", "Phạm Đức Thí Dụ", FRIEND[1], FRIEND[2], "Con"], ["3", "Phạm Thị Minh Chứng", "15/08/2010", "099310003579", "Cháu"]],
    )
    p.paragraph(
        "Lý do: bổ sung hồ sơ vay vốn ưu đãi. Tôi xin cam đoan những lời khai trên là đúng sự thật và chịu trách nhiệm "
        "trước pháp luật về lời khai của mình. Rất mong được xem xét, giải quyết."
    )
    p.y += 4
    p.text(150, p.y, "Tập Huấn, ngày 12 tháng 11 năm 2026", 13, italic=True, align="center")
    p.y += 8
    p.signed(60, ["Xác nhận của trưởng thôn", "(Ký, ghi rõ họ tên)"], "Bùi Văn Diễn Tập", stamp=True)
    p.signed(150, ["Người làm đơn", "(Ký, ghi rõ họ tên)"], "Nguyễn Thị Ví Dụ")
    p.save("05-don-de-nghi.jpg", 1.1, (253, 249, 240))


def card_copy():
    """Both sides of a card on one sheet, as from an office copier: gray, with a dark edge. No emblem, no photo."""
    p = Page(6)
    c, x, w, h = p.c, 62, 85.6, 54
    for top in (46, 150):
        c.set_source_rgb(0.90, 0.90, 0.91)
        c.rectangle(x, top, w, h)
        c.fill()
        p.box(x, top, w, h, 0.5, GRAY)
    p.text(x + w / 2 + 8, 52, "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", 6.6, bold=True, align="center", family="Arimo")
    p.text(x + w / 2 + 8, 56, "Độc lập - Tự do - Hạnh phúc", 6, align="center", family="Arimo")
    p.text(x + w / 2 + 8, 62, "THẺ MẪU TẬP HUẤN", 9.5, bold=True, align="center", family="Arimo")
    c.set_source_rgb(0.72, 0.72, 0.73)
    c.rectangle(x + 4, 64, 21, 28)
    c.fill()
    c.set_source_rgb(0.5, 0.5, 0.52)
    c.arc(x + 14.5, 74, 5.2, 0, 2 * math.pi)
    c.fill()
    c.save()
    c.rectangle(x + 4, 64, 21, 28)
    c.clip()
    c.arc(x + 14.5, 93, 10, math.pi, 2 * math.pi)
    c.fill()
    c.restore()
    rows = ("Số / No.: " + FATHER[2], "Họ và tên: " + FATHER[0], "Ngày sinh: " + FATHER[1], "Giới tính: Nam     Quốc tịch: Việt Nam", "Quê quán: " + PLACE, "Nơi cư trú: " + PLACE)
    for row, line in enumerate(rows):
        p.text(x + 28, 68.5 + row * 5, line, 7.6, bold=row < 2, family="Arimo")
    code = segno.make(f"{FATHER[2]}||Trần Văn Mẫu|12041990|Nam|{PLACE}|01052021", error="l", micro=False)
    size, modules = 25, list(code.matrix)
    unit = size / len(modules)
    c.set_source_rgb(0.1, 0.1, 0.1)
    for row, line in enumerate(modules):
        for column, dark in enumerate(line):
            if dark:
                c.rectangle(x + w - size - 2 + column * unit, 150 + 3 + row * unit, unit, unit)
    c.fill()
    p.text(x + 5, 158, "Đặc điểm nhận dạng: không có", 7.4, family="Arimo")
    p.text(x + 5, 164, "Ngày cấp: 01/05/2021", 7.4, family="Arimo")
    p.text(x + 5, 170, "Nơi cấp: Trung tâm tập huấn", 7.4, family="Arimo")
    for row, line in enumerate((f"IDVNM0900012345{FATHER[2]}<<4", "9004120M3004120VNM<<<<<<<<<<<6", "TRAN<<VAN<MAU<<<<<<<<<<<<<<<<<")):
        p.text(x + 5, 186 + row * 6, line, 9, bold=True, family="Cousine")
    p.text(WIDTH / 2, 232, "Bản chụp để đối chiếu – không có giá trị sử dụng", 12, italic=True, align="center")
    c.set_source_rgb(0.25, 0.25, 0.25)
    c.rectangle(0, 0, 210, 1.6)
    c.fill()
    c.rectangle(0, 0, 1.1, 297)
    c.fill()
    p.save("06-the-can-cuoc.jpg", 0.8, (244, 244, 243), gray=True)


def contract_1():
    p = Page(7)
    p.y = 26
    p.nation()
    p.title("HỢP ĐỒNG TẶNG CHO XE MÔ TÔ")
    p.paragraph("Hôm nay, ngày 14 tháng 11 năm 2026, tại Ủy ban nhân dân xã Tập Huấn, chúng tôi gồm có:", indent=0)
    p.paragraph("Bên tặng cho (Bên A)", bold=True, indent=0)
    p.paragraph(f"Bà {OLD[0]}, sinh ngày {OLD[1]}, căn cước số {OLD[2]}, cư trú tại số 3, thôn Thí Điểm, {PLACE}.")
    p.paragraph("Bên được tặng cho (Bên B)", bold=True, indent=0)
    p.paragraph(f"Ông {FRIEND[0]}, sinh ngày {FRIEND[1]}, căn cước số {FRIEND[2]}, cư trú tại số 45, đường Thực Hành, {PLACE}.")
    p.paragraph("Hai bên tự nguyện lập hợp đồng này với các điều khoản sau:")
    p.y += 2
    articles = (
        ("Điều 1. Tài sản tặng cho", "Bên A tặng cho Bên B một xe mô tô hai bánh, biển số 00X9-000.99, số khung MAU00099TAPHUAN, số máy TH00099, màu sơn xanh, đăng ký lần đầu năm 2019. Tài sản thuộc quyền sở hữu hợp pháp của Bên A, không có tranh chấp, không bị cầm cố, thế chấp."),
        ("Điều 2. Việc giao nhận và đăng ký", "Bên A giao xe cùng toàn bộ giấy tờ cho Bên B ngay sau khi hợp đồng được chứng thực. Bên B nộp phí chứng thực và làm thủ tục đăng ký sang tên."),
        ("Điều 3. Cam đoan của các bên", "Hai bên cam đoan việc giao kết hợp đồng là hoàn toàn tự nguyện, không bị lừa dối, không bị ép buộc; thực hiện đúng và đầy đủ các thỏa thuận đã ghi trong hợp đồng này."),
    )
    for head, body in articles:
        p.paragraph(head, bold=True, indent=0)
        p.paragraph(body)
        p.y += 1
    p.signature(28, 280, 18)
    p.signature(170, 281, 18)
    p.text(105, 287, "Trang 1/2", 10, align="center", color=GRAY)
    p.save("07-hop-dong-1.jpg", -0.3)


def contract_2():
    p = Page(8)
    p.y = 28
    p.paragraph("Điều 4. Điều khoản cuối cùng", bold=True, indent=0)
    p.paragraph("Hợp đồng có hiệu lực kể từ thời điểm được chứng thực, gồm 02 trang, lập thành 03 bản có giá trị như nhau; mỗi bên giữ 01 bản, 01 bản lưu tại Ủy ban nhân dân xã Tập Huấn.")
    p.paragraph("Hai bên đã đọc lại, hiểu rõ và đồng ý với toàn bộ nội dung trên, cùng ký tên vào hợp đồng này.")
    p.y += 6
    p.signed(60, ["BÊN A", "(Ký, ghi rõ họ tên)"], "Nguyễn Thị Ví Dụ")
    p.signed(150, ["BÊN B", "(Ký, ghi rõ họ tên)"], "Phạm Đức Thí Dụ")
    p.y += 54
    p.title("LỜI CHỨNG")
    p.paragraph("Ngày 14 tháng 11 năm 2026, tại Ủy ban nhân dân xã Tập Huấn, tỉnh Mẫu, tôi là Trịnh Văn Giả Định, chứng thực: hợp đồng này được giao kết giữa Bên A và Bên B có tên trên đây; các bên đã tự nguyện thỏa thuận và cam đoan chịu trách nhiệm trước pháp luật về nội dung hợp đồng; tại thời điểm chứng thực, các bên có năng lực hành vi dân sự và đã cùng ký trước mặt tôi.")
    p.field("Số chứng thực:", "99   quyển số  01/2026 - SCT/HĐ,GD", right=150)
    p.y += 4
    p.signed(145, ["NGƯỜI THỰC HIỆN CHỨNG THỰC", "(Ký, ghi rõ họ tên, đóng dấu)"], "Trịnh Văn Giả Định", stamp=True)
    p.text(105, 287, "Trang 2/2", 10, align="center", color=GRAY)
    p.save("08-hop-dong-2.jpg", 0.45)


def certified_copy():
    p = Page(9)
    c = p.c
    c.set_source_rgb(0.985, 0.95, 0.945)
    c.rectangle(14, 16, 182, 262)
    c.fill()
    p.box(16, 18, 178, 258, 1.1, (0.78, 0.42, 0.42))
    p.box(18.5, 20.5, 173, 253, 0.35, (0.78, 0.42, 0.42))
    p.text(30, 32, "BẢN SAO", 15, bold=True, color=RED)
    p.y = 40
    p.two_heads(["TỈNH MẪU", OFFICE], "Số: 09/2021")
    p.title("GIẤY CHỨNG NHẬN KẾT HÔN")
    for head, (name, born, number) in (("Họ, chữ đệm, tên vợ:", MOTHER), ("Họ, chữ đệm, tên chồng:", FATHER)):
        for label, value in ((head, name), ("Ngày, tháng, năm sinh:", born), ("Dân tộc, quốc tịch:", "Kinh, Việt Nam"), ("Nơi cư trú:", PLACE[0].upper() + PLACE[1:]), ("Giấy tờ tùy thân:", "Căn cước số " + number)):
            start = p.text(30, p.y, label, 13) + 2
            p.text(start, p.y, value, 13, bold=value == name)
            p.y += 7.6
        p.y += 4
    p.text(30, p.y, "Nơi đăng ký kết hôn: Ủy ban nhân dân xã Tập Huấn, tỉnh Mẫu", 13)
    p.text(30, p.y + 7.6, "Ngày, tháng, năm đăng ký: 09/09/2021", 13)
    p.y += 20
    p.signed(60, ["Vợ và chồng", "(Đã ký)"], "Thử – Mẫu")
    p.signed(148, ["Người ký Giấy chứng nhận", "(Đã ký, đóng dấu)"], "Đinh Thị Tượng Trưng", stamp=True)
    p.y += 46
    # The certification stamp of the copy, straight and smaller, as the counter puts it.
    p.box(26, p.y, 92, 22, 0.6, RED)
    for row, line in enumerate(("CHỨNG THỰC BẢN SAO ĐÚNG VỚI BẢN CHÍNH", "Số chứng thực: 990   Quyển số: 01-SCT/BS", "Ngày 11 tháng 11 năm 2026")):
        p.text(72, p.y + 6 + row * 6, line, 10, bold=row == 0, align="center", color=RED)
    p.save("09-ban-sao-giay-chung-nhan.jpg", -0.7, (252, 248, 243))


def main():
    OUT.mkdir(exist_ok=True)
    for draw in (birth_declaration_1, birth_declaration_2, birth_certificate_of_clinic, power_of_attorney, petition, card_copy, contract_1, contract_2, certified_copy):
        draw()
    print(f"{sum(file.stat().st_size for file in OUT.glob('*.jpg'))} bytes in all")


if __name__ == "__main__":
    main()
