/** Marks what is data and nothing but data in one call. */
export interface Fence {
  /** The text as one block between the marks of this call, without control or invisible characters. */
  block(label: string, text: string): string
  /** The text on one line, cleaned as above, for lists whose frame is a block already. */
  line(text: string): string
}
