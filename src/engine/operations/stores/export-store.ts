import { ReverieError } from '../../../core/errors.ts'
import type { StoreExport } from '../../stores-api.ts'
import type { Deps } from '../deps.ts'

/** Writes a store into a folder. */
export async function exportStore(
  storeRef: string,
  _folder: string,
  _options: { readonly markdownOnly?: boolean },
  _deps: Deps,
): Promise<StoreExport> {
  throw new ReverieError('api_error', `${storeRef} cannot be exported yet.`)
}
