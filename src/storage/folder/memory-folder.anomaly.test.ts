import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { LIMITS } from '../../config.ts'
import { sha256 } from '../../core/ids.ts'
import type { FileWrite } from '../memory-folder.ts'
import { FILE_OPERATIONS, type FileOperations } from './file-operations.ts'
import { openMemoryFolder } from './memory-folder.ts'

const OLD: Readonly<Record<string, string>> = { 'a.md': 'old a', 'b.md': 'old b', 'c.md': 'old c' }
const NEW: Readonly<Record<string, string>> = {
  'a.md': 'new a',
  'b.md': 'new b',
  'x/d.md': 'new d',
}
const WRITES: readonly FileWrite[] = [
  { path: '/a.md', expectedSha256: sha256('old a'), content: 'new a' },
  { path: '/c.md', expectedSha256: sha256('old c'), content: null },
  { path: '/x/d.md', expectedSha256: null, content: 'new d' },
  { path: '/b.md', expectedSha256: sha256('old b'), content: 'new b' },
]
const STEPS_MAX = 200

let base: string

beforeEach(async () => {
  base = await mkdtemp(join(tmpdir(), 'folder-anomaly-'))
})

afterEach(() => rm(base, { recursive: true }))

/** A fresh folder in its old state, with its own state folder. */
async function world(name: string): Promise<{ root: string; stateDir: string }> {
  const root = join(base, name, 'memory')
  await mkdir(root, { recursive: true })
  for (const [path, content] of Object.entries(OLD)) await writeFile(join(root, path), content)
  return { root, stateDir: join(base, name, 'state') }
}

/** What stands in the folder, temporary files included; empty folders left out. */
async function filesIn(root: string): Promise<Readonly<Record<string, string>>> {
  const entries = await readdir(root, { recursive: true, withFileTypes: true })
  const files = entries
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
  const texts = files.map(
    async (file) => [file.slice(root.length + 1), await readFile(file, 'utf8')] as const,
  )
  return Object.fromEntries((await Promise.all(texts)).toSorted())
}

type Failure = 'error' | 'device' | 'crash'

function failedDisk(kind: Failure): Error {
  return Object.assign(new Error('the disk failed'), kind === 'device' ? { code: 'EIO' } : {})
}

/**
 * Fails the nth step: once (`error`; `device`: as a broken one would say it), or it and all after it (`crash`), and then a file that was
 * being written is left half written. `counted` are the steps that count before it.
 */
function faulty(
  failing: number,
  kind: Failure,
  counted: 'all' | 'renames' = 'all',
): FileOperations & { steps(): number } {
  let steps = 0
  const isDue = (isCounted = counted === 'all'): boolean => {
    if (isCounted) steps += 1
    return kind === 'crash' ? steps >= failing : isCounted && steps === failing
  }
  const step = <A extends readonly unknown[], R>(work: (...args: A) => Promise<R>) => {
    return async (...args: A): Promise<R> => {
      if (isDue()) throw failedDisk(kind)
      return work(...args)
    }
  }
  const real = FILE_OPERATIONS
  return {
    steps: () => steps,
    readFile: step(real.readFile),
    createFile: async (path, bytes, mode) => {
      if (!isDue()) return real.createFile(path, bytes, mode)
      if (steps === failing && counted === 'all')
        await writeFile(path, bytes.subarray(0, bytes.length / 2))
      throw failedDisk(kind)
    },
    rename: async (from, to) => {
      if (isDue(true)) throw failedDisk(kind)
      return real.rename(from, to)
    },
    replaceFile: async (from, to, expected) => {
      if (isDue(true)) throw failedDisk(kind)
      return real.replaceFile(from, to, expected)
    },
    removeFile: step(real.removeFile),
    createFolder: step(real.createFolder),
    listFolder: step(real.listFolder),
    holdFolder: step(async (path) => {
      const held = await real.holdFolder(path)
      return held === null ? null : { ...held, sync: step(held.sync) }
    }),
  }
}

/** What a batch left in the state folder, besides its lock. */
async function leftIn(stateDir: string): Promise<readonly string[]> {
  return (await readdir(stateDir)).filter((name) => !name.endsWith('.writer'))
}

type Landed = 'old' | 'new' | 'mixed'

async function landed(root: string): Promise<Landed> {
  const files = JSON.stringify(await filesIn(root))
  if (files === JSON.stringify(OLD)) return 'old'
  return files === JSON.stringify(NEW) ? 'new' : 'mixed'
}

