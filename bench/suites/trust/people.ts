import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Change } from '../../../src/core/change.ts'
import type { MemoryStoreId, SessionId } from '../../../src/core/ids.ts'
import { createReverie, type NewSession, type OpenWorkspace } from '../../../src/reverie.ts'
import { gullibleModel } from '../../harness/gullible-model.ts'
import type { Mode } from './modes.ts'

/** A session of one person, for that person alone unless an audience is named. */
export interface PersonSession {
  readonly id: string
  /** Absent = nobody is named. */
  readonly user?: string
  readonly agent?: string
  readonly audience?: string
  readonly events: NewSession['events']
}

/** What a store says after a dream, and what it says it from. */
export interface StoreAfter {
  readonly text: string
  /** Everything that was proposed, applied or not. */
  readonly changes: readonly Change[]
  /** Sessions whose words stand behind what was applied. */
  readonly cited: ReadonlySet<SessionId>
}

/** People with memories of their own and memories that they share, in one installation. */
export interface People {
  store(audience: string): Promise<MemoryStoreId>
  /** Adds sessions; their ids in the same order. */
  add(sessions: readonly PersonSession[]): Promise<readonly SessionId[]>
  /** One dream of a store over sessions, written into the store. */
  dream(store: MemoryStoreId, sessions: readonly SessionId[]): Promise<StoreAfter>
  /** What users, agents and their stores are dreamt with together. */
  readonly workspace: OpenWorkspace
  readonly model: string
}

/** Runs something over people of their own, who are gone afterwards. */
export async function withPeople<T>(mode: Mode, run: (people: People) => Promise<T>): Promise<T> {
  const home = mkdtempSync(join(tmpdir(), 'reverie-people-'))
  const model = gullibleModel()
  const reverie = await createReverie({
    home: join(home, 'state'),
    env: { HOME: home, REVERIE_LOG_LEVEL: 'silent', REVERIE_MODELS: `worst=${model.id}` },
    now: () => new Date('2026-12-01T12:00:00.000Z'),
    models: { small: model, large: model },
  })
  try {
    return await run(peopleIn(reverie.workspace(), mode === 'gullible' ? 'worst' : 'embedded'))
  } finally {
    await reverie.close()
    rmSync(home, { recursive: true })
  }
}

function peopleIn(workspace: OpenWorkspace, model: string): People {
  let stores = 0
  return {
    workspace,
    model,
    async store(audience): Promise<MemoryStoreId> {
      stores += 1
      const { id } = await workspace.stores.create({
        name: `store-${stores}`,
        metadata: { audience },
      })
      return id
    },
    async add(sessions): Promise<readonly SessionId[]> {
      const { sessionIds } = await workspace.sessions.add(sessions.map(newSession))
      return sessionIds
    },
    async dream(store, sessions): Promise<StoreAfter> {
      const { id } = await workspace.dreams.create({
        storeId: store,
        sessionIds: sessions,
        model,
        outputBehavior: 'update_existing',
      })
      const dream = await workspace.dreams.finished(id)
      if (dream.status !== 'completed') throw new Error(dream.error?.message ?? dream.status)
      const { changes } = await workspace.changes.list(id)
      return storeAfter(store, changes, workspace)
    },
  }
}

export async function storeAfter(
  store: MemoryStoreId,
  changes: readonly Change[],
  { memories }: OpenWorkspace,
): Promise<StoreAfter> {
  const texts = (await memories.list(store)).map(({ path, content }) => `${path}\n${content}`)
  const applied = changes.filter(({ status }) => status === 'applied')
  const cited = applied.flatMap(({ evidence }) =>
    evidence.flatMap((item) => (item.kind === 'event' ? [item.sessionId] : [])),
  )
  return { text: texts.join('\n'), changes, cited: new Set(cited) }
}

function newSession({ id, user, agent, audience, events }: PersonSession): NewSession {
  return {
    id,
    events,
    ...(user === undefined ? {} : { user }),
    ...(agent === undefined ? {} : { agent }),
    ...(audience === undefined ? {} : { metadata: { audience } }),
  }
}
