import { promises as fs } from 'node:fs'
import { join } from 'node:path'
import { LIMITS } from '../../config.ts'
import { isReverieError, ReverieError } from '../../core/errors.ts'
import type { SettingsEdit } from '../projects.ts'
import { statsOf, textOf } from '../readable.ts'
import { type SettingsPlaces, said, settingsFor } from './agent-settings.ts'
import { withHook, withoutHook } from './hook-text.ts'
import { settingsPlace } from './write-settings.ts'

/**
 * The user's settings with our command at the end of each session, or without it. Throws
 * `invalid_request_error` where the file is no plain JSON or what it says of hooks cannot be read,
 * `not_found_error` where Claude Code has never run.
 */
export async function planHookEdit(
  places: SettingsPlaces,
  command: string,
  isOn: boolean,
): Promise<SettingsEdit> {
  const { configFolder } = places
  if ((await statsOf(configFolder))?.isDirectory() !== true) throw notThere(configFolder)
  const path = join(configFolder, 'settings.json')
  try {
    const before = await settingsText(await settingsPlace(configFolder))
    const after = isOn ? withHook(before, command) : withoutHook(before, command)
    const off = said(await settingsFor(null, places), 'disableAllHooks')
    return { path, before, after, hooksOffIn: off?.value === true ? off.path : null }
  } catch (error) {
    throw byHand(error, { path, command, isOn })
  }
}

/** Null = there is no file. */
async function settingsText(path: string): Promise<string | null> {
  const text = await textOf(path, LIMITS.settingsFileBytesMax)
  if (text !== null) {
    const isExact = Buffer.from(text, 'utf8').equals(await fs.readFile(path))
    if (isExact) return text
    throw new ReverieError('invalid_request_error', `"${path}" is not UTF-8.`)
  }
  if ((await statsOf(path)) === null) return null
  throw new ReverieError('permission_error', `"${path}" cannot be read.`)
}

/** The same error with what a person needs to make the edit without us. */
function byHand(
  error: unknown,
  {
    path,
    command,
    isOn,
  }: { readonly path: string; readonly command: string; readonly isOn: boolean },
): unknown {
  const next = isOn ? ADD_BY_HAND : TAKE_OUT_BY_HAND
  const details = { path, hook: withHook(null, command) }
  if (error instanceof SyntaxError) {
    const message = `"${path}" is not as Claude Code writes it: ${error.message}. It stays as it is.`
    return new ReverieError('invalid_request_error', message, { cause: error, next, details })
  }
  if (!isReverieError(error)) return error
  const { type, message } = error
  return new ReverieError(type, message, { cause: error, next: error.next ?? next, details })
}

const ADD_BY_HAND =
  'Mend it, or add the hook by hand: `reverie connect claude-code --print` shows it.'
const TAKE_OUT_BY_HAND =
  'Mend it, or take the hook out by hand: `reverie connect claude-code --print` shows it.'

function notThere(configFolder: string): ReverieError {
  return new ReverieError(
    'not_found_error',
    `There is no Claude Code: no folder "${configFolder}".`,
    {
      next: 'Start Claude Code once, or set CLAUDE_CONFIG_DIR to its folder.',
    },
  )
}
