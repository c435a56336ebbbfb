import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { TRANSCRIPT_FORMATS } from '../../src/config.ts'
import { DEFAULT_WORKSPACE } from '../../src/core/ids.ts'
import { everyFormat } from '../../src/importers/every-format.ts'
import { sourceOf } from '../../src/importers/importer.contract.ts'
import type { Importer } from '../../src/importers/importer.ts'
import { openEphemeralStorage } from '../../src/storage/ephemeral/ephemeral-storage.ts'
import { type Turn, transcriptSamples } from '../support/transcript-samples.ts'

const RUNS = { seed: 7, numRuns: Number(process.env.READ_ONCE_RUNS ?? 15) }
const unredacted = async (text: string) => ({ text, kinds: [] })

/** Few words, so that equal turns meet. */
const turns: fc.Arbitrary<readonly Turn[]> = fc.array(
  fc.record({
    by: fc.constantFrom('user' as const, 'agent' as const, 'tool' as const),
    text: fc.constantFrom('yes', 'no', 'use port 5433', 'go on'),
  }),
  { minLength: 2, maxLength: 12 },
)
const cut = fc.double({ min: 0, max: 1, noNaN: true })

/** What is stored after files were imported one after the other, and what the last one added. */
async function stored(
  importer: Importer,
  files: readonly (readonly [path: string, text: string])[],
) {
  const storage = await openEphemeralStorage({ workspaceId: DEFAULT_WORKSPACE })
  let added = 0
  for (const [path, text] of files) {
    added = 0
    const { sessions } = await importer.read(sourceOf(text, path), unredacted)
    for (const { session, events } of sessions) {
      await storage.sessions.put(session)
      added += await storage.sessions.append(session.id, events)
    }
  }
  const ids: string[] = []
  const texts: string[] = []
  for (const { id } of await storage.sessions.list()) {
    const events = await storage.sessions.events(id)
    ids.push(...events.map((event) => event.id))
    texts.push(...events.map((event) => event.text))
  }
  await storage.close()
  return { ids, texts, added }
}

it('every format has a sample, and knows it before any other does', () => {
  const said: readonly Turn[] = [
    { by: 'user', text: 'hello' },
    { by: 'agent', text: 'hi' },
  ]
  const found = transcriptSamples.map(({ written }) => {
    const head = written(said)
    return everyFormat.find((it) => it.recognizes(head))?.format
  })

  expect(found).toEqual(everyFormat.map(({ format }) => format))
  expect(found).toEqual(TRANSCRIPT_FORMATS)
})

describe.each(transcriptSamples)('a transcript of $importer.format', ({ importer, written }) => {
  it('that was read while it grew is the same as one that was read at the end', async () => {
    await fc.assert(
      fc.asyncProperty(turns, cut, async (said, share) => {
        const some = said.slice(0, Math.max(1, Math.floor(share * said.length)))
        const whole = await stored(importer, [['a.jsonl', written(said)]])
        const grown = await stored(importer, [
          ['a.jsonl', written(some)],
          ['a.jsonl', written(said)],
        ])

        expect(whole.texts).toEqual(said.map(({ text }) => text))
        expect([grown.ids, grown.texts]).toEqual([whole.ids, whole.texts])
        expect(grown.added).toBe(said.length - some.length)
      }),
      RUNS,
    )
  })

  it('adds nothing when a copy is read, whatever its name and folder', async () => {
    await fc.assert(
      fc.asyncProperty(turns, async (said) => {
        const copies = ['a/one.jsonl', 'b/copy of one.json']
        const files = copies.map((path) => [path, written(said)] as const)

        expect((await stored(importer, files)).added).toBe(0)
      }),
      RUNS,
    )
  })
})

const inParts = transcriptSamples.flatMap(({ from, ...sample }) =>
  from === null ? [] : [{ ...sample, from }],
)

describe.each(inParts)(
  'parts of a transcript of $importer.format',
  ({ importer, written, from }) => {
    it('are the same in two files that overlap, in any order', async () => {
      await fc.assert(
        fc.asyncProperty(turns, cut, cut, async (said, one, other) => {
          const start = Math.floor(Math.min(one, other) * said.length)
          const end = Math.max(start, Math.ceil(Math.max(one, other) * said.length))
          const first = ['a.jsonl', written(said.slice(0, Math.max(1, end)))] as const
          const second = ['b.jsonl', from(said, start)] as const
          const whole = await stored(importer, [['a.jsonl', written(said)]])
          const forth = await stored(importer, [first, second])
          const back = await stored(importer, [second, first])

          expect(forth.ids.toSorted()).toEqual(whole.ids.toSorted())
          expect(back.ids.toSorted()).toEqual(whole.ids.toSorted())
        }),
        RUNS,
      )
    })
  },
)
