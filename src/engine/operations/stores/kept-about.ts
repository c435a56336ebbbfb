import { LIMITS } from '../../../config.ts'

/** How deep values are kept: ids, dates, tags and what is one level below them. */
const DEEP_MAX = 4

/**
 * What a source says of a note, small enough to be kept beside it: values that are nested too deeply go,
 * and where the rest is still too large, the longest fields go first.
 */
export function keptAbout(about: Readonly<Record<string, unknown>>): {
  readonly about: Readonly<Record<string, unknown>>
  readonly isWhole: boolean
} {
  const cut = { isCut: false }
  const fields = Object.entries(about)
    .map(([name, value]) => [name, shallow(value, DEEP_MAX, cut)] as const)
    .filter(([name, value]) => value !== undefined && name.isWellFormed())
    .map(([name, value]) => ({ name, value, chars: sizeOf(value) + name.length }))
  let chars = fields.reduce((sum, field) => sum + field.chars, 0)
  const dropped = new Set<string>()
  for (const field of fields.toSorted((a, b) => b.chars - a.chars)) {
    if (chars <= LIMITS.importedMetadataCharsMax) break
    dropped.add(field.name)
    chars -= field.chars
  }
  const kept = fields.filter(({ name }) => !dropped.has(name))
  return {
    about: Object.fromEntries(kept.map(({ name, value }) => [name, value])),
    isWhole: dropped.size === 0 && !cut.isCut,
  }
}

function sizeOf(value: unknown): number {
  return JSON.stringify(value)?.length ?? 0
}

/** The value down to a depth; undefined = nothing of it can be kept. */
function shallow(value: unknown, deep: number, cut: { isCut: boolean }): unknown {
  if (typeof value === 'string') return value.isWellFormed() ? value : drop(cut)
  if (typeof value !== 'object' || value === null) return value
  if (deep === 0) return drop(cut)
  if (Array.isArray(value)) return value.map((one) => shallow(one, deep - 1, cut) ?? null)
  return Object.fromEntries(
    Object.entries(value).flatMap(([name, one]) => {
      const kept = shallow(one, deep - 1, cut)
      return kept === undefined || !name.isWellFormed() ? [] : [[name, kept] as const]
    }),
  )
}

function drop(cut: { isCut: boolean }): undefined {
  cut.isCut = true
  return undefined
}
