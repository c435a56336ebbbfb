import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { claudeCodeImporter } from '../../../src/importers/claude-code.ts'
import { writeTranscripts } from './made-transcripts.ts'

const STORE = { files: 4, bulletsPerFile: 5 }
const SIZE = { sessions: 2, bytesEach: 150_000 }

let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'reverie-made-'))
})
afterEach(() => rmSync(folder, { recursive: true }))

function made(name: string, seed: number): readonly string[] {
  writeTranscripts(join(folder, name), SIZE, STORE, seed)
  return readdirSync(join(folder, name))
    .sort()
    .map((file) => readFileSync(join(folder, name, file), 'utf8'))
}

describe('writeTranscripts', () => {
  it('gives the same bytes under the same seed, and sessions of the size asked for', () => {
    const first = made('first', 7)

    expect(made('again', 7)).toEqual(first)
    expect(made('other', 8)).not.toEqual(first)
    expect(first).toHaveLength(SIZE.sessions)
    for (const text of first) expect(text.length).toBeGreaterThan(SIZE.bytesEach)
  })

  it('is read as transcripts of Claude Code, with results of tools and what is to be kept', async () => {
    const [text = ''] = made('read', 7)
    const { sessions, tally } = await claudeCodeImporter.read(
      {
        path: 'session.jsonl',
        sizeBytes: text.length,
        async *open() {
          yield Buffer.from(text)
        },
      },
      async (words) => ({ text: words, kinds: [] }),
    )

    const events = sessions.flatMap((session) => session.events)
    const results = events.filter(({ type }) => type === 'agent.tool_result')
    expect(Object.keys(tally.skipped)).toEqual(['no content: progress'])
    expect(results.filter(({ tool }) => tool?.isError).length).toBeGreaterThan(0)
    expect(events.filter((event) => event.text.startsWith('Remember: '))).toHaveLength(5)
  })
})
