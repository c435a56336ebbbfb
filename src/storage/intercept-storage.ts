import type { Storage } from './storage.ts'

/** One use of the port: `memories.write`, `dreams.changes.list`, `transaction`, `commit`. */
export interface PortCall {
  readonly name: string
  readonly args: readonly unknown[]
}

/**
 * The same storage with `before` run ahead of every port call, also inside transactions and in
 * other workspaces; what it throws rejects the call. A transaction counts twice: as `transaction`
 * before its work and as `commit` after it. `inWorkspace` and `close` are not announced.
 */
export function interceptStorage(storage: Storage, before: (call: PortCall) => void): Storage {
  return {
    stores: interceptGroup(storage.stores, 'stores', before),
    memories: interceptGroup(storage.memories, 'memories', before),
    units: interceptGroup(storage.units, 'units', before),
    sessions: interceptGroup(storage.sessions, 'sessions', before),
    dreams: interceptGroup(storage.dreams, 'dreams', before),
    ledger: interceptGroup(storage.ledger, 'ledger', before),
    counters: interceptGroup(storage.counters, 'counters', before),
    steps: interceptGroup(storage.steps, 'steps', before),
    documents: interceptGroup(storage.documents, 'documents', before),
    logs: interceptGroup(storage.logs, 'logs', before),
    erasure: interceptGroup(storage.erasure, 'erasure', before),
    workspaces: async () => {
      before({ name: 'workspaces', args: [] })
      return storage.workspaces()
    },
    transaction: async (work) => {
      before({ name: 'transaction', args: [] })
      return storage.transaction(async (inner) => {
        const result = await work(interceptStorage(inner, before))
        before({ name: 'commit', args: [] })
        return result
      })
    },
    inWorkspace: (id) => interceptStorage(storage.inWorkspace(id), before),
    close: () => storage.close(),
  }
}

function interceptGroup<Group extends object>(
  group: Group,
  name: string,
  before: (call: PortCall) => void,
): Group {
  return new Proxy(group, {
    get: (target, key) => {
      const member: unknown = Reflect.get(target, key)
      const path = `${name}.${String(key)}`
      if (typeof member === 'function') {
        return async (...args: readonly unknown[]): Promise<unknown> => {
          before({ name: path, args })
          return Reflect.apply(member, target, args)
        }
      }
      return typeof member === 'object' && member !== null
        ? interceptGroup(member, path, before)
        : member
    },
  })
}
