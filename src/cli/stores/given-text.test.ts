import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { afterAll, expect, it } from 'vitest'
import { LIMITS } from '../../config.ts'
import { givenText } from './given-text.ts'

const folder = mkdtempSync(join(tmpdir(), 'given-text-'))
afterAll(() => rmSync(folder, { recursive: true }))

const file = (name: string, bytes: string | Uint8Array): string => {
  writeFileSync(join(folder, name), bytes)
  return join(folder, name)
}
const nothing = Readable.from([])

it('is the text of a file or of stdin, byte for byte', async () => {
  const text = '\uFEFF- A note.\r\n'
  const cut = Buffer.from('- ä\n')

  expect(await givenText(file('a', text), nothing)).toBe(text)
  expect(await givenText(undefined, Readable.from([text]))).toBe(text)
  expect(await givenText('-', Readable.from([cut.subarray(0, 3), cut.subarray(3)]))).toBe('- ä\n')
})

it.each([
  ['that is not there', () => join(folder, 'none'), 'not_found_error'],
  ['that is a folder', () => folder, 'not_found_error'],
  ['that is no text', () => file('b', Buffer.from([0xff, 0xfe])), 'invalid_request_error'],
  [
    'that is large',
    () => file('c', 'x'.repeat(LIMITS.folderFileBytesMax + 1)),
    'request_too_large',
  ],
])('of a file %s is refused', async (_name, path, type) => {
  await expect(givenText(path(), nothing)).rejects.toMatchObject({ type })
})

it('is not waited for where a person sits', async () => {
  const terminal = Object.assign(Readable.from([]), { isTTY: true })

  await expect(givenText(undefined, terminal)).rejects.toMatchObject({
    type: 'invalid_request_error',
    next: expect.stringContaining('--file'),
  })
})
