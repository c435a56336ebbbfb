import { describe, expect, test } from 'vitest'
import type { Change } from '../../src/core/change.ts'
import type { Dream } from '../../src/core/dream.ts'
import type { Actor } from '../../src/core/memory.ts'
import { auditPage } from '../../src/engine/workspace/audit.ts'
import { changesOf } from '../../src/engine/workspace/changes.ts'
import type {
  ReviewDecision,
  ShownDream,
  WorkspaceChanges,
} from '../../src/engine/workspace-api.ts'
import { HOSTED_MEMORIES, HostedWorld } from '../support/hosted-world.ts'

const PERSON: Actor = { type: 'user_actor', userId: 'user_ada' }

interface Review {
  readonly world: HostedWorld
  readonly dream: Dream
  readonly changes: WorkspaceChanges
  /** Decides on the change about a word, by the digest of what is shown now. */
  decide(word: string, decision: ReviewDecision['decision'], text?: string): Promise<ShownDream>
  list(): Promise<ShownDream>
  apply(): Promise<ShownDream>
  texts(): Promise<string>
}

/** A dream whose whole plan waits, or that is applied, with its review. */
async function review(autoApply: 'off' | 'all' = 'off'): Promise<Review> {
  const world = await HostedWorld.open()
  const dream = await world.dream({ outputBehavior: 'update_existing', autoApply })
  const changes = changesOf({
    ...world.deps(),
    secrets: { mask: async (text) => text.replaceAll('sk-test-0000', '[redacted:token]') },
  })
  const list = (): Promise<ShownDream> => changes.list(dream.id)
  return {
    world,
    dream,
    changes,
    list,
    async decide(word, decision, text = '') {
      const { change, digest } = setOf(await list(), word)
      const what = decision === 'edit' ? { decision, digest, text } : { decision, digest }
      return changes.decide(dream.id, change.id, what, PERSON)
    },
    apply: async () => changes.apply(dream.id, (await list()).digest, PERSON),
    texts: async () => Object.values(await world.contents()).join('\n'),
  }
}

function setOf(shown: ShownDream, word: string): { change: Change; digest: string } {
  for (const { changes, digest } of shown.sets) {
    const change = changes.find(({ after }) => after.some(({ text }) => text.includes(word)))
    if (change !== undefined) return { change, digest }
  }
  throw new Error(`No change about ${word}.`)
}

function statusOf(shown: ShownDream, word: string): Change['status'] {
  return setOf(shown, word).change.status
}

describe('a plan that waits', () => {
  test('is written without what was rejected', async () => {
    const { decide, apply, texts } = await review()
    await decide('warehouse', 'reject')
    expect(await texts()).not.toContain('6000')

    const shown = await apply()

    expect(shown.dream.planStatus).toBe('applied')
    expect(statusOf(shown, '6000')).toBe('applied')
    expect(statusOf(shown, 'warehouse')).toBe('rejected')
    expect(await texts()).toContain('6000')
    expect(await texts()).not.toContain('warehouse')
  })

  test('takes a rejected change after all when it is accepted later', async () => {
    const { decide, apply, texts } = await review()
    await decide('warehouse', 'reject')
    await apply()
    expect(statusOf(await decide('warehouse', 'accept'), 'warehouse')).toBe('accepted')
    expect(await texts()).not.toContain('warehouse')
    await apply()
    expect(await texts()).toContain('warehouse')
  })

  test('can be discarded, and then not decided on', async () => {
    const { world, dream, changes, list, decide } = await review()
    const before = await world.contents()
    const shown = await changes.discard(dream.id, (await list()).digest, PERSON)
    expect(shown.dream.planStatus).toBe('discarded')
    await expect(decide('6000', 'accept')).rejects.toMatchObject({ type: 'conflict_error' })
    expect(await world.contents()).toEqual(before)
  })

  test('has nothing to revert', async () => {
    const { dream, changes, list, decide } = await review()
    const refused = { type: 'conflict_error' }
    const { digest } = await list()
    await expect(changes.revert(dream.id, digest, PERSON)).rejects.toMatchObject(refused)
    await expect(decide('6000', 'revert')).rejects.toMatchObject(refused)
  })
})

