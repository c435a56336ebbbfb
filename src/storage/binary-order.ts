/**
 * Orders two texts by their UTF-8 bytes, as SQLite's BINARY collation does. JavaScript's `<` goes
 * by UTF-16 units and differs where a character beyond U+FFFF meets one from U+E000 on.
 */
export function compareBinary(a: string, b: string): number {
  const length = Math.min(a.length, b.length)
  for (let at = 0; at < length; at += 1) {
    const left = a.charCodeAt(at)
    const right = b.charCodeAt(at)
    if (left !== right) return byteRank(left) - byteRank(right)
  }
  return a.length - b.length
}

/** Surrogates stand for the characters that sort last, so they change places with U+E000-U+FFFF. */
function byteRank(unit: number): number {
  if (unit < 0xd800) return unit
  return unit < 0xe000 ? unit + 0x2000 : unit - 0x800
}
