import {
  appendFileSync,
  mkdirSync,
  mkdtempSync,
  rmSync,
  statSync,
  utimesSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setImmediate as nextTurn } from 'node:timers/promises'
import { LIMITS } from '../../src/config.ts'
import { DEFAULT_WORKSPACE } from '../../src/core/ids.ts'
import { SESSION_ENDS_FILE, sessionEndLine } from '../../src/core/session.ts'
import type { DueOutcome, DueRequest, FolderOperations } from '../../src/engine/api.ts'
import type { Deps } from '../../src/engine/operations/deps.ts'
import { folderOperationsOf } from '../../src/engine/operations/folder-operations.ts'
import { RULES } from '../../src/engine/rules.ts'
import { claudeCodeImporter } from '../../src/importers/claude-code.ts'
import { localTranscripts } from '../../src/importers/local-transcripts.ts'
import { lexicalEmbedder } from '../../src/models/lexical-embedder.ts'
import { openEphemeralStorage } from '../../src/storage/ephemeral/ephemeral-storage.ts'
import { openMemoryFolder } from '../../src/storage/folder/memory-folder.ts'
import { sessionEndsIn } from '../../src/storage/folder/session-ends.ts'
import type { Storage } from '../../src/storage/storage.ts'
import { countedIds } from '../support/dream-world.ts'
import { filesBelow } from '../support/folder-world.ts'
import { WITHOUT_MODELS } from '../support/without-models.ts'

/** Real projects of an agent, with notes and transcripts in its layout, and a clock that is ours. */
export class RestingWorld implements Disposable {
  readonly base: string = mkdtempSync(join(tmpdir(), 'reverie-resting-'))
  readonly clock: { now: number }
  readonly storage: Storage
  readonly reverie: FolderOperations
  /** Transcripts that were opened, by path, since somebody emptied it. */
  readonly opened: string[] = []

  private constructor(storage: Storage, start: number, more: Partial<Deps>) {
    this.clock = { now: start }
    this.storage = storage
    this.reverie = folderOperationsOf({ ...this.#deps(), ...more })
    mkdirSync(join(this.base, 'home'))
  }

  static async open(start: number, more: Partial<Deps> = {}): Promise<RestingWorld> {
    const storage = more.storage ?? (await openEphemeralStorage({ workspaceId: DEFAULT_WORKSPACE }))
    return new RestingWorld(storage, start, more)
  }

  #deps(): Deps {
    const home = join(this.base, 'home')
    const local = localTranscripts(async (text) => ({ text, kinds: [] }), [claudeCodeImporter])
    let batches = 0
    return {
      home,
      nodeVersion: process.versions.node,
      storage: this.storage,
      transcripts: {
        ...local,
        read: (source, format, signal) => {
          this.opened.push(source.path)
          return local.read(source, format, signal)
        },
      },
      embedder: lexicalEmbedder(),
      rules: RULES,
      models: WITHOUT_MODELS,
      secrets: { mask: async (text) => text },
      openFolder: (root) =>
        openMemoryFolder({ root, stateDir: join(home, 'journal'), limits: LIMITS }),
      sessionEnds: sessionEndsIn(home, () => {
        batches += 1
        return String(batches)
      }),
      now: () => new Date(this.clock.now),
      newId: countedIds(),
      wait: async (_ms, signal) => {
        await nextTurn()
        signal?.throwIfAborted()
      },
    }
  }

  memoryOf(project: string): string {
    return join(this.transcriptsOf(project), 'memory')
  }

  transcriptsOf(project: string): string {
    return join(this.base, 'projects', project)
  }

  /** Adds lines to a note, as an agent does. */
  note(project: string, lines: readonly string[], name = 'notes.md'): void {
    mkdirSync(this.memoryOf(project), { recursive: true })
    appendFileSync(join(this.memoryOf(project), name), lines.map((line) => `- ${line}\n`).join(''))
  }

  /** The user says something in a session now; returns the transcript. */
  say(project: string, session: string, text: string): string {
    const path = join(this.transcriptsOf(project), `${session}.jsonl`)
    mkdirSync(this.transcriptsOf(project), { recursive: true })
    const timestamp = new Date(this.clock.now).toISOString()
    const uuid = `${project}-${session}-${statSync(path, { throwIfNoEntry: false })?.size ?? 0}`
    const message = { role: 'user', content: text }
    const row = { type: 'user', uuid, sessionId: `${project}-${session}`, timestamp, message }
    appendFileSync(path, `${JSON.stringify(row)}\n`)
    utimesSync(path, this.clock.now / 1_000, this.clock.now / 1_000)
    return path
  }

  /** What the hook leaves when a session ends. */
  end(transcript: string): void {
    const at = new Date(this.clock.now).toISOString()
    appendFileSync(join(this.base, 'home', SESSION_ENDS_FILE), sessionEndLine({ transcript, at }))
  }

  look(project: string, more: Partial<DueRequest> = {}): Promise<DueOutcome> {
    return this.reverie.dreamIfDue({
      memory: this.memoryOf(project),
      // The notes lie beside the transcripts; a folder is searched for transcripts alone.
      sessions: [this.transcriptsOf(project)],
      autoApply: 'off',
      ...more,
    })
  }

  files(project: string): Readonly<Record<string, string>> {
    return filesBelow(this.memoryOf(project))
  }

  /** Writes a whole note anew. */
  rewrite(project: string, content: string, name = 'notes.md'): void {
    writeFileSync(join(this.memoryOf(project), name), content)
  }

  [Symbol.dispose](): void {
    rmSync(this.base, { recursive: true, force: true })
  }
}
