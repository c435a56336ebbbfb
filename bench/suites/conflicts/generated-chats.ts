import { seededRandom } from '../../../src/testing/seeded-random.ts'
import { shuffled } from '../../harness/shuffled.ts'
import type { Chat, ChatQuestion, Turn } from './chat.ts'

/** Statements that cannot both hold, with nothing that says which does. */
const CONTRADICTIONS: readonly (readonly [string, string])[] = [
  ['I have never been to the Ostrava office.', 'I worked in the Ostrava office for two weeks.'],
  ['Our importer reads CSV files.', 'Our importer does not read CSV files.'],
  ['I have never used Flask in a project.', 'I have used Flask in three projects.'],
  ['My landlord allows pets.', "My landlord doesn't allow pets."],
  ['The staging server has a backup.', 'The staging server has no backup.'],
  ['I am allergic to peanuts.', 'I am not allergic to peanuts.'],
  [
    'The Marlow contract can be cancelled monthly.',
    'The Marlow contract cannot be cancelled monthly.',
  ],
  ['Our team reviews every pull request.', 'Our team does not review every pull request.'],
  ['I have never met the client in person.', 'I met the client in person at the trade fair.'],
  ['The archive is open on Sundays.', 'The archive is closed on Sundays.'],
  ['My car has an automatic gearbox.', 'My car has a manual gearbox.'],
  ['The mobile app supports offline mode.', 'The mobile app does not support offline mode.'],
]

/** What was true first, what is true now, and the words that only the latter has. */
const UPDATES: readonly (readonly [string, string, string])[] = [
  ['My weekly running goal is 20 km.', 'I raised my weekly running goal to 35 km.', '35'],
  [
    'The budget of the Tarn project is $12,000.',
    'The budget of the Tarn project is now $15,500.',
    '15,500',
  ],
  [
    'My appointment with Dr. Hale is on May 3.',
    'My appointment with Dr. Hale was moved to May 17.',
    '17',
  ],
  [
    'The API rate limit is 200 requests a minute.',
    'The API rate limit was raised to 450 requests a minute.',
    '450',
  ],
  [
    'I have 14 chapters of my thesis outlined.',
    'I have 19 chapters of my thesis outlined now.',
    '19',
  ],
  ['Our team has 6 developers.', 'Our team has grown to 9 developers.', '9'],
]

/** Nothing in any chat answers these. */
const UNANSWERED: readonly string[] = [
  'What does the landlord say about parking bicycles in the yard?',
  'How much does the Marlow contract cost per month?',
  'Which doctor treats the allergy to peanuts?',
  'Who leads the team that reviews pull requests?',
  'What colour is the car with the gearbox?',
  'Which trade fair did the client visit last?',
]

const FILLER: readonly (readonly [string, string])[] = [
  [
    'How do I sort a list by two keys?',
    'Give the sort a key of both, the more important one first.',
  ],
  ['Can you suggest a name for a cat?', 'Miso, Pixel and Biscuit are popular.'],
  ['What is a good substitute for butter?', 'Olive oil works in most doughs.'],
  ['Explain what a mutex is.', 'It lets one thread at a time enter a section.'],
  ['How long do I boil an egg?', 'Six to ten minutes, as soft as you like it.'],
  ['Why is the sky blue?', 'Short waves of light are scattered more than long ones.'],
  ['What rhymes with orange?', 'Nothing quite does; door hinge comes close.'],
  ['Give me three stretching exercises.', 'Toe touches, a doorway stretch and a seated twist.'],
]

export interface AskedChat {
  readonly chat: Chat
  readonly questions: readonly ChatQuestion[]
}

/** Short chats: statements at drawn places between questions that say nothing of the person. */
export function generatedChats(seed: number): readonly AskedChat[] {
  const random = seededRandom(seed)
  const contradictions = CONTRADICTIONS.map((sides, n): AskedChat => {
    const [chat, [first, second]] = chatOf(`contradiction-${n}`, shuffled(sides, random), random)
    const turns = [first ?? 0, second ?? 0].map((id) => [id])
    const question = UNANSWERED[n % UNANSWERED.length] ?? ''
    const asked: readonly ChatQuestion[] = [
      { kind: 'contradiction', sides: turns },
      { kind: 'abstention', question },
    ]
    return { chat, questions: asked }
  })
  const updates = UPDATES.map(([before, after, token], n): AskedChat => {
    const [chat, [first, second]] = chatOf(`update-${n}`, [before, after], random)
    const question: ChatQuestion = {
      kind: 'knowledge_update',
      oldTurns: [first ?? 0],
      newTurns: [second ?? 0],
      tokens: [token],
    }
    return { chat, questions: [question] }
  })
  return [...contradictions, ...updates]
}

/** A chat of one session, and the turns in which the statements stand. */
function chatOf(
  id: string,
  statements: readonly string[],
  random: () => number,
): readonly [chat: Chat, turns: readonly number[]] {
  const places = shuffled([...FILLER.keys()], random)
    .slice(0, statements.length)
    .toSorted()
  const exchanges = shuffled(FILLER, random).flatMap(([asked, answered], n) => {
    const said = statements[places.indexOf(n)]
    const own = said === undefined ? [] : [[said, 'Thanks, good to know.'] as const]
    return [...own, [asked, answered] as const]
  })
  const turns = exchanges.flatMap(([asked, answered], n): readonly Turn[] => [
    { id: 2 * n, role: 'user', time_anchor: n === 0 ? 'March-15-2026' : null, text: asked },
    { id: 2 * n + 1, role: 'assistant', time_anchor: null, text: answered },
  ])
  const idOf = (said: string): readonly number[] =>
    turns.filter(({ text }) => text === said).map((turn) => turn.id)
  return [{ id, turns }, statements.flatMap(idOf)]
}
