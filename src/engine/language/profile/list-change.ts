/** What came to a list and what left it, verbatim. */
export interface ListChange {
  readonly come: readonly string[]
  readonly gone: readonly string[]
}
