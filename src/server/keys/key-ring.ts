import { timingSafeEqual } from 'node:crypto'
import { LIMITS } from '../../config.ts'
import { notFound, ReverieError } from '../../core/errors.ts'
import {
  derivedId,
  INSTALLATION,
  type KeyId,
  type NewId,
  sha256,
  type WorkspaceId,
} from '../../core/ids.ts'
import type { Actor } from '../../core/memory.ts'
import { type AuditAct, audit } from '../../engine/workspace/audit.ts'
import type { Document, Storage } from '../../storage/storage.ts'
import type { Caller, Scope } from '../context.ts'
import { isPlainKey, newPlainKey, shownStart } from './key-format.ts'

/** A key as it is kept: without itself. */
export interface ApiKey {
  readonly id: KeyId
  readonly workspaceId: WorkspaceId
  readonly name: string
  readonly scopes: readonly Scope[]
  /** How the key begins, to tell two apart. */
  readonly start: string
  /** ISO 8601 UTC. */
  readonly createdAt: string
  /** Null = it does not end by itself. */
  readonly expiresAt: string | null
  readonly revokedAt: string | null
}

export type KeyDraft = Pick<ApiKey, 'workspaceId' | 'name' | 'scopes' | 'expiresAt'>

/** A key that was just made. `plain` is told this once. */
export interface NewKey {
  readonly key: ApiKey
  readonly plain: string
}

/** The keys of an installation. Only their SHA-256 is kept. */
export interface KeyRing {
  /** Throws `invalid_request_error` for an empty name, no scope or an end in the past. */
  create(draft: KeyDraft, by: Actor): Promise<NewKey>
  /** Newest first, revoked and expired ones too. */
  list(): Promise<readonly ApiKey[]>
  /** Ends a key at once; a revoked one stays as it is. Throws `not_found_error`. */
  revoke(id: KeyId, by: Actor): Promise<ApiKey>
  /**
   * Makes a key like another one, which ends at `oldExpiresAt` at the latest. Throws
   * `not_found_error`, `invalid_request_error` for a key that has ended.
   */
  rotate(id: KeyId, oldExpiresAt: string, by: Actor): Promise<NewKey & { readonly old: ApiKey }>
  /** Whether any key was ever made. */
  isUsed(): Promise<boolean>
  /** Whose key this is; null = of nobody, or it has ended. */
  callerOf(plain: string): Promise<Caller | null>
}

interface Kept extends Omit<ApiKey, 'id' | 'createdAt'> {
  readonly sha256: string
}

interface RingPorts {
  readonly storage: Storage
  readonly now: () => Date
  readonly newId: NewId
}

export function keyRingOf(ports: RingPorts): KeyRing {
  const { documents } = ports.storage.inWorkspace(INSTALLATION)
  // Keys end, but stay: once there was one, that is so for good.
  let isUsed = false
  return {
    create: (draft, by) => create(draft, by, ports),
    async list() {
      const { items } = await documents.page({ kind: 'key', limit: LIMITS.keysMax })
      return items.map(keyOf)
    },
    revoke: (id, by) => revoke(id, by, ports),
    rotate: (id, oldExpiresAt, by) => rotate(id, oldExpiresAt, by, ports),
    async isUsed() {
      if (isUsed) return true
      const { items } = await documents.page({ kind: 'key', limit: 1 })
      isUsed = items.length > 0
      return isUsed
    },
    async callerOf(plain) {
      if (!isPlainKey(plain)) return null
      const hash = sha256(plain)
      const document = await documents.get('key', derivedId('key', hash))
      if (document === null || !isEqual(keptOf(document).sha256, hash)) return null
      const key = keyOf(document)
      if (hasEnded(key, ports.now())) return null
      const actor: Actor = { type: 'api_actor', apiKeyId: key.id }
      return { workspaceId: key.workspaceId, keyId: key.id, scopes: key.scopes, actor }
    },
  }
}

async function create(draft: KeyDraft, by: Actor, ports: RingPorts): Promise<NewKey> {
  const { expiresAt } = draft
  const exact = { ...draft, expiresAt: expiresAt === null ? null : exactTime(expiresAt) }
  assertDraft(exact, ports.now())
  return ports.storage.transaction(async (tx) => {
    const made = await putNew(exact, tx, ports)
    await note('key.created', made.key, by, tx, ports)
    return made
  })
}

async function revoke(id: KeyId, by: Actor, ports: RingPorts): Promise<ApiKey> {
  return ports.storage.transaction(async (tx) => {
    const document = await documentOf(id, tx)
    if (keptOf(document).revokedAt !== null) return keyOf(document)
    const revoked = await change(document, { revokedAt: ports.now().toISOString() }, tx)
    await note('key.revoked', revoked, by, tx, ports)
    return revoked
  })
}

