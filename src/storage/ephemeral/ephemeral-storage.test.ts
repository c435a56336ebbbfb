import { WORKSPACE } from '../contract/builders.test-support.ts'
import { storageContract } from '../storage.contract.ts'
import { openEphemeralStorage } from './ephemeral-storage.ts'

storageContract({
  name: 'ephemeral',
  open: () => openEphemeralStorage({ workspaceId: WORKSPACE }),
  cleanup: async () => undefined,
  modelRuns: 300,
})
