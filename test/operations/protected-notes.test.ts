import { describe, expect, test } from 'vitest'
import { FolderWorld, theChange } from '../support/folder-world.ts'

const PORT = '- The staging database listens on port 5432.\n'
const OWNER = '- The owner of the search service is Jonas.\n'

describe('a pinned memory', () => {
  test('is left as it is: nothing replaced, merged or annotated', async () => {
    await using world = await FolderWorld.open({
      'pinned.md': `# Staging database\n\n${PORT}- Tests use the staging database on port 5432.\n`,
      'other.md': `# Other\n\n${OWNER}${PORT}`,
    })
    const before = world.files()['pinned.md']
    await world.reverie.memories.setPinned(world.memory, '/pinned.md', true)
    world.say('monday', ['The owner of the search service is Mira now.'])

    const { dream } = await world.dream()
    await world.reverie.apply(dream.id)

    expect(world.files()['pinned.md']).toBe(before)
    expect(world.files()['other.md']).toContain('Mira')
  })

  test('that was pinned after the plan was made is not written by it', async () => {
    await using world = await FolderWorld.open({ 'notes.md': `# Notes\n\n${PORT}` })
    world.say('monday', ['The staging database listens on port 6000 now.'])
    const before = world.files()
    const { dream } = await world.dream()
    await world.reverie.memories.setPinned(world.memory, '/notes.md', true)

    await expect(world.reverie.apply(dream.id)).rejects.toMatchObject({ type: 'conflict_error' })

    expect(world.files()).toEqual(before)
  })

  test('can be replaced again once it is unpinned', async () => {
    await using world = await FolderWorld.open({ 'notes.md': `# Notes\n\n${PORT}` })
    world.say('monday', ['The staging database listens on port 6000 now.'])
    const pinned = await world.reverie.memories.setPinned(world.memory, '/notes.md', true)
    await world.dream()

    expect(await world.reverie.memories.setPinned(world.memory, '/notes.md', false)).toEqual(pinned)
    const { dream } = await world.dream()
    await world.reverie.apply(dream.id)

    expect(world.files()['notes.md']).toContain('6000')
  })
})

describe('a note that a person edited after a dream wrote it', () => {
  const dated = (day: string, port: number): string =>
    `---\nname: Notes\nmodified: ${day}T09:00:00Z\n---\n\n# Notes\n\n- The staging database listens on port ${port}.\n`

  /** A dream wrote port 6000, a person made it 6001 on the given day, and a session says 7000. */
  async function contested(day = '2026-11-10'): Promise<FolderWorld> {
    const world = await FolderWorld.open({ 'notes.md': dated('2026-10-01', 5432) })
    world.say('monday', ['The staging database listens on port 6000 now.'])
    const { dream } = await world.dream()
    await world.reverie.apply(dream.id)
    expect(world.files()['notes.md']).toContain('6000')
    world.note('notes.md', dated(day, 6001))
    world.say('tuesday', [
      { content: 'The staging database listens on port 7000 now.', at: '2026-11-12T10:00:00Z' },
    ])
    return world
  }

  test('is not replaced without a person: the replacement is held as person_wrote_it', async () => {
    await using world = await contested()

    const outcome = await world.dream()
    const change = theChange(outcome, 'supersede')
    await world.reverie.apply(outcome.dream.id)

    expect([change.status, change.heldReason]).toEqual(['held', 'person_wrote_it'])
    expect(world.files()['notes.md']).toContain('6001')
  })

  test('is replaced once a person accepts it', async () => {
    await using world = await contested()
    const outcome = await world.dream()

    await world.decide(outcome, theChange(outcome, 'supersede'), 'accept')
    await world.reverie.apply(outcome.dream.id)

    expect(world.files()['notes.md']).toContain('7000')
  })

  test('casts no remark on other notes while its replacement is held', async () => {
    await using world = await contested()
    world.note('tests.md', '# Tests\n\n- Tests connect to the staging database on port 6001.\n')

    const outcome = await world.dream()
    const held = theChange(outcome, 'supersede')
    const sameSet = outcome.changes.filter(({ changeSet }) => changeSet === held.changeSet)

    expect(sameSet.map(({ kind }) => kind).toSorted()).toEqual(['annotate', 'supersede'])
    expect(new Set(sameSet.map(({ status }) => status))).toEqual(new Set(['held']))
    await world.reverie.apply(outcome.dream.id)
    expect(world.files()['tests.md']).not.toContain('may be outdated')
  })

  test('is never merged away, even when another note says all of it', async () => {
    await using world = await contested()
    const note = '- The staging database listens on port 6001 behind the bastion.\n'
    world.note('more.md', `# More\n\n${note}`)

    const outcome = await world.dream({ sessions: [] })

    expect(outcome.changes.filter(({ kind }) => kind === 'merge')).toEqual([])
  })

  test('stays when nobody knows when it was written, whatever is said later', async () => {
    await using world = await contested()
    world.note('notes.md', '# Notes\n\n- The staging database listens on port 6002.\n')

    const outcome = await world.dream()
    await world.reverie.apply(outcome.dream.id)

    expect(world.files()['notes.md']).toContain('The staging database listens on port 6002.')
  })
})

