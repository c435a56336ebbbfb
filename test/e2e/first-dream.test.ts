import { spawnSync } from 'node:child_process'
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { createReverie, type Reverie } from '../../src/reverie.ts'
import type { ChangeReport } from '../../src/wire/extensions/change-report.ts'
import type { DreamReport } from '../../src/wire/extensions/dream-report.ts'
import { reportSchema } from '../../src/wire/extensions/json-schemas.ts'
import { cliEntry } from '../support/cli-entry.ts'
import { filesBelow } from '../support/folder-world.ts'

const ROOT = join(import.meta.dirname, '../..')
const CLI = cliEntry()
const SHOP = join(ROOT, 'examples/shop')

interface Pair {
  readonly a: string
  readonly b: string
  readonly kind: string
}

/** What a careful person would want of this dream; see examples/shop/README.md. */
interface Expected {
  readonly merge: readonly Pair[]
  readonly supersede: readonly { readonly old: string; readonly now: string }[]
  readonly must_not_merge: readonly (readonly [string, string])[]
  readonly must_not_appear: readonly string[]
  readonly secrets: readonly { readonly where: string }[]
  readonly untouched: readonly { readonly path: string; readonly text: string }[]
}

const expected = JSON.parse(readFileSync(join(SHOP, 'expected.json'), 'utf8')) as Expected
const secrets = expected.secrets.map(({ where }) => textOf(where))
/** Stands in a note already and waits as held. */
const OLD_TOKEN = secrets[0] ?? ''

let base = ''
let home = ''
let memory = ''
let shopBefore: Readonly<Record<string, string>>
let before: Readonly<Record<string, string>>
let spoken: Run
let report: DreamReport

interface Run {
  readonly code: number | null
  readonly out: string
  readonly err: string
}

/** `reverie` in a child process with an empty home and no network. */
function reverie(...args: readonly string[]): Run {
  const preload = join(ROOT, 'test/support/no-network.ts')
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    ['--import', preload, CLI, ...args],
    { cwd: ROOT, env: { PATH: process.env.PATH, HOME: home, NO_COLOR: '1' }, encoding: 'utf8' },
  )
  return { code: status, out: stdout, err: stderr }
}

function dataOf<T>(run: Run, name: Parameters<typeof reportSchema>[0]): T {
  expect(run.code, run.err).toBe(0)
  const parsed = reportSchema(name).parse(JSON.parse(run.out)) as { readonly data: T }
  return parsed.data
}

function dreamAgain(...more: readonly string[]): Run {
  return reverie('dream', memory, '--sessions', join(SHOP, 'sessions'), ...more)
}

/** The part after ` :: `: exact words of a file. */
function textOf(place: string): string {
  return place.slice(place.indexOf(' :: ') + 4)
}

function pathOf(place: string): string {
  return place.slice('memory'.length, place.indexOf(' :: '))
}

function changesOf(kind: string, words: string): readonly ChangeReport[] {
  return report.changes.filter(
    (change) => change.kind === kind && change.before.some(({ text }) => text.includes(words)),
  )
}

/** The merge that holds both texts, if any. */
function mergeOf(a: string, b: string): ChangeReport | undefined {
  return report.changes.find(
    ({ kind, before: units }) =>
      kind === 'merge' && [a, b].every((place) => units.some((unit) => isAt(unit, place))),
  )
}

function isAt(
  { path, text }: { readonly path: string; readonly text: string },
  place: string,
): boolean {
  return path === pathOf(place) && text.includes(textOf(place))
}

beforeAll(() => {
  base = mkdtempSync(join(tmpdir(), 'reverie-e2e-'))
  home = join(base, 'home')
  memory = join(base, 'memory')
  mkdirSync(home)
  cpSync(join(SHOP, 'memory'), memory, { recursive: true })
  shopBefore = filesBelow(SHOP)
  before = filesBelow(memory)
  spoken = dreamAgain('--limit', '100')
  report = dataOf<DreamReport>(dreamAgain('--json'), 'dream')
})

afterAll(() => rmSync(base, { recursive: true, force: true }))

test('a command of this file that reached for the network would fail', () => {
  const preload = join(ROOT, 'test/support/no-network.ts')
  for (const reach of ['fetch("http://[::1]")', 'require("net").connect(9)']) {
    const { status, stderr } = spawnSync(process.execPath, ['--import', preload, '-e', reach])
    expect(status).not.toBe(0)
    expect(String(stderr)).toContain('The network was asked for')
  }
})

