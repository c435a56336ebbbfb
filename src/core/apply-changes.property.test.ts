import fc from 'fast-check'
import { expect, test } from 'vitest'
import {
  aChange,
  aSentence,
  aStoreContent,
  aStoreWithChanges,
  SEED,
  storedMemory,
  unitsOf,
} from '../testing/arbitraries.ts'
import { applyChanges, emptiedMemories, touchedPaths } from './apply-changes.ts'
import type { Change } from './change.ts'
import { isReverieError } from './errors.ts'
import { parseMemory } from './markdown.ts'
import type { ContentDelta, StoreContent } from './store-content.ts'
import { collectEdits, textAfter } from './text/memory-edits.ts'
import { asUnitText } from './text/unit-text.ts'

const RUNS = { seed: SEED, numRuns: 300 }

/** Null where the changes cannot be written without touching other text. */
function applied(content: StoreContent, changes: readonly Change[]): ContentDelta | null {
  try {
    return applyChanges(content, changes)
  } catch (error) {
    if (isReverieError(error, 'conflict_error')) return null
    throw error
  }
}

test('applying nothing changes nothing', () => {
  fc.assert(
    fc.property(aStoreContent, (content) => {
      expect(applyChanges(content, []).size).toBe(0)
    }),
    RUNS,
  )
})

test('named memories hold exactly the kept, edited and appended units; others are absent', () => {
  let written = 0
  fc.assert(
    fc.property(aStoreWithChanges, ({ content, changes }) => {
      const delta = applied(content, changes)
      if (delta === null) return
      written += 1
      const named = collectEdits(content, changes)
      for (const path of delta.keys()) expect(named.has(path)).toBe(true)
      for (const [path, edits] of named) {
        const before = content.memories.get(path)
        const expected = [
          ...(before?.units ?? [])
            .filter(({ id }) => !edits.removed.has(id))
            .map((unit) => textAfter(unit, edits)),
          ...edits.appended,
        ]
        const after = delta.has(path) ? (delta.get(path) ?? '') : (before?.content ?? '')
        expect(parseMemory(after, { isIndex: false }).units.map(({ text }) => text)).toEqual(
          expected,
        )
      }
    }),
    RUNS,
  )
  // A refusal is for text that markdown itself would run together: rare even in this soup.
  expect(written).toBeGreaterThan(290)
})

test('bytes before the first and after the last edited unit stay as they are', () => {
  fc.assert(
    fc.property(aStoreContent, fc.nat(), aSentence, (content, pick, text) => {
      const units = unitsOf(content)
      const unit = units[pick % Math.max(units.length, 1)]
      if (unit === undefined) return
      const edits = [{ op: 'replace', unitId: unit.id, text } as const]
      const delta = applied(content, [aChange('1', 'remove', { edits })])
      const before = Buffer.from(content.memories.get(unit.path)?.content ?? '')
      const after = delta?.get(unit.path)
      if (typeof after !== 'string') return
      const expected = [
        before.subarray(0, unit.bytes.start).toString(),
        asUnitText(text),
        before.subarray(unit.bytes.end).toString(),
      ]
      expect(after).toBe(expected.join(''))
    }),
    RUNS,
  )
})

test('the order of changes does not matter, but for the order of what is appended', () => {
  fc.assert(
    fc.property(aStoreWithChanges, ({ content, changes }) => {
      const appends = changes.filter(({ edits }) => edits.some(({ op }) => op === 'append'))
      const others = changes.filter((change) => !appends.includes(change))
      const delta = applied(content, [...others, ...appends])
      const mirrored = applied(content, [...appends, ...others.toReversed()])
      expect(mirrored).toEqual(delta)
    }),
    RUNS,
  )
})

test('deleting k units leaves the others, and no unit means no memory', () => {
  fc.assert(
    fc.property(aStoreContent, fc.infiniteStream(fc.boolean()), (content, picks) => {
      const gone = unitsOf(content).filter(
        ({ kind }) => kind !== 'parent-bullet' && picks.next().value,
      )
      const edits = gone.map(({ id }) => ({ op: 'delete', unitId: id }) as const)
      const changes = [aChange('1', 'remove', { edits })]
      const delta = applied(content, changes)
      if (delta === null) return
      for (const { path, units } of content.memories.values()) {
        const kept = units.filter((unit) => !gone.includes(unit)).map(({ text }) => text)
        const after = delta.get(path)
        if (kept.length === units.length) expect(after).toBeUndefined()
        else if (after !== null)
          expect(storedMemory(path, after ?? '').units.map(({ text }) => text)).toEqual(kept)
        else expect(kept).toEqual([])
      }
      expect(emptiedMemories(content, changes)).toEqual(
        [...delta].filter(([, after]) => after === null).map(([path]) => path),
      )
      expect(touchedPaths(content, changes)).toEqual([...delta.keys()])
    }),
    RUNS,
  )
})
