import { describe, expect, it } from 'vitest'
import { runCli } from '../test-support/run-cli.test-support.ts'

const ANCHOR = `1:${'a'.repeat(64)}`

describe('audit', () => {
  it('lists who did what to what', async () => {
    const { stdout, exitCode } = await runCli(['audit'], { world: { title: 'user_ada' } })

    expect(exitCode).toBe(0)
    expect(stdout).toMatch(
      /change\.released\s+chg_\w+\s+by user_ada\s+held_reason untrusted_source/,
    )
  })

  it('says that all is as written, and what nobody can tell without an anchor', async () => {
    const alone = await runCli(['audit', 'verify'], { world: { checksOk: true } })
    const anchored = await runCli(['audit', 'verify', '--anchor', ANCHOR], {
      world: { checksOk: true },
    })

    expect(alone.stdout).toContain('1 line as written')
    expect(alone.stderr).toContain('Without --anchor nobody can tell')
    expect(anchored.stderr).not.toContain('Without --anchor')
    expect([alone.exitCode, anchored.exitCode]).toEqual([0, 0])
  })

  it('names the first broken line and fails', async () => {
    const { stdout, exitCode } = await runCli(['audit', 'verify'], { world: { checksOk: false } })

    expect(stdout).toContain('line 1 is not the line that was written')
    expect(exitCode).toBe(1)
  })

  it('prints an anchor alone on its line', async () => {
    const { stdout } = await runCli(['audit', 'head'])

    expect(stdout).toBe(`${ANCHOR}\n`)
  })

  it('refuses strange limits and times', async () => {
    expect((await runCli(['audit', '--limit', '0'])).exitCode).toBe(64)
    expect((await runCli(['audit', '--since', 'soon'])).exitCode).toBe(64)
  })
})
