import { describe, expect, it } from 'vitest'
import type { LOCAL_AUDIENCE } from '../../core/audience.ts'
import type { Relation } from '../entry.ts'
import { decide } from './decide.ts'
import { aNote, aStatement, type Given } from './entry.test-support.ts'

const SAID = '2026-10-14T09:00:00Z'
const LATER = '2026-11-02T09:00:00Z'

const note = (text: string, given: Given = {}): ReturnType<typeof aNote> => aNote(text, given)
const said = (text: string, given: Given = {}): ReturnType<typeof aStatement> =>
  aStatement(text, { at: SAID, ...given })

type Words = readonly [a: string, b: string]

const SAME: readonly Words[] = [
  ['Staging uses the Stripe test keys.', 'Staging uses the Stripe test keys.'],
  ['Product photos live in the media bucket.', 'Product photos live in the `media` bucket'],
  ['The staging database listens on port 5433.', 'Staging database listens on the port 5433.'],
  ['Always run the linter before committing.', 'Please always run the linter before committing'],
  ['Prod deploys need two approvals.', 'Production deploys need two approvals.'],
  ['Run the unit tests with `pnpm test`.', 'Run the unit tests with pnpm test.'],
  [
    'Remember: the warehouse closes at 16:00 on Fridays.',
    'The warehouse closes at 16:00 on Fridays.',
  ],
  ['Mara owns the billing service.', 'The billing service is owned by Mara.'],
  ['Nightly backups go to the archive bucket', '**Nightly backups** go to the archive bucket.'],
  ['Invoices are numbered per calendar year.', 'Invoices are also numbered per calendar year.'],
  ['The API docs live in `docs/api`.', 'The API docs live in docs/api.'],
  ['Commit messages are written in English.', 'commit messages are written in english'],
  ['Use pnpm for installs.', 'Use `pnpm` for installs'],
  ['Our standup starts at 9:30.', 'The standup starts at 9:30.'],
]

const CONTAINED: readonly Words[] = [
  ['Deploys run from the main branch.', 'Deploys run from the main branch through GitHub Actions.'],
  ['Tomas prefers short answers.', 'Tomas prefers short answers without a closing summary.'],
  [
    'The order export runs every night.',
    'The order export runs every night at 02:30 and lands in the exports bucket.',
  ],
  [
    'Totals are computed on the server.',
    'Totals are computed on the server, the client just prints them.',
  ],
  ['Use pnpm for all installs.', 'Use pnpm for all installs. It is faster than npm.'],
  [
    'Integration tests run against Postgres.',
    'Integration tests run against Postgres because SQLite hides locking bugs.',
  ],
  [
    'The cache key contains the lockfile hash.',
    'The cache key contains the lockfile hash, so the first run takes long.',
  ],
  [
    'Release notes are written in Markdown.',
    'Release notes are written in Markdown and reviewed by Lena.',
  ],
  ['Photos are resized on upload.', 'Photos are resized on upload (longest side, WebP).'],
  ['Mara leads the payments team.', 'Mara leads the payments team; she sits in Porto.'],
]

