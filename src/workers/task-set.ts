/**
 * The tasks that a worker runs. Mostly it is one, another a million times a second, and a `Set` of one member
 * costs more to change than such a task takes: that one is kept aside.
 */
export class TaskSet<Task extends object> {
  #one: Task | null = null;
  readonly #others = new Set<Task>();

  get size(): number {
    return this.#others.size + (this.#one === null ? 0 : 1);
  }

  add(task: Task): void {
    if (this.#one === null && !this.#others.has(task)) this.#one = task;
    else if (task !== this.#one) this.#others.add(task);
  }

  delete(task: Task): void {
    if (this.#one === task) this.#one = null;
    else this.#others.delete(task);
  }

  has(task: Task): boolean {
    return this.#one === task || this.#others.has(task);
  }

  *[Symbol.iterator](): IterableIterator<Task> {
    if (this.#one !== null) yield this.#one;
    yield* this.#others;
  }
}
