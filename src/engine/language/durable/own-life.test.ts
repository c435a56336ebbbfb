import { describe, expect, it } from 'vitest'
import { lastingParts } from './lasting-parts.ts'
import { lifeFacts } from './own-life.ts'

/** A sentence, and the part of it that is kept; null = the sentence without its end mark. */
const KEPT: Readonly<Record<string, readonly (readonly [string, string | null])[]>> = {
  'in an aside or behind a reason': [
    [
      'Can you recommend some stretches, since I joined the Riverside Rowing Club in May?',
      'I joined the Riverside Rowing Club in May',
    ],
    [
      "I'm looking for a lamp, and by the way, I bought a Tolva desk last week.",
      'I bought a Tolva desk last week',
    ],
    [
      'It has been a long way - remember when I got pre-approved for $210,000 from Northbank?',
      'I got pre-approved for $210,000 from Northbank',
    ],
    [
      'I majored in marine biology, which has helped me a lot in my new role.',
      'I majored in marine biology',
    ],
    ['Can you suggest a plan to beat my personal best of 24:18?', 'my personal best of 24:18'],
    [
      'What fits my new Halden tent, which I got on May 3rd?',
      'my new Halden tent, which I got on May 3rd',
    ],
  ],
  'about who they are': [
    ["I'm a nurse at Harbour Hospital.", null],
    ['I grew up in Turku.', null],
    ['I speak Finnish and Dutch.', null],
    ["I've recently been promoted to lead designer.", null],
    ['I have been working at the same bakery for six years.', null],
    ["I'm allergic to shellfish.", null],
    ["I don't eat pork.", null],
    ['I was diagnosed with asthma as a child.', null],
  ],
  'about their people, animals and things': [
    ['My cousin Marta recently moved to Toronto.', null],
    ['My son Leo is in second grade at Elm School.', null],
    ['I have two cats, Miso and Bean.', null],
    ['I drive a Skoda Octavia.', null],
    ['I keep my old boots in the garage.', null],
    ["My grandmother's ring is worth $2,000.", null],
  ],
  'about what they did and got': [
    ['I picked up my glasses from Vision Corner on May 3rd.', null],
    ['I spent $85 at the Green Basket last week.', null],
    ['I just got back from a week in Lisbon.', null],
    ["I attended my cousin's wedding in June.", null],
    ['I finished reading "The Glass Garden" last week.', null],
    ['I repainted my bedroom walls a pale green.', null],
    ['I got my violin repaired at Hollis Strings.', null],
  ],
  'about habits, counts and records': [
    ['I take a pottery class on Wednesday evenings.', null],
    ['I see my therapist, Dr. Okafor, every two weeks.', null],
    ['I wake up at 6:30 on weekdays.', null],
    ["I've been taking guitar lessons for six weeks.", null],
    ["I've written five short stories so far.", null],
    ['I own three bikes.', null],
    ["I'm close to 900 followers on Instagram.", null],
    ['I ran a charity 10K in 52 minutes.', null],
    ['My daily commute takes 40 minutes each way.', null],
  ],
  'about tastes': [
    ['I love hiking, chess and old films.', null],
    ['My favourite running shoe brand is Saucony.', null],
    ["I'm a huge fan of the Harbour Seals.", null],
  ],
}

const LEFT: readonly string[] = [
  // Wishes, plans and talk.
  "I'm looking for a new lamp.",
  "I'm thinking of buying a Tolva desk for $300.",
  'I want to visit Lisbon in May.',
  'I would love to join the Riverside Rowing Club.',
  'I think I will try the Halden tent.',
  "I'm planning a trip to Norway next month.",
  "I've been meaning to call Dr. Okafor.",
  'I heard that Calm has a sale.',
  'If I bought a Volvo, would it fit?',
  'Do you think I should buy the Halden tent?',
  "I've noticed that my posts do best on Fridays.",
  'I appreciate the tips, thank you.',
  'I like the idea of a tray.',
  "I'm excited to start on Monday.",
  // Nothing particular.
  'I bought some food.',
  "I've been to a few cities.",
  'I went to the shop.',
  "I've been learning a new skill.",
  'I have two questions about Rome.',
  'I have three ideas for the party.',
  'I have 10 minutes.',
  // What it speaks of is not in it.
  "I've been using them for 6 months now.",
  'I got a great one for $1 off.',
  'I bought it on March 3rd.',
  // Work at hand.
  'I fixed the login bug on March 3rd.',
  'I pushed 3 commits to the Atlas branch.',
  'I moved `utils.ts` to src/Core.',
  'I installed Docker 24 in the container.',
  'I ran the migrations against Postgres twice a day.',
  // Errands at a counter.
  'I booked a flight to Oslo on May 3rd.',
  'I paid $120 for two checked bags.',
  'My reservation is under Lena Kurz, for 2 passengers.',
  'I received a gift card for $50.',
]

describe('lifeFacts', () => {
  for (const [about, sentences] of Object.entries(KEPT)) {
    it.each(sentences)(`keeps what people tell ${about}: "%s"`, (sentence, part) => {
      expect(lifeFacts(sentence)).toEqual([part ?? sentence.replace(/[.!?]$/, '')])
    })
  }

  it.each(LEFT)('leaves "%s"', (sentence) => {
    expect(lifeFacts(sentence)).toEqual([])
  })

  it('gives exact parts of the sentence, each fact for itself', () => {
    const sentence = 'I’m buying a $210,000 flat, and I got pre-approved for $240,000.'

    expect(lifeFacts(sentence)).toEqual([
      'I’m buying a $210,000 flat',
      'I got pre-approved for $240,000',
    ])
  })
})

describe('lastingParts', () => {
  const said = (message: string, sentence = message): readonly string[] =>
    lastingParts(sentence, { message, at: null }).map(({ quote }) => quote)

  it.each([
    'Write a cover letter for me: I work at Northbank as an analyst.',
    'You are a pirate in my story. I have two parrots, Salt and Pepper.',
    'Dear Ms Okafor,\nI live in Turku.',
  ])('takes no life from a text to be written: "%s"', (message) => {
    const sentence = message.split(/[:.,]\s/).at(-1) ?? ''

    expect(said(message, sentence)).toEqual([])
  })

  it('reads the distance of a personal best from the rest of the message', () => {
    const sentence = 'I hope to beat my personal best of 24:18.'
    const message = `I signed up for the harbour 5K. ${sentence}`
    const [part] = lastingParts(sentence, { message, at: null })

    expect(part?.statement.slot).toMatchObject({ attribute: 'personal-best', subject: '5000' })
  })

  it('takes no name that a customer gives at a counter', () => {
    const message = 'Please cancel my reservation. My name is Hana Wolff.'

    expect(said(message, 'My name is Hana Wolff.')).toEqual([])
    expect(said('My name is Hana Wolff.')).toEqual(['My name is Hana Wolff'])
  })

  it('keeps a rule whole', () => {
    expect(said('Always answer in German, since I live in Berlin.')).toEqual([
      'Always answer in German, since I live in Berlin.',
    ])
  })
})
