/** Names that say nothing: in no file or folder name, and at the end of no exported name. */
export const EMPTY_NAMES: readonly string[] = [
  'common',
  'handler',
  'helper',
  'helpers',
  'impl',
  'interfaces',
  'lib',
  'manager',
  'misc',
  'service',
  'shared',
  'types',
  'util',
  'utils',
]

/** Second words for our things -> the one word (docs/glossary.md). Not used in names of ours. */
export const SECOND_WORDS: Readonly<Record<string, string>> = {
  attorney: 'the plain word',
  backend: 'storage',
  bank: 'memory store',
  cancelled: 'canceled',
  citation: 'evidence',
  collection: 'memory store',
  consolidation: 'dream',
  conversation: 'session',
  dedupe: 'merge',
  episode: 'session',
  fact: 'claim or unit',
  guidance: 'instructions',
  hippocampus: 'the plain word',
  invalidate: 'supersede',
  job: 'dream',
  llm: 'model',
  moderation: 'review',
  mutation: 'change',
  observation: 'insight',
  phase: 'stage',
  record: 'memory, unit or ledger entry',
  reflection: 'insight',
  repository: 'storage',
  vote: 'decision',
}

/** Of these, the ones that have another, ordinary sense too: second words in names of types only. */
export const SECOND_WORDS_IN_TYPE_NAMES: readonly string[] = ['fact', 'record', 'repository']
