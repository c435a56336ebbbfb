import { randomBytes } from 'node:crypto'
import { readFileSync, statSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { LIMITS } from './config.ts'
import { isReverieError, ReverieError } from './core/errors.ts'
import { DEFAULT_WORKSPACE, type IdPrefixes, type NewId } from './core/ids.ts'
import type { Reverie, ReverieOptions } from './engine/api.ts'
import { PRICE_LIST } from './engine/asking/price-list.ts'
import { type PriceTable, parsePrices } from './engine/asking/prices.ts'
import type { ModelAccess } from './engine/operations/deps.ts'
import { reverieOf } from './engine/operations/reverie-of.ts'
import { RULES } from './engine/rules.ts'
import { chatImporter } from './importers/chat.ts'
import { claudeCodeImporter } from './importers/claude-code.ts'
import { localTranscripts } from './importers/local-transcripts.ts'
import { secretRedactor } from './importers/redact.ts'
import { assertModel, manifestIn, readCassette, writeCassette } from './models/cassette-folder.ts'
import { lexicalEmbedder } from './models/lexical-embedder.ts'
import type { Patience } from './models/patience.ts'
import { type ModelConfig, readConfig } from './settings.ts'
import { openMemoryFolder } from './storage/folder/memory-folder.ts'
import { makeStateFolder, refuseNested } from './storage/folder/state-folder.ts'
import { openSqliteStorage } from './storage/sqlite/sqlite-storage.ts'

export type * from './engine/api.ts'

/**
 * Opens Reverie over its state folder: SQLite, local files; a model only where a request, the host or
 * the settings name one. Close it when done. Throws `invalid_request_error` on a bad configuration, `permission_error` where the state
 * folder cannot be made.
 */
export async function openReverie(options: ReverieOptions = {}): Promise<Reverie> {
  const config = readConfig(options.env ?? process.env)
  const home = options.home ?? config.home
  const now = options.now ?? (() => new Date())
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
    models: modelAccess(config.models, options.models),
    rules: { ...RULES, ...options.rules },
    now,
    newId: options.newId ?? randomId,
    wait: async (ms, signal) => {
      await delay(ms, undefined, signal === null ? {} : { signal })
    },
  })
}

const ID_BYTES = 12

const randomId: NewId = <P extends keyof IdPrefixes>(prefix: P) =>
  `${prefix}_${randomBytes(ID_BYTES).toString('hex')}` as IdPrefixes[P]

function modelAccess(config: ModelConfig, own: ReverieOptions['models']): ModelAccess {
  const { model, smallModel, egress, budget } = config
  const patiences = new Map<string, Patience>()
  return {
    configured: { model, smallModel },
    egress,
    budget,
    own: own ?? null,
    prices: () => [...pricesOf(config.prices), ...PRICE_LIST],
    open: async (name) => {
      // The providers take longer to load than all the rest; most dreams ask nobody.
      const { openModel } = await import('./models/open-model.ts')
      return openModel(name, config, patiences)
    },
    cassettes: {
      assertFree: (folder, id) => assertModel(folder, manifestIn(folder)?.model ?? id, id),
      read: readCassette,
      write: writeCassette,
    },
  }
}

/** Prices of the person's own come first. */
function pricesOf(path: string | null): PriceTable {
  if (path === null) return []
  try {
    if (statSync(path).size > LIMITS.pricesBytesMax) throw new Error('too large')
    return parsePrices(JSON.parse(readFileSync(path, 'utf8')))
  } catch (error) {
    if (isReverieError(error)) throw error
    throw new ReverieError('invalid_request_error', `The price file "${path}" cannot be read.`, {
      cause: error,
      next: 'Set REVERIE_PRICES to a JSON file with a list of prices, or unset it.',
    })
  }
}
