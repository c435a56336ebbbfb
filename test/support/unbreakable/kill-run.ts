import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { ActedWorld } from './acted-world.ts'
import { type Actor, ActorPool, type ActorSource } from './actor-process.ts'
import { traced, tracedCalls } from './tracing.ts'

/** What may end a process: a call of ours, the clock, or a call of the system. */
export type KillKind = 'write' | 'time' | 'syscall'

export const KILLED_ACTS = ['apply', 'recover', 'import', 'revert', 'dream'] as const

export type KilledAct = (typeof KILLED_ACTS)[number]

/** Every system call that changes a file or a name, or makes it durable. */
const SYSCALLS = 'write,pwrite64,fsync,fdatasync,rename,unlink,link,mkdir,ftruncate'
const KILLS_PER_WORLD = 40
const TRIES_MAX = 6
/** Calls or milliseconds, until an act that came to its end shows how much there is to hit. */
const FIRST_GUESS: Readonly<Record<KillKind, number>> = { write: 90, time: 50, syscall: 30 }

/** What was done and what was found. */
export interface KillTally {
  readonly kills: Record<string, number>
  readonly problems: string[]
  /** Processes that came to their end before the kill was due. */
  survived: number
  acknowledged: number
}

/** Kills processes at random points, each over what the one before has left. */
export class KillRun implements AsyncDisposable {
  readonly tally: KillTally = { kills: {}, problems: [], survived: 0, acknowledged: 0 }
  readonly #base = mkdtempSync(join(tmpdir(), 'reverie-kills-'))
  readonly #pool: ActorSource
  readonly #random: () => number
  /** How much of each kind an act has, as the last whole one showed. */
  readonly #most = new Map<string, number>()
  #world: ActedWorld
  #round = 0
  /** Kills in this world; the first begins one. */
  #inWorld = KILLS_PER_WORLD

  constructor(random: () => number, pool: ActorSource = new ActorPool(1)) {
    this.#random = random
    this.#pool = pool
    this.#world = this.#newWorld()
  }

  /** A process killed in an act, and what the next one finds; some come to their end before. */
  async kill(act: KilledAct, kind: KillKind): Promise<void> {
    if (this.#inWorld >= KILLS_PER_WORLD) await this.#beginWorld()
    for (let tries = 0; tries < TRIES_MAX; tries += 1) {
      await this.#prepare(act)
      const wasKilled = await this.#interrupt(act, kind)
      await this.#check(`${kind} in ${act}`)
      if (wasKilled) return
      this.tally.survived += 1
    }
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#pool[Symbol.asyncDispose]()
    rmSync(this.#base, { recursive: true, force: true })
  }

  #newWorld(): ActedWorld {
    const place = (name: string): string => join(this.#base, name)
    return new ActedWorld({
      home: place('home'),
      memory: place('memory'),
      transcripts: place('transcripts'),
    })
  }

  async #beginWorld(): Promise<void> {
    this.tally.acknowledged += this.#world.acknowledged
    this.#world = this.#newWorld()
    await this.#world.begin()
    this.#inWorld = 0
  }

  /** Brings the world to where the act begins. */
  async #prepare(act: KilledAct): Promise<void> {
    const world = this.#world
    this.#round += 1
    if (act === 'import') return
    if (act === 'dream') return world.act(['import'], this.#round)
    if (act === 'revert') {
      if (world.planStatus === 'waiting') return world.act(['apply'], this.#round)
      if (world.planStatus !== 'applied') {
        await world.act(['import', 'dream', 'apply'], this.#round)
      }
      return
    }
    if (world.planStatus === 'applied') await world.act(['revert'], this.#round)
    if (world.planStatus !== 'waiting') await world.act(['put', 'import', 'dream'], this.#round)
    // What there is to recover is a half-way apply.
    if (act === 'recover') await this.#interrupt('apply', 'write')
  }

  /** False when the process came to its end before. */
  async #interrupt(act: KilledAct, kind: KillKind): Promise<boolean> {
    await using actor = await this.#pool.take()
    const key = `${kind} ${act}`
    const most = this.#most.get(key) ?? FIRST_GUESS[kind]
    const point = 1 + Math.floor(this.#random() * most)
    const write =
      kind === 'write'
        ? ({ act, counted: 'writes', call: point, signal: 'SIGKILL' } as const)
        : null
    const startedMs = performance.now()
    const tracer =
      kind === 'syscall'
        ? await traced(actor, SYSCALLS, `signal=SIGKILL:when=${point}`, this.#tracePath)
        : null
    actor.order(this.#world.order({ acts: [act], firstRound: this.#round, kill: write }))
    if (kind === 'time') await killLater(actor, this.#random() * most)
    const tookMs = performance.now() - startedMs
    const { notes, signal, err } = await actor.ended()
    if (tracer !== null) await tracer.ended()
    this.#world.hear(notes)
    if (signal === 'SIGKILL') {
      this.#inWorld += 1
      const name = `${kind} in ${act}`
      this.tally.kills[name] = (this.tally.kills[name] ?? 0) + 1
      return true
    }
    const last = notes.at(-1)
    if (last?.kind !== 'ended') this.tally.problems.push(`${key} ended by itself: ${err}`)
    if (kind === 'write' && last?.kind === 'ended')
      this.#most.set(key, last.calls[act]?.writes ?? 1)
    if (kind === 'time') this.#most.set(key, tookMs)
    if (kind === 'syscall') this.#most.set(key, tracedCalls(this.#tracePath).length)
    return false
  }

  get #tracePath(): string {
    return join(this.#base, 'trace')
  }

  async #check(where: string): Promise<void> {
    const problems = await this.#world.problems()
    this.tally.problems.push(...problems.map((problem) => `${where}: ${problem}`))
    // What is wrong once is wrong in every later look.
    if (problems.length > 0) await this.#beginWorld()
  }
}

async function killLater(actor: Actor, ms: number): Promise<void> {
  await actor.told('begins')
  const timer = setTimeout(() => actor.kill(), ms)
  await actor.ended()
  clearTimeout(timer)
}
