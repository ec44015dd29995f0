/** Both sides by a scanner that sees one, in Vietnamese. */
import type { Joining } from "../../bindings/Joining";

export const duplexVi = {
  key: "Quét hai mặt: mặt trước, lật xấp, mặt sau",
  button: "Hai mặt",
  hint: "Máy này quét một mặt: quét hết mặt trước, lật cả xấp, rồi quét mặt sau",
  title: (name: string) => `Quét hai mặt: ${name}`,
  fronts: (pages: number) => `Mặt trước: ${pages}`,
  turn: "Lật cả xấp",
  backs: (pages: number) => `Mặt sau: ${pages}`,
  backsToCome: "Mặt sau",
  way: "Cách ghép",
  ways: { turned: "Lật cả xấp", same_order: "Lật từng tờ", appended: "Nối mặt sau vào cuối" } satisfies Record<Joining, string>,
  order: "Thứ tự các trang khi ghép",
  front: "trước",
  back: "sau",
  frontAlt: (n: number) => `Trang ${n}, mặt trước`,
  backAlt: (n: number) => `Trang ${n}, mặt sau`,
  steps: { backs: "Quét mặt sau", join: "Ghép hai lượt", again: "Quét lại mặt sau" },
  moreFronts: "Quét tiếp mặt trước",
  moreBacks: "Quét tiếp mặt sau",
  joinAnyway: (way: string) => `Vẫn ghép: ${way.toLowerCase()}`,
  joined: (pages: number) => `Đã ghép ${pages} trang hai mặt.`,
};

export type DuplexMessages = typeof duplexVi;
