import { describe, expect, it } from 'vitest'
import { type ErrorType, ReverieError } from '../core/errors.ts'
import { aChange } from './test-support/builders.test-support.ts'
import { pressControlC, runCli } from './test-support/run-cli.test-support.ts'

describe('exit codes', () => {
  it.each([
    ['invalid_request_error', 64],
    ['authentication_error', 4],
    ['permission_error', 4],
    ['not_found_error', 1],
    ['request_too_large', 1],
    ['conflict_error', 5],
    ['memory_path_conflict_error', 5],
    ['memory_precondition_failed_error', 5],
    ['rate_limit_error', 6],
    ['timeout_error', 1],
    ['overloaded_error', 1],
    ['api_error', 1],
  ] as const satisfies readonly (readonly [ErrorType, number])[])(
    '%s is %i',
    async (type, code) => {
      const failure = new ReverieError(type, 'It went wrong.')

      const { exitCode, stderr } = await runCli(['status'], { world: { failure } })

      expect(exitCode).toBe(code)
      expect(stderr).toMatch(/Next {3}\S/)
    },
  )

  it('is 1 for an error of our own making, whose stack only --verbose shows', async () => {
    const failure = new TypeError('x is not a function')

    const calm = await runCli(['status'], { world: { failure } })
    const verbose = await runCli(['status', '--verbose'], { world: { failure } })

    expect(calm.exitCode).toBe(1)
    expect(calm.stderr).not.toContain('main.test.ts')
    expect(verbose.stderr).toContain('main.test.ts')
  })

  it('is 2 for a status with waiting dreams when asked to tell', async () => {
    const waiting = await runCli(['status', '--detailed-exitcode'])
    const none = await runCli(['status', '--detailed-exitcode'], {
      world: { planStatus: 'applied' },
    })

    expect([waiting.exitCode, none.exitCode]).toEqual([2, 0])
  })

  it('is 1 when a check of the doctor fails', async () => {
    const { exitCode, stdout } = await runCli(['doctor'], { world: { checksOk: false } })

    expect(exitCode).toBe(1)
    expect(stdout).toContain('Make it writable.')
  })
})

describe('something that is not there', () => {
  it.each([
    [['session', 'show', 'sesn_1'], 'reverie session ls'],
    [['show', 'drm_1'], 'reverie dreams ls'],
    [['memory', 'get', './memory', '/a.md'], 'reverie memory ls <memory>'],
    [['log', '/a.md'], 'reverie status'],
  ])('is told by %j with the command that lists what there is', async (argv, list) => {
    const failure = new ReverieError('not_found_error', 'There is no such thing.')

    const { stderr } = await runCli(argv, { world: { failure } })

    expect(stderr.replace(/\s+/g, ' ')).toContain(`List what there is with \`${list}\``)
  })
})

describe('wrong usage', () => {
  it.each([
    [['discard'], 'Missing required argument', 'reverie discard --help'],
    [['drem'], 'Did you mean dream?', 'reverie --help'],
    [['memory'], 'A command is missing', 'reverie memory --help'],
    [['apply'], 'Missing required argument', 'reverie apply --help'],
    [['status', '--color', 'pink'], 'Allowed choices are auto', 'reverie status --help'],
    [['dream', 'm', '--limit', '0'], 'whole number', 'reverie dream --help'],
    [['dream', 'm', '--since', 'soon'], 'is not a time', '2026-11-02'],
  ])('%j exits 64 with a hint', async (argv, message, hint) => {
    const { exitCode, stdout, stderr } = await runCli(argv)

    expect(exitCode).toBe(64)
    expect(stdout).toBe('')
    expect(stderr.replace(/\s+/g, ' ')).toContain(message)
    expect(stderr).toContain(hint)
  })

  it('is JSON too where JSON was asked for', async () => {
    const { stdout } = await runCli(['apply', '--json'])

    expect(JSON.parse(stdout)).toMatchObject({
      schema: 'reverie/v1/error',
      data: { type: 'usage_error', exit_code: 64 },
    })
  })

  it('shows the help, examples first, when nothing is typed', async () => {
    const { exitCode, stdout } = await runCli([])

    expect(exitCode).toBe(0)
    expect(stdout).toMatch(/^Examples:[\s\S]*Usage: reverie[\s\S]*Exit codes:/)
  })
})

describe('Ctrl-C', () => {
  it('aborts the dream, exits 130 and says how to go on', async () => {
    const { exitCode, stderr, stdout, reverie } = await runCli(
      ['dream', './my memory', '--sessions', './sessions'],
      { world: { onDream: async () => pressControlC() } },
    )

    expect(exitCode).toBe(130)
    expect(stdout).toBe('')
    expect(stderr).toContain("Go on with `reverie dream './my memory' --sessions ./sessions`.")
    expect(reverie.requests[0]?.signal?.aborted).toBe(true)
    expect(reverie.isClosed()).toBe(true)
  })
})

describe('global options', () => {
  it('may stand before and after the command', async () => {
    const before = await runCli(['--json', 'status'])
    const after = await runCli(['status', '--json'])

    expect(before.stdout).toBe(after.stdout)
    expect(JSON.parse(after.stdout)).toMatchObject({ schema: 'reverie/v1/status' })
  })

  it('shows one change in full by its own id', async () => {
    const change = aChange()
    const { stdout, stderr } = await runCli(['show', change.id])

    expect(stdout).toContain(`${change.id} · proposed · trust user · private:local`)
    expect(stderr).toContain(`reverie reject ${change.id}`)
  })
})
