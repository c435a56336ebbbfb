import { promises as fs } from 'node:fs'
import { join } from 'node:path'
import { LIMITS } from '../../config.ts'
import { ReverieError } from '../../core/errors.ts'
import type { SettingsEdit } from '../projects.ts'
import { statsOf, textOf } from '../readable.ts'
import { withHook, withoutHook } from './hook-text.ts'
import { settingsPlace } from './write-settings.ts'

/**
 * The user's settings with our command at the end of each session, or without it. Throws
 * `invalid_request_error` where the file is no plain JSON or what it says of hooks cannot be read,
 * `not_found_error` where Claude Code has never run.
 */
export async function planHookEdit(
  configFolder: string,
  command: string,
  isOn: boolean,
): Promise<SettingsEdit> {
  if ((await statsOf(configFolder))?.isDirectory() !== true) throw notThere(configFolder)
  const path = join(configFolder, 'settings.json')
  const before = await settingsText(await settingsPlace(configFolder))
  try {
    const after = isOn ? withHook(before, command) : withoutHook(before, command)
    return { path, before, after }
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error
    throw unreadable(path, error)
  }
}

/** Null = there is no file. */
async function settingsText(path: string): Promise<string | null> {
  const text = await textOf(path, LIMITS.settingsFileBytesMax)
  if (text !== null) {
    const isExact = Buffer.from(text, 'utf8').equals(await fs.readFile(path))
    if (isExact) return text
    throw new ReverieError('invalid_request_error', `"${path}" is not UTF-8.`, { next: BY_HAND })
  }
  if ((await statsOf(path)) === null) return null
  throw new ReverieError('permission_error', `"${path}" cannot be read.`, { next: BY_HAND })
}

const BY_HAND =
  'Mend it, or add the hook by hand: `reverie connect claude-code --print` shows the command.'

function unreadable(path: string, cause: SyntaxError): ReverieError {
  return new ReverieError(
    'invalid_request_error',
    `"${path}" is not as Claude Code writes it: ${cause.message}. It stays as it is.`,
    { cause, next: BY_HAND },
  )
}

function notThere(configFolder: string): ReverieError {
  return new ReverieError(
    'not_found_error',
    `There is no Claude Code: no folder "${configFolder}".`,
    {
      next: 'Start Claude Code once, or set CLAUDE_CONFIG_DIR to its folder.',
    },
  )
}
