/** Fields of a shell call that say how it runs, not what runs. */
const RUN_FIELDS: ReadonlySet<string> = new Set([
  'command',
  'description',
  'timeout',
  'timeout_ms',
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
  const fields = fieldsOf(input)
  const command = fields.command
  const isShell =
    typeof command === 'string' &&
    command.trim() !== '' &&
    Object.keys(fields).every((name) => RUN_FIELDS.has(name))
  return { input: json, text: isShell ? command : json }
}

/** Compact JSON text; a value nested too deeply to be written reads as `null`. */
export function compactJson(value: unknown): string {
  try {
    return JSON.stringify(value) ?? 'null'
  } catch (error) {
    if (error instanceof RangeError) return 'null'
    throw error
  }
}

function fieldsOf(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
    ? (value as Readonly<Record<string, unknown>>)
    : {}
}
