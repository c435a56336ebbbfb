import { renameSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import type { Change } from '../../src/core/change.ts'
import { FolderWorld } from '../support/folder-world.ts'

function kinds(changes: readonly Change[]): readonly string[] {
  return changes.map(({ kind }) => kind).sort()
}

describe('a statement that fits more than one note', () => {
  test('replaces none of them: three owners are on record, one is named', async () => {
    const notes = ['billing', 'mail', 'search'].map((name) => `- The owner of ${name} is Anna.`)
    await using opened = await FolderWorld.open({ 'notes.md': `# N\n\n${notes.join('\n')}\n` })
    opened.say('monday', ['The owner is Ben now, not Anna.'])

    const { dream, changes } = await opened.dream()

    expect(changes.filter(({ kind }) => kind === 'supersede' || kind === 'remove')).toEqual([])
    await opened.reverie.apply(dream.id)
    for (const note of notes) expect(opened.files()['notes.md']).toContain(note)
  })
})

describe('a note that says more than a statement takes back', () => {
  test('stays whole, and the statement stands beside it', async () => {
    const note = '- Use port 80 for http and port 8080 for admin; port 80 is public.'
    await using opened = await FolderWorld.open({ 'notes.md': `# N\n\n${note}\n` })
    opened.say('monday', ['The http port is 81 now, not 80.'])

    const { dream } = await opened.dream()
    await opened.reverie.apply(dream.id)

    expect(opened.files()['notes.md']).toContain(note)
  })
})

describe('statements that contradict each other at one time', () => {
  test('leave the note alone, whichever of them is read first', async () => {
    const at = '2026-10-01T10:00:00Z'
    const said = ['3100', '3200'].map((port) => ({
      content: `The storefront dev server runs on port ${port} now.`,
      at,
    }))
    for (const order of [said, said.toReversed()]) {
      await using opened = await FolderWorld.open({
        'notes.md': '# N\n\n- The storefront dev server runs on port 3000.\n',
      })
      for (const [n, line] of order.entries()) opened.say(`session-${n}`, [line])

      const { changes } = await opened.dream()

      expect(kinds(changes)).toEqual(['conflict'])
    }
  })
})

describe('memories of one kind', () => {
  test('keep the lines that they have in common', async () => {
    const terms =
      '- Invoices are due within 30 days of receipt.\n- The contact person is John Miller.\n'
    await using opened = await FolderWorld.open({
      'acme.md': `# Acme\n\n${terms}`,
      'globex.md': `# Globex\n\n${terms}`,
    })

    expect((await opened.dream()).changes).toEqual([])
  })
})

describe('a renamed memory', () => {
  test('keeps its pins', async () => {
    await using opened = await FolderWorld.open({
      'a.md': '# A\n\n- The staging database listens on port 5432.\n',
    })
    await opened.dream()
    await opened.reverie.memories.setPinned(opened.memory, '/a.md', true)
    renameSync(join(opened.memory, 'a.md'), join(opened.memory, 'b.md'))
    opened.say('monday', ['The staging database listens on port 6000 now.'])

    const { dream } = await opened.dream()
    await opened.reverie.apply(dream.id)

    expect(opened.files()['b.md']).toBe('# A\n\n- The staging database listens on port 5432.\n')
  })
})

describe('what a person took out of an applied dream', () => {
  test('stays rejected when the rest is reverted', async () => {
    await using opened = await FolderWorld.open({
      'notes.md': '# N\n\n- The staging database listens on port 5432.\n',
    })
    opened.say('monday', [
      'The staging database listens on port 6000 now.',
      'Remember: the warehouse closes at 16:00 on Fridays.',
    ])
    const { dream, changes } = await opened.dream()
    await opened.reverie.apply(dream.id)
    const added = changes.find(({ kind }) => kind === 'add')
    await opened.reverie.decide(added?.id ?? '', 'reject', dream.plan?.digest ?? '')
    await opened.reverie.revert(dream.id)

    const again = await opened.dream()

    expect(kinds(again.changes)).toEqual(['supersede'])
  })
})

describe('operator text', () => {
  test('gets a patch even where a note is replaced by the same statement', async () => {
    const line = '- The storefront dev server runs on port 3000.\n'
    await using opened = await FolderWorld.open({
      'CLAUDE.md': `# Rules\n\n${line}`,
      'notes.md': `# N\n\n${line}`,
    })
    opened.say('monday', ['The storefront dev server runs on port 3100 now.'])

    const { dream, changes } = await opened.dream()
    const previews = await opened.reverie.preview(dream.id)

    expect(kinds(changes)).toEqual(['conflict', 'supersede'])
    expect(previews.filter(({ isSuggestion }) => isSuggestion).map(({ path }) => path)).toEqual([
      '/CLAUDE.md',
    ])
  })
})

describe('a preference that stands in the memory as it was said', () => {
  test('is not added again on a machine that never saw it', async () => {
    await using opened = await FolderWorld.open({
      'preferences.md': '# P\n\n- The user said: “I prefer tabs over spaces in Go code.”\n',
    })
    opened.say('monday', ['I prefer tabs over spaces in Go code.'])

    expect((await opened.dream()).changes).toEqual([])
  })
})
