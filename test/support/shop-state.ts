import { chmodSync, cpSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { basename, join } from 'node:path'
import { createReverie, type Reverie } from '../../src/reverie.ts'

const START_MS = Date.parse('2026-11-20T03:00:00.000Z')
const SHOP = new URL('../../examples/shop/', import.meta.url).pathname

/** Sessions stay as they are: a file that is copied is another one to the marks of imports. */
const NAMES = ['home', 'memory']

function copyAnew(from: string, to: string): void {
  rmSync(to, { recursive: true, force: true })
  cpSync(from, to, { recursive: true })
  if (basename(to) !== 'home') return
  for (const folder of [to, join(to, 'journal')]) chmodSync(folder, 0o700)
}

/** A state folder in which everything happened once: dreams over the shop, applied and reverted, a store. */
export class ShopState implements Disposable {
  readonly base: string = mkdtempSync(join(tmpdir(), 'reverie-shop-'))
  readonly home: string = join(this.base, 'home')
  readonly memory: string = join(this.base, 'memory')
  readonly sessions: string = join(this.base, 'sessions')
  nowMs: number = START_MS
  /** The dream that is applied; one before it was reverted. */
  appliedId = ''

  static async made(): Promise<ShopState> {
    const state = new ShopState()
    for (const name of ['memory', 'sessions']) {
      cpSync(join(SHOP, name), join(state.base, name), { recursive: true })
    }
    await state.dreamAndApply()
    for (const name of NAMES) copyAnew(join(state.base, name), join(state.base, 'saved', name))
    return state
  }

  /** As it was when it was made. */
  reset(): void {
    for (const name of NAMES) copyAnew(join(this.base, 'saved', name), join(this.base, name))
    this.nowMs = START_MS
  }

  async dreamAndApply(): Promise<void> {
    await using reverie = await this.open()
    const first = await this.dream(reverie)
    await reverie.apply(first.dream.id)
    await reverie.revert(first.dream.id)
    const again = await this.dream(reverie)
    await reverie.apply(again.dream.id)
    await reverie.stores.create('scratch')
    this.appliedId = again.dream.id
  }

  async open(env: Readonly<Record<string, string>> = {}): Promise<Reverie & AsyncDisposable> {
    const reverie = await createReverie({
      home: this.home,
      env,
      now: () => new Date(this.nowMs),
    })
    return { ...reverie, [Symbol.asyncDispose]: () => reverie.close() }
  }

  dream(reverie: Reverie, sessions: string = this.sessions): ReturnType<Reverie['dream']> {
    return reverie.dream({ memory: this.memory, sessions: [sessions] })
  }

  get database(): string {
    return join(this.home, 'reverie.db')
  }

  [Symbol.dispose](): void {
    rmSync(this.base, { recursive: true, force: true })
  }
}
