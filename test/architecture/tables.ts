/** The architecture as tables (ARCHITECTURE.md, docs/adr/0002); rules.ts reads them. */

export interface Layer {
  /** A folder (ends with `/`) or a file. The longest match decides. */
  readonly at: string
  /** What of ours it may import besides itself: folders and files. */
  readonly ours: readonly string[]
  /** Third-party packages and Node modules; `*` at the end stands for anything. */
  readonly packages: readonly string[]
}

const CORE = 'src/core/'
const CONFIG = 'src/config.ts'
const SERVER_SETTINGS = 'src/server-settings.ts'
const RETENTION_SETTINGS = 'src/retention-settings.ts'
const STORAGE_PORT = 'src/storage/storage.ts'
const FOLDER_PORT = 'src/storage/memory-folder.ts'
const TEST_TOOLS = ['vitest', 'fast-check']
const EMBEDDER_PORT = 'src/models/embedder.ts'
const MODEL_PORT = 'src/models/model.ts'
const IMPORTER_PORT = 'src/importers/importer.ts'
const MEMORY_IMPORTER_PORT = 'src/memory-imports/memory-importer.ts'
const MEMORY_FILES_PORT = 'src/memory-imports/memory-files.ts'
const PROJECTS_PORT = 'src/projects/projects.ts'
const UPKEEP_PORT = 'src/storage/port/state-upkeep.ts'

/** Who may import whom, type-only imports included. Nothing else in `src` may exist. */
export const LAYERS: readonly Layer[] = [
  {
    at: CORE,
    ours: [],
    packages: ['node:crypto', 'mdast', 'mdast-util-*', 'micromark-extension-*', 'yaml'],
  },
  { at: CONFIG, ours: ['src/model-limits.ts'], packages: [] },
  { at: 'src/model-limits.ts', ours: [], packages: [] },
  {
    at: 'src/settings.ts',
    ours: [CORE, CONFIG, SERVER_SETTINGS, RETENTION_SETTINGS],
    packages: ['node:os', 'node:path'],
  },
  { at: SERVER_SETTINGS, ours: [CORE, CONFIG], packages: [] },
  { at: RETENTION_SETTINGS, ours: [CORE, CONFIG], packages: [] },
  { at: 'src/storage/', ours: [CORE, CONFIG], packages: ['node:async_hooks', 'stemmer'] },
  { at: STORAGE_PORT, ours: [CORE, 'src/storage/port/'], packages: [] },
  { at: 'src/storage/port/', ours: [CORE], packages: [] },
  { at: FOLDER_PORT, ours: [CORE], packages: [] },
  { at: UPKEEP_PORT, ours: [], packages: [] },
  { at: 'src/storage/contract/', ours: [CORE, CONFIG, 'src/storage/'], packages: TEST_TOOLS },
  { at: 'src/storage/ephemeral/', ours: [CORE, CONFIG, 'src/storage/'], packages: [] },
  {
    at: 'src/storage/sqlite/',
    ours: [CORE, CONFIG, 'src/storage/'],
    packages: ['node:sqlite', 'node:fs', 'node:path', 'node:timers'],
  },
  {
    at: 'src/storage/folder/',
    ours: [CORE, CONFIG, 'src/storage/'],
    packages: ['node:fs', 'node:path', 'node:crypto', 'node:sqlite'],
  },
  { at: IMPORTER_PORT, ours: [CORE], packages: [] },
  {
    at: 'src/importers/',
    ours: [CORE, CONFIG],
    packages: ['@secretlint/*', 'node:fs', 'node:path', 'node:string_decoder'],
  },
  { at: MEMORY_IMPORTER_PORT, ours: [], packages: [] },
  { at: MEMORY_FILES_PORT, ours: [], packages: [] },
  {
    at: 'src/memory-imports/',
    ours: [CORE, CONFIG],
    packages: ['node:fs', 'node:path', 'zod'],
  },
  { at: PROJECTS_PORT, ours: [], packages: [] },
  { at: 'src/projects/', ours: [CORE, CONFIG], packages: ['node:fs', 'node:path', 'zod'] },
  { at: EMBEDDER_PORT, ours: [], packages: [] },
  { at: MODEL_PORT, ours: [CORE], packages: [] },
  {
    at: 'src/models/',
    ours: [CORE, CONFIG],
    packages: ['stemmer', '@ai-sdk/*', 'undici', 'cockatiel', 'zod', 'node:fs', 'node:path'],
  },
  {
    at: 'src/engine/',
    ours: [
      CORE,
      CONFIG,
      STORAGE_PORT,
      FOLDER_PORT,
      UPKEEP_PORT,
      IMPORTER_PORT,
      MEMORY_IMPORTER_PORT,
      MEMORY_FILES_PORT,
      PROJECTS_PORT,
      EMBEDDER_PORT,
      MODEL_PORT,
    ],
    packages: ['chrono-node', 'croner', 'stemmer', 'wink-nlp', 'wink-eng-lite-web-model', 'zod'],
  },
  { at: 'src/wire/', ours: [CORE, CONFIG], packages: ['zod'] },
  {
    at: 'src/server/',
    ours: [CORE, CONFIG, 'src/wire/', 'src/engine/', STORAGE_PORT, IMPORTER_PORT],
    packages: ['hono', 'hono/*', '@hono/*', 'zod', 'pino', 'prom-client', 'node:*'],
  },
  {
    at: 'src/library/',
    ours: [CORE, CONFIG, 'src/wire/', 'src/engine/', 'src/server/'],
    packages: [],
  },
  {
    at: 'src/cli/',
    ours: [CORE, CONFIG, 'src/settings.ts', 'src/server/', 'src/wire/', 'src/reverie.ts'],
    packages: ['commander', 'diff', 'node:*'],
  },
  {
    at: 'src/testing/',
    ours: [CORE, CONFIG, 'src/storage/', 'src/importers/', 'src/models/', 'src/engine/'],
    packages: [...TEST_TOOLS, 'node:*'],
  },
  { at: 'src/reverie.ts', ours: ['src/'], packages: ['node:*'] },
  { at: 'src/upkeep.ts', ours: ['src/'], packages: ['node:*'] },
  { at: 'src/index.ts', ours: ['src/'], packages: [] },
]

