import { expect, test } from 'vitest'
import { LIMITS } from '../../config.ts'
import { derivedId } from '../../core/ids.ts'
import type { Storage } from '../../storage/storage.ts'
import { inputsOf } from '../stages/dream-inputs.test-support.ts'
import { assertInputSize } from './inputs-there.ts'

/** A dream over so many memories, each of so many bytes. */
async function sized(memories: number, bytes: number): Promise<void> {
  const { snapshot } = inputsOf({})
  const pinned = Array.from({ length: memories }, (_, n) => ({
    path: `/${n}.md`,
    versionId: derivedId('memver', String(n)),
    sha256: '',
  }))
  const dream = { storeId: snapshot.storeId, snapshot: { ...snapshot, memories: pinned } }
  const versions = { get: async () => ({ contentSizeBytes: bytes }) }
  await assertInputSize(dream, { memories: { versions } } as unknown as Storage)
}

test('a store at the limits of a dream passes, one beyond them fails as too large', async () => {
  const { dreamMemoriesMax, dreamStoreBytesMax } = LIMITS
  const half = dreamStoreBytesMax / 2

  await sized(2, half)
  await sized(dreamMemoriesMax, 0)

  await expect(sized(2, half + 1)).rejects.toMatchObject({ type: 'input_memory_store_too_large' })
  await expect(sized(dreamMemoriesMax + 1, 0)).rejects.toMatchObject({
    type: 'input_memory_store_too_large',
  })
})
