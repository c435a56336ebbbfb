import fs, { type promises } from 'node:fs'
import { syncBuiltinESMExports } from 'node:module'
import { DatabaseSync, StatementSync } from 'node:sqlite'
import { Readable } from 'node:stream'
import { InjectedFault } from '../../src/testing/faulty-storage.ts'

/** What calls go through: SQL, the file system, the clock, ids. */
export type Door = 'database' | 'files' | 'clock' | 'ids'

/** One call of an act, counted from 1 through all doors. */
export interface Call {
  readonly door: Door
  readonly name: string
}

/** How an act ended, and all its calls. */
export interface Ended {
  readonly calls: readonly Call[]
  readonly end: PromiseSettledResult<unknown>
}

const SQLITE_IOERR = 10

/** As the operating system and SQLite would say it. */
class DeviceFault extends InjectedFault {
  readonly code: string
  readonly syscall?: string
  readonly errcode?: number

  constructor({ door, name }: Call, n: number) {
    super(`Injected fault at call ${n} (${door}: ${name}).`)
    this.code = door === 'files' ? 'EIO' : 'ERR_SQLITE_ERROR'
    if (door === 'files') this.syscall = name
    if (door === 'database') this.errcode = SQLITE_IOERR
  }
}

/**
 * Every call of this process to SQLite, to the file system, to a clock and for ids, counted while an
 * act runs; the n-th fails as a broken device would fail it. There may be one at a time, since the
 * modules of Node.js themselves are changed until it is disposed of.
 */
export class CallFaults implements Disposable {
  readonly #restore: (() => void)[] = []
  #calls: Call[] | null = null
  #at = Number.POSITIVE_INFINITY
  #happening: () => void = () => undefined

  constructor() {
    for (const name of ['exec', 'prepare']) this.#counted(DatabaseSync.prototype, name, 'database')
    for (const name of ['run', 'get', 'all', 'iterate'])
      this.#counted(StatementSync.prototype, name, 'database')
    for (const name of SYNCHRONOUS) this.#counted(fs, name, 'files')
    for (const name of Object.keys(fs.promises)) {
      if (name !== 'open') this.#counted(fs.promises, name, 'files')
    }
    this.#opening()
    this.#streaming()
    this.#exists()
    syncBuiltinESMExports()
  }

  /** Runs an act of which the n-th call fails, and tells its calls; none fails by default. */
  during(act: () => Promise<unknown>, failAt: number = Number.POSITIVE_INFINITY): Promise<Ended> {
    return this.meanwhile(act, failAt, () => {
      const call = this.#calls?.at(-1)
      if (call !== undefined) throw new DeviceFault(call, failAt)
    })
  }

  /** The same with something that happens just before the n-th call. */
  async meanwhile(act: () => Promise<unknown>, at: number, happening: () => void): Promise<Ended> {
    const calls: Call[] = []
    this.#calls = calls
    this.#at = at
    this.#happening = happening
    const [end] = await Promise.allSettled([act()])
    this.#calls = null
    if (end === undefined) throw new Error('Nothing ran.')
    return { calls, end }
  }

  /** To be called ahead of what a clock or a source of ids gives. */
  step(door: Door, name: string): void {
    const calls = this.#calls
    calls?.push({ door, name })
    if (calls === null || calls.length !== this.#at) return
    // What happens now is no call of the act.
    const happening = this.#happening
    this.#happening = () => undefined
    happening()
  }

  #counted(owner: object, name: string, door: Door): void {
    const step = (): void => this.step(door, name)
    this.#replace(owner, name, (original) => {
      return function counted(this: unknown, ...args: readonly unknown[]) {
        step()
        return Reflect.apply(original, this, args)
      }
    })
  }

  #opening(): void {
    this.#replace(fs.promises, 'open', (original) => async (...args: readonly unknown[]) => {
      this.step('files', 'open')
      const handle: promises.FileHandle = await Reflect.apply(original, fs.promises, args)
      for (const name of OF_HANDLES) {
        const method: Original = Reflect.get(handle, name)
        Reflect.set(handle, name, async (...values: readonly unknown[]) => {
          try {
            this.step('files', name)
          } catch (error) {
            await this.#leave(name, values, method.bind(handle))
            throw error
          }
          return Reflect.apply(method, handle, values)
        })
      }
      return handle
    })
  }

  /** What a device has done of a call that it fails: half of a write, all of a close. */
  async #leave(
    name: string,
    [bytes]: readonly unknown[],
    method: (...values: readonly unknown[]) => Promise<unknown>,
  ): Promise<void> {
    if (name === 'close') await method()
    if (name === 'writeFile' && bytes instanceof Uint8Array) {
      await method(bytes.subarray(0, bytes.length / 2))
    }
  }

  /** A file that is read as a stream can fail when it is opened and after each part. */
  #streaming(): void {
    const step = (name: string): void => this.step('files', name)
    this.#replace(fs, 'createReadStream', (original) => (...args: readonly unknown[]) => {
      if (this.#calls === null) return Reflect.apply(original, fs, args)
      return Readable.from(
        (async function* () {
          step('open')
          for await (const part of Reflect.apply(original, fs, args)) {
            yield part
            step('read')
          }
        })(),
        { objectMode: false },
      )
    })
  }

  /** It never throws: where the device fails there is nothing. */
  #exists(): void {
    this.#replace(fs, 'existsSync', (original) => (...args: readonly unknown[]) => {
      try {
        this.step('files', 'existsSync')
      } catch (error) {
        if (error instanceof InjectedFault) return false
        throw error
      }
      return Reflect.apply(original, fs, args)
    })
  }

  #replace(owner: object, name: string, by: (original: Original) => Original): void {
    const original: unknown = Reflect.get(owner, name)
    if (typeof original !== 'function') return
    Reflect.set(owner, name, by(original as Original))
    this.#restore.push(() => Reflect.set(owner, name, original))
  }

  [Symbol.dispose](): void {
    for (const restore of this.#restore) restore()
    syncBuiltinESMExports()
  }
}

// biome-ignore lint/suspicious/noExplicitAny: any function of Node.js
type Original = (...args: any[]) => any

const SYNCHRONOUS = [
  'chmodSync',
  'closeSync',
  'fsyncSync',
  'lstatSync',
  'mkdirSync',
  'openSync',
  'opendirSync',
  'readFileSync',
  'readSync',
  'readdirSync',
  'realpathSync',
  'renameSync',
  'rmSync',
  'statSync',
  'unlinkSync',
  'writeFileSync',
  'writeSync',
] as const

const OF_HANDLES = [
  'stat',
  'read',
  'readFile',
  'write',
  'writeFile',
  'chmod',
  'sync',
  'close',
] as const
