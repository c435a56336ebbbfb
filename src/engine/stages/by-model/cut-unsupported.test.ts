import { describe, expect, it } from 'vitest'
import type { EntailItem } from '../../prompts/entail.ts'
import { portsOf, ScriptedAsker } from '../scripted-asker.test-support.ts'
import { dreamOf, modelClaim, scriptedAsker, UPDATE } from '../told-dream.test-support.ts'
import { cutUnsupported } from './cut-unsupported.ts'

const NOTE = 'The API runs on Heroku with two standard dynos. Ask Mara for access.'
const FILES = { '/hosting.md': `# Hosting\n\n- ${NOTE}\n` }
const SAID = 'the api has been sitting on Fly.io for three weeks'
const EXCHANGE = { former: 'Heroku', value: 'Fly.io' }
const WHOLE = 'The API runs on Fly.io with two standard dynos.'
const CUT = 'The API runs on Fly.io.'

type Verdict = readonly ['yes' | 'partly' | 'no', ...string[]]

/** The text that the note has in the end, and the sentences that were asked about. */
async function cutBy(
  verdicts: Readonly<Record<string, Verdict>>,
  hasVerifier = true,
): Promise<{ readonly text: unknown; readonly asked: readonly string[] }> {
  const asked: string[] = []
  const asker = new ScriptedAsker({
    entail: (items: readonly EntailItem[]) => ({
      items: items.map(({ sentence }, n) => {
        asked.push(sentence)
        const [supported, ...unsupported] = verdicts[sentence] ?? ['no']
        return { item: n + 1, supported, unsupported }
      }),
    }),
  })
  const claim = modelClaim('The API runs on Fly.io.', SAID, { value: 'Fly.io' })
  const { findings } = await dreamOf(FILES, scriptedAsker({ relate: () => UPDATE }), {
    claims: [claim],
    hints: [{ claim: 0, note: 'The API', exchange: EXCHANGE }],
  })
  const [finding] = await cutUnsupported(findings, portsOf(asker, { hasVerifier }))
  return { text: finding !== undefined && 'text' in finding ? finding.text : null, asked }
}

describe('cutUnsupported', () => {
  it('cuts what a note said of the old value and the new words do not carry', async () => {
    const { text, asked } = await cutBy({
      [WHOLE]: ['partly', 'with two standard dynos'],
      [CUT]: ['yes'],
    })

    expect(text).toBe(`${CUT} Ask Mara for access.`)
    expect(asked).toEqual([WHOLE, CUT])
  })

  it.each([
    ['that is carried as it is', { [WHOLE]: ['yes'] }],
    ['that is not carried at all', { [WHOLE]: ['no', 'with two standard dynos'] }],
    ['of which no words are named', { [WHOLE]: ['partly'] }],
    ['of which words are named that it does not have', { [WHOLE]: ['partly', 'two dynos'] }],
    ['whose new value is what is not carried', { [WHOLE]: ['partly', 'Fly.io'] }],
    [
      'of which too little would be left',
      { [WHOLE]: ['partly', 'runs on Fly.io with two standard'] },
    ],
    [
      'of which the rest is not carried either',
      { [WHOLE]: ['partly', 'with two standard dynos'], [CUT]: ['partly', 'The API'] },
    ],
  ] as const)('leaves a sentence %s', async (_name, verdicts) => {
    const { text } = await cutBy(verdicts)

    expect(text).toBe(`${WHOLE} Ask Mara for access.`)
  })

  it('asks nothing without a verifier', async () => {
    const { text, asked } = await cutBy({ [WHOLE]: ['partly', 'with two standard dynos'] }, false)

    expect(text).toBe(`${WHOLE} Ask Mara for access.`)
    expect(asked).toEqual([])
  })
})
