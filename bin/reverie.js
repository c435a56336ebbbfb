#!/usr/bin/env node
const [major, minor] = process.versions.node.split('.').map(Number)
if (major < 22 || (major === 22 && minor < 16)) {
  process.stderr.write(
    `reverie needs Node.js 22.16 or newer; this is ${process.versions.node}.\n` +
      'Next: install a newer Node.js, or run it through npx in a project that has one.\n',
  )
  process.exit(64)
}
// node:sqlite prints an experimental warning on Node 22; it would end up in every user's terminal.
const emitWarning = process.emitWarning
process.emitWarning = (warning, ...rest) => {
  if (!String(warning).includes('SQLite')) emitWarning.call(process, warning, ...rest)
}
const { main } = await import('../dist/cli/main.js')
process.exitCode = await main(process.argv.slice(2))
