import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { TallyDraft } from '../import-tally.ts'
import { sourceOf } from '../importer.contract.ts'
import type { ImportTally } from '../importer.ts'
import { JsonSplitter } from './json-splitter.ts'
import { sourceValues } from './source-values.ts'

async function read(text: string): Promise<{
  readonly values: readonly unknown[]
  readonly lines: readonly number[]
  readonly tally: ImportTally
}> {
  const draft = new TallyDraft('a')
  const values: unknown[] = []
  const lines: number[] = []
  for await (const { value, line } of sourceValues(sourceOf(text), draft)) {
    values.push(value)
    lines.push(line)
  }
  return { values, lines, tally: draft.finish() }
}

describe('values of a source', () => {
  it('are lines, elements of a list, or texts one after the other', async () => {
    expect(await read('{"a":1}\n[2]\n"x"\n')).toMatchObject({
      values: [{ a: 1 }, [2], 'x'],
      lines: [1, 2, 3],
    })
    expect(await read('[\n {"a":\n "}]\\"{"},\n 7, "s", [1,\n2], null\n]\n')).toMatchObject({
      values: [{ a: '}]"{' }, 7, 's', [1, 2], null],
      lines: [2, 4, 4, 4, 5],
    })
    expect(await read('\uFEFF{\n"a":1}\n{\n"b":2}')).toMatchObject({
      values: [{ a: 1 }, { b: 2 }],
      lines: [1, 3],
    })
    expect((await read('')).values).toEqual([])
  })

  it('come out of every JSON list, however it is cut and laid out', async () => {
    const list = fc.array(fc.jsonValue({ maxDepth: 3 }), { minLength: 1 })
    await fc.assert(
      fc.asyncProperty(
        list,
        fc.nat({ max: 3 }),
        fc.nat({ max: 9 }),
        async (values, indent, cut) => {
          const text = JSON.stringify(values, null, indent)
          const splitter = new JsonSplitter({ partBytesMax: 1e6, containersMax: 1e6 })
          const bytes = new TextEncoder().encode(text)
          const parts: unknown[] = []
          for (let at = 0; at < bytes.length; at += cut + 1) {
            for (const part of splitter.push(bytes.subarray(at, at + cut + 1))) {
              parts.push(JSON.parse(part.text ?? ''))
            }
          }

          expect(splitter.finish()).toBeNull()
          expect(splitter.isInList).toBe(false)
          expect(parts).toEqual(JSON.parse(text))
        },
      ),
      { seed: 7, numRuns: 200 },
    )
  })

  it('before damage are read, and the damage has its line', async () => {
    const torn = await read('[\n{"a":1},\n{"b":2},\n{"c":')
    expect([torn.values, torn.tally.badLines]).toEqual([
      [{ a: 1 }, { b: 2 }],
      [{ path: 'a', line: 4, reason: 'torn line' }],
    ])
    const unended = await read('[\n{"a":1},\n{"b":2}\n')
    expect(unended.tally.badLines).toEqual([{ path: 'a', line: 4, reason: 'torn line' }])
    const broken = await read('[\n{"a":1},\n{"b":oops},\n{"c":3}\n]}')
    expect([broken.values, broken.tally.skipped]).toEqual([[{ a: 1 }, { c: 3 }], { 'not JSON': 2 }])
  })

  it('are lines where the first line is only damaged', async () => {
    const { values, tally } = await read('{"a":"torn\n{"b":2}\n')

    expect([values, tally.skipped]).toEqual([[{ b: 2 }], { 'not JSON': 1 }])
  })
})

describe('a part that is too large', () => {
  const split = (text: string): readonly (string | null)[] => {
    const splitter = new JsonSplitter({ partBytesMax: 8, containersMax: 3 })
    return [...splitter.push(new TextEncoder().encode(text))].map((part) => part.text)
  }

  it('is dropped, and those after it are read', () => {
    expect(split('["123456",  "1234567", 1]')).toEqual(['"123456"', null, '1'])
    expect(split('[[[[]]], [[[[]]]], 2]')).toEqual(['[[[]]]', null, '2'])
  })
})
