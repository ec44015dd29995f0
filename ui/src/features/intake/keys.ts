/** The keys of the intake screen, in one table. */
import { m } from "../../lib/say.svelte";
import { checklist } from "../checklist/controller.svelte";
import { devices } from "../devices/controller.svelte";
import { duplex } from "../duplex/controller.svelte";
import type { KeyAction } from "../keys/controller.svelte";
import { pageKeys } from "../pages/keys";
import { phone } from "../phone/controller.svelte";
import { profiles } from "../profiles/controller.svelte";
import { tray } from "../tray/controller.svelte";
import { intake } from "./controller.svelte";

interface Hands {
  draft: boolean;
  /** A form is shown. */
  paper: boolean;
  paperReady: boolean;
  new: () => void;
  procedure: () => void;
  fees: () => void;
  accept: () => void;
  acceptNext: () => void;
  copy: () => void;
  showReceipt: () => void;
  /** Shows the sheet of the last step. */
  showPaper: () => void;
  print: () => void;
  close: () => void;
  back: () => void;
  toggleViewer: () => void;
  crop: () => void;
  flat: () => void;
  zoomPaper: (large: boolean) => void;
  viewer: () => { zoomBy: (by: 1 | -1) => void; rotate: () => void } | undefined;
}

export function intakeKeys(hands: Hands): KeyAction[] {
  const words = m().keys;
  const run = intake.run;
  const still = !run.active;
  const back: KeyAction = { chord: "Escape", label: words.back, run: hands.back };
  const start: KeyAction = { chord: "F2", label: words.newDossier, run: hands.new, enabled: still };
  if (hands.paper) {
    // Without a printer the same key opens the file, from which it can be printed elsewhere.
    const print = devices.noPrinter ? words.openPdf : words.print;
    return [
      start,
      { chord: "F9", label: print, run: hands.print, enabled: hands.paperReady },
      { chord: "Ctrl+P", label: print, run: hands.print, enabled: hands.paperReady },
      { chord: "+", label: words.zoom, run: () => hands.zoomPaper(true) },
      { chord: "-", label: words.zoom, run: () => hands.zoomPaper(false), quiet: true },
      { chord: "F10", label: words.close, run: hands.close },
      back,
    ];
  }
  const can = checklist.can && still;
  const found: KeyAction[] = [
    { chord: "F7", label: m().checklist.keys.supplement, run: () => (checklist.shown = true), enabled: can },
    { chord: "Alt+D", label: m().checklist.keys.pass, run: () => void checklist.pass(), enabled: can, whileTyping: true },
    { chord: "Alt+C", label: m().checklist.keys.fail, run: () => void checklist.fail(), enabled: can, whileTyping: true },
    { chord: "Alt+T", label: m().checklist.keys.passAll, run: () => void checklist.passAll(), enabled: can, whileTyping: true },
  ];
  const page = intake.page !== null;
  const look: KeyAction[] = [
    { chord: "PageUp", label: words.pageBefore, run: () => intake.stepPage(-1), enabled: page, whileTyping: true },
    { chord: "PageDown", label: words.pageAfter, run: () => intake.stepPage(1), enabled: page, whileTyping: true },
    { chord: "Space", label: words.viewer, run: hands.toggleViewer, enabled: page },
    { chord: "+", label: words.zoom, run: () => hands.viewer()?.zoomBy(1), enabled: page },
    { chord: "-", label: words.zoom, run: () => hands.viewer()?.zoomBy(-1), enabled: page, quiet: true },
  ];
  const fee: KeyAction = { chord: "F8", label: m().fees.keys.fees, run: hands.fees, enabled: still && intake.dossier?.procedure != null };
  const copy: KeyAction = { chord: "Ctrl+D", label: m().visit.copy, run: hands.copy, enabled: still };
  if (!hands.draft) {
    return [
      start,
      fee,
      copy,
      { chord: "F9", label: words.receipt, run: hands.showReceipt, enabled: intake.dossier?.code != null },
      { chord: "Ctrl+P", label: words.paper, run: hands.showPaper },
      { chord: "F10", label: words.close, run: hands.close },
      ...found,
      ...look,
      { chord: "R", label: words.turn, run: () => hands.viewer()?.rotate(), enabled: page },
      back,
    ];
  }
  const papers = (intake.dossier?.components.length ?? 0) > 0;
  const scans = papers && still && devices.scanner !== null && intake.component?.handling !== "show";
  const quick = profiles.all.flatMap((one): KeyAction[] =>
    one.key ? [{ chord: `Ctrl+${one.key}`, label: m().profiles.scanWith(one.name), run: () => void run.scan(undefined, one.id), enabled: scans }] : [],
  );
  const ready = (intake.dossier?.obstacles.length ?? 1) === 0;
  return [
    start,
    { chord: "F4", label: words.procedure, run: hands.procedure, enabled: still },
    { chord: "F5", label: duplex.step ? m().duplex.steps[duplex.step] : words.scan, run: () => void checklist.scan(), enabled: papers && still && (devices.scanner !== null || intake.component?.handling === "show") },
    { chord: "F6", label: words.nextComponent, run: () => intake.selectNextComponent(true), enabled: papers },
    fee,
    // Also taken while something is missing: then it leads to what is.
    { chord: "F9", label: devices.bound ? words.acceptAndPrint : words.accept, run: hands.accept, enabled: still && !intake.accepting, dim: !ready },
    { chord: "F10", label: words.keep, run: hands.close, enabled: still },
    { chord: "F11", label: m().visit.acceptNext, run: hands.acceptNext, enabled: still && !intake.accepting, dim: !ready },
    copy,
    ...quick,
    { chord: "Ctrl+O", label: words.pick, run: () => void run.pick(), enabled: papers && still },
    ...pageKeys(hands.crop, hands.flat),
    { chord: "Alt+H", label: m().duplex.key, run: () => void duplex.fronts(), enabled: scans && duplex.offered && duplex.step === null, whileTyping: true },
    { chord: "Alt+M", label: m().phone.key, run: () => void phone.open(), enabled: papers && still && intake.component?.handling !== "show", whileTyping: true },
    { chord: "Alt+K", label: m().tray.key, run: () => tray.toggle(), enabled: papers, whileTyping: true },
    ...found,
    ...look,
    back,
  ];
}
