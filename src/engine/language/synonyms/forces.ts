/** The group of what is binding. */
export const MUST: string =
  'must, have to, has to, had to, having to, need to, needs to, need, require, requirement, required to, shall, mandatory, compulsory, obligatory, obliged to, demand, call for, calls for, necessary, got to'

/** How binding and how sure, in verbs, adjectives and adverbs alike: one group per line. */
export const FORCE_GROUPS: string = `
  ${MUST}
  can, may, able to, allow, allowed to, permit, permitted to, let, possible, in a position to
  should, ought to, supposed to, recommend, advisable
  might, could
  will, going to
  more than, over, above, greater than, exceed, in excess of, larger than, higher than, beyond
  less than, under, below, fewer than, smaller than, lower than
  at least, minimum of, no less than, no fewer than, not less than, not fewer than, a minimum of, or more
  at most, no more than, not more than, a maximum of, maximum of, up to, or less, or fewer, not exceed
  only, solely, exclusively, alone, nothing but
`

/** Turns of phrase that stand for one function word. */
export const FUNCTION_PHRASES: Readonly<Record<string, string>> = {
  'prior to': 'before',
  'ahead of': 'before',
  'in advance of': 'before',
  'as soon as': 'once',
  'in case of': 'if',
  'in the event of': 'if',
  'in the event that': 'if',
  'in case': 'if',
  'with no': 'without',
  'provided that': 'if',
  'as long as': 'if',
  'every time': 'whenever',
  'each time': 'whenever',
  'any time': 'whenever',
  'because of': 'because',
  'due to': 'because',
  'owing to': 'because',
  'thanks to': 'because',
  'on account of': 'because',
  'in order to': 'to',
  'so as to': 'to',
  'so that': 'so',
  'by means of': 'with',
  'with the help of': 'with',
  'with the aid of': 'with',
  'instead of': 'not',
  'rather than': 'not',
  'in place of': 'not',
  'only after': 'not until',
  'only once': 'not until',
  'is the one who': '',
  'is the one that': '',
  'is the person who': '',
  'is to be': 'must be',
  'are to be': 'must be',
  'other than': 'except',
  'apart from': 'except',
  'except for': 'except',
  'with the exception of': 'except',
  'no later than': 'by',
  'not later than': 'by',
  'as well as': 'and',
  'along with': 'and',
  'together with': 'and',
  'out of': 'from',
  'inside of': 'in',
  'within the scope of': 'in',
  'with regard to': 'about',
  'with respect to': 'about',
  'in regard to': 'about',
  'on behalf of': 'for',
  'up until': 'until',
  'up to and including': 'through',
  'not any longer': 'no longer',
  'unable to': 'can not',
  'not able to': 'can not',
  'no more': 'no longer',
}
