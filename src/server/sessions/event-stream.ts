import { LIMITS } from '../../config.ts'
import type { Position, Storage } from '../../storage/storage.ts'
import type { WireSessionEvent } from '../../wire/session-events/vocabulary.ts'
import type { ServerPorts } from '../context.ts'
import { eventsOfLines, type SessionOfStream } from './event-pages.ts'
import { sessionIn } from './kept-session.ts'
import type { StreamSeats } from './stream-seats.ts'

/** What is watched. */
export interface Watched {
  readonly storage: Storage
  readonly session: SessionOfStream
  readonly stream: string
  /** A child thread, whose end ends the stream too; null = the session's own stream. */
  readonly threadId: string | null
  /** Asked at every look; a watcher who may no longer is told nothing more. */
  readonly isStillAllowed: () => Promise<boolean>
}

export type WatchPorts = Pick<ServerPorts, 'bell' | 'wait' | 'newId' | 'now' | 'stopping'>

/**
 * Frames of server-sent events from now on, each with its `event:` line, until the session is deleted
 * or archived, the server stops, the reader goes or may no longer read. A reader that is slow makes this wait, and nothing is kept for it.
 * Throws `rate_limit_error` when there are too many.
 */
export async function eventStream(
  watched: Watched,
  seats: StreamSeats,
  ports: WatchPorts,
): Promise<ReadableStream<Uint8Array>> {
  const watch = new Watch(watched, ports, seats.take())
  try {
    await watch.begin()
  } catch (error) {
    watch.close()
    throw error
  }
  const frames = watch.frames()
  const encoder = new TextEncoder()
  return new ReadableStream<Uint8Array>({
    async pull(controller) {
      const { value, done } = await frames.next()
      if (done === true) {
        watch.close()
        controller.close()
      } else controller.enqueue(encoder.encode(value))
    },
    cancel: () => watch.close(),
  })
}

const KEEP_ALIVE = ': keep-alive\n\n'

class Watch {
  readonly #watched: Watched
  readonly #ports: WatchPorts
  readonly #leave: () => void
  readonly #stopListening: () => void
  #after: Position | null = null
  /** Ends the wait that is under way. */
  #turn = new AbortController()
  #isRung = false
  #isClosed = false

  constructor(watched: Watched, ports: WatchPorts, leave: () => void) {
    this.#watched = watched
    this.#ports = ports
    this.#leave = leave
    const wake = (): void => {
      this.#isRung = true
      this.#turn.abort()
    }
    const stopListening = ports.bell.listen(watched.stream, wake)
    ports.stopping?.addEventListener('abort', wake)
    this.#stopListening = () => {
      stopListening()
      ports.stopping?.removeEventListener('abort', wake)
    }
  }

  /** Finds the end of what is there. */
  async begin(): Promise<void> {
    const { storage, stream } = this.#watched
    this.#after = (await storage.logs.page(stream, { limit: 1, order: 'desc' })).last
  }

  close(): void {
    if (this.#isClosed) return
    this.#isClosed = true
    this.#stopListening()
    this.#leave()
    this.#turn.abort()
  }

  async *frames(): AsyncGenerator<string> {
    yield KEEP_ALIVE
    let quietMs = 0
    while (!this.#isClosed) {
      this.#isRung = false
      // Asked before the look: what came before the end is still told.
      const end = await this.#end()
      if (end === 'refused') return
      for await (const frame of this.#news()) {
        quietMs = 0
        yield frame
      }
      if (end === 'deleted') yield this.#deletedFrame()
      if (end !== null) return
      quietMs += await this.#wait()
      if (quietMs < LIMITS.streamKeepAliveMs) continue
      quietMs = 0
      yield KEEP_ALIVE
    }
  }

  async *#news(): AsyncGenerator<string> {
    const { storage, stream, session } = this.#watched
    for (let isMore = true; isMore && !this.#isClosed; ) {
      const page = await storage.logs.page(stream, {
        limit: LIMITS.streamLinesMax,
        ...(this.#after === null ? {} : { after: this.#after }),
      })
      this.#after = page.last ?? this.#after
      for (const event of await eventsOfLines(storage, session, page.items)) yield frameOf(event)
      isMore = page.next !== null
    }
  }

  async #end(): Promise<'deleted' | 'archived' | 'stopping' | 'refused' | null> {
    if (this.#ports.stopping?.aborted === true) return 'stopping'
    const { storage, session, threadId, isStillAllowed } = this.#watched
    if (!(await isStillAllowed())) return 'refused'
    const document = await storage.documents.get('session', session.id)
    if (document === null) return 'deleted'
    if (sessionIn(document).wire.archived_at !== null) return 'archived'
    if (threadId === null) return null
    const thread = await storage.documents.get('thread', threadId)
    if (thread === null) return 'deleted'
    const { archived_at } = JSON.parse(thread.body) as { readonly archived_at: string | null }
    return archived_at === null ? null : 'archived'
  }

  /** Until the bell rings, the reader goes or it is time to look; returns the time that counts as quiet. */
  async #wait(): Promise<number> {
    if (this.#isRung || this.#isClosed) return 0
    const turn = new AbortController()
    this.#turn = turn
    try {
      await this.#ports.wait(LIMITS.streamLookMs, turn.signal)
    } catch (error) {
      if (!turn.signal.aborted) throw error
      return 0
    }
    return LIMITS.streamLookMs
  }

  #deletedFrame(): string {
    return frameOf({
      id: this.#ports.newId('sevt'),
      type: 'session.deleted',
      processed_at: this.#ports.now().toISOString(),
    })
  }
}

/** JSON has no line breaks of its own, so that one data line is enough. */
function frameOf(event: WireSessionEvent): string {
  return `event: ${event.type}\ndata: ${JSON.stringify(event)}\n\n`
}
