const BYTES_PER_TOKEN = 4

/** About how many tokens a text is, for limits and estimates; providers count exactly. */
export function tokensIn(text: string): number {
  return Math.ceil(Buffer.byteLength(text) / BYTES_PER_TOKEN)
}
