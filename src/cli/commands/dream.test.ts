import { describe, expect, it } from 'vitest'
import { aChange, anEvidence, anImport } from '../test-support/builders.test-support.ts'
import { runCli } from '../test-support/run-cli.test-support.ts'

const DREAM = ['dream', './memory', '--sessions', './sessions']
const MERGE = aChange({
  kind: 'merge',
  reason: 'Both say the same; the more specific one stays.',
  before: [
    { path: '/editor.md', text: 'I use vim.' },
    { path: '/vim.md', text: 'I use vim with tabs.' },
  ],
  after: [{ path: '/vim.md', text: 'I use vim with tabs.' }],
})
const HELD = aChange({
  reason: 'A person wrote another day.',
  after: [{ path: '/project/deploy.md', text: 'Deploys go out on Mondays.' }],
  status: 'held',
  heldReason: 'person_wrote_it',
})
const SECRET = aChange({
  kind: 'redact',
  reason: 'The note carries a secret.',
  before: [{ path: '/infra.md', text: 'AKIAEXAMPLE' }],
  after: [],
  evidence: [anEvidence({ quote: 'AKIAEXAMPLE', source: { path: '/infra.md', line: 7 } })],
  status: 'held',
  heldReason: 'secret',
})

describe('the plan', () => {
  it('says what was read on stderr and what would change on stdout', async () => {
    const { exitCode, stdout, stderr } = await runCli(DREAM, {
      world: { changes: [aChange(), MERGE, HELD] },
      tickMs: 800,
    })

    expect(exitCode).toBe(0)
    expect(stderr).toContain('Memory    ./memory   41 notes, 23.1 kB, index 3 of 200 lines')
    expect(stderr).toContain('skipped 300 unknown type: progress, 12 empty')
    expect(stderr).toContain('Secrets   1 taken out before anything was stored: 1 aws-key')
    expect(stderr).toContain('Model     none; network: none')
    expect(stderr).toMatch(/Took {6}0\.8 s, 118\.0 MB of memory at most/)
    expect(stderr).toMatch(/Next: {2}reverie review drm_[0-9a-f]{24}/)
    expect(stdout).toMatch(/^ {2}Plan drm_[0-9a-f]{24} {3}/)
    expect(stdout).toContain('1 merged   1 replaced   1 held')
    expect(stdout).toContain('nothing has been written')
    expect(stdout).toContain('412 → 397 units')
  })

  it('names file and line of what could not be read', async () => {
    const place = (line: number | null) => ({ path: 'logs/a.jsonl', line, reason: 'torn line' })
    const badLines = [place(7), ...Array.from({ length: 10 }, () => place(null))]
    const { stderr } = await runCli(DREAM, { world: { imported: anImport({ badLines }) } })

    expect(stderr).toContain(
      '  Bad       logs/a.jsonl:7: torn line\n            logs/a.jsonl: torn line\n',
    )
    expect(stderr).toContain('            and 1 more place\n')
  })

  it('shows before and after with signs, and who said so in which words', async () => {
    const { stdout } = await runCli(DREAM)

    expect(stdout).toContain(`
  1  replaced  /project/deploy.md
      - Deploys go out on Fridays.
      + Deploys go out on Thursdays.
      A later statement names another day.
      “we moved deploys to Thursday”
        user · 2026-11-02 14:03 · sessions/2026-11-02.jsonl:118
`)
  })

  it('marks a text that stays as neither taken nor added', async () => {
    const { stdout } = await runCli(DREAM, { world: { changes: [MERGE] } })

    expect(stdout).toContain(
      '      = I use vim with tabs.  /vim.md\n      - I use vim.  /editor.md\n',
    )
  })

  it('shows the text that survives a merge inside one file once', async () => {
    const [survivor, other] = ['I use vim with tabs.', 'I use vim.']
    const at = (text: string): { path: string; text: string } => ({ path: '/vim.md', text })
    const merge = aChange({
      kind: 'merge',
      reason: 'Both say the same.',
      before: [at(survivor), at(survivor), at(other)],
      after: [at(survivor)],
    })

    const { stdout } = await runCli(DREAM, { world: { changes: [merge] } })

    expect(stdout).toContain(
      `      = ${survivor}\n      - ${survivor}\n      - ${other}\n      Both say`,
    )
  })

  it('warns on stderr of files that were left out, and in the warnings of --json', async () => {
    const world = { leftOut: ['/old.md was left out: not UTF-8'], warnings: ['The index is full.'] }

    const { stdout, stderr } = await runCli(DREAM, { world })
    const json = await runCli([...DREAM, '--json'], { world })

    expect(stderr).toContain('! /old.md was left out: not UTF-8')
    expect(stdout).not.toContain('left out')
    expect(JSON.parse(json.stdout)).toMatchObject({
      warnings: ['/old.md was left out: not UTF-8', 'The index is full.'],
    })
  })

  it('puts held changes at the end with why, and shows no secret', async () => {
    const { stdout } = await runCli(DREAM, { world: { changes: [SECRET, HELD, aChange()] } })

    expect(stdout.indexOf('1  replaced')).toBeLessThan(stdout.indexOf('Held 2 changes'))
    expect(stdout).toContain('stands in /infra.md:7; its text is not shown')
    expect(stdout).toContain('held: a person wrote this, so a person decides')
    expect(stdout).not.toContain('AKIA')
  })

  it('shows as many changes as --limit says and counts the rest', async () => {
    const changes = [1, 2, 3, 4, 5].map((n) =>
      aChange({ after: [{ path: '/a.md', text: `Port ${n}.` }] }),
    )
    const { stdout } = await runCli([...DREAM, '--limit', '2'], { world: { changes } })

    expect(stdout).toContain('+ Port 2.')
    expect(stdout).not.toContain('+ Port 3.')
    expect(stdout).toMatch(/and 3 more: reverie show drm_/)
  })
})

