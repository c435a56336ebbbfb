import { describe, expect, it } from 'vitest'
import { quoteProblem } from '../../core/evidence.ts'
import type { Sighting } from '../../core/ledger.ts'
import { DREAM_LIMITS } from '../dream-limits.ts'
import { aReadSession, editOf, shell, type Turn } from '../patterns/read-session.test-support.ts'
import type { ReadSession } from '../read-session.ts'
import { findPatterns, type Lesson } from './patterns.ts'

const OPTIONS = {
  lineageId: 'lin',
  limits: { ...DREAM_LIMITS, newLessonsMax: 5, lessonWordsMax: 60 },
}

const lessonsOf = (
  sessions: readonly ReadSession[],
  earlier: readonly Sighting[] = [],
): readonly Lesson[] =>
  findPatterns(sessions, earlier, OPTIONS).lessons.filter(({ isRecurring }) => isRecurring)

const textsOf = (...sessions: readonly (readonly Turn[])[]): readonly string[] =>
  lessonsOf(sessions.map((turns, n) => aReadSession(`sesn_${n}`, turns))).map(({ text }) => text)

const pushed = (branch: string): readonly Turn[] => [
  shell('git push', `fatal: The current branch ${branch} has no upstream branch.`, 128),
  shell(`git push -u origin ${branch}`, 'ok'),
]
const shipment = (input: object, result: string): Turn => ({
  tool: 'ship',
  input: { order: 'A-1', ...input },
  result,
})
/** The same session with every event at one time. */
const dated = (read: ReadSession, at: string): ReadSession => ({
  ...read,
  events: read.events.map((item) => ({ ...item, event: { ...item.event, at } })),
})
const missingTool = shell('tree src', 'zsh: command not found: tree', 127)

