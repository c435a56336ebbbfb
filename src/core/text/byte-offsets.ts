/** Maps offsets in a string's UTF-16 code units to offsets in its UTF-8 bytes. */
export function byteOffsets(content: string): (offset: number) => number {
  if (Buffer.byteLength(content, 'utf8') === content.length) return (offset) => offset
  const table = new Uint32Array(content.length + 1)
  let bytes = 0
  let offset = 0
  for (const character of content) {
    table.fill(bytes, offset, offset + character.length)
    bytes += Buffer.byteLength(character, 'utf8')
    offset += character.length
  }
  table[offset] = bytes
  return (wanted) => table[wanted] ?? bytes
}
