/** A way to tell something of one's own life. */
export interface LifeFrame {
  readonly pattern: RegExp
  /** What makes it particular enough to be worth reading later. */
  readonly needs: (clause: string) => boolean
}

export const KIN: string =
  'wife|husband|spouse|partner|fianc[eé]e?|boyfriend|girlfriend|mom|mum|mother|dad|father|parents|son|daughter|kids?|child(?:ren)?|baby|sister|brother|siblings?|twins?|grand(?:mother|father|ma|pa|parents|son|daughter)|aunt|uncle|cousin|niece|nephew|in-laws|(?:best |close |old |good )?friends?|roommates?|neighbou?rs?|boss|manager|colleagues?|coworkers?'
export const PET: string =
  'dog|cat|puppy|kitten|rabbit|hamster|parrot|bird|horse|pony|fish|turtle|tortoise|guinea pig|golden retriever|labrador|poodle|beagle|terrier|bulldog|chicken|pet'
export const TRADE: string =
  'engineer|developer|designer|manager|teacher|nurse|doctor|lawyer|paralegal|scientist|analyst|writer|architect|student|consultant|accountant|artist|musician|photographer|researcher|professor|therapist|chef|entrepreneur|freelancer|librarian|pharmacist|electrician|plumber|carpenter|farmer|pilot|paramedic|dentist|veterinarian|economist|biologist|chemist|physicist|journalist|editor|translator|salesperson|realtor|barista|mechanic|programmer|director|administrator|assistant|technician|specialist|coordinator|tutor|coach|instructor|intern|founder|marketer|recruiter'

const TIME = String.raw`(?:(?:recently|lately|currently|right now|so far|today|yesterday|earlier|last \p{L}+|this \p{L}+|(?:a|one|two|three|four|five|six|\d+) \p{L}+ ago|(?:in|on) [\p{L}\d ]{3,20}),?\s+)?`
const ADVERBS =
  '(?:(?:also|just|recently|actually|finally|already|currently|now|still|usually|always|really|once|originally|even|lately|mostly|both|regularly|typically|generally|often|officially|previously|happily|only|happened to) )*'

/** Told by the speaker, of themselves, with or without an auxiliary; `rest` follows the subject. */
export function own(rest: string): RegExp {
  return new RegExp(
    `^${TIME}(?:I|(?:my (?:${KIN})(?: \\p{Lu}\\p{L}+)?|me) and I)(?:'ve| have|'m| am| had| was)? ?${ADVERBS}(?:been )?${ADVERBS}(?:${rest})`,
    'iu',
  )
}

/** Of something that belongs to the speaker. */
export function mine(rest: string): RegExp {
  return new RegExp(`^my (?:${rest})`, 'iu')
}

/** For frames that are particular by themselves. */
export function always(): boolean {
  return true
}
