/** Limits on what models are shown, asked and paid, and on what comes back; part of `LIMITS`. */
export const MODEL_LIMITS = {
  /** Models on a plan. Quotes that a lesson is worded from; items of one question. */
  lessonQuotesMax: 5,
  entailBatchMax: 8,
  answerBatchMax: 8,
  /** Probes that a model makes: in all, notes they are made from in all and in one question. */
  modelProbesMax: 60,
  probeNotesMax: 240,
  probeNotesPerCallMax: 40,
  probeQuestionCharsMax: 300,
  /** How often change-sets are held and the probes asked again. */
  probeRoundsMax: 8,
  /** Share of a plan's probes that may break, and of its change-sets that probes may hold. */
  brokenProbesShareMax: 0.02,
  probeHeldSetsShareMax: 0.2,
  /** What models read, in tokens as `tokensIn` counts them. */
  chunkTokensMax: 24_000,
  /** Messages and the notes near to them. */
  changesChunkTokensMax: 10_000,
  overlapTokensMax: 2_000,
  profileTokensMax: 1_500,
  profileLinesMax: 60,
  /** Notes that one question about changes shows, and those near to one message. */
  notesShownMax: 100,
  notesPerMessageMax: 3,
  noteCharsMax: 400,
  claimsPerChunkMax: 40,
  claimWordsMax: 60,
  /** Statements of one dream that are known to need another one. */
  dependenciesMax: 200,
  quoteWordsMax: 30,
  quoteCharsMax: 600,
  /** Asking models: the most that a setting or an option may allow. */
  budgetTokensMax: 1_000_000_000,
  budgetUsdMax: 100_000,
  modelTimeoutSecondsMax: 3_600,
  /** A price table as a file. */
  pricesBytesMax: 1_048_576,
  /** Calls to models. One answer, decoded. */
  modelAnswerBytesMax: 8_388_608,
  modelNameCharsMax: 256,
  /** Room for what a model thinks before it answers, where thinking counts as output. */
  modelThinkingTokensMax: 3_000,
  modelConnectMsMax: 30_000,
  /** By provider: calls under way, and calls that wait for their turn. */
  modelCallsAtOnce: 4,
  modelCallsWaitingMax: 10_000,
  modelTriesMax: 4,
  /** First wait before a call is tried again; doubles with each try. */
  modelBackoffMs: 1_000,
  modelBackoffMsMax: 30_000,
  /** The longest wait that a provider may ask for. */
  modelWaitMsMax: 300_000,
  /** Failed calls in a row after which a provider is left alone for a while. */
  modelFailuresMax: 5,
  modelBreakMs: 60_000,
  cassetteManifestBytesMax: 65_536,
  /** A kept answer, escaped as JSON. */
  cassetteAnswerBytesMax: 67_108_864,
  /** A whole cassette as it is imported. */
  cassetteFilesMax: 100_000,
  cassetteBytesMax: 1_073_741_824,
  /** One answer as a dream reads it, and what a second try is told of the first. */
  answerCharsMax: 1_000_000,
  faultsToldMax: 10,
  faultCharsMax: 200,
} as const
