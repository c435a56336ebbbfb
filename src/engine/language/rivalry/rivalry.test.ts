import { describe, expect, it } from 'vitest'
import { closeness, rivalry } from './rivalry.ts'

type Words = readonly [newer: string, older: string]

const TOLD_OTHERWISE: readonly Words[] = [
  ['Ines Falk won the city chess cup in 2019.', 'Ines Falk won the regional chess cup in 2017.'],
  [
    'Bo Lind and Ada Quist wrote the opera about the lighthouse.',
    'Cy Moe and Ada Quist wrote the opera about the lighthouse.',
  ],
  [
    'Dora Vance, not Emil Kerr, restored the organ of the harbour church.',
    'Emil Kerr restored the organ of the harbour church.',
  ],
  [
    'Tessa Brandt teaches pottery at the adult school, while Nils Oder is a beekeeper.',
    'Nils Oder teaches pottery at the adult school.',
  ],
  [
    'Ines Falk has never sailed to Iceland; instead, she sailed to the Faroe Islands.',
    'Ines Falk has sailed to Iceland twice.',
  ],
  ['Ada Quist only speaks Finnish.', 'Ada Quist speaks Finnish, Dutch and Greek.'],
  ['Ada Quist dislikes sailing and prefers rowing.', 'Ada Quist enjoys sailing on the lake.'],
  ['Cy Moe was born in Turku.', 'Cy Moe was born in Vaasa.'],
  ['Cy Moe works as a carpenter.', 'Cy Moe is a software engineer.'],
  ['The specs are kept in the wiki.', 'The specs are kept in the shared folder.'],
]

const SIDE_BY_SIDE: readonly Words[] = [
  ['Ada Quist speaks Finnish.', 'Ada Quist speaks Dutch.'],
  ['Ada Quist also wrote an opera about the sea.', 'Ada Quist wrote an opera about the moon.'],
  ['Ines Falk is a member of the rowing club.', 'Ines Falk is a member of the chess club.'],
  ['Bo Lind likes tea in the morning.', 'Cy Moe likes tea in the morning.'],
  ['Bo Lind attended the June meeting in Oslo.', 'Cy Moe attended the June meeting in Oslo.'],
  ['The export supports Parquet files.', 'The export supports spreadsheet files.'],
  ['The gateway logs every failed call.', 'The worker retries every failed call.'],
]

describe('rivalry', () => {
  it.each(TOLD_OTHERWISE)('sees that "%s" tells "%s" otherwise', (newer, older) => {
    expect(rivalry(newer, older)).not.toBeNull()
  })

  it.each(SIDE_BY_SIDE)('lets "%s" stand beside "%s"', (newer, older) => {
    expect(rivalry(newer, older)).toBeNull()
  })

  it('knows when the older one is denied by name', () => {
    const denied = rivalry(
      'Dora Vance, not Emil Kerr, restored the organ of the church.',
      'Emil Kerr restored the organ of the church.',
    )

    expect(denied?.isDenied).toBe(true)
  })

  it('says nothing of what is told alike', () => {
    const text = 'Cy Moe was born in Turku.'

    expect(rivalry(text, text)).toBeNull()
  })
})

describe('closeness', () => {
  const said = 'Bo Lind and Ada Quist host a radio show about old maps.'

  it('counts words by what they tell among the notes', () => {
    const common = (stem: string): number => (/^(?:bo|lind|ada|quist)$/.test(stem) ? 0.1 : 2)
    const near = closeness(said, 'Cy Moe and Ada Quist host a radio show about old maps.', common)
    const far = closeness(said, 'Bo Lind and Ada Quist met on a train.', common)

    expect(near).toBeGreaterThan(far)
  })

  it('is nothing between texts without a verb', () => {
    expect(closeness('Old maps', 'Radio show', () => 1)).toBe(0)
  })
})
