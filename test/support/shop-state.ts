import { cpSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createReverie, type Reverie } from '../../src/reverie.ts'

const SHOP = new URL('../../examples/shop/', import.meta.url).pathname

/** A state folder in which everything happened once: dreams over the shop, applied and reverted, a store. */
export class ShopState implements Disposable {
  readonly base: string = mkdtempSync(join(tmpdir(), 'reverie-shop-'))
  readonly home: string = join(this.base, 'home')
  readonly memory: string = join(this.base, 'memory')
  readonly sessions: string = join(this.base, 'sessions')
  nowMs: number = Date.parse('2026-11-20T03:00:00.000Z')

  static async made(): Promise<ShopState> {
    const state = new ShopState()
    for (const name of ['memory', 'sessions']) {
      cpSync(join(SHOP, name), join(state.base, name), { recursive: true })
    }
    await using reverie = await state.open()
    const first = await state.dream(reverie)
    await reverie.apply(first.dream.id)
    await reverie.revert(first.dream.id)
    const again = await state.dream(reverie)
    await reverie.apply(again.dream.id)
    await reverie.stores.create('scratch')
    await reverie.audit.list({ limit: 1 })
    return state
  }

  async open(): Promise<Reverie & AsyncDisposable> {
    const reverie = await createReverie({
      home: this.home,
      env: {},
      now: () => new Date(this.nowMs),
    })
    return { ...reverie, [Symbol.asyncDispose]: () => reverie.close() }
  }

  dream(reverie: Reverie): ReturnType<Reverie['dream']> {
    return reverie.dream({ memory: this.memory, sessions: [this.sessions] })
  }

  get database(): string {
    return join(this.home, 'reverie.db')
  }

  [Symbol.dispose](): void {
    rmSync(this.base, { recursive: true, force: true })
  }
}
