import { expect, it } from 'vitest'
import { sourceOf } from './importer.contract.ts'
import { type SourceLine, sourceHead, sourceLines } from './source-lines.ts'

const LIMITS = { lineBytesMax: 2_000, sourceBytesMax: 10_000 }

async function linesOf(content: string | Uint8Array): Promise<readonly SourceLine[]> {
  const lines: SourceLine[] = []
  for await (const line of sourceLines(sourceOf(content), undefined, LIMITS)) lines.push(line)
  return lines
}

it('numbers lines and tells the last one that nothing ends', async () => {
  expect(await linesOf('a\n\nb')).toEqual([
    { number: 1, text: 'a', isEnded: true, isWhole: true },
    { number: 2, text: '', isEnded: true, isWhole: true },
    { number: 3, text: 'b', isEnded: false, isWhole: true },
  ])
  expect(await linesOf('a\n')).toHaveLength(1)
  expect(await linesOf('')).toEqual([])
})

it('joins lines and characters that chunks cut', async () => {
  const long = 'é🌙'.repeat(300)

  expect((await linesOf(`x\n${long}\n`)).map(({ text }) => text)).toEqual(['x', long])
})

it('drops a line over the limit and reads on after it', async () => {
  const lines = await linesOf(`a\n${'x'.repeat(2_001)}\nb\n${'y'.repeat(3_000)}`)

  expect(lines.map(({ text }) => text)).toEqual(['a', null, 'b', null])
})

it('reads invalid UTF-8 as replacement characters, and says so', async () => {
  const [line] = await linesOf(new Uint8Array([0x61, 0xff, 0x62, 0x0a]))
  const [own] = await linesOf('a\uFFFDb\n')

  expect(line).toMatchObject({ text: 'a\uFFFDb', isWhole: false })
  expect(own).toMatchObject({ text: 'a\uFFFDb', isWhole: true })
})

it('refuses a source that turns out longer than it said', async () => {
  await expect(linesOf('x\n'.repeat(5_001))).rejects.toMatchObject({ type: 'request_too_large' })
})

it('reads no more than the head', async () => {
  expect(await sourceHead(sourceOf('x'.repeat(5_000)), 10)).toBe('x'.repeat(10))
})
