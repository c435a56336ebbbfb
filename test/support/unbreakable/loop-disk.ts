import { spawnSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, renameSync, rmSync, truncateSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

/**
 * A disk in a file, mounted at a place. What a process has written but not flushed is not in the file
 * yet: a copy of it is the disk as it would be after a loss of power. Needs root and loop devices.
 */
export class LoopDisk implements Disposable {
  readonly place: string
  readonly #base: string
  readonly #image: string
  #isMounted = false

  constructor(megabytes: number) {
    this.#base = mkdtempSync(join(tmpdir(), 'reverie-disk-'))
    this.place = join(this.#base, 'place')
    this.#image = join(this.#base, 'disk.img')
    mkdirSync(this.place)
    writeFileSync(this.#image, '')
    truncateSync(this.#image, megabytes * 1_048_576)
    // All of it at once, or the kernel goes on writing by itself.
    run('mkfs.ext4', ['-q', '-F', '-E', 'lazy_itable_init=0,lazy_journal_init=0', this.#image])
    this.mount()
  }

  mount(): void {
    // Without its favour to programs that rename before they flush.
    run('mount', ['-o', 'loop,noauto_da_alloc', this.#image, this.place])
    this.#isMounted = true
  }

  unmount(): void {
    if (!this.#isMounted) return
    run('umount', [this.place])
    this.#isMounted = false
  }

  /** The disk as it is now; whoever writes to it has to stand still. */
  copy(): void {
    for (let tries = 0; tries < COPIES_MAX; tries += 1) {
      run('cp', ['--sparse=always', this.#image, this.#cut])
      // A copy during which the kernel wrote something is no moment in time.
      if (spawnSync('cmp', ['-s', this.#image, this.#cut]).status === 0) return
    }
    throw new Error('The disk does not stand still.')
  }

  /** Puts the copy in the disk's place, as after the power is back. */
  restart(): void {
    this.unmount()
    renameSync(this.#cut, this.#image)
    this.mount()
  }

  get #cut(): string {
    return join(this.#base, 'cut.img')
  }

  [Symbol.dispose](): void {
    this.unmount()
    rmSync(this.#base, { recursive: true, force: true })
  }
}

const COPIES_MAX = 20

/** Null = this machine can mount a disk; else why it cannot. */
export function whyNoDisk(): string | null {
  if (process.getuid?.() !== 0) return 'only root may mount'
  try {
    using disk = new LoopDisk(8)
    return disk.place === '' ? 'no place' : null
  } catch (error) {
    return error instanceof Error ? error.message : String(error)
  }
}

function run(command: string, args: readonly string[]): void {
  const { status, stderr, error } = spawnSync(command, args, { encoding: 'utf8' })
  if (status !== 0) throw new Error(`${command}: ${error?.message ?? stderr}`)
}
