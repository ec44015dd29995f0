/** What the screens show and where, in the states in which they once showed it badly. */
import { afterEach, describe, expect, it, vi } from "vitest";
import { devices } from "../features/devices/controller.svelte";
import { frame } from "../features/frame/controller.svelte";
import { notices } from "../features/notices/controller.svelte";
import { desk } from "../lib/desk";
import { accept, CARD, draft, find, focused, openWindow, press, seen, soon } from "./hands";

let close: () => void = () => undefined;
afterEach(() => close());
vi.setConfig({ testTimeout: 30_000 });

const text = (element: Element | null | undefined) => (element?.textContent ?? "").replace(/\s+/g, " ").trim();
const open = async (options: string) => {
  close = await openWindow(`in&${options}`);
};

describe("without a printer", () => {
  it("nobody is alarmed, and the receipt is opened instead of printed", async () => {
    await open("empty&noprint");
    await draft("ket hon", "1.000894");
    await accept();
    expect(find("toast") === null, "no toast").toBe(true);
    expect(find("receipt-print-outcome")?.dataset.state).toBe("unavailable");
    const print = find("receipt-print") as HTMLButtonElement;
    expect(print.disabled).toBe(true);
    expect(text(document.getElementById(print.getAttribute("aria-describedby") ?? "")), "the reason stands beside it").toBe("Chưa có máy in");
    await soon(() => expect(focused()).toBe("receipt-open"));
    press("F9");
    await soon(() => expect(focused(), "then comes the next dossier").toBe("receipt-next"));
    expect(find("receipt-error") === null).toBe(true);
  });

  it("a printer that is there is printed on", async () => {
    await open("empty");
    await draft("ket hon", "1.000894");
    await accept();
    await soon(() => expect(focused()).toBe("receipt-print"));
  });
});

describe("a station that is bound to a printer", () => {
  it("prints the receipt with the same key that accepts, and says so", async () => {
    await open("empty");
    await seen("new-dossier");
    devices.choosePrinter("HP-LaserJet-Quay3");
    await draft("ket hon", "1.000894");
    expect(text(find("accept"))).toBe("Tiếp nhận và in F9");
    await accept();
    await soon(() => expect(find("receipt-print-outcome")?.dataset.state).toBe("printed"));
    expect(text(find("receipt-print-outcome"))).toContain("HP-LaserJet-Quay3");
    await soon(() => expect(focused(), "then comes the next dossier").toBe("receipt-next"));
  });

  it("keeps the receipt in sight with what to do, where it did not come out", async () => {
    await open("empty");
    await seen("new-dossier");
    devices.choosePrinter("HP-LaserJet-Quay3");
    const error = { code: "print_failed", message: "Máy in hết giấy.", hint: "Nạp giấy rồi in lại.", reference: "" };
    const print = vi.spyOn(desk, "printPaper").mockRejectedValueOnce(error);
    await draft("ket hon", "1.000894");
    await accept();
    await soon(() => expect(text(find("receipt-error"))).toContain("Nạp giấy rồi in lại."));
    await soon(() => expect(focused()).toBe("receipt-print"));
    press("F9");
    await soon(() => expect(find("receipt-print-outcome")?.dataset.state).toBe("printed"));
    expect(print).toHaveBeenCalledTimes(2);
  });
});

describe("the intake", () => {
  it("names every case, and tells the chosen one when it can no longer be changed", async () => {
    await open("empty");
    await draft("ket hon", "1.000894");
    expect(text(find("case-thuong")?.closest("label"))).toBe("Trường hợp chung");
    await accept();
    expect(document.querySelectorAll(".fields input[type=radio]").length).toBe(0);
    expect(text(find("case"))).toBe("Trường hợp chung");
  });

  it("keeps the code and the due date outside of what scrolls", async () => {
    await open("empty");
    await draft("khai sinh", "1.001193");
    expect((await seen("due-date")).closest(".scroll") === null, "of a draft").toBe(true);
    await accept();
    for (const id of ["due-date", "dossier-code"]) expect((await seen(id)).closest(".scroll") === null, id).toBe(true);
    expect(text(find("due-why")?.querySelector("summary"))).toMatch(/^Vì sao hẹn ngày này Tính 3 ngày/);
  });

  it("says where the next page goes and where a page came from", async () => {
    await open("empty");
    await draft("khai sinh", "1.001193");
    await soon(() => expect(text(find("run-summary"))).toBe("Quét vào: 1. Tờ khai đăng ký khai sinh"));
    press("F5");
    expect(text(await seen("page-source"))).toMatch(/^Máy quét tập huấn · 2480×3508/);
  });

  it("is calm about a card that fits, and not about one that does not", async () => {
    await open("empty");
    await draft("khai sinh", "1.001193", CARD.replace("099099000000", "001099000000"));
    expect(find("from-card")?.dataset.doubtful).toBe("false");
    close();
    await open("empty");
    await draft("khai sinh", "1.001193");
    expect(find("from-card")?.dataset.doubtful).toBe("true");
  });

  it("left untouched for the settings, leads to the settings", async () => {
    await open("empty");
    await seen("new-dossier");
    press("F2");
    await seen("applicant-name");
    (await seen("nav-settings")).click();
    await seen("theme-select");
    await new Promise((done) => setTimeout(done, 50));
    expect(frame.screen.name).toBe("settings");
  });
});

describe("what is told", () => {
  it("stands in the header or in a line of its own, one at a time", async () => {
    await open("empty");
    await seen("new-dossier");
    for (const said of ["một", "hai"]) notices.tell(said);
    await soon(() => expect(text(find("toast"))).toContain("hai"));
    expect(document.querySelectorAll("[data-testid=toast]").length).toBe(1);
    expect(find("toast")?.closest("header") !== null).toBe(true);
    notices.fail({ code: "disk_full", message: "Ổ đĩa đầy.", hint: null, reference: "" });
    await soon(() => expect(text(document.querySelector("[role=alert]"))).toContain("Ổ đĩa đầy."));
    expect(document.querySelectorAll("[data-testid=toast]").length).toBe(2);
  });

  it("offline is told by the status bar and by the outbox, there in a sentence", async () => {
    await open("offline");
    await soon(() => expect(find("status-sync")?.dataset.state).toBe("offline"));
    expect(find("banner") === null, "no banner").toBe(true);
    (await seen("status-sync")).click();
    const link = await seen("link");
    await soon(() => expect(text(link)).toMatch(/^Không liên lạc được hệ thống trung tâm\./));
    expect(text(link)).not.toContain("http");
    expect(text(link.parentElement?.querySelector("details"))).toContain("https://trungtam.mau.example");
  });

  it("every row of the outbox says what became of it", async () => {
    await open("");
    (await seen("status-sync")).click();
    await seen("outbox-row");
    const rows = [...document.querySelectorAll("[data-testid=outbox-row]")];
    for (const row of rows) expect(text(row.querySelector(".progress")), text(row)).not.toBe("");
    expect(text(rows.find((row) => (row as HTMLElement).dataset.state === "accepted")?.querySelector(".progress"))).toMatch(/^Đã nhận lúc \d\d:\d\d\.$/);
  });
});
