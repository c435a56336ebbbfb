#!/usr/bin/env node
import { isBuiltin } from 'node:module'

const [major, minor] = process.versions.node.split('.').map(Number)
if (major < 22 || (major === 22 && minor < 16)) {
  process.stderr.write(
    `reverie needs Node.js 22.16 or newer; this is ${process.versions.node}.\n` +
      'Next: install a newer Node.js, or run it through npx in a project that has one.\n',
  )
  process.exit(64)
}
if (!isBuiltin('node:sqlite')) {
  process.stderr.write(
    `reverie needs node:sqlite; this Node.js ${process.versions.node} was built or started without it.\n` +
      'Next: take --no-experimental-sqlite out of NODE_OPTIONS, or install Node.js from nodejs.org.\n',
  )
  process.exit(64)
}
// node:sqlite prints an experimental warning on Node 22; it would end up in every user's terminal.
const emitWarning = process.emitWarning
process.emitWarning = (warning, ...rest) => {
  if (!String(warning).includes('SQLite')) emitWarning.call(process, warning, ...rest)
}
const words = process.argv.slice(2)
if (
  words[0] === 'hook' &&
  words[1] === 'session-end' &&
  words.slice(2).every((word) => word === '--verbose')
) {
  // An agent gives its hooks less time than the whole command takes to load.
  const { runSessionEndHook } = await import('../dist/cli/sleep/hook-entry.js')
  await runSessionEndHook(process.argv[1])
} else {
  const { main } = await import('../dist/cli/main.js')
  process.exitCode = await main(words)
}
