import { describe, expect, it } from 'vitest'
import type { OutputBehavior } from '../core/dream.ts'
import type { Scope } from './context.ts'
import { requireWriteFor } from './routing.ts'

describe('an order that a key may not carry out itself', () => {
  const ask = (behavior: OutputBehavior | undefined, ...scopes: readonly Scope[]) => {
    return () => requireWriteFor('A dream', behavior, { scopes })
  }

  it('is refused where it writes into a store that is there', () => {
    expect(ask('update_existing', 'dream', 'read')).toThrow(
      expect.objectContaining({ type: 'permission_error' }),
    )
  })

  it('is taken from a key that writes, or for a store of its own', () => {
    for (const scope of ['write', 'admin'] as const) {
      expect(ask('update_existing', 'dream', scope)).not.toThrow()
    }
    expect(ask('create_new', 'dream')).not.toThrow()
    expect(ask(undefined, 'dream')).not.toThrow()
  })
})
