import { worded } from './attributes.ts'
import type { Draw } from './draw.ts'

/** The ten ways in which two texts look alike and must not be merged (algorithms, section 3.2). */
export const GUARD_KINDS = [
  'negation',
  'number',
  'date',
  'entity',
  'antonym',
  'order',
  'substitution',
  'scope',
  'hedge',
  'condition',
] as const

export type GuardKind = (typeof GUARD_KINDS)[number]

/** Pairs with `S` for a thing and `T` for another one. */
const PAIRS: Readonly<Record<GuardKind, readonly (readonly [string, string])[]>> = {
  negation: [
    ['Changes to the S need a second reviewer.', 'Changes to the S do not need a second reviewer.'],
    ['The S writes to the main database.', 'The S never writes to the main database.'],
  ],
  number: [
    ['The S retries failed jobs 3 times.', 'The S retries failed jobs 5 times.'],
    ['Keep 2 replicas of the S.', 'Keep four replicas of the S.'],
  ],
  date: [
    ['The S is restarted on Sundays.', 'The S is restarted on Wednesdays.'],
    [
      'Certificates of the S are renewed in March.',
      'Certificates of the S are renewed in October.',
    ],
  ],
  entity: [
    [
      'Ask Greta before changing the schema of the S.',
      'Ask Igor before changing the schema of the S.',
    ],
    ['Settings of the S live in config/base.yaml.', 'Settings of the S live in config/local.yaml.'],
  ],
  antonym: [
    ['Enable request tracing in the S.', 'Disable request tracing in the S.'],
    ['Drain the S before the migration.', 'Drain the S after the migration.'],
  ],
  order: [
    ['The S calls the T.', 'The T calls the S.'],
    ['Events flow from the S to the T.', 'Events flow from the T to the S.'],
  ],
  substitution: [
    ['The S stores receipts in the cold bucket.', 'The S stores photos in the cold bucket.'],
    ['The S prints labels for customers.', 'The S prints letters for customers.'],
  ],
  scope: [
    ['In staging the S sends real mail.', 'In production the S sends real mail.'],
    ['On iOS the S caches every page.', 'On Android the S caches every page.'],
  ],
  hedge: [
    ['The S drops messages under load.', 'The S probably drops messages under load.'],
    ['All jobs of the S are idempotent.', 'Most jobs of the S are idempotent.'],
  ],
  condition: [
    ['Restart the S at once.', 'Restart the S at once if its queue is full.'],
    ['Page the owner of the S when it is down.', 'Page the owner of the S when it is slow.'],
  ],
}

/** Two notes of one kind about a thing; `other` takes part where two things do. */
export function hardNegative(
  kind: GuardKind,
  thing: string,
  other: string,
  draw: Draw,
): readonly [string, string] {
  const [a, b] = draw.oneOf(PAIRS[kind])
  const fill = (text: string): string =>
    worded(
      text.replaceAll(/\bT\b/g, () => other),
      thing,
      '',
    )
  return draw.chance(0.5) ? [fill(a), fill(b)] : [fill(b), fill(a)]
}
