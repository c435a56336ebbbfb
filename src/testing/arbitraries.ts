import fc from 'fast-check'
import { LOCAL_AUDIENCE } from '../core/audience.ts'
import type { Change, ChangeKind, Edit } from '../core/change.ts'
import type {
  ChangeId,
  ChangeSetId,
  MemoryId,
  MemoryStoreId,
  MemoryVersionId,
} from '../core/ids.ts'
import { parseMemory } from '../core/markdown.ts'
import { isIndexPath } from '../core/memory-path.ts'
import type { StoreContent, StoredMemory } from '../core/store-content.ts'
import type { Unit } from '../core/unit.ts'
import { type AuthorOf, importedAuthor, toUnits } from '../core/unit-matching.ts'

/** Every property suite runs with this seed, so that a failure is the same on every machine. */
export const SEED = 20_260_314

const WORDS = [
  'the',
  'staging',
  'API',
  'port',
  '8080',
  '5433',
  'runs',
  'on',
  'never',
  'Tomas',
  '`make ci`',
  '**bold**',
  '[docs](docs.md)',
  'naïve',
  '😀',
  '数据',
  'as of 2026-03-14',
  '[x]',
  'a_b_c',
  '<br>',
]

/** One line of plain and not so plain words. */
export const aSentence: fc.Arbitrary<string> = fc
  .array(fc.constantFrom(...WORDS), { minLength: 1, maxLength: 6 })
  .map((words) => words.join(' '))

const aBullet: fc.Arbitrary<string> = fc
  .tuple(fc.constantFrom('- ', '* ', '+ ', '1. ', '7) ', '- [ ] ', '-\t'), aSentence)
  .map(([marker, text]) => `${marker}${text}`)

const aBlock: fc.Arbitrary<string> = fc.oneof(
  { weight: 4, arbitrary: aBullet },
  { weight: 2, arbitrary: aBullet.map((line) => `  ${line}`) },
  { weight: 1, arbitrary: aBullet.map((line) => `\t${line}`) },
  { weight: 2, arbitrary: aSentence },
  { weight: 1, arbitrary: aSentence.map((text) => `  ${text}`) },
  { weight: 2, arbitrary: fc.constant('') },
  { weight: 1, arbitrary: aSentence.map((text) => `## ${text}`) },
  { weight: 1, arbitrary: aSentence.map((text) => `> ${text}`) },
  {
    weight: 1,
    arbitrary: fc.constantFrom(
      '===',
      '---',
      '```',
      '~~~\ncode - not a bullet\n~~~',
      '| a | b |\n| - | - |\n| 1 | 2 |',
      '<div>',
      '<!-- open',
      '[ref]: https://example.com',
      '    indented code',
      '-',
    ),
  },
)

const FRONT_MATTER = [
  '',
  '---\nname: Ports\nmodified: 2026-03-14\n---\n',
  '---\n: [bad\n---\n',
  '\uFEFF',
]

/** Markdown of every construct in any order, with every line ending. */
export const aMemoryText: fc.Arbitrary<string> = fc
  .record({
    head: fc.constantFrom(...FRONT_MATTER),
    blocks: fc.array(aBlock, { maxLength: 14 }),
    eol: fc.constantFrom('\n', '\n', '\r\n', '\r'),
    end: fc.constantFrom('', '\n', '\n\n'),
  })
  .map(({ head, blocks, eol, end }) => `${head}${blocks.join('\n')}${end}`.replaceAll('\n', eol))

/** A tidy memory as agents write them: a heading and bullets. */
export const aTidyMemoryText: fc.Arbitrary<string> = fc
  .array(aSentence, { minLength: 1, maxLength: 6 })
  .map((lines) => `# Notes\n\n${lines.map((line) => `- ${line}\n`).join('')}`)

const PATHS = ['/a.md', '/b.md', '/area/c.md']

/** A store of one to three memories whose units are those of their content. */
export const aStoreContent: fc.Arbitrary<StoreContent> = fc
  .array(fc.oneof(aMemoryText, aTidyMemoryText), { minLength: 1, maxLength: PATHS.length })
  .map((texts) =>
    storeOf(Object.fromEntries(texts.map((text, at) => [PATHS[at] ?? '/d.md', text]))),
  )

/** A store that holds the given texts by path. */
export function storeOf(
  texts: Readonly<Record<string, string>>,
  authorOf: AuthorOf = importedAuthor,
): StoreContent {
  const memories = Object.entries(texts).map(([path, text]) =>
    storedMemory(path, text, [], authorOf),
  )
  return { memories: new Map(memories.map((memory) => [memory.path, memory])) }
}

/** A memory with its units; ids follow from the path. */
export function storedMemory(
  path: string,
  content: string,
  previous: readonly Unit[] = [],
  authorOf: AuthorOf = importedAuthor,
): StoredMemory {
  const owner = {
    storeId: 'memstore_test' as MemoryStoreId,
    memoryId: `mem_${path}` as MemoryId,
    versionId: `memver_${path}` as MemoryVersionId,
    path,
    audience: LOCAL_AUDIENCE,
  }
  const parsed = parseMemory(content, { isIndex: isIndexPath(path) })
  return { path, content, units: toUnits(owner, parsed, previous, authorOf) }
}

export function unitsOf({ memories }: StoreContent): readonly Unit[] {
  return [...memories.values()].flatMap(({ units }) => units)
}

/** A change that holds the given fields and plain values for all others. */
export function aChange(
  id: string,
  kind: Exclude<ChangeKind, 'keep'>,
  fields: Partial<Change> = {},
): Change {
  return {
    id: `chg_${id}` as ChangeId,
    kind,
    changeSet: `cset_${id}` as ChangeSetId,
    reason: 'A reason.',
    before: [],
    after: [],
    edits: [],
    units: [],
    evidence: [],
    trust: 'note',
    audience: LOCAL_AUDIENCE,
    status: 'proposed',
    heldReason: null,
    ledger: [],
    pattern: null,
    isWordedByModel: false,
    ...fields,
  }
}

/** A store and changes that may stand beside each other: at most one per unit. */
export const aStoreWithChanges: fc.Arbitrary<{
  readonly content: StoreContent
  readonly changes: readonly Change[]
}> = aStoreContent.chain((content) => {
  const perUnit = unitsOf(content).map((unit) => editOfUnit(unit))
  const appends = [...content.memories.keys()].map((path) =>
    fc.option(
      aSentence.map((text): Edit => ({ op: 'append', path, text, create: null })),
      { freq: 2, nil: null },
    ),
  )
  return fc.tuple(...perUnit, ...appends).map((edits) => ({
    content,
    changes: edits.flatMap((edit, at) =>
      edit === null ? [] : [aChange(String(at), 'supersede', { edits: [edit] })],
    ),
  }))
})

function editOfUnit(unit: Unit): fc.Arbitrary<Edit | null> {
  const unitId = unit.id
  const aReplace = aSentence.map((text): Edit => ({ op: 'replace', unitId, text }))
  const aSuffix = aSentence.map((text): Edit => ({ op: 'suffix', unitId, text }))
  const aDelete = fc.constant<Edit>({ op: 'delete', unitId })
  const choices = unit.kind === 'parent-bullet' ? [aReplace, aSuffix] : [aReplace, aSuffix, aDelete]
  return fc.option(fc.oneof(...choices), { freq: 2, nil: null })
}
