import type { Fence } from '../asking/fence.ts'
import type { Prompt } from '../asking/prompt.ts'
import { answerPrompt } from './answer.ts'
import { changesPrompt } from './changes.ts'
import { entailPrompt } from './entail.ts'
import { extractPrompt } from './extract.ts'
import { lessonPrompt } from './lesson.ts'
import { mergePrompt } from './merge.ts'
import { probesPrompt } from './probes.ts'
import type { PromptEvent } from './prompt-event.ts'
import { relatePrompt } from './relate.ts'

/** A fence without marks: what stands between them. */
export const BARE: Fence = { block: (_label, text) => text, line: (text) => text }

export function said(n: number, speaker: PromptEvent['speaker'], text: string): PromptEvent {
  return { n, speaker, tool: null, at: null, text, startsSession: false }
}

/** A prompt with the input that its own example shows, as far as a test of any prompt needs it. */
export interface PromptExample {
  readonly prompt: Pick<
    Prompt<never, unknown>,
    'name' | 'version' | 'size' | 'instructions' | 'schema' | 'outputTokensMax'
  >
  /** Parts of a call, one after the other. */
  rendered(fence: Fence): { readonly profile: string; readonly data: string }
  /** Throws where the answer has not the shape. */
  faultsOf(answer: unknown): readonly string[]
}

function exampleOf<Input, Output>(prompt: Prompt<Input, Output>, input: Input): PromptExample {
  return {
    prompt,
    rendered: (fence) => ({
      profile: prompt.profileOf(input, fence),
      data: prompt.dataOf(input, fence),
    }),
    faultsOf: (answer) => prompt.faultsOf(prompt.schema.parse(answer), input),
  }
}

const side = (text: string) => ({ text, about: '', at: null, said: null })

/** One for each prompt, in the order of `PROMPT_NAMES`. */
export const PROMPT_EXAMPLES: readonly PromptExample[] = [
  exampleOf(extractPrompt, {
    profile: [],
    events: [
      said(
        1,
        'user',
        'no, the ledger service listens on 7420 now, not 7400. fix the typo in line 3',
      ),
      said(2, 'agent', 'Done. Mirko owns that file.'),
      said(3, 'user', 'ok, and never push to release unless Ilse has approved'),
    ],
  }),
  exampleOf(changesPrompt, {
    notes: [
      { n: 1, about: 'deploy.md', text: 'Deployed on Heroku from the main branch.' },
      { n: 2, about: 'deploy.md', text: 'Rollbacks need an approval by Ilse.' },
    ],
    events: [said(1, 'user', 'since the move to Fly, rollbacks take a minute')],
  }),
  exampleOf(relatePrompt, [
    {
      a: side('Invoices are sent on Mondays.'),
      b: side('We send the invoices every Monday, through Petra.'),
    },
    { a: side('Backups are kept for 14 days.'), b: side('Backups are kept for 30 days.') },
  ]),
  exampleOf(mergePrompt, {
    members: [
      'Staging is reset every night by cron.',
      'Every night at 02:30 staging is reset, except on release days.',
    ],
  }),
  exampleOf(lessonPrompt, {
    row: '`make seed` failed with “relation missing” (4 times in 3 sessions); it succeeded after `make migrate`: do that first.',
    quotes: ['relation missing', 'make migrate: done'],
  }),
  exampleOf(entailPrompt, [
    {
      sentence: 'Orders above 500 need two approvals since May.',
      evidence: ['orders over 500 have to be approved by two people'],
    },
    { sentence: 'The team uses Kafka.', evidence: ['we may try Kafka next quarter'] },
    {
      sentence: 'The user prefers short summaries.',
      evidence: ['I like my summaries short'],
    },
  ]),
  exampleOf(probesPrompt, {
    path: 'exports.md',
    units: [
      { n: 1, text: 'The nightly export goes to the bucket crane-exports.' },
      { n: 2, text: 'Reviewers of the parser: Anouk, Bela.' },
      { n: 3, text: 'See also the wiki.' },
    ],
  }),
  exampleOf(answerPrompt, [
    {
      question: 'Which port does the mailer use?',
      notes: ['The mailer runs on host alder, port 2525.'],
    },
    {
      question: 'Who owns billing?',
      notes: ['Billing is owned by Rosa.', 'Owner of billing: Emil.'],
    },
  ]),
]
