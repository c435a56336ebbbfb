import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { CHANGE_KINDS, type ChangeKind } from '../../src/core/change.ts'

/** Words that a text holds, in any case of letters; of a list, one of them. */
export type Words = string | readonly string[]

/** What a change does to the memory; a field that is absent says nothing. */
export interface Effect {
  readonly kind?: ChangeKind | readonly ChangeKind[]
  readonly path?: string
  readonly beforeIncludes?: readonly Words[]
  readonly afterIncludes?: readonly Words[]
}

/** An effect that a careful person would want. */
export interface WantedEffect extends Effect {
  readonly name: string
}

export interface UnwantedEffect extends Effect {
  readonly why: string
  /** No change may bring a text with these words that did not stand in the memory. */
  readonly textIncludes?: string
}

/** What a careful person would want of a dream, written down before any model answered. */
export interface Expected {
  readonly must: readonly WantedEffect[]
  readonly mustNot: readonly UnwantedEffect[]
  /** Lines that still stand in the memory afterwards. */
  readonly keeps: readonly string[]
  /** Whether a good dream changes nothing at all. */
  readonly nothing: boolean
}

/** One person's memory and sessions, and the dream over them. */
export interface Part {
  /** Name of its folder within the scenario; empty = the scenario itself. */
  readonly name: string
  readonly memory: string
  readonly sessions: string
  readonly expected: Expected
}

export interface Scenario {
  readonly name: string
  readonly folder: string
  /** More than one where each person has a memory; these may not be dreamt together. */
  readonly parts: readonly Part[]
  /** Where the recorded answers of a model are, or are to be. */
  readonly cassette: string
}

const ROOT = import.meta.dirname

/** Every scenario of this folder, by name. Throws for one that cannot be read. */
export function allScenarios(): readonly Scenario[] {
  return readdirSync(ROOT, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => scenarioIn(join(ROOT, name), name))
    .sort((a, b) => (a.name < b.name ? -1 : 1))
}

/**
 * What the recorded dreams are known to miss or to do needlessly, with the reason, by
 * `scenario/name` or `scenario/why`. What was to stand and did not is never in it.
 */
export function knownMisses(): Readonly<Record<string, string>> {
  const file = join(ROOT, 'missed.json')
  return existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : {}
}

function scenarioIn(folder: string, name: string): Scenario {
  const parts = existsSync(join(folder, 'memory'))
    ? [partIn(folder, '')]
    : readdirSync(folder, { withFileTypes: true })
        .filter((entry) => entry.isDirectory() && entry.name !== CASSETTE)
        .map((entry) => partIn(join(folder, entry.name), entry.name))
  if (parts.length === 0) throw new Error(`${folder} holds no memory.`)
  return { name, folder, parts, cassette: join(folder, CASSETTE) }
}

const CASSETTE = 'cassette'

function partIn(folder: string, name: string): Part {
  const expected = readExpected(readFileSync(join(folder, 'expected.json'), 'utf8'), folder)
  return { name, memory: join(folder, 'memory'), sessions: join(folder, 'sessions'), expected }
}

const EFFECT_FIELDS = ['kind', 'path', 'beforeIncludes', 'afterIncludes']
const FIELDS = {
  must: new Set(['name', ...EFFECT_FIELDS]),
  mustNot: new Set(['why', 'textIncludes', ...EFFECT_FIELDS]),
} as const

/**
 * Reads expectations. Throws for a misspelt field or kind and for one that says nothing: each
 * would be met by any dream.
 */
export function readExpected(json: string, place: string): Expected {
  const expected = JSON.parse(json) as Expected
  for (const list of ['must', 'mustNot'] as const) {
    for (const effect of expected[list]) {
      const fields = Object.keys(effect)
      const wrong = fields.find((field) => !FIELDS[list].has(field))
      if (wrong !== undefined) throw new Error(`${place}: ${list} knows no "${wrong}".`)
      if (fields.length < 2) throw new Error(`${place}: an entry of ${list} says nothing.`)
      const kind = kindsOf(effect).find((item) => !CHANGE_KINDS.includes(item))
      if (kind !== undefined) throw new Error(`${place}: "${kind}" is no kind of change.`)
    }
  }
  if (expected.nothing && expected.must.length > 0) {
    throw new Error(`${place}: something must happen, and nothing may.`)
  }
  return expected
}

/** The kinds that an effect allows; empty = any. */
export function kindsOf({ kind }: Effect): readonly ChangeKind[] {
  if (kind === undefined) return []
  return typeof kind === 'string' ? [kind] : kind
}
