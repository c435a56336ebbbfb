import { describe, expect, it } from 'vitest'
import { ReverieError } from '../core/errors.ts'
import { REPORT_NAMES, type ReportName, reportSchema } from '../wire/extensions/json-schemas.ts'
import { aChange, anEvidence, anImport } from './test-support/builders.test-support.ts'
import type { FakeWorld } from './test-support/fake-reverie.test-support.ts'
import { type RunOptions, runCli } from './test-support/run-cli.test-support.ts'

interface Case {
  readonly report: ReportName
  readonly argv: readonly string[]
  readonly options?: RunOptions
  /** It asks nothing of the facade, so it cannot fail with it. */
  readonly isOffline?: true
}

const CHANGE = aChange()
const AT_TERMINAL: RunOptions = { isTty: true, keys: ['d', '?', 'y'], env: { NO_COLOR: '1' } }

/** What has nothing to colour. */
const PLAIN: readonly ReportName[] = ['version', 'hook-session-end']

/** Every command that exists; the first test below holds the list complete. */
const COMMANDS: readonly Case[] = [
  { report: 'dream', argv: ['dream', './memory', '--sessions', './sessions'] },
  {
    report: 'dream-together',
    argv: ['dream', './memory', './other', '--sessions', 'memory=./sessions', '--into', './other'],
  },
  { report: 'dream-projects', argv: ['dream', '--all-projects'] },
  { report: 'connect', argv: ['connect', 'claude-code', '--yes'] },
  { report: 'dream-if-due', argv: ['dream', './memory', '--if-due', '--auto-apply', 'safe'] },
  { report: 'hook-session-end', argv: ['hook', 'session-end'], isOffline: true },
  { report: 'show', argv: ['show', 'drm_', '--diff'] },
  { report: 'review', argv: ['review', 'drm_'], options: AT_TERMINAL },
  { report: 'apply', argv: ['apply', 'drm_'] },
  { report: 'discard', argv: ['discard', 'drm_'] },
  { report: 'revert', argv: ['revert', 'drm_'] },
  { report: 'reject', argv: ['reject', CHANGE.id] },
  { report: 'log', argv: ['log', '/MEMORY.md'] },
  { report: 'status', argv: ['status'] },
  { report: 'memory-ls', argv: ['memory', 'ls', './memory'] },
  { report: 'memory-get', argv: ['memory', 'get', './memory', '/MEMORY.md', '--history'] },
  { report: 'memory-search', argv: ['memory', 'search', './memory', 'deploy', 'day'] },
  { report: 'memory-as-of', argv: ['memory', 'as-of', './memory', '2026-03-14'] },
  { report: 'memory-pin', argv: ['memory', 'pin', './memory', '/MEMORY.md'] },
  { report: 'memory-unpin', argv: ['memory', 'unpin', './memory', '/MEMORY.md'] },
  { report: 'memory-put', argv: ['memory', 'put', './memory', '/a.md', '--undo'] },
  { report: 'memory-rm', argv: ['memory', 'rm', './memory', '/MEMORY.md'] },
  { report: 'store-create', argv: ['store', 'create', 'qa', '--audience', 'team:support'] },
  { report: 'store-ls', argv: ['store', 'ls'] },
  { report: 'store-export', argv: ['store', 'export', 'store:qa', './qa'] },
  { report: 'store-import', argv: ['store', 'import', './qa', '--name', 'qa'] },
  { report: 'store-archive', argv: ['store', 'archive', 'store:qa'] },
  { report: 'dreams-ls', argv: ['dreams', 'ls', './memory', '--archived'] },
  { report: 'dreams-cancel', argv: ['dreams', 'cancel', 'drm_'] },
  { report: 'dreams-archive', argv: ['dreams', 'archive', 'drm_'] },
  { report: 'session-add', argv: ['session', 'add', './sessions'] },
  { report: 'session-ls', argv: ['session', 'ls'] },
  { report: 'session-show', argv: ['session', 'show', 'sesn_'] },
  { report: 'session-rm', argv: ['session', 'rm', 'sesn_'] },
  { report: 'recording-export', argv: ['recording', 'export', 'drm_', './answers'] },
  { report: 'recording-import', argv: ['recording', 'import', './answers'] },
  { report: 'erase', argv: ['erase', '--session', 'sesn_', '--yes'] },
  { report: 'serve', argv: ['serve'] },
  { report: 'key-create', argv: ['key', 'create', '--name', 'laptop'] },
  { report: 'key-ls', argv: ['key', 'ls'] },
  { report: 'key-rotate', argv: ['key', 'rotate', 'key_'] },
  { report: 'key-revoke', argv: ['key', 'revoke', 'key_'] },
  { report: 'review-held', argv: ['review', '--held', './memory', '--list'] },
  { report: 'audit', argv: ['audit', '--since', '7d', '--act', 'change.released'] },
  { report: 'audit-verify', argv: ['audit', 'verify', '--anchor', `1:${'a'.repeat(64)}`] },
  { report: 'audit-head', argv: ['audit', 'head'] },
  { report: 'verify', argv: ['verify', '--read-data'] },
  { report: 'backup', argv: ['backup', './copy'] },
  { report: 'restore', argv: ['restore', './copy', '--replace'] },
  { report: 'purge', argv: ['purge', '--dry-run'] },
  { report: 'doctor', argv: ['doctor'] },
  { report: 'config', argv: ['config'], isOffline: true },
  { report: 'version', argv: ['version'], isOffline: true },
]