describe('the first dream over the shop', () => {
  test('ends well and tells what it would merge, replace, add, learn and leave open', () => {
    expect(spoken.code, spoken.err).toBe(0)
    for (const word of ['merged', 'replaced', 'added', 'learned', 'conflict', 'held']) {
      expect(spoken.out).toContain(word)
    }
    expect(spoken.out).toContain('nothing has been written')
  })

  test('changes no byte of the example and none of the memory', () => {
    expect(filesBelow(SHOP)).toEqual(shopBefore)
    expect(filesBelow(memory)).toEqual(before)
  })

  test('is the same dream when run again', () => {
    expect(spoken.out).toContain(report.dream.id)
  })

  test('shows no secret anywhere, and what strangers ask for only as held', () => {
    const shown = [spoken.out, spoken.err, JSON.stringify(report)].join('\n')
    for (const secret of secrets) expect(shown).not.toContain(secret)
    const strangers = report.changes.filter((change) =>
      /evil\.example|ship my orders for free/.test(JSON.stringify(change)),
    )
    expect(strangers.length).toBeGreaterThan(0)
    expect(strangers.map(({ status }) => status)).toEqual(strangers.map(() => 'held'))
  })

  test('cites for every change exact words of the session or the note', async () => {
    const opened = await createReverie({ home: join(home, '.local/state/reverie') })
    try {
      for (const { id, evidence } of report.changes) {
        expect(evidence.length, id).toBeGreaterThan(0)
        for (const item of evidence) {
          if ('sighting_id' in item) throw new Error('One person has nothing to share.')
          const cited =
            item.event_id === null
              ? readFileSync(join(SHOP, 'memory', item.memory_path), 'utf8')
              : await eventText(opened, item.session_id, item.event_id)
          expect(cited, id).toContain(item.quote)
        }
      }
    } finally {
      await opened.close()
    }
  })

  test.each(expected.supersede)('replaces “$old”', ({ old, now }) => {
    const changes = changesOf('supersede', textOf(old))

    expect(changes.map(({ status }) => status)).toEqual(['proposed'])
    expect(changes[0]?.before.some((unit) => isAt(unit, old))).toBe(true)
    expect(changes[0]?.after.map(({ text }) => text).join()).toContain(now)
  })

  test.each(expected.merge.filter(({ kind }) => kind !== 'paraphrase'))(
    'merges “$a” and “$b”',
    ({ a, b }) => {
      expect(mergeOf(a, b)?.status).toBe('proposed')
    },
  )

  test.each(expected.must_not_merge)('keeps “%s” apart from “%s”', (a, b) => {
    expect(mergeOf(a, b)).toBeUndefined()
  })
})

describe('once applied', () => {
  let after: Readonly<Record<string, string>>

  beforeAll(() => {
    const applied = reverie('apply', report.dream.id, '--json')
    expect(applied.code, applied.err).toBe(0)
    after = filesBelow(memory)
  })

  test('the memory holds nothing that must not appear, but for the token it had', () => {
    const text = Object.values(after).join('\n')
    const wrong = expected.must_not_appear.filter(
      (words) => words !== OLD_TOKEN && text.includes(words),
    )

    expect(wrong).toEqual([])
    expect(text.split(OLD_TOKEN)).toHaveLength(2)
  })

  test('tables, code and nested lists have kept their bytes', () => {
    for (const { path, text } of expected.untouched) {
      const name = path.replace('memory/', '')
      expect(after[name]).toContain(Buffer.from(text).toString('latin1'))
    }
  })

  test('every path that the index names exists', () => {
    const links = [...(after['MEMORY.md'] ?? '').matchAll(/\]\(([^)]+\.md)\)/g)]

    expect(links.length).toBeGreaterThan(10)
    for (const [, target] of links) expect(after[target ?? '']).toBeDefined()
  })

  test('an identical dream plans nothing', () => {
    const next = dataOf<DreamReport>(dreamAgain('--json'), 'dream')

    expect(next.changes).toEqual([])
    expect(next.dream.plan_status).toBe('empty')
  })

  test('revert brings back every byte', () => {
    const reverted = reverie('revert', report.dream.id, '--json')

    expect(reverted.code, reverted.err).toBe(0)
    expect(filesBelow(memory)).toEqual(before)
  })
})

async function eventText(opened: Reverie, sessionId: string, eventId: string): Promise<string> {
  const { events } = await opened.sessions.get(sessionId)
  return events.find(({ id }) => id === eventId)?.text ?? ''
}