describe('CLAUDE.md', () => {
  const CLAUDE = `# Instructions\n\n${PORT}- Deploys run from the main branch.\n`

  test('and AGENTS.md are read and never written', async () => {
    await using world = await FolderWorld.open({
      'CLAUDE.md': CLAUDE,
      'AGENTS.md': `# Preferences\n\n${OWNER}`,
      'deploys.md': '# Deploys\n\n- Deploys run from the main branch.\n',
    })
    world.say('monday', [
      'The staging database listens on port 6000 now.',
      'The owner of the search service is Mira now.',
      'From now on always run the linter before a push.',
      'I prefer short answers in general.',
    ])
    const before = world.files()

    const outcome = await world.dream()
    for (const change of outcome.changes) {
      if (change.status === 'held') await world.decide(outcome, change, 'accept')
    }
    await world.reverie.apply(outcome.dream.id)

    expect(world.files()['CLAUDE.md']).toBe(before['CLAUDE.md'])
    expect(world.files()['AGENTS.md']).toBe(before['AGENTS.md'])
    expect(world.files()).not.toEqual(before)
  })
})

describe('a secret in a note', () => {
  const SECRET = 'ghp_aB3dE5gH7jK9mN1pQ3sT5vW7yZ9bC1dE3fG5'
  const NOTE = `# CI\n\n- The release bot pushes with ${SECRET} to the staging database.\n${PORT}`

  test('is held as such and shown in no field of a dream, a change or the status', async () => {
    await using world = await FolderWorld.open({ 'ci.md': NOTE })
    world.say('monday', ['The staging database listens on port 6000 now.'])

    const outcome = await world.dream()
    const change = theChange(outcome, 'redact')

    expect([change.status, change.heldReason]).toEqual(['held', 'secret'])
    expect(JSON.stringify(outcome)).not.toContain(SECRET)
    expect(JSON.stringify(await world.reverie.show(outcome.dream.id))).not.toContain(SECRET)
    expect(JSON.stringify(await world.reverie.status())).not.toContain(SECRET)
  })

  test('stays where it is at apply, and leaves the note when a person accepts', async () => {
    await using world = await FolderWorld.open({ 'ci.md': NOTE })
    world.say('monday', ['The staging database listens on port 6000 now.'])
    const before = world.files()
    const outcome = await world.dream()

    await world.reverie.apply(outcome.dream.id)
    expect(world.files()['ci.md']).toContain(SECRET)
    await world.decide(outcome, theChange(outcome, 'redact'), 'accept')
    await world.reverie.apply(outcome.dream.id)

    expect(world.files()['ci.md']).not.toContain(SECRET)
    expect(world.files()['ci.md']).toContain('The release bot pushes with [redacted:')
    expect(JSON.stringify(await world.reverie.ledger(world.memory))).not.toContain(SECRET)
    await world.reverie.revert(outcome.dream.id)
    expect(world.files()).toEqual(before)
  })

  test('is in no error', async () => {
    await using world = await FolderWorld.open({ 'ci.md': NOTE })
    const { dream } = await world.dream()
    world.note('ci.md', `${NOTE}- More.\n`)

    const error: unknown = await world.reverie.apply(dream.id).catch((thrown: unknown) => thrown)

    expect(error).toMatchObject({ type: 'conflict_error' })
    expect(String(error)).not.toContain(SECRET)
  })

  test('that a user says in a session is written nowhere', async () => {
    await using world = await FolderWorld.open({ 'notes.md': `# Notes\n\n${PORT}` })
    world.say('monday', [`Remember: the release bot pushes with ${SECRET} to the registry.`])

    const outcome = await world.dream()
    if (outcome.changes.length > 0) await world.reverie.apply(outcome.dream.id)

    expect(JSON.stringify(outcome)).not.toContain(SECRET)
    expect(JSON.stringify(world.files())).not.toContain(SECRET)
    expect(JSON.stringify(await world.reverie.sessions.list())).not.toContain(SECRET)
  })
})

describe('instructions without a model', () => {
  const MEMORIES = {
    'keep.md': `# Keep\n\n${PORT}`,
    'free.md': `# Free\n\n${OWNER}`,
  }
  const SAID = [
    'The staging database listens on port 6000 now.',
    'The owner of the search service is Mira now.',
    'Remember: the warehouse closes at 16:00 on Fridays.',
  ]

  test.each([
    ['keep: keep.md', { keep: '5432', free: 'Mira', facts: '16:00' }],
    ['keep: staging database', { keep: '5432', free: 'Mira', facts: '16:00' }],
    ['ignore: warehouse', { keep: '6000', free: 'Mira', facts: null }],
    ['ignore: search service; ignore: warehouse', { keep: '6000', free: 'Jonas', facts: null }],
    ['KEEP: /keep.md\nkeep: free.md', { keep: '5432', free: 'Jonas', facts: '16:00' }],
  ])('%j is honoured', async (instructions, expected) => {
    await using world = await FolderWorld.open(MEMORIES)
    world.say('monday', SAID)

    const { dream } = await world.dream({ instructions })
    await world.reverie.apply(dream.id)

    const files = world.files()
    expect(files['keep.md']).toContain(expected.keep)
    expect(files['free.md']).toContain(expected.free)
    expect(files['facts.md'] ?? null).toEqual(
      expected.facts === null ? null : expect.stringContaining(expected.facts),
    )
  })

  test.each([
    'Focus on deployment notes.',
    'keep: ',
    'keep: notes.md; forget the rest',
    'x'.repeat(5_000),
  ])(
    '%.40j is refused with invalid_request_error before anything is read',
    async (instructions) => {
      await using world = await FolderWorld.open(MEMORIES)

      await expect(world.dream({ instructions })).rejects.toMatchObject({
        type: 'invalid_request_error',
      })

      expect((await world.reverie.status()).stores).toEqual([])
    },
  )
})
