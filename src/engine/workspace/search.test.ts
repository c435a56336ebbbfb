import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { MemoryStoreId } from '../../core/ids.ts'
import type { LedgerEntry } from '../../core/ledger.ts'
import { aDream, aLedgerEntry } from '../../storage/contract/builders.test-support.ts'
import type { MemorySearch } from '../workspace-api.ts'
import { KEY, openWorkspace, STORAGES, type TestWorkspace } from './workspace.test-support.ts'

const NOTES = {
  '/deploys.md': '# Deploys\n\n- Deployments run from the main branch.\n',
  '/ports.md': '- The staging database listens on port 5432.\n',
  '/team/people.md': '- The search service belongs to Mira.\n- Jonas left in May.\n',
  '/team/rules.md': '- Never deploy on a Friday.\n',
}

async function storeIn(at: TestWorkspace): Promise<MemoryStoreId> {
  const { id } = await at.stores.create({ name: 'notes' }, KEY)
  for (const [path, content] of Object.entries(NOTES)) {
    await at.memories.create(id, { path, content }, KEY)
  }
  return id
}

function searchFor(query: string, more: Partial<MemorySearch> = {}): MemorySearch {
  return { query, mode: 'current', limit: 10, ...more }
}

/** Something that a dream took out of the text. */
async function forget(
  at: TestWorkspace,
  storeId: MemoryStoreId,
  fields: Partial<LedgerEntry>,
): Promise<void> {
  const dream = aDream({ storeId })
  if ((await at.storage.dreams.get(dream.id)) === null) await at.storage.dreams.create(dream)
  await at.storage.ledger.append([aLedgerEntry(1, { storeId, ...fields })])
}

describe.each(STORAGES)('search, $name', ({ open }) => {
  test('finds words, near words and misspelt ones; the best comes first', async () => {
    await using at = await openWorkspace(open)
    const id = await storeIn(at)
    for (const [query, path] of [
      ['staging database', '/ports.md'],
      ['deployment branch', '/deploys.md'],
      ['databse listening', '/ports.md'],
      ['who owns the search service', '/team/people.md'],
      ['Friday', '/team/rules.md'],
    ] as const) {
      const [first] = await at.stores.search(id, searchFor(query))
      expect(first, query).toMatchObject({ path, isCurrent: true })
      expect(first?.memoryId).toMatch(/^mem_/)
    }
  })

  test('finds nothing where nothing is near', async () => {
    await using at = await openWorkspace(open)
    const id = await storeIn(at)
    for (const query of ['xylophone quartet', '', ' ', '"', '***', '\u0000', '\ud800']) {
      expect(await at.stores.search(id, searchFor(query)), query).toEqual([])
    }
  })

  test('keeps to the prefix and the limit', async () => {
    await using at = await openWorkspace(open)
    const id = await storeIn(at)
    const all = await at.stores.search(id, searchFor('deploy'))
    expect(all.map(({ path }) => path).sort()).toEqual(['/deploys.md', '/team/rules.md'])
    const below = await at.stores.search(id, searchFor('deploy', { prefix: '/team/' }))
    expect(below.map(({ path }) => path)).toEqual(['/team/rules.md'])
    expect(await at.stores.search(id, searchFor('deploy', { limit: 1 }))).toEqual(all.slice(0, 1))
  })

  test('history adds what left the text, with its time', async () => {
    await using at = await openWorkspace(open)
    const id = await storeIn(at)
    await forget(at, id, {
      path: '/ports.md',
      text: 'The staging database listened on port 3306.',
      interval: { start: '2024', end: '2026-05' },
    })
    const now = await at.stores.search(id, searchFor('staging database'))
    expect(now.every(({ isCurrent }) => isCurrent)).toBe(true)

    const found = await at.stores.search(id, searchFor('staging database', { mode: 'history' }))

    expect(found.find(({ isCurrent }) => !isCurrent)).toMatchObject({
      path: '/ports.md',
      memoryId: null,
      snippet: 'The staging database listened on port 3306.',
      trueFrom: '2024',
      trueUntil: '2026-05',
    })
    expect(found.some(({ isCurrent }) => isCurrent)).toBe(true)
  })

  test('history leaves out what was reverted, generated, or told twice', async () => {
    await using at = await openWorkspace(open)
    const id = await storeIn(at)
    const text = 'The cache was cold.'
    const rows: readonly Partial<LedgerEntry>[] = [
      { text },
      { text },
      { text: 'The cache was generated.', kind: 'generated' },
      { text: 'The cache was reverted.', isReverted: true },
    ]
    for (const row of rows) await forget(at, id, { ...row, id: at.newId('led') })
    const found = await at.stores.search(id, searchFor('cache cold', { mode: 'history' }))
    expect(found.map(({ snippet }) => snippet)).toEqual([text])
  })
})

test('a search of another store or workspace finds nothing of this one', async () => {
  await using at = await openWorkspace()
  await storeIn(at)
  const { id } = await at.stores.create({ name: 'empty' }, KEY)
  expect(await at.stores.search(id, searchFor('staging database'))).toEqual([])
  await expect(at.abroad.stores.search(id, searchFor('staging'))).rejects.toMatchObject({
    type: 'not_found_error',
  })
})

test('any query, prefix and limit is answered or refused, and what is found is in order', async () => {
  await using at = await openWorkspace()
  const id = await storeIn(at)
  const mode = fc.constantFrom('current' as const, 'history' as const)
  const query = fc.oneof(
    fc.string({ unit: 'binary', maxLength: 40 }),
    fc.constantFrom('NEAR(', 'AND OR NOT', '"deploy', "port'; --", 'deploy*', 'path:x', '(((('),
  )
  await fc.assert(
    fc.asyncProperty(query, mode, fc.integer({ min: -1, max: 200 }), async (words, how, limit) => {
      const found = await at.stores.search(id, { query: words, mode: how, limit })
      expect(found.length).toBeLessThanOrEqual(Math.max(0, limit))
      const scores = found.map(({ score }) => score)
      expect(scores).toEqual(scores.toSorted((a, b) => b - a))
    }),
    { numRuns: 100 },
  )
  await expect(at.stores.search(id, searchFor('x'.repeat(1_001)))).rejects.toMatchObject({
    type: 'invalid_request_error',
  })
  await expect(at.stores.search(id, searchFor('x', { prefix: 'team' }))).rejects.toMatchObject({
    type: 'invalid_request_error',
  })
})
