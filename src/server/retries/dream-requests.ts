import type { CollectiveDreamId, DreamId } from '../../core/ids.ts'
import type { Workspace } from '../../engine/workspace-api.ts'
import { toWireDream } from '../../wire/dreams.ts'
import { toWireCollectiveDream } from '../../wire/extensions/collective/collective-dream.ts'

/** A route whose POST makes a dream or several. */
export interface DreamRequest {
  readonly path: string
  /** What was made under an id, as its answer shows it now; null = it is not shown. */
  readonly shown: (workspace: Workspace, id: string) => Promise<object | null>
}

/** Those that are never worked on twice for one intent. */
export const DREAM_REQUESTS: readonly DreamRequest[] = [
  {
    path: '/v1/dreams',
    shown: async ({ dreams }, id) => toWireDream(await dreams.get(id as DreamId)),
  },
  {
    path: '/v1/reverie/collective_dreams',
    shown: async ({ collective }, id) =>
      toWireCollectiveDream(await collective.get(id as CollectiveDreamId)),
  },
]
