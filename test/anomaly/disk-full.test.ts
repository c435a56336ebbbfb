import { readdirSync, rmSync, statfsSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { createReverie, type Reverie } from '../../src/reverie.ts'
import { ActedWorld } from '../support/unbreakable/acted-world.ts'
import { Acting, filesIn } from '../support/unbreakable/acts.ts'
import type { Act, Note } from '../support/unbreakable/note.ts'
import { SmallDisk, whyNoSmallDisk } from '../support/unbreakable/small-disk.ts'

const why = whyNoSmallDisk()
const isNoDisk = why !== null
const notHere = isNoDisk ? ` (not here: ${why})` : ''
const ACTS: readonly Act[] = ['put', 'import', 'dream', 'apply', 'revert']
/** How much room is left when the acts begin, in bytes. */
const ROOMS = [0, 12_288, 163_840, 327_680]

/** Fills the disk up to so many bytes. */
function fill(place: string, leave: number): void {
  const { bavail, bsize } = statfsSync(place)
  const bytes = Math.max(0, bavail * bsize - leave)
  writeFileSync(join(place, 'filling'), Buffer.alloc(bytes))
}

interface Tried {
  readonly notes: readonly Note[]
  readonly errors: readonly unknown[]
}

/** Every act, as far as there is room for it. */
async function tryAll(world: ActedWorld, reverie: Reverie, round: number): Promise<Tried> {
  const acting = new Acting(world.order({ acts: ACTS, firstRound: round }), reverie)
  const [notes, errors]: [Note[], unknown[]] = [[], []]
  for (const act of ACTS) {
    const move = await acting.moveOf(act).catch(() => null)
    if (move === null && (act === 'apply' || act === 'revert')) continue
    if (act === 'revert' && errors.length > 0) continue
    notes.push({ kind: 'begins', act, move })
    await acting.perform(act, round, move).then(
      (note) => notes.push(note),
      (error: unknown) => errors.push(error),
    )
  }
  return { notes, errors }
}

async function readAll(world: ActedWorld, reverie: Reverie): Promise<number> {
  const { stores } = await reverie.status()
  await reverie.log()
  await reverie.sessions.list()
  // A folder that waits for recovery is not read: it would be taken for a person's edit.
  const isWaiting = readdirSync(join(world.places.home, 'journal')).some((name) =>
    name.endsWith('.journal'),
  )
  if (!isWaiting) await reverie.memories.list(world.places.memory)
  return stores.length
}

describe.skipIf(isNoDisk)(`a full disk${notHere}`, () => {
  test('is told in the same words by every act, stops no reading, and is forgotten when there is room', async () => {
    using disk = new SmallDisk(4)
    const at = (name: string): string => join(disk.place, name)
    const places = { home: at('home'), memory: at('memory'), transcripts: disk.beside }
    const world = new ActedWorld(places)
    await world.begin()
    const living = await createReverie({ home: places.home, env: {} })
    let refused = 0
    for (const [n, room] of ROOMS.entries()) {
      fill(disk.place, room)
      const { notes, errors } = await tryAll(world, living, 100 * (n + 1))
      world.hear(notes)
      for (const error of errors) {
        refused += 1
        expect(error, `with ${room} bytes`).toMatchObject({
          type: 'api_error',
          message: expect.stringMatching(/^The disk that holds ".+" is full\.$/),
          next: 'Free some space, then type the command again: what was confirmed is kept.',
        })
      }
      expect(readdirSync(places.memory).filter((name) => name.startsWith('.'))).toEqual([])
      expect(await readAll(world, living), `reading with ${room} bytes`).toBe(2)

      rmSync(at('filling'))
      expect(await world.problems(), `after ${room} bytes`).toEqual([])
    }
    await living.close()
    expect(refused).toBeGreaterThan(ROOMS.length)

    fill(disk.place, 0)
    await world.open(async (reverie) => {
      expect(await readAll(world, reverie), 'a new command').toBe(2)
    })
    rmSync(at('filling'))

    const { errors } = await world.open((reverie) => tryAll(world, reverie, 1_000))
    expect(errors).toEqual([])
  })
})

describe.skipIf(isNoDisk)(`a read-only disk${notHere}`, () => {
  test('is told by apply, which leaves nothing behind and goes through once it may write', async () => {
    using disk = new SmallDisk(4)
    const at = (name: string): string => join(disk.beside, name)
    const memory = join(disk.place, 'memory')
    const world = new ActedWorld({ home: at('home'), memory, transcripts: at('transcripts') })
    await world.begin()
    await world.open(async (reverie) => {
      const acting = new Acting(world.order({ acts: ['dream', 'apply'], firstRound: 1 }), reverie)
      await acting.perform('dream', 1, null)
      const move = await acting.moveOf('apply')
      const before = filesIn(memory)
      disk.makeReadOnly()

      await expect(acting.perform('apply', 1, move)).rejects.toMatchObject({
        type: 'permission_error',
        message: expect.stringMatching(
          /^Cannot read or write "\/.+": the file system is read-only\.$/,
        ),
      })

      expect(filesIn(memory)).toEqual(before)
      const journals = readdirSync(at('home/journal')).filter((name) => name.endsWith('.journal'))
      expect(journals).toEqual([])
      disk.makeReadOnly(false)
      await acting.perform('apply', 1, move)
      expect(filesIn(memory)).not.toEqual(before)
    })
  })
})