async function rotate(
  id: KeyId,
  oldExpiresAt: string,
  by: Actor,
  ports: RingPorts,
): Promise<NewKey & { readonly old: ApiKey }> {
  const newEnd = exactTime(oldExpiresAt)
  return ports.storage.transaction(async (tx) => {
    const document = await documentOf(id, tx)
    const { workspaceId, name, scopes, expiresAt, revokedAt } = keyOf(document)
    if (hasEnded({ expiresAt, revokedAt }, ports.now())) {
      throw new ReverieError('invalid_request_error', `The key "${id}" has ended already.`, {
        next: 'Make a new one with `reverie key create`.',
      })
    }
    const made = await putNew({ workspaceId, name, scopes, expiresAt }, tx, ports)
    const ends = expiresAt !== null && expiresAt < newEnd ? expiresAt : newEnd
    const old = await change(document, { expiresAt: ends }, tx)
    await note('key.rotated', old, by, tx, ports, { new_key_id: made.key.id })
    return { ...made, old }
  })
}

async function putNew(draft: KeyDraft, tx: Storage, ports: RingPorts): Promise<NewKey> {
  const plain = newPlainKey()
  const hash = sha256(plain)
  const kept: Kept = { ...draft, start: shownStart(plain), revokedAt: null, sha256: hash }
  const document = await tx.inWorkspace(INSTALLATION).documents.put(
    {
      kind: 'key',
      id: derivedId('key', hash),
      tags: [],
      createdAt: ports.now().toISOString(),
      body: JSON.stringify(kept),
    },
    0,
  )
  return { key: keyOf(document), plain }
}

async function change(document: Document, part: Partial<Kept>, tx: Storage): Promise<ApiKey> {
  const { version, ...rest } = document
  const body = JSON.stringify({ ...keptOf(document), ...part })
  return keyOf(await tx.inWorkspace(INSTALLATION).documents.put({ ...rest, body }, version))
}

async function documentOf(id: KeyId, tx: Storage): Promise<Document> {
  const document = await tx.inWorkspace(INSTALLATION).documents.get('key', id)
  if (document === null) throw notFound('key', id)
  return document
}

/** Stands in the audit of the workspace that the key opens. */
async function note(
  act: AuditAct,
  { id, workspaceId }: ApiKey,
  by: Actor,
  tx: Storage,
  { now, newId }: RingPorts,
  details: Readonly<Record<string, string>> = {},
): Promise<void> {
  const entry = { act, subject: id, by, at: now().toISOString(), details }
  await audit(tx.inWorkspace(workspaceId), entry, newId)
}

function keyOf(document: Document): ApiKey {
  const { sha256: _, ...rest } = keptOf(document)
  return { id: document.id as KeyId, createdAt: document.createdAt, ...rest }
}

function keptOf(document: Document): Kept {
  return JSON.parse(document.body) as Kept
}

function hasEnded(key: Pick<ApiKey, 'expiresAt' | 'revokedAt'>, now: Date): boolean {
  return key.revokedAt !== null || (key.expiresAt !== null && key.expiresAt <= now.toISOString())
}

/** Times are compared as texts: each has to be UTC with milliseconds. */
function exactTime(time: string): string {
  const at = new Date(time)
  if (!Number.isNaN(at.getTime())) return at.toISOString()
  throw new ReverieError('invalid_request_error', 'The end of a key is not a time.', {
    next: 'Give it as ISO 8601, such as 2027-01-31T00:00:00.000Z.',
  })
}

function isEqual(a: string, b: string): boolean {
  return a.length === b.length && timingSafeEqual(Buffer.from(a), Buffer.from(b))
}

function assertDraft({ name, scopes, expiresAt, workspaceId }: KeyDraft, now: Date): void {
  const refusal = (message: string, next: string): ReverieError =>
    new ReverieError('invalid_request_error', message, { next })
  if (name.trim() === '' || name.length > LIMITS.keyNameCharsMax) {
    throw refusal(
      'A key needs a name.',
      `Give it one of up to ${LIMITS.keyNameCharsMax} characters.`,
    )
  }
  if (scopes.length === 0) throw refusal('A key needs a scope.', 'Give it `read` at least.')
  if (!/^wrkspc_[\w-]{1,64}$/.test(workspaceId) || workspaceId === INSTALLATION) {
    throw refusal(
      `"${workspaceId}" is no workspace.`,
      'Name one as `wrkspc_` and letters or digits.',
    )
  }
  if (expiresAt !== null && expiresAt <= now.toISOString()) {
    throw refusal('The key would have ended already.', 'Name a later time.')
  }
}
