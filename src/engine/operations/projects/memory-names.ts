import type { Deps } from '../deps.ts'

/**
 * A short name for each memory folder, told apart from every other: of the one project that it
 * belongs to, else of the folder itself. Agents call most of these folders alike.
 */
export async function memoryNames(
  folders: readonly string[],
  { projects }: Pick<Deps, 'projects'>,
): Promise<ReadonlyMap<string, string>> {
  const known = folders.length === 0 ? [] : ((await projects?.list()) ?? [])
  const places = folders.map((folder) => {
    const [first, ...others] = known.filter(({ memoryFolder }) => memoryFolder === folder)
    return others.length > 0 ? folder : (first?.workingFolder ?? folder)
  })
  return new Map(
    folders.map((folder, n) => [folder, shortName(places[n] ?? folder, places.toSpliced(n, 1))]),
  )
}

/** The last names of a path that no other path ends in. */
function shortName(path: string, others: readonly string[]): string {
  const names = namesOf(path)
  const least = names.at(-1) === 'memory' ? 2 : 1
  for (let count = least; count < names.length; count += 1) {
    const end = names.slice(-count).join('/')
    if (!others.some((other) => namesOf(other).slice(-count).join('/') === end)) return end
  }
  return path
}

function namesOf(path: string): readonly string[] {
  return path.split(/[/\\]/).filter((name) => name !== '')
}
