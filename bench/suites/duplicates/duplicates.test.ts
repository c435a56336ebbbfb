import { afterEach, expect, it } from 'vitest'
import { type BenchWorld, hitsOf, openBenchWorld } from '../../harness/bench-world.test-support.ts'
import { hardPairs, publicPairs } from './duplicates.ts'

const SAME = { a: 'The deploy runs every Friday.', b: 'The deploy runs every Friday' }
const OTHER = { a: 'The deploy runs every Friday.', b: 'Mara Voss likes green tea.' }
const DENIED = { a: 'The importer reads CSV files.', b: 'The importer does not read CSV files.' }

let world: BenchWorld | null = null

afterEach(async () => {
  await world?.close()
  world = null
})

it('tells a merge from two notes that stay, by source and label', async () => {
  world = await openBenchWorld({
    'duplicates/mrpc-sick-pairs.mine.jsonl': [
      { id: '1', source: 'mrpc', label: 'duplicate', ...SAME },
      { id: '2', source: 'mrpc', label: 'distinct', ...OTHER },
      { id: '3', source: 'sick', label: 'contradiction', ...DENIED },
      { id: '4', source: 'sick', label: 'duplicate', ...OTHER },
    ],
  })

  const rows = await publicPairs.run(world.context)

  expect(hitsOf(rows)).toMatchObject({
    recall: '1/2',
    'recall, mrpc': '1/1',
    'recall, sick': '0/1',
    false_merge: '0/2',
    'false_merge, sick contradiction': '0/1',
    contradiction_merged: '0/1',
    precision: '1/1',
    conflict_surfaced: '1/1',
  })
  expect(rows[0]?.baselines).toMatchObject({ jaccard_0_5: 0.5, jaccard_0_8: 0.5 })
  expect(rows.find(({ metric }) => metric === 'contradiction_merged')?.baselines).toMatchObject({
    jaccard_0_5: 1,
    jaccard_0_8: 0,
  })
})

it('counts a merge of notes that are labelled apart', async () => {
  world = await openBenchWorld({
    'hard-pairs/test.jsonl': [
      { id: '1', domain: 'ops', kind: 'number', label: 'distinct', ...SAME },
      { id: '2', domain: 'ops', kind: 'number', label: 'distinct', ...OTHER },
    ],
  })

  const rows = await hardPairs('test', world.data).run(world.context)

  expect(hitsOf(rows)).toMatchObject({
    false_merge: '1/2',
    'false_merge, distinct, number': '1/2',
    precision: '0/1',
  })
  expect(rows[0]).toMatchObject({ metric: 'false_merge', target: '<= 0.02' })
})

it('gives no rows without the files', async () => {
  world = await openBenchWorld({})

  expect(await publicPairs.run(world.context)).toEqual([])
  expect(await hardPairs('dev', world.data).run(world.context)).toEqual([])
  expect(world.notes).toHaveLength(2)
})
