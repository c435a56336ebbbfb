/**
 * All that CI proves, in order; `.ci/run` installs and calls it. Every step runs even when an
 * earlier one failed, so that one run shows everything. The last line is `N passed, N failed`,
 * the tests on the pinned Node.js.
 */
import { spawnSync } from 'node:child_process'
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { delimiter, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { countTests, NO_REPORT, type TestCounts } from './test-counts.ts'

const root = fileURLToPath(new URL('..', import.meta.url))
const temp = mkdtempSync(join(tmpdir(), 'reverie-ci-'))
/** The oldest line of Node.js that `engines` in package.json allows. */
const OLDEST_NODE = 'node@22'
const DEADLINE = performance.now() + 32 * 60_000
const QUIET = ['--no-audit', '--no-fund', '--loglevel=error']

interface CommandOptions {
  readonly cwd?: string
  /** Folders put before `PATH`. */
  readonly path?: readonly string[]
  readonly home?: string
  readonly minutes?: number
  readonly env?: Readonly<Record<string, string>>
}

const STEPS: readonly (readonly [string, () => void])[] = [
  ['install', checkInstallation],
  ['check', () => run('npm', ['run', 'check'])],
  ['test', () => run('npm', ['test', '--', ...reportTo('pinned')], { minutes: 20 })],
  [`test on ${OLDEST_NODE}`, testOnOldestNode],
  ['build', () => run('npm', ['run', 'build'])],
  ['package', smokePackage],
  ['README', smokeReadme],
]

function main(): void {
  const failures = STEPS.flatMap(([name, step]) => runStep(name, step))
  const report = reportPath('pinned')
  const counts: TestCounts = existsSync(report)
    ? countTests(readFileSync(report, 'utf8'))
    : NO_REPORT
  rmSync(temp, { recursive: true, force: true })

  for (const failure of failures) console.log(`failed: ${failure}`)
  if (failures.length > 0 || counts.failed > 0) process.exitCode = 1
  console.log(`${counts.passed} passed, ${counts.failed} failed`)
}

function runStep(name: string, step: () => void): readonly string[] {
  const start = performance.now()
  console.log(`\n== ${name}`)
  try {
    step()
    console.log(`== ${name}: ok in ${((performance.now() - start) / 1000).toFixed(1)} s`)
    return []
  } catch (error) {
    return [`${name}: ${error instanceof Error ? error.message : String(error)}`]
  }
}

/** `.ci/run` has installed already and hands over how that ended. */
function checkInstallation(): void {
  const status = process.argv[2] ?? '0'
  if (status !== '0') throw new Error(`npm ci ended with ${status}`)
}

/**
 * Minutes of whole servers, laws, sentences and months that use nothing of Node.js which other tests do
 * not; and a test whose child process runs the sources, whose syntax only the pinned Node.js knows.
 */
const PINNED_ONLY = [
  'test/{anomaly,e2e,laws,scenarios,sleep,transcripts,upkeep}/**',
  'src/engine/language/**',
  'src/server/retries/**',
  'src/storage/folder/folder-lock.test.ts',
  '**/*.property.test.ts',
  'bench/**',
]

function testOnOldestNode(): void {
  const prefix = join(temp, 'oldest-node')
  run('npm', ['install', '--prefix', prefix, ...QUIET, OLDEST_NODE])
  const bin = join(prefix, 'node_modules', '.bin')
  const vitest = join(root, 'node_modules', 'vitest', 'vitest.mjs')
  const without = PINNED_ONLY.flatMap((pattern) => ['--exclude', pattern])
  run(join(bin, 'node'), [vitest, 'run', ...without, ...reportTo('oldest')], {
    path: [bin],
    minutes: 9,
    env: { LAW_CASES: '200' },
  })
}

/** The smallest program over the library. */
const PROGRAM = `import { createReverie } from 'reverie'
const reverie = await createReverie()
await reverie.workspace().stores.create({ name: 'first' })
await reverie.close()`

/** What a newcomer gets: the packed package, installed elsewhere, with an empty home. */
function smokePackage(): void {
  const [tarball, again] = [packed('first'), packed('second')]
  if (!readFileSync(tarball).equals(readFileSync(again))) throw new Error('two packages differ')
  const app = installedApp()
  run('npm', ['install', '--prefix', app, ...QUIET, tarball])

  const shop = join(temp, 'shop')
  cpSync(join(app, 'node_modules', manifest().name, 'examples', 'shop'), shop, { recursive: true })
  const asNewcomer = newcomer(shop)
  run('reverie', ['version'], asNewcomer)
  run('reverie', ['dream', 'memory', '--sessions', 'sessions'], asNewcomer)
  run('node', ['--input-type=module', '--eval', PROGRAM], newcomer(app))
}

function packed(name: string): string {
  const folder = join(temp, name)
  mkdirSync(folder)
  run('npm', ['pack', '--ignore-scripts', '--pack-destination', folder, ...QUIET])
  return join(folder, `${manifest().name}-${manifest().version}.tgz`)
}

/** Runs the blocks of README.md that are marked ```` ```sh smoke ````, in order, in one shell. */
function smokeReadme(): void {
  const readme = readFileSync(join(root, 'README.md'), 'utf8')
  const blocks = [...readme.matchAll(/^```sh smoke\n([\s\S]*?)^```/gm)].map((match) => match[1])
  if (blocks.length === 0) throw new Error('README.md has no block marked `sh smoke`')
  const folder = join(temp, 'readme')
  cpSync(join(root, 'examples'), join(folder, 'examples'), { recursive: true })
  run('bash', ['-euo', 'pipefail', '-c', blocks.join('\n')], newcomer(folder))
}

function newcomer(cwd: string): CommandOptions {
  const home = join(temp, 'home')
  mkdirSync(home, { recursive: true })
  return { cwd, home, path: [join(installedApp(), 'node_modules', '.bin')] }
}

function installedApp(): string {
  return join(temp, 'app')
}

function reportTo(name: string): readonly string[] {
  return ['--reporter=default', '--reporter=json', `--outputFile.json=${reportPath(name)}`]
}

function reportPath(name: string): string {
  return join(temp, `${name}.json`)
}

function manifest(): { readonly name: string; readonly version: string } {
  return JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'))
}

/** Runs a command to its end, without input; throws when it fails or takes too long. */
function run(command: string, args: readonly string[], options: CommandOptions = {}): void {
  const path = [...(options.path ?? []), join(root, 'node_modules', '.bin'), process.env.PATH]
  const { XDG_STATE_HOME: _, REVERIE_HOME: __, ...inherited } = process.env
  const left = DEADLINE - performance.now()
  const { status, signal, error } = spawnSync(command, args, {
    cwd: options.cwd ?? root,
    env: {
      ...inherited,
      PATH: path.join(delimiter),
      ...(options.home === undefined ? {} : { HOME: options.home }),
      ...options.env,
    },
    stdio: ['ignore', 'inherit', 'inherit'],
    timeout: Math.max(1, Math.floor(Math.min((options.minutes ?? 4) * 60_000, left))),
  })
  const shown = `${command} ${args[0] ?? ''}`
  if (error !== undefined) throw new Error(`${shown}: ${error.message}`, { cause: error })
  if (status !== 0) throw new Error(`${shown} ended with ${status ?? signal}`)
}

main()
