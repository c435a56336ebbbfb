import type { z } from 'zod'
import { LIMITS } from '../../config.ts'
import type { ModelAnswer } from '../../models/model.ts'
import type { Prompt } from './prompt.ts'

/** An answer that may be used, or what is wrong with it in words for the model. */
export type ReadAnswer<Output> =
  | { readonly isValid: true; readonly output: Output }
  | { readonly isValid: false; readonly faults: readonly string[] }

/** What local models that reason write first, where their server does not take it out. */
const THOUGHT = /^<(think|thinking)>[\s\S]*?<\/\1>/i
const FENCED = /^```[a-z]*[^\S\n]*\n([\s\S]*)\n[^\S\n]*```$/i

/**
 * Reads an answer: JSON, perhaps behind one block of thoughts and inside one code fence, of the
 * prompt's schema and without faults as a whole. Faults name places of the schema, never words of the answer.
 */
export function readAnswer<Input, Output>(
  answer: Pick<ModelAnswer, 'text' | 'finish'>,
  prompt: Prompt<Input, Output>,
  input: Input,
): ReadAnswer<Output> {
  const unfinished = UNFINISHED[answer.finish]
  if (unfinished !== null) return faulty([unfinished])
  const json = jsonOf(answer.text)
  if (json === undefined) return faulty(['It was not one JSON object and nothing else.'])
  const read = prompt.schema.safeParse(json)
  if (!read.success) return faulty(read.error.issues.map(wordsOf))
  const faults = prompt.faultsOf(read.data, input)
  return faults.length === 0 ? { isValid: true, output: read.data } : faulty(faults)
}

/** An answer that ended for a reason nobody knows may be whole: its text decides. */
const UNFINISHED: Readonly<Record<ModelAnswer['finish'], string | null>> = {
  stop: null,
  other: null,
  length: 'It was cut off: answer in fewer words and leave out what matters least.',
  refused: 'It was a refusal: answer with the empty lists that the form allows where nothing fits.',
}

function faulty(faults: readonly string[]): ReadAnswer<never> {
  const told = [...new Set(faults)].slice(0, LIMITS.faultsToldMax)
  return { isValid: false, faults: told.map((fault) => fault.slice(0, LIMITS.faultCharsMax)) }
}

/** Undefined = not JSON. Half surrogate pairs, which no storage takes, are replaced. */
function jsonOf(text: string): unknown {
  if (text.length > LIMITS.answerCharsMax) return undefined
  const trimmed = text.trim().replace(THOUGHT, '').trim()
  const inside = FENCED.exec(trimmed)?.[1] ?? trimmed
  try {
    return JSON.parse(inside, (_key, value: unknown) =>
      typeof value === 'string' ? value.toWellFormed() : value,
    )
  } catch (error) {
    // Values within values until the stack is full are a RangeError.
    if (error instanceof SyntaxError || error instanceof RangeError) return undefined
    throw error
  }
}

const WORDS: Readonly<Record<string, string>> = {
  invalid_type: 'missing or of another type than the schema says',
  invalid_value: 'not one of the allowed values',
  too_big: 'too long or too large',
  too_small: 'too short or too small',
  unrecognized_keys: 'has properties that the schema does not have',
}

function wordsOf({ code, path }: z.core.$ZodIssue): string {
  const place = path.length === 0 ? 'the answer' : path.map(String).join('.')
  return `${place}: ${WORDS[code] ?? 'not as the schema says'}.`
}
