/** A path as people write it: below their home with `~`, which also keeps their name out. */
export function homePath(path: string, env: Readonly<Record<string, string | undefined>>): string {
  const home = env.HOME ?? ''
  if (home === '' || home === '/') return path
  if (path === home) return '~'
  return path.startsWith(`${home}/`) ? `~${path.slice(home.length)}` : path
}
