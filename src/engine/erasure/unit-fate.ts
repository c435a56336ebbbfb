import { sha256 } from '../../core/ids.ts'
import { asUnitText } from '../../core/text/unit-text.ts'
import type { Unit } from '../../core/unit.ts'
import type { Lineage } from './lineage.ts'
import type { Left } from './support.ts'
import { ERASED, type Words } from './words.ts'

/** What units are judged by. */
export interface Judge {
  readonly lineage: Pick<Lineage, 'texts' | 'remarks'>
  readonly words: Words
  /** Nobody's words are spared. */
  readonly isQuote: boolean
}

/** What becomes of a unit; undefined = it rests on nothing that is gone. */
export function fateOf(unit: Unit, judge: Judge): Left | undefined {
  const { words, isQuote } = judge
  const left = traced(unit, judge)
  if (typeof left === 'string') return words.holds(left) ? null : left
  if (left === null || !words.holds(unit.text)) return left
  if (unit.kind === 'index-line') return bareLink(unit, words)
  if (unit.origin === 'dream') return null
  // Without the asking, a person's words and notes of unknown hands stay.
  return isQuote ? withoutQuote(unit.text, words) : undefined
}

/** By what is known of the changes that wrote it, remarks apart. */
function traced(unit: Unit, { lineage, isQuote }: Judge): Left | undefined {
  if (unit.origin === 'imported' && !isQuote) return undefined
  const { texts, remarks } = lineage
  const known = texts.get(unit.text)
  if (known !== undefined) return known
  for (const [remark, stays] of remarks) {
    const end = ` (${remark})`
    if (stays || !unit.text.endsWith(end)) continue
    const bare = unit.text.slice(0, -end.length)
    const left = texts.get(bare)
    return left === undefined ? bare : left
  }
  for (const [text, left] of texts) {
    if (unit.text.startsWith(`${text} (`)) return left === text ? unit.text : left
  }
  return undefined
}

function withoutQuote(text: string, words: Words): Left {
  const left = asUnitText(words.cut(text))
  const isEmpty = !/[\p{L}\p{N}]/u.test(left.replaceAll(ERASED, ''))
  return isEmpty || words.holds(left) ? null : left
}

function bareLink({ linkTarget }: Unit, words: Words): Left {
  if (linkTarget === null) return null
  const stem = linkTarget.replace(/^.*\//, '').replace(/\.md$/, '')
  return words.holds(stem) ? `[${ERASED}](${linkTarget})` : `[${stem}](${linkTarget})`
}

/** A name that tells nothing in place of one that does. */
export function pathWithout(path: string, words: Words): string {
  if (!words.holds(path.replace(/\.md$/, ''))) return path
  const folder = path.slice(0, path.lastIndexOf('/') + 1)
  const place = words.holds(folder) ? '/' : folder
  return `${place}erased-${sha256(path).slice(0, 8)}.md`
}