describe('an applied plan', () => {
  test('loses just the change-set that is rejected', async () => {
    const { decide, texts } = await review('all')
    expect(await texts()).toContain('6000')
    const shown = await decide('6000', 'reject')
    expect(statusOf(shown, '6000')).toBe('reverted')
    expect(statusOf(shown, 'warehouse')).toBe('applied')
    expect(await texts()).toContain('5432')
    expect(await texts()).toContain('warehouse')
    await expect(decide('6000', 'accept')).rejects.toMatchObject({ type: 'conflict_error' })
  })

  test('is taken back byte for byte, with what was read', async () => {
    const { world, dream, changes, list } = await review('all')
    expect(await world.contents()).not.toEqual(HOSTED_MEMORIES)
    const shown = await changes.revert(dream.id, (await list()).digest, PERSON)
    expect(shown.dream.planStatus).toBe('reverted')
    expect(await world.contents()).toEqual(HOSTED_MEMORIES)
    expect(await world.unread()).toBeGreaterThan(0)
  })

  test('an accepted change does not slip in when another one is taken out', async () => {
    const { decide, apply, texts } = await review()
    await decide('warehouse', 'reject')
    await apply()
    await decide('warehouse', 'accept')
    await decide('6000', 'reject')
    expect(await texts()).not.toContain('warehouse')
  })

  test('is not taken back over what a person wrote since', async () => {
    const { world, decide } = await review('all')
    await world.world.write('/ports.md', '# Ports\n\n- All ports are closed.\n')
    await expect(decide('6000', 'revert')).rejects.toMatchObject({ type: 'conflict_error' })
    expect((await world.contents())['/ports.md']).toContain('closed')
  })
})

describe('an edit', () => {
  test('puts in the words of the person, whose note it is then', async () => {
    const { world, decide, apply, texts } = await review()
    const words = 'The staging database listens on port 6000, replicas on 6001.'
    const shown = await decide('6000', 'edit', words)
    const { change } = setOf(shown, '6001')
    expect(change).toMatchObject({ status: 'accepted', isWordedByModel: false })

    await apply()

    expect(await texts()).toContain(words)
    const units = await world.storage.units.list(world.storeId)
    expect(units.find(({ text }) => text === words)).toMatchObject({
      origin: 'person',
      trust: 'user',
    })
    const ledger = await world.storage.ledger.list(world.storeId)
    expect(ledger.map(({ text }) => text)).toContain('The staging database listens on port 5432.')
  })

  test('of a merge replaces the note that would have stayed', async () => {
    const { world, decide, apply, list } = await review()
    const merged = (await list()).changes.find(({ kind }) => kind === 'merge')
    expect(merged?.after).toHaveLength(1)
    const words = 'Deploys run from main, through the pipeline alone.'

    await decide(merged?.after[0]?.text ?? '', 'edit', words)
    await apply()

    const texts = Object.values(await world.contents()).join('\n')
    expect(texts).toContain(words)
    for (const { text } of merged?.before ?? []) expect(texts).not.toContain(text)
    const left = (await world.storage.ledger.list(world.storeId)).map(({ text }) => text)
    for (const { text } of merged?.before ?? []) expect(left).toContain(text)
  })

  test('can be edited again, and reverted byte for byte', async () => {
    const { world, decide, apply, dream, changes, list } = await review()
    const before = await world.contents()
    await decide('warehouse', 'edit', 'The warehouse closes early.')
    await decide('closes early', 'edit', 'The warehouse closes at four.')
    await apply()
    expect(Object.values(await world.contents()).join()).toContain('at four')
    await changes.revert(dream.id, (await list()).digest, PERSON)
    expect(await world.contents()).toEqual(before)
  })

  test.each([
    ['nothing', ''],
    ['blanks', '  \t'],
    ['two lines', 'One.\nTwo.'],
    ['a nested list', '- one\n  - two'],
    ['a control character', 'One\u0007.'],
    ['half a pair', 'One \ud800.'],
    ['a secret', 'The token is sk-test-0000.'],
    ['too much', 'x'.repeat(4_001)],
  ])('refuses %s, and nothing changes', async (_, text) => {
    const { decide, list } = await review()
    const before = await list()
    await expect(decide('6000', 'edit', text)).rejects.toMatchObject({
      type: 'invalid_request_error',
    })
    expect(await list()).toEqual(before)
  })

  test.each(['# Not a heading', '1. Not a list', '<b>not raw</b>', '`code`', '> quote'])(
    'writes %j as one note',
    async (text) => {
      const { world, decide, apply } = await review()
      const before = (await world.storage.units.list(world.storeId)).length
      await decide('6000', 'edit', text)
      await decide('warehouse', 'reject')
      await apply()
      const after = await world.storage.units.list(world.storeId)
      expect(after.filter(({ origin }) => origin === 'person')).toHaveLength(1)
      expect(after.length).toBeLessThanOrEqual(before + 2)
    },
  )

  test('is refused for what is applied, and for a whole change-set', async () => {
    const applied = await review('all')
    await expect(applied.decide('6000', 'edit', 'Other words.')).rejects.toMatchObject({
      type: 'conflict_error',
    })
    const { changes, dream, list } = await review()
    const { change, digest } = setOf(await list(), '6000')
    const edit = { decision: 'edit', digest, text: 'Other words.' } as const
    await expect(changes.decide(dream.id, change.changeSet, edit, PERSON)).rejects.toMatchObject({
      type: 'not_found_error',
    })
  })
})

