/** The keys of pages in a draft. Bare letters work where nobody types. */
import { m } from "../../lib/say.svelte";
import { intake } from "../intake/controller.svelte";
import type { KeyAction } from "../keys/controller.svelte";
import { notices } from "../notices/controller.svelte";
import { pages } from "./controller.svelte";
import { flattening } from "./flat.svelte";

/** `crop` and `flat` show the page large first, where it is not. */
export function pageKeys(crop: () => void, flat: () => void): KeyAction[] {
  const words = m().pages;
  const enabled = pages.can;
  const puts = pages.canPut;
  const sends = pages.canSend;
  const some = (intake.dossier?.pages.received ?? 0) > 0;
  return [
    { chord: "R", label: words.turnRight, run: () => void pages.turn(1), enabled },
    { chord: "L", label: words.turnLeft, run: () => void pages.turn(3), enabled },
    { chord: "U", label: words.turnOver, run: () => void pages.turn(2), enabled },
    { chord: "C", label: words.crop, run: crop, enabled },
    { chord: "N", label: words.flat, run: flat, enabled: enabled && flattening.can(intake.page?.page) },
    { chord: "I", label: words.insert, run: () => pages.ask("before"), enabled: puts },
    { chord: "T", label: words.replace, run: () => pages.ask("replace"), enabled: puts },
    { chord: "M", label: words.send, run: () => pages.askSend("chosen"), enabled: sends },
    { chord: "S", label: words.sendRest, run: () => pages.askSend("rest"), enabled: sends },
    { chord: "G", label: words.sendAll, run: () => pages.askSend("all"), enabled: sends },
    { chord: "Delete", label: m().keys.aside, run: () => void pages.toggleAside(), enabled },
    { chord: "Alt+ArrowUp", label: m().keys.moveUp, run: () => void pages.move(-1), enabled },
    { chord: "Alt+ArrowLeft", label: m().keys.moveUp, run: () => void pages.move(-1), enabled, quiet: true },
    { chord: "Alt+ArrowDown", label: m().keys.moveDown, run: () => void pages.move(1), enabled },
    { chord: "Alt+ArrowRight", label: m().keys.moveDown, run: () => void pages.move(1), enabled, quiet: true },
    // What was told of last goes first; then one page action after another, as far back as the draft goes.
    { chord: "Ctrl+Z", label: m().keys.undo, run: () => void (notices.undoLatest() || (some && pages.reverse(false))), enabled: some || notices.canUndo, whileTyping: false },
    { chord: "Ctrl+Shift+Z", label: words.redo, run: () => void pages.reverse(true), enabled: some, whileTyping: false },
    { chord: "Ctrl+Y", label: words.redo, run: () => void pages.reverse(true), enabled: some, whileTyping: false, quiet: true },
  ];
}
