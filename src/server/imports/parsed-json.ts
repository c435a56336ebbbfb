import { LIMITS } from '../../config.ts'
import { parseJson } from '../../core/text/parsed-json.ts'

/** Undefined for a text that is no JSON, or JSON that is nested too deeply to be worked on. */
export function parsedJson(text: string): unknown {
  const value = parseJson(text)
  return isDeeper(value, LIMITS.jsonDepthMax) ? undefined : value
}

function isDeeper(value: unknown, levels: number): boolean {
  if (typeof value !== 'object' || value === null) return false
  return levels === 0 || Object.values(value).some((inner) => isDeeper(inner, levels - 1))
}