describe('the request', () => {
  it('hands on what was asked for, times made absolute', async () => {
    const { reverie } = await runCli([
      ...DREAM,
      '--since',
      '7d',
      '-i',
      'prices',
      '--format',
      'chat',
    ])

    expect(reverie.requests).toMatchObject([
      {
        memory: './memory',
        sessions: ['./sessions'],
        since: '2026-11-16T06:00:00.000Z',
        instructions: 'prices',
        format: 'chat',
      },
    ])
  })

  it.each([[['dream', './memory']], [DREAM], [['session', 'add', './sessions']]])(
    'refuses an unknown format after %j',
    async (argv) => {
      const { exitCode, stderr, reverie } = await runCli([...argv, '--format', 'nope'])

      expect(exitCode).toBe(64)
      expect(stderr).toContain('claude-code')
      expect(reverie.requests).toEqual([])
    },
  )

  it('refuses to plan and to apply at once', async () => {
    const { exitCode, reverie } = await runCli([...DREAM, '--plan', '--apply'])

    expect(exitCode).toBe(64)
    expect(reverie.requests).toEqual([])
  })
})

describe('the end', () => {
  it('exits 2 for waiting changes only when asked to tell', async () => {
    const waiting = await runCli([...DREAM, '--detailed-exitcode'])
    const empty = await runCli([...DREAM, '--detailed-exitcode'], {
      world: { planStatus: 'empty', changes: [] },
    })

    expect([waiting.exitCode, empty.exitCode]).toEqual([2, 0])
    expect(empty.stdout).toContain('nothing to change')
  })

  it('names the memory as a shell takes it', async () => {
    const { stderr } = await runCli(['dream', './my memory'], {
      world: { planStatus: 'empty', changes: [] },
    })

    expect(stderr).toContain("reverie memory ls './my memory'")
  })

  it('applies at once with --apply and prints what apply prints', async () => {
    const words = await runCli([...DREAM, '--apply'])
    const json = await runCli([...DREAM, '--apply', '--json'])

    expect(words.stdout).toMatch(/Applied drm_\w+ {3}1 change in 1 file/)
    expect(words.stderr).toMatch(/reverie revert drm_/)
    expect(JSON.parse(json.stdout)).toMatchObject({
      schema: 'reverie/v1/apply',
      data: { plan_status: 'applied' },
    })
  })

  it('says that nothing is new, and shows the plan that still waits', async () => {
    const waiting = await runCli(DREAM, { world: { isNew: false } })
    const applied = await runCli(DREAM, { world: { isNew: false, planStatus: 'applied' } })

    expect(waiting.stdout).toMatch(/Nothing new since drm_\w+, which still\s+waits:/)
    expect(waiting.stdout).toContain('+ Deploys go out on Thursdays.')
    expect(applied.stdout).toMatch(/Nothing new since drm_\w+\.\n$/)
  })

  it('names what was not read and warns on stderr', async () => {
    const { stdout, stderr } = await runCli(DREAM, {
      world: { imported: anImport({ files: 0, sessions: 0 }), warnings: ['One file is too big.'] },
    })

    expect(stderr).toContain('no transcript found there; the memory alone is tidied')
    expect(stderr).toContain('! One file is too big.')
    expect(stdout).not.toContain('too big')
  })
})
