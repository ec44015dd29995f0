/** The working calendar of the desk in memory: weekdays work, local days are kept, two dossiers have a date that moved. */
import type { CalendarChangeView } from "../bindings/CalendarChangeView";
import type { CalendarDayView } from "../bindings/CalendarDayView";
import type { DossierView } from "../bindings/DossierView";
import type { MovedView } from "../bindings/MovedView";
import type { NewCalendarDay } from "../bindings/NewCalendarDay";
import type { SessionView } from "../bindings/SessionView";
import type { SpecialKind } from "../bindings/SpecialKind";
import { dayPlus, monthPlus } from "../features/calendar/month";
import type { Desk } from "./desk";
import { weekday } from "./format";

const FULL: SessionView[] = [
  { opens: "07:00", closes: "11:30" },
  { opens: "13:30", closes: "17:00" },
];
const MORNING: SessionView[] = [{ opens: "07:00", closes: "11:30" }];
const HOLIDAYS: Record<string, [SpecialKind, string]> = {
  "2026-11-24": ["holiday", "Ngày Văn hóa Việt Nam"],
  "2027-01-01": ["holiday", "Tết Dương lịch"],
  ...Object.fromEntries(["04", "05", "06", "07", "08"].map((day) => [`2027-02-${day}`, ["holiday", "Tết Nguyên đán"]])),
  "2027-02-09": ["compensatory", "Nghỉ bù Tết Nguyên đán"],
  "2027-02-10": ["compensatory", "Nghỉ bù Tết Nguyên đán"],
};
const POLICE = "cong-an-xa";

export function fakeCalendar(
  change: (key: string, edit: (view: DossierView) => void) => Promise<DossierView>,
  who: () => string,
  may: () => boolean,
  today: string,
): Pick<Desk, "calendar" | "setCalendarDay" | "undoCalendarChange" | "pickCalendar" | "exportCalendar" | "movedAppointments" | "correctAppointments" | "appoint"> {
  const changes: (CalendarChangeView & { set?: NewCalendarDay })[] = [];
  let moved: MovedView["dossiers"] = [];

  function dayOf(date: string, agency: string | null): CalendarDayView {
    const own = changes.find((one) => one.undone === null && one.date === date && (!one.set?.agency || one.set.agency === agency));
    const [kind, name] = own?.set ? [own.set.kind, own.set.name] : (HOLIDAYS[date] ?? [null, ""]);
    const saturday = weekday(date) === 5 && agency === POLICE;
    const works = kind === null ? weekday(date) < 5 || saturday : kind === "make_up" || kind === "hours";
    const hours = !works ? [] : own?.set && own.set.hours.length > 0 ? own.set.hours : saturday ? MORNING : FULL;
    return { date, works, kind, name, hours, short: works && hours.length < 2, change: own?.id ?? null };
  }

  const calendar: Desk["calendar"] = async (month, agency) => {
    const shown = month || today.slice(0, 7);
    const days: CalendarDayView[] = [];
    for (let date = `${shown}-01`; date < `${monthPlus(shown, 1)}-01`; date = dayPlus(date, 1)) days.push(dayOf(date, agency));
    return {
      month: shown,
      today,
      agency,
      agencies: [{ id: POLICE, name: "Công an xã An Mẫu", applies_to: ["Cư trú", "Căn cước"] }],
      confirmed: shown < "2027",
      days,
      years: Array.from({ length: 12 }, (_, at) => ({ year: 2024 + at, confirmed: at < 3 })),
      cut_off: "15:00",
      week: [0, 1, 2, 3, 4].map(() => FULL).concat([agency === POLICE ? MORNING : [], []]),
      changes: changes.map(({ set: _, ...one }) => one),
      may_change: may(),
    };
  };

  function keep(one: Partial<CalendarChangeView> & { set?: NewCalendarDay; reason: string }): void {
    changes.unshift({ id: `change-${changes.length}`, at: `${today}T08:00:00+07:00`, by: who(), date: null, kind: null, name: "", agency: null, undone: null, ...one });
    moved = [1, 2].map((n) => ({
      id: `moved-${n}`,
      code: `H99.1-261123-000${n}`,
      applicant: n === 1 ? "NGUYỄN PHƯỚC HOÀNG TRƯỜNG THIÊN BẢO" : "Trần Thị Mẫu",
      procedure: "Thủ tục đăng ký kết hôn",
      before: "2026-12-01T08:15:00+07:00",
      after: "2026-12-02T08:15:00+07:00",
      confirmed: true,
    }));
  }

  return {
    calendar,
    setCalendarDay: async (day) => {
      keep({ date: day.date, kind: day.kind, name: day.name, agency: day.agency ? "Công an xã An Mẫu" : null, reason: day.reason, set: day });
      return calendar(day.date.slice(0, 7), day.agency);
    },
    undoCalendarChange: async (id, reason) => {
      const found = changes.find((one) => one.id === id);
      if (found) found.undone = reason;
      moved = [];
    },
    pickCalendar: async (reason) => {
      keep({ reason });
      return true;
    },
    exportCalendar: async () => true,
    movedAppointments: async () => ({ total: moved.length, dossiers: [...moved], may_correct: may() }),
    correctAppointments: async (ids) => {
      const corrected = ids.length === 0 ? moved.length : ids.length;
      moved = moved.filter((one) => ids.length > 0 && !ids.includes(one.id));
      return { corrected, skipped: 0 };
    },
    appoint: (id, day, time, reason) =>
      change(id, (view) => {
        if (!view.due) return;
        const before = view.due.due;
        const at = `${today}T08:00:00+07:00`;
        view.due = { ...view.due, due: `${day}T${time}:00+07:00`, reappointed: view.due.reappointed + 1, changed: { kind: "appointed", before, reason, at } };
        view.history.push({ step: "appointed", at, by: who(), reason });
      }),
  };
}
