import { describe, expect, it } from 'vitest'
import { aProject, fixedProjects } from '../../../projects/fixed-projects.test-support.ts'
import { memoryNames } from './memory-names.ts'

const CLAUDE = '/home/me/.claude/projects'

async function named(
  folders: readonly string[],
  owners: Readonly<Record<string, string>> = {},
): Promise<readonly (string | undefined)[]> {
  const projects = fixedProjects({
    projects: Object.entries(owners).map(([workingFolder, memoryFolder]) =>
      aProject({ workingFolder, memoryFolder }),
    ),
  })
  const names = await memoryNames(folders, { projects })
  return folders.map((folder) => names.get(folder))
}

describe('the name of a memory', () => {
  it('is that of the project it belongs to', async () => {
    const shop = `${CLAUDE}/-home-me-shop/memory`

    expect(await named([shop], { '/home/me/shop': shop })).toEqual(['shop'])
  })

  it('is longer where projects are called alike', async () => {
    const [a, b] = [`${CLAUDE}/-home-me-a-api/memory`, `${CLAUDE}/-home-me-b-api/memory`]
    const owners = { '/home/me/a/api': a, '/home/me/b/api': b }

    expect(await named([a, b], owners)).toEqual(['a/api', 'b/api'])
  })

  it('is that of the folder where several projects share it, or none is known', async () => {
    const notes = '/home/me/notes'
    const owners = { '/home/me/shop': notes, '/home/me/blog': notes }

    expect(await named([notes, '/srv/agent/memory'], owners)).toEqual(['notes', 'agent/memory'])
    expect(await memoryNames(['/srv/agent/memory'], {})).toEqual(
      new Map([['/srv/agent/memory', 'agent/memory']]),
    )
  })

  it('is the whole path where a shorter one would be another', async () => {
    expect(await named(['/notes', '/srv/notes'])).toEqual(['/notes', '/srv/notes'])
  })
})
