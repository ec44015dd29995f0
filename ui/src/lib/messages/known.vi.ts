/** Sentences about people and papers known from before, and about the population database, in Vietnamese. */
import type { CheckFault } from "../../bindings/CheckFault";
import type { CheckState } from "../../bindings/CheckState";

const states: Record<CheckState, string> = {
  unchecked: "Chưa đối chiếu",
  matched: "Đã đối chiếu",
  mismatched: "Không khớp CSDL dân cư",
  confirmed: "Đã xác nhận tay",
};
const faults: Record<CheckFault, string> = {
  unreachable: "Chưa hỏi được cơ sở dữ liệu dân cư.",
  not_found: "Cơ sở dữ liệu dân cư không có số này.",
  one_time_code: "Cơ sở dữ liệu dân cư đòi mã OTP của công dân.",
};

export const known = {
  count: (n: number, code: string) => `Đã có ${n} hồ sơ tại máy này, gần nhất ${code}.`,
  ask: "Hỏi công dân có đồng ý dùng lại thông tin liên hệ và giấy tờ đã nộp không.",
  agree: "Công dân đồng ý",
  withdraw: "Công dân rút đồng ý",
  take: "Điền thông tin lần trước",
  taken: (code: string) => `Đã điền thông tin từ hồ sơ ${code}.`,
  reuse: "Dùng lại giấy tờ đã số hóa",
  reuseInto: (n: number) => `Dùng cho ${n}`,
  reused: (name: string, code: string) => `Dùng lại “${name}” của hồ sơ ${code}.`,
  pages: (n: number) => `${n} trang`,
  names: "Người đã có hồ sơ tại máy này",
  namesHint: "Người cùng tên đã có hồ sơ tại máy này:",
  nameSince: (day: string) => `hồ sơ ${day}`,
  nameTake: "Dùng lại",
  nameAgree: "Đồng ý, dùng lại",
  identity: "Đối chiếu dân cư",
  states,
  faults,
  here: "Trên hồ sơ",
  there: "CSDL dân cư",
  waiting: "Đang chờ hỏi.",
  again: (when: string) => `Hỏi lại lúc ${when}.`,
  confirmStart: "Đã tra nơi khác…",
  confirm: "Xác nhận",
  reason: "Đã tra ở đâu, bằng cách nào",
  confirmed: (name: string) => `Đã ghi nhận đối chiếu ${name}.`,
  unchecked: "Chưa đối chiếu dân cư",
  address: "Địa chỉ dịch vụ",
  addressHint: "Để trống thì không hỏi tự động; hồ sơ vẫn tiếp nhận như thường.",
  save: "Lưu địa chỉ",
  saved: "Đã lưu địa chỉ đối chiếu dân cư.",
};
