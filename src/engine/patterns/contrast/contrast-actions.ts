import type { Condition, Hypothesis } from './hypotheses.ts'

/** What to do and where: the reader's trigger, and what follows for somebody who wants to succeed. */
export interface Advice {
  readonly when: string
  readonly action: string
}

/** `error` are the words of an error and `tool` what met it, empty for all other conditions. */
export function adviceOn(
  { kind, feature, later, calls }: Condition,
  direction: Hypothesis['direction'],
  { error, tool }: { readonly error: string; readonly tool: string },
): Advice {
  const name = nameIn(feature)
  const isGood = direction === 'success'
  switch (kind) {
    case 'error':
      return {
        when: `\`${tool}\` answers “${error}”`,
        action: 'do not go on before that is resolved',
      }
    case 'repeat':
      return { when: `a call of ${name} has failed`, action: 'do not repeat it unchanged' }
    case 'retry':
      return {
        when: `two calls of ${name} have failed`,
        action: 'look for the reason before trying again',
      }
    case 'verify':
      return { when: 'the last edit is done', action: 'run tests, a build or a linter' }
    case 'calls':
      return {
        when: `${calls} calls have not been enough`,
        action: 'take stock before the next one',
      }
    case 'used':
      return isGood
        ? { when: 'it applies', action: `use ${name}` }
        : { when: `${name} seems the way`, action: 'look for another one' }
    case 'before':
      return {
        when: `${nameIn(later)} is needed`,
        action: `${isGood ? '' : 'do not '}call ${name} first`,
      }
  }
}

/** `used:git push` names `git push`. */
function nameIn(feature: string): string {
  return `\`${feature.slice(feature.indexOf(':') + 1)}\``
}

/** Advice as the beginning of a lesson. */
export function adviceText({ when, action }: Advice): string {
  return `When ${when}, ${action}`
}

/** Advice that later sessions do not bear out. */
export function takenBackText({ when, action }: Advice): string {
  return `When ${when}, it is no longer so (${action})`
}

/** What is told of a contrast: advice, a colon, its counts. */
const CONTRAST =
  /^(When .+): with(?:out)? it \d+ of \d+ sessions failed, with(?:out)? it \d+ of \d+ \(/

/** True when two generated texts tell of the same condition, in whatever direction. */
export function isSameContrast(note: string, lesson: string): boolean {
  const [before, now] = [subjectIn(note), subjectIn(lesson)]
  return before !== null && before === now
}

/** The advice as the positive one; null of any other text. */
function subjectIn(text: string): string | null {
  const advice = CONTRAST.exec(text)?.[1]
  if (advice === undefined) return null
  return advice
    .replace(/, it is no longer so \((.+)\)$/, ', $1')
    .replace(/, do not call (`[^`]+`) first$/, ', call $1 first')
    .replace(/^When (`[^`]+`) seems the way, look for another one$/, 'When it applies, use $1')
}
