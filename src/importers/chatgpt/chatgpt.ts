import { basename } from 'node:path'
import { derivedId } from '../../core/ids.ts'
import { TallyDraft } from '../import-tally.ts'
import type { ImportedSession, Importer, ImportResult, ImportSource, Redact } from '../importer.ts'
import { asObject } from '../json-value.ts'
import { type DraftContext, SessionDraft } from '../session-draft.ts'
import { utcTime } from '../utc-time.ts'
import { sourceValues } from '../values/source-values.ts'
import { saidByChatGpt } from './chatgpt-message.ts'
import { type SessionTree, sessionTree } from './session-tree.ts'

const FORMAT = 'chatgpt'

/**
 * The export of ChatGPT, `conversations.json` (help.openai.com, "How do I export my ChatGPT history
 * and data?"): a list of conversations, each a tree of messages. The branch that the person sees last
 * is the conversation; answers that were asked for anew and edited prompts are left out and counted.
 * One conversation at a time is in memory, up to `LIMITS.jsonSourceBytesMax`.
 */
export const chatgptImporter: Importer = {
  format: FORMAT,
  recognizes(head) {
    return (
      /^\[?\s*\{/.test(head.trimStart()) &&
      /"mapping"\s*:\s*\{\s*"[^"]{1,200}"\s*:\s*\{/.test(head) &&
      /"(?:parent|children)"\s*:/.test(head)
    )
  },
  read: readChatGpt,
}

async function readChatGpt(
  source: ImportSource,
  redact: Redact,
  signal?: AbortSignal,
): Promise<ImportResult> {
  const tally = new TallyDraft(source.path)
  const reading = new ExportReading({ format: FORMAT, sourcePath: source.path, redact, tally })
  for await (const { value, line } of sourceValues(source, tally, signal)) {
    for (const item of Array.isArray(value) ? (value as readonly unknown[]) : [value]) {
      signal?.throwIfAborted()
      await reading.readConversation(item, line)
    }
  }
  return { sessions: await reading.finish(), tally: tally.finish() }
}

class ExportReading {
  readonly #context: DraftContext
  readonly #sessions = new Map<string, { draft: SessionDraft; name: string }>()
  readonly #seen = new Set<string>()
  /** Messages of the source so far: an export is one line. */
  #items = 0

  constructor(context: DraftContext) {
    this.#context = context
  }

  async readConversation(value: unknown, line: number): Promise<void> {
    const { tally } = this.#context
    const tree = sessionTree(value)
    if (tree === null) {
      tally.countLine()
      return tally.skipBad('not a conversation', line)
    }
    this.#countOthers(tree)
    const session = await this.#sessionOf(tree)
    for (const { id, fields } of tree.live) {
      tally.countLine()
      this.#items += 1
      const said = saidByChatGpt(fields)
      if (said === null) tally.skip('no content', asObject(fields.content)?.content_type)
      else if (this.#seen.has(id)) tally.skip('repeated')
      else {
        this.#seen.add(id)
        await session.draft.add({
          ...said,
          id: derivedId('sevt', FORMAT, id),
          at: utcTime(fields.create_time),
          userId: null,
          agentId: tree.agentId,
          threadId: null,
          line: this.#items,
        })
        tally.countRead()
      }
    }
  }

  async finish(): Promise<readonly ImportedSession[]> {
    const sessions: ImportedSession[] = []
    for (const { draft, name } of this.#sessions.values()) {
      if (draft.size > 0) sessions.push(await draft.finish(name))
    }
    return sessions
  }

  #countOthers({ empty, left }: SessionTree): void {
    const { tally } = this.#context
    const count = (times: number, reason: string): void => {
      for (let n = 0; n < times; n += 1) {
        tally.countLine()
        tally.skip(reason)
      }
    }
    count(empty, 'no content')
    count(left, 'left by a rewind')
  }

  /** A conversation without an id is known by its first message. */
  async #sessionOf(tree: SessionTree): Promise<{ draft: SessionDraft; name: string }> {
    const file = basename(this.#context.sourcePath)
    const nativeId = tree.id ?? `from ${tree.live[0]?.id ?? file}`
    const known = this.#sessions.get(nativeId)
    if (known !== undefined) return known
    const draft = new SessionDraft(this.#context, derivedId('sesn', FORMAT, nativeId), null)
    if (tree.title !== null) await draft.titled(tree.title)
    const session = { draft, name: tree.title ?? file }
    this.#sessions.set(nativeId, session)
    return session
  }
}
