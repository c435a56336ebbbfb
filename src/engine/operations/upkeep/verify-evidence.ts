import type { Evidence } from '../../../core/evidence.ts'
import type { Storage } from '../../../storage/storage.ts'
import { rowsOf } from '../../erasure/rows.ts'
import { ERASED } from '../../erasure/words.ts'
import type { FoundDamages } from './found-damages.ts'

const PLACES = ['change', 'ledger', 'sighting'] as const

/**
 * Every quote against what it cites. Of a session that has left (purged, removed, erased) the quote
 * is all there is, and the row that it stands in vouches for it.
 */
export async function verifyEvidence(storage: Storage, found: FoundDamages): Promise<void> {
  for (const place of PLACES) {
    for await (const rows of rowsOf(storage, place)) {
      for (const { key, texts } of rows) {
        const where = `${place} ${key.join(' ')}`
        await found.during(where, async () => {
          const cited = JSON.parse(texts.evidence ?? '[]') as readonly Evidence[]
          for (const evidence of cited) {
            found.count('quotes', 1)
            const what = await problemOf(evidence, storage)
            if (what !== null) found.add({ where, what })
          }
        })
      }
    }
  }
}

async function problemOf(evidence: Evidence, storage: Storage): Promise<string | null> {
  switch (evidence.kind) {
    case 'event':
      return problemOfEvent(evidence, storage)
    case 'memory': {
      const { memoryVersionId: id, quote } = evidence
      const version = await storage.memories.versions.get(id)
      if (version === null) return `It cites ${id}, which is not there.`
      return standsIn(quote, version.content) ? null : `Its quote is not in ${id}.`
    }
    case 'shared':
      return null
  }
}

async function problemOfEvent(
  { eventId, sessionId, quote }: Extract<Evidence, { kind: 'event' }>,
  storage: Storage,
): Promise<string | null> {
  const event = await storage.sessions.event(eventId)
  if (event !== null) return standsIn(quote, event.text) ? null : `Its quote is not in ${eventId}.`
  const session = await storage.sessions.get(sessionId)
  const hasLeft = session === null || session.purgedAt !== undefined
  return hasLeft ? null : `It cites ${eventId}, which is not there.`
}

/** A wiped version says nothing; erased words are gone from both sides. */
function standsIn(quote: string, text: string | null): boolean {
  return text === null || text.includes(quote) || text.includes(ERASED) || quote.includes(ERASED)
}
