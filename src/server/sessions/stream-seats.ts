import { LIMITS } from '../../config.ts'
import { ReverieError } from '../../core/errors.ts'

/** How many streams of events a process keeps open at once. */
export class StreamSeats {
  readonly #max: number
  #taken = 0

  constructor(max: number = LIMITS.streamsMax) {
    this.#max = max
  }

  get taken(): number {
    return this.#taken
  }

  /** Takes a seat; returns how to leave it, once. Throws `rate_limit_error` when all are taken. */
  take(): () => void {
    if (this.#taken >= this.#max) {
      throw new ReverieError('rate_limit_error', `${this.#max} streams are open already.`, {
        next: 'Close one, or list the events from time to time.',
      })
    }
    this.#taken += 1
    let isLeft = false
    return () => {
      if (isLeft) return
      isLeft = true
      this.#taken -= 1
    }
  }
}
