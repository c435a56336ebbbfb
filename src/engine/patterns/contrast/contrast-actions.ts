import type { Condition, Hypothesis } from './hypotheses.ts'

/** What follows for somebody who wants to succeed; `error` names an error and its tool. */
export function actionText(
  { kind, feature, later, calls }: Condition,
  direction: Hypothesis['direction'],
  error: string,
): string {
  const name = nameIn(feature)
  switch (kind) {
    case 'error':
      return `Resolve ${error} before going on`
    case 'repeat':
      return `Do not repeat a failed call of ${name} unchanged`
    case 'retry':
      return `When two calls of ${name} have failed, find out why before trying again`
    case 'verify':
      return 'Run tests, a build or a linter after the last edit'
    case 'calls':
      return `When ${calls} calls have not been enough, take stock before the next one`
    case 'used':
      return direction === 'success' ? `${USE} ${name}` : `${OTHER_WAY} ${name}`
    case 'before':
      return `${direction === 'success' ? CALL : NOT_CALL} ${name} before the first ${nameIn(later)}`
  }
}

const USE = 'Use'
const OTHER_WAY = 'Look for another way before using'
const CALL = 'Call'
const NOT_CALL = 'Do not call'

/** `used:git push` names `git push`. */
function nameIn(feature: string): string {
  return `\`${feature.slice(feature.indexOf(':') + 1)}\``
}

const NO_LONGER = 'No longer so: '

/** An action that later sessions do not bear out. */
export function noLongerText(action: string): string {
  return `${NO_LONGER}${action.charAt(0).toLowerCase()}${action.slice(1)}`
}

/** What is told of a contrast: its action, a colon, its counts. */
const CONTRAST = /^(.+): with(?:out)? it \d+ of \d+ sessions failed, with(?:out)? it \d+ of \d+ \(/

/** True when two generated texts tell of the same condition, in whatever direction. */
export function isSameContrast(note: string, lesson: string): boolean {
  const [before, now] = [subjectIn(note), subjectIn(lesson)]
  return before !== null && before === now
}

/** The action as the positive one, in lower case; null of any other text. */
function subjectIn(text: string): string | null {
  const action = CONTRAST.exec(text)?.[1]
  if (action === undefined) return null
  const bare = action.startsWith(NO_LONGER) ? action.slice(NO_LONGER.length) : action
  const positive = bare
    .replace(new RegExp(`^${OTHER_WAY} `, 'i'), `${USE} `)
    .replace(new RegExp(`^${NOT_CALL} (?=.* before the first )`, 'i'), `${CALL} `)
  return positive.toLowerCase()
}
