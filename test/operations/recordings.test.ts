import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import type { Model, ModelRequest } from '../../src/models/model.ts'
import {
  createReverie,
  type DreamOutcome,
  type Recording,
  type Reverie,
} from '../../src/reverie.ts'
import { scriptedModel } from '../../src/testing/scripted-model.ts'
import { countedIds } from '../support/dream-world.ts'
import { FolderWorld } from '../support/folder-world.ts'
import { MIRA_CLAIM } from '../support/mira-claim.ts'

const NOTES = [
  '- The owner of the search service is Jonas.',
  '- Jonas looks after the search service and its index.',
  '- The nightly backup of the ledger runs at two.',
  '- Backups of the ledger are made each night at two.',
]
const NEWS = 'The search service moved over to Mira last week.'
const TUESDAY = 'Ines looks after the backups of the ledger now.'

/** Pairs of a question about pairs, by the frame of their lines. */
function pairsIn({ data }: ModelRequest): readonly number[] {
  return [...data.matchAll(/⟨(\d+)\|A\|/g)].map((match) => Number(match[1]))
}

function answerTo(request: ModelRequest): string {
  switch (request.name.replace(/-\d+$/, '')) {
    case 'extract':
      return JSON.stringify({ claims: request.data.includes(NEWS) ? [MIRA_CLAIM] : [] })
    case 'changes':
      return JSON.stringify({ changes: [] })
    case 'probes':
      return JSON.stringify({ probes: [] })
    case 'relate':
      return JSON.stringify({
        pairs: pairsIn(request).map((pair) => ({
          pair,
          missingInA: [],
          missingInB: [],
          slotSame: false,
          bothCanHold: true,
          reason: 'other matters',
          rel: 'related',
        })),
      })
    default:
      return '{}'
  }
}

interface Asked {
  readonly models: { readonly small: Model; readonly large: Model }
  readonly names: string[]
}

function asked(id = 'api/big', answer = answerTo): Asked {
  const names: string[] = []
  const { answer: give } = scriptedModel((request) => {
    names.push(request.name)
    return answer(request)
  }, id)
  const model: Model = { id, host: 'localhost:1', answer: give }
  return { models: { small: model, large: model }, names }
}

const NOW = (): Date => new Date('2026-11-20T03:00:00Z')

class Place implements AsyncDisposable {
  readonly world: FolderWorld
  readonly answers: string

  constructor(world: FolderWorld) {
    this.world = world
    this.answers = join(world.base, 'answers')
  }

  static async open(): Promise<Place> {
    const world = await FolderWorld.open({ 'notes.md': `# Notes\n\n${NOTES.join('\n')}\n` })
    world.say('monday', [NEWS, 'The search service belongs to Mira now.'])
    return new Place(world)
  }

  /** The facade over a state folder of this name, always with the same ids and clock. */
  async at<T>(
    home: string,
    models: Asked['models'] | null,
    use: (reverie: Reverie) => Promise<T>,
  ): Promise<T> {
    const reverie = await createReverie({
      home: join(this.world.base, home),
      env: {},
      now: NOW,
      newId: countedIds(),
      ...(models === null ? {} : { models }),
    })
    try {
      return await use(reverie)
    } finally {
      await reverie.close()
    }
  }

  dream(
    reverie: Reverie,
    more: Partial<Parameters<Reverie['dream']>[0]> = {},
  ): Promise<DreamOutcome> {
    const { memory, sessions } = this.world
    return reverie.dream({ memory, sessions: [sessions], ...more })
  }

  async exported(model: Asked = asked()): Promise<{ outcome: DreamOutcome; recording: Recording }> {
    return this.at('first', model.models, async (reverie) => {
      const outcome = await this.dream(reverie)
      return {
        outcome,
        recording: await reverie.recordings.export(outcome.dream.id, this.answers),
      }
    })
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.world[Symbol.asyncDispose]()
  }
}

const digestOf = ({ dream }: DreamOutcome): string | undefined => dream.plan?.digest
const callsOf = ({ dream }: DreamOutcome): number =>
  (dream.plan?.report.usage.stages ?? []).reduce((sum, { calls }) => sum + calls, 0)

