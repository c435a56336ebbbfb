import { spawnSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { ROOT } from './architecture/source-tree.ts'

const BIN = join(ROOT, 'bin/reverie.js')

/** Stands for an older Node.js: it says that it is one. */
const AGED = `data:text/javascript,Object.defineProperty(process.versions,'node',{value:'22.12.0'})`

function run(...args: readonly string[]): { readonly code: number | null; readonly err: string } {
  const { status, stderr } = spawnSync(process.execPath, args, { encoding: 'utf8' })
  return { code: status, err: stderr }
}

it('ends the command with one clear line and what to do, and nothing else', () => {
  const { code, err } = run('--import', AGED, BIN, 'dream', './memory')

  expect(code).toBe(64)
  expect(err).toMatch(/^reverie needs Node\.js 22\.16 or newer; this is 22\.12\.0\.\nNext: .+\n$/)
})

it('ends the command where Node.js has no database', () => {
  const { code, err } = run('--no-experimental-sqlite', BIN, 'dream', './memory')

  expect(code).toBe(64)
  expect(err).toMatch(/^reverie needs node:sqlite; this Node\.js .+\nNext: .+\n$/)
})

it('is told to a program that imports the library', () => {
  const program = `import(${JSON.stringify(join(ROOT, 'src/index.ts'))}).catch((e) => console.error(e.message))`
  const { err } = run('--import', AGED, '--input-type=module', '--eval', program)

  expect(err).toBe('reverie needs Node.js 22.16 or newer; this is 22.12.0.\n')
})

it('is one version in the package, the command and the library', () => {
  const { engines } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8'))

  expect(engines.node).toBe('>=22.16')
  expect(readFileSync(BIN, 'utf8')).toContain('minor < 16')
  expect(readFileSync(join(ROOT, 'src/index.ts'), 'utf8')).toContain('NODE_MIN = [22, 16]')
})
