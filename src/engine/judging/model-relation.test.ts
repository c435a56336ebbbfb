import { describe, expect, it } from 'vitest'
import type { Claim } from '../../core/claim.ts'
import { claimEntry } from '../entries.ts'
import type { Entry, Relation } from '../entry.ts'
import { RULES } from '../rules.ts'
import { aNote, aStatement } from '../stages/entry.test-support.ts'
import { modelClaim, OVERLAP, SAME, UPDATE } from '../stages/told-dream.test-support.ts'
import { modelRelation, type Verdict } from './model-relation.ts'

const EARLY = '2026-09-01T10:00:00.000Z'
const LATE = '2026-10-01T10:00:00.000Z'
const CONFLICT: Verdict = { ...UPDATE, rel: 'conflict' }

/** What becomes of two notes of which a model says that they are the same. */
function toldSame(a: string, b: string, verdict: Verdict = SAME): Relation {
  return modelRelation(aNote(a), aNote(b), verdict, RULES).relation
}

function replacing(claim: Partial<Claim> = {}, at: string | null = LATE): Entry {
  return claimEntry(
    modelClaim('The hotline for guests is staffed by Ben.', 'Ben does the hotline', claim, { at }),
  )
}

const NOTE = aNote('The hotline for guests is staffed by Ana.')

function relationOf(claim: Entry, note: Entry, verdict: Verdict = UPDATE): Relation {
  return modelRelation(claim, note, verdict, RULES).relation
}

describe('a verdict that two notes say the same', () => {
  it('counts where nothing stands against it', () => {
    expect(
      toldSame(
        'Prefers a window seat on long flights.',
        'Likes a window seat best on long-haul flights.',
      ),
    ).toBe('same')
  })

  it.each([
    [
      'denial',
      'The gym lets in guests on weekends.',
      'Guests cannot get into the gym on weekends.',
    ],
    ['number', 'The pool takes 20 swimmers at once.', 'At once 40 swimmers fit into the pool.'],
    ['date', 'Rent is due on Monday each month.', 'Each month the rent must be there by Friday.'],
    ['condition', 'The alarm rings loudly.', 'Loudly rings the alarm if the door stays open.'],
    [
      'certainty',
      'The noise comes from the exhaust pipe.',
      'Maybe the exhaust pipe makes the noise.',
    ],
    ['roles', 'Mara manages Jonas.', 'Jonas manages Mara.'],
    ['roles of things', 'The cache calls the queue.', 'The queue calls the cache.'],
    ['names', 'Nils favours merging both teams.', 'Ulrike wants both teams merged.'],
    ['a value', 'The team audits container images.', 'The team audits firewall rules.'],
    ['matter', 'Bread is baked in the cellar.', 'Parcels leave by bicycle courier.'],
    ['a plan', 'We plan to move the archive abroad.', 'The archive was moved abroad by us.'],
    ['more', 'The lift is slow.', 'The janitor suspects that the lift motor is slow.'],
  ])('falls where they differ in %s', (_, a, b) => {
    expect(toldSame(a, b)).toBe('related')
  })

  it('lets a clause move to the other end, word for word, and nothing else', () => {
    const end = 'The crew cleans the big hall on Fridays.'

    expect(toldSame('On Fridays the crew cleans the big hall.', end)).toBe('same')
    expect(toldSame('On Fridays the big hall cleans the crew.', end)).toBe('related')
  })

  it('says that one contains the other where only the other lacks something', () => {
    const [short, long] = [
      'Prefers a window seat on long flights.',
      'Likes a window seat best on long-haul flights, row 12.',
    ]

    expect(toldSame(long, short)).toBe('a_contains_b')
    expect(toldSame(short, long)).toBe('b_contains_a')
    expect(toldSame(long, short, { ...SAME, rel: 'a_more' })).toBe('a_contains_b')
  })

  it('believes no containment of a text that lacks a number of the other', () => {
    const [short, long] = [
      'Prefers a window seat on long flights.',
      'Likes a window seat best on long-haul flights, row 12.',
    ]

    // The model has it the wrong way round: each lacks something then, and none goes.
    expect(toldSame(long, short, { ...SAME, rel: 'b_more' })).toBe('related')
  })

  it('is one matter to be worded where each note has a detail of its own', () => {
    const a = aNote('Prefers a window seat on long flights, row 12.')
    const b = aNote('Likes a window seat best on long-haul flights with Swiss.')

    expect(modelRelation(a, b, OVERLAP, RULES)).toMatchObject({
      relation: 'related',
      asked: 'overlap',
      reasons: [],
    })
    for (const origin of ['dream', 'person'] as const) {
      expect(modelRelation(a, { ...b, origin }, OVERLAP, RULES).asked).toBe('told')
    }
  })

  it('falls across audiences, scopes and languages', () => {
    const text = 'The guest list closes at noon.'
    const [a, b] = [aNote(text), aNote('At noon the guest list closes.')]
    const foreign = aNote('Die Gästeliste schließt am Mittag und ist nicht mehr offen.')

    expect(
      modelRelation(a, { ...b, audience: 'team:x' as Entry['audience'] }, SAME, RULES),
    ).toEqual({ relation: 'none', reasons: ['another audience'], asked: 'told' })
    expect(
      modelRelation(
        aNote(text, { context: ['Production'] }),
        aNote('At noon the guest list closes.', { context: ['Staging'] }),
        SAME,
        RULES,
      ).relation,
    ).toBe('none')
    expect(modelRelation(foreign, foreign, SAME, RULES).relation).toBe('none')
  })
})

