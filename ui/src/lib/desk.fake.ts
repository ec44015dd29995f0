/**
 * A desk in memory with a sample office, for component tests and for looking at screens in a plain browser.
 * It obeys the shapes of the real one and a few of its habits; it is not the program and never ships with it.
 * Parameters of the address: `empty`, `many`, `offline`, `bare`, `noprint`, `long`, `dark`, `en`,
 * `nonumbers` (no number of a receipt is left), `twin` (the first dossier was received elsewhere too), `known` (people of each name are known, scanned pages show a card),
 * `queue` (people wait before the counter),
 * `in` or `in=LOGIN` (already signed in), `real` (no training station), `key` (a recovery key was made).
 */
import type { Preferences } from "../bindings/Preferences";
import type { CitizenView } from "../bindings/CitizenView";
import type { DeskEvent } from "../bindings/DeskEvent";
import type { DossierRow } from "../bindings/DossierRow";
import type { CareStep } from "../bindings/CareStep";
import type { CareView } from "../bindings/CareView";
import type { DossierView } from "../bindings/DossierView";
import type { EventKind } from "../bindings/EventKind";
import type { OutboxItemView } from "../bindings/OutboxItemView";
import type { PersonView } from "../bindings/PersonView";
import type { PageView } from "../bindings/PageView";
import type { StationView } from "../bindings/StationView";
import type { SyncView } from "../bindings/SyncView";
import type { UserError } from "../bindings/UserError";
import type { Desk, OnProgress } from "./desk";
import { fakeFees } from "./desk.fake.fees";
import { fakePapers, formPicture } from "./desk.fake.papers";
import { NOBODY, fakeApplicant } from "./desk.fake.applicant";
import { fakeLists } from "./desk.fake.lists";
import { fakeCalendar } from "./desk.fake.calendar";
import { fakeProfiles } from "./desk.fake.profiles";
import { addRun, fakeStacks, settleStacks } from "./desk.fake.stacks";
import { fakePages } from "./desk.fake.pages";
import { fakeDoctor } from "./desk.fake.doctor";
import { fakeFolders } from "./desk.fake.folders";
import { fakeDuplex } from "./desk.fake.duplex";
import { fakePhone, rows as squares } from "./desk.fake.phone";
import { fakeShare } from "./desk.fake.share";
import { fakeMixed } from "./desk.fake.mixed";
import { fakeChecklist, settleChecks } from "./desk.fake.checklist";
import { wallClock } from "./format";
import { fakeTogether, TWIN } from "./desk.fake.visit";
import { fieldsOf, settleFields } from "./desk.fake.asked";
import { fakeQueue } from "./desk.fake.queue";
import { fakeCatalogue } from "./desk.fake.catalogue";
import { ALL_PROCEDURES, DUE_LONG, DUE_SHORT, LONG_TITLE, PROCEDURES, pagePicture } from "./desk.fake.samples";

/** The steps that may follow, as the core offers them to a clerk. */
const NEXT: Partial<Record<DossierView["status"], EventKind[]>> = {
  draft: ["refused"],
  received: ["processing", "withdrawn"],
  processing: ["done", "supplement_asked", "finance_asked", "stopped", "withdrawn"],
  supplement: ["processing", "withdrawn"],
  finance: ["processing"],
  stopped: ["processing"],
  done: ["returned"],
};
const LEADS: Partial<Record<EventKind, DossierView["status"]>> = {
  refused: "refused",
  processing: "processing",
  supplement_asked: "supplement",
  finance_asked: "finance",
  stopped: "stopped",
  done: "done",
  returned: "returned",
  withdrawn: "withdrawn",
};
const REASONED: ReadonlySet<EventKind> = new Set(["refused", "supplement_asked", "finance_asked", "stopped", "withdrawn", "undone"]);
const REASONED_OR_MOVED: ReadonlySet<EventKind> = new Set(Object.keys(LEADS) as EventKind[]);

const NOW = `${wallClock(Date.now())}+07:00`;
const TODAY = NOW.slice(0, 10);
const YESTERDAY = wallClock(Date.now() - 86_400_000).slice(0, 10);

