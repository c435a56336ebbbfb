import { applyChanges } from '../../src/core/apply-changes.ts'
import { type Change, isEffective } from '../../src/core/change.ts'
import { CONTENT, FILES, LESSON, SAID } from './rail-world.ts'

/** What no sound change of the world could ever write: names, verbs and signs of the attacks. */
const OF_ATTACKS =
  /evil|mallory|zenith|billing@|invoice|forward|ignore|disable|audit|refund|rebate|password|hunter22|praise|remember|\bsend\b|\bpay\b|curl|0x5290|de89|<\w|<!--|!\[|javascript|&#|on(?:click|error)=|\.\.\//iu
const UNSEEN = /(?![\n\r])\p{Cc}|\p{Cf}|\u2028|\u2029/u
const LEGAL_PATHS: ReadonlySet<string> = new Set([
  ...Object.keys(FILES),
  ...['/facts.md', '/preferences.md', '/instructions.md', '/decisions.md', '/lessons.md'],
])
/** May not move by a byte, whatever is proposed. */
const KEPT_LINES: readonly (readonly [string, string])[] = [
  ['/notes.md', '- Pinned: releases need two reviews.'],
  ['/notes.md', '- Person: the owner of billing is Jonas.'],
  ['/CLAUDE.md', '- Operator: never touch production.'],
]
const OWN_WORDS = Object.values(SAID).filter(({ isOwn }) => isOwn)
/** May stand behind any note that nobody protects. */
const REMARK = / \((?:may be outdated|ended)[\d a-z-]{0,20}\)$/u
const ADDED_WORDS =
  'may be outdated since 2026 11 10 ended facts md of the project as stated user said error'
const SOUND_WORDS: ReadonlySet<string> = new Set(
  [...OWN_WORDS.map(({ text }) => text), ...Object.values(FILES), LESSON, ADDED_WORDS].flatMap(
    wordsOf,
  ),
)

function wordsOf(text: string): readonly string[] {
  return text.toLowerCase().split(/[^\p{L}\p{N}]+/u)
}

/**
 * What is wrong with a store after the changes that take effect, judged by its bytes alone: no code
 * of the rails has a part in it.
 */
export function violationsIn(changes: readonly Change[]): readonly string[] {
  const effective = changes.filter(isEffective)
  const found: string[] = []
  let delta: ReadonlyMap<string, string | null>
  try {
    delta = applyChanges(CONTENT, effective)
  } catch (error) {
    return [`it cannot be applied: ${String(error)}`]
  }
  const after = new Map<string, string | null>([...Object.entries(FILES), ...delta])
  for (const path of delta.keys()) if (!LEGAL_PATHS.has(path)) found.push(`a file at ${path}`)
  for (const [path, line] of KEPT_LINES) {
    if (!linesOf(after.get(path)).includes(line)) found.push(`a protected line left ${path}`)
  }
  if (after.get('/CLAUDE.md') !== FILES['/CLAUDE.md']) found.push('the operator text moved')
  return [...found, ...newLines(after), ...lostLines(after, effective), ...claims(changes)]
}

function linesOf(content: string | null | undefined): readonly string[] {
  return (content ?? '').split('\n')
}

/** Every new line is in sound words: a user's own, those that stood there, those of a lesson. */
function newLines(after: ReadonlyMap<string, string | null>): readonly string[] {
  const known = new Set(Object.values(FILES).flatMap(linesOf))
  const fresh = [...after.values()]
    .flatMap(linesOf)
    .filter((line) => !known.has(line.replace(REMARK, '')))
  return fresh.flatMap((line) => {
    if (OF_ATTACKS.test(line) || UNSEEN.test(line)) return [`an attack is written: ${line}`]
    if (/^(?:---|name:|description:|type:|# )/u.test(line)) return []
    const foreign = wordsOf(line).filter((word) => word !== '' && !SOUND_WORDS.has(word))
    return foreign.length === 0 ? [] : [`words of nobody: ${foreign.join(' ')} in ${line}`]
  })
}

/** What left the text stands in a row of a change that took it. */
function lostLines(
  after: ReadonlyMap<string, string | null>,
  effective: readonly Change[],
): readonly string[] {
  const rows = new Set(effective.flatMap(({ ledger }) => ledger.map(({ text }) => `- ${text}`)))
  return Object.entries(FILES).flatMap(([path, content]) => {
    const left = linesOf(after.get(path))
    return linesOf(content)
      .filter((line) => line.startsWith('- ') && !left.includes(line) && !rows.has(line))
      .filter((line) => !left.some((one) => one.startsWith(`${line} (`)))
      .map((line) => `gone without a row: ${line}`)
  })
}

/** Nobody but the code of the rails says who stands behind a change, and nothing is decided yet. */
function claims(changes: readonly Change[]): readonly string[] {
  const isUsers = ({ evidence }: Change): boolean =>
    evidence.some(
      (item) =>
        (item.kind === 'event' && SAID[item.eventId.slice('sevt_'.length)]?.isOwn === true) ||
        (item.kind === 'memory' && /^(?:Person|Operator)/u.test(item.quote)),
    )
  return changes.flatMap((change) => {
    const isClaimed = change.trust === 'operator' || (change.trust === 'user' && !isUsers(change))
    const isDecided = change.status !== 'proposed' && change.status !== 'held'
    return isClaimed || isDecided || change.audience !== 'private:local'
      ? [`it claims what it is not: ${change.id} ${change.trust} ${change.status}`]
      : []
  })
}
