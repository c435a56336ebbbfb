import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { ImportedSession, Importer, ImportResult, ImportSource } from './importer.ts'
import { secretRedactor } from './redact.ts'

export interface ImporterCase {
  readonly importer: Importer
  /** A valid source that uses everything the format has. */
  readonly text: string
  /** The same with one text of a person replaced. */
  readonly saying: (words: string) => string
}

/** Takes no part in any format, and every rule for tokens knows it. */
const SECRET = ['ghp', 'k3Yx9Qm2Vt7Lb5Nc8Rd1Wf6Hs4Jp0ZaTgEu'].join('_')
const RUNS = { seed: 7, numRuns: 60 }

/** A source in memory, given in chunks of a size that cuts lines and characters. */
export function sourceOf(content: string | Uint8Array, path = 'a/source.jsonl'): ImportSource {
  const bytes = typeof content === 'string' ? new TextEncoder().encode(content) : content
  return {
    path,
    sizeBytes: bytes.length,
    async *open() {
      for (let at = 0; at < bytes.length; at += 1_021) yield bytes.subarray(at, at + 1_021)
    },
  }
}

/** What every importer keeps, whatever its format. */
export function describeImporter({ importer, text, saying }: ImporterCase): void {
  const read = (content: string | Uint8Array): Promise<ImportResult> =>
    importer.read(sourceOf(content), secretRedactor())
  const bytes = new TextEncoder().encode(text)

  describe(`importer ${importer.format}`, () => {
    it('knows its own format and no other text', () => {
      expect(importer.recognizes(text)).toBe(true)
      expect(importer.recognizes('# Notes\n\nplain prose')).toBe(false)
      expect(importer.recognizes('{"name":"a","version":"1.0.0"}')).toBe(false)
      expect(importer.recognizes('')).toBe(false)
    })

    it('gives every line one outcome', async () => {
      const { sessions, tally } = await read(text)

      expect(skippedIn(tally) + tally.read).toBe(tally.lines)
      expect(sessions.flatMap(({ events }) => events).length).toBeGreaterThanOrEqual(tally.read)
    })

    it('names file and line of what is damaged', async () => {
      const { sessions, tally } = await read(`${text.trimEnd()}\n{"torn": "no en`)
      const { reason } = tally.badLines.at(-1) ?? {}

      expect(reason).toMatch(/^(?:torn line|not JSON)$/)
      expect(tally.badLines.every(({ path }) => path === 'a/source.jsonl')).toBe(true)
      expect(sessions).toEqual((await read(text)).sessions)
      expect(tally.badLines.every(({ line }) => line !== null && line >= 1)).toBe(true)
    })

    it('reads equal bytes to equal results', async () => {
      expect(await read(text)).toEqual(await read(text))
    })

    it('orders events, gives each its own id, and names the session in all', async () => {
      const { sessions } = await read(text)

      for (const { session, events } of sessions) expectWhole({ session, events })
      const ids = sessions.flatMap(({ events }) => events.map(({ id }) => id))
      expect(new Set(ids).size).toBe(ids.length)
    })

    it('keeps the ids of what it has read when the source grows', async () => {
      const whole = idsIn(await read(text))
      const cut = text.lastIndexOf('\n', text.length - 2)
      const before = idsIn(await read(text.slice(0, cut + 1)))

      // A JSON document that is cut is no document; then there is nothing to compare.
      expect(before.filter((id) => !whole.includes(id))).toEqual([])
    })

    it('stores words as they are, so that a quote is an exact substring', async () => {
      const words = 'The café’s port is 5433 — "not" 5432 \u{1F319}, {braces} and \\slashes\\.'

      const { sessions } = await read(saying(words))

      expect(textsOf(sessions).some((said) => said.includes(words))).toBe(true)
    })

    it('takes a secret out before anything else sees it, and tells kind and place', async () => {
      const { sessions, tally } = await read(saying(`my token is ${SECRET}, keep it`))

      expect(JSON.stringify(sessions)).not.toContain(SECRET)
      expect(textsOf(sessions).join('\n')).toContain('my token is [redacted:github-token], keep it')
      expect(tally.redacted.map(({ kind }) => kind)).toContain('github-token')
      expect(JSON.stringify(tally)).not.toContain(SECRET)
    })

    it('reads any prefix of a source and gives every line one outcome', async () => {
      await fc.assert(
        fc.asyncProperty(fc.nat({ max: bytes.length }), async (length) => {
          expectTotal(await read(bytes.slice(0, length)))
        }),
        RUNS,
      )
    })

    it('reads a source with any bytes changed and gives every line one outcome', async () => {
      const change = fc.tuple(fc.nat({ max: bytes.length - 1 }), fc.nat({ max: 255 }))
      await fc.assert(
        fc.asyncProperty(fc.array(change, { minLength: 1, maxLength: 20 }), async (changes) => {
          const mutated = bytes.slice()
          for (const [at, byte] of changes) mutated[at] = byte
          expectTotal(await read(mutated))
        }),
        RUNS,
      )
    })

    it('passes over NUL, deep nesting and invalid UTF-8 behind what it reads', async () => {
      const deep = `${'['.repeat(50_000)}${']'.repeat(50_000)}`
      const lines = [new Uint8Array(99), `\n${deep}\n{"deep":${deep}}\n`, Uint8Array.of(0xff, 0xfe)]
      const parts = [`${text.trimEnd()}\n`, ...lines].map((part) => Buffer.from(part))
      const result = await read(Buffer.concat(parts))

      expectTotal(result)
      expect(result.sessions).toEqual((await read(text)).sessions)
    })

    it('reads any bytes at all', async () => {
      await fc.assert(
        fc.asyncProperty(fc.uint8Array({ maxLength: 400 }), async (noise) => {
          expectTotal(await read(noise))
        }),
        RUNS,
      )
    })

    it('stops when it is told to', async () => {
      const reading = importer.read(sourceOf(text), secretRedactor(), AbortSignal.abort())

      await expect(reading).rejects.toThrow()
    })
  })
}

function expectTotal({ sessions, tally }: ImportResult): void {
  expect(skippedIn(tally) + tally.read).toBe(tally.lines)
  for (const session of sessions) expectWhole(session)
}

function expectWhole({ session, events }: ImportedSession): void {
  const ordinals = events.map(({ ordinal }) => ordinal)
  expect(ordinals).toEqual([...new Set(ordinals)].toSorted((a, b) => a - b))
  expect(events.every(({ sessionId }) => sessionId === session.id)).toBe(true)
  expect(events.every(({ text }) => text.isWellFormed())).toBe(true)
  const lines = events.map(({ source }) => source.line)
  expect(lines).toEqual(lines.toSorted((a, b) => a - b))
}

function skippedIn({ skipped }: ImportResult['tally']): number {
  return Object.values(skipped).reduce((sum, count) => sum + count, 0)
}

function idsIn({ sessions }: ImportResult): readonly string[] {
  return sessions.flatMap(({ events }) => events.map(({ id }) => id))
}

function textsOf(sessions: readonly ImportedSession[]): readonly string[] {
  return sessions.flatMap(({ events }) => events.map(({ text }) => text))
}
