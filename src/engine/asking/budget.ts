import type { Budget } from '../../core/dream.ts'

/** What a call takes, or may take. */
export interface Spend {
  readonly tokens: number
  /** Billionths of a US dollar, whole; 0 where the price is not known. */
  readonly nanoUsd: number
}

export const NO_SPEND: Spend = { tokens: 0, nanoUsd: 0 }

/** A place in the queue for one question with its second try. */
export interface Turn {
  /**
   * Whether a call is covered that is estimated at `call`; waits while that depends on questions
   * before it. `boundMax` is the most that all of this question's calls to come can take.
   */
  cover(call: Spend, boundMax: Spend): Promise<boolean>
  /** Counts a call that was made, and what this question may still take. */
  settle(call: Spend, boundMax: Spend): void
  /** Nothing more comes of this question. */
  end(): void
}

interface Place {
  spent: Spend
  /** The most that may still come. */
  bound: Spend
  isOpen: boolean
}

/**
 * Hard caps on tokens and money. Questions run side by side, but each call is covered or not as if
 * the questions ran one after the other: it is covered at once only where it fits whatever those
 * before it may still take, refused only where it does not fit what they took. So no more than the
 * last call passes a cap, by what it takes more than was estimated.
 */
export class Spending {
  readonly #tokensMax: number
  readonly #nanoUsdMax: number
  readonly #places: Place[] = []
  #wake: (() => void)[] = []
  /** Of the places that are gone from the front of the queue. */
  #before: Spend = NO_SPEND

  constructor(budget: Budget, nanoPerUsd: number) {
    this.#tokensMax = budget.tokens
    this.#nanoUsdMax = budget.usd === null ? Infinity : Math.floor(budget.usd * nanoPerUsd)
  }

  /** The next place in the queue: ask for it in the order in which questions count. */
  turn(): Turn {
    const place: Place = { spent: NO_SPEND, bound: NO_SPEND, isOpen: true }
    this.#places.push(place)
    return {
      cover: async (call, boundMax) => {
        const isCovered = await this.#decide(place, call)
        if (isCovered) place.bound = boundMax
        return isCovered
      },
      settle: (call, boundMax) => {
        place.spent = sum(place.spent, call)
        place.bound = boundMax
        this.#changed()
      },
      end: () => {
        place.isOpen = false
        place.bound = NO_SPEND
        this.#changed()
      },
    }
  }

  async #decide(place: Place, call: Spend): Promise<boolean> {
    for (;;) {
      const ahead = this.#places.slice(0, this.#places.indexOf(place))
      const taken = ahead.reduce((all, { spent }) => sum(all, spent), this.#before)
      const own = sum(place.spent, call)
      const mayCome = ahead.reduce((all, { bound }) => sum(all, bound), NO_SPEND)
      if (this.#fits(sum(sum(taken, mayCome), own))) return true
      if (!ahead.some(({ isOpen }) => isOpen)) return false
      await new Promise<void>((resolve) => this.#wake.push(resolve))
    }
  }

  #fits({ tokens, nanoUsd }: Spend): boolean {
    return tokens <= this.#tokensMax && nanoUsd <= this.#nanoUsdMax
  }

  #changed(): void {
    while (this.#places[0]?.isOpen === false) {
      this.#before = sum(this.#before, this.#places.shift()?.spent ?? NO_SPEND)
    }
    const waiting = this.#wake
    this.#wake = []
    for (const resolve of waiting) resolve()
  }
}

/** Both together. */
export function sum(a: Spend, b: Spend): Spend {
  return { tokens: a.tokens + b.tokens, nanoUsd: a.nanoUsd + b.nanoUsd }
}
