/** Where a row stands in the tree of a session's rows. */
export interface RowPlace {
  readonly uuid: string
  /** Null = a beginning. */
  readonly parentUuid: string | null
}

interface Row extends RowPlace {
  /** A row without words of its own says nothing about branches. */
  kind: 'prompt' | 'message' | 'other'
}

/**
 * The tree of a session's rows. Parallel calls branch it too, so only two prompts of a person after
 * the same message tell of a rewind: the later one goes on, all that follows the earlier one is left.
 */
export class Branches {
  readonly #rows = new Map<string, Row>()

  has(uuid: string): boolean {
    return this.#rows.has(uuid)
  }

  add(place: RowPlace): void {
    this.#rows.set(place.uuid, { ...place, kind: 'other' })
  }

  note(uuid: string, kind: 'prompt' | 'message'): void {
    const row = this.#rows.get(uuid)
    if (row !== undefined) row.kind = kind
  }

  /** The rows that no live branch holds. */
  leftBehind(): ReadonlySet<string> {
    const left = new Set<string>()
    const promptAfter = new Map<string, string>()
    for (const row of this.#rows.values()) {
      if (row.kind !== 'prompt') continue
      const message = this.#messageBefore(row)
      if (message === null) continue
      const earlier = promptAfter.get(message)
      if (earlier !== undefined) left.add(earlier)
      promptAfter.set(message, row.uuid)
    }
    if (left.size === 0) return left
    // Rows stand after their parents in the file.
    for (const { uuid, parentUuid } of this.#rows.values()) {
      if (parentUuid !== null && left.has(parentUuid)) left.add(uuid)
    }
    return left
  }

  /** Null = the row is a beginning, or what is before it is not in the file. */
  #messageBefore({ parentUuid }: Row): string | null {
    const seen = new Set<string>()
    for (let at = parentUuid; at !== null && !seen.has(at); ) {
      seen.add(at)
      const row = this.#rows.get(at)
      if (row === undefined) return null
      if (row.kind !== 'other') return at
      at = row.parentUuid
    }
    return null
  }
}
