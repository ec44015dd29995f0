/** Tells the program that somebody is at the desk, so that it does not lock itself while they read. */
import { desk } from "../../lib/desk";

/** Once in so long is enough (ms). */
export const EVERY = 30_000;

/** Listens until the answer is called. */
export function keepAwake(): () => void {
  let told = -Infinity;
  let where = "";

  const tell = (): void => {
    const now = performance.now();
    if (now - told < EVERY) return;
    told = now;
    desk.stayAwake().catch(() => undefined);
  };
  // An engine also says that the pointer moved when the page moved under it.
  const move = (event: MouseEvent): void => {
    const here = `${event.screenX} ${event.screenY}`;
    if (here !== where) tell();
    where = here;
  };

  const options = { capture: true, passive: true };
  const acts = ["keydown", "pointerdown", "wheel"] as const;
  for (const act of acts) window.addEventListener(act, tell, options);
  window.addEventListener("pointermove", move, options);
  return () => {
    for (const act of acts) window.removeEventListener(act, tell, options);
    window.removeEventListener("pointermove", move, options);
  };
}
