/** A phone as a camera, in Vietnamese. */
import type { PhotoPaper } from "../../bindings/PhotoPaper";

export const phoneVi = {
  key: "Chụp bằng điện thoại",
  button: "Điện thoại",
  hint: "Chụp giấy bằng điện thoại cùng mạng, vào thành phần đang chọn",
  title: "Chụp bằng điện thoại",
  alt: "Mã để điện thoại mở",
  network: "Nối điện thoại vào cùng mạng Wi-Fi với máy này.",
  scan: "Mở máy ảnh của điện thoại, quét mã. Mã dùng được một lần.",
  trust: "Điện thoại báo chứng chỉ lạ: xem chi tiết, thấy vân tay đúng như sau thì chọn tiếp tục:",
  paper: "Chụp",
  papers: { a4: "A4", a5: "A5", a3: "A3", card: "Thẻ" } satisfies Record<PhotoPaper, string>,
  holds: "Điện thoại đã nối.",
  meanwhile: "Mỗi ảnh được tìm mép, nắn phẳng và lưu ngay. Không máy nào khác mở được mã này.",
  none: "Chưa có ảnh nào",
  received: (pages: number) => `Đã lưu ${pages} trang`,
  done: "Xong",
  waiting: "Đang chờ ảnh từ điện thoại",
  photo: "Ảnh chụp",
  wholePicture: "Xem cả ảnh chụp, không nắn",
};

export type PhoneMessages = typeof phoneVi;
