import { type Change, isEffective } from '../../src/core/change.ts'
import { type Effect, type Expected, kindsOf, type UnwantedEffect, type Words } from './scenario.ts'

/** The files of a memory by name. */
export type Files = Readonly<Record<string, string>>

/** What a dream did, as far as expectations speak of it. */
export interface Effects {
  readonly changes: readonly Change[]
  /** The memory before the dream, and with its changes applied. */
  readonly before: Files
  readonly after: Files
}

export interface Verdict {
  /** Names of the wanted effects that came, and of those that did not. */
  readonly found: readonly string[]
  readonly missed: readonly string[]
  readonly wrong: readonly Wrong[]
}

/** Something that should not have happened. */
export interface Wrong {
  readonly why: string
  /** The change that did it, or the line that is gone. */
  readonly what: string
}

/** Judges a dream by what a careful person would want. Changes that wait as held have no effect. */
export function verdictOn(expected: Expected, effects: Effects): Verdict {
  const changes = effects.changes.filter(isEffective)
  const isFound = (wanted: Effect): boolean => changes.some((change) => fits(wanted, change))
  return {
    found: expected.must.filter(isFound).map(({ name }) => name),
    missed: expected.must.filter((wanted) => !isFound(wanted)).map(({ name }) => name),
    wrong: [
      ...changes.flatMap((change) =>
        expected.mustNot
          .filter((unwanted) => isUnwanted(unwanted, change, effects.before))
          .map(({ why }) => ({ why, what: lineOf(change) })),
      ),
      ...expected.keeps
        .filter((line) => !standsIn(effects.after, line))
        .map((line) => ({ why: 'it was to stand', what: line })),
      ...(expected.nothing ? changes : []).map((change) => ({
        why: 'nothing was to change',
        what: lineOf(change),
      })),
    ],
  }
}

/** A change as one line for people: kind, what goes, what comes. */
export function lineOf({ kind, before, after }: Change): string {
  const texts = (placed: Change['before']): string =>
    placed.map(({ text }) => text.replace(/\s+/g, ' ').trim()).join(' | ')
  return [`${kind}:`, texts(before), ...(after.length > 0 ? ['=>', texts(after)] : [])]
    .filter((part) => part !== '')
    .join(' ')
}

function fits(effect: Effect, change: Change): boolean {
  const kinds = kindsOf(effect)
  const { path, beforeIncludes = [], afterIncludes = [] } = effect
  return (
    (kinds.length === 0 || kinds.includes(change.kind)) &&
    (path === undefined || pathsOf(change).includes(path)) &&
    beforeIncludes.every((words) => holds(change.before, words)) &&
    afterIncludes.every((words) => holds(change.after, words))
  )
}

function isUnwanted(effect: UnwantedEffect, change: Change, before: Files): boolean {
  const { textIncludes } = effect
  if (!fits(effect, change)) return false
  return textIncludes === undefined || holds(newTexts(change, before), textIncludes)
}

/** Texts that a change brings and that stood nowhere before. */
function newTexts(change: Change, before: Files): Change['after'] {
  const known = Object.values(before)
  return change.after.filter(({ text }) => !known.some((content) => content.includes(text)))
}

function pathsOf({ before, after }: Change): readonly string[] {
  return [...before, ...after].map(({ path }) => path)
}

function holds(placed: Change['before'], words: Words): boolean {
  const text = placed.map((item) => item.text.toLowerCase()).join('\n')
  const choices = typeof words === 'string' ? [words] : words
  return choices.some((choice) => text.includes(choice.toLowerCase()))
}

function standsIn(files: Files, line: string): boolean {
  return Object.values(files).some((content) => content.split(/\r?\n/).includes(line))
}
