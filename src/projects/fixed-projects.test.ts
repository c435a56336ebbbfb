import { aProject, fixedProjects } from './fixed-projects.test-support.ts'
import { type OpenProjects, type ProjectsWorld, projectsContract } from './projects.contract.ts'

projectsContract({ name: 'fixed', open })

function open({ sessions, withNote }: ProjectsWorld): OpenProjects {
  const path = (name: string): string => `/home/me/${name}`
  const projects = Object.entries(sessions).map(([name, count]) => {
    const [transcript] = aProject().transcripts
    const hasNote = withNote.includes(name)
    return aProject({
      name: `-home-me-${name}`,
      workingFolder: path(name),
      memoryFolder: hasNote ? aProject().memoryPlace : null,
      notes: hasNote ? 1 : 0,
      indexLines: null,
      transcripts: transcript === undefined ? [] : Array.from({ length: count }, () => transcript),
    })
  })
  const byName = projects.toSorted((a, b) => (a.name < b.name ? -1 : 1))
  return { projects: fixedProjects({ projects: byName }), path, close: () => undefined }
}
