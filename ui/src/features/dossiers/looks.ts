/** Which color and shape a state has; the word beside it comes from the messages. */
import type { DossierRow } from "../../bindings/DossierRow";
import type { OutboxState } from "../../bindings/OutboxState";
import type { Status } from "../../bindings/Status";
import { day } from "../../lib/format";
import type { Tone } from "../../parts/Badge.svelte";
import type { IconName } from "../../parts/Icon.svelte";

interface Look {
  tone: Tone;
  icon?: IconName;
}

const STATES: Record<Status, Look> = {
  draft: { tone: "plain" },
  registered: { tone: "wait" },
  received: { tone: "plain", icon: "check" },
  refused: { tone: "red", icon: "close" },
  processing: { tone: "plain" },
  supplement: { tone: "amber", icon: "clock" },
  finance: { tone: "amber", icon: "clock" },
  withdrawn: { tone: "plain", icon: "close" },
  stopped: { tone: "red", icon: "close" },
  done: { tone: "green", icon: "check" },
  returned: { tone: "green", icon: "check" },
  discarded: { tone: "plain", icon: "close" },
};

const SENDING: Record<OutboxState, Look> = {
  queued: { tone: "wait", icon: "clock" },
  accepted: { tone: "green", icon: "check" },
  blocked: { tone: "red", icon: "warn" },
};

/** Nothing more is due once a dossier stands here. */
const FINISHED: ReadonlySet<Status> = new Set(["refused", "withdrawn", "stopped", "done", "returned", "discarded"]);

export function stateLook(state: Status): Look {
  return STATES[state];
}

export function syncLook(state: OutboxState): Look {
  return SENDING[state];
}

/** Amber on the day, red after it. */
export function dueTone(row: DossierRow, today: string): "" | "amber" | "red" {
  if (!row.due || FINISHED.has(row.state)) return "";
  const due = day(row.due);
  if (due < today) return "red";
  return due === today ? "amber" : "";
}
