import type { ErrorSignature } from '../error-signature.ts'
import { containsWord } from '../message-template.ts'
import { isRecord, SHELL, type ToolStep } from '../tool-step.ts'
import type { FollowUp } from './follow-up.ts'

/** Tools that only look, by the first word of their name: no other one is recommended as a check. */
const LOOKING_TOOL =
  /^(?:mcp__\w+?__)?(?:get|search|find|list|look_?up|check|read|query|fetch|view|count|is|has)(?=[_A-Z-])/
const VALUE_CHARS_MIN = 4

/**
 * The tool with which a session looked right after a refusal at what was refused: it shares a
 * value with the refused call, one that the error names where the error names any.
 */
export function checkTool(
  steps: readonly ToolStep[],
  failures: readonly number[],
  signature: ErrorSignature,
): FollowUp | null {
  for (const place of failures) {
    const [failed, next] = [steps[place], steps[place + 1]]
    if (failed === undefined || next === undefined || next.isFailed) continue
    if (failed.tool === SHELL || next.tool === failed.tool || !LOOKING_TOOL.test(next.tool))
      continue
    for (const value of refusedValues(failed, signature)) {
      const event = [next.use, next.result].find((it) => containsWord(it.event.text, value))
      if (event !== undefined) {
        return { text: next.tool, event, quote: withKey(event.event.text, value) }
      }
    }
  }
  return null
}

function refusedValues(failed: ToolStep, { message }: ErrorSignature): readonly string[] {
  const values = leaves(failed.input).filter(({ length }) => length >= VALUE_CHARS_MIN)
  const named = values.filter((value) => containsWord(message, value))
  return named.length > 0 ? named : values
}

function leaves(value: unknown): readonly string[] {
  if (typeof value === 'string') return [value]
  if (typeof value === 'number') return [String(value)]
  if (Array.isArray(value)) return value.flatMap(leaves)
  return isRecord(value) ? Object.values(value).flatMap(leaves) : []
}

/** The value as it stands in the text, with its key where it has one. */
function withKey(text: string, value: string): string {
  const key = /"\w+":\s?"?$/.exec(text.slice(0, text.indexOf(value)))?.[0] ?? ''
  return `${key}${value}`.slice(0, QUOTE_CHARS_MAX)
}

const QUOTE_CHARS_MAX = 120
