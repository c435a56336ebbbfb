import { ReverieError } from '../core/errors.ts'
import type { Importer } from './importer.ts'

/**
 * The importer of the forced format, else the first that knows the source by its beginning; null
 * = none does. Throws `invalid_request_error` for a format that nobody reads.
 */
export function importerFor(
  importers: readonly Importer[],
  head: string,
  forcedFormat: string | null,
): Importer | null {
  if (forcedFormat === null) {
    return importers.find((importer) => importer.recognizes(head)) ?? null
  }
  const forced = importers.find(({ format }) => format === forcedFormat)
  if (forced !== undefined) return forced
  throw new ReverieError(
    'invalid_request_error',
    `There is no transcript format "${forcedFormat}".`,
    {
      next: `Use one of: ${importers.map(({ format }) => format).join(', ')}.`,
    },
  )
}
