import { expect, it } from 'vitest'
import type { MemoryStore } from '../../core/memory-store.ts'
import { STORE } from '../test-support/builders.test-support.ts'
import { statusView } from './status.ts'

function told(store: Partial<MemoryStore>): string {
  const sizes = { memories: 1, units: 2, pinned: 0, bytes: 3 }
  const stores = [{ store: { ...STORE, ...store }, ...sizes, waiting: [], lastApplied: null }]
  const status = { home: '/state', stores, sessions: 0, retention: 'kept' }
  const lines = statusView(status, 120)
  return lines.map((spans) => spans.map(({ text }) => text).join('')).join('\n')
}

it('names a store of its own by id and name, and tells that it is archived', () => {
  const { id } = STORE

  expect(told({ folder: null, name: 'qa' })).toContain(`store:${id}   qa\n`)
  expect(told({ folder: null, name: 'qa', archivedAt: '2026-11-20T03:00:00.000Z' })).toContain(
    `store:${id}   qa, archived\n`,
  )
})

it('names a memory folder by its path alone', () => {
  expect(told({ folder: '/memory', name: 'memory' })).toContain('  /memory\n')
})