describe('a write that fails at its nth step', () => {
  it.each(['error', 'device', 'crash'] as const)(
    'is old or new after recovery (%s)',
    async (kind) => {
      const outcomes = new Set<Landed>()
      let hasEnded = false
      for (let n = 1; n <= STEPS_MAX && !hasEnded; n += 1) {
        const { root, stateDir } = await world(`${kind}-${n}`)
        const files = faulty(n, kind)
        let recorded = 0
        const record = async (): Promise<void> => {
          recorded += 1
        }
        const broken = openMemoryFolder({ root, stateDir, limits: LIMITS, files })
        const error: unknown = await broken
          .write('batch', WRITES, record)
          .catch((reason: unknown) => reason)
        hasEnded = files.steps() < n

        await openMemoryFolder({ root, stateDir, limits: LIMITS }).recover(record)

        const state = await landed(root)
        outcomes.add(state)
        expect([n, state, recorded > 0]).toEqual([
          n,
          state === 'mixed' ? 'whole' : state,
          state === 'new',
        ])
        expect([n, error === undefined]).toEqual([n, hasEnded])
        expect([n, await leftIn(stateDir)]).toEqual([n, []])
      }
      expect(hasEnded).toBe(true)
      expect([...outcomes].sort()).toEqual(['new', 'old'])
    },
  )

  it.each(['error', 'device'] as const)(
    'is old at once, without recovery, when the disk works again (%s)',
    async (kind) => {
      const { root, stateDir } = await world(`undo-${kind}`)
      const files = faulty(4, kind, 'renames')
      const broken = openMemoryFolder({ root, stateDir, limits: LIMITS, files })

      await expect(broken.write('batch', WRITES, () => Promise.resolve())).rejects.toThrow(
        'disk failed',
      )

      expect(await landed(root)).toBe('old')
      expect(await leftIn(stateDir)).toEqual([])
    },
  )

  it('stays new, with its journal, when nobody knows whether its rows are there', async () => {
    const { root, stateDir } = await world('unconfirmed')
    const folder = openMemoryFolder({ root, stateDir, limits: LIMITS })
    const commit = (): Promise<never> => Promise.reject(failedDisk('device'))

    await expect(folder.write('batch', WRITES, commit)).rejects.toThrow('disk failed')

    expect(await landed(root)).toBe('new')
    expect(await leftIn(stateDir)).toHaveLength(1)
  })
})

/** Crashes when two files are new and two are old: the journal's rename is the first. */
const halfWay = (): FileOperations => faulty(4, 'crash', 'renames')

describe('a recovery that crashes at its nth step', () => {
  it('is old or new after the next one', async () => {
    let hasEnded = false
    for (let n = 1; n <= STEPS_MAX && !hasEnded; n += 2) {
      const { root, stateDir } = await world(`twice-${n}`)
      const nothing = (): Promise<void> => Promise.resolve()
      const first = openMemoryFolder({
        root,
        stateDir,
        limits: LIMITS,
        files: halfWay(),
      })
      await expect(first.write('batch', WRITES, nothing)).rejects.toThrow()
      const files = faulty(n, 'crash')
      const second = openMemoryFolder({ root, stateDir, limits: LIMITS, files })
      await second.recover(nothing).catch((reason: unknown) => reason)
      hasEnded = files.steps() < n

      await openMemoryFolder({ root, stateDir, limits: LIMITS }).recover(nothing)

      expect([n, ['old', 'new'].includes(await landed(root))]).toEqual([n, true])
    }
    expect(hasEnded).toBe(true)
  })
})

/** Crashes when the rows are written and the journal is about to go. */
function atJournalEnd(): FileOperations {
  const { removeFile } = FILE_OPERATIONS
  let hasCrashed = false
  const crash = (): never => {
    hasCrashed = true
    throw new Error('the disk failed')
  }
  return {
    ...FILE_OPERATIONS,
    readFile: async (path) => (hasCrashed ? crash() : FILE_OPERATIONS.readFile(path)),
    removeFile: async (path) =>
      hasCrashed || path.endsWith('.journal') ? crash() : removeFile(path),
  }
}

describe('a file that somebody edits between crash and recovery', () => {
  it('is left as it is, told, and everything else is old', async () => {
    const { root, stateDir } = await world('edited')
    const broken = openMemoryFolder({ root, stateDir, limits: LIMITS, files: halfWay() })
    await expect(broken.write('batch', WRITES, () => Promise.resolve())).rejects.toThrow()
    await writeFile(join(root, 'b.md'), 'edited by hand')

    const recovery = await openMemoryFolder({ root, stateDir, limits: LIMITS }).recover(() =>
      Promise.reject(new Error('not finished')),
    )

    expect(recovery).toEqual({ batchId: 'batch', outcome: 'rolled-back', leftAlone: ['/b.md'] })
    expect(await filesIn(root)).toEqual({ ...OLD, 'b.md': 'edited by hand' })
  })

  it('is theirs where the rows of the batch had been written: nothing is taken back', async () => {
    const { root, stateDir } = await world('landed')
    const nothing = (): Promise<void> => Promise.resolve()
    const broken = openMemoryFolder({ root, stateDir, limits: LIMITS, files: atJournalEnd() })
    await expect(broken.write('batch', WRITES, nothing)).rejects.toThrow('disk failed')
    await writeFile(join(root, 'b.md'), 'edited by hand')

    const recovery = await openMemoryFolder({ root, stateDir, limits: LIMITS }).recover(
      () => Promise.reject(new Error('written twice')),
      async (batchId) => batchId === 'batch',
    )

    expect(recovery).toEqual({ batchId: 'batch', outcome: 'finished', leftAlone: [] })
    expect(await filesIn(root)).toEqual({ ...NEW, 'b.md': 'edited by hand' })
  })

  it('keeps the journal while the rows of a finished batch cannot be written', async () => {
    const { root, stateDir } = await world('rows')
    const broken = openMemoryFolder({ root, stateDir, limits: LIMITS, files: halfWay() })
    await expect(broken.write('batch', WRITES, () => Promise.resolve())).rejects.toThrow()
    const folder = openMemoryFolder({ root, stateDir, limits: LIMITS })

    await expect(folder.recover(() => Promise.reject(new Error('rows')))).rejects.toThrow('rows')

    expect(await folder.recover(() => Promise.resolve())).toMatchObject({ outcome: 'finished' })
    expect(await landed(root)).toBe('new')
  })
})