/** Hard negatives by the veto that has to stop them, with a part of its reason. */
const NEVER_SAME: Readonly<Record<string, readonly Words[]>> = {
  denies: [
    ['Deploy on Fridays.', 'Do not deploy on Fridays.'],
    ['The export includes drafts.', "The export doesn't include drafts."],
    [
      'Customers may reuse a coupon code twice a year.',
      'Customers may never reuse a coupon code twice a year.',
    ],
    ['Log the order id in payment errors.', 'Do not log the card number in payment errors.'],
    ['The worker retries failed mails.', 'The worker no longer retries failed mails.'],
  ],
  'number differs': [
    ['Gift cards expire after 2 years.', 'Gift cards expire after 3 years.'],
    ['The queue keeps jobs for 7 days.', 'The queue keeps jobs for 14 days.'],
    ['A production deploy needs one approval.', 'A production deploy needs two approvals.'],
    [
      'The parser supports version 2.3.1 of the format.',
      'The parser supports version 2.4.0 of the format.',
    ],
    ['Retry when the load is < 80%.', 'Retry when the load is > 80%.'],
  ],
  'time differs': [
    ['The newsletter goes out on Tuesdays.', 'The newsletter goes out on Thursdays.'],
    ['Backups of the database run daily.', 'Backups of the database run weekly.'],
    ['Support opens at 8:00.', 'Support opens at 9:00.'],
    ['The contract ends on 2026-12-31.', 'The contract ends on 2027-12-31.'],
    ['The team used Jira for planning.', 'The team uses Jira for planning.'],
  ],
  'name differs': [
    ['Refund tickets go to Aylin.', 'Refund tickets go to Ben.'],
    ['The search service is written in Rust.', 'The search service is written in Kotlin.'],
    [
      'Types are exported from src/core/types.ts for plugins.',
      'Types are exported from src/wire/types.ts for plugins.',
    ],
    ['Parcels to Austria ship with Hermes.', 'Parcels to Austria ship with GLS.'],
  ],
  'opposite words': [
    ['Enable the cache for product pages.', 'Disable the cache for product pages.'],
    ['Send the invoice before the parcel leaves.', 'Send the invoice after the parcel leaves.'],
    ['Sort reviews in ascending order of date.', 'Sort reviews in descending order of date.'],
    ['The admin page is public.', 'The admin page is private.'],
  ],
  order: [
    ['The gateway calls the order service.', 'The order service calls the gateway.'],
    [
      'Copy invoices from the archive to the bucket.',
      'Copy invoices from the bucket to the archive.',
    ],
    ['Anna reports to Ben in all matters.', 'Ben reports to Anna in all matters.'],
    ['The parent process owns the worker.', 'The parent process is owned by the worker.'],
  ],
  exchanged: [
    ['Render totals on the server.', 'Render prices on the server.'],
    ['Keep the changelog short.', 'Keep the readme short.'],
    ['Product titles are translated by hand.', 'Product titles are checked by hand.'],
  ],
  scope: [
    ['The staging API listens on port 8081.', 'The production API listens on port 8081.'],
    ['The v1 orders API returns amounts in cents.', 'The v2 orders API returns amounts in cents.'],
    ['Crash reports are sent on iOS.', 'Crash reports are sent on Android.'],
    ['Run the smoke tests on staging.', 'Run the smoke tests on production.'],
  ],
  'differs:': [
    ['The cache is probably cold after a deploy.', 'The cache is cold after a deploy.'],
    ['Editors must sign off every banner.', 'Editors may sign off every banner.'],
    ['All exports are encrypted at rest.', 'Some exports are encrypted at rest.'],
    ['Mails usually arrive within a minute.', 'Mails arrive within a minute.'],
  ],
  condition: [
    [
      'Send a replacement without asking.',
      'Send a replacement without asking if the item is a glass server.',
    ],
    [
      'Refund shipping costs when the whole order comes back.',
      'Refund shipping costs when a part of the order comes back.',
    ],
    ['Skip the review unless the change touches billing.', 'Skip the review.'],
    [
      'Write tests while the feature is fresh in mind.',
      'Write tests once the feature is done in full.',
    ],
  ],
}

/** Narrower or other, without any single word to blame. */
const NOT_COVERED: readonly Words[] = [
  ['Use tabs for indentation.', 'Use tabs for indentation in Makefiles.'],
  ['Customers get a full refund.', 'Customers get a full refund for sale items.'],
  ['Services use structured logs.', 'Python services use structured logs.'],
  ['Images are compressed.', 'Images are compressed on upload by the worker.'],
  ['The office is closed.', 'The office is closed at Christmas.'],
  ['Exports include tax.', 'Exports include tax ids.'],
  ['Orders ship the same day.', 'Orders from Berlin ship the same day.'],
]

describe('decide, equal statements', () => {
  it.each(SAME)('finds "%s" and "%s" the same', (a, b) => {
    expect(decide(note(a), note(b), 0.9).relation).toBe('same')
    expect(decide(note(b), note(a), 0.9).relation).toBe('same')
  })

  it.each(CONTAINED)('finds "%s" inside "%s"', (a, b) => {
    expect(decide(note(a), note(b), 0.9).relation).toBe('b_contains_a')
    expect(decide(note(b), note(a), 0.9).relation).toBe('a_contains_b')
  })
})

