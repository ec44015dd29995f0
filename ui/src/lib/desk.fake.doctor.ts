/** The scanner doctor of the desk in memory: `?ails=scanner_jam` makes the first scanner ail of that, once. */
import type { DeviceView } from "../bindings/DeviceView";
import type { ErrorCode } from "../bindings/ErrorCode";
import type { ScannerFinding } from "../bindings/ScannerFinding";
import type { Desk } from "./desk";

const ADVICE = "Gỡ tờ kẹt, đặt tờ đó và các tờ sau vào khay rồi bấm F5.";
const SAID = "Máy quét kẹt giấy. Các trang đã nhận vẫn còn.";

export function fakeDoctor(options: URLSearchParams, scanners: () => Promise<DeviceView[]>, rest: () => Promise<unknown>): Pick<Desk, "examineScanners"> & { stop: () => void } {
  let ails = options.get("ails") as ErrorCode | null;
  let stopped = false;
  return {
    stop: () => (stopped = true),
    examineScanners: async (only, heard) => {
      stopped = false;
      const findings: ScannerFinding[] = [];
      const find = (one: Partial<ScannerFinding>) => {
        const whole: ScannerFinding = { step: "found", device: null, name: null, fine: true, code: null, said: "", advice: null, detail: null, ...one };
        findings.push(whole);
        heard(whole);
      };
      const all = await scanners();
      const fine = all.length > 0;
      find({ fine, said: fine ? `Tìm thấy ${all.length} máy quét.` : "Không tìm thấy máy quét nào.", advice: fine ? null : "Kiểm tra nguồn, dây cáp và mạng." });
      for (const one of all.filter((device) => only === null || device.id === only)) {
        await rest();
        if (stopped) break;
        const named = { device: one.id, name: one.name };
        if (ails) find({ ...named, step: "state", fine: false, code: ails, said: SAID, advice: ADVICE, detail: "sane_start: Document feeder jammed" });
        else find({ ...named, step: "state", said: "Máy quét trả lời và sẵn sàng quét." });
        ails = null;
        find({ ...named, step: "abilities", said: "Khả năng: khay nạp; 200–300 dpi; màu, xám." });
      }
      return { findings, stopped, report: findings.map((one) => `${one.fine ? "+" : "-"} ${one.said}`).join("\n") };
    },
  };
}