function fail(code: UserError["code"], message: string, hint: string | null = null): Promise<never> {
  return Promise.reject({ code, message, hint, reference: "k3f9" } satisfies UserError);
}

/** Everybody's, until they change it. */
const KEY = "7K3M-Q2XA-9TBD-V5RN-0H8C-W6PE-4JSY-1GFZ";
const PASSWORD = "tap-huan";
const LONG_NAME = "Công Tằng Tôn Nữ Hoàng Nguyễn Thị Phương Thảo Uyên Linh Bảo Ngọc";

const copy = <T>(value: T): T => structuredClone(value);
const wait = (ms: number) => new Promise((done) => setTimeout(done, ms));

/** Pauses before answers, so that a screen is seen while it waits; 0 in tests. */
export interface Pace {
  answer: number;
  page: number;
  send: number;
}

export function fakeDesk(options: URLSearchParams, pace: Pace = { answer: 15, page: 500, send: 2500 }): Desk {
  const hearers = new Set<(event: DeskEvent) => void>();
  const dossiers = new Map<string, DossierView>();
  const outbox: OutboxItemView[] = [];
  let serial = 0;
  let cancelled = false;
  const id = () => `01939f00-0000-7000-8000-${String(++serial).padStart(12, "0")}`;
  const tell = (event: DeskEvent) => hearers.forEach((hear) => hear(event));

  // For trying events from the console of a browser.
  Object.assign(globalThis, { deskEvent: tell });

  const clerk = { login: "clerk", name: "Trần Thị Ngọc Ánh", role: "clerk" as const };
  let preferences: Preferences = { scanner: null, source: null, dpi: null, mode: null, blank: "aside", when_empty: "tell", device_button: false, printer: null, receipt_paper: "a5", keep_procedure: false, citizen_screen: false };
  let shortcuts: Record<string, string> = {};
  let station: StationView = {
    office: "Trung tâm Phục vụ hành chính công phường Mẫu",
    office_code: "H99.01.02",
    station: "Quầy 03",
    training: !options.has("real"),
    users: [clerk, { login: "postal", name: "Phạm Quốc Dũng", role: "postal" }, { login: "supervisor", name: "Lê Hoàng Yến", role: "supervisor" }],
    signed_in: null,
    locale: options.has("en") ? "en" : "vi",
    pictures: null,
    theme: options.has("dark") ? "dark" : options.has("light") ? "light" : "system",
    zoom: 100,
    version: "0.1.0",
    cut_off: "15:00",
    training_password: options.has("real") ? null : PASSWORD,
  };
  if (options.has("long")) station.users.push({ login: "hoang.nguyen.thi.phuong.thao-uyen_linh", name: LONG_NAME, role: "clerk" });
  if (options.has("in")) station.signed_in = station.users.find((one) => one.login === options.get("in")) ?? clerk;
  let sync: SyncView = {
    link: options.has("offline") ? "offline" : "online",
    central: "https://trungtam.mau.example",
    waiting: options.has("offline") ? 3 : 0,
    blocked: 0,
    accepted_today: options.has("empty") ? 0 : 14,
    sending: false,
    next: options.has("offline") ? NOW : null,
    reason: options.has("offline") ? "Không kết nối được trungtam.mau.example." : null,
    numbers_left: 412,
  };

  const blank = (): DossierView => ({
    id: id(),
    ticket: null,
    code: null,
    provisional: false,
    status: "draft",
    channel: "counter",
    applicant: { ...NOBODY },
    representative: null,
    party_warnings: [],
    from_card: false,
    warnings: [],
    procedure: null,
    case: null,
    components: [],
    note: "",
    fields: [],
    opened_at: NOW,
    received_at: null,
    due: null,
    obstacles: [],
    lacking: [],
    pages: { received: 0, kept: 0, set_aside: 0 },
    stacks: [],
    sync: null,
    history: [],
    moves: [],
    visit: null,
    duplicates: [],
    twins: [],
    identity: [],
  });

  /** What follows from the rest: obstacles, the page account, the order of pages. */
  /** Statuses before each step, to go back by. */
  const ways = new Map<string, DossierView["status"][]>();
  const settle = (view: DossierView): DossierView => {
    const { applicant } = view;
    const needed = applicant.kind === "person" ? (["name", "id_number", "address"] as const) : (["name", "tax_code", "address"] as const);
    const fields = needed.filter((field) => applicant[field].trim() === "");
    view.obstacles = view.status === "draft" ? fields.map((field) => ({ kind: "applicant" as const, field })) : [];
    const seat = view.representative?.form ?? (applicant.kind === "organization" ? { id_number: "", name: "" } : null);
    for (const field of ["id_number", "name"] as const) {
      if (view.status === "draft" && seat && seat[field].trim() === "") view.obstacles.push({ kind: "representative", field });
    }
    if (view.status === "draft" && !view.procedure) view.obstacles.push({ kind: "no_procedure" });
    const chosen = view.procedure?.cases.find((one) => one.id === view.case);
    if (view.status === "draft" && chosen?.limit_text === "") view.obstacles.push({ kind: "no_limit" });
    for (const one of view.components) {
      one.pages = [...one.pages.filter((page) => page.disposition === "kept"), ...one.pages.filter((page) => page.disposition !== "kept")];
      const empty = one.originals + one.copies + one.certified + one.pages.filter((page) => page.disposition === "kept").length === 0;
      if (view.status === "draft" && one.required && one.handling === "submit" && empty) {
        view.obstacles.push({ kind: "missing_paper", component: one.index, name: one.name });
      }
    }
    settleChecks(view);
    settleStacks(view);
    view.moves = (NEXT[view.status] ?? []).map((step) => ({ step, needs_reason: REASONED.has(step) }));
    if (view.history.length > 0 && REASONED_OR_MOVED.has(view.history.at(-1)?.step ?? "received")) view.moves.push({ step: "undone", needs_reason: true });
    const pages = view.components.flatMap((one) => one.pages);
    const kept = pages.filter((page) => page.disposition === "kept").length;
    view.pages = { received: pages.length, kept, set_aside: pages.length - kept };
    together.settle(view);
    return view;
  };

  const get = (key: string): DossierView => {
    if (!station.signed_in) throw { code: "not_signed_in", message: "Chưa có ai đăng nhập.", hint: null, reference: "k3f9" } satisfies UserError;
    const view = dossiers.get(key);
    if (!view) throw { code: "dossier_not_found", message: "Không thấy hồ sơ.", hint: null, reference: "k3f9" } satisfies UserError;
    return view;
  };
  const change = async (key: string, edit: (view: DossierView) => void): Promise<DossierView> => {
    await wait(pace.answer);
    const view = get(key);
    edit(view);
    return copy(settle(view));
  };
  const row = (view: DossierView): DossierRow => ({
    id: view.id,
    code: view.code,
    provisional: view.provisional,
    applicant: view.applicant.name,
    procedure: view.procedure?.name ?? "",
    state: view.status,
    at: view.received_at ?? view.opened_at,
    due: view.status === "draft" ? null : (view.due?.due ?? null),
    left: null,
    sync: view.sync?.state ?? null,
    twin: view.twins[0]?.code ?? null,
    unchecked: view.identity.some((one) => one.state === "unchecked" || one.state === "mismatched"),
  });
  const together = fakeTogether({ dossiers, blank, get, change, row, choose: (view, code, caseId) => choose(view, code, caseId), accept: (view) => accept(view), settle: (view) => settle(view), copy });
  const queue = fakeQueue({ dossiers, change, who: () => station.signed_in ?? { name: "", role: "" }, now: NOW, filled: options.has("queue") });
  const scanners = async (): Promise<Awaited<ReturnType<Desk["devices"]>>> => {
    await wait(pace.answer * 20);
    if (options.has("bare")) return [];
    return [
      { id: "virtual:training", name: "Máy quét tập huấn", kind: "virtual", sources: ["feeder", "glass"], resolutions: [150, 200, 300], modes: ["color", "gray"], buttons: options.has("buttons") },
      { id: "escl:fi-8170", name: "Fujitsu fi-8170 (192.0.2.14)", kind: "escl", sources: ["feeder", "duplex"], resolutions: [200, 300, 600], modes: ["color", "gray", "bw"], buttons: false },
    ];
  };
  const { stop: stopDoctor, ...doctor } = fakeDoctor(options, scanners, () => wait(pace.answer * 40));
  const move: Desk["moveDossier"] = async (key, step, reason) => {
    if (REASONED.has(step) && !reason.trim()) return fail("reason_missing", "Việc này cần có lý do.", "Ghi lý do để in trên phiếu và lưu trong quá trình hồ sơ.");
    return change(key, (view) => {
      const before = ways.get(key) ?? [];
      ways.set(key, step === "undone" ? before.slice(0, -1) : [...before, view.status]);
      view.status = step === "undone" ? (before.at(-1) ?? view.status) : (LEADS[step] ?? view.status);
      view.history = [...view.history, { step, at: NOW, by: station.signed_in?.name ?? "", reason }];
    });
  };
  const rows = () => [...dossiers.values()].filter((view) => view.status !== "discarded").map(row).reverse();
  const fold = (text: string) => text.normalize("NFD").replace(/\p{M}/gu, "").replace(/đ/gi, "d").toLowerCase();

  const choose = (view: DossierView, code: string, caseId: string | null): void => {
    const found = ALL_PROCEDURES.find((one) => one.code === code);
    if (!found) return;
    view.procedure = { code, name: options.has("long") ? LONG_TITLE : found.name, field: found.field, cases: copy(found.cases) };
    view.case = caseId ?? found.cases[0]?.id ?? null;
    view.due = found.cases.find((one) => one.id === view.case)?.limit_text === "" ? null : copy(found.code === "1.004884" ? DUE_LONG : DUE_SHORT);
    view.fields = fieldsOf(code);
    view.components = found.components.map((one, at) => ({
      index: at + 1,
      name: one.name,
      handling: one.handling ?? "submit",
      required: one.required ?? true,
      originals: 0,
      copies: 0,
      certified: 0,
      pages: view.components[at]?.pages ?? [],
      digitized: false,
      check: null,
    }));
  };

  const changed = fakePages(get, () => dossiers.values(), change);
  const putAt = changed.putAt;
  const blankPage = (id: string): PageView => ({ id, disposition: "kept", aside: null, stack: null, width: 2480, height: 3508, dpi: 300, media: "jpeg", reused: false, source: "virtual:training", edit: { turns: 0, flat: null, crop: null }, warnings: [] });
  const run = async (key: string, component: number, total: number, heard: OnProgress) => {
    cancelled = false;
    const target = get(key).components.find((one) => one.index === component);
    let received = 0;
    for (; received < total && !cancelled; ) {
      await wait(pace.page);
      if (cancelled) break;
      received += 1;
      const page = blankPage(id());
      target?.pages.push(page);
      settle(get(key));
      heard({ kind: "page", page: copy(page), received, total });
    }
    return { fed: received, received, kept: received, refused: 0, set_aside: 0, stack: null, note: null, ended: cancelled ? ("cancelled" as const) : ("empty" as const), error: null };
  };

  const accept = (view: DossierView): void => {
    const number = String(361 + serial).padStart(4, "0").slice(-4);
    view.status = "received";
    view.code = `000.00.02.H99-261123-${number}`;
    view.received_at = NOW;
    view.history = [...view.history, { step: "received", at: NOW, by: station.signed_in?.name ?? "", reason: "" }];
    const item: OutboxItemView = {
      id: id(),
      dossier: view.id,
      code: view.code,
      applicant: view.applicant.name,
      state: "queued",
      attempts: 0,
      next: null,
      reason: null,
      created_at: NOW,
      accepted_at: null,
      twins: [],
    };
    view.sync = item;
    outbox.unshift(item);
    sync = { ...sync, waiting: sync.waiting + 1 };
    if (sync.link === "offline") return;
    setTimeout(() => {
      item.state = "accepted";
      item.attempts = 1;
      item.accepted_at = NOW;
      sync = { ...sync, waiting: Math.max(0, sync.waiting - 1), accepted_today: sync.accepted_today + 1 };
      tell({ kind: "sync", sync });
      tell({ kind: "dossier", id: view.id });
    }, pace.send);
  };

  const NAMES = ["Nguyễn Văn Mẫu", "Nguyễn Hoàng Phương Thảo Nguyên", "Đặng Quang Vinh", "Trương Ngọc Diễm", "Hoàng Phúc Khang", "Võ Thị Bích Liên", "Bùi Đức Thịnh"];
  const sample = (at: number, status: DossierView["status"]): void => {
    const view = blank();
    view.applicant.name = options.has("long") && at % 3 === 0 ? LONG_NAME : (NAMES[at % NAMES.length] ?? "");
    view.applicant.id_number = `0991990${String(at).padStart(5, "0")}`;
    view.applicant.address = "Số 12, đường Mẫu, phường Mẫu, thành phố Cần Thơ";
    if (at % 4 !== 3 || status !== "draft") choose(view, PROCEDURES[at % PROCEDURES.length]?.code ?? "", null);
    view.status = status;
    view.opened_at = `${at % 3 === 0 ? YESTERDAY : TODAY}T0${7 + (at % 3)}:1${at % 6}:00+07:00`;
    if (status !== "draft") {
      view.code = `000.00.02.H99-261123-${String(at + 1).padStart(4, "0")}`;
      view.received_at = `${TODAY}T${String(7 + (at % 7)).padStart(2, "0")}:${String((at * 7) % 60).padStart(2, "0")}:00+07:00`;
      if (view.due) view.due.due = at % 5 === 0 ? `${YESTERDAY}T09:00:00+07:00` : at % 5 === 1 ? `${TODAY}T16:00:00+07:00` : view.due.due;
      const state = at === 2 ? "queued" : at === 5 ? "blocked" : "accepted";
      const item: OutboxItemView = {
        id: id(), dossier: view.id, code: view.code, applicant: view.applicant.name, state, attempts: at === 5 ? 6 : at === 2 ? 2 : 1,
        next: at === 2 ? NOW : null,
        reason: at === 5 ? "Trung tâm từ chối: mã thủ tục 2.000815 đã hết hiệu lực từ 01/11/2026. Báo phụ trách đổi thủ tục." : at === 2 ? "Không kết nối được trungtam.mau.example." : null,
        created_at: view.received_at, accepted_at: state === "accepted" ? view.received_at : null, twins: [],
      };
      view.sync = item;
      view.history = [{ step: "received", at: view.received_at, by: "Nguyễn Thị Hòa", reason: "" }];
      outbox.push(item);
    }
    dossiers.set(view.id, settle(view));
  };
  if (!options.has("empty")) {
    for (let at = 0; at < (options.has("many") ? 5000 : 9); at += 1) sample(at, "received");
    for (let at = 0; at < 3; at += 1) sample(at + 20, "draft");
  }

  if (options.has("twin")) dossiers.values().next().value?.twins.push(TWIN);

  const passwords = new Map<string, string>();
  let people: PersonView[] = [...station.users.map((user) => ({ ...user, active: true })), { login: "hoa", name: "Nguyễn Thị Hòa", role: "clerk", active: false }];
  let recovery = options.has("key");
  let idle = 15;

  const careView: CareView = {
    backup_folder: null,
    last_backup: options.has("overdue") ? "2026-11-12T18:00:00+07:00" : null,
    backup_overdue: options.has("overdue"),
    last_check: null,
    bad_files: 0,
    database_damaged: false,
    busy: false,
  };
  let careStopped = false;
  const caring = async (heard: (step: CareStep) => void): Promise<boolean> => {
    careStopped = false;
    for (let done = 0; done <= 48 && !careStopped; done += 12) {
      heard({ done, total: 48 });
      await wait(pace.page);
    }
    return !careStopped;
  };
  const backUp = async (heard: (step: CareStep) => void) => {
    const finished = await caring(heard);
    if (finished) Object.assign(careView, { last_backup: NOW, backup_overdue: false });
    return { finished, dossiers: finished ? 9 : 0, bad: 0, same_disk: options.has("samedisk") };
  };

  const mayOpen = (login: string, password: string) => station.users.some((one) => one.login === login) && password === (passwords.get(login) ?? PASSWORD);
  const administers = (person: { role: string }) => person.role === "supervisor" || person.role === "administrator";
  /** The list of people, in force from now on. */
  const put = (list: PersonView[]) => {
    people = list;
    const users = list.filter((one) => one.active).map(({ login, name, role }) => ({ login, name, role }));
    station = { ...station, users, signed_in: users.find((one) => one.login === station.signed_in?.login) ?? null };
    return copy(people);
  };
  const lastOne = () => fail("last_administrator", "Đây là người quản trị cuối cùng nên không bỏ quyền hay khóa được.", "Giao quyền quản trị cho người khác trước.");
  const tooWeak = (password: string) => (password.length < 8 ? fail("weak_password", "Mật khẩu quá ngắn.", "Dùng ít nhất 8 ký tự.") : null);

  return {
    ...fakeCalendar(change, () => station.signed_in?.name ?? "", () => administers(station.signed_in ?? { role: "" }), TODAY),
    ...fakeChecklist(change, () => station.signed_in?.name ?? "", NOW),
    station: async () => copy(station),
    signIn: async (login, password) => {
      await wait(pace.answer * 10);
      const user = station.users.find((one) => one.login === login);
      if (!user || !mayOpen(login, password)) return fail("sign_in_failed", "Tên hoặc mật khẩu không đúng.", "Kiểm tra Caps Lock và bộ gõ, rồi nhập lại.");
      station = { ...station, signed_in: user };
      return user;
    },
    stayAwake: async () => {},
    people: async () => copy(people),
    addPerson: async ({ login, name, role, password }) => {
      if (people.some((one) => one.active && one.login === login)) return fail("login_taken", "Tên đăng nhập đã có người dùng.", "Chọn tên khác.");
      const weak = tooWeak(password);
      if (weak) return weak;
      passwords.set(login, password);
      return put([...people.filter((one) => one.login !== login), { login, name: name.trim(), role, active: true }]);
    },
    changePerson: async (login, name, role) => {
      const list = people.map((one) => (one.login === login ? { ...one, name: name.trim(), role } : one));
      return list.some((one) => one.active && administers(one)) ? put(list) : lastOne();
    },
    removePerson: async (login) => {
      const list = people.map((one) => (one.login === login ? { ...one, active: false } : one));
      return list.some((one) => one.active && administers(one)) ? put(list) : lastOne();
    },
    resetPassword: async (login, password) => {
      const weak = tooWeak(password);
      if (weak) return weak;
      passwords.set(login, password);
    },
    changePassword: async (old, fresh) => {
      const login = station.signed_in?.login ?? "";
      if (!mayOpen(login, old)) return fail("sign_in_failed", "Tên hoặc mật khẩu không đúng.", "Kiểm tra Caps Lock và bộ gõ, rồi nhập lại.");
      const weak = tooWeak(fresh);
      if (weak) return weak;
      passwords.set(login, fresh);
    },
    care: async () => copy(careView),
    pickBackup: async (heard) => {
      careView.backup_folder = "/media/an-mau/SAO-LUU";
      return backUp(heard);
    },
    backUp: (heard) => backUp(heard),
    check: async (heard) => {
      const finished = await caring(heard);
      if (finished) careView.last_check = NOW;
      const bad = options.has("damaged") ? 2 : 0;
      careView.bad_files = bad;
      return { finished, checked: careStopped ? 12 : 48, bad, dossiers: bad > 0 ? ["000.00.02.H99-261123-0004"] : [], database_damaged: false };
    },
    cancelCare: async () => void (careStopped = true),
    safety: async () => ({ administers: station.signed_in !== null && administers(station.signed_in), recovery_key: recovery, idle_minutes: idle, shortest_password: 8 }),
    newRecoveryKey: async () => {
      recovery = true;
      return KEY;
    },
    recover: async (key, login, password) => {
      await wait(pace.answer * 10);
      const weak = tooWeak(password);
      if (weak) return weak;
      const signs = key.replace(/[\s-]/g, "");
      if (signs === KEY.replaceAll("-", "")) return void passwords.set(login, password);
      if (signs.length === 32) return fail("sign_in_failed", "Tên hoặc mật khẩu không đúng.", "Kiểm tra Caps Lock và bộ gõ, rồi nhập lại.");
      return fail("recovery_mistyped", "Khóa khôi phục gõ chưa đúng: sai hoặc thiếu ký tự.", "Gõ lại 32 ký tự trên phiếu, theo từng nhóm bốn ký tự.");
    },
    setIdleMinutes: async (minutes) => {
      idle = minutes;
    },
    signOut: async () => {
      station = { ...station, signed_in: null };
    },
    setLocale: async (locale) => copy((station = { ...station, locale })),
    windowReady: async () => undefined,
    // The other window is another page: a channel of the browser stands for the program between the two.
    openCitizen: async () => undefined,
    closeCitizen: async () => undefined,
    showCitizen: async (view) => {
      localStorage.setItem("citizen", JSON.stringify(view));
    },
    citizenView: async () => JSON.parse(localStorage.getItem("citizen") ?? "null") as CitizenView,
    onCitizen: async (hear) => {
      const on = (event: StorageEvent) => event.key === "citizen" && event.newValue && hear(JSON.parse(event.newValue) as CitizenView);
      window.addEventListener("storage", on);
      return () => window.removeEventListener("storage", on);
    },
    preferences: async () => copy(preferences),
    setPreferences: async (chosen) => copy((preferences = chosen)),
    shortcuts: async () => copy(shortcuts),
    setShortcuts: async (chosen) => copy((shortcuts = chosen)),
    setZoom: async (zoom) => copy((station = { ...station, zoom })),
    setTheme: async (theme) => copy((station = { ...station, theme })),

    today: async () => {
      const all = rows();
      const received = all.filter((one) => one.state !== "draft");
      const open = received.filter((one) => one.due !== null);
      return {
        drafts: all.filter((one) => one.state === "draft"),
        stacks: [...dossiers.values()].flatMap((one) => (one.status === "draft" ? one.stacks.filter((stack) => stack.state === "open") : [])),
        received,
        received_count: received.length,
        due_today: open.filter((one) => one.due?.startsWith(TODAY)).length,
        overdue: open.filter((one) => (one.due ?? "9") < TODAY).length,
      };
    },
    ...fakeLists({ rows, get, move, today: TODAY }),
    search: async (text, limit) => {
      const words = fold(text).split(/\s+/).filter(Boolean);
      const hits = rows().filter((one) => words.every((word) => fold(`${one.code ?? ""} ${one.applicant} ${one.procedure}`).includes(word)));
      return { hits: hits.slice(0, limit), ms: 1.4 };
    },

    readCode: async (text) => {
      const [mark, code = ""] = text.split("|");
      if (mark?.toLowerCase() === "mcq") return { kind: "ticket", text };
      if (mark?.toLowerCase() !== "mc1") return /\d{6}/.test(text) ? { kind: "card" } : { kind: "foreign" };
      const found = [...dossiers.values()].find((one) => one.code === code.toUpperCase());
      return found ? { kind: "dossier", id: found.id } : { kind: "elsewhere", code };
    },

    newDossier: async () => {
      const view = queue.tie(settle(blank()));
      dossiers.set(view.id, view);
      return copy(view);
    },
    openDossier: async (key) => copy(settle(get(key))),
    saveApplicant: (key, form) => change(key, (view) => (view.applicant = { ...form, name: form.name.trim() })),
    ...fakeApplicant({ get, change, known: options.has("known") }),
    ...fakeCatalogue({ options, now: NOW, fold, wait: (pages) => wait(pages === 0 ? pace.answer : pace.page), who: () => station.signed_in?.name ?? "" }),
    chooseProcedure: (key, code, caseId) => change(key, (view) => choose(view, code, caseId)),
    setPapers: (key, component, counts) => change(key, (view) => void Object.assign(view.components.find((one) => one.index === component) ?? {}, counts)),
    saveNote: (key, note) => change(key, (view) => (view.note = note)),
    saveField: (key, field, value) => change(key, (view) => settleFields(view, field, value)),
    setChannel: (key, channel) => change(key, (view) => (view.channel = channel)),
    discardDraft: (key) => change(key, (view) => (view.status = "discarded")),
    restoreDraft: (key) => change(key, (view) => (view.status = "draft")),
    moveDossier: (key, step, reason) => move(key, step, reason),
    accept: (key) => change(key, accept).then((view) => (tell({ kind: "sync", sync }), view)),
    ...together.desk,
    ...queue.desk,

    devices: scanners,
    scan: async (key, component, request, heard) => {
      const total = options.has("pages") ? Number(options.get("pages")) : 2;
      const view = get(key);
      const before = new Set(view.components.flatMap((one) => one.pages).map((page) => page.id));
      const outcome = await putAt(key, request.place ?? null, () => run(key, component, total, heard));
      const jam = options.has("jam") && !view.stacks.some((one) => one.component === component);
      const stack = addRun(view, component, outcome.received, { fed: outcome.fed + (options.has("swallow") ? 1 : 0), jam }, id(), NOW);
      stack.expected = request.expected ?? null;
      for (const page of view.components.flatMap((one) => one.pages)) if (!before.has(page.id)) page.stack = stack.id;
      settle(view);
      if (!jam) return { ...outcome, stack: stack.id };
      const error = { code: "scanner_jam" as const, message: "Máy quét bị kẹt giấy.", hint: "Mở nắp, rút tờ kẹt ra nhẹ tay rồi đóng nắp.", reference: "k3f9" };
      const note = `Đã giữ ${stack.received} trang của xấp này. Trang thứ ${stack.received + 1} chưa được tính: xếp lại tờ đó lên đầu xấp rồi bấm Tiếp tục.`;
      return { ...outcome, stack: stack.id, ended: "jam" as const, error, note };
    },
    ...fakeProfiles(get, () => station.signed_in?.role === "supervisor"),
    ...fakeStacks(() => [...dossiers.values()], change),
    ...fakeFolders({ options, now: NOW, tell, run }),
    ...fakeDuplex({ options, get, change, page: blankPage, id, now: NOW }),
    ...fakeShare(squares),
    ...fakePhone({ options, get, run, cancelled: () => cancelled, begin: () => (cancelled = false) }),
    ...fakeMixed(() => [...dossiers.values()], id, () => NOW),
    ...doctor,
    cancelScan: async () => {
      cancelled = true;
      stopDoctor();
    },
    pickFiles: async (key, component, place, heard) => {
      const refused: [string, string, string][] = [
        ["so-ho-khau-cu.pdf", "Tệp PDF này có mật khẩu.", "Mở tệp bằng mật khẩu, in ra PDF không mật khẩu, rồi chọn lại."],
        ["anh-chup-20000x20000-rat-la-dai-ten-tep-tu-dien-thoai-cua-nguoi-dan.png", "Ảnh quá lớn: 20.000×20.000 điểm.", "Quét lại ở 300 dpi."],
      ];
      for (const [name, message, hint] of refused) heard({ kind: "refused", name, error: { code: "file_password", message, hint, reference: "k3f9" } });
      const outcome = await putAt(key, place, () => run(key, component, 1, heard));
      return { ...outcome, fed: null, refused: refused.length };
    },
    importDropped: (_drop, key, component, heard) => run(key, component, 1, heard),
    ...changed.desk,

    printers: async () => {
      if (options.has("noprint")) return fail("print_unavailable", "Máy này chưa in thẳng từ chương trình được.", "Bấm Mở PDF rồi in từ trình xem.");
      return options.has("bare") ? [] : [{ name: "HP-LaserJet-Quay3", default: true, ready: true }, { name: "Brother-HL-L2350", default: false, ready: false }];
    },
    ...fakeFees({ get, now: () => NOW, clerk: () => clerk.name, left: options.has("nonumbers") ? 0 : 500 }),
    ...fakePapers((id) => dossiers.get(id), () => wait(pace.page)),

    syncState: async () => copy(sync),
    outbox: async () => copy(outbox),
    syncNow: async () => {
      await wait(pace.page);
      return copy(sync);
    },
    outboxRetry: async () => copy(sync),
    enroll: async (url, token) => {
      await wait(pace.page);
      if (token !== "ma-noi") return fail("token_refused", "Mã nối không đúng hoặc đã dùng.", "Xin người quản trị mã mới.");
      sync = { ...sync, link: "online", central: url };
      return copy(sync);
    },
    reportFault: async (message) => console.error(message),

    onDeskEvent: async (hear) => {
      hearers.add(hear);
      return () => void hearers.delete(hear);
    },
    pictureUrl: (kind, key) => (kind === "paper" ? formPicture(key) : pagePicture(key)),
  };
}