const EQUIVALENT: readonly Relation[] = ['same', 'a_contains_b', 'b_contains_a']

describe('decide, hard negatives', () => {
  const rows = Object.entries(NEVER_SAME).flatMap(([reason, list]) =>
    list.map(([a, b]): [string, string, string] => [a, b, reason]),
  )

  it.each(rows)('never merges "%s" with "%s" (%s)', (a, b) => {
    for (const decision of [decide(note(a), note(b), 1), decide(note(b), note(a), 1)]) {
      expect(EQUIVALENT).not.toContain(decision.relation)
      expect(decision.reasons).not.toEqual([])
    }
  })

  it.each(NOT_COVERED)('keeps "%s" beside the narrower "%s"', (a, b) => {
    expect(EQUIVALENT).not.toContain(decide(note(a), note(b), 1).relation)
    expect(EQUIVALENT).not.toContain(decide(note(b), note(a), 1).relation)
  })
})

describe('decide, headings', () => {
  const under = (...context: string[]): Given => ({ context })

  it('keeps equal words below Staging and Production apart', () => {
    const text = 'The database listens on port 5432 with TLS.'

    const decision = decide(note(text, under('Staging')), note(text, under('Production')), 1)

    expect(decision.relation).toBe('related')
    expect(decision.reasons[0]).toContain('scope differs')
  })

  it.each([
    ['Runs on port 5432 with strict TLS.', 'Atlas', 'Borealis'],
    ['The API has a rate limit of 100 requests.', 'Project Atlas', 'Project Borealis'],
    ['Prefers short answers with bullet points.', 'Mara', 'Tom'],
    ['Deploys happen every Tuesday from the release branch.', 'Project Atlas', 'Project Borealis'],
    ['Port: 5432', 'Atlas', 'Borealis'],
  ])('does not merge "%s" below %s and %s', (text, one, two) => {
    expect(decide(note(text, under(one)), note(text, under(two)), 1).relation).toBe('related')
  })

  it.each([
    ['Staging uses the Stripe test keys.', 'New checkout', 'CI'],
    ['Product photos live in the media bucket, never in git.', 'Storefront code', 'Stock and data'],
    ['Commit messages are written in English.', 'Conventions', 'Feedback'],
  ])('merges the self-contained "%s" below %s and %s', (text, one, two) => {
    expect(decide(note(text, under(one)), note(text, under(two)), 1).relation).toBe('same')
  })
})

/** The statement of a person, later than the note it replaces. */
const REPLACED: readonly Words[] = [
  [
    'we switched from npm to pnpm in the storefront repo',
    'The storefront repo uses npm as its package manager.',
  ],
  [
    'The owner of the search service is Mira now, Jonas is busy.',
    'The owner of the search service is Jonas.',
  ],
  [
    'We switched from Hermes to DHL for parcels inside Germany.',
    'Parcels inside Germany ship with Hermes.',
  ],
  [
    'The production cluster runs in eu-central-1 now, no longer in eu-west-1.',
    'The production cluster runs in eu-west-1.',
  ],
  [
    'The storefront dev server runs on port 3100 now, not 3000.',
    'The storefront dev server runs on port 3000.',
  ],
  [
    'Actually, the return window for grinders is 21 days.',
    'The return window for grinders is 14 days.',
  ],
  ['Refund tickets go to Ben from now on.', 'Refund tickets go to Aylin.'],
  ['The new checkout goes live on 2026-11-17 now.', 'The new checkout goes live on 2026-10-05.'],
  ['The stock sync runs every 5 minutes now.', 'The stock sync runs every 15 minutes.'],
  ['Free shipping starts at 49 EUR now, not 45.', 'Free shipping starts at 39 EUR.'],
  ['The deadline moved to 2026-12-01.', 'The deadline is 2026-10-01.'],
  ['Mara owns the billing service now.', 'The billing service is owned by Tom.'],
  ['The staging port is 5433.', 'Staging port: 5432'],
  ['My time zone is Europe/Lisbon.', 'My time zone is Europe/Berlin.'],
  ['We no longer deploy on Fridays.', 'We deploy on Fridays.'],
  [
    'The newsletter goes out on Thursdays now, not on Tuesdays.',
    'The newsletter goes out on Tuesdays.',
  ],
  [
    'The payment service is hosted on db2.internal.',
    'The payment service is hosted on db1.internal.',
  ],
  ['Product titles are kept in English, not German.', 'Product titles are kept in German.'],
  ['The default branch is now `trunk`.', 'The default branch is `main`.'],
  [
    'Nora, not Eli, wrote the onboarding guide for new hires.',
    'Eli wrote the onboarding guide for new hires.',
  ],
  ['The dashboard was moved from Grafana to Kibana.', 'The dashboard is built on Grafana.'],
  ['Clara holds a degree in physics from Ghent.', 'Clara holds a degree in biology from Ghent.'],
]

