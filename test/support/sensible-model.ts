import type { ModelRequest } from '../../src/models/model.ts'
import type { ModelScript } from '../../src/testing/scripted-model.ts'

/** What a careful reader finds in the sessions of a `ModelWorld`. */
interface Reader {
  readonly claims: readonly { readonly quote: string; readonly claim: object }[]
  readonly changes: readonly {
    readonly note: string
    readonly quote: string
    readonly change: object
  }[]
  readonly alike: readonly { readonly words: readonly [string, string]; readonly verdict: object }[]
  readonly merges: readonly { readonly words: string; readonly text: string }[]
  /** Two answers that differ are none. */
  readonly probes: readonly {
    readonly q: string
    readonly gold: string
    readonly unlessSaid: string | null
  }[]
}

const FACT = {
  kind: 'fact',
  formerValue: null,
  polarity: 'holds',
  modality: 'is',
  cue: 'remember',
  from: null,
  until: null,
  dependsOn: [],
}
const SAME = { slotSame: true, bothCanHold: true, missingInA: [], missingInB: [], reason: 'same' }

const READER: Reader = {
  claims: [
    {
      quote: 'the export bucket got the name crane-exports',
      claim: {
        ...FACT,
        text: 'The export bucket got the name crane-exports.',
        subject: 'export bucket',
        attribute: 'name',
        value: 'crane-exports',
      },
    },
    {
      quote: 'the depot in Chur keeps 30 keys',
      claim: {
        ...FACT,
        text: 'In Chur the depot keeps 30 keys.',
        subject: 'depot in Chur',
        attribute: 'keys',
        value: '30',
      },
    },
  ],
  changes: [
    {
      note: 'Heroku',
      quote: 'since the move to Fly',
      change: { kind: 'replace', old: 'Heroku', new: 'Fly', from: null, until: null },
    },
  ],
  alike: [
    {
      words: ['row 12', 'Swiss'],
      verdict: { ...SAME, rel: 'a_more', missingInA: ['a detail'], missingInB: ['a detail'] },
    },
    { words: ['Blue-green', 'switching traffic'], verdict: { ...SAME, rel: 'same' } },
    { words: ['Heroku', 'Fly'], verdict: { ...SAME, rel: 'update', bothCanHold: false } },
  ],
  merges: [{ words: 'Swiss', text: 'Prefers a window seat on long flights with Swiss, row 12.' }],
  probes: [
    { q: 'How is the storefront released?', gold: 'Blue-green', unlessSaid: 'switching traffic' },
  ],
}

/** One marked line of the data of a request: `⟨a|b⟩ text`. */
interface Line {
  readonly marks: readonly string[]
  readonly text: string
}

/**
 * Answers every prompt as a careful reader of the small world would, from nothing but the data that
 * the request holds. The same question has the same answer.
 */
export const sensibleScript: ModelScript = (request) =>
  JSON.stringify(answerTo(request, promptOf(request)))

/** Name of a request's prompt, without its version. */
export function promptOf({ name }: Pick<ModelRequest, 'name'>): string {
  return name.replace(/-\d+$/, '')
}

/** The marked lines of a request's data. */
export function linesIn(data: string): readonly Line[] {
  return [...data.matchAll(/^⟨([^⟩]*)⟩ (.*)$/gm)].map(([, marks = '', text = '']) => ({
    marks: marks.split('|'),
    text,
  }))
}

function answerTo({ data }: ModelRequest, prompt: string): object {
  const lines = linesIn(data)
  switch (prompt) {
    case 'extract':
      return { claims: READER.claims.flatMap((one) => said(one.quote, one.claim, lines)) }
    case 'changes':
      return { changes: changesIn(lines) }
    case 'relate':
      return { pairs: byNumber(lines).map(verdictOn) }
    case 'merge':
      return mergeOf(lines)
    case 'lesson':
      return lessonOf(data)
    case 'entail':
      return { items: byNumber(lines).map(supportOf) }
    case 'probes':
      return { probes: lines.flatMap(probeOf) }
    default:
      return { items: byNumber(lines).map(replyTo) }
  }
}