describe('a recording', () => {
  it('taken over into an empty state folder makes the same plan and asks nothing', async () => {
    await using place = await Place.open()
    const first = asked()
    const { outcome, recording } = await place.exported(first)
    rmSync(join(place.world.base, 'first'), { recursive: true })
    const second = asked()
    const again = await place.at('first', second.models, async (reverie) => {
      const imported = await reverie.recordings.import(place.answers)
      return { imported, outcome: await place.dream(reverie) }
    })

    expect(first.names.map((name) => name.replace(/-\d+$/, ''))).toEqual(
      expect.arrayContaining(['extract', 'relate']),
    )
    expect(recording.parts).toMatchObject([{ model: 'api/big', answers: first.names.length }])
    expect(recording.warnings).toEqual([])
    expect(again.imported.parts).toMatchObject([{ answers: first.names.length, known: 0 }])
    expect(second.names).toEqual([])
    expect(callsOf(again.outcome)).toBe(0)
    expect(digestOf(again.outcome)).toBe(digestOf(outcome))
  })

  it('is a cassette: it answers alone', async () => {
    await using place = await Place.open()
    const { outcome } = await place.exported()
    const replayed = await place.at('elsewhere', null, (reverie) =>
      place.dream(reverie, { model: `cassette:${place.answers}` }),
    )

    expect(replayed.dream.snapshot.thinking?.large).toBe('api/big')
    expect(replayed.changes).toEqual(outcome.changes)
  })

  it('does nothing for a dream by another model', async () => {
    await using place = await Place.open()
    await place.exported()
    const other = asked('api/other')
    await place.at('elsewhere', other.models, async (reverie) => {
      await reverie.recordings.import(place.answers)
      await place.dream(reverie)
    })

    expect(other.names).not.toEqual([])
  })

  it('holds answers and verdicts that were known from an earlier dream too', async () => {
    await using place = await Place.open()
    const model = asked()
    const second = await place.at('first', model.models, async (reverie) => {
      await place.dream(reverie)
      place.world.say('tuesday', [TUESDAY])
      model.names.splice(0)
      return place.dream(reverie, { cassette: place.answers })
    })
    const { names } = model
    const replayed = await place.at('elsewhere', null, (reverie) =>
      place.dream(reverie, { model: `cassette:${place.answers}` }),
    )
    const kept = readdirSync(place.answers)

    expect(kept.some((name) => name.startsWith('verdict-'))).toBe(true)
    expect(kept.length).toBeGreaterThan(names.length + 1)
    expect(second.warnings).toEqual([])
    expect(replayed.changes).toEqual(second.changes)
  })

  it('says so where verdicts of earlier dreams have no place among other answers', async () => {
    await using place = await Place.open()
    const warnings = await place.at('first', asked().models, async (reverie) => {
      await place.dream(reverie, { cassette: place.answers })
      place.world.say('tuesday', [TUESDAY])
      return (await place.dream(reverie, { cassette: place.answers })).warnings
    })

    expect(warnings).toEqual([expect.stringContaining('not whole by itself')])
    expect(readdirSync(place.answers).some((name) => name.startsWith('verdict-'))).toBe(false)
  })

  it('of answers from a cassette says of itself who answered at first', async () => {
    await using place = await Place.open()
    await place.exported()
    const manifest = join(place.answers, 'cassette.json')
    const told = { ...JSON.parse(readFileSync(manifest, 'utf8')), made: 'file relay' }
    writeFileSync(manifest, JSON.stringify(told))
    const copy = join(place.world.base, 'copy')
    await place.at('elsewhere', asked().models, async (reverie) => {
      await reverie.recordings.import(place.answers)
      const { dream } = await place.dream(reverie)
      await reverie.recordings.export(dream.id, copy)
    })

    expect(JSON.parse(readFileSync(join(copy, 'cassette.json'), 'utf8'))).toMatchObject({
      made: 'file relay',
    })
  })
})

describe('an export is refused', () => {
  it('for a dream by rules alone', async () => {
    await using place = await Place.open()
    const end = place.at('first', null, async (reverie) => {
      const { dream } = await place.dream(reverie)
      await reverie.recordings.export(dream.id, place.answers)
    })

    await expect(end).rejects.toMatchObject({ type: 'invalid_request_error' })
    expect(existsSync(place.answers)).toBe(false)
  })

  it('into the cassette of another model, which stays as it is', async () => {
    await using place = await Place.open()
    await place.exported()
    const before = readdirSync(place.answers)
    const end = place.at('second', asked('api/other').models, async (reverie) => {
      const { dream } = await place.dream(reverie)
      await reverie.recordings.export(dream.id, place.answers)
    })

    await expect(end).rejects.toMatchObject({ type: 'conflict_error' })
    expect(readdirSync(place.answers)).toEqual(before)
  })
})

describe('an import', () => {
  const nameOf = (letter: string): string => `${letter.repeat(64)}.json`
  const broken: readonly (readonly [string, (folder: string) => void, string])[] = [
    ['no cassette', (folder) => rmSync(join(folder, 'cassette.json')), 'not_found_error'],
    [
      'a foreign format',
      (folder) => writeFileSync(join(folder, 'cassette.json'), '{"format":"other/1"}'),
      'invalid_request_error',
    ],
    [
      'a manifest that is too large',
      (folder) => writeFileSync(join(folder, 'cassette.json'), ' '.repeat(70_000)),
      'request_too_large',
    ],
    [
      'an answer that is none',
      (folder) => writeFileSync(join(folder, nameOf('a')), '{"text":1}'),
      'invalid_request_error',
    ],
    [
      'a verdict that is none',
      (folder) => {
        const verdict = { request: 'relate-1', verdict: { rel: 'delete it' } }
        writeFileSync(join(folder, `verdict-${nameOf('b')}`), JSON.stringify(verdict))
      },
      'invalid_request_error',
    ],
    [
      'a link in place of an answer',
      (folder) => symlinkSync(join(folder, 'cassette.json'), join(folder, nameOf('c'))),
      'invalid_request_error',
    ],
    [
      'a folder in place of an answer',
      (folder) => mkdirSync(join(folder, nameOf('d'))),
      'invalid_request_error',
    ],
  ]

  it.each(broken)('is refused with %s, and nothing of it is kept', async (_what, spoil, type) => {
    await using place = await Place.open()
    await place.exported()
    spoil(place.answers)
    const model = asked()
    await place.at('elsewhere', model.models, async (reverie) => {
      await expect(reverie.recordings.import(place.answers)).rejects.toMatchObject({ type })
      await place.dream(reverie)
    })

    expect(model.names).not.toEqual([])
  })

  it('looks at no file of another name', async () => {
    await using place = await Place.open()
    const { recording } = await place.exported()
    writeFileSync(join(place.answers, '..json'), 'not ours')
    writeFileSync(join(place.answers, `${'A'.repeat(64)}.json`), 'not ours')
    writeFileSync(join(place.answers, 'notes.txt'), 'not ours')
    const imported = await place.at('elsewhere', null, (reverie) =>
      reverie.recordings.import(place.answers),
    )

    expect(imported.parts[0]?.answers).toBe(recording.parts[0]?.answers)
  })
})
