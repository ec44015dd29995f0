/** A scanner lent to other counters, in Vietnamese. */
export const shareVi = {
  title: "Cho quầy khác dùng máy quét này",
  hint: "Quầy khác thêm địa chỉ này làm máy quét mạng. Ai có địa chỉ đều quét được: chỉ đưa cho người trong cơ quan.",
  address: "Địa chỉ",
  alt: (name: string) => `Mã địa chỉ của ${name}`,
  copy: "Chép địa chỉ",
  copied: "Đã chép địa chỉ.",
  renew: "Đổi địa chỉ",
  renewed: "Đã đổi địa chỉ: địa chỉ cũ không dùng được nữa.",
  fingerprint: "Vân tay chứng chỉ",
  failed: (port: number) => `Cổng ${port} đang bị chương trình khác giữ. Chương trình tự thử lại.`,
  guest: (peer: string, pages: number) => `Quầy ở ${peer} đang quét, đã lấy ${pages} trang.`,
};

export type ShareMessages = typeof shareVi;