function said(quote: string, about: object, lines: readonly Line[]): readonly object[] {
  const line = lines.find(({ marks, text }) => marks[1] === 'user' && text.includes(quote))
  return line === undefined
    ? []
    : [{ ...about, evidence: [{ event: Number(line.marks[0]), quote }] }]
}

function changesIn(lines: readonly Line[]): readonly object[] {
  return READER.changes.flatMap(({ note, quote, change }) => {
    const noted = lines.find(
      ({ marks, text }) => marks[0]?.startsWith('note ') && text.includes(note),
    )
    const n = Number(noted?.marks[0]?.slice('note '.length))
    return noted === undefined ? [] : said(quote, { ...change, note: n }, lines)
  })
}

/** The lines of each item, by their number. */
function byNumber(lines: readonly Line[]): readonly (readonly [number, readonly Line[]])[] {
  const items = Map.groupBy(lines, ({ marks }) => Number(marks[0]))
  return [...items].sort(([a], [b]) => a - b)
}

function textsOf(lines: readonly Line[], mark: string): readonly string[] {
  return lines.filter(({ marks }) => marks[1] === mark).map(({ text }) => text)
}

function verdictOn([pair, lines]: readonly [number, readonly Line[]]): object {
  const [a = '', b = ''] = [...textsOf(lines, 'A'), ...textsOf(lines, 'B')]
  const known = READER.alike.find(
    ({ words: [x, y] }) => (a.includes(x) && b.includes(y)) || (a.includes(y) && b.includes(x)),
  )
  const nothing = { ...SAME, slotSame: false, reason: 'different things', rel: 'none' }
  return { pair, ...(known?.verdict ?? nothing) }
}

function mergeOf(lines: readonly Line[]): object {
  const all = lines.map(({ text }) => text).join(' ')
  const text = READER.merges.find(({ words }) => all.includes(words))?.text ?? all
  return { keeps: lines.map(({ marks }) => ({ member: Number(marks[0]), slots: [] })), text }
}

function lessonOf(data: string): object {
  const tool = /`([^`]+)`/.exec(data)?.[1] ?? 'the tool'
  const message = /“([^”]+)”/.exec(data)?.[1] ?? ''
  return {
    evidence: [1],
    when: `\`${tool}\` says “${message}”`,
    do: `check that before you call \`${tool}\``,
    because: 'it was refused',
    notWhen: null,
  }
}

const SMALL_WORDS = new Set(['that', 'this', 'with', 'when', 'before', 'from', 'says'])

/** Every telling word and number of the sentence stands in its evidence. */
function supportOf([item, lines]: readonly [number, readonly Line[]]): object {
  const [sentence = ''] = textsOf(lines, 'sentence')
  const evidence = textsOf(lines, 'evidence').join(' ').toLowerCase()
  const words = sentence.toLowerCase().match(/[\p{L}]{4,}|\d+/gu) ?? []
  const unsupported = words.filter((word) => !SMALL_WORDS.has(word) && !evidence.includes(word))
  return { item, unsupported, supported: unsupported.length === 0 ? 'yes' : 'no' }
}

function probeOf({ marks: [unit], text }: Line): readonly object[] {
  const known = READER.probes.filter(({ gold }) => text.includes(gold))
  return known.map(({ q, gold }) => ({ unit: Number(unit), kind: 'exact', q, gold }))
}

function replyTo([item, lines]: readonly [number, readonly Line[]]): object {
  const [question = ''] = textsOf(lines, 'question')
  const probe = READER.probes.find(({ q }) => q === question)
  if (probe === undefined) return { item, answer: null }
  const said = textsOf(lines, 'note').join('\n')
  const isOpen = probe.unlessSaid !== null && said.includes(probe.unlessSaid)
  return { item, answer: said.includes(probe.gold) && !isOpen ? probe.gold : null }
}
