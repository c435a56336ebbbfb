import { describe, expect, it } from 'vitest'
import { forgetTexts, remembered } from './remembered.ts'

describe('remembered', () => {
  it('computes a text once while it is asked for again and again', () => {
    const computed: string[] = []
    const upper = remembered(2, (text) => {
      computed.push(text)
      return text.toUpperCase()
    })

    expect(['a', 'b', 'a', 'c', 'a', 'd', 'a', 'a'].map(upper).join('')).toBe('ABACADAA')
    expect(computed).toEqual(['a', 'b', 'c', 'd'])
  })

  it('forgets what was not asked for lately', () => {
    const computed: string[] = []
    const same = remembered(2, (text) => {
      computed.push(text)
      return text
    })

    for (const text of ['a', 'b', 'c', 'd', 'e', 'a']) same(text)

    expect(computed).toEqual(['a', 'b', 'c', 'd', 'e', 'a'])
  })

  it('remembers a result that is nothing', () => {
    let times = 0
    const none = remembered(1, () => {
      times += 1
      return null
    })

    none('a')
    none('a')

    expect(times).toBe(1)
  })

  it('forgets all on demand, and gives the same as before', () => {
    const computed: string[] = []
    const upper = remembered(2, (text) => {
      computed.push(text)
      return text.toUpperCase()
    })
    const ask = (): string => ['a', 'b', 'c'].map(upper).join('')
    const before = ask()

    forgetTexts(Number.POSITIVE_INFINITY)

    expect(ask()).toBe(before)
    expect(computed).toEqual(['a', 'b', 'c', 'a', 'b', 'c'])
  })
})
