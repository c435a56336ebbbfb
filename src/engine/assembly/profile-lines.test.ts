import { describe, expect, test } from 'vitest'
import type { Claim } from '../../core/claim.ts'
import { derivedId } from '../../core/ids.ts'
import type { Entry } from '../entry.ts'
import { profileParts } from '../language/profile/profile-claim.ts'
import { aNote, aStatement } from '../stages/entry.test-support.ts'
import { profileLines } from './profile-lines.ts'
import type { NewsInputs } from './profile-news.ts'
import { tasteLines } from './taste-lines.ts'

const MONDAY = '2026-11-02T09:00:00Z'
const TUESDAY = '2026-11-03T09:00:00Z'

function told(text: string, at: string = MONDAY): readonly Claim[] {
  const { source } = aStatement(text, { at })
  if (source.kind !== 'claim') throw new Error('A statement is a claim.')
  const { claim } = source
  return profileParts(text, at, text).map(({ quote, statement }, n) => ({
    ...claim,
    ...statement,
    id: derivedId('clm', text, at, String(n)),
    text: quote,
    isLasting: false,
  }))
}

function inputs(notes: readonly Entry[], claims: readonly Claim[]): NewsInputs {
  return {
    claims,
    entries: new Map(notes.map((note) => [note.key, note])),
    isFrozen: (unit) => unit.text.startsWith('pinned'),
  }
}

/** The lines of a memory after what was said. */
function linesAfter(lines: readonly string[], ...said: (readonly Claim[])[]): readonly string[] {
  const given = inputs(
    lines.map((line) => aNote(line)),
    said.flat(),
  )
  const found = [...profileLines(given), ...tasteLines(given)]
  const texts = lines.map((line) => {
    const finding = found.find(
      (one) => one.kind === 'supersede' && one.outdated.some(({ text }) => text === line),
    )
    return finding?.text ?? line
  })
  return [...texts, ...found.flatMap((one) => (one.kind === 'add' ? [one.text] : []))]
}

describe('lines about the user', () => {
  test('get the value that was told in other words', () => {
    const lines = ['Company: Corvid Press', 'job title: Editor', 'home base: Porto']
    expect(
      linesAfter(
        lines,
        told('I left Corvid Press and joined Heron Books as a Rights Manager.'),
        told("I'm based in Ghent now."),
      ),
    ).toEqual(['Company: Heron Books', 'job title: Rights Manager', 'home base: Ghent'])
  })

  test('follow the latest of several statements, in whatever order they are read', () => {
    const [first, second] = [
      told("I'm based in Ghent now."),
      told("I'm based in Oslo now.", TUESDAY),
    ]
    expect(linesAfter(['city: Porto'], first, second)).toEqual(['city: Oslo'])
    expect(linesAfter(['city: Porto'], second, first)).toEqual(['city: Oslo'])
  })

  test('take up all changes of a list', () => {
    const said = [told('We dropped Slack.'), told("I've started using Linear too.", TUESDAY)]
    expect(linesAfter(['tools: Slack, Miro'], ...said)).toEqual(['tools: Miro, Linear'])
  })

  test('stay for what holds only for a time, and for what they say already', () => {
    const lines = ['city: Porto', 'role: Editor']
    expect(linesAfter(lines, told("I'm temporarily based in Ghent."))).toEqual(lines)
    expect(linesAfter(lines, told("I'm based in Porto now."))).toEqual(lines)
    expect(linesAfter(lines, told('My colleague Dana got promoted to Director.'))).toEqual(lines)
  })

  test('stay where two lines of one key differ, under a heading of another, and where frozen', () => {
    const moved = told("I'm based in Ghent now.")
    expect(linesAfter(['city: Porto', 'City: Braga'], moved)).toEqual([
      'city: Porto',
      'City: Braga',
    ])
    const ofDana = aNote('city: Porto', { context: ['/people.md', 'Dana'] })
    expect(profileLines(inputs([ofDana], moved))).toEqual([])
  })
})

describe('likes and dislikes', () => {
  test('change to what takes their place in the same sentence', () => {
    const said = told('I replaced lager with iced tea and sleep better.')
    expect(linesAfter(['Drinks I like: Lager (cold)', 'Drinks I like: Cider'], said)).toEqual([
      'Drinks I like: iced tea',
      'Drinks I like: Cider',
    ])
  })

  test('end in the words of the user', () => {
    const said = told("I'm done with cruises.")
    expect(linesAfter(['Travel I like: Cruises'], said)).toEqual([
      "The user said: “I'm done with cruises.”",
    ])
  })

  test('never stand beside their opposite', () => {
    const said = told('I used to hate beetroot, but now I love it.')
    expect(linesAfter(['Food I dislike: Beetroot'], said)).toEqual([
      'The user said: “I used to hate beetroot, but now I love it.”',
    ])
  })

  test('stay where the user took them up again', () => {
    const said = [told('I gave up chess.'), told("I've fallen in love with chess.", TUESDAY)]
    expect(linesAfter(['Games I like: Chess'], ...said)).toEqual(['Games I like: Chess'])
  })
})
