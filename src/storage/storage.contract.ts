import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { aMemoryStore, aWrite, STORE_ID } from './contract/builders.test-support.ts'
import { documentsContract } from './contract/documents.contract.ts'
import { dreamsContract } from './contract/dreams.contract.ts'
import { erasureContract } from './contract/erasure.contract.ts'
import { hostedDreamsContract } from './contract/hosted-dreams.contract.ts'
import { ledgerContract } from './contract/ledger.contract.ts'
import { logsContract } from './contract/logs.contract.ts'
import { memoriesContract } from './contract/memories.contract.ts'
import { memoryPathsContract } from './contract/memory-paths.contract.ts'
import { memoryStoresContract } from './contract/memory-stores.contract.ts'
import { memoryVersionsContract } from './contract/memory-versions.contract.ts'
import { modelContract } from './contract/model.contract.ts'
import { sessionsContract } from './contract/sessions.contract.ts'
import { storeRemovalContract } from './contract/store-removal.contract.ts'
import { transactionsContract } from './contract/transactions.contract.ts'
import { unitsContract } from './contract/units.contract.ts'
import type { Storage } from './storage.ts'

export interface StorageSubject {
  readonly name: string
  /** Opens an empty storage in the workspace `wrkspc_contract`. */
  readonly open: () => Promise<Storage>
  /** Opens what `open` opened last again, after it was closed; absent = ends with `close`. */
  readonly reopen?: () => Promise<Storage>
  readonly cleanup: () => Promise<void>
  /** Random command sequences to compare with the reference model. */
  readonly modelRuns: number
}

/** Every sentence of the `Storage` port as a test; each adapter runs all of them. */
export function storageContract(subject: StorageSubject): void {
  describe(`${subject.name} storage`, () => {
    let storage: Storage

    beforeEach(async () => {
      storage = await subject.open()
    })

    afterEach(async () => {
      await storage.close()
      await subject.cleanup()
    })

    const storageOf = (): Storage => storage
    memoryStoresContract(storageOf)
    memoriesContract(storageOf)
    memoryPathsContract(storageOf)
    memoryVersionsContract(storageOf)
    storeRemovalContract(storageOf)
    unitsContract(storageOf)
    sessionsContract(storageOf)
    dreamsContract(storageOf)
    hostedDreamsContract(storageOf)
    ledgerContract(storageOf)
    documentsContract(storageOf)
    logsContract(storageOf)
    erasureContract(storageOf)
    transactionsContract(storageOf)
    modelContract(storageOf, subject.modelRuns)

    const { reopen } = subject
    if (reopen !== undefined) {
      it('keeps what was written when it is opened again', async () => {
        await storage.stores.create(aMemoryStore())
        const memory = await storage.memories.write(aWrite(1))
        await storage.close()

        storage = await reopen()

        expect(await storage.memories.list(STORE_ID)).toEqual([memory])
        expect(await storage.memories.search(STORE_ID, 'text', 1)).toHaveLength(1)
      })
    }
  })
}
