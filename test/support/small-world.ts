import fc from 'fast-check'
import type { Said } from './dream-world.ts'

/** A store and sessions small enough to judge by eye, rich enough that every kind of change occurs. */
export interface SmallWorld {
  readonly memories: Readonly<Record<string, string>>
  readonly sessions: readonly { readonly name: string; readonly said: readonly Said[] }[]
}

const NOTES = [
  'The staging database listens on port 5432.',
  'The production database listens on port 5433.',
  'The owner of the search service is Jonas.',
  'Deploys run from the main branch.',
  'Deploys run from the main branch through the build pipeline.',
  'Code must not be deployed on Friday.',
  'Code may be deployed on Friday.',
  'The return window for grinders is 14 days.',
  'Invoices are sent as PDF files by the billing service.',
  'A production deploy needs one approval.',
  'A production deploy needs two approvals.',
  'The outlet is hidden for now, until 2026-10-01.',
  'Tests connect to the staging database on port 5432.',
  'Der Dienst läuft auf Port 8080.',
  'The token is sk-test-0000 for the sandbox.',
] as const

const STATEMENTS = [
  'The staging database listens on port 6000 now.',
  'Actually, the staging database listens on port 7000.',
  'The owner of the search service is Mira now.',
  'From now on always run the linter before a push.',
  'We decided to drop the old checkout.',
  'I prefer short answers in general.',
  'The return window for grinders is 21 days now, not 14.',
  'We might move the database next year.',
  'Does the search service still belong to Jonas?',
  'Please fix the button on the start page.',
  'Never send a discount code without an approval.',
] as const

const FAILURE = {
  use: 'git push',
  error: 'fatal: The current branch topic has no upstream branch.',
  fix: 'git push --set-upstream origin topic',
} as const

/** Times are few, so that equal and unknown ones occur often. */
const at: fc.Arbitrary<string | null> = fc.constantFrom(
  null,
  '2026-09-01T10:00:00.000Z',
  '2026-10-01T10:00:00.000Z',
  '2026-11-01T10:00:00.000Z',
)

const statement: fc.Arbitrary<readonly Said[]> = fc
  .record({ text: fc.constantFrom(...STATEMENTS), at })
  .map((said) => [said])

const failure: fc.Arbitrary<readonly Said[]> = at.map((time) => [
  { by: 'agent', text: FAILURE.use, at: time, tool: { name: 'Bash', useId: 'one' } },
  {
    by: 'tool',
    text: FAILURE.error,
    at: time,
    tool: { name: 'Bash', useId: 'one', isError: true },
  },
  { by: 'agent', text: FAILURE.fix, at: time, tool: { name: 'Bash', useId: 'two' } },
  { by: 'tool', text: 'branch set up to track', at: time, tool: { name: 'Bash', useId: 'two' } },
])

const session: fc.Arbitrary<readonly Said[]> = fc
  .array(fc.oneof({ weight: 3, arbitrary: statement }, { weight: 1, arbitrary: failure }), {
    minLength: 1,
    maxLength: 3,
  })
  .map((parts) => parts.flat())

const memory: fc.Arbitrary<string> = fc
  .record({
    notes: fc.array(fc.constantFrom(...NOTES), { minLength: 1, maxLength: 5 }),
    hasFence: fc.boolean(),
    eol: fc.constantFrom('\n', '\r\n'),
  })
  .map(({ notes, hasFence, eol }) =>
    [
      '# Notes',
      '',
      ...notes.map((note) => `- ${note}`),
      ...(hasFence ? ['', '```', '- port: 1', '```'] : []),
      '',
    ].join(eol),
  )

export const smallWorld: fc.Arbitrary<SmallWorld> = fc
  .record({
    memories: fc.array(memory, { maxLength: 3 }),
    sessions: fc.array(session, { maxLength: 3 }),
  })
  .map(({ memories, sessions }) => ({
    memories: Object.fromEntries(memories.map((content, n) => [`/topic-${n}.md`, content])),
    sessions: sessions.map((said, n) => ({ name: `session-${n}`, said })),
  }))

/** Masks the one secret of the small world. */
export function maskSmallSecret(text: string): string {
  return text.replaceAll('sk-test-0000', '[redacted:token]')
}