/** Both hold: several values, another subject, another purpose. */
const BOTH_STAY: readonly Words[] = [
  ['The production API listens on port 8080.', 'The staging API listens on port 8081.'],
  ['Anna likes tea in the morning.', 'Ben likes tea in the morning.'],
  ['The billing service uses Redis.', 'The billing service uses Postgres.'],
  ['We use Redis for sessions.', 'We use Redis for caching.'],
  ['Clara speaks French.', 'Clara speaks Dutch.'],
  ['The export supports CSV.', 'The export supports XML.'],
  ['The v2 API returns cents.', 'The v1 API returns euros.'],
  ['Jonas approves refunds over 500 EUR.', 'Aylin approves refunds over 100 EUR.'],
  [
    'Customers get a full refund within 14 days for sale items.',
    'Customers get a full refund within 30 days.',
  ],
  ['Mira is on call in even weeks.', 'Jonas is on call in odd weeks.'],
  [
    'Run the smoke tests on production after the deploy.',
    'Run the smoke tests on staging before the deploy.',
  ],
  ['Backups of the media bucket run weekly.', 'Backups of the orders database run daily.'],
  ['Mara is a designer.', 'Mara is a mother.'],
  ['The timeout is 60 seconds when the cache is cold.', 'The timeout is 30 seconds.'],
  ['I prefer short answers.', 'I prefer metric units.'],
  ['Parcels to Austria ship with GLS.', 'Parcels inside Germany ship with GLS.'],
  [
    'We switched from Hermes to DHL for parcels inside Germany.',
    'Parcels to Austria ship with Hermes.',
  ],
  [
    'we switched from npm to pnpm in the storefront repo',
    'Run `npm audit` in the admin repo once a week.',
  ],
  ['Tests of the importer run on Linux.', 'Tests of the exporter run on Linux.'],
]

const CHANGES: readonly Relation[] = ['a_replaces_b', 'b_replaces_a', 'conflict']

describe('decide, a later statement against a note', () => {
  it.each(REPLACED)('lets "%s" replace "%s"', (newer, older) => {
    expect(decide(said(newer), note(older), 0.6).relation).toBe('a_replaces_b')
    expect(decide(note(older), said(newer), 0.6).relation).toBe('b_replaces_a')
  })

  it.each(BOTH_STAY)('lets "%s" stand beside "%s"', (newer, older) => {
    for (const { relation } of [
      decide(said(newer), note(older), 0.6),
      decide(note(older), said(newer), 0.6),
      decide(note(newer), note(older), 0.6),
    ]) {
      expect(CHANGES).not.toContain(relation)
      expect(EQUIVALENT).not.toContain(relation)
    }
  })

  it('finds nothing new in a statement of the value that the note has', () => {
    const known = note('The return window is 14 days.')
    const again = said('Actually, the return window is 14 days, not 30.')

    expect(decide(again, known, 0.8).relation).toBe('same')
  })

  it.each([
    'We might move the deadline to 2026-12-01.',
    'If the deadline moved to 2026-12-01, would that help?',
    'Is the deadline 2026-12-01?',
    'Jonas says the deadline is 2026-12-01.',
    'We plan to move the deadline to 2026-12-01.',
  ])('changes nothing because of "%s"', (text) => {
    expect(CHANGES).not.toContain(
      decide(said(text), note('The deadline is 2026-10-01.'), 0.8).relation,
    )
  })

  it('gives a temporary value no power over the lasting one', () => {
    const decision = decide(
      said('Until Friday the staging port is 5440.'),
      note('The staging port is 5432.'),
      0.8,
    )

    expect(CHANGES).not.toContain(decision.relation)
  })
})

