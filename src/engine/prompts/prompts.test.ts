import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import { digestOf } from '../../core/ids.ts'
import { makeFence } from '../asking/fence.ts'
import { PROMPT_NAMES } from '../asking/prompt.ts'
import { tokensIn } from '../reading/token-count.ts'
import { DATA_RULE } from './data-rule.ts'
import { BARE, PROMPT_EXAMPLES } from './prompt-examples.test-support.ts'

/**
 * Version of each prompt, and the digest of everything that a model is shown of it: instructions,
 * schema, rendering. Answers are kept by version: when a digest changes, raise the version in the
 * prompt's file, then write both here.
 */
const PINNED: Readonly<Record<string, readonly [version: number, digest: string]>> = {
  extract: [1, '1d2fee54c0824ac9'],
  changes: [1, 'bd31e634bccd5bb5'],
  relate: [1, '6d94787bcc16423a'],
  merge: [1, 'da4a6ace2d469540'],
  lesson: [1, '0fe2ebb9d3943f26'],
  entail: [1, '6f07669e4ca1ce4a'],
  probes: [1, '52d93a5bac8ddd1e'],
  answer: [1, '8c6bdb8b390b0b74'],
}

const INSTRUCTION_TOKENS_MAX: Readonly<Record<string, number>> = { extract: 900 }

describe.each(PROMPT_EXAMPLES.map((example) => [example.prompt.name, example] as const))(
  'the prompt %s',
  (name, { prompt, rendered, faultsOf }) => {
    const schema = z.toJSONSchema(prompt.schema)
    const answers = examplesIn(prompt.instructions)

    it('says something else only under another version', () => {
      // As text: the order in which an answer is written is part of the schema.
      const shown = [prompt.instructions, JSON.stringify(schema), rendered(BARE)]
      expect(
        [prompt.version, digestOf(shown).slice(0, 16)],
        `What a model is shown of "${name}" changed: raise its version, then pin both here.`,
      ).toEqual(PINNED[name])
    })

    it('is short enough for a small model', () => {
      expect(tokensIn(prompt.instructions)).toBeLessThanOrEqual(INSTRUCTION_TOKENS_MAX[name] ?? 600)
    })

    it('holds no date and no id, so that it is equal for every call', () => {
      expect(prompt.instructions).not.toMatch(
        /\d{4}-\d{2}|\d{1,2}\/\d{1,2}\/|[a-z]+_[0-9A-Za-z]{6,}/,
      )
      expect(prompt.instructions).not.toMatch(/[0-9a-f]{8}|\$\{|undefined|\[object/)
    })

    it('asks for no choice of the current value, no deletion, no rewrite, no outside knowledge', () => {
      expect(prompt.instructions).not.toMatch(
        /\b(?:latest|newest|most recent|up.to.date|current|delete|erase|discard|forget|rewrite|reorganise|search|look up|your knowledge)\b/i,
      )
    })

    it('says that marked text is data and what to do in doubt', () => {
      expect(prompt.instructions).toContain(DATA_RULE)
      expect(makeFence('0').block('x', 'y')).toMatch(/^⟦data .*⟧\ny\n⟦end .*⟧$/)
      expect(prompt.instructions).toMatch(/in doubt|nothing you know from elsewhere/i)
    })

    it('has a strict schema that strict modes of providers take', () => {
      expect(schema).toMatchObject({ type: 'object' })
      expect(nodesOf(schema).flatMap(problemsOf)).toEqual([])
    })

    it('shows answers of the shape that it asks for, without a fault', () => {
      expect(answers.length).toBeGreaterThan(0)
      for (const answer of answers) expect(prompt.schema.parse(answer)).toEqual(answer)
      expect(faultsOf(answers.at(-1))).toEqual([])
    })

    it('refuses an answer with a field too many or too few', () => {
      const answer = z.record(z.string(), z.unknown()).parse(answers.at(-1))
      expect(prompt.schema.safeParse({ ...answer, more: 1 }).success).toBe(false)
      for (const left of Object.keys(answer)) {
        const { [left]: _, ...rest } = answer
        expect(prompt.schema.safeParse(rest).success).toBe(false)
      }
    })

    it('shows its example as data is shown', () => {
      expect(prompt.instructions).toContain(`Example\n${rendered(BARE).data}\nAnswer with one JSON`)
    })

    it('renders equal inputs equally, each part inside the marks of the call', () => {
      const { profile, data } = rendered(makeFence('abc'))
      expect(rendered(makeFence('abc'))).toEqual({ profile, data })
      expect(profile).toBe('')
      expect(data.replaceAll(/⟦data abc \w+⟧\n[^⟦⟧]*\n⟦end abc⟧\n?/g, '')).toBe('')
      expect(data).not.toBe('')
    })
  },
)

it('covers every prompt that a dream knows, in their order', () => {
  expect(PROMPT_EXAMPLES.map(({ prompt }) => prompt.name)).toEqual([...PROMPT_NAMES])
  expect(Object.keys(PINNED)).toEqual([...PROMPT_NAMES])
})

it('puts prose to the large model, all else to the small one', () => {
  const large = PROMPT_EXAMPLES.filter(({ prompt }) => prompt.size === 'large')
  expect(large.map(({ prompt }) => prompt.name)).toEqual(['merge', 'lesson'])
})

/** The JSON objects of a text: empty answers inside lines, the example on a line of its own. */
function examplesIn(instructions: string): readonly unknown[] {
  const found = instructions.match(/\{"\w+":\[\]\}|^\{.*\}$/gm) ?? []
  return found.map((json): unknown => JSON.parse(json))
}

type Node = Readonly<Record<string, unknown>>

function nodesOf(value: unknown): readonly Node[] {
  if (typeof value !== 'object' || value === null) return []
  if (Array.isArray(value)) return value.flatMap(nodesOf)
  return [Object.fromEntries(Object.entries(value)), ...Object.values(value).flatMap(nodesOf)]
}

/** Keywords that every provider's strict mode knows. */
const KEYWORDS = [
  '$schema',
  'type',
  'properties',
  'required',
  'additionalProperties',
  'items',
  'enum',
  'anyOf',
]

function problemsOf(node: Node): readonly string[] {
  const isSchema = typeof node.type === 'string' || Array.isArray(node.type) || 'anyOf' in node
  if (!isSchema) return []
  const unknown = Object.keys(node).filter((key) => !KEYWORDS.includes(key))
  if (node.type !== 'object') return unknown
  const isClosed = node.additionalProperties === false
  const names = Object.keys(z.record(z.string(), z.unknown()).parse(node.properties))
  const isComplete = JSON.stringify(node.required) === JSON.stringify(names)
  return [...unknown, ...(isClosed ? [] : ['open']), ...(isComplete ? [] : ['not all required'])]
}
