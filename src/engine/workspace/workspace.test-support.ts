import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { onTestFinished } from 'vitest'
import { type IdPrefixes, type NewId, sha256, type WorkspaceId } from '../../core/ids.ts'
import type { Actor } from '../../core/memory.ts'
import { lexicalEmbedder } from '../../models/lexical-embedder.ts'
import { openEphemeralStorage } from '../../storage/ephemeral/ephemeral-storage.ts'
import { openSqliteStorage } from '../../storage/sqlite/sqlite-storage.ts'
import type { Storage } from '../../storage/storage.ts'
import type { WorkspaceCollectiveDreams } from '../collective/collective-api.ts'
import { RULES } from '../rules.ts'
import type { Workspace, WorkspaceDreams, WorkspaceSchedules } from '../workspace-api.ts'
import { type AuditLine, auditPage } from './audit.ts'
import { workspacesOf } from './workspace-of.ts'

export const HOME = 'wrkspc_home' as WorkspaceId
export const ABROAD = 'wrkspc_abroad' as WorkspaceId
export const PERSON: Actor = { type: 'user_actor', userId: 'user_ada' }
export const KEY: Actor = { type: 'api_actor', apiKeyId: 'key_1' }

/** What looks like a secret to the scanner of these tests. */
export const SECRET = 'sk-test-0000'

export const MEMORIES_MAX = 5

/** Both storages that a workspace can stand on. */
export const STORAGES: readonly { readonly name: string; readonly open: () => Promise<Storage> }[] =
  [
    { name: 'in RAM', open: () => openEphemeralStorage({ workspaceId: HOME }) },
    { name: 'sqlite', open: openFile },
  ]

async function openFile(): Promise<Storage> {
  const folder = mkdtempSync(join(tmpdir(), 'reverie-workspace-'))
  onTestFinished(() => rmSync(folder, { recursive: true }))
  const path = join(folder, 'reverie.db')
  return openSqliteStorage({ path, workspaceId: HOME, busyTimeoutMs: 1_000 })
}

/** A workspace whose clock goes on by a second with each look. */
export interface TestWorkspace extends Workspace, AsyncDisposable {
  readonly storage: Storage
  readonly newId: NewId
  readonly now: () => Date
  /** Of another workspace over the same storage. */
  readonly abroad: Workspace
  /** Oldest first. */
  audited(): Promise<readonly AuditLine[]>
}

export async function openWorkspace(
  open: () => Promise<Storage> = STORAGES[0]?.open ?? none,
): Promise<TestWorkspace> {
  const storage = await open()
  const newId = countedIds()
  const now = tickingClock()
  const workspaceOf = workspacesOf(
    {
      storage,
      secrets: { mask: async (text) => text.replaceAll(SECRET, '[redacted:token]') },
      embedder: lexicalEmbedder(),
      rules: RULES,
      memoriesMax: MEMORIES_MAX,
      now,
      newId,
    },
    {
      dreamsOf: () => ({}) as WorkspaceDreams,
      schedulesOf: () => ({}) as WorkspaceSchedules,
      collectiveOf: () => ({}) as WorkspaceCollectiveDreams,
    },
  )
  return {
    ...workspaceOf(HOME),
    abroad: workspaceOf(ABROAD),
    storage,
    newId,
    now,
    audited: async () => (await auditPage(storage, { limit: 1_000 })).items.toReversed(),
    [Symbol.asyncDispose]: () => storage.close(),
  }
}

export function hashOf(text: string): string {
  return sha256(text)
}

function none(): never {
  throw new Error('There is no storage.')
}

function tickingClock(): () => Date {
  let at = Date.parse('2026-11-22T10:00:00.000Z')
  return () => {
    at += 1_000
    return new Date(at)
  }
}

function countedIds(): NewId {
  let count = 0
  return <P extends keyof IdPrefixes>(prefix: P) => {
    count += 1
    return `${prefix}_${String(count).padStart(8, '0')}` as IdPrefixes[P]
  }
}
