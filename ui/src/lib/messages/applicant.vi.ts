/** Sentences about who stands behind a dossier, in Vietnamese. */
import type { Basis } from "../../bindings/Basis";
import type { PartyKind } from "../../bindings/PartyKind";
import type { PartyWarning } from "../../bindings/PartyWarning";
import type { RepresentativeField } from "../../bindings/RepresentativeField";
import type { Seat } from "../../bindings/Seat";

const kinds: Record<PartyKind, string> = { person: "Cá nhân", organization: "Tổ chức" };
const bases: Record<Basis, string> = {
  authorization: "Ủy quyền",
  introduction: "Giới thiệu",
  kin: "Người thân",
  legal: "Theo pháp luật",
};
const partyWarnings: Record<PartyWarning, string> = {
  tax_code_shape: "Mã số thuế có 10 số, 10 số và 3 số chi nhánh, hoặc 12 số của cá nhân, hộ kinh doanh.",
  tax_code_check_digit: "Mã số thuế sai số kiểm tra: có thể gõ nhầm một số.",
  same_person: "Người nộp thay trùng với chủ hồ sơ.",
  paper_unnamed: "Chưa ghi số, ngày của giấy ủy quyền hoặc giấy giới thiệu.",
  paper_in_future: "Giấy ghi ngày sau ngày nhận hồ sơ.",
};
const representativeFields: Record<RepresentativeField, string> = {
  name: "họ tên người nộp thay",
  id_number: "số định danh người nộp thay",
};

export const applicant = {
  owner: "Chủ hồ sơ",
  alone: "Chủ hồ sơ tự nộp.",
  kinds,
  bases,
  partyWarnings,
  representativeFields,
  kindOf: "Chủ hồ sơ là",
  switchKey: "Cá nhân hoặc tổ chức",
  orgName: "Tên tổ chức",
  taxCode: "Mã số thuế",
  orgAddress: "Trụ sở",
  household: "Mã số thuế 12 số của cá nhân, hộ kinh doanh.",
  representative: "Người nộp",
  add: "Nộp thay",
  drop: "Tự nộp",
  representativeAdd: "Người khác nộp thay",
  representativeDrop: "Chủ hồ sơ tự nộp",
  representativeHint: "Đưa thẻ của người này vào đầu đọc, hoặc nhập tay.",
  basis: "Căn cứ",
  relation: "Quan hệ",
  relationHint: "mẹ, giám đốc, nhân viên…",
  paper: "Số, ngày giấy",
  paperNumber: "Số giấy",
  paperDate: "Ngày giấy",
  ground: "Căn cứ",
  picture: "Ảnh thẻ",
  pictureKey: "Đọc mã QR từ ảnh chụp hoặc bản quét thẻ",
  pictureLooking: "Đang tìm mã…",
  pictureDrop: "Thả ảnh thẻ vào đây để đọc mã QR",
  offered: (page: number, paper: string | null) => (paper ? `Thẻ đọc được từ trang ${page} của “${paper}”. Dùng?` : `Thẻ đọc được từ trang ${page} của ảnh. Dùng?`),
  offerTake: "Dùng thẻ này",
  offerLeave: "Không dùng",
  offerLeft: (name: string) => `Không dùng thẻ của ${name}.`,
  askTitle: (name: string) => `Thẻ vừa đọc là của ${name}, không phải người đang có trên hồ sơ.`,
  askSeat: (seat: Seat): string => (seat === "representative" ? "Là người nộp thay" : "Thay chủ hồ sơ"),
  askNot: "Bỏ qua thẻ này",
  seated: (name: string, seat: Seat): string => (seat === "representative" ? `${name} là người nộp thay.` : `${name} là chủ hồ sơ.`),
  switched: (kind: PartyKind): string => (kind === "organization" ? "Chủ hồ sơ là tổ chức; người vừa nhập là người nộp." : "Chủ hồ sơ là cá nhân."),
};
