import { describe, expect, it } from 'vitest'
import { lifeSlot } from './life-slots.ts'

describe('lifeSlot', () => {
  it.each([
    ["I've tried three Korean places in my city so far.", "I've now tried four Korean places."],
    ['I currently own three bikes.', 'I own four bikes now.'],
    ['I lead a team of four engineers.', 'I now lead a team of five engineers.'],
    ["I'm close to 900 followers on Instagram.", 'I have 1,300 followers on Instagram now.'],
    ['I go to yoga twice a week.', "I've been doing yoga three times a week."],
    ['I usually go to the gym at 7 pm.', 'I go to the gym at 6 pm now.'],
    ["I've been using my Garmin for 6 months.", "I've been using my Garmin for 9 months now."],
    ['My daily commute to work takes 30 minutes.', 'My commute takes 45 minutes now.'],
    ['My cousin Marta recently moved to Toronto.', 'My cousin Marta lives in Calgary.'],
    ['I keep my old boots under the bed.', 'I keep my old boots in a shoe rack now.'],
    ['I got pre-approved for $350,000 from Wells.', 'I was pre-approved for a $400,000 mortgage.'],
    [
      'I set a personal best of 24:18 in a charity 5K.',
      'My personal best time in the 5K is 23:50.',
    ],
    ["I've lost 5 pounds so far.", "I've lost 10 pounds since March."],
    ['I am 34 years old.', "I'm 35."],
  ])('gives "%s" and "%s" one slot and two values', (before, after) => {
    const [left, right] = [lifeSlot(before), lifeSlot(after)]

    expect(left).not.toBeNull()
    expect(right).toMatchObject({ subject: left?.subject, attribute: left?.attribute })
    expect(right?.value).not.toBe(left?.value)
  })

  it.each([
    ["I've read 12 books this year.", "I've read 12 magazines this year."],
    ["I've visited 3 museums in Paris.", "I've visited 5 museums in Rome."],
    ['I got approved for a $12,000 car loan.', 'I got pre-approved for $350,000 from Wells.'],
    ['I go to yoga twice a week.', 'I go to pottery twice a week.'],
    ['My cousin Marta moved to Toronto.', 'My sister Ines moved to Toronto.'],
    ['My personal best in the 5K is 23:50.', 'My personal best in the marathon is 3:41.'],
  ])('keeps "%s" and "%s" apart', (one, other) => {
    expect(lifeSlot(one)).not.toBeNull()
    expect(lifeSlot(one)?.subject).not.toEqual(lifeSlot(other)?.subject)
  })

  it.each([
    'The staging API listens on port 8081.',
    'I think so.',
    'I have a question about two files.',
    'We deploy twice a week.',
    'I have 10 minutes.',
  ])('reads nothing in "%s"', (sentence) => {
    expect(lifeSlot(sentence)).toBeNull()
  })
})
