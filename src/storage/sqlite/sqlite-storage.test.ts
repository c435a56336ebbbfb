import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { WORKSPACE } from '../contract/builders.test-support.ts'
import { storageContract } from '../storage.contract.ts'
import type { Storage } from '../storage.ts'
import { openSqliteStorage } from './sqlite-storage.ts'

let folder = ''

function open(): Promise<Storage> {
  const path = join(folder, 'reverie.db')
  return openSqliteStorage({ path, workspaceId: WORKSPACE, busyTimeoutMs: 5_000 })
}

storageContract({
  name: 'sqlite',
  open: async () => {
    folder = await mkdtemp(join(tmpdir(), 'reverie-sqlite-'))
    return open()
  },
  reopen: open,
  cleanup: () => rm(folder, { recursive: true }),
  modelRuns: 60,
})
