import { sha256 } from '../../../core/ids.ts'
import { isOperatorText } from '../../../core/memory-path.ts'

/** The one file of an export that is no memory. */
export const STORE_FILE = 'reverie-store.jsonl'

/** The file of one memory. */
export interface NamedFile {
  readonly path: string
  /** Below the folder, with `/` between names. */
  readonly file: string
  /** Why it is not called as its path; null = it is. */
  readonly reason: string | null
}

/**
 * A file for each path, so that every usual system can hold all of them and tell them apart: no two
 * that differ in upper and lower case or in Unicode form alone, none that Windows refuses, none that
 * is hidden or would be taken for instructions. `isFolder`: the texts stood in a folder before, where
 * CLAUDE.md and AGENTS.md were instructions.
 */
export function fileNames(
  paths: readonly string[],
  { isFolder }: { readonly isFolder: boolean },
): readonly NamedFile[] {
  const root: Place = { name: '', places: new Map(), taken: new Map() }
  reserve(root, STORE_FILE)
  return paths.map((path) => {
    const segments = path.slice(1).split('/')
    const names: string[] = []
    const reasons = new Set<string>()
    let place = root
    for (const [depth, segment] of segments.entries()) {
      const isLast = depth === segments.length - 1
      const isOperators = isLast && !isFolder && isOperatorText(segment)
      place = placeIn(place, segment, isOperators, reasons)
      names.push(place.name)
    }
    const [reason = null] = reasons
    return { path, file: names.join('/'), reason }
  })
}

/** A file or folder, and what is in it. */
interface Place {
  readonly name: string
  /** By the segment of the memory path. */
  readonly places: Map<string, Place>
  /** By what systems that fold names see. */
  readonly taken: Map<string, string>
}

function placeIn(
  parent: Place,
  segment: string,
  isOperators: boolean,
  reasons: Set<string>,
): Place {
  const known = parent.places.get(segment)
  const problem = isOperators ? OPERATORS : problemOf(segment)
  const wanted = isOperators ? `_${segment}` : safeName(segment)
  const name = known?.name ?? freeName(parent, wanted)
  if (name !== segment) reasons.add(problem ?? collision(parent, segment))
  if (known !== undefined) return known
  parent.taken.set(folded(name), segment)
  const place: Place = { name, places: new Map(), taken: new Map() }
  parent.places.set(segment, place)
  return place
}

const OPERATORS = 'agents would take a file of this name for instructions'

function collision(parent: Place, segment: string): string {
  const other = parent.taken.get(folded(safeName(segment))) ?? ''
  return other === STORE_FILE
    ? 'the export itself has a file of this name'
    : `not every system can tell it from ${other}`
}

function reserve(place: Place, name: string): void {
  place.taken.set(folded(name), name)
}

function freeName(parent: Place, wanted: string): string {
  const dot = wanted.lastIndexOf('.')
  const [stem, ending] = dot <= 0 ? [wanted, ''] : [wanted.slice(0, dot), wanted.slice(dot)]
  for (let n = 1; ; n += 1) {
    const name = n === 1 ? wanted : `${stem}~${n}${ending}`
    if (!parent.taken.has(folded(name))) return name
  }
}

/** Wider than any one system folds: two names too many that differ do no harm. */
function folded(name: string): string {
  return name.normalize('NFKC').toUpperCase().toLowerCase().normalize('NFKC')
}

// Windows forbids these anywhere, and a dot or blank at the end.
const FORBIDDEN = /[<>:"|?*\\\p{Cc}]/gu
const DEVICE = /^(?:con|prn|aux|nul|com[\d¹²³]|lpt[\d¹²³]|conin\$|conout\$)(?: *\..*| *)$/iu
const NAME_BYTES_MAX = 200

function problemOf(segment: string): string | null {
  if (segment === safeName(segment)) return null
  if (segment.startsWith('.')) return 'hidden names are not read as memories'
  if (segment.toLowerCase() === 'node_modules') return 'node_modules is not read as memories'
  if (Buffer.byteLength(segment) > NAME_BYTES_MAX) return 'the name is too long for a file'
  return 'Windows has no files of this name'
}

function safeName(segment: string): string {
  const shown = segment.replace(FORBIDDEN, '_').replace(/[. ]+$/u, '_')
  const isLeftOut = shown.startsWith('.') || shown.toLowerCase() === 'node_modules'
  const named = isLeftOut || DEVICE.test(shown) ? `_${shown.replace(/^\./u, '')}` : shown
  return Buffer.byteLength(named) > NAME_BYTES_MAX ? shortened(named) : named
}

/** Cut between characters, with a digest of the whole and its ending. */
function shortened(name: string): string {
  const ending = /\.[\w-]{1,10}$/u.exec(name)?.[0] ?? ''
  let kept = ''
  for (const character of name) {
    if (Buffer.byteLength(kept + character) > NAME_BYTES_MAX - 20 - ending.length) break
    kept += character
  }
  return `${kept}~${sha256(name).slice(0, 12)}${ending}`
}
