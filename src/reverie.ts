import { randomBytes } from 'node:crypto'
import { readFileSync, statSync } from 'node:fs'
import { homedir } from 'node:os'
import { join, resolve } from 'node:path'
import { setTimeout as delay, setImmediate as nextTurn } from 'node:timers/promises'
import { LIMITS } from './config.ts'
import { isReverieError, ReverieError } from './core/errors.ts'
import { DEFAULT_WORKSPACE, type IdPrefixes, type NewId } from './core/ids.ts'
import type { FolderOperations, ReverieOptions } from './engine/api.ts'
import { PRICE_LIST } from './engine/asking/price-list.ts'
import { type PriceTable, parsePrices } from './engine/asking/prices.ts'
import type { Deps, ModelAccess, Transcripts } from './engine/operations/deps.ts'
import { folderOperationsOf } from './engine/operations/folder-operations.ts'
import { RULES } from './engine/rules.ts'
import { everyFormat } from './importers/every-format.ts'
import type { Redact } from './importers/importer.ts'
import { localTranscripts } from './importers/local-transcripts.ts'
import { secretRedactor } from './importers/redact.ts'
import { sourceLines } from './importers/source-lines.ts'
import type { Reverie, ServerPlace } from './library/reverie-api.ts'
import { reverieOf } from './library/reverie-of.ts'
import { lettaImporter } from './memory-imports/letta.ts'
import { localMemoryFiles } from './memory-imports/local-memory-files.ts'
import { mem0Importer } from './memory-imports/mem0.ts'
import { namedIn } from './models/cassette-file.ts'
import { assertModel, manifestIn, readCassette, writeCassette } from './models/cassette-folder.ts'
import { lexicalEmbedder } from './models/lexical-embedder.ts'
import type { Patience } from './models/patience.ts'
import { claudeCodeProjects } from './projects/claude-code/claude-code-projects.ts'
import { openClawWatch } from './projects/openclaw.ts'
import { type AgentProjects, withWatches } from './projects/projects.ts'
import { type Installation, installationOf } from './server/installation.ts'
import { type KeyRing, keyRingOf } from './server/keys/key-ring.ts'
import type { ServerAtWork } from './server/serve.ts'
import type { ServerConfig } from './server-settings.ts'
import { type Config, type ModelConfig, readConfig } from './settings.ts'
import { keptFiles } from './storage/folder/kept-files.ts'
import { openMemoryFolder } from './storage/folder/memory-folder.ts'
import { sessionEndsIn } from './storage/folder/session-ends.ts'
import { makeStateFolder, refuseNested } from './storage/folder/state-folder.ts'
import { openSqliteStorage } from './storage/sqlite/sqlite-storage.ts'
import { DATABASE, upkeepPorts } from './upkeep.ts'

export type * from './engine/api.ts'
export type * from './library/reverie-api.ts'
export {
  type Restored,
  type RestoreOptions,
  restoreState,
  type VerifyOptions,
  verifyState,
} from './upkeep.ts'

/**
 * Opens Reverie over its state folder: SQLite, local files; a model only where a request, the host or
 * the settings name one. Close it when done. Throws `invalid_request_error` on a bad configuration,
 * `permission_error` where the state folder cannot be made.
 *
 *     const reverie = await createReverie({ home: './state' })
 *     const { dream, changes } = await reverie.dream({ memory: './memory', sessions: ['./logs'] })
 *     console.log(dream.id, changes.length)
 *     await reverie.close()
 */
export async function createReverie(options: ReverieOptions = {}): Promise<Reverie> {
  const parts = await openParts(options)
  const { home, config } = parts
  const transcripts = transcriptsOf(parts.redact)
  return reverieOf({
    folders: foldersOf(parts, transcripts),
    installation: installed(parts, transcripts),
    transcripts,
    onError: options.onError ?? warn,
    async listen(installation, place, stopping) {
      // Most programs and commands never serve.
      const { serveInstallation } = await import('./server/serve.ts')
      const { createLog } = await import('./server/log.ts')
      const { port, logLevel } = config.server
      const log = createLog(logLevel, process.stderr)
      return serveInstallation(installation, { port, ...place, home, log, stopping })
    },
  })
}

function foldersOf({ config: _, ...parts }: Parts, transcripts: Transcripts): FolderOperations {
  const { versions } = process
  const openFolder = folderOpener(parts.home)
  return folderOperationsOf({ ...parts, nodeVersion: versions.node, transcripts, openFolder })
}

function folderOpener(home: string): Deps['openFolder'] {
  return (path) => {
    const root = resolve(path)
    refuseNested(root, home)
    return openMemoryFolder({ root, stateDir: join(home, 'journal'), limits: LIMITS })
  }
}

function warn(error: unknown): void {
  process.emitWarning(error instanceof Error ? error : String(error))
}

/** The keys of an installation, open. */
export interface OpenKeys {
  readonly keys: KeyRing
  close(): Promise<void>
}

/** Opens the state folder for its keys alone. Throws as `createReverie` does. */
export async function openKeys(options: ReverieOptions = {}): Promise<OpenKeys> {
  const { storage, now, newId } = await openParts(options)
  return { keys: keyRingOf({ storage, now, newId }), close: () => storage.close() }
}

