import { words } from '../lexicon.ts'
import type { Sense } from './senses.ts'

/** Prepositions, each with the one it counts as: "via" as "with", "into" as "to". */
export const PREPOSITIONS: ReadonlyMap<string, string> = new Map(
  `of:of in:in on:on at:at to:to from:from by:by with:with for:for into:to onto:to about:about
  regarding:about concerning:about via:with through:with using:with inside:in within:within as:as per:per
  across:in against:against under:under over:over above:over below:under behind:behind between:between
  among:between toward:to towards:to like:like until:until till:until before:before after:after
  during:while since:since except:except excluding:except outside:outside without:without instead:instead following:after`
    .split(/\s+/)
    .map((entry): [string, string] => {
      const [word = '', role = ''] = entry.split(':')
      return [word, role]
    }),
)

/** What opens a clause, and the one word it counts as. */
export const CLAUSE_OPENERS: ReadonlyMap<string, string> = new Map(
  Object.entries({
    if: 'if',
    when: 'if',
    whenever: 'if',
    unless: 'unless',
    until: 'until',
    till: 'until',
    before: 'before',
    after: 'after',
    once: 'after',
    while: 'while',
    during: 'while',
    because: 'because',
    since: 'since',
    although: 'although',
    though: 'although',
    except: 'except',
    excluding: 'except',
    without: 'without',
    instead: 'instead',
    so: 'so',
    otherwise: 'so',
  }),
)

/** Clauses and prepositions that say when alone something holds. */
export const NARROWING: RegExp =
  /^(?:if|unless|until|before|after|while|since|except|without|instead)$/

const PRONOUNS = words(
  'i we you he she it they this that these those there everyone nobody everybody',
)
const DETERMINERS = words('the a an our my your his her its their all every each no any some')
const BE = words('is are was were be been being am')

export function isDeterminer(sense: Sense | undefined): boolean {
  return DETERMINERS.has(wordOf(sense))
}

/** "we", "the": here a new phrase begins. */
export function opensNounPhrase(sense: Sense): boolean {
  return isDeterminer(sense) || PRONOUNS.has(wordOf(sense))
}

export function isBe(sense: Sense | undefined): boolean {
  return BE.has(wordOf(sense))
}

export function isVerb(sense: Sense | undefined): boolean {
  return sense?.kind === 'word' && (sense.pos === 'VERB' || sense.pos === 'AUX')
}

/** The first word of a sense. */
export function wordOf(sense: Sense | undefined): string {
  return sense?.words[0]?.norm ?? ''
}

/** The marks before a sense. */
export function gapOf(sense: Sense | undefined): string {
  return sense?.words[0]?.gap ?? ''
}
