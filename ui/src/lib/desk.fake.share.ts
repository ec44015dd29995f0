/** Scanners lent to other counters, in memory. */
import type { SharesView } from "../bindings/SharesView";
import type { Desk } from "./desk";

export function fakeShare(rows: string[]): Pick<Desk, "shares" | "shareScanner" | "renewShare"> {
  let view: SharesView = { status: "off", port: 9443, fingerprint: "0B:30:55:A1", scanners: [], guest: null };
  let made = 0;
  const address = () => `https://192.0.2.7:9443/${String(++made).padStart(32, "0")}/eSCL`;
  const told = () => structuredClone(view);
  return {
    shares: async () => told(),
    shareScanner: async (device, on) => {
      const known = view.scanners.find((one) => one.device === device);
      const scanners = known ? view.scanners.map((one) => (one === known ? { ...one, on } : one)) : [...view.scanners, { device, name: device, on, address: address(), rows }];
      view = { ...view, status: scanners.some((one) => one.on) ? "open" : "off", scanners };
      return told();
    },
    renewShare: async (device) => {
      view = { ...view, scanners: view.scanners.map((one) => (one.device === device ? { ...one, address: address() } : one)) };
      return told();
    },
  };
}
