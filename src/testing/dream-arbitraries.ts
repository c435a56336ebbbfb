import fc from 'fast-check'
import type { Change } from '../core/change.ts'
import type { DreamFacts } from '../core/invariants/dream-facts.ts'
import type { LedgerDraft } from '../core/ledger.ts'
import type { StoreContent } from '../core/store-content.ts'
import type { Unit } from '../core/unit.ts'
import { aChange, storedMemory, unitsOf } from './arbitraries.ts'
import { draftOf, dreamFacts, eventEvidence, unitEvidence } from './dream-facts.ts'

/** What happens to one note of a generated dream. */
const STORIES = [
  'kept',
  'merged',
  'contained',
  'superseded',
  'annotated',
  'disputed',
  'removed',
  'held',
  'rejected',
  'secret',
  'pinned',
  'person',
  'person accepted',
] as const

type Story = (typeof STORIES)[number]

interface Plot {
  readonly story: Story
  /** Distinct for each note of a dream. */
  readonly port: number
}

const ADDITIONS = ['add', 'held add', 'insight', 'new memory'] as const

/** Keeps the number in a name apart from every port. */
const NAME_OFFSET = 20_000

/** Every dream has these, so that each mutant finds the change it breaks. */
const ALWAYS: readonly Story[] = ['contained', 'superseded', 'pinned', 'held', 'secret', 'person']

/** A legal dream: a store of notes, a plan of every kind of change, and its bytes. */
export const aDream: fc.Arbitrary<DreamFacts> = fc
  .record({
    stories: fc.array(fc.constantFrom(...STORIES), { maxLength: 4 }),
    additions: fc.array(fc.constantFrom(...ADDITIONS), { maxLength: 3 }),
    isOldEmptied: fc.boolean(),
    eol: fc.constantFrom('\n', '\r\n'),
    firstPort: fc.integer({ min: 1_000, max: 8_000 }),
  })
  .map(({ stories, additions, isOldEmptied, eol, firstPort }) => {
    const plots = [...ALWAYS, ...stories].map((story, at) => ({ story, port: firstPort + at }))
    const content = storeOfPlots(plots, eol)
    const notes = unitsOf(content).filter(({ path }) => path !== '/old.md')
    const changes = [
      ...plots.flatMap((plot) => changesOf(plot, notes)),
      ...unitsOf(content)
        .filter(({ path }) => path === '/old.md' && isOldEmptied)
        .map((unit) => removal('old', unit)),
      ...['add' as const, ...additions].map(addition),
    ]
    return dreamFacts(content, changes)
  })

function storeOfPlots(plots: readonly Plot[], eol: string): StoreContent {
  const halves = [0, 1].map((half) => plots.filter((_, at) => at % 2 === half).flatMap(linesOf))
  const texts = {
    '/a.md': `# Services\n\n${(halves[0] ?? []).map((line) => `- ${line}\n`).join('')}`,
    '/b.md': `---\nname: Ports\n---\n\n# Ports\n\n${(halves[1] ?? []).join('\n\n')}\n`,
    '/old.md': '# Old\n\n- The old office closes at 17.\n',
    '/MEMORY.md':
      '# Memory\n\n- [Services](a.md) - who listens\n- [Old](old.md) - the old office\n',
  }
  const memories = Object.entries(texts).map(([path, text]) => {
    const memory = storedMemory(path, text.replaceAll('\n', eol))
    return [path, { ...memory, units: memory.units.map(labelled) }] as const
  })
  return { memories: new Map(memories) }
}

/** A pinned note and a person's note say so in their text. */
function labelled(unit: Unit): Unit {
  const isPerson = unit.text.startsWith('Person')
  return {
    ...unit,
    isPinned: unit.text.startsWith('Pinned'),
    origin: isPerson ? 'person' : 'imported',
    trust: isPerson ? 'user' : 'note',
  }
}

function linesOf({ story, port }: Plot): readonly string[] {
  const text = textOf({ story, port })
  if (story === 'merged') return [text, text]
  return story === 'contained' ? [`${text} It restarts at ${port + 1}.`, text] : [text]
}

function textOf({ story, port }: Plot): string {
  if (story === 'secret') return `Service ${port} has the key sk-${port}.`
  const who = story === 'pinned' ? 'Pinned' : story.startsWith('person') ? 'Person' : 'Service'
  return `${who} ${port + NAME_OFFSET} listens on port ${port}.`
}

