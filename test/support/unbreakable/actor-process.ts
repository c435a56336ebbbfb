import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import type { Readable } from 'node:stream'
import type { Act, Note, Order } from './note.ts'

/** A bundle of it starts in a fraction of the time, which counts where thousands are started. */
const ACTOR: string = process.env.REVERIE_ACTOR ?? join(import.meta.dirname, 'actor.ts')

/** How a process ended, with all that it told. */
export interface Ended {
  readonly notes: readonly Note[]
  readonly code: number | null
  readonly signal: string | null
  readonly err: string
}

/** A process that is loaded and waits for its order. */
export interface Actor extends AsyncDisposable {
  readonly pid: number
  readonly notes: readonly Note[]
  /** Resolves when it has told a note of that kind, or has ended. */
  told(kind: Note['kind'], act?: Act): Promise<void>
  order(order: Order): void
  kill(signal?: 'SIGKILL' | 'SIGSTOP' | 'SIGCONT'): void
  ended(): Promise<Ended>
}

/** Where processes come from. */
export interface ActorSource extends AsyncDisposable {
  take(): Promise<Actor>
}

export class ActorProcess implements Actor {
  readonly child: ChildProcess
  readonly notes: Note[] = []
  readonly #listeners: ((note: Note) => void)[] = []
  readonly #closed: Promise<unknown>
  #rest = ''
  #err = ''

  constructor(command: readonly string[] = []) {
    const [program = process.execPath, ...args] = [
      ...command,
      process.execPath,
      '--no-warnings',
      ACTOR,
    ]
    const { PATH, NODE_COMPILE_CACHE } = process.env
    const env = {
      PATH,
      HOME: '/nonexistent',
      UV_THREADPOOL_SIZE: '1',
      ...(NODE_COMPILE_CACHE ? { NODE_COMPILE_CACHE } : {}),
    }
    this.child = spawn(program, args, { env, stdio: ['pipe', 'ignore', 'pipe', 'pipe'] })
    this.#closed = once(this.child, 'close')
    const told = this.child.stdio[NOTES] as Readable
    told.setEncoding('utf8').on('data', (text: string) => this.#read(text))
    this.child.stderr?.setEncoding('utf8').on('data', (text: string) => {
      this.#err += text
    })
    // A process that is killed while it is ordered: how it ended says so.
    this.child.stdin?.on('error', () => undefined)
  }

  get pid(): number {
    return this.child.pid ?? 0
  }

  async told(kind: Note['kind'], act?: Act): Promise<void> {
    const isIt = (note: Note): boolean =>
      note.kind === kind && (act === undefined || ('act' in note && note.act === act))
    if (this.notes.some(isIt)) return
    const { promise, resolve } = Promise.withResolvers<void>()
    this.#listeners.push((note) => {
      if (isIt(note)) resolve()
    })
    await Promise.race([promise, this.#closed])
  }

  order(order: Order): void {
    this.child.stdin?.end(JSON.stringify(order))
  }

  kill(signal: 'SIGKILL' | 'SIGSTOP' | 'SIGCONT' = 'SIGKILL'): void {
    this.child.kill(signal)
  }

  async ended(): Promise<Ended> {
    await this.#closed
    const { exitCode: code, signalCode: signal } = this.child
    return { notes: this.notes, code, signal, err: this.#err }
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.kill()
    await this.#closed
  }

  #read(text: string): void {
    const lines = (this.#rest + text).split('\n')
    this.#rest = lines.pop() ?? ''
    for (const line of lines) {
      const note: Note = JSON.parse(line)
      this.notes.push(note)
      for (const listener of this.#listeners) listener(note)
    }
  }
}

const NOTES = 3

/** Processes that load while others work. */
export class ActorPool implements ActorSource {
  readonly #waiting: ActorProcess[] = []
  readonly #size: number

  constructor(size: number) {
    this.#size = size
  }

  async take(): Promise<ActorProcess> {
    while (this.#waiting.length < this.#size + 1) this.#waiting.push(new ActorProcess())
    const actor = this.#waiting.shift() ?? new ActorProcess()
    await actor.told('ready')
    return actor
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await Promise.all(this.#waiting.map((actor) => actor[Symbol.asyncDispose]()))
  }
}
