import { describe, expect, it } from 'vitest'
import { LOCAL_AUDIENCE } from '../../core/audience.ts'
import type { Claim } from '../../core/claim.ts'
import type { SessionEventId, SessionId } from '../../core/ids.ts'
import type { SessionEvent } from '../../core/session-event.ts'
import type { ReadEvent, ReadSession } from '../read-session.ts'
import { extractClaims } from './extract.ts'

const AT = '2026-11-20T10:00:00Z'
const OPTIONS = { asOf: '2026-11-25T00:00:00Z', ingestedAt: '2026-11-24T00:00:00Z' }

interface Given {
  readonly event?: Partial<SessionEvent>
  readonly read?: Partial<ReadEvent>
}

function anEvent(text: string, { event = {}, read = {} }: Given = {}): ReadEvent {
  return {
    event: {
      id: `sevt_${text.length}` as SessionEventId,
      sessionId: 'sesn_1' as SessionId,
      ordinal: 0,
      type: 'user.message',
      speaker: 'user',
      text,
      at: AT,
      tool: null,
      userId: 'lena',
      agentId: null,
      threadId: null,
      source: { path: 'chat.jsonl', line: 7 },
      voice: 'own',
      ...event,
    },
    text,
    trust: 'user',
    audience: LOCAL_AUDIENCE,
    isEcho: false,
    ...read,
  }
}

function claimsOf(...events: readonly ReadEvent[]): readonly Claim[] {
  const session: ReadSession = {
    session: {
      id: 'sesn_1' as SessionId,
      format: 'chat',
      title: '',
      sourcePath: 'chat.jsonl',
      startedAt: null,
      endedAt: null,
      userIds: [],
      agentIds: [],
      parentSessionId: null,
      audience: LOCAL_AUDIENCE,
      archivedAt: null,
    },
    events,
  }
  return extractClaims(session, OPTIONS)
}

describe('extractClaims', () => {
  it('keeps the sentence, the times and an exact quote', () => {
    const text = 'ok thanks. The deadline moved to next Friday. can you update the plan?'

    const [claim, ...others] = claimsOf(anEvent(text))

    expect(others).toEqual([])
    expect(claim).toMatchObject({
      text: 'The deadline moved to next Friday [2026-11-27].',
      kind: 'fact',
      cues: ['change'],
      times: { statedAt: AT, ingestedAt: OPTIONS.ingestedAt, derivedAt: OPTIONS.asOf },
      trust: 'user',
      evidence: [
        { kind: 'event', quote: 'The deadline moved to next Friday.', at: AT, userId: 'lena' },
      ],
    })
    expect(text).toContain(claim?.evidence[0]?.quote)
  })

  it('takes what follows a lead-in, not the lead-in', () => {
    const [claim] = claimsOf(
      anEvent('btw before you reach for npm: we switched from npm to pnpm in the web repo'),
    )

    expect(claim).toMatchObject({
      text: 'we switched from npm to pnpm in the web repo',
      value: 'pnpm',
      formerValue: 'npm',
    })
  })

  const rule = 'Always run the linter before you commit.'

  it.each<[string, Given]>([
    ['an agent', { event: { speaker: 'agent' } }],
    ['a tool', { event: { speaker: 'tool' } }],
    ['a summary', { event: { voice: 'summary' } }],
    ['a paste', { event: { voice: 'pasted' } }],
    ['an echo', { read: { isEcho: true } }],
    ['a stranger', { read: { trust: 'external' } }],
    ['an emptied repeat', { read: { text: '' } }],
  ])('takes nothing from %s', (_name, given) => {
    expect(claimsOf(anEvent(rule))).toHaveLength(1)
    expect(claimsOf(anEvent(rule, given))).toEqual([])
  })

  it('takes nothing that a stranger said before, and nothing that is only a yes', () => {
    const text = 'Sure. The office moved to Bern. I prefer short answers.'
    const read = { repeated: new Set([text.indexOf('The office')]) }

    const texts = claimsOf(anEvent(text, { read })).map((claim) => claim.text)
    expect(new Set(texts)).toEqual(new Set(['I prefer short answers.']))
    expect(claimsOf(anEvent('Yes, always do that from now on.'))).toEqual([])
    expect(claimsOf(anEvent('Remember that, please.'))).toEqual([])
  })

  it('takes nothing from an event that its source calls a stranger’s', () => {
    expect(claimsOf(anEvent('I prefer short answers.', { read: { trust: 'external' } }))).toEqual(
      [],
    )
  })

  it('takes nothing that the person only quotes', () => {
    const text = `what do i answer?\n\n> ${rule}\n\nthe mail says: ${rule}`

    expect(claimsOf(anEvent(text))).toEqual([])
  })

  const wrong = 'The dev server runs on port 3100 now.'

  it.each([
    'No wait, 3200.',
    'No, wait: 3200.',
    'Scratch that.',
    'Forget that, please.',
    'Sorry, that was wrong.',
    'Just kidding.',
    'Sorry, I was wrong.',
    'never mind',
    'oh wait, 3200',
  ])('drops what "%s" takes back', (retraction) => {
    expect(claimsOf(anEvent(`${rule} ${wrong} ${retraction}`))).toMatchObject([{ text: rule }])
    expect(claimsOf(anEvent(wrong), anEvent(retraction))).toEqual([])
    expect(claimsOf(anEvent(wrong), anEvent('Thanks.'), anEvent(retraction))).toHaveLength(1)
  })

  it.each(['The dev server runs on port 3100 now, no wait, 3200.', `${wrong} That's wrong.`])(
    'takes nothing from "%s"',
    (text) => {
      expect(claimsOf(anEvent(text))).toEqual([])
    },
  )

  const CORRECTED = {
    value: '3200',
    text: expect.stringMatching(/^the dev server runs on port 3200 now\.$/i),
  }

  it.each([
    'No wait, the dev server runs on port 3200 now.',
    'Scratch that. The dev server runs on port 3200 now.',
    'Sorry, I was wrong, the dev server runs on port 3200 now.',
  ])('takes the corrected value of "%s"', (correction) => {
    expect(claimsOf(anEvent(`${wrong} ${correction}`))).toMatchObject([CORRECTED])
    expect(claimsOf(anEvent(wrong), anEvent(correction))).toMatchObject([CORRECTED])
  })

  it('keeps what a person said before an order to wait', () => {
    expect(claimsOf(anEvent(`${wrong} Wait for the build before you merge.`))).toHaveLength(1)
  })

  it('keeps what a person said when only the answer is wrong', () => {
    expect(claimsOf(anEvent(wrong), anEvent("That's wrong, try again."))).toHaveLength(1)
  })

  it('gives equal claims equal ids, once', () => {
    const event = anEvent(rule)

    expect(claimsOf(event, event).map(({ id }) => id)).toEqual(claimsOf(event).map(({ id }) => id))
  })

  it('does not resolve dates of an undated event', () => {
    const [claim] = claimsOf(anEvent('The deadline moved to next Friday.', { event: { at: null } }))

    expect(claim?.text).toBe('The deadline moved to next Friday.')
    expect(claim?.times.statedAt).toBeNull()
  })
})
