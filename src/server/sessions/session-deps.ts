import type { Caller, RequestVariables, ServerPorts } from '../context.ts'

/** What the acts on sessions need of one request. */
export interface SessionDeps
  extends Pick<ServerPorts, 'redact' | 'bell' | 'now' | 'newId'>,
    Pick<RequestVariables, 'storage'> {
  readonly caller: Caller
}

/** Tells watchers of these streams, once the transaction has committed. */
export function ringAll({ bell }: Pick<SessionDeps, 'bell'>, streams: readonly string[]): void {
  for (const stream of streams) bell.ring(stream)
}
