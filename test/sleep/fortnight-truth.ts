const MINUTE = 60_000
const HOUR = 60 * MINUTE
const DAY = 24 * HOUR

/** What really happened in one project, told without the storage, the files or the engine. */
export class ProjectTruth {
  readonly #firstLook: number
  /** Sessions -> when each was last spoken in, and told to be over. */
  readonly #spoken = new Map<string, number>()
  readonly #over = new Map<string, number>()
  /** Sessions that say something that no dream has heard. */
  readonly #unheard = new Set<string>()
  #linesNew: number
  #lastTry: number | null = null
  #cooldown = 8 * HOUR
  /** Share of the last dream's decided changes that people let through. */
  #share: number | null = null
  #inReview = false

  constructor(firstLook: number, lines: number) {
    this.#firstLook = firstLook
    this.#linesNew = lines
  }

  said(session: string, at: number): void {
    this.#spoken.set(session, at)
    this.#unheard.add(session)
  }

  ended(session: string, at: number): void {
    this.#over.set(session, at)
  }

  noted(lines: number): void {
    this.#linesNew += lines
  }

  /** A person decided on one change of the waiting plan, or on all of it. */
  reviewed(share: number, isDone: boolean): void {
    this.#share = share
    this.#inReview = !isDone
  }

  get hasNews(): boolean {
    return this.#unheard.size > 0 || this.#linesNew > 0
  }

  /** The rule that has to decide now, from the words of the rules. */
  expected(now: number): string {
    if (!this.hasNews) return 'nothing_new'
    const isLate = now - (this.#lastTry ?? this.#firstLook) >= 7 * DAY
    if (this.#lastTry !== null && now < this.#lastTry + this.#adapted()) return 'cooldown'
    if (!isLate && now - this.#lastActivity() < 30 * MINUTE) return 'not_idle'
    if (this.#inReview) return 'awaits_review'
    if (isLate) return 'latest_by'
    const pressure = Math.max(this.#unheard.size / 5, this.#linesNew / 50)
    return pressure >= 1 ? 'pressure' : 'low_pressure'
  }

  /** A dream was begun, and heard everything. */
  dreamt(now: number): void {
    this.#cooldown = this.#adapted()
    this.#lastTry = now
    this.#share = null
    this.#unheard.clear()
    this.#linesNew = 0
  }

  #adapted(): number {
    if (this.#share === null) return this.#cooldown
    if (this.#share < 0.02) return Math.min(2 * this.#cooldown, 7 * DAY)
    return this.#share > 0.2 ? Math.max(this.#cooldown / 2, 4 * HOUR) : this.#cooldown
  }

  /** A session that is over is at rest, unless it was taken up again. */
  #lastActivity(): number {
    const open = [...this.#spoken].filter(([session, at]) => {
      const over = this.#over.get(session)
      return over === undefined || at > over + 10_000
    })
    return Math.max(Number.NEGATIVE_INFINITY, ...open.map(([, at]) => at))
  }
}
