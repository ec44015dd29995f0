/** Knows which fields hold something the program has not answered for yet, so that no answer overwrites it. */

export class Edits<F extends string> {
  #at = new Map<F, number>();
  #now = 0;

  /** The field was edited just now. */
  touch(field: F): void {
    this.#now += 1;
    this.#at.set(field, this.#now);
  }

  /** The moment a question is sent. */
  mark(): number {
    return this.#now;
  }

  /** True while an edit of the field is not known to be written. */
  dirty(field: F): boolean {
    return this.#at.has(field);
  }

  /** True when the field was edited after the mark. */
  since(mark: number, field: F): boolean {
    return (this.#at.get(field) ?? 0) > mark;
  }

  /** What was edited in these fields up to the mark is written. */
  settle(mark: number, fields: readonly F[]): void {
    for (const field of fields) if (!this.since(mark, field)) this.#at.delete(field);
  }

  clear(): void {
    this.#at.clear();
  }
}
