import { describe, expect, it } from 'vitest'
import { createProgress } from './progress.ts'
import { line, span } from './styled-line.ts'
import { createTerminal, type Environment, usesColor } from './terminal.ts'

function buffer(isTTY: boolean, columns = 80) {
  const written: string[] = []
  return { written, stream: { write: (text: string) => written.push(text), isTTY, columns } }
}

describe('colour', () => {
  it.each<[string, boolean, Environment, 'auto' | 'always' | 'never', boolean]>([
    ['on a terminal', true, {}, 'auto', true],
    ['off a terminal', false, {}, 'auto', false],
    ['on a dumb terminal', true, { TERM: 'dumb' }, 'auto', false],
    ['under NO_COLOR', true, { NO_COLOR: '1' }, 'auto', false],
    ['under an empty NO_COLOR', true, { NO_COLOR: '' }, 'auto', true],
    ['under FORCE_COLOR off a terminal', false, { FORCE_COLOR: '1' }, 'auto', true],
    ['under FORCE_COLOR=0', true, { FORCE_COLOR: '0' }, 'auto', false],
    ['under NO_COLOR and FORCE_COLOR', true, { NO_COLOR: '1', FORCE_COLOR: '1' }, 'auto', false],
    ['with --color always', false, { NO_COLOR: '1' }, 'always', true],
    ['with --color never', true, { FORCE_COLOR: '1' }, 'never', false],
  ])('%s', (_when, isTTY, env, choice, expected) => {
    expect(usesColor(buffer(isTTY).stream, env, choice)).toBe(expected)
  })

  it('wraps each stretch in its own sequence and resets it', () => {
    const { written, stream } = buffer(true)

    createTerminal(stream, {}, 'auto').print([line('a ', span('b', 'added'))])

    expect(written.join('')).toBe('a \u001b[32mb\u001b[0m\n')
  })
})

it.each([
  [500, 100],
  [72, 72],
  [10, 40],
])('fills %i columns as %i', (columns, width) => {
  expect(createTerminal(buffer(true, columns).stream, {}, 'auto').width).toBe(width)
})

describe('progress', () => {
  const run = (isTTY: boolean): string => {
    const { written, stream } = buffer(isTTY)
    let nowMs = 0
    const progress = createProgress(createTerminal(stream, {}, 'never'), () => new Date(nowMs))
    for (let done = 0; done <= 100; done += 1) {
      progress.tell({ stage: 'import', done, of: 100 })
      nowMs += 100
    }
    progress.tell({ stage: 'gate', done: 0, of: 1 })
    progress.end()
    return written.join('')
  }

  it('is one line per stage in a log', () => {
    expect(run(false)).toBe('  reading transcripts (100)\n  checking that nothing is lost\n')
  })

  it('is one moving line with counts and the time left for a person, gone at the end', () => {
    const shown = run(true)

    expect(shown).toContain('  reading transcripts  50 of 100  5.0 s left')
    expect(shown).not.toContain('\n')
    expect(shown.endsWith('\r\u001b[K')).toBe(true)
  })
})