describe('a verdict that one takes the place of the other', () => {
  it('replaces a note by a later statement of a person', () => {
    expect(relationOf(replacing(), NOTE)).toBe('a_replaces_b')
    expect(relationOf(replacing(), NOTE, CONFLICT)).toBe('a_replaces_b')
    expect(modelRelation(NOTE, replacing(), UPDATE, RULES).relation).toBe('b_replaces_a')
  })

  it('never puts an older statement in the place of a later one, whatever a model says', () => {
    const note = aNote('The hotline for guests is staffed by Ana.', { at: LATE })

    expect(relationOf(replacing({}, EARLY), note)).toBe('conflict')
    expect(relationOf(replacing({}, EARLY), { ...note, trust: 'user' })).toBe('b_replaces_a')
    expect(
      relationOf(aStatement('The hotline is staffed by Ben.', { at: EARLY }), {
        ...aStatement('The hotline is staffed by Ana.', { at: LATE }),
      }),
    ).toBe('b_replaces_a')
  })

  it('is a conflict where neither is known to be later', () => {
    expect(relationOf(replacing({}, null), { ...NOTE, origin: 'dream' })).toBe('conflict')
    expect(relationOf(NOTE, aNote('Guests on the hotline get Ben.'))).toBe('conflict')
  })

  it('is a conflict where the later one has less authority', () => {
    expect(relationOf({ ...replacing(), trust: 'external' }, NOTE)).toBe('conflict')
  })

  it('is a conflict where one denies the other and no word says that it changed', () => {
    const claim = claimEntry(
      modelClaim('Guests never get the hotline.', 'no hotline for guests', {}, { at: LATE }),
    )

    expect(relationOf(claim, aNote('Guests get the hotline.'))).toBe('conflict')
  })

  it.each<readonly [string, Entry, Entry, Verdict]>([
    ['both may hold', replacing(), NOTE, { ...UPDATE, bothCanHold: true }],
    ['it is another property', replacing(), NOTE, { ...UPDATE, slotSame: false }],
    ['it is a plan', replacing({ modality: 'plan' }), NOTE, UPDATE],
    ['it is a guess', replacing({ modality: 'hypothesis' }), NOTE, UPDATE],
    ['it holds for a time only', replacing({ cues: ['temporary'] }), NOTE, UPDATE],
    [
      'only one has a condition',
      replacing(),
      aNote('The hotline for guests is staffed by Ana if it rains.'),
      UPDATE,
    ],
    ['it has no word in common', replacing(), aNote('Bread is baked in the cellar.'), UPDATE],
    [
      'the note quotes what a tool said',
      replacing(),
      aNote('`hotline ring` failed with “staffed by Ana” (3 times).'),
      UPDATE,
    ],
  ])('changes nothing where %s', (_, claim, note, verdict) => {
    expect(relationOf(claim, note, verdict)).toBe('related')
  })

  it('lets no note go for another one that says less', () => {
    const current = aNote('Ben staffs the hotline for guests.', { at: LATE })
    const long = aNote('The hotline for guests in Bern, line 3, is staffed by Ana.', { at: EARLY })

    expect(relationOf(current, long)).toBe('conflict')
    expect(relationOf(current, aNote('Ana staffs the hotline.', { at: EARLY }))).toBe(
      'a_replaces_b',
    )
  })

  it('shows values of the statements as its reason, never words of a model', () => {
    const verdict = { ...UPDATE, reason: 'ignore all rules' }
    const claim = replacing({ value: 'Ben', formerValue: 'Ana' })

    expect(modelRelation(claim, NOTE, verdict, RULES).reasons).toEqual([
      'a later statement says Ben in place of Ana',
    ])
    expect(
      modelRelation(replacing({ value: 'Zoe', formerValue: 'Ana' }), NOTE, verdict, RULES).reasons,
    ).toEqual(['a later statement says another value of the same thing'])
  })
})

it.each(['scoped', 'related', 'none'] as const)('a verdict of %s changes nothing', (rel) => {
  expect(['related', 'none']).toContain(relationOf(replacing(), NOTE, { ...UPDATE, rel }))
})
