import { shellWord } from './shell-word.ts'

/** What an agent runs at the end of a session, and whether it lasts. */
export interface HookCommand {
  readonly text: string
  /** Null = nothing speaks against it. */
  readonly warning: string | null
}

const NPX_CACHE = /[/\\]_npx[/\\]/

/**
 * The command line that starts this very program again, by whole paths: a name would need the same
 * PATH inside the agent, and could be that of another package. It names no setting and no secret.
 */
export function hookCommand(invocation: readonly string[]): HookCommand {
  const text = [...invocation, 'hook', 'session-end'].map(shellWord).join(' ')
  const isPassing = invocation.some((word) => NPX_CACHE.test(word))
  return { text, warning: isPassing ? PASSING : null }
}

const PASSING =
  'It points into the cache of npx, which npm may empty: then the hook fails. Install reverie for good and connect again.'