/** An installation that is open for a server. */
export interface OpenInstallation extends Installation {
  readonly home: string
  readonly config: ServerConfig
  close(): Promise<void>
}

export interface InstallationOptions extends ReverieOptions {
  /** Aborted when the server stops. */
  readonly stopping?: AbortSignal
}

/** Opens what `createReverie` opens, for a server of the caller's own. Throws the same. */
export async function openInstallation(
  options: InstallationOptions = {},
): Promise<OpenInstallation> {
  const parts = await openParts(options)
  const { home, storage, config } = parts
  const installation = installed(parts, transcriptsOf(parts.redact), options.stopping)
  return { ...installation, home, config: config.server, close: () => storage.close() }
}

function installed(
  { config, ...parts }: Parts,
  transcripts: Transcripts,
  stopping?: AbortSignal,
): Installation {
  const { meanings, memoriesPerStore, dreamsAtOnce } = config.server
  return installationOf({
    ...parts,
    openFolder: folderOpener(parts.home),
    imports: { transcripts, linesOf: sourceLines, spoolFolder: join(parts.home, 'uploads') },
    meaningOf: (model) => meanings.get(model) ?? null,
    memoriesMax: memoriesPerStore,
    dreamsAtOnce,
    version: packageVersion(),
    ...(stopping === undefined ? {} : { stopping }),
  })
}

export interface ServerOptions extends ReverieOptions, ServerPlace {}

export type { ServerAtWork } from './server/serve.ts'

/**
 * Opens Reverie for a server alone, until it is stopped. Throws as `createReverie` and
 * `Reverie.serve` do.
 */
export async function openServer(options: ServerOptions = {}): Promise<ServerAtWork> {
  const reverie = await createReverie(options)
  try {
    const server = await reverie.serve(options)
    return { ...server, stop: () => reverie.close() }
  } catch (error) {
    await reverie.close()
    throw error
  }
}

type Parts = Omit<Deps, 'nodeVersion' | 'transcripts' | 'openFolder'> & {
  readonly config: Config
  readonly redact: Redact
  readonly breathe: () => Promise<void>
}

async function openParts(options: ReverieOptions): Promise<Parts> {
  const env = options.env ?? process.env
  const config = readConfig(env)
  const home = options.home ?? config.home
  const now = options.now ?? (() => new Date())
  makeStateFolder(home)
  const redact = secretRedactor()
  return {
    config,
    home,
    storage: await openSqliteStorage({
      path: join(home, DATABASE),
      workspaceId: DEFAULT_WORKSPACE,
      busyTimeoutMs: LIMITS.busyTimeoutMs,
    }),
    redact,
    embedder: lexicalEmbedder(),
    secrets: { mask: async (text) => (await redact(text)).text },
    models: modelAccess(config.models, options.models),
    rules: { ...RULES, ...options.rules },
    projects: projectsOf(env, now),
    now,
    newId: options.newId ?? randomId,
    sessionEnds: sessionEndsIn(home, () => randomBytes(ID_BYTES).toString('hex')),
    upkeep: upkeepPorts(home, config, packageVersion()),
    keptFiles: keptFiles({
      stateFolder: home,
      isDatabase: (name) => name.startsWith(DATABASE),
      isAnswer: (name) => namedIn(name) !== null,
    }),
    memoryFiles: localMemoryFiles(home),
    memoryImporters: [mem0Importer, lettaImporter],
    memoriesMax: config.server.memoriesPerStore,
    breathe: () => nextTurn(),
    wait: async (ms, signal) => {
      await delay(ms, undefined, signal === null ? {} : { signal })
    },
  }
}

function transcriptsOf(redact: Redact): Transcripts {
  return localTranscripts(redact, everyFormat)
}

function projectsOf(env: NonNullable<ReverieOptions['env']>, now: () => Date): AgentProjects {
  const home = env.HOME ?? env.USERPROFILE ?? homedir()
  const managedSettings = MANAGED_SETTINGS[process.platform] ?? null
  const projects = claudeCodeProjects({ home, env, managedSettings, now, isRunning })
  return withWatches(projects, [openClawWatch({ home, env })])
}

/** Where an organisation puts settings of Claude Code, by platform. */
const MANAGED_SETTINGS: Partial<Record<NodeJS.Platform, string>> = {
  darwin: '/Library/Application Support/ClaudeCode/managed-settings.json',
  linux: '/etc/claude-code/managed-settings.json',
  win32: 'C:\\Program Files\\ClaudeCode\\managed-settings.json',
}

function isRunning(pid: number): boolean {
  try {
    return process.kill(pid, 0)
  } catch (error) {
    // Not ours to signal, but alive.
    return error instanceof Error && 'code' in error && error.code === 'EPERM'
  }
}

/** `dist/` is as deep as `src/`. */
function packageVersion(): string {
  const text = readFileSync(new URL('../package.json', import.meta.url), 'utf8')
  const manifest: { readonly version: string } = JSON.parse(text)
  return manifest.version
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
