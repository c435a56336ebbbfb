import { asObject, compactJson } from './json-value.ts'

/** Fields of a shell call that say how it runs, not what runs. */
const RUN_FIELDS: ReadonlySet<string> = new Set([
  'command',
  'description',
  'timeout',
  'run_in_background',
])

/** Arguments as stored: JSON text for machines, and the text that people read and quotes come from. */
export interface ToolCallText {
  readonly input: string
  readonly text: string
}

/**
 * The text of a shell call is its command as typed, so that a command can be quoted; every other
 * call's text is its arguments as compact JSON.
 */
export function toolCallText(input: unknown): ToolCallText {
  const json = compactJson(input)
  const fields = asObject(input)
  const command = fields?.command
  const isShell =
    typeof command === 'string' &&
    command.trim() !== '' &&
    Object.keys(fields ?? {}).every((name) => RUN_FIELDS.has(name))
  return { input: json, text: isShell ? command : json }
}
