import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { EXIT, exitCodeOf } from '../src/cli/exit-code.ts'
import { LIMITS } from '../src/config.ts'
import { CHANGE_KINDS, plainWord } from '../src/core/change.ts'
import { type ErrorType, ReverieError } from '../src/core/errors.ts'
import { TRUST_TIERS } from '../src/core/trust.ts'
import { SERVER_OPTIONS } from '../src/server-settings.ts'
import { ROOT, readSourceTree } from './architecture/source-tree.ts'

const files = readSourceTree()
const markdown = files.filter((file) => file.path.endsWith('.md'))
const documents = markdown.filter(({ path }) => !path.startsWith('examples/'))
const decisions = documents.filter(({ path }) => path.startsWith('docs/adr/'))

function read(path: string): string {
  return readFileSync(join(ROOT, path), 'utf8')
}

/** The text below a heading, to the next heading of the same or a higher level. */
function section(text: string, heading: string): string {
  const level = /^#+/.exec(heading)?.[0].length ?? 0
  const below = text.slice(text.indexOf(`${heading}\n`) + heading.length)
  const end = below.search(new RegExp(`^#{1,${level}} `, 'm'))
  return end < 0 ? below : below.slice(0, end)
}

/** Cells of the body rows of every table in a text, back ticks removed. */
function rows(text: string): readonly (readonly string[])[] {
  return text
    .split('\n')
    .filter((line, at, lines) => line.startsWith('|') && !isTableHead(line, lines[at + 1]))
    .map((line) => line.split('|').slice(1, -1))
    .map((cells) => cells.map((cell) => cell.replaceAll('`', '').trim()))
}

function isTableHead(line: string, next: string | undefined): boolean {
  return /^\|[-| ]+\|$/.test(line) || /^\|[-| ]+\|$/.test(next ?? '')
}

describe('docs/errors.md', () => {
  const errors = read('docs/errors.md')

  it('lists every error type with the exit code that the command gives', () => {
    const union = section(
      read('src/core/errors.ts').replace('export type ErrorType', '# x\n'),
      '# x',
    )
    const types = [...(union.split('/**')[0] ?? '').matchAll(/'(\w+)'/g)].map((match) => match[1])

    const documented = rows(section(errors, '## Types')).map(([type, code]) => [type, code])

    expect(types).not.toHaveLength(0)
    expect(documented).toEqual(types.map((type) => [type, String(exitCodeFor(type))]))
  })

  it('lists exactly the exit codes of the command', () => {
    const documented = rows(section(errors, '## Exit codes')).map(([code]) => Number(code))

    expect(documented).toEqual(Object.values(EXIT).toSorted((a, b) => a - b))
  })

  function exitCodeFor(type: string | undefined): number {
    return exitCodeOf(new ReverieError(type as ErrorType, 'a message'))
  }
})

describe('docs/glossary.md', () => {
  const glossary = read('docs/glossary.md')

  it('has an entry for every type that a file of the core exports', () => {
    const concepts = files.filter((file) => /^src\/core\/[a-z-]+\.ts$/.test(file.path))
    const types = concepts.flatMap((file) =>
      [...file.text.matchAll(/^export (?:type|interface|class|abstract class) (\w+)/gm)].map(
        (match) => ({ path: file.path, name: match[1] ?? '' }),
      ),
    )

    const missing = types.filter(({ name }) => !glossary.includes(`\`${name}\``))

    expect(types).not.toHaveLength(0)
    expect(missing.map(({ path, name }) => `${path}: ${name} has no entry`)).toEqual([])
  })

  it('names no type of the code that does not exist', () => {
    const exported = new Set(files.flatMap((file) => file.exports))
    const named = rows(glossary)
      .flatMap((cells) => (cells.length === 4 ? (cells[3] ?? '').split(',') : []))
      .map((name) => name.trim())
      .filter((name) => /^[A-Z][A-Za-z]+$/.test(name))

    expect(named.filter((name) => !exported.has(name))).toEqual([])
  })

  it('gives each kind of change the word that people read', () => {
    const documented = rows(section(glossary, '## What a change does')).map(([kind, word]) => [
      kind,
      word,
    ])

    expect(documented).toEqual(CHANGE_KINDS.map((kind) => [kind, plainWord(kind)]))
  })

  it('names the trust tiers in their order', () => {
    expect(glossary).toContain(`: ${TRUST_TIERS.join(', ')} |`)
  })
})

