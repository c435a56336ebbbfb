import type { Row } from '../../harness/row.ts'
import { type ShareReading, shareRows } from '../../harness/share-rows.ts'
import { type BenchContext, type BenchSet, type Suite, sampleOf } from '../../harness/suite.ts'
import { type Chat, isAbout, readQuestion, sessionsOf } from './chat.ts'
import { type ScoredQuestion, scoreQuestion } from './chat-score.ts'
import { type AskedChat, generatedChats } from './generated-chats.ts'

const FOLDER = 'conversations'
const GENERATED = 'generated-chats'
const QUESTIONS = '-questions'

/** Are statements that cannot both hold shown to a person, and updates told from them? */
export const conflicts: Suite = {
  name: 'conflicts',
  about: 'statements that cannot both hold shown to a person, not resolved; updates taken over',
  async run(context) {
    const rows: Row[] = []
    for (const set of [...beamSets(context), ownChats]) {
      if (context.only?.includes(set.name) ?? true) rows.push(...(await set.run(context)))
    }
    return rows
  },
}

/** Chats of the project's own, which every folder can run. */
const ownChats: BenchSet = {
  name: GENERATED,
  run: (context) => chatRows(GENERATED, generatedChats(context.seed), context),
}

/** One set for each `beam-*` of the folder that has its questions beside it. */
function beamSets({ data, note }: BenchContext): readonly BenchSet[] {
  const names = data.sets(FOLDER).filter((name) => name.startsWith('beam-'))
  const chats = names.filter((name) => names.includes(`${name}${QUESTIONS}`))
  if (chats.length === 0) note(`no ${FOLDER}/beam-*.jsonl with questions; the sets are left out`)
  return chats.map((name) => ({
    name,
    run(context) {
      const questions =
        context.data.items<Readonly<Record<string, unknown>>>(FOLDER, `${name}${QUESTIONS}`) ?? []
      const asked = (context.data.items<Chat>(FOLDER, name) ?? []).map(
        (chat): AskedChat => ({
          chat,
          questions: questions
            .filter((fields) => isAbout(fields, chat))
            .map(readQuestion)
            .filter((question) => question !== null),
        }),
      )
      return chatRows(name, asked, context)
    },
  }))
}

/** The figures of some chats: one dream each, then its questions. */
async function chatRows(
  set: string,
  chats: readonly AskedChat[],
  context: BenchContext,
): Promise<readonly Row[]> {
  const scored: ScoredQuestion[] = []
  for (const { chat, questions } of sampleOf(context, set, chats)) {
    const sessions = sessionsOf(chat)
    const dreamt = await context.cases.dream({
      memory: {},
      transcripts: sessions.map(({ messages }) => messages),
    })
    scored.push(...questions.map((question) => scoreQuestion(question, sessions, dreamt)))
  }
  return READINGS.flatMap((reading) => shareRows({ suite: 'conflicts', set }, scored, reading))
}

/** A store of raw turns holds both sides of everything, shows no conflict and invents nothing. */
const READINGS: readonly ShareReading<ScoredQuestion>[] = [
  reading('conflict_surfaced', 'contradiction', ({ isSurfaced }) => isSurfaced, false),
  reading('recall', 'knowledge_update', ({ isUpdated }) => isUpdated, false),
  reading('stale', 'knowledge_update', ({ isStale }) => isStale, true),
  reading('invented', 'abstention', ({ isInvented }) => isInvented, false),
]

function reading(
  metric: string,
  kind: ScoredQuestion['kind'],
  isHit: (scored: ScoredQuestion) => boolean,
  byRawTurns: boolean,
): ShareReading<ScoredQuestion> {
  return {
    metric,
    hit: (scored) => (scored.kind === kind ? isHit(scored) : null),
    baselines: { raw_turns: (scored) => (scored.kind === kind ? byRawTurns : null) },
  }
}
