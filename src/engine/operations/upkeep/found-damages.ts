import { LIMITS } from '../../../config.ts'
import { isReverieError } from '../../../core/errors.ts'
import type { Damage, Findings } from '../../../storage/port/state-upkeep.ts'

/** What a check has found so far. */
export class FoundDamages {
  readonly #checked = new Map<string, number>()
  readonly #damages: Damage[] = []
  #more = 0

  take({ checked, damages }: Findings): void {
    for (const [what, n] of Object.entries(checked)) this.count(what, n)
    for (const damage of damages) this.add(damage)
  }

  count(what: string, n: number): void {
    this.#checked.set(what, (this.#checked.get(what) ?? 0) + n)
  }

  add(damage: Damage): void {
    if (this.#damages.length < LIMITS.damagesToldMax) this.#damages.push(damage)
    else this.#more += 1
  }

  /** What of the storage could not be read is a damage; every other error passes through. */
  unreadable(where: string, error: unknown): void {
    if (!isReverieError(error) && !(error instanceof SyntaxError)) throw error
    const what = isReverieError(error) ? error.message : 'It holds no JSON any more.'
    this.add({ where, what })
  }

  async during(where: string, work: () => Promise<void>): Promise<void> {
    try {
      await work()
    } catch (error) {
      this.unreadable(where, error)
    }
  }

  told(): Findings {
    const rest = { where: 'state folder', what: `${this.#more} more damages.` }
    return {
      checked: Object.fromEntries([...this.#checked].sort(([a], [b]) => (a < b ? -1 : 1))),
      damages: this.#more === 0 ? this.#damages : [...this.#damages, rest],
    }
  }
}
