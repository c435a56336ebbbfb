import { existsSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

const root = fileURLToPath(new URL('../..', import.meta.url))

/**
 * The command as a file that this Node.js can run. The sources run as they are on the Node.js
 * that the project is developed on; older ones run what ships, as `npm ci` or `npm run build` left it.
 */
export function cliEntry(): string {
  const [major = 0] = process.versions.node.split('.').map(Number)
  if (major >= 24) return `${root}src/cli/main.ts`
  // Two files of tests may ask at once: `npm ci` has built it, and nobody builds under the other.
  if (!existsSync(`${root}dist/cli/main.js`)) throw new Error('Run `npm run build` first.')
  return `${root}bin/reverie.js`
}
