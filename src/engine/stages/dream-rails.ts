import type { Change } from '../../core/change.ts'
import type { EvidenceSources } from '../../core/evidence.ts'
import {
  type RailFacts,
  type RailLimits,
  railFacts,
  type Said,
} from '../../core/rails/rail-facts.ts'
import type { SessionEvent } from '../../core/session-event.ts'
import type { Storage } from '../../storage/storage.ts'
import { orderToModelAt } from '../assembly/order-to-model.ts'
import { DREAM_LIMITS } from '../dream-limits.ts'
import { steeringOf } from '../instructions.ts'
import { ownSentences } from '../language/quoted.ts'
import { slotsOf } from '../language/slots-of.ts'
import { contentStems } from '../language/tokens.ts'
import { BEGINNINGS } from '../rendering/placement.ts'
import { planEffect } from '../rendering/plan-effect.ts'
import { citedEvents } from './cited-events.ts'
import { trustOf } from './label.ts'
import type { DreamInputs } from './snapshot.ts'

/** What the rails judge the changes of one dream against; cited events are looked up once more. */
export async function dreamRails(
  inputs: DreamInputs,
  changes: readonly Change[],
  sources: EvidenceSources,
  storage: Storage,
  limits: Omit<RailLimits, 'textBytesMax'>,
): Promise<RailFacts> {
  const { content, snapshot, store } = inputs
  const events = await citedEvents(
    changes.flatMap(({ evidence }) => evidence),
    storage,
  )
  const steering = steeringOf(snapshot.instructions)
  return railFacts({
    content,
    audience: store.audience,
    pinned: new Set(snapshot.pinnedUnits),
    sources,
    said: (item) => {
      const event = events.get(item.eventId)
      return event === undefined ? undefined : saidIn(event, item.quote)
    },
    beginnings: BEGINNINGS,
    isClosed: (path) => steering.keeps(path, ''),
    apply: (some) => planEffect(content, some),
    limits: { ...limits, textBytesMax: DREAM_LIMITS.memoryBytesMax },
    language: { slotsOf, stemsOf: contentStems, orderToModelAt },
  })
}

/** As the event itself says, not as the evidence does; what a person quotes is a stranger's. */
function saidIn(event: SessionEvent, quote: string): Said {
  const trust = trustOf(event)
  const isTyped = event.speaker === 'user' && event.voice === 'own'
  const isOwn = isTyped && isOwnStretch(event.text, quote)
  return { trust: isTyped && !isOwn ? 'external' : trust, isOwn }
}

/** Whether the quote stands somewhere with nothing in it but what the person says themselves. */
function isOwnStretch(text: string, quote: string): boolean {
  const own = ownSentences(text)
  for (let at = text.indexOf(quote); at >= 0; at = text.indexOf(quote, at + 1)) {
    let rest = quote
    for (const { start, end } of own) {
      const [from, to] = [Math.max(start, at) - at, Math.min(end, at + quote.length) - at]
      if (from < to) rest = rest.slice(0, from) + ' '.repeat(to - from) + rest.slice(to)
    }
    if (!/[\p{L}\p{N}]/u.test(rest)) return true
  }
  return false
}
