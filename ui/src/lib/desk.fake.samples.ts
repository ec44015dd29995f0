/** Sample words and pictures for the desk in memory. */
import type { CaseView } from "../bindings/CaseView";
import type { DayKind } from "../bindings/DayKind";
import type { DueView } from "../bindings/DueView";
import type { Handling } from "../bindings/Handling";

interface SampleProcedure {
  code: string;
  name: string;
  field: string;
  cases: CaseView[];
  components: { name: string; handling?: Handling; required?: boolean }[];
}

const one = (limit: string, fee: string): CaseView[] => [{ id: "1", name: "", limit_text: limit, fee_text: fee }];
const shown = { name: "Giấy tờ tùy thân của người nộp", handling: "show" as const };

export const LONG_TITLE =
  "Thủ tục cấp bản sao trích lục hộ tịch, xác nhận thông tin hộ tịch và ghi vào Sổ hộ tịch việc khai sinh, kết hôn, ly hôn, hủy việc kết hôn, nhận cha, mẹ, con, giám hộ, nhận nuôi con nuôi, thay đổi hộ tịch, khai tử của công dân Việt Nam đã được giải quyết tại cơ quan có thẩm quyền của nước ngoài, có yếu tố biên giới";

export const PROCEDURES: SampleProcedure[] = [
  {
    code: "1.001193",
    name: "Thủ tục đăng ký khai sinh",
    field: "Hộ tịch",
    cases: one("Trong ngày làm việc; nhận sau 15 giờ thì ngày làm việc tiếp theo", "Miễn lệ phí"),
    components: [
      { name: "Tờ khai đăng ký khai sinh" },
      { name: "Giấy chứng sinh, hoặc văn bản của người làm chứng xác nhận về việc sinh" },
      { name: "Văn bản ủy quyền được chứng thực, trường hợp ủy quyền đăng ký khai sinh", required: false },
      shown,
      { name: "Giấy chứng nhận kết hôn của cha, mẹ", handling: "show", required: false },
    ],
  },
  {
    code: "1.004884",
    name: "Thủ tục đăng ký lại khai sinh",
    field: "Hộ tịch",
    cases: [
      { id: "1", name: "Tra cứu được trong Cơ sở dữ liệu hộ tịch", limit_text: "5 ngày làm việc", fee_text: "20.000 đ" },
      { id: "2", name: "Phải xác minh ở nơi đăng ký trước đây", limit_text: "25 ngày làm việc", fee_text: "20.000 đ" },
    ],
    components: [{ name: "Tờ khai đăng ký lại khai sinh" }, { name: "Bản sao toàn bộ hồ sơ, giấy tờ có thông tin về khai sinh" }, shown],
  },
  {
    code: "1.000894",
    name: "Thủ tục đăng ký kết hôn",
    field: "Hộ tịch",
    // As in the national catalogue, the common case has no name.
    cases: [
      { id: "thuong", name: "", limit_text: "Ngay khi nhận đủ hồ sơ", fee_text: "Miễn lệ phí" },
      { id: "xac-minh", name: "Cần xác minh điều kiện kết hôn", limit_text: "5 ngày làm việc", fee_text: "Miễn lệ phí" },
    ],
    components: [{ name: "Tờ khai đăng ký kết hôn" }, { name: "Giấy xác nhận tình trạng hôn nhân" }, shown],
  },
  {
    code: "2.000815",
    name: "Thủ tục chứng thực bản sao từ bản chính giấy tờ, văn bản do cơ quan có thẩm quyền của Việt Nam cấp",
    field: "Chứng thực",
    cases: one("Trong ngày", "2.000 đ/trang, từ trang thứ ba 1.000 đ/trang, tối đa 200.000 đ/bản"),
    components: [{ name: "Bản chính giấy tờ, văn bản", handling: "show" }, { name: "Bản sao cần chứng thực" }],
  },
  {
    code: "1.004873",
    name: "Thủ tục cấp Giấy xác nhận tình trạng hôn nhân",
    field: "Hộ tịch",
    cases: one("3 ngày làm việc", "15.000 đ"),
    components: [{ name: "Tờ khai cấp Giấy xác nhận tình trạng hôn nhân" }, { name: "Trích lục ghi chú ly hôn", required: false }, shown],
  },
  {
    code: "1.013823",
    name: "Đăng ký biến động quyền sử dụng đất, quyền sở hữu tài sản gắn liền với đất",
    field: "Đất đai",
    cases: one("10 ngày làm việc", "Theo nghị quyết của Hội đồng nhân dân"),
    components: [{ name: "Đơn đăng ký biến động đất đai" }, { name: "Giấy chứng nhận đã cấp" }, { name: "Hợp đồng chuyển nhượng" }],
  },
];

