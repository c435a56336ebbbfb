const BYTES_PER_TOKEN = 4

/** About how many tokens a text is, for limits and estimates; providers count exactly. */
export function tokensIn(text: string): number {
  return tokensOfBytes(Buffer.byteLength(text))
}

/** The same of a text of so many bytes. */
export function tokensOfBytes(bytes: number): number {
  return Math.ceil(bytes / BYTES_PER_TOKEN)
}
