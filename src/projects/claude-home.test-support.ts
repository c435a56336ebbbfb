import { mkdirSync, mkdtempSync, realpathSync, rmSync, utimesSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'

type Files = Readonly<Record<string, string>>

export interface SaidSession {
  readonly id: string
  /** What a person said, one message each. */
  readonly said?: readonly string[]
  readonly at?: string
  /** ISO 8601, of the file. */
  readonly modifiedAt?: string
  /** Names of sub-agents, each with a transcript of its own. */
  readonly subAgents?: readonly string[]
}

/** A home of somebody who works with Claude Code, in its real layout, in a temporary folder. */
export class ClaudeHome implements Disposable {
  readonly home: string = realpathSync(mkdtempSync(join(tmpdir(), 'reverie-home-')))
  readonly configFolder: string = join(this.home, '.claude')

  constructor() {
    mkdirSync(join(this.configFolder, 'projects'), { recursive: true })
  }

  path(...names: readonly string[]): string {
    return join(this.home, ...names)
  }

  write(path: string, text: string): string {
    mkdirSync(dirname(path), { recursive: true })
    writeFileSync(path, text)
    return path
  }

  /** A git repository as far as its folders go. Returns its path. */
  repository(name: string): string {
    mkdirSync(this.path(name, '.git'), { recursive: true })
    return this.path(name)
  }

  /** A worktree of a repository, linked both ways as git does. Returns its path. */
  worktree(repository: string, name: string): string {
    const own = join(repository, '.git', 'worktrees', name)
    const path = this.path(name)
    this.write(join(path, '.git'), `gitdir: ${own}\n`)
    this.write(join(own, 'commondir'), '../..\n')
    this.write(join(own, 'gitdir'), `${join(path, '.git')}\n`)
    return path
  }

  /** Where Claude Code keeps what belongs to a working folder. */
  projectFolder(workingFolder: string): string {
    return join(this.configFolder, 'projects', workingFolder.replaceAll(/[^a-zA-Z0-9]/g, '-'))
  }

  notes(workingFolder: string, files: Files): string {
    const memory = join(this.projectFolder(workingFolder), 'memory')
    for (const [name, text] of Object.entries(files)) this.write(join(memory, name), text)
    return memory
  }

  /** A transcript of work in a folder; returns its path. */
  session(workingFolder: string, session: SaidSession, folder?: string): string {
    const { id, at = '2026-11-01T10:00:00.000Z', said = ['hello'], modifiedAt } = session
    const project = folder ?? this.projectFolder(workingFolder)
    const rows = said.map((content, n) => ({
      type: 'user',
      uuid: `${id}-${n}`,
      parentUuid: n === 0 ? null : `${id}-${n - 1}`,
      sessionId: id,
      cwd: workingFolder,
      version: '2.1.202',
      userType: 'external',
      isSidechain: false,
      timestamp: at,
      message: { role: 'user', content },
    }))
    const path = this.write(join(project, `${id}.jsonl`), jsonl(rows))
    const time = new Date(modifiedAt ?? at)
    utimesSync(path, time, time)
    for (const name of session.subAgents ?? []) {
      const agent = join(project, id, 'subagents', `agent-${name}.jsonl`)
      const own = rows.map((row) => ({ ...row, uuid: `${name}-${row.uuid}`, isSidechain: true }))
      this.write(agent, jsonl(own))
      utimesSync(agent, time, time)
    }
    return path
  }

  [Symbol.dispose](): void {
    rmSync(this.home, { recursive: true })
  }
}

function jsonl(rows: readonly object[]): string {
  return rows.map((row) => `${JSON.stringify(row)}\n`).join('')
}
