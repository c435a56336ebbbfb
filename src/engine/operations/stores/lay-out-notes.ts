import { LIMITS } from '../../../config.ts'
import { parseMemory } from '../../../core/markdown.ts'
import { pathProblems } from '../../../core/memory-path.ts'
import type { ImportedNote } from '../../../memory-imports/memory-importer.ts'

/** A memory made of notes of another program. */
export interface LaidOut {
  readonly path: string
  readonly content: string
  /** In the order of the text; one alone where the memory is that note. */
  readonly notes: readonly ImportedNote[]
  readonly isWhole: boolean
}

const NO_TOPIC = 'memories'
const SLUG_CHARS_MAX = 60
const HEAD = (topic: string): string => `# ${topic}\n\n`

/**
 * Short notes as bullets of one memory for each topic, all others as memories of their own with their
 * exact text. Notes without a text have a past only and stand nowhere.
 */
export function layOutNotes(notes: readonly ImportedNote[]): readonly LaidOut[] {
  const taken = new Taken()
  const present = notes.filter(({ text }) => text.trim() !== '')
  const whole = present.filter(({ path }) => path !== null)
  const topics = Map.groupBy(
    present.filter(({ path }) => path === null),
    ({ topic }) => slugOf(topic ?? NO_TOPIC),
  )
  const own = whole.map((note) => wholeMemory(note, taken.free(pathOf(note))))
  const byTopic = [...topics].flatMap(([slug, of]) => {
    const bullets = of.filter(({ text }) => isBullet(text.trim()))
    const long = of.filter(({ text }) => !isBullet(text.trim()))
    return [
      ...inParts(of[0]?.topic ?? 'Memories', bullets).map((part) => ({
        ...part,
        path: taken.free(`/${slug}.md`),
      })),
      ...long.map((note, n) => {
        const name = note.id === null ? String(n + 1) : slugOf(note.id)
        return wholeMemory(note, taken.free(`/${slug}/${name}.md`))
      }),
    ]
  })
  return [...own, ...byTopic]
}

/** Where a note would stand, or stood. */
export function topicPath({ topic, path }: ImportedNote): string {
  return path ?? `/${slugOf(topic ?? NO_TOPIC)}.md`
}

function wholeMemory(note: ImportedNote, path: string): LaidOut {
  return { path, content: note.text, notes: [note], isWhole: true }
}

/** As many bullets in one memory as it may hold. */
function inParts(topic: string, notes: readonly ImportedNote[]): readonly Omit<LaidOut, 'path'>[] {
  const head = HEAD(topic.replace(/\s+/gu, ' ').trim())
  const parts: { content: string; notes: ImportedNote[] }[] = []
  let bytes = Number.POSITIVE_INFINITY
  for (const note of notes) {
    const row = `- ${note.text.trim()}\n`
    const rowBytes = Buffer.byteLength(row)
    if (bytes + rowBytes > LIMITS.memoryBytesMax) {
      parts.push({ content: head, notes: [] })
      bytes = Buffer.byteLength(head)
    }
    const part = parts.at(-1)
    if (part === undefined) continue
    part.content += row
    part.notes.push(note)
    bytes += rowBytes
  }
  return parts.map((part) => ({ ...part, isWhole: false }))
}

const BULLET_CHARS_MAX = 2_000

/** True of a text that is one unit of markdown, word by word, when it stands in a list. */
function isBullet(text: string): boolean {
  if (text.length > BULLET_CHARS_MAX || /[\r\n]/u.test(text)) return false
  const { units, hasOtherContent, headings } = parseMemory(`- ${text}\n`, { isIndex: false })
  const [unit] = units
  return units.length === 1 && unit?.text === text && !hasOtherContent && headings.length === 0
}

function pathOf({ path }: ImportedNote): string {
  const wanted = (path ?? '').normalize('NFC')
  if (pathProblems(wanted).length === 0) return wanted
  return `/${slugOf(wanted.replace(/\.md$/u, ''))}.md`
}

/** Letters and digits of any language; the rest is a dash. */
function slugOf(topic: string): string {
  const plain = topic
    .normalize('NFC')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, '-')
  const short = [...plain.replace(/^-|-$/gu, '')].slice(0, SLUG_CHARS_MAX).join('')
  return short.normalize('NFC') || NO_TOPIC
}

/** Paths that memories have already, and the folders above them. */
class Taken {
  readonly #paths = new Set<string>()
  readonly #folders = new Set<string>()

  free(wanted: string): string {
    // Beside a memory that stands where a folder would have to be, it goes to the top.
    const isBlocked = foldersAbove(wanted).some((folder) => this.#paths.has(folder))
    const named = wanted.replace(/\.md$/u, '')
    const stem = isBlocked ? `/${slugOf(named)}` : named
    for (let n = 1; ; n += 1) {
      const path = n === 1 ? `${stem}.md` : `${stem}-${n}.md`
      if (this.#paths.has(path) || this.#folders.has(path)) continue
      this.#paths.add(path)
      for (const folder of foldersAbove(path)) this.#folders.add(folder)
      return path
    }
  }
}

function foldersAbove(path: string): readonly string[] {
  const segments = path.split('/').slice(1, -1)
  return segments.map((_, n) => `/${segments.slice(0, n + 1).join('/')}`)
}
