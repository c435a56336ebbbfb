import { describe, expect, it } from 'vitest'
import { quoteProblem } from '../../core/evidence.ts'
import { DREAM_LIMITS } from '../dream-limits.ts'
import { aReadSession, editOf, shell, type Turn } from '../patterns/read-session.test-support.ts'
import { findPatterns, type Lesson } from './patterns.ts'

const OPTIONS = {
  lineageId: 'lin',
  limits: { ...DREAM_LIMITS, newLessonsMax: 5, lessonWordsMax: 60 },
}

const lessonsOf = (...all: readonly (readonly Turn[])[]): readonly Lesson[] => {
  const sessions = all.map((turns, n) => aReadSession(`sesn_${n}`, turns))
  return findPatterns(sessions, [], OPTIONS).lessons.filter(({ isRecurring }) => isRecurring)
}
const textsOf = (...all: readonly (readonly Turn[])[]): readonly string[] =>
  lessonsOf(...all).map(({ text }) => text)

const call = (tool: string, input: object, result: string): Turn => ({ tool, input, result })
const rebook = (flight: string, result: string, wallet = 'card_1'): Turn =>
  call('rebook', { booking: 'BOOK77', flight, wallet }, result)
const noSeats = (flight: string): Turn => rebook(flight, `Error: no seats on flight ${flight}`)

