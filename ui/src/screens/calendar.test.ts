/** The working calendar by month, a day changed and taken back, whose date moved, and another date by hand: all by keys. */
import { afterEach, expect, it, vi } from "vitest";
import { fill, find, focused, openWindow, press, seen, soon } from "./hands";

let close: () => void = () => undefined;
vi.setConfig({ testTimeout: 30_000 });
afterEach(() => close());

async function open(who: string): Promise<void> {
  close = await openWindow(`in=${who}`);
  (await seen("nav-settings")).click();
  (await seen("settings-nav-calendar")).click();
  await seen("calendar-grid");
}

const month = () => find("calendar-month")?.dataset.month;

it("arrows go from day to day and over the ends of months; one day takes the focus", async () => {
  await open("supervisor");
  const stops = () => [...document.querySelectorAll('[data-testid="calendar-grid"] button')].filter((day) => (day as HTMLElement).tabIndex === 0);
  expect(stops()).toHaveLength(1);
  const first = stops()[0] as HTMLElement;
  first.focus();
  const before = month();
  press("PageDown");
  await soon(() => expect(month() ?? "" > (before ?? "")).toBeTruthy());
  await soon(() => expect(focused()).toBe(`calendar-day-${month()}-01`));
  press("ArrowLeft");
  await soon(() => expect(month()).toBe(before));
  await soon(() => expect(focused()?.startsWith(`calendar-day-${before}`)).toBe(true));
  expect(stops()).toHaveLength(1);
});

it("a year that nobody published says so in words", async () => {
  await open("clerk");
  while ((month() ?? "9") < "2027-02") {
    const shown = month();
    (await seen("calendar-after")).click();
    await soon(() => expect(month()).not.toBe(shown));
  }
  expect((await seen("calendar-confirmed")).textContent).toContain("tạm tính");
  expect(find("calendar-day-2027-02-06")?.querySelector(".visually-hidden")?.textContent).toContain("Tết Nguyên đán");
  expect(find("calendar-save"), "a clerk looks and changes nothing").toBe(null);
});

it("a day off needs a reason, shows whose date it moves, and is taken back with one", async () => {
  await open("supervisor");
  const day = document.querySelector<HTMLElement>('[data-testid="calendar-grid"] button.works') as HTMLElement;
  const id = day.dataset.testid ?? "";
  day.click();
  const save = (await seen("calendar-save")) as HTMLButtonElement;
  expect(save.disabled).toBe(true);
  fill(await seen("calendar-name"), "Mất điện");
  fill(await seen("calendar-reason"), "Công văn số 12");
  await soon(() => expect(save.disabled).toBe(false));
  save.click();
  await soon(() => expect(find(id)?.querySelector(".visually-hidden")?.textContent).toContain("Cơ quan nghỉ, Mất điện"));
  expect((await seen("moved-total")).dataset.total).toBe("2");
  const correct = (await seen("moved-correct")) as HTMLButtonElement;
  expect(correct.disabled, "nothing moves without a reason").toBe(true);
  fill(await seen("moved-reason"), "Lịch thay đổi");
  await soon(() => expect(correct.disabled).toBe(false));
  correct.click();
  await seen("moved-none");
  (await seen("calendar-undo")).click();
  await soon(() => expect(focused()).toBe("calendar-undo-reason"));
  fill(await seen("calendar-undo-reason"), "Có điện lại");
  (await seen("calendar-undo-confirm")).click();
  await soon(() => expect(find(id)?.querySelector(".visually-hidden")?.textContent).toContain("Làm việc"));
  expect((await seen("calendar-change")).textContent).toContain("Có điện lại");
});

it("another date asks for day, hour and reason; both dates stay in sight", async () => {
  close = await openWindow("in=supervisor");
  (await seen("received-row")).click();
  const button = await seen("appoint");
  button.click();
  await soon(() => expect(focused()).toBe("appoint-day"));
  press("Escape");
  await soon(() => expect(focused()).toBe("appoint"));
  (await seen("appoint")).click();
  fill(await seen("appoint-day"), "8/12/2026");
  fill(await seen("appoint-hour"), "16h");
  expect(((await seen("appoint-save")) as HTMLButtonElement).disabled).toBe(true);
  fill(await seen("appoint-reason"), "Chờ xác minh");
  await soon(() => expect((find("appoint-save") as HTMLButtonElement).disabled).toBe(false));
  (await seen("appoint-save")).click();
  await soon(() => expect(find("due-date")?.dataset.due).toBe("2026-12-08T16:00:00+07:00"));
  const changed = await seen("due-changed");
  expect([changed.dataset.kind, changed.textContent?.includes("Chờ xác minh")]).toEqual(["appointed", true]);
  (await seen("appoint")).click();
  expect((await seen("appoint-again")).textContent).toContain("61/2018");
});
