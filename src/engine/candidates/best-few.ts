/** The best of many offers: highest score first, equal ones by position. */
export class BestFew {
  readonly #max: number
  readonly #positions: number[] = []
  readonly #scores: number[] = []

  constructor(max: number) {
    this.#max = max
  }

  offer(position: number, score: number): void {
    const size = this.#scores.length
    if (size === this.#max && !this.#isBefore(position, score, size - 1)) return
    let at = size
    while (at > 0 && this.#isBefore(position, score, at - 1)) at -= 1
    this.#positions.splice(at, 0, position)
    this.#scores.splice(at, 0, score)
    if (size === this.#max) {
      this.#positions.pop()
      this.#scores.pop()
    }
  }

  /** What a score must reach to get in: that of the last where all places are taken. */
  least(): number {
    return this.#scores.length < this.#max
      ? Number.NEGATIVE_INFINITY
      : (this.#scores.at(-1) ?? Number.POSITIVE_INFINITY)
  }

  positions(): readonly number[] {
    return this.#positions
  }

  ranked(): readonly (readonly [position: number, score: number])[] {
    return this.#positions.map((position, n) => [position, this.#scores[n] ?? 0] as const)
  }

  #isBefore(position: number, score: number, at: number): boolean {
    const other = this.#scores[at] ?? Number.NEGATIVE_INFINITY
    return score > other || (score === other && position < (this.#positions[at] ?? 0))
  }
}
