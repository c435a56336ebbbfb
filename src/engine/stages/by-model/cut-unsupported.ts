import type { Finding, SupersedeFinding } from '../../assembly/findings.ts'
import { isSound } from '../../assembly/sound-text.ts'
import type { DreamPorts } from '../../dream-ports.ts'
import type { EntailItem } from '../../prompts/entail.ts'
import { evidenceOfClaims, evidenceOfUnit } from '../../rendering/evidence-of.ts'
import { askVerdicts, entailItems } from './check-entailment.ts'

/** Fewer words than this are no statement. */
const WORDS_MIN = 3

/** A note as it would be rewritten, and what its one new sentence rests on. */
interface Rewritten {
  readonly finding: SupersedeFinding
  readonly text: string
  readonly item: EntailItem
}

/**
 * A note in which one value is exchanged for another may tell more of the old value: "runs on Heroku
 * with two dynos". What a model does not find carried by the new words is cut from the sentence, if
 * it is exact words of the note and the rest is carried; the whole note stands in the ledger.
 * Everything else is left to `checkEntailment`, whose question this is: it is asked once.
 */
export async function cutUnsupported(
  findings: readonly Finding[],
  { asker, rules }: Pick<DreamPorts, 'asker' | 'rules'>,
): Promise<readonly Finding[]> {
  if (asker === null || !rules.hasVerifier) return findings
  const rewritten = findings.flatMap(rewrittenBy)
  const verdicts = await askVerdicts(
    asker,
    rewritten.map(({ item }) => item),
  )
  const cuts = rewritten.flatMap((one, n) => {
    const verdict = verdicts[n]
    const cut = verdict?.supported === 'partly' ? withoutParts(one, verdict.unsupported) : null
    return cut === null ? [] : [{ ...one, cut }]
  })
  const seconds = await askVerdicts(
    asker,
    cuts.map(({ item, cut }) => ({ ...item, sentence: cut })),
  )
  const carried = new Map<Finding, Finding>(
    cuts
      .filter((_, n) => seconds[n]?.supported === 'yes')
      .map(({ finding, text, item, cut }) => [
        finding,
        { ...finding, text: text.replace(item.sentence, () => cut) },
      ]),
  )
  return findings.map((finding) => carried.get(finding) ?? finding)
}

function rewrittenBy(finding: Finding): readonly Rewritten[] {
  if (finding.kind !== 'supersede' || !finding.isWordedByModel) return []
  const { text, by, outdated } = finding
  if (text === null || !('claims' in by)) return []
  const evidence = [...evidenceOfClaims(by.claims), ...outdated.map(evidenceOfUnit)]
  const before = outdated.map((unit) => unit.text)
  const items = entailItems([text], evidence, before)
  return items.map((item) => ({ finding, text, item }))
}

/** The sentence without these words of the old note; null where nothing sound is left. */
function withoutParts({ finding, item }: Rewritten, parts: readonly string[]): string | null {
  const old = finding.outdated.map(({ text }) => text).join('\n')
  let text = item.sentence
  for (const part of parts) {
    const at = text.indexOf(part)
    if (part.trim() === '' || at < 0 || !old.includes(part)) return null
    const before = text.slice(0, at).replace(/[\s,;:–-]+$/, '')
    text = before + text.slice(at + part.length).replace(/^\s+(?=[.,;:!?])/, '')
  }
  const isLeft = text !== item.sentence && text.split(/\s+/).length >= WORDS_MIN
  return isLeft && isSound(text, item.sentence) ? text : null
}
