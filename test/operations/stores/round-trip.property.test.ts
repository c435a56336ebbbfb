import { rmSync } from 'node:fs'
import { join } from 'node:path'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { MemoryStore } from '../../../src/core/memory-store.ts'
import type { OpenWorkspace } from '../../../src/library/reverie-api.ts'
import { createReverie, type Reverie } from '../../../src/reverie.ts'
import { FolderWorld } from '../../support/folder-world.ts'
import { likeness } from './export-likeness.ts'

const RUNS = Number(process.env.REVERIE_ROUND_TRIPS ?? 12)

const PATHS = [
  '/a.md',
  '/A.md',
  '/sub/b.md',
  '/sub/con.md',
  '/c',
  '/MEMORY.md',
  '/CLAUDE.md',
] as const
const TEXTS = [
  '- One.\n- Two.\n',
  '# Head\r\n\r\n- One.\r\n- Three, as of 2026-02-01.\r\n',
  '---\nmodified: 2026-01-01\n---\n\nA paragraph.\n\n- One.\n- One.\n',
  '\uFEFF- [Link](sub/b.md): what\n',
  'no line break\u0000 at the end',
  '```\ncode\n```\n',
] as const

type Act = (store: MemoryStore, workspace: OpenWorkspace, reverie: Reverie) => Promise<unknown>

const path = fc.constantFrom(...PATHS)
const text = fc.constantFrom(...TEXTS)
const nth = fc.nat({ max: 9 })

const act: fc.Arbitrary<Act> = fc.oneof(
  {
    weight: 4,
    arbitrary: fc.record({ path, content: text }).map(
      (put): Act =>
        ({ id }, _, { memories }) =>
          memories.put(`store:${id}`, put),
    ),
  },
  {
    weight: 2,
    arbitrary: fc.record({ path, content: text }).map(
      (draft): Act =>
        ({ id }, { memories }) =>
          memories.create(id, draft),
    ),
  },
  {
    weight: 2,
    arbitrary: fc.tuple(nth, path).map(
      ([n, to]): Act =>
        async ({ id }, { memories }) => {
          const all = await memories.list(id)
          const memory = all[n % all.length]
          return memory && memories.update(id, memory.id, { path: to })
        },
    ),
  },
  {
    weight: 1,
    arbitrary: path.map(
      (at): Act =>
        ({ id }, _, { memories }) =>
          memories.remove(`store:${id}`, at),
    ),
  },
  {
    weight: 1,
    arbitrary: fc.tuple(path, fc.boolean()).map(
      ([at, is]): Act =>
        ({ id }, _, { memories }) =>
          memories.setPinned(`store:${id}`, at, is),
    ),
  },
  {
    weight: 1,
    arbitrary: nth.map(
      (n): Act =>
        async ({ id }, { versions }) => {
          const { items } = await versions.page(id)
          const version = items[n % items.length]
          return version && versions.redact(id, version.id)
        },
    ),
  },
)

test('what is exported, imported and exported again is the same, whatever was done to the store', async () => {
  await using world = await FolderWorld.open({})
  const other = await createReverie({
    home: join(world.base, 'other'),
    now: () => new Date('2026-12-01T00:00:00Z'),
  })
  const [first, second] = [join(world.base, 'first'), join(world.base, 'second')]
  let names = 0
  try {
    await fc.assert(
      fc.asyncProperty(fc.array(act, { maxLength: 14 }), fc.boolean(), async (acts, isHere) => {
        const { reverie } = world
        const workspace = reverie.workspace()
        names += 1
        const draft = { name: `qa ${names}`, metadata: { kind: 'test' } }
        const store = await workspace.stores.create(draft)
        // Acts that a store refuses are part of its life too.
        for (const one of acts)
          await one(store, workspace, reverie).catch((error: unknown) => error)
        const into = isHere ? reverie : other
        for (const folder of [first, second]) rmSync(folder, { recursive: true, force: true })

        await reverie.stores.export(`store:${store.id}`, first)
        await workspace.stores.update(store.id, { name: 'its name is free' })
        const imported = await into.stores.import(first)
        await into.stores.export(`store:${imported.store.id}`, second)

        expect(imported.warnings).toEqual([])
        expect(likeness(second)).toEqual(likeness(first))
      }),
      { numRuns: RUNS },
    )
  } finally {
    await other.close()
  }
})
