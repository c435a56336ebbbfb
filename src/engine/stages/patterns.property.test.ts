import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { quoteProblem } from '../../core/evidence.ts'
import { DREAM_LIMITS } from '../dream-limits.ts'
import { addressesIn, isLoopback } from '../patterns/address.ts'
import { messageParts } from '../patterns/message-template.ts'
import { aReadSession, editOf, shell, type Turn } from '../patterns/read-session.test-support.ts'
import { findPatterns } from './patterns.ts'

const OPTIONS = {
  lineageId: 'lin',
  limits: { ...DREAM_LIMITS, newLessonsMax: 5, lessonWordsMax: 60 },
}
const RUNS = { seed: 7, numRuns: 150 }

const turn: fc.Arbitrary<Turn> = fc.oneof(
  fc.constantFrom(
    shell('git push', 'fatal: The current branch a-1 has no upstream branch.', 128),
    shell('git push', 'fatal: The current branch b-2 has no upstream branch.', 128),
    shell('git push -u origin a-1', 'ok'),
    shell('npm start', "Error: Cannot find module 'left-pad'", 1),
    shell('npm install left-pad', 'added'),
    shell('npm start', 'Error: connect ECONNREFUSED 127.0.0.1:5433', 1),
    shell('npm start', 'listening'),
    editOf('package.json', '{', '{\n"left-pad": "1"'),
    { user: 'No, use pnpm for installs, not npm.' },
    { user: 'Please use pnpm for installs, not npm.' },
    shell('git push', "error: failed to push some refs to 'git.acme.example:a/b.git'", 1),
  ),
  fc.record({ tool: fc.constant('book'), input: fc.object({ maxDepth: 1 }), result: fc.string() }),
  fc.record({
    tool: fc.constant('Bash'),
    input: fc.record({ command: fc.string() }),
    result: fc.string({ unit: 'binary' }).map((text) => `Error: ${text}`),
    failed: fc.constant(true as const),
  }),
)
const transcripts = fc.array(fc.array(turn, { maxLength: 8 }), { maxLength: 5 })

const sessionsOf = (all: readonly (readonly Turn[])[]): ReturnType<typeof aReadSession>[] =>
  all.map((turns, n) => aReadSession(`sesn_${n}`, turns))

describe('findPatterns, for any transcripts', () => {
  it('tells the same lessons in whatever order the sessions come', () => {
    fc.assert(
      fc.property(transcripts, (all) => {
        const sessions = sessionsOf(all)

        const { lessons } = findPatterns(sessions, [], OPTIONS)

        expect(findPatterns(sessions.toReversed(), [], OPTIONS).lessons).toEqual(lessons)
      }),
      RUNS,
    )
  })

  it('tells no address but the machine itself', () => {
    fc.assert(
      fc.property(transcripts, (all) => {
        const { lessons } = findPatterns(sessionsOf([...all, ...all, ...all]), [], OPTIONS)

        const told = lessons.flatMap(({ text, title }) => addressesIn(`${text} ${title}`))
        expect(told.filter((address) => !isLoopback(address))).toEqual([])
      }),
      RUNS,
    )
  })

  it('counts a session that is read twice once', () => {
    fc.assert(
      fc.property(transcripts, (all) => {
        const sessions = sessionsOf(all)

        const { lessons, sightings } = findPatterns(sessions, [], OPTIONS)

        expect(findPatterns(sessions, sightings, OPTIONS).lessons).toEqual(lessons)
      }),
      RUNS,
    )
  })

  it('quotes nothing that does not stand in the cited event, and each pattern once a session', () => {
    fc.assert(
      fc.property(transcripts, (all) => {
        const sessions = sessionsOf(all)
        const events = sessions.flatMap((read) => read.events.map(({ event }) => event))
        const texts = new Map<string, string>(events.map(({ id, text }) => [id, text]))
        const sources = {
          sharedText: () => undefined,
          eventText: (id: string) => texts.get(id),
          versionContent: () => undefined,
        }

        const { sightings } = findPatterns(sessions, [], OPTIONS)

        const problems = sightings.flatMap(({ evidence }) =>
          evidence.map((item) => quoteProblem(item, sources)),
        )
        expect(problems.filter((problem) => problem !== null)).toEqual([])
        const keys = sightings.map(({ pattern, sessionId }) => `${pattern} ${sessionId}`)
        expect(new Set(keys).size).toBe(keys.length)
      }),
      RUNS,
    )
  })
})

describe('messageParts, for any text', () => {
  it('loses and adds nothing', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), (text) => {
        const parts = messageParts(text, [{ kind: 'name', value: 'abc' }])

        const values = parts.map((part) => (typeof part === 'string' ? part : part.value))
        expect(values.join('')).toBe(text)
      }),
      RUNS,
    )
  })
})
