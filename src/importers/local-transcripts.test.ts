import { expect, it } from 'vitest'
import { chatImporter } from './chat.ts'
import { claudeCodeImporter } from './claude-code.ts'
import { sourceOf } from './importer.contract.ts'
import type { ImportSource, ImportTally } from './importer.ts'
import { localTranscripts } from './local-transcripts.ts'
import { secretRedactor } from './redact.ts'

const transcripts = localTranscripts(secretRedactor(), [claudeCodeImporter, chatImporter])
const chat = '{"role":"user","content":"hello"}\n'
const code = '{"type":"user","sessionId":"s","uuid":"u","message":{"role":"user","content":"hi"}}\n'

it('judges the format by content, not by name', async () => {
  const formats = [chat, code].map(async (text) => {
    const { sessions } = await transcripts.read(sourceOf(text, 'same.jsonl'), null, null)
    return sessions[0]?.session.format
  })

  expect(await Promise.all(formats)).toEqual(['chat', 'claude-code'])
})

it('reads a forced format, and says which there are when it is none', async () => {
  const { tally } = await transcripts.read(sourceOf(code), 'chat', null)
  const unknown = transcripts.read(sourceOf(code), 'letters', null)

  expect(tally.read).toBe(0)
  await expect(unknown).rejects.toMatchObject({
    type: 'invalid_request_error',
    next: 'Use one of: claude-code, chat.',
  })
})

it('gives a reason for a file that is of no format or cannot be read, and goes on', async () => {
  const unreadable: ImportSource = {
    path: 'a',
    sizeBytes: 1,
    // biome-ignore lint/correctness/useYield: it fails before the first chunk
    async *open() {
      throw Object.assign(new Error('EACCES'), { code: 'EACCES', syscall: 'open' })
    },
  }

  const results = [sourceOf('# Notes'), unreadable].map((it) => transcripts.read(it, null, null))

  expect((await Promise.all(results)).map(({ tally }) => tally)).toEqual([
    whole('a/source.jsonl', 'unknown format'),
    whole('a', 'unreadable file'),
  ])
})

function whole(path: string, reason: string): ImportTally {
  const badLines = [{ path, line: null, reason }]
  return { lines: 1, read: 0, skipped: { [reason]: 1 }, badLines, redacted: [] }
}

it('passes on what is no fault of the file', async () => {
  const broken = localTranscripts(secretRedactor(), [
    { ...chatImporter, read: () => Promise.reject(new TypeError('a mistake of ours')) },
  ])

  await expect(broken.read(sourceOf(chat), null, null)).rejects.toThrow('a mistake of ours')
  await expect(transcripts.read(sourceOf(chat), null, AbortSignal.abort())).rejects.toThrow()
})
