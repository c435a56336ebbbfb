import { randomBytes } from 'node:crypto'
import { join, resolve } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { LIMITS, readConfig } from './config.ts'
import { DEFAULT_WORKSPACE, type IdPrefixes, type NewId } from './core/ids.ts'
import type { Reverie, ReverieOptions } from './engine/api.ts'
import { reverieOf } from './engine/operations/reverie-of.ts'
import { RULES } from './engine/rules.ts'
import { chatImporter } from './importers/chat.ts'
import { claudeCodeImporter } from './importers/claude-code.ts'
import { localTranscripts } from './importers/local-transcripts.ts'
import { secretRedactor } from './importers/redact.ts'
import { lexicalEmbedder } from './models/lexical-embedder.ts'
import { openMemoryFolder } from './storage/folder/memory-folder.ts'
import { makeStateFolder, refuseNested } from './storage/folder/state-folder.ts'
import { openSqliteStorage } from './storage/sqlite/sqlite-storage.ts'

export type * from './engine/api.ts'

/**
 * Opens Reverie over its state folder: SQLite, local files, no model, no network. Close it when
 * done. Throws `invalid_request_error` on a bad configuration, `permission_error` where the state
 * folder cannot be made.
 */
export async function openReverie(options: ReverieOptions = {}): Promise<Reverie> {
  const home = options.home ?? readConfig(process.env).home
  makeStateFolder(home)
  const storage = await openSqliteStorage({
    path: join(home, 'reverie.db'),
    workspaceId: DEFAULT_WORKSPACE,
    busyTimeoutMs: LIMITS.busyTimeoutMs,
  })
  const redact = secretRedactor()
  return reverieOf({
    home,
    nodeVersion: process.versions.node,
    storage,
    transcripts: localTranscripts(redact, [claudeCodeImporter, chatImporter]),
    embedder: lexicalEmbedder(),
    secrets: { mask: async (text) => (await redact(text)).text },
    openFolder: (path) => {
      const root = resolve(path)
      refuseNested(root, home)
      return openMemoryFolder({ root, stateDir: join(home, 'journal'), limits: LIMITS })
    },
    rules: { ...RULES, ...options.rules },
    now: options.now ?? (() => new Date()),
    newId: options.newId ?? randomId,
    wait: async (ms, signal) => {
      await delay(ms, undefined, signal === null ? {} : { signal })
    },
  })
}

const ID_BYTES = 12

const randomId: NewId = <P extends keyof IdPrefixes>(prefix: P) =>
  `${prefix}_${randomBytes(ID_BYTES).toString('hex')}` as IdPrefixes[P]
