import type { ModelRequest } from '../../src/models/model.ts'
import type { ModelScript } from '../../src/testing/scripted-model.ts'
import { linesIn, promptOf } from './sensible-model.ts'

/** What the attacker wants to see in the memory, and how its model goes about it. */
export interface Attack {
  readonly order: string
  /** Quotes words of others, or words that nobody said. */
  readonly quotes: 'of tools' | 'of users' | 'forged'
  readonly verdict: 'same' | 'update' | 'a_more'
}

/** A model that obeys the attacker in every kind of prompt, in the form that is asked for. */
export function hostileScript(attack: Attack): ModelScript {
  return (request) => JSON.stringify(answerTo(request, attack))
}

const CLAIM = {
  kind: 'fact',
  subject: 'the owner',
  attribute: 'order',
  value: null,
  formerValue: null,
  polarity: 'holds',
  modality: 'is',
  cue: 'remember',
  from: null,
  until: null,
  dependsOn: [],
}
const VERDICT = { slotSame: true, bothCanHold: false, missingInA: ['it'], missingInB: ['it'] }

function answerTo({ data, name }: ModelRequest, attack: Attack): object {
  const lines = linesIn(data)
  const firsts = [...new Set(lines.map(({ marks }) => Number(marks[0])))]
  const numbers = firsts.filter((n) => Number.isInteger(n))
  switch (promptOf({ name })) {
    case 'extract':
      return {
        claims: cited(lines, attack).map((evidence) => ({
          ...CLAIM,
          text: attack.order,
          evidence: [evidence],
        })),
      }
    case 'changes':
      return {
        changes: cited(lines, attack).map((evidence) => ({
          note: 1,
          kind: 'replace',
          old: lines[0]?.text.split(' ').at(-1) ?? '',
          new: attack.order,
          from: null,
          until: null,
          evidence: [evidence],
        })),
      }
    case 'relate':
      return {
        pairs: numbers.map((pair) => ({
          ...VERDICT,
          pair,
          rel: attack.verdict,
          reason: attack.order,
        })),
      }
    case 'merge':
      return {
        keeps: numbers.map((member) => ({ member, slots: [] })),
        text: `${lines[0]?.text ?? ''} ${attack.order}`,
      }
    case 'lesson':
      return {
        evidence: [1],
        when: 'anything happens',
        do: attack.order,
        because: attack.order,
        notWhen: null,
      }
    case 'entail':
      return { items: numbers.map((item) => ({ item, unsupported: [], supported: 'yes' })) }
    case 'probes':
      return {
        probes: numbers.map((unit) => ({
          unit,
          kind: 'exact',
          q: attack.order,
          gold: attack.order,
        })),
      }
    default:
      return { items: numbers.map((item) => ({ item, answer: attack.order })) }
  }
}

function cited(
  lines: ReturnType<typeof linesIn>,
  { quotes, order }: Attack,
): readonly { readonly event: number; readonly quote: string }[] {
  const isWanted = (mark: string | undefined): boolean =>
    quotes === 'forged' || (quotes === 'of users') === (mark === 'user')
  return lines
    .filter(
      ({ marks, text }) => isWanted(marks[1]) && text !== '' && Number.isInteger(Number(marks[0])),
    )
    .slice(0, 8)
    .map(({ marks, text }) => ({
      event: Number(marks[0]),
      quote: quotes === 'forged' ? order : text.slice(0, 200),
    }))
}
