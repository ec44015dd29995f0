/** Sentences about lists that are worked through, and one step for several dossiers. */
import type { WorkList } from "../../bindings/WorkList";

export const listsVi = {
  workLists: {
    received: "Nhận hôm nay",
    due_today: "Đến hẹn",
    overdue: "Quá hẹn",
    waiting: "Đang chờ",
    supplement: "Chờ bổ sung",
    paused: "Tạm dừng",
    done: "Chờ trả",
    unsent: "Chưa gửi",
    unchecked: "Chưa đối chiếu",
    twins: "Nghi trùng",
  } satisfies Record<WorkList, string>,
  left: "Còn lại",
  leftDays: (n: number) => `${n} ngày`,
  leftHours: (hours: number, minutes: number) => (hours === 0 ? `${minutes} phút` : minutes === 0 ? `${hours} giờ` : `${hours} giờ ${minutes}`),
  late: (time: string) => `quá ${time}`,
  chosen: (n: number) => `Đã chọn ${n} hồ sơ`,
  choose: "Chọn, bỏ chọn dòng",
  chooseAll: "Chọn tất cả",
  moveMany: "Chuyển bước",
  stepFor: (step: string, n: number, all: number) => (n === all ? step : `${step} (${n})`),
  moved: (n: number, step: string) => `${step}: ${n} hồ sơ.`,
  refused: (n: number) => `${n} hồ sơ không chuyển được:`,
  noMoves: "Các hồ sơ này không có bước nào chuyển được.",
  unchoose: "Bỏ chọn",
};