describe('docs/server.md', () => {
  const page = read('docs/server.md')

  it('lists every setting of the server as the command does', () => {
    const documented = rows(section(page, '## Settings'))

    expect(documented).toEqual(
      SERVER_OPTIONS.map(({ env, default: unset, meaning }) => [
        env,
        unset,
        meaning.replaceAll('`', ''),
      ]),
    )
  })

  it('lists every metric with its help', () => {
    const source = ['metrics', 'act-metrics']
      .map((name) => read(`src/server/operations/${name}.ts`))
      .join('\n')
    const metrics = [...source.matchAll(/name: `\$\{PREFIX\}(\w+)`,\s+help: '([^']+)'/g)]

    const documented = rows(section(page, '## Watch it'))

    expect(documented.toSorted()).toEqual(
      metrics.map(([, name, help]) => [`reverie_${name}`, help]).toSorted(),
    )
  })

  it('lists every rule by which a schedule waits', () => {
    const union = /type WaitRule =([^\n]*(?:\n {2}\|[^\n]*)+)/.exec(
      read('src/engine/sleep/rules/decide.ts'),
    )
    const waits = [...(union?.[1] ?? '').matchAll(/'(\w+)'/g)].map((match) => match[1])

    expect(waits).not.toHaveLength(0)
    expect(rows(section(page, '## Sleep')).map(([rule]) => rule)).toEqual(waits)
  })

  it('gives limits as they are', () => {
    const limits = section(page, '## Limits')

    for (const told of [
      `${LIMITS.memoryBytesMax / 1_024} KiB`,
      `${LIMITS.pathBytesMax.toLocaleString('en')} bytes`,
      `| ${LIMITS.sessionsPerBatchMax} |`,
      `${LIMITS.instructionsCharsMax.toLocaleString('en')} characters`,
      `${LIMITS.dreamMemoriesMax.toLocaleString('en')} and ${LIMITS.dreamStoreBytesMax / 2 ** 20} MiB`,
      `${LIMITS.sourceBytesMax / 2 ** 30} GiB`,
      `${LIMITS.jsonSourceBytesMax / 2 ** 20} MiB`,
      `| ${LIMITS.eventsPerRequestMax.toLocaleString('en')} |`,
      `| ${LIMITS.pageItemsMax} |`,
    ]) {
      expect(limits).toContain(told)
    }
  })
})

describe('docs/collective.md', () => {
  const page = read('docs/collective.md')
  const figures = (heading: string): readonly number[] =>
    rows(section(page, heading)).map(([, figure]) => Number.parseInt(figure ?? '', 10))

  it('gives limits as they are', () => {
    expect(figures('## Limits')).toEqual([
      LIMITS.collectiveInputsMax,
      LIMITS.collectiveTargetsMax,
      LIMITS.collectiveSessionsMax,
      LIMITS.collectiveAgentCharsMax,
    ])
  })

  it('says how many sessions and users a lesson needs', () => {
    expect(figures('## How many')).toEqual([
      LIMITS.sessionsWithFixMin,
      LIMITS.sessionsWithoutFixMin,
      LIMITS.sharedUsersTeamMin,
      LIMITS.sharedUsersOrgMin,
    ])
  })
})

describe('docs/adr', () => {
  it('numbers decisions without gaps', () => {
    const numbers = readdirSync(join(ROOT, 'docs/adr')).map((name) => Number(name.slice(0, 4)))

    expect(numbers).toEqual(numbers.map((_, at) => at + 1))
  })

  it.each(decisions)('$path says context, decision, consequences, rejected, on one page', (adr) => {
    const headings = [...adr.text.matchAll(/^## (.+)$/gm)].map((match) => match[1])

    expect(headings).toEqual(['Context', 'Decision', 'Consequences', 'Rejected'])
    expect(adr.text.split('\n').length).toBeLessThanOrEqual(70)
  })

  it('gives every runtime dependency its reason, and only those', () => {
    const manifest: { readonly dependencies: Readonly<Record<string, string>> } = JSON.parse(
      read('package.json'),
    )

    const documented = rows(read('docs/adr/0014-dependencies.md')).map(([name]) => name)

    expect(documented).toEqual(Object.keys(manifest.dependencies).toSorted())
  })

  it('counts twelve invariants', () => {
    const documented = rows(read('docs/adr/0005-twelve-invariants.md')).map(([number]) => number)

    expect(documented).toEqual(Array.from({ length: 12 }, (_, at) => String(at + 1)))
  })
})

describe('documents', () => {
  it('keep their size', () => {
    const linesMax = { 'ARCHITECTURE.md': 200, 'README.md': 150, 'AGENTS.md': 10 }

    const long = Object.entries(linesMax).filter(
      ([path, max]) => read(path).trimEnd().split('\n').length > max,
    )

    expect(long).toEqual([])
  })

  it('link only to files that exist', () => {
    const broken = markdown.flatMap((file) =>
      [...withoutFences(file.text).matchAll(/\]\((?!https?:|mailto:|#)([^)#\s]+)(?:#[^)]*)?\)/g)]
        .map((match) => match[1] ?? '')
        .filter((target) => !existsSync(join(ROOT, dirname(file.path), target)))
        .map((target) => `${file.path} -> ${target}`),
    )

    expect(broken.filter((link) => !link.startsWith('examples/'))).toEqual([])
  })

  it('name only files of the repository that exist', () => {
    const known = new Set(files.map((file) => file.path))
    const named = documents.flatMap((file) =>
      [...file.text.matchAll(/`((?:src|test|docs|scripts|bin|bench)\/[\w./-]+)`/g)].map(
        (match) => ({
          path: file.path,
          target: match[1] ?? '',
        }),
      ),
    )

    const missing = named.filter(
      ({ target }) => ![...known].some((path) => path === target || path.startsWith(target)),
    )

    expect(missing.map(({ path, target }) => `${path}: ${target}`)).toEqual([])
  })

  it('name only npm scripts that exist', () => {
    const manifest: { readonly scripts: Readonly<Record<string, string>> } = JSON.parse(
      read('package.json'),
    )
    const named = documents.flatMap((file) =>
      [...file.text.matchAll(/npm run ([\w:-]+)/g)].map((match) => match[1] ?? ''),
    )

    expect(named.filter((name) => !Object.hasOwn(manifest.scripts, name))).toEqual([])
  })
})

/** What stands in a code block is shown, not linked. */
function withoutFences(text: string): string {
  return text.replace(/^```[\s\S]*?^```/gm, '')
}