const EVIL = 'x\u001b[31m\u001b]52;c;ZXZpbA==\u0007\u202e\u200b\u009b2J\u0000 y'
const HOSTILE: Partial<FakeWorld> = {
  changes: [
    aChange({
      id: CHANGE.id,
      reason: EVIL,
      before: [{ path: `/${EVIL}`, text: EVIL }],
      after: [{ path: '/b.md', text: EVIL }],
      evidence: [anEvidence({ quote: EVIL, userId: EVIL, source: { path: EVIL, line: 1 } })],
    }),
  ],
  files: [{ path: `/${EVIL}`, before: `${EVIL}\n`, after: `${EVIL}!\n`, isSuggestion: false }],
  content: `${EVIL}\r\n\t${EVIL}\n`,
  title: EVIL,
  eventText: `${EVIL}\n${EVIL}`,
  warnings: [EVIL],
  imported: anImport({ skipped: { [EVIL]: 3 } }),
}

const UNSAFE = /[\p{Cc}\p{Cf}\p{Cs}\p{Default_Ignorable_Code_Point}]/u
const widest = (text: string): number => Math.max(...text.split('\n').map((row) => row.length))

it('has a JSON shape for every command and for errors', () => {
  const covered = [...COMMANDS.map(({ report }) => report), 'error']

  expect(covered.toSorted()).toEqual([...REPORT_NAMES].toSorted())
})

describe.each(COMMANDS)('$report', ({ report, argv, options = {} }) => {
  it('explains itself in 80 columns, examples first', async () => {
    const { exitCode, stdout, stderr } = await runCli([...argv, '--help'])

    expect(exitCode).toBe(0)
    expect(stdout).toMatch(/^Examples:\n {2}\$ /)
    expect(stdout).toContain('--json')
    expect(widest(stdout)).toBeLessThanOrEqual(80)
    expect(stderr).toBe('')
  })

  it('prints one JSON object of its published shape on stdout', async () => {
    const { exitCode, stdout } = await runCli([...argv, '--json'], options)

    expect(exitCode).toBe(0)
    expect(reportSchema(report).safeParse(JSON.parse(stdout))).toMatchObject({ success: true })
  })

  it('keeps every terminal sequence of stored text from the terminal', async () => {
    for (const more of [[], ['--json']]) {
      const { stdout, stderr } = await runCli([...argv, ...more], {
        ...options,
        isTty: false,
        ...(options.isTty === true ? { isTty: true, env: { TERM: 'dumb' } } : {}),
        world: HOSTILE,
      })

      expect(stdout.replaceAll('\n', '')).not.toMatch(UNSAFE)
      expect(stderr.replaceAll('\n', '')).not.toMatch(UNSAFE)
    }
  })

  it('colours on a terminal, and not under NO_COLOR or off it', async () => {
    const colour = `${'\u001b'}[`
    const onTty = await runCli([...argv, '--color', 'always'], options)
    const noColor = await runCli(argv, { ...options, isTty: true, env: { NO_COLOR: '1' } })

    if (!PLAIN.includes(report)) expect(onTty.stdout + onTty.stderr).toContain(colour)
    expect(noColor.stdout).not.toContain(colour)
  })

  it('fits 80 columns off a terminal, paths and diffs aside', async () => {
    const { stdout, stderr } = await runCli(argv, options)

    expect(widest(`${stdout}\n${stderr}`)).toBeLessThanOrEqual(80)
  })

  it('refuses an option that it does not know', async () => {
    const { exitCode, stdout, stderr } = await runCli([...argv, '--sideways'])

    expect(exitCode).toBe(64)
    expect(stdout).toBe('')
    expect(stderr).toMatch(/Unknown option '--sideways'[\s\S]*Next {3}See `reverie/)
  })
})

describe.each(COMMANDS.filter(({ isOffline }) => isOffline !== true))(
  '$report',
  ({ argv, options = {} }) => {
    it('tells a failure in words, in JSON and in its exit code', async () => {
      const failure = new ReverieError('conflict_error', 'The store moved on.', {
        next: 'Dream again: `reverie dream ./memory`.',
      })
      const world = { failure }

      const words = await runCli(argv, { ...options, world })
      const json = await runCli([...argv, '--json'], { ...options, world })

      expect(words).toMatchObject({ exitCode: 5, stdout: '' })
      expect(words.stderr).toContain('The store moved on.')
      expect(words.stderr).toContain('Next   Dream again')
      expect(words.stderr).not.toContain('at ')
      expect(JSON.parse(json.stdout)).toMatchObject({
        schema: 'reverie/v1/error',
        data: { type: 'conflict_error', exit_code: 5 },
        next: ['reverie dream ./memory'],
      })
      if (!/^(?:serve|key|verify|restore)/.test(argv[0] ?? ''))
        expect(json.reverie.isClosed()).toBe(true)
    })
  },
)
