/** A stretch of cells that names an amount, a moment or how often. */
export interface Quantity {
  readonly length: number
  /** Equal for equal amounts, however written: "two weeks" and "14 days". */
  readonly keys: readonly string[]
  readonly kind: 'amount' | 'time' | 'frequency'
}
