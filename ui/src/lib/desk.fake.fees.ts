/** The fake desk's fees: one rule for copies of an extract, the record's own amount else, and a book of receipts. */
import type { DossierFee } from "../bindings/DossierFee";
import type { DossierView } from "../bindings/DossierView";
import type { FeeBookView } from "../bindings/FeeBookView";
import type { FeeChoice } from "../bindings/FeeChoice";
import type { FeeReceiptView } from "../bindings/FeeReceiptView";
import type { FeeSettings } from "../bindings/FeeSettings";
import type { FeesView } from "../bindings/FeesView";
import type { PaidPart } from "../bindings/PaidPart";
import type { PaymentMethod } from "../bindings/PaymentMethod";
import type { ShiftView } from "../bindings/ShiftView";
import type { UserError } from "../bindings/UserError";
import type { Desk } from "./desk";

type FeesDesk = Pick<
  Desk,
  "fees" | "setFee" | "takePayment" | "transferCode" | "voidReceipt" | "setReceiptsAside" | "addReceiptBook" | "feeBook" | "shift" | "shifts" | "openShift" | "closeShift" | "feeSettings" | "setFeeSettings" | "pickFeeTable"
>;

interface Lent {
  get: (id: string) => DossierView;
  now: () => string;
  clerk: () => string;
  /** Numbers of receipts that are left at the start. */
  left: number;
}

const SIGN = "99AA-26T";
const TEMPLATE = "01BLP2-001";
/** What each extract costs, in words of the sample publication. */
const WORDING = "8.000 đồng/bản sao Trích lục/sự kiện hộ tịch đã đăng ký.";

function refuse(code: UserError["code"], message: string, hint: string | null = null): Promise<never> {
  return Promise.reject({ code, message, hint, reference: "k3f9" } satisfies UserError);
}

/** What of a payment came which way: the rest by its method, then the others. */
function parts(method: PaymentMethod, also: PaidPart[], total: number): PaidPart[] {
  return [{ method, amount: total - also.reduce((sum, one) => sum + one.amount, 0) }, ...also];
}

