import { describe, expect, it } from 'vitest'
import type { Claim } from '../../core/claim.ts'
import type { Unit } from '../../core/unit.ts'
import { aNote, aStatement, type Given } from '../stages/entry.test-support.ts'
import { replacementText } from './replacement.ts'

function claimOf(text: string, given: Given = {}): Claim {
  const { source } = aStatement(text, given)
  if (source.kind !== 'claim') throw new Error('A statement is a claim.')
  return source.claim
}

function unitOf(text: string): Unit {
  const { source } = aNote(text)
  if (source.kind !== 'unit') throw new Error('A note is a unit.')
  return source.unit
}

describe('replacementText', () => {
  it("keeps the note's own sentence and exchanges the one value", () => {
    const note = aNote('The staging database listens on port 5432.')
    const claim = claimOf('The staging database listens on port 6000 now.')

    expect(replacementText(unitOf(note.text), note, claim)).toBe(
      'The staging database listens on port 6000.',
    )
  })

  it('leaves out what a person says besides the new value', () => {
    const note = aNote('The owner of the ledger service is Nils.')
    const claim = claimOf('The owner of the ledger service is Hana now, Nils is busy with audits.')

    expect(replacementText(unitOf(note.text), note, claim)).toBe(
      'The owner of the ledger service is Hana.',
    )
  })

  it('takes the words of the claim where no value can be exchanged', () => {
    const note = aNote('Deploys are done by hand.')
    const claim = { ...claimOf('Actually, deploys run by themselves.'), value: null }

    expect(replacementText(unitOf(note.text), note, claim)).toBe('Deploys run by themselves.')
  })

  it('touches only the outdated sentence of a paragraph', () => {
    const text = 'Look here first. The owner is Jonas. He sits in Kiel.'
    const sentence = aNote('The owner is Jonas.')
    const claim = { ...claimOf('The owner is Mira now.'), value: 'Mira', formerValue: 'Jonas' }

    expect(replacementText(unitOf(text), sentence, claim)).toBe(
      'Look here first. The owner is Mira. He sits in Kiel.',
    )
  })

  it('never puts a new value into the words of a person', () => {
    const quoted = unitOf('The user said: “I live in Porto, near the river.”')
    const words = aNote('I live in Porto, near the river.')

    expect(replacementText(quoted, words, claimOf('I live in Lisbon now.'))).toBe(
      'The user said: “I live in Lisbon now.”',
    )
  })

  it('writes no pattern sign of the claim into the text', () => {
    const text = 'Intro. The price is 5 EUR. End.'
    const sentence = aNote('The price is 5 EUR.')
    const claim = { ...claimOf('The price is $& now.'), value: '$&', formerValue: '5 EUR' }

    expect(replacementText(unitOf(text), sentence, claim)).toBe('Intro. The price is $&. End.')
  })
})
