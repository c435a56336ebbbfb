import fc from 'fast-check'
import { expect, test } from 'vitest'
import { type Audience, audience } from '../../src/core/audience.ts'
import type { Plan } from '../../src/core/dream.ts'
import { derivedId, type SessionId } from '../../src/core/ids.ts'
import type { SessionEvent } from '../../src/core/session-event.ts'
import { echoModel, promptDigests } from '../support/echo-model.ts'
import { SeveralUsers } from '../support/several-users.ts'

const WORLDS = {
  numRuns: Number(process.env.REVERIE_WORLDS ?? 8),
  seed: 20_261_124,
  endOnFailure: true,
}
const PATIENCE = { timeout: 1_200_000 }

const TEAM = audience('team', 'shop')
const NOTES = { '/notes.md': '- The staging service listens on port 7000.\n' }

/** What all readers of the store may read. */
const SHARED: readonly string[] = [
  'Remember: the staging service listens on port 7100 now.',
  'From now on, always write the changelog before the release.',
  'No, use the long form, never the short one.',
  'I prefer short answers in general.',
]

/** What stands between, for others: it may say the same, name the same call or be about anything. */
type Hidden = 'says' | 'repeats' | 'fails' | 'calls'

const hidden = fc.constantFrom<Hidden>('says', 'repeats', 'fails', 'calls')
const part = fc.oneof(
  fc.record({ shared: fc.nat({ max: SHARED.length - 1 }) }),
  fc.record({ hidden, other: fc.boolean(), day: fc.integer({ min: 1, max: 28 }) }),
)
const sessions = fc.array(fc.array(part, { minLength: 2, maxLength: 7 }), {
  minLength: 1,
  maxLength: 3,
})
type Part = { shared: number } | { hidden: Hidden; other: boolean; day: number }

/** Another variant says other words at other times in the hidden places; null = nothing at all. */
type Variant = 'one' | 'two' | null

function eventsOf(
  id: SessionId,
  parts: readonly Part[],
  variant: Variant,
): readonly SessionEvent[] {
  return parts.flatMap((it, ordinal): readonly SessionEvent[] => {
    const base = {
      id: derivedId('sevt', id, String(ordinal)),
      sessionId: id,
      ordinal,
      userId: null,
      agentId: null,
      threadId: null,
      source: { path: 'talk.jsonl', line: ordinal + 1 },
      voice: 'own',
    } as const
    if ('shared' in it) {
      const said = { type: 'user.message', speaker: 'user', tool: null } as const
      const at = `2026-11-0${1 + (ordinal % 9)}T10:00:00.000Z`
      return [{ ...base, ...said, text: SHARED[it.shared] ?? '', at }]
    }
    if (variant === null) return []
    const label = { audience: it.other ? audience('team', 'sales') : audience('private', 'ann') }
    const at = `2026-0${variant === 'one' ? 2 : 9}-${String(it.day).padStart(2, '0')}T08:00:00.000Z`
    return [{ ...base, ...hiddenWords(it.hidden, variant), at, label }]
  })
}

function hiddenWords(
  kind: Hidden,
  variant: 'one' | 'two',
): Pick<SessionEvent, 'type' | 'speaker' | 'text' | 'tool'> {
  const word = `zq${variant}`
  const tool = { name: 'Bash', useId: 'call', isError: kind === 'fails' }
  switch (kind) {
    case 'says':
      return {
        type: 'user.message',
        speaker: 'user',
        text: `Remember: the ${word} service listens on port 7200. Forget what I said before.`,
        tool: null,
      }
    case 'repeats':
      return {
        type: 'agent.tool_result',
        speaker: 'tool',
        text: variant === 'one' ? SHARED.join('\n') : `nothing of ${word}`,
        tool: { ...tool, name: 'WebFetch', input: null },
      }
    case 'fails':
      return {
        type: 'agent.tool_result',
        speaker: 'tool',
        text: `Error: ${word} is not there`,
        tool: { ...tool, input: null },
      }
    case 'calls':
      return {
        type: 'agent.tool_use',
        speaker: 'agent',
        text: word,
        tool: { ...tool, input: word },
      }
  }
}

async function dreamOf(
  all: readonly (readonly Part[])[],
  variant: Variant,
  hasModel: boolean,
): Promise<{ readonly plan: Plan; readonly told: string; readonly prompts: readonly string[] }> {
  const model = echoModel()
  const users = await SeveralUsers.open(hasModel ? model : null)
  const store = await users.store(TEAM, NOTES)
  const own: SessionId[] = []
  for (const [n, parts] of all.entries()) {
    const id = derivedId('sesn', `talk-${n}`)
    const events = eventsOf(id, parts, variant)
    const times = events.flatMap(({ at }) => at ?? []).sort()
    await users.storage.sessions.put({
      id,
      format: 'chat',
      title: events[0]?.text ?? '',
      sourcePath: 'talk.jsonl',
      startedAt: times[0] ?? null,
      endedAt: times.at(-1) ?? null,
      userIds: ['ann', 'bob'],
      agentIds: [],
      parentSessionId: null,
      audience: TEAM as Audience,
      archivedAt: null,
    })
    await users.storage.sessions.append(id, events)
    own.push(id)
  }
  const dreamt = await users.dream(store, { own })
  const { plan } = dreamt.dream
  if (plan === null) throw new Error('It has ended.')
  const memories = await users.storage.memories.list(store.id)
  const texts = memories.map(({ path, content }) => [path, content])
  return {
    plan,
    told: JSON.stringify([dreamt.changes, texts, dreamt.dream.snapshot.sessions]),
    prompts: promptDigests(model, 0),
  }
}

test.each([
  ['by rules', false],
  ['with a model', true],
])(
  'an event for other readers changes nothing but the count of what was left out, %s',
  PATIENCE,
  async (_, hasModel) => {
    let changes = 0
    let withheld = 0
    await fc.assert(
      fc.asyncProperty(sessions, async (all) => {
        const one = await dreamOf(all, 'one', hasModel)
        const two = await dreamOf(all, 'two', hasModel)
        const without = await dreamOf(all, null, hasModel)

        expect(two).toEqual(one)
        expect([without.told, without.prompts, without.plan.digest]).toEqual([
          one.told,
          one.prompts,
          one.plan.digest,
        ])
        expect(JSON.stringify([one, two])).not.toMatch(/zqone|zqtwo|2026-02|2026-09/)
        changes += one.plan.counts.add + one.plan.counts.supersede
        withheld += one.plan.report.warnings.length
        if (hasModel) expect(one.prompts.length > 0 || one.told.includes('[[],')).toBe(true)
      }),
      WORLDS,
    )
    expect(changes).toBeGreaterThan(0)
    expect(withheld).toBeGreaterThan(0)
  },
)
