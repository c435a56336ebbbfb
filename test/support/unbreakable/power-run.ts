import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { ActedWorld } from './acted-world.ts'
import { ActorPool, type ActorSource } from './actor-process.ts'
import { LoopDisk } from './loop-disk.ts'
import type { Mutant } from './mutants.ts'
import type { Act } from './note.ts'
import { standsStill } from './stands-still.ts'

/** Longer than the acts of one round take on a machine at rest, in ms. */
const CUT_WITHIN_MS = 600
const ROUND: readonly Act[] = ['put', 'import', 'dream', 'apply', 'revert']
const CUTS_PER_DISK = 50
const DISK_MEGABYTES = 96

/** What was cut and what was found. */
export interface PowerTally {
  cuts: number
  acknowledged: number
  readonly problems: string[]
}

/**
 * Cuts the power under processes that put, import, dream, apply and revert without a rest. Memory
 * folder and state folder are on one disk; each process goes on from what the cut has left.
 */
export class PowerRun implements AsyncDisposable {
  readonly tally: PowerTally = { cuts: 0, acknowledged: 0, problems: [] }
  readonly #transcripts = mkdtempSync(join(tmpdir(), 'reverie-power-'))
  readonly #random: () => number
  readonly #mutant: Mutant
  readonly #pool: ActorSource
  #disk: LoopDisk | null = null
  #world: ActedWorld | null = null
  #cutsOfDisk = 0
  #round = 0

  constructor(random: () => number, mutant: Mutant, pool: ActorSource = new ActorPool(1)) {
    this.#random = random
    this.#mutant = mutant
    this.#pool = pool
  }

  async cut(): Promise<void> {
    const { disk, world } = await this.#place()
    const acts = await this.#prepare(world)
    await using actor = await this.#pool.take()
    const many = { acts, rounds: 99, firstRound: this.#round, mutant: this.#mutant }
    actor.order(world.order(many))
    await actor.told('begins')
    await new Promise((resolve) => setTimeout(resolve, this.#random() * CUT_WITHIN_MS))
    actor.kill('SIGSTOP')
    await standsStill(actor)
    disk.copy()
    actor.kill()
    const { notes, err } = await actor.ended()
    if (err !== '') this.tally.problems.push(`ended by itself: ${err}`)
    disk.restart()
    world.hear(notes)
    const found = await world.problems()
    this.tally.cuts += 1
    this.tally.problems.push(...found)
    this.#cutsOfDisk = found.length > 0 ? CUTS_PER_DISK : this.#cutsOfDisk + 1
  }

  /** Each act is the first as often as the others: the power goes soon after. */
  async #prepare(world: ActedWorld): Promise<readonly Act[]> {
    this.#round += 100
    const first = Math.floor(this.#random() * ROUND.length)
    const act = ROUND[first]
    if (act === 'apply' && world.planStatus !== 'waiting') {
      if (world.planStatus === 'applied') await world.act(['revert'], this.#round)
      await world.act(['dream'], this.#round)
    }
    if (act === 'revert' && world.planStatus !== 'applied') {
      if (world.planStatus !== 'waiting') await world.act(['dream'], this.#round)
      await world.act(['apply'], this.#round)
    }
    return [...ROUND.slice(first), ...ROUND.slice(0, first)]
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#leave()
    await this.#pool[Symbol.asyncDispose]()
    rmSync(this.#transcripts, { recursive: true, force: true })
  }

  async #place(): Promise<{ readonly disk: LoopDisk; readonly world: ActedWorld }> {
    if (this.#disk !== null && this.#world !== null && this.#cutsOfDisk < CUTS_PER_DISK) {
      return { disk: this.#disk, world: this.#world }
    }
    this.#leave()
    const disk = new LoopDisk(DISK_MEGABYTES)
    this.#disk = disk
    const at = (name: string): string => join(disk.place, name)
    const places = { home: at('home'), memory: at('memory'), transcripts: this.#transcripts }
    const world = new ActedWorld(places)
    await world.begin()
    // The notes are a person's, and were there yesterday.
    disk.unmount()
    disk.mount()
    this.#world = world
    this.#cutsOfDisk = 0
    return { disk, world }
  }

  #leave(): void {
    this.tally.acknowledged += this.#world?.acknowledged ?? 0
    this.#disk?.[Symbol.dispose]()
    this.#disk = null
    this.#world = null
  }
}
