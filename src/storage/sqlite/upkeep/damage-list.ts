import { LIMITS } from '../../../config.ts'
import { isReverieError } from '../../../core/errors.ts'
import type { Damage, Findings } from '../../port/state-upkeep.ts'

/** Collects what is wrong, up to a bound, and counts what was looked at. */
export class DamageList {
  readonly #damages: Damage[] = []
  readonly #checked: Record<string, number> = {}
  #more = 0

  add(where: string, what: string): void {
    if (this.#damages.length < LIMITS.damagesToldMax) this.#damages.push({ where, what })
    else this.#more += 1
  }

  count(what: string, n: number): void {
    this.#checked[what] = (this.#checked[what] ?? 0) + n
  }

  /** Runs a part of a check; what cannot be read in it is a damage of `where`. */
  during(where: string, work: () => void): void {
    try {
      work()
    } catch (error) {
      this.add(where, `It cannot be read: ${reasonOf(error)}.`)
    }
  }

  findings(): Findings {
    const rest = { where: 'database', what: `${this.#more} more damages.` }
    return {
      checked: this.#checked,
      damages: this.#more === 0 ? this.#damages : [...this.#damages, rest],
    }
  }
}

/** What SQLite says of an error, without the sentence that it was put into. */
export function reasonOf(error: unknown): string {
  const told = isReverieError(error) && error.cause instanceof Error ? error.cause : error
  return told instanceof Error ? told.message : String(told)
}
