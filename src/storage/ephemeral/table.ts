/** Undoes one mutation. */
export type Undo = () => void

/**
 * Rows by key, with every mutation noted in a journal so that it can be taken back. Rows are
 * immutable values: a change of a row sets another one.
 */
export class Table<Row> {
  readonly #rows = new Map<string, Row>()
  readonly #journal: Undo[]

  constructor(journal: Undo[]) {
    this.#journal = journal
  }

  get(...key: Key): Row | null {
    return this.#rows.get(keyText(key)) ?? null
  }

  has(...key: Key): boolean {
    return this.#rows.has(keyText(key))
  }

  /** In the order in which the keys were first set. */
  rows(): readonly Row[] {
    return [...this.#rows.values()]
  }

  set(key: Key, row: Row): void {
    const text = keyText(key)
    const before = this.#rows.get(text)
    this.#rows.set(text, row)
    this.#journal.push(() => {
      if (before === undefined) this.#rows.delete(text)
      else this.#rows.set(text, before)
    })
  }

  /** Sets a row where there is none with this key; false = there is one, and it stays. */
  insert(key: Key, row: Row): boolean {
    if (this.has(...key)) return false
    this.set(key, row)
    return true
  }

  /** Removes every row that fits. */
  removeWhere(fits: (row: Row) => boolean): void {
    const before = [...this.#rows]
    const removed = before.filter(([, row]) => fits(row))
    if (removed.length === 0) return
    for (const [text] of removed) this.#rows.delete(text)
    // Put back whole: a row set again on its own would move to the end of the order.
    this.#journal.push(() => {
      this.#rows.clear()
      for (const [text, row] of before) this.#rows.set(text, row)
    })
  }
}

type Key = readonly [string, ...string[]]

function keyText(key: Key): string {
  return JSON.stringify(key)
}
