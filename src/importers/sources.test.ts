import { execFileSync } from 'node:child_process'
import { realpathSync, statSync } from 'node:fs'
import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join, relative } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { findSources } from './sources.ts'

let base: string

beforeEach(async () => {
  base = await mkdtemp(join(tmpdir(), 'sources-'))
  for (const path of [
    'b.jsonl',
    'a.json',
    'note.md',
    'sub/c.jsonl',
    '.git/d.json',
    'node_modules/e.json',
  ]) {
    await mkdir(dirname(join(base, path)), { recursive: true })
    await writeFile(join(base, path), path)
  }
})

afterEach(() => rm(base, { recursive: true }))

async function found(...specs: readonly string[]): Promise<readonly string[]> {
  const { sources } = await findSources(specs.map((spec) => join(base, spec)))
  return sources.map(({ path }) => relative(base, path))
}

describe('a folder', () => {
  it('gives its transcripts at every depth in a stable order', async () => {
    expect(await found('.')).toEqual(['a.json', 'b.jsonl', 'sub/c.jsonl'])
  })

  it('is walked once, whatever links lead back to it', async () => {
    await symlink(base, join(base, 'sub', 'loop'))
    await symlink(join(base, 'sub'), join(base, 'again'))

    expect((await found('.')).length).toBe(3)
  })
})

describe('a file', () => {
  it('is taken whatever its name, and once', async () => {
    expect(await found('note.md', 'b.jsonl', 'b.jsonl', '.')).toEqual([
      'note.md',
      'b.jsonl',
      'a.json',
      'sub/c.jsonl',
    ])
  })

  it('keeps the path as it was given and can be read twice', async () => {
    const given = relative(process.cwd(), join(base, 'b.jsonl'))

    const { sources } = await findSources([given])

    const [source] = sources
    expect(source).toMatchObject({ path: given, sizeBytes: 7 })
    const { mtimeMs: modifiedAtMs, ino: inode } = statSync(given)
    expect(source?.file).toEqual({ realPath: realpathSync(given), modifiedAtMs, inode })
    for (let n = 0; n < 2; n += 1) {
      const chunks: Uint8Array[] = []
      for await (const chunk of source?.open() ?? []) chunks.push(chunk)
      expect(Buffer.concat(chunks).toString()).toBe('b.jsonl')
    }
  })

  it('over the limit is told and stops nothing', async () => {
    const limits = { sourceFilesMax: 10, sourceBytesMax: 7 }

    const { sources, skipped } = await findSources([base], limits)

    expect(sources.map(({ path }) => relative(base, path))).toEqual(['a.json', 'b.jsonl'])
    expect(skipped).toEqual([{ path: join(base, 'sub/c.jsonl'), reason: 'file too large' }])
  })

  it('that is a pipe or a device is told where a folder holds it, and refused where it is named', async () => {
    execFileSync('mkfifo', [join(base, 'pipe.jsonl')])

    const { skipped } = await findSources([base])

    expect(skipped).toEqual([{ path: join(base, 'pipe.jsonl'), reason: 'not a regular file' }])
    for (const named of [join(base, 'pipe.jsonl'), '/dev/null']) {
      await expect(findSources([named])).rejects.toMatchObject({
        type: 'invalid_request_error',
        message: `"${named}" is neither a file nor a folder.`,
      })
    }
  })

  it('that is a link to nothing is told', async () => {
    await symlink(join(base, 'gone'), join(base, 'z.jsonl'))

    const { skipped } = await findSources([base])

    expect(skipped).toEqual([{ path: join(base, 'z.jsonl'), reason: 'unreadable file' }])
  })
})

describe('a glob', () => {
  it.each([
    ['*.jsonl', ['b.jsonl']],
    ['*', ['a.json', 'b.jsonl', 'note.md']],
    ['**/*.jsonl', ['b.jsonl', 'sub/c.jsonl']],
    ['**', ['a.json', 'b.jsonl', 'note.md', 'sub/c.jsonl']],
    ['s?b/[a-c].{json,jsonl}', ['sub/c.jsonl']],
    ['[!a]*.json*', ['b.jsonl']],
    ['{a,b}.json', ['a.json']],
  ])('%s matches %j', async (pattern, paths) => {
    expect(await found(pattern)).toEqual(paths)
  })

  it('names a file literally where there is one of that name', async () => {
    await writeFile(join(base, 'x[1].json'), '')

    expect(await found('x[1].json')).toEqual(['x[1].json'])
  })

  it('answers a pattern of many stars in time', async () => {
    await writeFile(join(base, `${'a'.repeat(200)}.json`), '')

    await expect(found(`${'*a'.repeat(6)}*b`)).rejects.toMatchObject({ type: 'not_found_error' })
  })
})

it.each(['gone.jsonl', 'gone/*.jsonl', '*.xml'])('says that %s names nothing', async (spec) => {
  await expect(found(spec)).rejects.toMatchObject({ type: 'not_found_error' })
})

it('refuses more files than the limit', async () => {
  const limits = { sourceFilesMax: 2, sourceBytesMax: 100 }

  await expect(findSources([base], limits)).rejects.toMatchObject({ type: 'request_too_large' })
})
