import { sha256 } from '../../../src/core/ids.ts'
import { linesIn, promptOf, sensibleScript } from '../../support/sensible-model.ts'

/** How a canary came into the storage. */
export const WAYS = [
  'fact',
  'replaced',
  'lesson',
  'merged',
  'held',
  'by-model',
  'user',
  'shared-session',
  'updated-store',
  'quote',
] as const

export type Way = (typeof WAYS)[number]

/** A word that stands nowhere else, with what has to be named so that it goes. */
export interface Canary {
  readonly word: string
  readonly way: Way
  readonly n: number
}

/** A word of letters and digits that is no word. */
export function canaryAt(n: number): Canary {
  const way = WAYS[n % WAYS.length] ?? 'fact'
  return { word: `zq${sha256(`canary ${n}`).slice(0, 12)}x`, way, n }
}

interface ChatLine {
  readonly role?: string
  readonly content: string
  readonly tool_calls?: readonly object[]
  readonly tool_call_id?: string
}

/** What one canary's session says. */
export function saidOf({ word, way, n }: Canary): readonly ChatLine[] {
  switch (way) {
    case 'fact':
    case 'user':
    case 'shared-session':
      return [
        { content: `Remember: the warehouse of line ${n} closes at gate ${word} on Fridays.` },
      ]
    case 'replaced':
      return [{ content: `The staging database ${n} listens on host ${word} now.` }]
    case 'lesson':
      return refusal(word)
    case 'merged':
      return [{ content: `Remember: the depot ${n} in Chur keeps its 30 keys in safe ${word}.` }]
    case 'held':
      return [{ content: `The pinned database ${n} listens on host ${word} now.` }]
    case 'by-model':
      return [{ content: `We sat down with Ines and bucket ${n} got the name ${word}-exports.` }]
    case 'updated-store':
      return [{ content: `Remember: the printer of floor ${n} is called ${word}.` }]
    case 'quote':
      return [
        { content: `Remember: the alarm code of house ${n} is ${word} and nobody else has it.` },
      ]
  }
}

function refusal(word: string): readonly ChatLine[] {
  const name = 'ship'
  return [
    {
      role: 'assistant',
      content: '',
      tool_calls: [{ id: 'one', function: { name, arguments: `{"parcel":"${word}"}` } }],
    },
    { role: 'tool', tool_call_id: 'one', content: `Error: the depot is full (${word})` },
  ]
}

export function noteOf({ way, n, word }: Canary): string {
  switch (way) {
    case 'replaced':
      return `- The staging database ${n} listens on host old-${n}.\n`
    case 'held':
      return `- The pinned database ${n} listens on host kept-${n}.\n`
    case 'merged':
      return `- The depot ${n} in Chur keeps its 30 keys in a safe.\n`
    case 'quote':
      return n % 20 < 10 ? '' : `- A person noted ${word} for house ${n}.\n`
    default:
      return ''
  }
}

export const AT = '2026-10-01T10:00:00Z'

/** Reads the names of buckets out of sessions; everything else as the careful reader does. */
export const careful: typeof sensibleScript = (request, call) => {
  if (promptOf(request) !== 'extract') return sensibleScript(request, call)
  const claims = linesIn(request.data).flatMap(({ marks, text }) => {
    const found = /bucket (\d+) got the name (\S+)-exports/.exec(text)
    if (found === null) return []
    const [quote, bucket = '', word = ''] = found
    return [
      {
        kind: 'fact',
        text: `The bucket ${bucket} got the name ${word}-exports.`,
        subject: `bucket ${bucket}`,
        attribute: 'name',
        value: `${word}-exports`,
        formerValue: null,
        polarity: 'holds',
        modality: 'is',
        cue: 'remember',
        from: null,
        until: null,
        dependsOn: [],
        evidence: [{ event: Number(marks[0]), quote }],
      },
    ]
  })
  return JSON.stringify({ claims })
}
