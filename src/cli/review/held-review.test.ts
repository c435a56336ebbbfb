import { describe, expect, it } from 'vitest'
import { aChange } from '../test-support/builders.test-support.ts'
import { type RunResult, runCli } from '../test-support/run-cli.test-support.ts'

const OPEN = aChange({ after: [{ path: '/a.md', text: 'Port 1.' }] })
const ONE = aChange({
  after: [{ path: '/a.md', text: 'Port 2.' }],
  status: 'held',
  heldReason: 'untrusted_source',
})
const TWO = aChange({
  after: [{ path: '/a.md', text: 'Port 3.' }],
  status: 'held',
  heldReason: 'pinned',
})

function held(keys: readonly string[], more: readonly string[] = []): Promise<RunResult> {
  return runCli(['review', '--held', ...more], {
    isTty: true,
    env: { NO_COLOR: '1' },
    keys,
    world: { changes: [OPEN, ONE, TWO] },
  })
}

describe('review --held', () => {
  it('goes over what is held of all plans, with text, words and reason, and sums up', async () => {
    const { exitCode, stdout, stderr, reverie, rawModes } = await held(['y', 'n'])

    expect(exitCode).toBe(0)
    expect(reverie.decisions).toEqual([`accept ${ONE.id}`, `reject ${TWO.id}`])
    expect(stderr).toContain('held: only words of strangers say so')
    expect(stderr).toContain('Port 2.')
    expect(stdout).toContain('Reviewed 2 held sets: 1 released, 1 rejected')
    expect(stderr).toContain('reverie apply drm_')
    expect(rawModes).toEqual([true, false])
  })

  it('takes a person’s own words, with a letter taken back', async () => {
    const { reverie } = await held(['e', 'Port 9x', '\u007f', '\r', 'q'])

    expect(reverie.decisions).toEqual([`edit ${ONE.id} Port 9`])
  })

  it('decides nothing where an edit is left, and nothing behind the end of the input', async () => {
    for (const keys of [
      ['e', 'Port', '\u0003', 'q'],
      ['e', '\r', 'q'],
      ['e', 'Port'],
      ['s', 's'],
    ]) {
      const { reverie, exitCode } = await held(keys)
      expect([exitCode, reverie.decisions]).toEqual([0, []])
    }
  })

  it('gives the terminal back and exits 130 on Ctrl-C', async () => {
    const { exitCode, rawModes, reverie } = await held(['y', '\u0003'])

    expect(exitCode).toBe(130)
    expect(rawModes).toEqual([true, false])
    expect(reverie.decisions).toEqual([`accept ${ONE.id}`])
  })

  it('lists without a terminal and lets nothing in', async () => {
    const { exitCode, stdout, reverie } = await runCli(['review', '--held', './memory', '--list'], {
      world: { changes: [OPEN, ONE, TWO] },
    })

    expect(exitCode).toBe(0)
    expect(stdout).toContain('Port 2.')
    expect(stdout).not.toContain('Port 1.')
    expect(reverie.decisions).toEqual([])
    const alone = await runCli(['review', '--held'], { world: { changes: [ONE] } })
    expect(alone.exitCode).toBe(64)
    expect(alone.reverie.decisions).toEqual([])
  })

  it('rejects all of one reason of one memory', async () => {
    const { stdout, reverie } = await held(
      [],
      ['./memory', '--reject-all', '--reason', 'untrusted_source'],
    )

    expect(stdout).toContain('Rejected 1 held change-set')
    expect(reverie.decisions).toEqual(['reject all untrusted_source'])
  })

  it.each([
    [['--reject-all', '--reason', 'pinned'], 'needs a memory and a reason'],
    [['./memory', '--reject-all'], 'needs a memory and a reason'],
    [['--reason', 'weather'], 'is no reason to hold a change'],
  ])('refuses %j', async (more, message) => {
    const { exitCode, stderr, reverie } = await held([], more)

    expect(exitCode).toBe(64)
    expect(stderr).toContain(message)
    expect(reverie.decisions).toEqual([])
  })

  it('keeps its options for itself', async () => {
    const { exitCode, stderr } = await runCli(['review', 'drm_', '--list'])

    expect(exitCode).toBe(64)
    expect(stderr).toContain('Add --held')
    expect((await runCli(['review'])).exitCode).toBe(64)
  })
})
