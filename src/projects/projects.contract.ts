import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { AgentProjects } from './projects.ts'

/** What stands in a world: sessions by working folder, and which of these have a note. */
export interface ProjectsWorld {
  readonly sessions: Readonly<Record<string, number>>
  readonly withNote: readonly string[]
}

export interface OpenProjects {
  readonly projects: AgentProjects
  /** The absolute path of a working folder of the world. */
  readonly path: (name: string) => string
  readonly close: () => void
}

export interface ProjectsSubject {
  readonly name: string
  readonly open: (world: ProjectsWorld) => OpenProjects
}

const WORLD: ProjectsWorld = {
  sessions: { shop: 2, blog: 1, notes: 0, empty: 0 },
  withNote: ['shop', 'notes'],
}

/** Every sentence of the `AgentProjects` port as a test; each adapter runs all of them. */
export function projectsContract({ name, open }: ProjectsSubject): void {
  describe(`${name} projects`, () => {
    let world: OpenProjects
    let projects: AgentProjects

    beforeEach(() => {
      world = open(WORLD)
      projects = world.projects
    })
    afterEach(() => world.close())

    it('are those with a note or a transcript, by name', async () => {
      const names = (await projects.list()).map((project) => project.name)

      expect(names).toHaveLength(3)
      expect(names).toEqual(names.toSorted())
    })

    it('have a memory folder exactly where a note stands in it', async () => {
      const listed = await projects.list()

      expect(listed.map(({ notes }) => notes).toSorted()).toEqual([0, 1, 1])
      for (const { notes, memoryFolder, memoryPlace } of listed) {
        expect(memoryFolder).toBe(notes === 0 ? null : memoryPlace)
      }
    })

    it('are found from their folder and from folders below, as they are listed', async () => {
      const listed = await projects.list()
      const shop = await projects.at(world.path('shop'))

      expect(listed).toContainEqual(shop)
      expect(shop.transcripts).toHaveLength(2)
      expect(await projects.at(`${world.path('shop')}/src/deep`)).toEqual(shop)
    })

    it('tell of a folder where nobody has worked where its notes would stand', async () => {
      const { memoryPlace, ...nothing } = await projects.at(world.path('empty'))

      expect(nothing).toMatchObject({ memoryFolder: null, notes: 0, indexLines: null })
      expect(nothing.transcripts).toEqual([])
      expect(nothing.transcriptFolders).toHaveLength(1)
      expect(memoryPlace).toMatch(/^\//)
    })

    it('know of nobody who tidies a folder that is no memory', async () => {
      expect(await projects.otherDreamers(world.path('empty'))).toEqual([])
    })

    it('plan a hook without a write, write it once, and take it out to the byte', async () => {
      const on = await projects.planHook('reverie hook session-end', true)
      expect(await projects.planHook('reverie hook session-end', true)).toEqual(on)

      await projects.writeHook(on)
      const again = await projects.planHook('reverie hook session-end', true)
      const off = await projects.planHook('reverie hook session-end', false)

      expect(on.after).toContain('reverie hook session-end')
      expect(again.after).toBe(again.before)
      expect(off).toMatchObject({ before: on.after, after: on.before })
      await projects.writeHook(off)
      expect(await projects.planHook('reverie hook session-end', true)).toEqual(on)
    })

    it('write no edit of settings that have changed meanwhile', async () => {
      const edit = await projects.planHook('reverie hook session-end', true)
      await projects.writeHook(edit)

      await expect(projects.writeHook(edit)).rejects.toMatchObject({ type: 'conflict_error' })
    })
  })
}
