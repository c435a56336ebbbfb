/** A transcript as the file system lists it; nothing of it has been read. */
export interface TranscriptFile {
  /** Absolute, links to its folder followed. */
  readonly path: string
  readonly sizeBytes: number
  /** ISO 8601, of the file: good for telling activity and what is unchanged, never evidence. */
  readonly modifiedAt: string
}

/** A project of a coding agent on this machine, with its notes and its transcripts. */
export interface AgentProject {
  /** What the agent calls it: the name of its folder. */
  readonly name: string
  /** Where people work on it, as its transcripts say; null = no transcript says so. */
  readonly workingFolder: string | null
  /** Absolute: where it keeps its notes, or would keep them. */
  readonly memoryPlace: string
  /** The same where at least one note stands in it; null = there is none. */
  readonly memoryFolder: string | null
  /** Markdown files of the memory. */
  readonly notes: number
  /** Lines of `MEMORY.md`; null = there is none. */
  readonly indexLines: number | null
  /** Absolute: where it keeps transcripts of this project, or would keep them; at least one. */
  readonly transcriptFolders: readonly string[]
  /** Sessions, those of sub-agents among them, by path. */
  readonly transcripts: readonly TranscriptFile[]
  /** Days after which the agent deletes a transcript; null = never. */
  readonly keepsDays: number | null
}

/** A program that tidies a memory by itself now. */
export interface OtherDreamer {
  /** Of the program, for people. */
  readonly name: string
  /** How it is known: the setting or the lock file, with its path. */
  readonly why: string
  /** How to switch it off, or when it will be done. */
  readonly next: string
}

/** A settings file as it is and as it would be; `before` null = there is none yet. */
export interface SettingsEdit {
  /** Absolute. */
  readonly path: string
  readonly before: string | null
  /** Null = the file goes: it held nothing but ours. Equal to `before` = nothing to do. */
  readonly after: string | null
  /** Absolute: settings that keep every hook of the agent from running; null = none do. */
  readonly hooksOffIn: string | null
}

/** What knows of programs that tidy memories by themselves. */
export interface DreamerWatch {
  /** Whoever tidies this memory now, or will without being asked. What cannot be read is nobody. */
  otherDreamers(memoryFolder: string): Promise<readonly OtherDreamer[]>
}

/** Coding agents of this machine whose memories and transcripts are files. */
export interface AgentProjects extends DreamerWatch {
  /** All with a note or a transcript, by name. Bounded; what cannot be read is left out. */
  list(): Promise<readonly AgentProject[]>
  /**
   * The project that a folder belongs to: worktrees and folders below share that of their
   * repository. One where no agent has worked has no notes and no transcripts.
   */
  at(workingFolder: string): Promise<AgentProject>
  /**
   * What switches our command at the end of each session on or off. Writes nothing; throws
   * `invalid_request_error` for settings that cannot be read. `details` of whatever it throws on
   * account of a settings file: `path`, and `hook`, the text to add to it by hand.
   */
  planHook(command: string, isOn: boolean): Promise<SettingsEdit>
  /** Throws `conflict_error` where the file is no longer as planned. */
  writeHook(edit: SettingsEdit): Promise<void>
}

/** The same projects, with what others know of dreamers. */
export function withWatches(
  projects: AgentProjects,
  watches: readonly DreamerWatch[],
): AgentProjects {
  return {
    list: () => projects.list(),
    at: (workingFolder) => projects.at(workingFolder),
    planHook: (command, isOn) => projects.planHook(command, isOn),
    writeHook: (edit) => projects.writeHook(edit),
    otherDreamers: async (memoryFolder) => {
      const all = [projects, ...watches].map((watch) => watch.otherDreamers(memoryFolder))
      return (await Promise.all(all)).flat()
    },
  }
}