export function fakeFees(lent: Lent): FeesDesk {
  const choices = new Map<string, FeeChoice>();
  const receipts: (FeeReceiptView & { of: Map<string, number>; command: string })[] = [];
  const shifts: ShiftView[] = [];
  let [next, last, commands] = [1, lent.left, 0];
  let settings: FeeSettings = { collector: "UBND phường Mẫu", tax_code: "", delegate: "", bin: "970436", bank: "Ngân hàng mẫu", account: "0000000000000", account_name: "UBND PHUONG MAU", template: TEMPLATE, sign: SIGN, electronic: false, empty_tens: "linh" };
  const written = (serial: number) => String(serial).padStart(7, "0");
  const choice = (id: string): FeeChoice => choices.get(id) ?? { items: 1, originals: [], relief: null, amount: null };

  const feeOf = (view: DossierView): DossierFee => {
    const chosen = choice(view.id);
    const text = view.procedure?.cases.find((one) => one.id === view.case)?.fee_text ?? "";
    const free = text.startsWith("Miễn");
    const each = free ? 0 : /\d/.test(text) || text === "" ? 8_000 : null;
    const full = each === null ? null : each * chosen.items;
    const relieved = full === null || !chosen.relief ? full : Math.floor((full * (100 - chosen.relief.percent)) / 100);
    const total = view.procedure ? (chosen.amount?.amount ?? relieved) : null;
    const paid = receipts.filter((one) => !one.void).reduce((sum, one) => sum + (one.of.get(view.id) ?? 0), 0);
    const lines = each ? [`${chosen.items} bản × 8.000 đ = ${full} đ`] : [];
    return {
      dossier: view.id,
      code: view.code,
      procedure: view.procedure?.name ?? "",
      items: [{ name: "Phí", text: text || WORDING, basis: "", amount: total, lines }],
      total,
      paid,
      left: total === null ? null : Math.max(0, total - paid),
      needs: !view.procedure ? "procedure" : total === null ? "amount" : null,
      counted: each ? "items" : "nothing",
      unit: "bản",
      reliefs: [],
      choice: chosen,
      ambiguous: null,
    };
  };

  const look = (id: string): FeesView => {
    const view = lent.get(id);
    const ids = [id, ...(view.visit?.dossiers ?? []).map((one) => one.id).filter((one) => one !== id)];
    const dossiers = ids.map((one) => feeOf(lent.get(one)));
    const known = dossiers.every((one) => one.left !== null);
    return {
      dossier: id,
      command: `01939f00-0000-7000-9000-${String(++commands).padStart(12, "0")}`,
      dossiers,
      left: dossiers[0]?.left ?? null,
      left_visit: known ? dossiers.reduce((sum, one) => sum + (one.left ?? 0), 0) : null,
      receipts: receipts.filter((one) => ids.some((other) => one.of.has(other))).map(({ of: _of, command: _command, ...rest }) => rest).reverse(),
      next: next > last ? null : { template: TEMPLATE, sign: SIGN, number: written(next), left: last - next + 1, paper: false },
      can_transfer: settings.account !== "",
      payer: view.applicant.name,
      may_collect: true,
    };
  };

  const open = (): ShiftView | null => shifts.find((one) => one.to === null) ?? null;
  const begin = (float: number): ShiftView => {
    const made: ShiftView = { number: shifts.length + 1, clerk: lent.clerk(), from: lent.now(), to: null, float, methods: [], serials: [], void: [], set_aside: [], expected: float, counted: null, difference: null, reason: "", notes: [] };
    shifts.push(made);
    return made;
  };
  const book = (): FeeBookView => {
    const held = receipts.filter((one) => !one.void).length;
    const block = { template: TEMPLATE, sign: SIGN, first: 1, last, next: next > last ? null : next, paper: false, ended: false, issued: held, void: receipts.length - held, set_aside: next - 1 - receipts.length, free: last - next + 1, missing: [] };
    return { from: "2026-11-23", to: "2026-11-23", receipts: [], set_aside: [], blocks: last > 0 ? [block] : [] };
  };

  return {
    fees: async (id) => look(id),
    setFee: async (id, chosen) => {
      choices.set(id, structuredClone(chosen));
      return look(id);
    },
    takePayment: async (id, how) => {
      const view = look(id);
      if (receipts.some((one) => one.command === how.command)) return view;
      const due = view.dossiers.filter((one) => (how.whole_visit || one.dossier === id) && (one.left ?? 0) > 0);
      const total = due.reduce((sum, one) => sum + (one.left ?? 0), 0);
      if (total === 0) return refuse("nothing_due", "Không còn khoản nào phải thu.");
      if (total !== how.expected) return refuse("fee_changed", "Số tiền phải thu đã khác số vừa hiện.");
      if (next > last) return refuse("receipt_numbers_gone", "Không còn số biên lai nào để cấp; tiền chưa được ghi.");
      const number = written(next++);
      receipts.push({
        about: `${TEMPLATE}~${SIGN}~${number}`,
        template: TEMPLATE,
        sign: SIGN,
        number,
        lines: due.map((one) => ({ name: one.procedure, amount: one.left ?? 0 })),
        total,
        in_words: "",
        method: how.method,
        also: how.also ?? [],
        at: lent.now(),
        payer: how.payer ?? view.payer,
        clerk: lent.clerk(),
        dossiers: due.flatMap((one) => one.code ?? []),
        void: null,
        paper: false,
        may_void: true,
        of: new Map(due.map((one) => [one.dossier, one.left ?? 0])),
        command: how.command,
      });
      const shift = open() ?? begin(0);
      for (const { method, amount } of parts(how.method, how.also ?? [], total)) {
        if (method === "cash") shift.expected += amount;
        const sums = shift.methods.find((one) => one.method === method);
        if (sums) Object.assign(sums, { receipts: sums.receipts + 1, taken: sums.taken + amount });
        else shift.methods.push({ method, receipts: 1, taken: amount, void: 0 });
      }
      return look(id);
    },
    transferCode: async (id, whole, part) => {
      const view = look(id);
      const amount = part ?? (whole ? view.left_visit : view.left) ?? 0;
      const rows = Array.from({ length: 33 }, (_, y) => Array.from({ length: 33 }, (_, x) => ((x * 7 + y * 13 + x * y) % 3 === 0 ? "1" : "0")).join(""));
      return { payload: "00020101021238", rows, amount, purpose: "HS 000000000007", bank: settings.bank, account: settings.account, account_name: settings.account_name };
    },
    voidReceipt: async (about, reason, money) => {
      const receipt = receipts.find((one) => one.about === about);
      if (!receipt) return refuse("receipt_not_found", "Không tìm thấy biên lai này.");
      receipt.void = { reason, at: lent.now(), clerk: lent.clerk(), money };
      receipt.may_void = false;
      const shift = open();
      for (const { method, amount } of parts(receipt.method, receipt.also, receipt.total)) {
        if (shift && method === "cash") shift.expected -= amount;
        const sums = shift?.methods.find((one) => one.method === method);
        if (sums) sums.void += amount;
      }
      const { of: _of, command: _command, ...rest } = receipt;
      return rest;
    },
    setReceiptsAside: async (run) => {
      if (run.first !== next) return refuse("receipt_skipped", `Số tiếp theo phải là ${written(next)}; không được bỏ qua số nào.`);
      next = run.last + 1;
      return book();
    },
    addReceiptBook: async (run) => {
      [next, last] = [run.first, run.last];
      return book();
    },
    feeBook: async () => book(),
    shift: async () => structuredClone(open()),
    shifts: async () => structuredClone(shifts).reverse(),
    openShift: async (float) => {
      const shift = open() ?? begin(0);
      shift.expected += float - shift.float;
      shift.float = float;
      return structuredClone(shift);
    },
    closeShift: async (notes, reason) => {
      const shift = open();
      if (!shift) return refuse("no_shift", "Chưa có ca thu tiền này.");
      const counted = notes.reduce((sum, one) => sum + one.note * one.count, 0);
      Object.assign(shift, { to: lent.now(), counted, difference: counted - shift.expected, reason, notes });
      return structuredClone(shift);
    },
    feeSettings: async () => structuredClone(settings),
    setFeeSettings: async (fresh) => structuredClone((settings = fresh)),
    pickFeeTable: async () => 12,
  };
}
