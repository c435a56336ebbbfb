import { describe, expect, it } from 'vitest'
import { runCli } from '../test-support/run-cli.test-support.ts'

describe('dreams archive', () => {
  it('warns that a plan which waits goes on waiting', async () => {
    const waiting = await runCli(['dreams', 'archive', 'drm_'])
    const applied = await runCli(['dreams', 'archive', 'drm_'], {
      world: { planStatus: 'applied' },
    })

    expect(waiting.stderr).toContain('Its plan still waits.')
    expect(applied.stderr).not.toContain('still waits')
  })
})
