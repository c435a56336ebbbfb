import { parse } from 'yaml'

/** The mapping that YAML front matter holds; null when it is malformed or not a mapping. */
export function readFrontMatter(yaml: string): Readonly<Record<string, unknown>> | null {
  const value = parsed(yaml)
  return isMapping(value) ? value : null
}

function parsed(yaml: string): unknown {
  try {
    return parse(yaml, { logLevel: 'error' })
  } catch {
    // People's files: front matter that cannot be read is left alone and says nothing.
    return null
  }
}

function isMapping(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
