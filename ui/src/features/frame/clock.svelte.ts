/** The counter's clock, in step with the minute. */
import { wallClock } from "../../lib/format";

class Clock {
  /** Wall clock as `2026-11-23T14:32:05`. */
  now = $state(wallClock(Date.now()));

  /** Ticks until the answer is called. */
  start(): () => void {
    const timer = setInterval(() => {
      this.now = wallClock(Date.now());
    }, 1_000);
    return () => clearInterval(timer);
  }
}

export const clock = new Clock();
