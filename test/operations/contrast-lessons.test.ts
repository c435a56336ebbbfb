import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { FolderWorld, theChange } from '../support/folder-world.ts'

const NOTES = '# Notes\n\n- The staging database listens on port 5432.\n'

/** A call and its answer, on the day of the session. */
function called(tool: string, at: string): readonly object[] {
  const calls = [{ id: tool, function: { name: tool, arguments: '{"order":"A-1"}' } }]
  return [
    { role: 'assistant', content: '', at, tool_calls: calls },
    { role: 'tool', at, tool_call_id: tool, content: `${tool} is done` },
  ]
}

/**
 * Sessions whose outcome is stated, of which every second looks at the order before it refunds; of
 * ten that do `failingLooked` fail, of ten that do not `failingBlind`.
 */
function refunds(
  world: FolderWorld,
  of: { from: number; to: number; failingLooked: number; failingBlind: number },
): void {
  for (let n = of.from; n < of.to; n += 1) {
    const at = new Date(Date.UTC(2026, 0, 1 + n)).toISOString()
    const hasLooked = n % 2 === 0
    const tools = hasLooked ? ['get_order', 'refund'] : ['refund', 'get_order']
    const failing = hasLooked ? of.failingLooked : of.failingBlind
    const isFailure = Math.floor(n / 2) % 10 < failing
    const lines = [
      { id: `run-${n}`, task: 'refund', reward: isFailure ? 0 : 1 },
      { role: 'user', content: 'I want my money back.', at },
      ...tools.flatMap((tool) => called(tool, at)),
    ]
    const text = lines.map((line) => `${JSON.stringify(line)}\n`).join('')
    writeFileSync(join(world.sessions, `run-${n}.jsonl`), text)
  }
}

describe('what sessions that fail do otherwise', () => {
  test('is counted until it is proven, told once, and taken back when it no longer shows', async () => {
    await using world = await FolderWorld.open({ 'notes.md': NOTES })
    refunds(world, { from: 0, to: 10, failingLooked: 1, failingBlind: 8 })
    const first = await world.dream()
    expect(first.changes).toEqual([])
    expect(first.dream.plan?.report.hypotheses).toBe(1)

    refunds(world, { from: 10, to: 40, failingLooked: 1, failingBlind: 8 })
    const second = await world.dream()
    await world.reverie.apply(second.dream.id)
    const told = world.files()['lessons.md']
    expect(theChange(second, 'insight')).toMatchObject({
      heldReason: null,
      trust: 'tool',
      reason: 'Of 40 independent sessions those that failed differ from the others in this.',
    })
    expect(told).toContain(
      'When `refund` is needed, call `get_order` first: without it 16 of 20 sessions failed, with it 2 of 20 (compared within one task, in 40 sessions, last seen 2026-02-05).',
    )
    expect((await world.dream()).changes).toEqual([])

    refunds(world, { from: 40, to: 100, failingLooked: 8, failingBlind: 4 })
    const third = await world.dream()
    await world.reverie.apply(third.dream.id)
    const after = world.files()['lessons.md']
    expect(after).toContain('When `refund` is needed, it is no longer so (call `get_order` first)')
    expect(after).not.toContain('is needed, call')
    expect((await world.dream()).changes).toEqual([])

    await world.reverie.revert(third.dream.id)
    expect(world.files()['lessons.md']).toBe(told)
  })
})
