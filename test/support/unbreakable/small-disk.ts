import { spawnSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

/** A disk in memory that is soon full. Needs root. */
export class SmallDisk implements Disposable {
  readonly place: string
  /** A folder that is not on it. */
  readonly beside: string
  readonly #base = mkdtempSync(join(tmpdir(), 'reverie-small-disk-'))

  constructor(megabytes: number) {
    this.place = join(this.#base, 'place')
    this.beside = join(this.#base, 'beside')
    for (const folder of [this.place, this.beside]) mkdirSync(folder)
    mount(['-t', 'tmpfs', '-o', `size=${megabytes}m`, 'tmpfs', this.place])
  }

  makeReadOnly(isReadOnly = true): void {
    mount(['-o', `remount,${isReadOnly ? 'ro' : 'rw'}`, this.place])
  }

  [Symbol.dispose](): void {
    spawnSync('umount', ['--lazy', this.place])
    rmSync(this.#base, { recursive: true, force: true })
  }
}

/** Null = this machine can mount one; else why it cannot. */
export function whyNoSmallDisk(): string | null {
  if (process.getuid?.() !== 0) return 'only root may mount'
  try {
    using disk = new SmallDisk(1)
    return disk.place === '' ? 'no place' : null
  } catch (error) {
    return error instanceof Error ? error.message : String(error)
  }
}

function mount(args: readonly string[]): void {
  const { status, stderr, error } = spawnSync('mount', args, { encoding: 'utf8' })
  if (status !== 0) throw new Error(`mount: ${error?.message ?? stderr}`)
}