describe('the fence', () => {
  test('refuses a decision on what has changed since it was shown', async () => {
    const { changes, dream, list, decide } = await review()
    const shown = await list()
    const { change, digest } = setOf(shown, '6000')
    await decide('6000', 'edit', 'Port 6000 it is.')
    const moved = { type: 'conflict_error' }

    for (const decision of ['accept', 'reject'] as const) {
      const late = changes.decide(dream.id, change.id, { decision, digest }, PERSON)
      await expect(late).rejects.toMatchObject(moved)
    }
    await expect(changes.apply(dream.id, shown.digest, PERSON)).rejects.toMatchObject(moved)
    await expect(changes.discard(dream.id, shown.digest, PERSON)).rejects.toMatchObject(moved)
  })

  test('of one set is not moved by decisions on another', async () => {
    const { changes, dream, list, decide } = await review()
    const { change, digest } = setOf(await list(), '6000')
    await decide('warehouse', 'reject')
    await changes.decide(dream.id, change.id, { decision: 'accept', digest }, PERSON)
  })

  test('of two at once, one is let through', async () => {
    const { changes, dream, list } = await review()
    const { change, digest } = setOf(await list(), '6000')
    const both = await Promise.allSettled(
      (['accept', 'reject'] as const).map((decision) =>
        changes.decide(dream.id, change.id, { decision, digest }, PERSON),
      ),
    )
    expect(both.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected'])
  })
})

describe('the list', () => {
  test('narrows by kind and status, and its digest covers all the same', async () => {
    const { changes, dream, decide } = await review()
    await decide('warehouse', 'reject')
    const all = await changes.list(dream.id)
    const rejected = await changes.list(dream.id, { status: 'rejected' })
    expect(rejected.changes.every(({ status }) => status === 'rejected')).toBe(true)
    expect(rejected.sets).toHaveLength(1)
    expect(rejected.digest).toBe(all.digest)
    const merges = await changes.list(dream.id, { kind: 'merge' })
    expect(merges.changes.map(({ kind }) => kind)).toEqual(['merge'])
  })

  test('is of a dream of the server, in its workspace', async () => {
    const { world, changes } = await review()
    const { dream } = await world.world.dream()
    const missing = { type: 'not_found_error' }
    await expect(changes.list(dream.id)).rejects.toMatchObject(missing)
    await expect(changes.apply(dream.id, 'x', PERSON)).rejects.toMatchObject(missing)
  })
})

test('every decision leaves one line, a refused or empty one none', async () => {
  const { world, decide, apply, list } = await review()
  const before = (await auditPage(world.storage, { limit: 100 })).items.length
  await decide('warehouse', 'reject')
  await decide('warehouse', 'reject')
  await decide('6000', 'edit', 'Port 6000 it is.')
  await expect(decide('Port 6000', 'revert')).rejects.toThrow()
  await apply()
  const { items } = await auditPage(world.storage, { limit: 100 })
  const added = items.slice(0, items.length - before).toReversed()
  expect(added.map(({ act }) => act)).toEqual(['change.rejected', 'change.edited', 'dream.applied'])
  for (const { by } of added) expect(by).toEqual(PERSON)
  const told = JSON.stringify(added)
  for (const { after } of (await list()).changes) {
    for (const { text } of after) expect(told).not.toContain(text)
  }
})
