import type { Storage } from '../../storage/storage.ts'

/** What is written in the same transaction as a new dream or collective dream. */
export type Alongside = (made: { readonly id: string }, tx: Storage) => Promise<void>