describe('findPatterns', () => {
  it('tells a fix with placeholders where the sessions differ', () => {
    expect(textsOf(pushed('fix-1'), pushed('topic-b'))).toEqual([
      '`git push` failed with “The current branch <branch> has no upstream branch” (in 2 sessions); it succeeded as `git push -u origin <branch>`: use that from the start.',
    ])
  })

  it('tells what sessions agree on in its own words', () => {
    const fixed = (root: string): readonly Turn[] => [
      shell('mix test', '** (RuntimeError) the view requires fast_html as a dependency', 2),
      editOf(`${root}/shop/mix.exs`, '[', '[\n{:fast_html, "~> 1.0"},'),
      shell('mix test', 'all good'),
    ]

    expect(textsOf(fixed('/home/ann/one'), fixed('/srv/two'))).toEqual([
      '`mix test` failed with “(RuntimeError) the view requires fast_html as a dependency” (in 2 sessions); the error went away after `{:fast_html, "~> 1.0"}` was added to `shop/mix.exs`: keep it there.',
    ])
  })

  it('tells no edit that as many later sessions no longer miss, until the error is back', () => {
    const fixed: readonly Turn[] = [
      shell('mix test', '** (RuntimeError) the view requires fast_html as a dependency', 2),
      editOf('/srv/shop/mix.exs', '[', '[\n{:fast_html, "~> 1.0"},'),
      shell('mix test', 'all good'),
    ]
    const passing = [shell('mix test', '12 tests, 0 failures'), shell('mix test', 'all good')]
    const on = (day: number, id: string, turns: readonly Turn[]): ReadSession =>
      dated(aReadSession(id, turns), `2026-05-0${day}T10:00:00.000Z`)
    const met = [on(1, 'sesn_a', fixed), on(2, 'sesn_b', fixed)]

    expect(lessonsOf(met)).toHaveLength(1)
    expect(lessonsOf([on(1, 'sesn_c', passing), ...met])).toHaveLength(1)
    expect(lessonsOf([...met, on(3, 'sesn_c', passing)])).toHaveLength(1)
    const settled = [...met, on(3, 'sesn_c', passing), on(4, 'sesn_d', passing)]
    expect(lessonsOf(settled)).toEqual([])
    expect(lessonsOf([...settled, on(5, 'sesn_e', fixed)])).toHaveLength(1)
  })

  it('needs two independent sessions with a fix and three without', () => {
    expect(textsOf(pushed('fix-1'))).toEqual([])
    expect(textsOf([missingTool], [missingTool])).toEqual([])
    expect(textsOf([missingTool], [missingTool], [missingTool])).toEqual([
      '`tree src` failed with “command not found: tree” (in 3 sessions): do without `tree`.',
    ])
  })

  it('says how often and when an error was last seen, and no success that was not seen', () => {
    const fixed: readonly Turn[] = [
      shell('mix test', '** (RuntimeError) the view requires fast_html as a dependency', 2),
      editOf('/srv/shop/mix.exs', '[', '[\n{:fast_html, "~> 1.0"},'),
      shell('mix test', '** (RuntimeError) the cache is not configured', 2),
    ]
    const again = [...fixed.slice(0, 1), ...fixed]
    const sessions = [fixed, again].map((turns, n) =>
      dated(aReadSession(`sesn_${n}`, turns), `2026-05-0${n + 1}T10:00:00.000Z`),
    )

    expect(lessonsOf(sessions).map(({ text }) => text)).toEqual([
      '`mix test` failed with “(RuntimeError) the view requires fast_html as a dependency” (3 times in 2 sessions, last seen 2026-05-02); the error went away after `{:fast_html, "~> 1.0"}` was added to `srv/shop/mix.exs`: keep it there.',
    ])
  })

  it('counts several errors of one session once, and a continued session not again', () => {
    const first = aReadSession('sesn_a', [...pushed('fix-1'), ...pushed('fix-2')])
    const continued = aReadSession('sesn_b', pushed('fix-3'), 'sesn_a')

    expect(lessonsOf([first])).toEqual([])
    expect(lessonsOf([first, continued])).toEqual([])
  })

  it('says when a fix was not seen in every session', () => {
    const [text] = textsOf(pushed('fix-1'), pushed('fix-2'), pushed('fix-3').slice(0, 1))

    expect(text).toContain('(in 3 sessions); it succeeded in 2 as')
  })

  it('does not tell a fix that failed more often than one time in three', () => {
    const call = (account: string, result: string): Turn => ({
      tool: 'pay_invoice',
      input: { invoice: 'INV-1', account },
      result,
    })
    const failed = 'Error: account is not accepted'
    const helped = [call('a', failed), call('b', 'paid')]
    const vain = [call('a', failed), call('b', failed)]

    expect(textsOf(helped, vain, vain)).toEqual([
      '`pay_invoice` refused “account is not accepted” (5 times in 3 sessions): check that before calling it.',
    ])
  })

  it('shows what all sessions agree on and leaves out the name of the tool', () => {
    const shipped = (code: string): readonly Turn[] => [
      shipment(
        { postal_code: code },
        `Error: ship failed (422): postal_code must be 5 digits, got "${code}"`,
      ),
      shipment({ postal_code: `0${code}` }, 'created'),
    ]

    expect(textsOf(shipped('1099'), shipped('4229'))).toEqual([
      '`ship` refused “postal_code must be 5 digits, got <number>” (in 2 sessions); it succeeded with another `postal_code`: give `postal_code` as text with `0` put in front when it has 4 digits.',
    ])
  })

  it('never tells that less was asked for as what worked', () => {
    const taken = 'Error: room is already taken'
    const reduced = [
      shipment({ rooms: ['A', 'B'] }, taken),
      shipment({ rooms: ['A', 'B'] }, taken),
      shipment({ rooms: ['A'] }, 'booked'),
    ]

    expect(textsOf(reduced, reduced)).toEqual([])
    expect(textsOf(reduced, reduced, reduced)).toEqual([
      '`ship` refused “room is already taken” (6 times in 3 sessions); repeating the same call did not help: check that before calling it.',
    ])
  })

  it('tells changed arguments only when they helped twice and in half of the sessions', () => {
    const failed = shipment({ account: 'a' }, 'Error: account is not accepted')
    const helped = [failed, shipment({ account: 'b' }, 'paid')]
    const worked = 'it succeeded in 2 with another `account`'

    expect(textsOf(helped, [failed])).toEqual([])
    expect(textsOf(helped, [failed], [failed]).join()).not.toContain(worked)
    expect(textsOf(helped, helped, [failed], [failed])).toEqual([
      `\`ship\` refused “account is not accepted” (in 4 sessions); ${worked}.`,
    ])
    expect(textsOf(helped, helped, [failed], [failed], [failed]).join()).not.toContain(worked)
  })

  it('never tells an argument that the error does not speak of', () => {
    const chosen = [
      shipment({ cabin: 'business' }, 'Error: balance is not enough'),
      shipment({ cabin: 'economy' }, 'paid'),
    ]

    expect(textsOf(chosen, chosen)).toEqual([])
    expect(textsOf(chosen, chosen, chosen)).toEqual([
      '`ship` refused “balance is not enough” (in 3 sessions): check that before calling it.',
    ])
  })

  it('says what failed of several commands, and that the repair was committed', () => {
    const output = 'pre-push: lint:css failed\nerror: failed to push some refs to origin'
    const fixed = [
      shell('git commit -am "Add a badge" && git push', output, 1),
      shell('npm run lint --fix', 'ok'),
      shell('git commit -am "Fix the order" && git push', 'ok'),
    ]

    expect(textsOf(fixed, fixed)).toEqual([
      '`git push` failed with “pre-push: lint:css failed” (in 2 sessions); it succeeded after `npm run lint --fix` and a commit: do that first.',
    ])
  })

  it('names every event that a lesson rests on', () => {
    const sessions = [1, 2, 3, 4].map((n) => aReadSession(`sesn_${n}`, pushed(`fix-${n}`)))

    const [lesson] = lessonsOf(sessions)

    expect(lesson?.eventIds).toEqual(
      sessions.flatMap(({ events }) => events.slice(1, 3).map(({ event }) => event.id)),
    )
  })

  it('tells nothing of errors about different things with no fix in common', () => {
    const missing = (name: string): readonly Turn[] => [
      shell('npm start', `Error: Cannot find module '${name}'`, 1),
    ]

    expect(textsOf(missing('left'), missing('right'), missing('wrong'))).toEqual([])
  })

  it('generalises a fix that worked for different things', () => {
    const installed = (name: string): readonly Turn[] => [
      shell('npm start', `Error: Cannot find module '${name}'`, 1),
      shell(`npm install ${name}`, 'added 1 package'),
      shell('npm start', 'listening'),
    ]

    expect(textsOf(installed('left-pad'), installed('is-odd'))).toEqual([
      '`npm start` failed with “Cannot find module <name>” (in 2 sessions); it succeeded after `npm install <name>`: do that first.',
    ])
  })

  it('never makes a lesson of a command that works', () => {
    const works = [shell('bd sync', 'ok'), shell('bd ready', 'ok')]

    expect(textsOf(works, works, works)).toEqual([])
  })

  it('tells a correction that the user had to repeat, in the words of the last time', () => {
    const texts = textsOf(
      [{ user: 'No, use the Berlin time zone for order timestamps, not UTC.' }],
      [{ user: 'Again: use Berlin time zone for the order timestamps, not UTC!' }],
    )

    expect(texts).toEqual([
      'Use Berlin time zone for the order timestamps, not UTC (the user corrected this in 2 sessions).',
    ])
  })

  it('promotes from stored sightings as from the sessions themselves', () => {
    const one = aReadSession('sesn_1', pushed('fix-1'))
    const two = aReadSession('sesn_2', pushed('fix-2'))
    const stored = [one, two].flatMap((read) => findPatterns([read], [], OPTIONS).sightings)

    expect(lessonsOf([], stored)).toEqual(lessonsOf([one, two]))
    expect(lessonsOf([two], stored.slice(0, 1))).toEqual(lessonsOf([one, two]))
    expect(lessonsOf([one, two], stored)).toEqual(lessonsOf([one, two]))
  })

  it('joins a child read today with a parent whose own parent was read before', () => {
    const parent = aReadSession('sesn_b', pushed('fix-1'), 'sesn_a')
    const child = aReadSession('sesn_c', pushed('fix-2'), 'sesn_b')
    const earlier = findPatterns([parent], [], OPTIONS).sightings

    expect(lessonsOf([child], earlier)).toEqual([])
  })

  it('joins a family over a session in which nothing was seen', () => {
    const family = [
      aReadSession('sesn_a', pushed('fix-1')),
      aReadSession('sesn_b', [{ user: 'Go on.' }], 'sesn_a'),
      aReadSession('sesn_c', pushed('fix-2'), 'sesn_b'),
    ]
    const stored = family.flatMap((read) => findPatterns([read], [], OPTIONS).sightings)

    expect(lessonsOf(family)).toEqual([])
    expect(lessonsOf([], stored)).toEqual([])
  })

  it('cites error and fix of two sessions with exact quotes', () => {
    const sessions = [1, 2, 3, 4].map((n) => aReadSession(`sesn_${n}`, pushed(`fix-${n}`)))
    const texts = new Map<string, string>(
      sessions.flatMap(({ events }) => events.map(({ event }) => [event.id, event.text] as const)),
    )
    const sources = {
      sharedText: () => undefined,
      eventText: (id: string) => texts.get(id),
      versionContent: () => undefined,
    }

    const [lesson] = lessonsOf(sessions)

    expect(lesson?.sessions).toBe(4)
    expect(lesson?.evidence).toHaveLength(6)
    expect(lesson?.evidence.map((item) => quoteProblem(item, sources))).toEqual(
      Array.from({ length: 6 }, () => null),
    )
  })

  it('tells at most as many lessons as allowed, the most widely seen first, known ones not', () => {
    const sessions = ['a', 'b', 'c'].map((n, at) =>
      aReadSession(`sesn_${n}`, [...(at < 2 ? pushed(`fix-${n}1`) : []), missingTool]),
    )
    const all = lessonsOf(sessions)
    const limits = { ...OPTIONS.limits, newLessonsMax: 1 }

    const [best] = findPatterns(sessions, [], { ...OPTIONS, limits }).lessons
    const known = new Set(best === undefined ? [] : [best.pattern])

    expect(all).toHaveLength(2)
    expect(best).toEqual(all[0])
    expect(findPatterns(sessions, [], { ...OPTIONS, limits, known }).lessons).toEqual([all[1]])
  })

  it('keeps every lesson within its words', () => {
    const long = 'the quota of the account for this region has been used up '.repeat(4)
    const failing: Turn = { tool: 'deploy', input: { site: 'a' }, result: `Error: ${long}` }

    for (const text of textsOf([failing], [failing], [failing])) {
      expect(text.split(/\s+/).length).toBeLessThanOrEqual(60)
    }
  })
})