/** Adapters: nobody but these names them, and no adapter names another. */
export const ADAPTERS: readonly string[] = [
  'src/storage/ephemeral/',
  'src/storage/sqlite/',
  'src/storage/folder/',
  'src/importers/claude-code',
  'src/importers/codex/',
  'src/importers/session-events/',
  'src/importers/langchain/',
  'src/importers/chatgpt/',
  'src/importers/messages-api/',
  'src/importers/chat',
  'src/memory-imports/mem0',
  'src/memory-imports/letta',
  'src/memory-imports/local-memory-files',
  'src/projects/claude-code/',
  'src/projects/openclaw',
  'src/models/lexical-embedder',
  'src/models/open-model',
  'src/models/ai-sdk',
  'src/models/cassette-model',
  'src/models/patient-model',
]
export const MAY_NAME_ADAPTERS: readonly string[] = [
  'src/reverie.ts',
  'src/upkeep.ts',
  'src/testing/',
  'src/importers/every-format.ts',
  'src/models/open-model.ts',
]

/** Where the reachable part of `src` starts: the library, the command, written pages, the test kit. */
export const ENTRY_FILES: readonly string[] = [
  'src/index.ts',
  'src/cli/main.ts',
  'src/cli/sleep/hook-entry.ts',
  'scripts/generate-schemas.ts',
  'scripts/generate-compatibility.ts',
  'src/testing/',
]

export const SIZES = {
  sourceLinesMax: 300,
  testLinesMax: 500,
  sourceFilesPerFolderMax: 20,
  indexLinesMax: 60,
  npmScriptsMax: 12,
} as const

export const ROOT_ENTRIES: readonly string[] = [
  '.ci',
  '.git',
  '.gitignore',
  '.node-version',
  'AGENTS.md',
  'ARCHITECTURE.md',
  'CHANGELOG.md',
  'CONTRIBUTING.md',
  'LICENSE',
  'README.md',
  'SECURITY.md',
  'bench',
  'bin',
  'biome.json',
  'docs',
  'examples',
  'package-lock.json',
  'package.json',
  'schemas',
  'scripts',
  'src',
  'test',
  'tsconfig.build.json',
  'tsconfig.json',
  'vitest.config.ts',
]

export interface Exception {
  readonly rule: string
  readonly path: string
  readonly reason: string
}

/** May only shrink: whoever removes a line lowers the number too. */
export const EXCEPTIONS: readonly Exception[] = []
export const EXCEPTIONS_MAX = 0
