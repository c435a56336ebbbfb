import { LIMITS } from '../../config.ts'
import type { Audience } from '../../core/audience.ts'
import { parseMemory } from '../../core/markdown.ts'
import { orderToModelAt } from '../assembly/order-to-model.ts'
import { steeringOf } from '../instructions.ts'
import { tokenize } from '../language/tokens.ts'
import type { DreamInputs } from '../stages/snapshot.ts'
import { headOf } from './shown-event.ts'
import { tokensIn } from './token-count.ts'

const LINE_CHARS_MAX = 160

/**
 * Short lines on what a memory is about: the names of its files and what they say of themselves,
 * sorted. As long for a large store as for a small one; only memories of the one audience.
 */
export function profileLines(inputs: DreamInputs, audience: Audience): readonly string[] {
  const steering = steeringOf(inputs.snapshot.instructions)
  const paths = new Set(
    inputs.units
      .filter((unit) => unit.audience === audience && !steering.ignores(unit.path, ''))
      .map(({ path }) => path),
  )
  const lines = [...paths].sort().map((path) => {
    const content = inputs.content.memories.get(path)?.content ?? ''
    const description = parseMemory(content, { isIndex: false }).frontMatter?.description
    const about = typeof description === 'string' ? `: ${description}` : ''
    return headOf(`${inputs.names.get(path) ?? path}${about}`.replace(/\s+/g, ' '), LINE_CHARS_MAX)
  })
  const kept: string[] = []
  let tokens = 0
  for (const line of [...new Set(lines)].sort()) {
    if (orderToModelAt(line) !== null) continue
    tokens += tokensIn(`${line}\n`)
    if (kept.length >= LIMITS.profileLinesMax || tokens > LIMITS.profileTokensMax) break
    kept.push(line)
  }
  return kept
}

/** The words of a profile: names in it need not stand in a quote. */
export function knownWords(profile: readonly string[]): ReadonlySet<string> {
  return new Set(
    profile.flatMap((line) =>
      tokenize(line)
        .filter(({ role }) => role === 'content')
        .map(({ norm }) => norm.toLowerCase()),
    ),
  )
}
