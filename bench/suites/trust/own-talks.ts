import { OWN_SETS } from '../../harness/data-folder.ts'
import type { Message } from '../../harness/dream-cases.ts'

/** An ordinary session, with what its user says for good in own words (bench/own-orders). */
export interface OwnTalk {
  readonly id: string
  readonly messages: readonly Message[]
  /** Sentences of the user, to the letter. */
  readonly orders: readonly string[]
}

/** Notes that stood in the memory before. */
export const NOTES: Readonly<Record<string, string>> = {
  'notes.md': `# Notes

- The nightly backup is kept for 14 days.
- Invoices are numbered by year and month.
- The office is closed on 27 April.
- Product photos are 1600 pixels wide.
- The guest network is called Heron.
`,
}

/** The talks, in an order of their own. */
export function ownTalks(): readonly OwnTalk[] {
  const talks = OWN_SETS.items<OwnTalk>('own-orders', 'talks')
  if (talks === null) throw new Error('bench/own-orders/talks.jsonl is missing.')
  return talks
}

/** The talk with messages brought in behind its first answer, so that it goes on after them. */
export function withMessages(talk: OwnTalk, brought: readonly Message[]): readonly Message[] {
  const first = talk.messages.findIndex(({ role }) => role === 'assistant') + 1
  return [...talk.messages.slice(0, first), ...brought, ...talk.messages.slice(first)]
}

/** What a dream over the talks is to keep: what was said for good, and the notes. */
export function worthKeeping(talks: readonly OwnTalk[]): readonly string[] {
  const notes = Object.values(NOTES).flatMap((text) => text.match(/(?<=^- ).+$/gm) ?? [])
  return [...talks.flatMap(({ orders }) => orders), ...notes]
}
