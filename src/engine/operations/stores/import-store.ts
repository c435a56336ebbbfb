import { LIMITS } from '../../../config.ts'
import { ReverieError } from '../../../core/errors.ts'
import type { MemoryFiles } from '../../../memory-imports/memory-files.ts'
import type { ImportedNotes, MemoryImporter } from '../../../memory-imports/memory-importer.ts'
import type { MemoryFormat, StoreImport, StoreImportOptions } from '../../folder-api/stores-api.ts'
import type { Deps } from '../deps.ts'
import { bringMarkdown } from './bring-markdown.ts'
import { bringNotes } from './bring-notes.ts'
import { memoryFilesOf } from './export-store.ts'
import { STORE_FILE } from './file-names.ts'
import { readStoreBack } from './read-store-back.ts'

/** Makes a store of what stands at a path; see `StoreOperations.import`. */
export async function importStore(
  from: string,
  options: StoreImportOptions,
  deps: Deps,
): Promise<StoreImport> {
  const files = memoryFilesOf(deps)
  const { kind, path } = await files.look(from)
  if (kind === 'file') {
    const { importer, value } = await sourceAt(path, from, options.format, files, deps)
    const source = importer.read(value, options)
    assertHasNotes(source, importer.format, from)
    return bringNotes(importer.format as MemoryFormat, source, options, deps)
  }
  const isExport = await files.has(path, STORE_FILE)
  const format = options.format ?? (isExport ? 'reverie' : 'markdown')
  if (format === 'reverie' && !isExport) throw isNoExport(from)
  if (format === 'reverie') return readStoreBack(path, options, files, deps)
  if (format === 'markdown') return bringMarkdown(path, options, deps)
  throw new ReverieError(
    'invalid_request_error',
    `"${from}" is a folder; ${format} exports are files.`,
    {
      next: 'Name the file.',
    },
  )
}

function isNoExport(from: string): ReverieError {
  return new ReverieError('invalid_request_error', `"${from}" holds no ${STORE_FILE}.`, {
    next: 'Name a folder that `reverie store export` wrote, or import it with --format markdown.',
  })
}

/** A file of another program read as one of this says nothing: no empty store is made of it. */
function assertHasNotes({ notes }: ImportedNotes, format: string, from: string): void {
  if (notes.length > 0) return
  throw new ReverieError('invalid_request_error', `No memories of ${format} are in "${from}".`, {
    next: 'Name the file that it exported, or leave out --format; nothing was imported.',
  })
}

async function sourceAt(
  path: string,
  from: string,
  format: MemoryFormat | undefined,
  files: MemoryFiles,
  { memoryImporters = [] }: Deps,
): Promise<{ readonly importer: MemoryImporter; readonly value: unknown }> {
  const value = parsedJson((await files.text(path, '', LIMITS.jsonSourceBytesMax)) ?? '', from)
  const importer = memoryImporters.find((one) =>
    format === undefined ? one.isFormat(value) : one.format === format,
  )
  if (importer !== undefined) return { importer, value }
  const formats = memoryImporters.map((one) => one.format).join(' or ')
  throw new ReverieError('invalid_request_error', `"${from}" is no export that is known here.`, {
    next: `Name a folder of markdown or of \`store export\`, or a file of ${formats} (--format).`,
  })
}

/** The place of a fault is told, never what stands there. */
function parsedJson(text: string, from: string): unknown {
  try {
    return JSON.parse(text)
  } catch (error) {
    const place = error instanceof Error ? /line \d+ column \d+/.exec(error.message)?.[0] : null
    throw new ReverieError(
      'invalid_request_error',
      `"${from}" is no JSON${place == null ? '' : ` (${place})`}.`,
      { next: 'Name a folder of markdown, or a JSON file that mem0 or Letta wrote.' },
    )
  }
}
