import { describe, expect, it } from 'vitest'
import type { ReadSession } from '../../read-session.ts'
import { aReadSession, aStep, editOf, shell, type Turn } from '../read-session.test-support.ts'
import { isRejection, outcomeOf } from './session-outcome.ts'
import { hasPassed, isVerifying } from './verifying-run.ts'

const outcomeIn = (...turns: readonly Turn[]): ReturnType<typeof outcomeOf> =>
  outcomeOf(aReadSession('sesn_one', turns))

describe('outcomeOf', () => {
  it('is what the source states, whatever the events show', () => {
    const read = aReadSession('sesn_one', [shell('npm test', '3 failed', 1)])
    const outcome = { isSuccess: true, source: 'reward', task: 'refund' } as const
    const stated: ReadSession = { ...read, session: { ...read.session, outcome } }

    expect(outcomeOf(stated)).toEqual(outcome)
  })

  it('is the last run of tests, a build or a linter', () => {
    const failed = shell('npm test', 'Tests: 2 failed', 1)
    const passed = shell('npm test', 'Tests: 9 passed')

    expect(outcomeIn(failed, editOf('a.ts', '', 'x'), passed)).toMatchObject({ isSuccess: true })
    expect(outcomeIn(passed, failed)).toEqual({
      isSuccess: false,
      source: 'test_result',
      task: null,
    })
  })

  it('is a failure where the user rejects the work behind the last run', () => {
    const passed = shell('npm test', 'Tests: 9 passed')
    const rejected = { user: 'No, that is not what I asked for.' }

    expect(outcomeIn(passed, rejected)).toMatchObject({ source: 'user_correction' })
    expect(outcomeIn(rejected, passed)).toMatchObject({ isSuccess: true, source: 'test_result' })
    expect(outcomeIn(rejected)).toMatchObject({ isSuccess: false })
    expect(outcomeIn(rejected, { user: 'Fine.' })).toBeNull()
  })

  it('is unknown without a run, after thanks, and where the last run leaves it open', () => {
    const passed = shell('npm test', 'Tests: 9 passed')

    expect(outcomeIn({ user: 'Thanks, perfect!' })).toBeNull()
    expect(outcomeIn(shell('ls', 'a.ts'))).toBeNull()
    expect(outcomeIn(passed, shell('npm test | tail -1', 'done in 3 s'))).toBeNull()
  })
})

describe('hasPassed', () => {
  it.each([
    ['npm test', 'ok', 0, true],
    ['npm test', 'boom', 1, false],
    ['cd app && npx vitest run 2>&1', '4 passed', 0, true],
    ['npm run build && npm test', 'ok', 0, true],
    ['npm test || true', '2 failed, 3 passed', 0, false],
    ['npm test | tail -3', '12 passed', 0, true],
    ['npm test | tail -3', 'no summary', 0, null],
    ['mix test', '10 tests, 0 failures', 0, true],
    ['mix test', '10 tests, 1 failure', 2, false],
    ['git push && npm test', 'denied', 1, null],
    ['python3 -m pytest -q', '1 error in 0.1s', 2, false],
    ['ls', 'a.ts', 0, null],
  ])('of `%s` that says “%s” with exit code %i is %s', (command, output, code, expected) => {
    expect(hasPassed(aStep(shell(command, output, code)))).toBe(expected)
  })
})

describe('isVerifying', () => {
  it.each([
    'npm test',
    'npm run test:unit',
    'pnpm lint',
    'npx tsc --noEmit',
    'node_modules/.bin/vitest run',
    './gradlew clean build',
    'cargo clippy',
    'go test ./...',
    'make',
    'make check',
    'mix format --check-formatted',
    'bundle exec rspec',
  ])('knows `%s`', (text) => {
    expect(isVerifying({ text })).toBe(true)
  })

  it.each(['npm install', 'git commit -m "test"', 'node test.js', 'cat test.ts', 'make deploy'])(
    'is not misled by `%s`',
    (text) => {
      expect(isVerifying({ text })).toBe(false)
    },
  )
})

describe('isRejection', () => {
  it.each([
    "No, that's wrong.",
    'That is not what I wanted',
    "it still doesn't work",
    'Still failing.',
    'wrong file',
    'No, use the other branch.',
    'I already told you to keep the tests.',
  ])('hears “%s”', (text) => {
    expect(isRejection(text)).toBe(true)
  })

  it.each([
    'No.',
    'No, thanks, that is all.',
    'no problem',
    'Actually, one more thing: add a test.',
    'Thanks, it works!',
    'I said hello to the new team.',
    'No, I do not have the number.',
  ])('does not hear one in “%s”', (text) => {
    expect(isRejection(text)).toBe(false)
  })
})
