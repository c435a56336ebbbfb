import type { Claim } from '../../core/claim.ts'
import type { Unit } from '../../core/unit.ts'
import { claimEntry, isWholeUnit } from '../entries.ts'
import type { Entry } from '../entry.ts'
import { laterOf } from '../judging/later-of.ts'
import { headingStems } from '../language/headings.ts'
import { changedList } from '../language/profile/changed-list.ts'
import { zoneLike } from '../language/profile/own-time-zone.ts'
import { listChangeOf, profileFieldOf } from '../language/profile/profile-claim.ts'
import { isListed, type KeyedNote, keyedNote } from '../language/profile/profile-field.ts'
import { valueKey } from '../language/values.ts'
import type { SupersedeFinding } from './findings.ts'
import { byPlace, unitOf } from './judgement.ts'
import { mayBeNews, type NewsInputs } from './profile-news.ts'

/**
 * Lines such as "role: Product Manager" of which the user told news in any words: the line keeps
 * its key and gets the new value, a list the members that came, without those that went.
 */
export function profileLines(inputs: NewsInputs): readonly SupersedeFinding[] {
  const told = inputs.claims.filter((claim) => profileFieldOf(claim) !== null)
  if (told.length === 0) return []
  const lines = ownLines(inputs)
  return lines.flatMap((line) => {
    const news = told.filter((claim) => isNewsOf(claim, line)).sort(byTime)
    const rivals = lines.filter(({ note }) => isSameKey(note, line.note))
    if (news.length === 0 || new Set(rivals.map(keyOf)).size > 1) return []
    return findingOf(line, news)
  })
}

interface Line {
  readonly entry: Entry
  readonly unit: Unit
  readonly note: KeyedNote
}

/** Lines about the user themselves: no heading says that they are about something else. */
function ownLines({ entries, isFrozen }: NewsInputs): readonly Line[] {
  return [...entries.values()]
    .flatMap((entry): readonly Line[] => {
      if (entry.source.kind !== 'unit' || !isWholeUnit(entry)) return []
      const note = keyedNote(entry.text)
      if (note === null || headingStems(entry.context).length > 0) return []
      const unit = unitOf(entry)
      return isFrozen(unit) ? [] : [{ entry, unit, note }]
    })
    .sort((x, y) => byPlace(x.unit, y.unit))
}

function isSameKey(one: KeyedNote, two: KeyedNote): boolean {
  return one.field === two.field && (one.field !== 'other' || nameOf(one) === nameOf(two))
}

/** "Health condition: " as "health condition". */
function nameOf({ key }: KeyedNote): string {
  return key.replace(/:\s+$/, '').replaceAll('_', ' ').toLowerCase()
}

function isWord(value: string): boolean {
  return /^\p{L}+$/u.test(value)
}

function keyOf({ note }: Line): string {
  return valueKey(note.value)
}

function isNewsOf(claim: Claim, { entry, note }: Line): boolean {
  if (profileFieldOf(claim) !== note.field || !mayBeNews(claim, entry)) return false
  return note.field !== 'other' || (claim.slot?.subject === nameOf(note) && isWord(note.value))
}

function byTime(x: Claim, y: Claim): number {
  const order = laterOf(claimEntry(x), claimEntry(y))
  return order === null ? (x.id < y.id ? -1 : 1) : order === 'a' ? 1 : -1
}

function findingOf({ note, unit }: Line, news: readonly Claim[]): readonly SupersedeFinding[] {
  const { text, claims } = isListed(note.field) ? listOver(note, news) : lineOver(note, news)
  if (text === unit.text || claims.length === 0) return []
  return [
    {
      kind: 'supersede',
      outdated: [unit],
      by: { claims: claims.toReversed() },
      text,
      current: null,
      former: [],
      isWordedByModel: false,
      reasons: [`the user told their ${note.field} anew`],
    },
  ]
}

interface Rewritten {
  readonly text: string
  /** In the order in which they were said. */
  readonly claims: readonly Claim[]
}

/** The latest value; one that the line gives already leaves it as it is. */
function lineOver(note: KeyedNote, news: readonly Claim[]): Rewritten {
  const fitting = news.filter(
    ({ formerValue }) => formerValue === null || note.value.startsWith(formerValue),
  )
  const latest = fitting.at(-1)
  const said = latest?.value ?? ''
  const value = note.field === 'time zone' ? zoneLike(note.value, said) : said
  const unchanged = { text: `${note.key}${note.value}`, claims: [] }
  if (latest === undefined || value === '' || saysAlready(note.value, value)) return unchanged
  return { text: `${note.key}${value}`, claims: fitting.filter((one) => one.value === said) }
}

/** "Berlin, Germany" says Berlin; "Senior Engineer" does not say Engineer. */
function saysAlready(noted: string, value: string): boolean {
  const [left, right] = [valueKey(noted), valueKey(value)]
  return left === right || (/^[\s,(/]/.test(noted.slice(value.length)) && noted.startsWith(value))
}

function listOver(note: KeyedNote, news: readonly Claim[]): Rewritten {
  return news.reduce<Rewritten>(
    (line, claim) => {
      const text = changedList(
        { ...note, value: line.text.slice(note.key.length) },
        listChangeOf(claim),
      )
      return text === null ? line : { text, claims: [...line.claims, claim] }
    },
    { text: `${note.key}${note.value}`, claims: [] },
  )
}
