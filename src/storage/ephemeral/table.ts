/** Undoes one mutation. */
export type Undo = () => void

/** A row with its number: rows that were first set later have higher ones. */
export interface NumberedRow<Row> {
  readonly sequence: number
  readonly row: Row
}

/**
 * Rows by key, with every mutation noted in a journal so that it can be taken back. Rows are
 * immutable values: a change of a row sets another one.
 */
export class Table<Row> {
  readonly #rows = new Map<string, NumberedRow<Row>>()
  readonly #journal: Undo[]
  #lastSequence = 0

  constructor(journal: Undo[]) {
    this.#journal = journal
  }

  get(...key: Key): Row | null {
    return this.#rows.get(keyText(key))?.row ?? null
  }

  has(...key: Key): boolean {
    return this.#rows.has(keyText(key))
  }

  /** In the order in which the keys were first set. */
  rows(): readonly Row[] {
    return this.numbered().map(({ row }) => row)
  }

  /** As `rows`; a row keeps its number when it is set again, and no other row ever gets it. */
  numbered(): readonly NumberedRow<Row>[] {
    return [...this.#rows.values()]
  }

  /** As `numbered`, each with its key. */
  keyed(): readonly (NumberedRow<Row> & { readonly key: readonly string[] })[] {
    return [...this.#rows].map(([text, row]) => ({ ...row, key: JSON.parse(text) as string[] }))
  }

  set(key: Key, row: Row): void {
    const text = keyText(key)
    const before = this.#rows.get(text)
    if (before === undefined) this.#lastSequence += 1
    this.#rows.set(text, { sequence: before?.sequence ?? this.#lastSequence, row })
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

  /** Removes every row that fits; returns how many. */
  removeWhere(fits: (row: Row) => boolean): number {
    return this.#remove((_, row) => fits(row))
  }

  /** Removes the rows of these keys; returns how many there were. */
  removeKeys(keys: readonly (readonly string[])[]): number {
    const gone = new Set(keys.map((key) => JSON.stringify(key)))
    return this.#remove((text) => gone.has(text))
  }

  #remove(fits: (key: string, row: Row) => boolean): number {
    const before = [...this.#rows]
    const removed = before.filter(([text, { row }]) => fits(text, row))
    if (removed.length === 0) return 0
    for (const [text] of removed) this.#rows.delete(text)
    // Put back whole: a row set again on its own would move to the end of the order.
    this.#journal.push(() => {
      this.#rows.clear()
      for (const [text, row] of before) this.#rows.set(text, row)
    })
    return removed.length
  }
}

type Key = readonly [string, ...string[]]

function keyText(key: Key): string {
  return JSON.stringify(key)
}
