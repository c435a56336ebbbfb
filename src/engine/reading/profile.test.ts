import { describe, expect, it } from 'vitest'
import { LIMITS } from '../../config.ts'
import { audience, LOCAL_AUDIENCE } from '../../core/audience.ts'
import { inputsOf } from '../stages/dream-inputs.test-support.ts'
import { knownWords, profileLines } from './profile.ts'
import { tokensIn } from './token-count.ts'

const file = (name: string): string =>
  `---\nname: ${name}\ndescription: All about ${name}\n---\n\n- A note.\n`

describe('profileLines', () => {
  it('names the memories and what they say of themselves, sorted', () => {
    const inputs = inputsOf({ '/b.md': '- A note.\n', '/a.md': file('a') })

    expect(profileLines(inputs, LOCAL_AUDIENCE)).toEqual(['/a.md: All about a', '/b.md'])
  })

  it('is as long for a large store as for a small one', () => {
    const files = Array.from({ length: 400 }, (_, n) => [`/${n}.md`, file(`topic ${n}`)] as const)
    const lines = profileLines(inputsOf(Object.fromEntries(files)), LOCAL_AUDIENCE)

    expect(lines.length).toBeLessThanOrEqual(LIMITS.profileLinesMax)
    expect(tokensIn(lines.join('\n'))).toBeLessThanOrEqual(LIMITS.profileTokensMax)
    expect(lines.length).toBeGreaterThan(10)
  })

  it('is bounded in tokens too', () => {
    const long = Array.from({ length: 60 }, (_, n) => [
      `/${n}.md`,
      file(`${n} ${'w '.repeat(200)}`),
    ])
    const lines = profileLines(inputsOf(Object.fromEntries(long)), LOCAL_AUDIENCE)

    expect(tokensIn(lines.join('\n'))).toBeLessThanOrEqual(LIMITS.profileTokensMax)
  })

  it('says nothing of memories that others read', () => {
    expect(profileLines(inputsOf({ '/a.md': file('a') }), audience('team', 'ops'))).toEqual([])
  })

  it('makes its names known', () => {
    expect(knownWords(['Ledger: the service of Mara']).has('mara')).toBe(true)
  })
})