const DISPUTED: readonly Words[] = [
  ['Gift cards expire after 2 years.', 'Gift cards expire after 3 years.'],
  ['A production deploy needs one approval.', 'A production deploy needs two approvals.'],
  ['Customer e-mails use the formal Sie.', 'Customer e-mails use the informal du.'],
  ['The staging port is 5432.', 'The staging port is 5433.'],
  ['Deploy on Fridays after lunch.', 'Do not deploy on Fridays after lunch.'],
  ['The owner of the search service is Jonas.', 'The owner of the search service is Mira.'],
  ['The contract ends on 2026-12-31.', 'The contract ends on 2027-12-31.'],
  ['The default branch is main.', 'The default branch is trunk.'],
  ['The loyalty program gives 1 point per euro.', 'The loyalty program gives 2 points per euro.'],
  ['Product prices are shown with tax.', 'Product prices are not shown with tax.'],
]

describe('decide, authority and time', () => {
  it.each(DISPUTED)('opens a conflict between the undated notes "%s" and "%s"', (a, b) => {
    expect(decide(note(a), note(b), 0.9).relation).toBe('conflict')
    expect(decide(note(b), note(a), 0.9).relation).toBe('conflict')
  })

  const older = 'The staging port is 5432.'
  const newer = 'The staging port is 5433.'

  it('lets the later of two statements win', () => {
    expect(decide(said(older), said(newer, { at: LATER }), 0.9).relation).toBe('b_replaces_a')
  })

  it('lets the later of two dated notes win', () => {
    const [a, b] = [note(older, { at: '2026-03-01' }), note(newer, { at: '2026-05-01' })]

    expect(decide(a, b, 0.9).relation).toBe('b_replaces_a')
  })

  it('opens a conflict between statements of one moment', () => {
    expect(decide(said(older), said(newer), 0.9).relation).toBe('conflict')
  })

  it('opens a conflict when the later one has less authority', () => {
    const rumour = said(newer, { at: LATER, trust: 'external' })

    expect(decide(said(older), rumour, 0.9).relation).toBe('conflict')
  })

  it('opens a conflict when a later note denies what a person said', () => {
    expect(decide(said(older), note(newer, { at: '2026-12-01' }), 0.9).relation).toBe('conflict')
  })

  it('needs words of change to let an undated statement replace an undated note', () => {
    const plain = said(newer, { at: null })
    const marked = said('The staging port is now 5433.', { at: null })

    expect(decide(plain, note(older), 0.9).relation).toBe('conflict')
    expect(decide(marked, note(older), 0.9).relation).toBe('a_replaces_b')
  })

  it('orders the lines of one undated session', () => {
    const first = said(older, { at: null, session: 'one', line: 3 })
    const second = said(newer, { at: null, session: 'one', line: 9 })

    expect(decide(second, first, 0.9).relation).toBe('a_replaces_b')
  })

  it('opens a conflict when a denial comes without a word of change', () => {
    const decision = decide(
      said('We do not deploy on Fridays.'),
      note('We deploy on Fridays.'),
      0.9,
    )

    expect(decision.relation).toBe('conflict')
  })

  it('never relates two audiences', () => {
    const other = { ...note(older), audience: 'team:core' as typeof LOCAL_AUDIENCE }

    expect(decide(note(older), other, 1).relation).toBe('none')
  })

  it('merges only equal words in a language without rules', () => {
    const german =
      'Rechnungen werden immer am Monatsende an die Buchhaltung und den Kunden verschickt.'
    const reworded =
      'Rechnungen werden am Monatsende immer an die Buchhaltung und den Kunden verschickt.'

    expect(decide(note(german), note(german), 1).relation).toBe('same')
    expect(decide(note(german), note(reworded), 1).relation).toBe('related')
  })
})
