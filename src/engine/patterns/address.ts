/** The addresses of a text: URLs, mail addresses, IP addresses and host names, as they stand. */
export function addressesIn(text: string): readonly string[] {
  return text.match(new RegExp(ADDRESS_SOURCE, 'g')) ?? []
}

/** The text with `<address>` in the place of every address but those of the machine itself. */
export function withoutAddresses(text: string): string {
  return text.replace(new RegExp(ADDRESS_SOURCE, 'g'), (address) =>
    isLoopback(address) ? address : '<address>',
  )
}

/** True of an address that is the reader's own machine everywhere, and nothing but it. */
export function isLoopback(address: string): boolean {
  return /^(?:(?:https?:\/\/)?(?:127\.0\.0\.1|localhost)|::1)(?::\d{1,5})?\/?$/.test(address)
}

const AFTER_HOST = '(?:[:/][\\w~./-]+)?'

/**
 * A host name is told from a file or a module by its last label: `shop.example:a/b.git` is one,
 * `mix.exs` and `App.Endpoint` are not. Labels that also end file names need two dots before them.
 */
const HOST = `(?<![\\w./@-])(?:(?:[a-z0-9-]+\\.)+(?:com|org|net|edu|gov|example|invalid)|(?:[a-z0-9-]+\\.){2,}(?:io|dev|app|ai|co|cloud|de|eu|uk|fr|nl|ch|at|us|local|internal|lan|corp|home))(?![\\w-]|\\.\\w)${AFTER_HOST}`

/** For use inside a larger expression; case-sensitive, without groups. */
export const ADDRESS_SOURCE: string = [
  '\\b[A-Za-z][A-Za-z0-9+.-]*:\\/\\/[^\\s"\'<>)]+',
  '\\b[Ww]{3}\\.[^\\s"\'<>)]+',
  `[\\w.+-]+@[\\w-]+(?:\\.[\\w-]+)+${AFTER_HOST}`,
  '\\b\\d{1,3}(?:\\.\\d{1,3}){3}\\b(?::\\d+)?',
  '(?<![\\w:])::1\\b(?::\\d+)?',
  HOST,
].join('|')