function changesOf(plot: Plot, notes: readonly Unit[]): readonly Change[] {
  const id = String(plot.port)
  const lines = new Set(linesOf(plot))
  const [unit, copy] = notes.filter(({ text }) => lines.has(text))
  if (unit === undefined) return []
  const shared = { before: [placed(unit)], units: [unit.id], evidence: [unitEvidence(unit)] }
  switch (plot.story) {
    case 'merged':
    case 'contained':
      return copy === undefined ? [] : [merge(id, unit, copy)]
    case 'superseded':
      return [replacement(id, unit)]
    case 'held':
      return [{ ...replacement(id, unit), status: 'held', heldReason: 'probe_broken' }]
    case 'rejected':
      return [{ ...replacement(id, unit), status: 'rejected' }]
    case 'person accepted':
      return [{ ...replacement(id, unit), status: 'accepted' }]
    case 'annotated':
      return [annotation(id, unit)]
    case 'disputed':
    case 'pinned':
      return [aChange(id, 'conflict', shared)]
    case 'removed':
      return [removal(id, unit)]
    case 'secret':
      return [redaction(id, unit)]
    default:
      return []
  }
}

function merge(id: string, survivor: Unit, other: Unit): Change {
  return aChange(id, 'merge', {
    before: [placed(survivor), placed(other)],
    after: [placed(survivor)],
    edits: [{ op: 'delete', unitId: other.id }],
    units: [survivor.id, other.id],
    evidence: [unitEvidence(survivor), unitEvidence(other)],
    ledger: [draftOf(other, 'merged')],
  })
}

function replacement(id: string, unit: Unit): Change {
  const text = unit.text.replace(/\d+\.$/u, (port) => `${Number.parseInt(port, 10) + 100_000}.`)
  return aChange(id, 'supersede', {
    before: [placed(unit)],
    after: [{ path: unit.path, text }],
    edits: [{ op: 'replace', unitId: unit.id, text }],
    units: [unit.id],
    evidence: [eventEvidence(text), unitEvidence(unit)],
    trust: 'user',
    ledger: [draftOf(unit, 'superseded')],
  })
}

function annotation(id: string, unit: Unit): Change {
  const note = 'may be outdated'
  return aChange(id, 'annotate', {
    before: [placed(unit)],
    after: [{ path: unit.path, text: `${unit.text} (${note})` }],
    edits: [{ op: 'suffix', unitId: unit.id, text: note }],
    evidence: [unitEvidence(unit)],
    ledger: [{ ...draftOf(unit, 'generated'), text: ` (${note})` }],
  })
}

function removal(id: string, unit: Unit): Change {
  return aChange(id, 'remove', {
    before: [placed(unit)],
    edits: [{ op: 'delete', unitId: unit.id }],
    units: [unit.id],
    evidence: [unitEvidence(unit)],
    ledger: [draftOf(unit, 'removed')],
  })
}

function redaction(id: string, unit: Unit): Change {
  const text = unit.text.replace(/sk-\d+/u, '[redacted:key]')
  const masked = { path: unit.path, text }
  return aChange(id, 'redact', {
    before: [masked],
    after: [masked],
    edits: [{ op: 'replace', unitId: unit.id, text }],
    units: [unit.id],
    status: 'held',
    heldReason: 'secret',
  })
}

function addition(kind: (typeof ADDITIONS)[number], at: number): Change {
  const text = `Person said number ${at} of ${kind}.`
  const path = kind === 'new memory' ? '/facts.md' : '/a.md'
  const indexPath = '/MEMORY.md'
  const create = { name: 'Facts', description: 'as stated', type: 'project', indexPath }
  const generated = (line: string, place: string): LedgerDraft => ({
    kind: 'generated',
    unitId: null,
    path: place,
    text: line,
    interval: { start: null, end: null },
    reason: 'A line of its own.',
    evidence: [],
  })
  return aChange(`${kind} ${at}`, kind === 'insight' ? 'insight' : 'add', {
    after: [{ path, text }],
    edits: [{ op: 'append', path, text, create: kind === 'new memory' ? create : null }],
    evidence: kind === 'insight' ? [] : [eventEvidence(text)],
    trust: kind === 'insight' ? 'assistant' : 'user',
    ledger: [
      ...(kind === 'insight' ? [generated(text, path)] : []),
      ...(kind === 'new memory' ? [generated('[Facts](facts.md) - as stated', indexPath)] : []),
    ],
    ...(kind === 'held add' ? { status: 'held', heldReason: 'untrusted_instruction' } : {}),
  })
}

function placed({ path, text }: Unit): { readonly path: string; readonly text: string } {
  return { path, text }
}
