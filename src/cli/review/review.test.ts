import { describe, expect, it } from 'vitest'
import { aChange } from '../test-support/builders.test-support.ts'
import { type RunResult, runCli } from '../test-support/run-cli.test-support.ts'

const ONE = aChange({ after: [{ path: '/a.md', text: 'Port 1.' }] })
const TWO = aChange({ after: [{ path: '/a.md', text: 'Port 2.' }] })
const HELD = aChange({
  after: [{ path: '/a.md', text: 'Port 3.' }],
  status: 'held',
  heldReason: 'pinned',
})

function review(keys: readonly string[], more: readonly string[] = []): Promise<RunResult> {
  return runCli(['review', 'drm_', ...more], {
    isTty: true,
    env: { NO_COLOR: '1' },
    keys,
    world: { changes: [ONE, TWO, HELD] },
  })
}

describe('review', () => {
  it('records each key at once and sums up at the end', async () => {
    const { exitCode, stdout, reverie, rawModes } = await review(['y', 'n'])

    expect(exitCode).toBe(0)
    expect(reverie.decisions).toEqual([`accept ${ONE.id}`, `reject ${TWO.id}`])
    expect(stdout).toContain('Reviewed 2 changes: 1 accepted, 1 rejected, 0 left as they were')
    expect(rawModes).toEqual([true, false])
  })

  it('takes several keys of one chunk, and passes over arrow keys and strange letters', async () => {
    const { reverie } = await review(['\u001b[A', 'xYn'])

    expect(reverie.decisions).toEqual([`accept ${ONE.id}`, `reject ${TWO.id}`])
  })

  it('goes back to change a decision', async () => {
    const { stderr, reverie } = await review(['y', 'b', 'n', 's'])

    expect(reverie.decisions).toEqual([`accept ${ONE.id}`, `reject ${ONE.id}`])
    expect(stderr).toContain('1 of 2   accepted')
  })

  it('keeps what was decided when it is quit, or when the input ends', async () => {
    const quit = await review(['y', 'q', 'n'])
    const ended = await review(['y'])

    for (const { exitCode, reverie, stdout } of [quit, ended]) {
      expect(exitCode).toBe(0)
      expect(reverie.decisions).toEqual([`accept ${ONE.id}`])
      expect(stdout).toContain('1 left as they were')
    }
  })

  it('goes over held changes alone with --held', async () => {
    const { stderr, reverie } = await review(['y'], ['--held'])

    expect(stderr).toContain('held: it is pinned')
    expect(reverie.decisions).toEqual([`accept ${HELD.id}`])
  })

  it('shows the diff and the keys without moving on', async () => {
    const { stderr, reverie } = await runCli(['review', 'drm_'], {
      isTty: true,
      keys: ['d', '?', 'y'],
      env: { NO_COLOR: '1' },
    })

    expect(stderr).toContain('-- Deploys go out on Fridays.\n+- Deploys go out on Thursdays.')
    expect(stderr).toContain('s  skip: decide later')
    expect(reverie.decisions).toHaveLength(1)
  })

  it('gives the terminal back and exits 130 on Ctrl-C', async () => {
    const { exitCode, rawModes, stderr } = await review(['y', '\u0003'])

    expect(exitCode).toBe(130)
    expect(rawModes).toEqual([true, false])
    expect(stderr).toContain('Go on with `reverie review drm_`.')
  })

  it.each([
    ['off a terminal', [], false],
    ['with --no-input', ['--no-input'], true],
  ] as const)('refuses %s and names what to use instead', async (_when, more, isTty) => {
    const { exitCode, stderr, rawModes } = await runCli(['review', 'drm_', ...more], { isTty })

    expect(exitCode).toBe(64)
    expect(stderr).toMatch(/reverie show drm_[\s\S]*reverie\s+reject/)
    expect(rawModes).toEqual([])
  })

  it('refuses a plan that waits for nobody', async () => {
    const { exitCode } = await runCli(['review', 'drm_'], {
      isTty: true,
      world: { planStatus: 'applied' },
    })

    expect(exitCode).toBe(5)
  })
})
