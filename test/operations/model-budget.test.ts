import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import type { ModelUsage } from '../../src/models/model.ts'
import type { DreamOutcome, DreamRequest } from '../../src/reverie.ts'
import { createReverie } from '../../src/reverie.ts'
import { scriptedModel } from '../../src/testing/scripted-model.ts'
import { countedIds } from '../support/dream-world.ts'
import { FolderWorld } from '../support/folder-world.ts'

const NOTES =
  '# Notes\n\n- The search service is old.\n- The staging database listens on port 5432.\n'
const SAID = 'We sat down with Ines and the export bucket got the name crane-exports.'
const CLAIM = {
  text: 'The export bucket got the name crane-exports.',
  kind: 'fact',
  subject: 'export bucket',
  attribute: 'name',
  value: 'crane-exports',
  formerValue: null,
  polarity: 'holds',
  modality: 'is',
  cue: 'remember',
  from: null,
  until: null,
  dependsOn: [],
  evidence: [{ event: 1, quote: 'the export bucket got the name crane-exports' }],
}
const ANSWERS: Readonly<Record<string, unknown>> = {
  extract: { claims: [CLAIM] },
  changes: { changes: [] },
  entail: { items: [{ item: 1, unsupported: [], supported: 'yes' }] },
  probes: { probes: [] },
}
const COSTLY: ModelUsage = { inputTokens: 2_000, cachedInputTokens: 0, outputTokens: 7_500 }
const USAGE: ModelUsage = { inputTokens: 100, cachedInputTokens: 40, outputTokens: 10 }

interface Asking {
  readonly usage?: ModelUsage
  readonly answers?: Readonly<Record<string, unknown>>
  readonly home?: string
}

async function dreamIn(
  world: FolderWorld,
  request: Partial<DreamRequest> = {},
  { usage = USAGE, answers = ANSWERS, home = world.home }: Asking = {},
): Promise<DreamOutcome> {
  const model = scriptedModel(({ name }) => {
    const text = JSON.stringify(answers[name.replace(/-\d+$/, '')] ?? {})
    return { text, finish: 'stop', usage }
  })
  const reverie = await createReverie({
    home,
    now: () => new Date('2026-11-20T04:00:00.000Z'),
    newId: countedIds(),
    models: { small: model, large: model },
  })
  try {
    const sessions = [world.sessions]
    return await reverie.dream({
      memory: world.memory,
      sessions,
      budget: { usd: null },
      ...request,
    })
  } finally {
    await reverie.close()
  }
}

async function aWorld(): Promise<FolderWorld> {
  const world = await FolderWorld.open({ 'notes.md': NOTES })
  world.say('monday', [SAID])
  return world
}

describe('the report of a dream with a model', () => {
  test('adds up what was used, and says what became of what was read', async () => {
    await using world = await aWorld()

    const { dream, changes } = await dreamIn(world)

    expect(changes.map(({ kind }) => kind)).toEqual(['add'])
    const usage = dream.plan?.report.usage
    const calls = usage?.stages.reduce((sum, stage) => sum + stage.calls, 0) ?? 0
    expect(calls).toBeGreaterThan(1)
    expect(usage).toMatchObject({
      models: ['script/answers'],
      inputTokens: 100 * calls,
      cachedInputTokens: 40 * calls,
      outputTokens: 10 * calls,
      usd: 0,
      uncovered: 0,
      coverage: { claims: 1, covered: 1, left: [] },
    })
    expect(dream.plan?.report.read.pending).toBe(0)
    expect(dream.plan?.report.warnings).toEqual([])
  })

  test('has the digest of its plan, whatever the plan cost', async () => {
    await using world = await aWorld()
    const usage = { inputTokens: 7, cachedInputTokens: 0, outputTokens: 3 }

    const one = await dreamIn(world, {}, { home: join(world.base, 'one') })
    const two = await dreamIn(world, {}, { home: join(world.base, 'two'), usage })

    expect(two.dream.plan?.report.usage).not.toEqual(one.dream.plan?.report.usage)
    expect(two.dream.plan?.digest).toBe(one.dream.plan?.digest)
  })

  test('drops and counts what its quotes do not carry', async () => {
    await using world = await aWorld()
    const entail = { items: [{ item: 1, unsupported: ['export'], supported: 'partly' }] }

    const { dream, changes } = await dreamIn(world, {}, { answers: { ...ANSWERS, entail } })

    expect(changes).toEqual([])
    expect(dream.plan?.report.rejected).toEqual([
      { reason: 'not supported by its quotes', count: 1 },
    ])
    expect(dream.plan?.report.usage.coverage).toEqual({
      claims: 1,
      covered: 0,
      left: [{ reason: 'dropped by a check', count: 1 }],
    })
  })
})

describe('a budget that ends', () => {
  test('leaves what no model has read for the next dream, and says so', async () => {
    await using world = await aWorld()

    const first = await dreamIn(world, { budget: { tokens: 1, usd: null } })
    const second = await dreamIn(world)

    const report = first.dream.plan?.report
    expect(report?.read.pending).toBe(1)
    expect(report?.usage.uncovered).toBeGreaterThan(0)
    expect(report?.warnings[0]).toMatch(/^The budget ended: .* 1 event was not read; /)
    expect(first.changes).toEqual([])
    expect(second.dream.plan?.report.sessions).toBe(1)
    expect(second.changes.map(({ kind }) => kind)).toEqual(['add'])
  })

  test('wherever it ends, leaves what was said written or unread', async () => {
    await using world = await aWorld()
    const seen = new Set<string>()
    for (let tokens = 6_000; tokens <= 26_000; tokens += 2_000) {
      const home = join(world.base, `home-${tokens}`)
      const budget = { tokens, usd: null }
      const { dream, changes } = await dreamIn(world, { budget }, { home, usage: COSTLY })

      const pending = dream.plan?.report.read.pending ?? 0
      expect(changes.length + pending, `${tokens} tokens`).toBe(1)
      const [warning = 'none'] = dream.plan?.report.warnings ?? []
      seen.add(/1 (?:event|change) was not (?:read|checked)/.exec(warning)?.[0] ?? 'none')
    }

    expect(seen).toEqual(new Set(['1 event was not read', '1 change was not checked', 'none']))
  })
})
