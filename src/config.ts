import { MODEL_LIMITS } from './model-limits.ts'

const OTHER_LIMITS = {
  /** The wire's, for `store:` memories. */
  memoryBytesMax: 102_400,
  memoriesPerStoreMax: 2_000,
  /** The most that the setting of the server may allow. */
  memoriesPerStoreSettingMax: 1_000_000,
  pathBytesMax: 1_024,
  pathSegmentsMax: 20,
  instructionsCharsMax: 4_096,
  storeNameCharsMax: 255,
  storeDescriptionCharsMax: 1_024,
  metadataPairsMax: 16,
  metadataKeyCharsMax: 64,
  metadataValueCharsMax: 512,
  /** A person's words in place of proposed ones. */
  editedTextCharsMax: 4_000,
  /** What a decision names of what was shown. */
  digestCharsMax: 128,
  /** Search: words of a query; memories up to which near words count besides equal ones. */
  searchQueryCharsMax: 1_000,
  searchNearMemoriesMax: 1_000,
  /** Of more memories that hold a word of a query, those that hold the most telling words are ranked. */
  searchCandidatesMax: 300,
  /** Entries of the ledger that a search in history looks at, and vectors kept in RAM. */
  searchHistoryMax: 5_000,
  searchVectorsKept: 10_000,
  /**
   * Health: units whose nearly equal ones are looked for, beyond which only equal ones count, and
   * pairs of them that are judged.
   */
  healthUnitsMax: 2_000,
  healthPairsMax: 500,
  /** Sessions of a store that are looked at, and dreams whose changes are, newest first. */
  healthSessionsMax: 1_000,
  healthDreamsMax: 100,
  /** Folders have their own. */
  folderFilesMax: 5_000,
  folderFileBytesMax: 1_048_576,
  /** Names of any kind that reading a folder looks at. */
  folderEntriesMax: 100_000,
  indexLinesMax: 200,
  indexBytesMax: 25_600,
  /** Imports. */
  sourceBytesMax: 1_073_741_824,
  sourceLineBytesMax: 16_777_216,
  sourceFilesMax: 10_000,
  /** Places of secrets and of damage that are kept of one source, each. */
  importMarkPlacesMax: 200,
  /**
   * One value of a JSON document (an element, where it is a list), the objects and lists in it, and
   * a JSON document of an upload; JSONL is read line by line.
   */
  jsonSourceBytesMax: 67_108_864,
  jsonContainersMax: 2_000_000,
  eventTextCharsMax: 1_000_000,
  /** A dream. */
  sessionsPerBatchMax: 100,
  clusterSizeMax: 12,
  /** Statements of one session that are not worth a memory but may outdate one. */
  plainStatementsMax: 300,
  neighboursMax: 10,
  /**
   * Pairs that one dream asks a model about for the first time, in all and of two notes that the
   * model has seen before; pairs of one question; notes far apart in words, for each note.
   */
  pairsAskedMax: 400,
  oldPairsAskedMax: 100,
  pairsPerCallMax: 12,
  /** Notes that one claim is asked about with, besides those that a model named. */
  notesPerClaimMax: 4,
  distantPairsPerNoteMax: 3,
  sessionsWithFixMin: 2,
  sessionsWithoutFixMin: 3,
  newLessonsMax: 5,
  /** Independent users behind what a team or an organisation is told of them (design, section 3). */
  sharedUsersTeamMin: 3,
  sharedUsersOrgMin: 5,
  /** Collective dreams. */
  collectiveInputsMax: 50,
  collectiveTargetsMax: 20,
  collectiveSessionsMax: 100,
  /** What an agent is called in lessons. */
  collectiveAgentCharsMax: 128,
  /** What may be forgotten by its words. */
  erasureQuoteCharsMin: 8,
  erasureQuoteCharsMax: 4_000,
  /** Larger files beside the database are listed, not read. */
  erasureFileBytesMax: 67_108_864,
  lessonWordsMax: 60,
  changesMax: 2_000,
  lossUnitsMin: 5,
  lossShareMax: 0.25,
  probesMax: 150,
  searchHitsMax: 100,
  /** How long a process may hold a dream without renewing, in ms; after a kill, so long a wait. */
  leaseMs: 15_000,
  /** Requests: a JSON body, how deep it is nested, and how much of a refused name is told. */
  requestBytesMax: 1_048_576,
  jsonDepthMax: 100,
  valueCharsToldMax: 100,
  keysMax: 1_000,
  /**
   * Answers to requests for dreams: how long a connection has to stay open behind one, how long a
   * cut one may be asked for again, and how long a retry waits to learn whether it was cut.
   */
  deliveryGraceMs: 300,
  deliveryKeptMs: 600_000,
  deliveryWaitMs: 5_000,
  deliveriesMax: 1_000,
  /**
   * Connections: time for the head of a request, a JSON body, an import; how long a client may leave
   * its answer unread; how often that is looked at; how long stopping may take.
   */
  headersMs: 10_000,
  bodyMs: 14_000,
  importMs: 900_000,
  slowClientMs: 15_000,
  keepAliveMs: 10_000,
  connectionsCheckMs: 5_000,
  stopMs: 8_000,
  headerBytesMax: 16_384,
  connectionsMax: 10_000,
  connectionsPerAddressMax: 500,
  /** Operations: free space under which the server is not ready; lines and dreams of one look. */
  diskFreeBytesMin: 67_108_864,
  auditLinesAtOnce: 1_000,
  /** Lines of the audit that one page looks at for those of one subject. */
  auditLinesLookedAtMax: 10_000,
  /** Held changes of one dream that only add a text; further ones are left out and counted. */
  heldPerDreamMax: 200,
  /** Held change-sets that the command line shows. */
  heldListedMax: 500,
  /** Dreams that one page of held changes looks at. */
  heldDreamsLookedAtMax: 100,
  pageScriptSeconds: 3_600,
  /** Kept answers to requests with an idempotency key. */
  replyKeptMs: 86_400_000,
  idempotencyKeyCharsMax: 255,
  keyNameCharsMax: 100,
  /**
   * Dreams of the server. The largest input; how many run at once, unless set and at most;
   * how long one may take; how often a run looks whether it was canceled and a runner whether there
   * is work, in ms; how often a dream is started again after a crash; lines of its session that tell
   * of one stage.
   */
  dreamMemoriesMax: 20_000,
  dreamStoreBytesMax: 67_108_864,
  dreamsAtOnce: 2,
  dreamsAtOnceMax: 64,
  dreamMsMax: 7_200_000,
  dreamHeartbeatMs: 1_000,
  /** How long a dream computes before others get a turn, in ms. */
  dreamTurnMs: 25,
  dreamLookMs: 2_000,
  /** How often a program that waits for a dream looks, in ms. */
  finishedLookMs: 50,
  dreamStartsMax: 100,
  dreamStageLinesMax: 4,
  /** How long a command waits for another process's write, in ms. */
  busyTimeoutMs: 10_000,
  /** Lists of the wire: items of a page, of one with contents, and the length of a cursor. */
  pageItemsDefault: 20,
  pageItemsMax: 100,
  fullViewItemsMax: 20,
  cursorCharsMax: 8_192,
  idCharsMax: 128,
  /** Agents and environments. */
  agentNameCharsMax: 256,
  agentDescriptionCharsMax: 2_048,
  agentToolsMax: 256,
  agentServersMax: 20,
  agentSkillsMax: 64,
  agentSystemCharsMax: 100_000,
  roleArnCharsMax: 2_048,
  serverNameCharsMax: 255,
  serverUrlCharsMax: 2_048,
  hostCharsMax: 253,
  packageCharsMax: 256,
  packagesPerListMax: 256,
  allowedHostsMax: 256,
  /** Sessions on the wire: what is attached, how they open, what one request sends and one page shows. */
  sessionStoresMax: 8,
  sessionResourcesMax: 100,
  sessionVaultsMax: 100,
  sessionTitleCharsMax: 1_024,
  initialEventsMax: 50,
  eventsPerRequestMax: 1_000,
  contentBlocksMax: 1_000,
  eventPageItemsMax: 1_000,
  rubricCharsMax: 262_144,
  outcomeIterationsMax: 20,
  /** Sleep. A look at schedules, in ms; one that waits for something new is looked at so often. */
  sleepLookMs: 60_000,
  /** The shortest rest between two rounds of looks. */
  sleepRestMs: 1_000,
  schedulesMax: 1_000,
  /** What one look reads at most: sessions of a store, and versions down to the last of a person. */
  sleepSessionsMax: 10_000,
  sleepVersionsMax: 20_000,
  /** How long the estimate of what is wrong with a store is good, in ms. */
  sleepStoreSideMs: 3_600_000,
  /** How long a process that looks after a folder may be silent before it counts as gone, in ms. */
  folderLookMs: 900_000,
  /** A transcript is written to for so long after its session has ended, in ms. */
  sessionEndMs: 10_000,
  /** What a hook reads of its agent, a line that it leaves, and all lines until they are noted. */
  hookInputBytesMax: 65_536,
  hookLineBytesMax: 4_096,
  sessionEndsBytesMax: 1_048_576,
  /** Of a dream in the background; a larger log starts anew. */
  dreamLogBytesMax: 1_048_576,
  /** What adds up to one whole reason to dream. */
  pressureSessions: 5,
  pressureTokens: 150_000,
  pressureUnits: 50,
  pressureDuplicateShare: 0.1,
  pressureOpenConflicts: 5,
  /** Share of the memories a store may hold from which its size counts. */
  pressureSizeShareMin: 0.8,
  /** Between these the cooldown of a schedule adapts itself, in ms. */
  adaptedCooldownMsMin: 14_400_000,
  adaptedCooldownMsMax: 604_800_000,
  /** Shares of accepted changes below which it doubles and above which it halves. */
  acceptedShareLow: 0.02,
  acceptedShareHigh: 0.2,
  /** The longest times a schedule may name, in ms, and the largest minimum. */
  idleMsMax: 604_800_000,
  cooldownMsMax: 7_776_000_000,
  latestByMsMax: 31_622_400_000,
  scheduleMinimumMax: 1_000_000_000,
  cronCharsMax: 200,
  timeZoneCharsMax: 64,
  /** Streams of events: open ones of a process, looks at the log, lines of a look, signs of life. */
  streamsMax: 256,
  streamLookMs: 1_000,
  streamLinesMax: 100,
  streamKeepAliveMs: 15_000,
  /** Imports over the wire: lines of a transaction, bad lines told one by one. */
  importLinesAtOnce: 500,
  badLinesToldMax: 100,
  badLinesPerReasonMax: 5,
  /** Projects of coding agents, transcripts of one, and bytes of one that are read to know its folder. */
  projectsMax: 1_000,
  projectTranscriptsMax: 10_000,
  projectHeadBytesMax: 65_536,
  settingsFileBytesMax: 1_048_576,
  /** Dreams that one list at the command line holds. */
  dreamsListedMax: 500,
  /** Memories of other programs: items of one export, and characters of what is kept beside a text. */
  importedItemsMax: 20_000,
  importedMetadataCharsMax: 4_096,
  /** An exported store: lines beside its files, and bytes of all. */
  exportLinesMax: 1_000_000,
  exportBytesMax: 1_073_741_824,
  /** Sessions that one dream at the command line reads; older ones first, the rest is told as pending. */
  sessionsPerFolderDreamMax: 2_000,
  /** New events of them, after the first session: what is pinned of a dream has to fit in memory. */
  eventsPerFolderDreamMax: 500_000,
  /** Damages that one check names; further ones are counted. */
  damagesToldMax: 1_000,
  /** How long transcripts are kept after everything they say is decided, in days. */
  retentionDaysDefault: 30,
  retentionDaysMax: 36_500,
  /** Longer texts of a person were hardly typed. */
  typedCharsMax: 4_000,
} as const

/**
 * Every limit of the product by name, so that nothing is unbounded. What people may set stands in
 * settings.ts.
 */
export const LIMITS: typeof OTHER_LIMITS & typeof MODEL_LIMITS = {
  ...OTHER_LIMITS,
  ...MODEL_LIMITS,
}

/** Names of the transcript formats that are read, in the order in which a source is judged. */
export const TRANSCRIPT_FORMATS: readonly string[] = [
  'claude-code',
  'codex',
  'session-events',
  'langchain',
  'chatgpt',
  'messages-api',
  'chat',
]

/** What is read as memories: an exported store, markdown, or what other programs export. */
export const MEMORY_FORMATS = ['reverie', 'markdown', 'mem0', 'letta'] as const
