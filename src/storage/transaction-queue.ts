import { AsyncLocalStorage } from 'node:async_hooks'
import { ReverieError } from '../core/errors.ts'

/** How the stores of an adapter reach its data, outside of or inside a transaction. */
export interface Access<Data> {
  /** Runs against one consistent state. */
  read<T>(work: (data: Data) => T): Promise<T>
  /** All of the work's writes land, or none do. */
  write<T>(work: (data: Data) => T): Promise<T>
  transaction<T>(work: (inside: Access<Data>) => Promise<T>): Promise<T>
  close(): Promise<void>
}

/** The one connection of an adapter. Everything but waiting for the start is synchronous. */
export interface Connection<Data> {
  readonly data: Data
  /** Resolves when the connection holds a consistent state to read, or the right to write. */
  begin(kind: 'read' | 'write'): Promise<void>
  commit(): void
  rollback(): void
  /** Runs work inside what was begun; when it throws, its own writes are taken back. */
  nested<T>(work: (data: Data) => T): T
  close(): void
}

/** A transaction as its callers see it. `failure` is what a joined call threw. */
interface Scope {
  isOpen: boolean
  failure: { readonly error: unknown } | null
}

/**
 * Gives async callers their turns on one connection, in the order of their calls. A transaction
 * keeps its turn until it ends, so nobody else's write can slip into it.
 */
export class TransactionQueue<Data> implements Access<Data> {
  readonly #connection: Connection<Data>
  readonly #scopes = new AsyncLocalStorage<Scope>()
  #lastTurn: Promise<unknown> = Promise.resolve()
  #isClosed = false

  constructor(connection: Connection<Data>) {
    this.#connection = connection
  }

  read<T>(work: (data: Data) => T): Promise<T> {
    return this.#inTurn(() => this.#bracket('read', async () => work(this.#connection.data)))
  }

  write<T>(work: (data: Data) => T): Promise<T> {
    return this.#inTurn(() => this.#bracket('write', async () => work(this.#connection.data)))
  }

  transaction<T>(work: (inside: Access<Data>) => Promise<T>): Promise<T> {
    return this.#inTurn(() => this.#bracket('write', () => this.#inScope(work)))
  }

  /** Waits for the turns that were asked for; closing twice does nothing. */
  close(): Promise<void> {
    if (this.#isClosed) return Promise.resolve()
    return this.#inTurn(async () => {
      this.#isClosed = true
      this.#connection.close()
    })
  }

  #inTurn<T>(work: () => Promise<T>): Promise<T> {
    // Waiting for a turn that ends only when the caller goes on would hang for ever.
    if (this.#scopes.getStore()?.isOpen === true) return Promise.reject(usedFromInside())
    const turn = this.#lastTurn.then(() => {
      if (this.#isClosed) throw new ReverieError('api_error', 'The storage is closed.')
      return work()
    })
    this.#lastTurn = Promise.allSettled([turn])
    return turn
  }

  async #bracket<T>(kind: 'read' | 'write', work: () => Promise<T>): Promise<T> {
    await this.#connection.begin(kind)
    try {
      const result = await work()
      this.#connection.commit()
      return result
    } catch (error) {
      this.#connection.rollback()
      throw error
    }
  }

  async #inScope<T>(work: (inside: Access<Data>) => Promise<T>): Promise<T> {
    const scope: Scope = { isOpen: true, failure: null }
    const inside = insideOf(this.#connection, scope)
    try {
      const result = await this.#scopes.run(scope, () => work(inside))
      if (scope.failure !== null) throw scope.failure.error
      return result
    } finally {
      scope.isOpen = false
    }
  }
}

function insideOf<Data>(connection: Connection<Data>, scope: Scope): Access<Data> {
  const run = async <T>(work: (data: Data) => T): Promise<T> => {
    requireOpen(scope)
    return connection.nested(work)
  }
  const inside: Access<Data> = {
    // Nothing to take back.
    read: async (work) => {
      requireOpen(scope)
      return work(connection.data)
    },
    write: run,
    // A joined call has no rollback of its own, so a throw in it ends the whole transaction, even
    // where the caller catches it: else half of the joined work would land.
    transaction: async (work) => {
      requireOpen(scope)
      try {
        return await work(inside)
      } catch (error) {
        scope.failure ??= { error }
        throw error
      }
    },
    close: () => Promise.reject(usedFromInside()),
  }
  return inside
}

function requireOpen(scope: Scope): void {
  if (scope.isOpen) return
  throw new ReverieError('api_error', 'The storage of a transaction was used after its end.', {
    next: 'Await every call before the work returns.',
  })
}

function usedFromInside(): ReverieError {
  return new ReverieError('api_error', 'The storage was used from inside its own transaction.', {
    next: 'Use the storage that `transaction` passes to its work.',
  })
}
