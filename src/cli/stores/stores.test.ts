import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { runCli } from '../test-support/run-cli.test-support.ts'
import { sessionsOfMemories } from './named-sessions.ts'

const TOGETHER = ['dream', 'store:coder', './qa/', '--sessions', 'coder=./a', 'qa=./b']

describe('whose sessions are whose', () => {
  it('is said by the memory as it was typed, by its name, or by the last part of its path', () => {
    const memories = ['store:coder', './agents/qa/']
    const specs = ['store:coder=./a', 'coder=./b', './agents/qa/=./c', 'qa=sesn_1']

    expect(sessionsOfMemories(memories, specs)).toEqual([
      { memory: 'store:coder', sessions: ['./a', './b'] },
      { memory: './agents/qa/', sessions: ['./c', 'sesn_1'] },
    ])
  })

  it('need not be said of the only memory, nor of sources with a sign of equality', () => {
    expect(sessionsOfMemories(['./coder'], ['./logs', './k=v', 'coder=./x=y'])).toEqual([
      { memory: './coder', sessions: ['./logs', './k=v', './x=y'] },
    ])
  })

  it.each([
    ['sessions of no memory', ['./a', './b'], ['./logs']],
    ['sessions of a memory that was not named', ['./a', './b'], ['c=./logs']],
    ['two memories of one name', ['./x/memory', './y/memory'], ['memory=./logs']],
    ['a memory twice', ['./a', './a'], []],
  ])('is refused for %s', (_what, memories, specs) => {
    expect(() => sessionsOfMemories(memories, specs)).toThrow(
      expect.objectContaining({ type: 'invalid_request_error' }),
    )
  })

  it('is asked for in words that can be pasted', () => {
    expect(() => sessionsOfMemories(['./my a', './b'], ['./logs'])).toThrow(
      expect.objectContaining({ next: expect.stringContaining("--sessions './my a'=<source>") }),
    )
  })

  it('loses no source, whatever memories and sources are called', () => {
    const name = fc.stringMatching(/^[a-z=./]{1,6}$/)
    const names = fc.uniqueArray(name, { minLength: 1, maxLength: 4 })
    fc.assert(
      fc.property(names, fc.array(name), (memories, sources) => {
        const specs = sources.map((source, n) => `${memories[n % memories.length]}=${source}`)
        let told: ReturnType<typeof sessionsOfMemories>
        try {
          told = sessionsOfMemories(memories, specs)
        } catch {
          return
        }
        expect(told.flatMap(({ sessions }) => sessions)).toHaveLength(sources.length)
      }),
    )
  })
})

describe('dream over several memories', () => {
  it('shows a plan for each that learns, and how to go on with each', async () => {
    const { exitCode, stdout, stderr } = await runCli([
      ...TOGETHER,
      '--into',
      './qa',
      'store:other',
    ])

    expect(exitCode).toBe(0)
    expect(stdout.match(/^ {2}Plan drm_/gm)).toHaveLength(2)
    expect(stdout.indexOf('./qa')).toBeLessThan(stdout.indexOf('store:other'))
    expect(stderr).toContain('Into      ./qa   41 notes')
    expect(stderr).toContain('0 sessions of its own, patterns of 0 other sessions')
    expect(stderr.match(/reverie apply drm_/g)).toHaveLength(2)
    expect(stderr).toContain('decide for store:other')
  })

  it('tells what was asked for whom', async () => {
    const { reverie } = await runCli([...TOGETHER, '--into', './qa', '-i', 'keep: /a.md'])

    expect(reverie.requests).toMatchObject([
      { memory: 'store:coder', sessions: ['./a'], instructions: 'keep: /a.md' },
      { memory: './qa/', sessions: ['./b'] },
    ])
  })

  it.each([
    ['no memory that learns', TOGETHER, 'Say which one learns: --into <memory>.'],
    ['--apply', [...TOGETHER, '--into', './qa', '--apply'], 'apply each: reverie apply <dream>'],
  ])('is refused with %s', async (_what, argv, next) => {
    const { exitCode, stderr } = await runCli(argv)

    expect(exitCode).toBe(64)
    expect(stderr).toContain(next)
  })

  it('exits 2 where plans wait and --detailed-exitcode asks for it', async () => {
    const argv = [...TOGETHER, '--into', './qa', '--detailed-exitcode']

    expect((await runCli(argv)).exitCode).toBe(2)
    expect((await runCli(argv, { world: { planStatus: 'empty', changes: [] } })).exitCode).toBe(0)
  })
})
