import { ReverieError } from '../../../core/errors.ts'
import type { StoreImport, StoreImportOptions } from '../../stores-api.ts'
import type { Deps } from '../deps.ts'

/** Makes a store of what stands at a path. */
export async function importStore(
  from: string,
  _options: StoreImportOptions,
  _deps: Deps,
): Promise<StoreImport> {
  throw new ReverieError('api_error', `${from} cannot be imported yet.`)
}
