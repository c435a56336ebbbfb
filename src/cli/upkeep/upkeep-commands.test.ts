import { expect, it } from 'vitest'
import { runCli } from '../test-support/run-cli.test-support.ts'

const HOME = '/home/me/.local/state/reverie'

it.each([
  [[], 'reverie verify --read-data'],
  [['--home', HOME], `REVERIE_HOME=${HOME} reverie verify --read-data`],
])('restore with %j says how to check the state folder that it made', async (options, command) => {
  const { stdout } = await runCli(['restore', './copy', ...options, '--json'])

  expect(JSON.parse(stdout).next).toEqual([command])
})

it('backup says that an empty folder will do', async () => {
  const { stdout } = await runCli(['backup', '--help'])

  expect(stdout).toContain('a new or an empty folder')
})
