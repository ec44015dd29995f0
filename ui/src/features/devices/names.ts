/** What a scanner is called on the screen. The program knows it by an id, `virtual:training`, that is for no reader. */
import type { DeviceKind } from "../../bindings/DeviceKind";
import type { DeviceView } from "../../bindings/DeviceView";
import { m } from "../../lib/say.svelte";

const PREFIX = /^(sane|escl|wia|folder|virtual):/;

/** The training scanner is ours and is called by the language in use; the others by what their makers call them. */
export function scannerName(scanner: Pick<DeviceView, "name" | "kind">): string {
  return scanner.kind === "virtual" ? m().deviceKinds.virtual : scanner.name;
}

/** Its kind, where the name does not say so already. */
export function scannerKind(scanner: Pick<DeviceView, "name" | "kind">): string {
  const kind = m().deviceKinds[scanner.kind];
  return scannerName(scanner).toLowerCase().includes(kind.toLowerCase()) ? "" : kind;
}

/** Where a page came from: a scanner by its name, or at least its kind when it is no longer there; a file by its own. */
export function sourceName(source: string, scanners: readonly DeviceView[]): string {
  const found = scanners.find((scanner) => scanner.id === source);
  if (found) return scannerName(found);
  if (source === "phone") return m().phone.button;
  const kind = PREFIX.exec(source)?.[1] as DeviceKind | undefined;
  return kind ? m().deviceKinds[kind] : source;
}
