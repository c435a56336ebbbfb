import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { CommandWorld } from '../../support/command-world.ts'

test('a memory goes away, comes back, is written to and put away, all at the command line', async () => {
  using world = new CommandWorld('- The staging database listens on port 5433.', [
    'The staging database listens on port 6000 now.',
  ])
  const { dream } = JSON.parse((await world.dream(['--json'])).stdout).data
  const memory = world.path('memory')
  const data = async (...argv: readonly string[]): Promise<Record<string, unknown>> => {
    const { exitCode, stdout, stderr } = await world.run([...argv, '--json'])
    expect([exitCode, stderr]).toEqual([0, ''])
    return JSON.parse(stdout).data
  }

  const exported = await data('store', 'export', memory, world.path('out'))
  const again = await world.run(['store', 'export', memory, world.path('out')])
  const imported = await data('store', 'import', world.path('out'), '--name', 'copy')
  writeFileSync(world.path('team.md'), '- Lena deploys.\n')
  const put = await data('memory', 'put', 'store:copy', 'team.md', '--file', world.path('team.md'))
  const removed = await data('memory', 'rm', 'store:copy', '/team.md')
  const back = await data('memory', 'put', 'store:copy', '/team.md', '--undo')
  const listed = await data('dreams', 'ls', memory)
  const refused = await world.run(['dreams', 'cancel', dream.id])
  await data('dreams', 'archive', dream.id)
  const rest = await data('dreams', 'ls')

  expect(exported).toMatchObject({ memories: 1, renamed: [], kept: { dreams: 1, versions: 1 } })
  expect(readFileSync(world.path('out/notes.md'), 'utf8')).toContain('5433')
  expect(again).toMatchObject({ exitCode: 5 })
  expect(again.stderr).toContain('is there already')
  expect(imported).toMatchObject({ format: 'reverie', memories: 1, store: { name: 'copy' } })
  expect([put['outcome'], back['outcome']]).toEqual(['created', 'created'])
  expect(removed).toMatchObject({ path: '/team.md' })
  expect(listed).toMatchObject({ dreams: [{ id: dream.id, plan_status: 'waiting', changes: 1 }] })
  expect(refused).toMatchObject({ exitCode: 64 })
  expect(refused.stderr).toContain(`reverie discard ${dream.id}`)
  expect(rest).toEqual({ dreams: [] })
  expect(existsSync(world.path('memory/team.md'))).toBe(false)
})