describe('findPatterns, as rules', () => {
  it('shows an address of the machine itself in what a step prevents', () => {
    const fixed = [
      shell('npm test', 'Error: connect ECONNREFUSED 127.0.0.1:5433', 1),
      shell('docker compose up -d db && npm test', 'ok'),
    ]

    expect(textsOf(fixed, fixed)).toEqual([
      '`npm test` failed with “connect ECONNREFUSED 127.0.0.1:5433” (in 2 sessions); it succeeded after `docker compose up -d db`: do that first.',
    ])
  })

  it('says no commit that was not seen', () => {
    const fixed = [
      shell('git push', 'pre-push: lint:css failed\nerror: failed to push some refs', 1),
      shell('npm run lint --fix', 'ok'),
      shell('git push', 'ok'),
    ]

    expect(textsOf(fixed, fixed).join()).toContain('after `npm run lint --fix`: do that first')
  })

  it('sees a commit in a call of its own', () => {
    const fixed = [
      shell('git push', 'pre-push: lint:css failed\nerror: failed to push some refs', 1),
      shell('npm run lint --fix', 'ok'),
      shell('git commit -am "Order"', 'ok'),
      shell('git push', 'ok'),
    ]

    expect(textsOf(fixed, fixed).join()).toContain(
      'after `npm run lint --fix` and a commit: do that first.',
    )
  })

  it('tells the command that an edit needed, and quotes it', () => {
    const fixed = [
      shell('mix test', '** (RuntimeError) the view requires fast_html as a dependency', 2),
      editOf('/srv/shop/mix.exs', '[', '[\n{:fast_html, "~> 1.0"},'),
      shell('mix format', ''),
      shell('mix deps.get 2>&1 | tail -5', '* Getting fast_html'),
      shell('mix test', 'all good'),
    ]
    const [lesson] = lessonsOf(fixed, fixed)

    expect(lesson?.text).toContain(' and `mix deps.get` was run: keep it there.')
    expect(lesson?.evidence.map(({ quote }) => quote)).toContain('mix deps.get')
  })

  it('says that an ignored file is tracked where the sessions show it', () => {
    const ignored = 'The following paths are ignored by one of your .gitignore files:\ndist'
    const refused = shell('git add dist/app.css && git commit -m "x"', ignored, 1)
    const listed = [
      refused,
      shell('git ls-files dist', 'dist/app.css'),
      shell('git add -f dist/app.css', ''),
    ]
    const committed = [refused, shell('git add -f dist/app.css && git commit -m "x"', 'ok')]
    const added = [refused, shell('git add -f dist/app.css', '')]

    expect(textsOf(listed, committed).join()).toContain(
      '(in 2 sessions); the file is tracked all the same and `git add -f dist/app.css` succeeded: use that from the start.',
    )
    expect(textsOf(added, committed).join()).toContain(
      '(in 2 sessions); it succeeded as `git add -f dist/app.css`',
    )
  })

  it('names the tool that returned the value only if it had not returned the refused one', () => {
    const unknown = rebook('F100', 'Error: wallet method not found', 'card_22')
    const paid = rebook('F100', 'ok', 'card_9074831')
    const profile = (cards: string): Turn => call('get_profile', { user: 'u-1' }, cards)
    const taken = [unknown, profile('{"card":"card_9074831"}'), paid]
    const shown = [profile('{"cards":["card_22","card_9074831"]}'), unknown, paid]

    expect(textsOf(taken, taken)).toEqual([
      '`rebook` refused “wallet method not found” (in 2 sessions); it succeeded with `wallet` from `get_profile`: take it from there.',
    ])
    expect(textsOf(shown, shown)).toEqual([
      '`rebook` refused “wallet method not found” (in 2 sessions); it succeeded with another `wallet`.',
    ])
  })

  it('names the kind of value that is refused', () => {
    const fixed = [
      rebook('F100', 'Error: voucher is not accepted for wallet', 'voucher_8812'),
      rebook('F100', 'ok', 'card_9074831'),
    ]

    expect(textsOf(fixed, fixed)).toEqual([
      '`rebook` refused “voucher is not accepted for wallet” (in 2 sessions); it succeeded with another `wallet`: give no `voucher_…` as `wallet`.',
    ])
  })

  it('says nothing of how a value changed when the sessions differ', () => {
    const fixed = (before: string, after: string): readonly Turn[] => [
      rebook('F100', 'Error: wallet must have 8 digits', before),
      rebook('F100', 'ok', after),
    ]

    expect(textsOf(fixed('1234567', '01234567'), fixed('1234568', '12345680'))).toEqual([
      '`rebook` refused “wallet must have 8 digits” (in 2 sessions); it succeeded with another `wallet`.',
    ])
  })

  it('names the tool that looked at what was refused, and quotes the look', () => {
    const looked = [noSeats('FLY123'), call('search_flight', { flight: 'FLY123' }, '[]')]
    const lessons = lessonsOf(looked, looked, [noSeats('FLY123')])

    expect(lessons.map(({ text }) => text)).toEqual([
      '`rebook` refused “no seats on flight <id>” (in 3 sessions): check with `search_flight` before calling it.',
    ])
    expect(lessons[0]?.evidence.map(({ quote }) => quote)).toContain('"flight":"FLY123')
  })

  it.each([
    ['a tool that changes something', call('cancel_flight', { flight: 'FLY123' }, 'ok')],
    ['a look at something else', call('search_flight', { flight: 'FLY999' }, '[]')],
    ['a look at what the error does not name', call('get_booking', { booking: 'BOOK77' }, '{}')],
  ])('recommends no check by %s', (_what, next) => {
    const looked = [noSeats('FLY123'), next]

    expect(textsOf(looked, looked, looked)).toEqual([
      '`rebook` refused “no seats on flight <id>” (in 3 sessions): check that before calling it.',
    ])
  })

  it('says that repeating is vain only when two sessions repeated the same call', () => {
    const once = [noSeats('FLY123')]
    const changed = [noSeats('FLY123'), noSeats('FLY124'), noSeats('FLY123')]
    const vain = 'repeating the same call did not help'

    expect(textsOf(changed, changed, once).join()).toContain(vain)
    expect(textsOf(changed, once, once).join()).not.toContain(vain)
  })

  it.each([
    [
      'passes when it is repeated',
      [rebook('F100', 'Error: the desk is closed'), rebook('F100', 'ok')],
    ],
    ['passes by itself', [rebook('F100', 'Error: the desk is temporarily unavailable')]],
    ['is of a command and without a fix', [shell('npm start', 'Error: the port is in use', 1)]],
  ])('tells no rule for an error that %s', (_what, turns) => {
    expect(textsOf(turns, turns, turns)).toEqual([])
  })

  it('quotes exactly', () => {
    const looked = [noSeats('FLY123'), call('search_flight', { flight: 'FLY123' }, '[]')]
    const sessions = [0, 1, 2].map((n) => aReadSession(`sesn_${n}`, looked))
    const events = sessions.flatMap((read) => read.events.map(({ event }) => event))
    const texts = new Map<string, string>(events.map(({ id, text }) => [id, text]))
    const sources = {
      sharedText: () => undefined,
      eventText: (id: string) => texts.get(id),
      versionContent: () => undefined,
    }

    const { lessons } = findPatterns(sessions, [], OPTIONS)

    const problems = lessons.flatMap(({ evidence }) =>
      evidence.map((item) => quoteProblem(item, sources)),
    )
    expect(problems).toEqual([null, null, null, null, null, null])
  })
})