/** What is found beside them: one whose publication names no limit. */
export const ALL_PROCEDURES: SampleProcedure[] = [
  ...PROCEDURES,
  {
    code: "2.001263",
    name: "Đăng ký việc nuôi con nuôi trong nước",
    field: "Nuôi con nuôi",
    cases: one("", "400.000 đ"),
    components: [{ name: "Đơn xin nhận con nuôi" }, shown],
  },
];

const day = (date: string, kind: DayKind, note = "") => ({ date, kind, minutes: kind === "counted" || kind === "make_up" ? 480 : 0, note, nth: null, why: [] });

const PLAIN = { limit_text: "", cut_off: "15:00", agency: null, stages: [], changed: null, reappointed: 0, late_to_put_off: false, may_appoint: true, waits: null };

export const DUE_SHORT: DueView = {
  due: "2026-11-26T14:32:00+07:00",
  ...PLAIN,
  confirmed: true,
  days: [day("2026-11-23", "received"), day("2026-11-24", "counted"), day("2026-11-25", "counted"), day("2026-11-26", "counted")],
};

export const DUE_LONG: DueView = {
  due: "2027-01-05T14:32:00+07:00",
  ...PLAIN,
  stages: [
    { name: "Tiếp nhận, chuyển hồ sơ", unit: "Bộ phận Một cửa", limit_text: "02 giờ làm việc", due: "2026-11-24T08:02:00+07:00" },
    { name: "Xác minh ở nơi đăng ký trước đây", unit: "Công chức tư pháp – hộ tịch", limit_text: "20 ngày làm việc", due: "2026-12-22T08:02:00+07:00" },
    { name: "Ký, trả kết quả", unit: "Lãnh đạo Ủy ban nhân dân", limit_text: "04 ngày làm việc", due: "2026-12-28T08:02:00+07:00" },
  ],
  confirmed: false,
  days: (() => {
    const days = [day("2026-11-23", "received")];
    for (let at = 1; at <= 43; at += 1) {
      const date = new Date(Date.UTC(2026, 10, 23 + at));
      const iso = date.toISOString().slice(0, 10);
      const off = date.getUTCDay() === 0 || date.getUTCDay() === 6;
      if (iso === "2026-12-26") days.push(day(iso, "make_up", "Làm bù cho ngày 31/12"));
      else if (iso === "2026-12-31") days.push(day(iso, "compensatory", "Nghỉ hoán đổi"));
      else if (iso === "2027-01-01") days.push(day(iso, "holiday", "Tết Dương lịch"));
      else days.push(day(iso, off ? "weekend" : "counted"));
    }
    return days;
  })(),
};

export function svg(width: number, height: number, inside: string): string {
  const picture = `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 620 877"><rect width="620" height="877" fill="#fdfdf9"/>${inside}</svg>`;
  return `data:image/svg+xml,${encodeURIComponent(picture)}`;
}

export const text = (x: number, y: number, size: number, words: string, more = "") => `<text x="${x}" y="${y}" font-family="serif" font-size="${size}" fill="#222" ${more}>${words}</text>`;
export const lines = (from: number, count: number) =>
  Array.from({ length: count }, (_, at) => `<rect x="70" y="${from + at * 26}" width="${at % 4 === 3 ? 300 : 480}" height="7" fill="#8b8f94"/>`).join("");
export const MIDDLE = 'text-anchor="middle"';

/** A page as it is read: behind its id stands how it is turned and cut. */
export function pagePicture(address: string): string {
  const [id = "", edit = ""] = address.split("/");
  const [turns = "0", cut = ""] = edit.split("_");
  const stamp = Number(id.slice(-2)) % 2 === 0 ? '<circle cx="430" cy="720" r="62" fill="none" stroke="#c22" stroke-width="6" opacity=".8"/>' : "";
  const paper = text(310, 90, 18, "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", MIDDLE) + text(310, 116, 16, "Độc lập - Tự do - Hạnh phúc", MIDDLE) + text(310, 190, 24, "TỜ KHAI", MIDDLE) + lines(240, 17) + stamp;
  const quarters = Number(turns);
  const [across, down] = quarters % 2 === 0 ? [620, 877] : [877, 620];
  const turned = ["", "translate(877 0) rotate(90)", "translate(620 877) rotate(180)", "translate(0 620) rotate(270)"][quarters] ?? "";
  const [left = 0, top = 0, right = 10_000, bottom = 10_000] = cut === "" ? [] : cut.split("-").map(Number);
  const [x, y, width, height] = [(left * across) / 10_000, (top * down) / 10_000, ((right - left) * across) / 10_000, ((bottom - top) * down) / 10_000];
  const picture = `<svg xmlns="http://www.w3.org/2000/svg" width="${width * 2}" height="${height * 2}" viewBox="${x} ${y} ${width} ${height}"><g transform="${turned}"><rect width="620" height="877" fill="#fdfdf9"/>${paper}</g></svg>`;
  return `data:image/svg+xml,${encodeURIComponent(picture)}`;
}
