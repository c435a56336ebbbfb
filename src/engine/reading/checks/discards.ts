/** Counts, by reason, what is not let through. */
export class Discards {
  readonly #counts = new Map<string, number>()

  add(reason: string, count = 1): void {
    if (count <= 0) return
    this.#counts.set(reason, (this.#counts.get(reason) ?? 0) + count)
  }

  /** In the order of the reasons. */
  counted(): readonly { readonly reason: string; readonly count: number }[] {
    return [...this.#counts]
      .map(([reason, count]) => ({ reason, count }))
      .sort((a, b) => (a.reason < b.reason ? -1 : 1))
  }
}
