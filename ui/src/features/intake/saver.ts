/**
 * Writes edits down soon after they are made, one at a time and in order, so that answers cannot overtake each other.
 * Nothing typed waits longer than the pause; `flush` writes at once and is called before anything that depends on it.
 */

/** How long a field rests before it is written (ms). Longer than the silence that ends a card reading. */
export const PAUSE = 300;

type Job = () => Promise<unknown>;

export class Saver {
  #waiting = new Map<string, Job>();
  #timer: ReturnType<typeof setTimeout> | undefined;
  #line: Promise<unknown> = Promise.resolve();
  #running = 0;

  constructor(private readonly changed: () => void) {}

  /** True while something is waiting or being written. */
  get busy(): boolean {
    return this.#waiting.size > 0 || this.#running > 0;
  }

  /** True while an edit of this name is still waiting. */
  waits(name: string): boolean {
    return this.#waiting.has(name);
  }

  /** Writes `job` after a pause; a later one of the same name takes its place. */
  soon(name: string, job: Job): void {
    this.#waiting.set(name, job);
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => void this.flush(), PAUSE);
    this.changed();
  }

  /** Writes all that waits, now, and answers when everything is written. */
  flush(): Promise<void> {
    clearTimeout(this.#timer);
    const jobs = [...this.#waiting.values()];
    this.#waiting.clear();
    for (const job of jobs) void this.#queue(job);
    return this.#line.then(
      () => undefined,
      () => undefined,
    );
  }

  /** Does `job` after everything that waits, and answers with its result. */
  after<T>(job: () => Promise<T>): Promise<T> {
    void this.flush();
    return this.#queue(job);
  }

  #queue<T>(job: () => Promise<T>): Promise<T> {
    this.#running += 1;
    this.changed();
    const done = this.#line.catch(() => undefined).then(job);
    this.#line = done
      .catch(() => undefined)
      .finally(() => {
        this.#running -= 1;
        this.changed();
      });
    return done;
  }
}
