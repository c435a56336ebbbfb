import { describe, expect, it } from 'vitest'
import { anImport } from '../test-support/builders.test-support.ts'
import { runCli } from '../test-support/run-cli.test-support.ts'

describe('session add', () => {
  it('says that nothing was found, and names no session to dream over', async () => {
    const { stderr } = await runCli(['session', 'add', './notes'], {
      world: { imported: anImport({ files: 0, sessions: 0 }) },
    })

    expect(stderr).toContain('No transcript was found there.')
    expect(stderr).not.toContain('reverie dream <memory>')
  })
})
