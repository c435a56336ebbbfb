import type { ProfileField } from './profile-field.ts'

/** What a person tells of themselves that has one value at a time. */
export interface OwnNews {
  readonly field: ProfileField
  /** Exact substring of the sentence. */
  readonly quote: string
  readonly value: string
  /** Where only that value gives way to it: a company that has another name now. */
  readonly former: string | null
}

/** Where a clause of one's own begins. */
const START = String.raw`(?<=^|[,;:(—–.]\s*|\s-\s|\b(?:and|but|so|also|plus|that|now|btw|by the way|fyi|FYI|Fyi|actually|Actually|Also|Btw|So|And|because|since|as)\s)`
const SOON = String.raw`(?:\s(?:just|recently|finally|officially|actually|also|now|currently|already|since|still|then|newly))*`
const I = `${START}(?:I|I've|I have|I'm|I am|I was)${SOON}`
const NAME = String.raw`\p{Lu}[\p{L}\d&.'’-]*(?<![.'’-])(?:\s(?:(?:of|and|&|the|de|la|for)\s)?\p{Lu}[\p{L}\d&'’-]*|\s\d+)*`
const TITLE = String.raw`(?:an? |the |our |their )?(?<value>(?:new )?(?!(?:bit|little|lot|big|huge|few|same|team(?! lead)|new role|better|different|fan|member)\b)[\p{L}&/-]+(?:[ ,](?!(?:at|for|in|with|on|last|this|next|since|so|and|but|now|after|from|starting|effective|yesterday|today|recently|by|because|which|who|where|when|these|as|over|here|there|about|again|just|too|a|to|instead|two|three|once|while)\b)[\p{L}&/-]+)*)`
const TRADE =
  /(?:\b(?:head|lead|chief|vp|svp|ceo|cto|cfo|coo|officer|counsel|partner|associate|principal|staff|intern|trainee|fellow|nurse|chef|pilot|sre|dean|clerk|coach)|(?:manag|engine|develop|design|teach|writ|lectur|research|programm|lawy|offic|cashi|bank|produc|lead|plann|retail|own)er|(?:direct|edit|profess|audit|doct|coordinat|administrat|conduct|instruct|supervis|investigat)or|ist|ant|ician|tect|analyst|president|secretary)\b/i
/** A thing that people do for once or did long ago, and what others do. */
const LONG_AGO =
  /\b(?:in (?:19|20)\d\d|years ago|back then|back in|originally|used to|first job|as a (?:kid|child|student)|at the time)\b/i
const WORK = /\b(?:job|role|title|position|joined|left|quit|hired|company|employer|career|work)\b/i

interface Reader {
  readonly field: ProfileField
  readonly pattern: RegExp
  /** What must be so of the value and of the sentence for the reading to hold. */
  readonly needs?: (value: string, sentence: string) => boolean
}

const isTrade = (value: string): boolean => TRADE.test(value)
const isCapital = (value: string): boolean => /^\p{Lu}/u.test(value)

const READERS: readonly Reader[] = [
  role(`${I}\\s(?:got |been |getting )?promoted (?:up )?to ${TITLE}`),
  role(`${I}\\s(?:became|become|made) ${TITLE}`, (value) => isTrade(value)),
  role(
    `${I}\\s(?:took|taken|taking|accepted|started|starting|moved into|stepped into)(?: on| over)? (?:a|my) new (?:role|position|job)(?:\\s*[:–—-]\\s*| as )${TITLE}`,
  ),
  role(`${I}\\s(?:took|taken) over as ${TITLE}`),
  role(
    `${START}[Mm]y (?:new |current |official )?(?:(?:job )?title|role|position|job)${SOON}(?:\\s(?:is|changed to|became|has changed to|was changed to))(?: now)? ${TITLE}`,
    (value) => isTrade(value) || isCapital(value),
  ),
  role(
    `${START}(?:I'm|I am) (?:now|currently|officially) (?:working as )?(?:an?|the) ${withoutArticle(TITLE)}`,
    isTrade,
  ),
  role(`${START}(?:I'm|I am) (?:now )?working as ${TITLE}`, isTrade),
  role(`${START}(?:I'm|I am) (?:an?|the) ${withoutArticle(TITLE)} (?:now|these days)`, isTrade),
  role(
    `${I}(?:\\s[^,;.:]{2,60})? as (?:an? |the |their |(?=\\p{Lu}))${withoutArticle(TITLE)}`,
    (value, sentence) =>
      isTrade(value) && /\b(?:joined|started|hired|working|work) /i.test(sentence),
  ),
  employer(`${I}(?:\\s(?:left|quit) [^,;.]{2,40}? and)? joined (?<value>${NAME})`),
  employer(
    `(?<=\\b(?:left|quit|graduated)\\b[^.;]{0,40}\\band (?:then |just )?)(?:joined|started (?:working )?(?:at|with)|went to work for) (?<value>${NAME})`,
  ),
  employer(
    `${I}\\s(?:started|been hired|hired|got hired|(?:got|landed|took|started) a (?:new )?job)(?: working| by)? ?(?:at|for|with|by)? (?<value>${NAME})`,
    (_, sentence) => !/\bstarted (?:a |an |the |my )?\p{Lu}/u.test(sentence),
  ),
  employer(`${START}[Mm]y (?:new |current )?(?:employer|company) is(?: now)? (?<value>${NAME})`),
  employer(
    `${START}(?:I work|I'm working|I am working) (?:at|for) (?<value>${NAME})(?= (?:now|these days))`,
  ),
  employer(
    `${START}(?:I|I'm|I am) (?:now|currently) (?:work |working )(?:at|for) (?<value>${NAME})`,
  ),
  employer(
    `${START}(?:I'm|I am)(?: now)? (?:at|with) (?<value>${NAME})(?=[ ,.;!]|$)`,
    (_, sentence) => WORK.test(sentence) && /\b(?:now|these days|currently)\b/i.test(sentence),
  ),
  employer(
    `(?:^|[\\s,;])(?<former>${NAME}) (?:is|was|has|has been|got)(?: now| officially| just)? (?:rebranding|rebranded|renamed)(?: itself)? (?:to|as) (?<value>${NAME})`,
  ),
  city(
    `${START}(?:I'm|I am|I've been|we're)${SOON} (?:based|living|located|residing|settled)(?: out of| in)(?: downtown)? (?<value>${NAME})`,
  ),
  city(
    `${I}\\s(?:moved|relocated|transferred)(?: back| over| up| down| out| here)*(?: from ${NAME})? to (?<value>${NAME})(?! (?:for (?:this|the|our|my|all)|as)\\b)`,
    (value) => !/^(?:I|The|Team)\b/.test(value),
  ),
  city(`${START}I${SOON} live in (?<value>${NAME})(?= (?:now|these days|again))`),
  city(`${START}I (?:now|currently) live in (?<value>${NAME})`),
  city(
    `${START}[Mm]y (?:new )?(?:home(?: base)?|city|home city|location) is(?: now)? (?<value>${NAME})`,
    isCapital,
  ),
  zone(
    `(?:[Uu]se|[Ss]witch (?:everything |it |this )?to|stick to|go by) (?<value>${NAME} time)\\b`,
  ),
  zone(`${START}[Mm]y time ?zone (?:is|changed to)(?: now)? (?<value>${NAME}(?:\\/[\\p{L}_]+)?)`),
  zone(
    `(?:[Tt]reat|[Cc]onsider|[Ss]et) my time ?zone (?:as|to) (?<value>${NAME}(?:\\/[\\p{L}_]+)?)`,
  ),
  zone(`${START}(?:I'm|I am)(?: now)? on (?<value>${NAME} time)\\b`),
  team(
    `${I}\\s(?:moved|switched|transferred|changed)(?: over)? to the (?<value>[\\p{L}&/ -]{2,40}?) (?:team|squad|department)\\b`,
  ),
  team(
    `${START}(?:I'm|I am)(?: now)? (?:on|in|part of) the (?<value>[\\p{L}&/ -]{2,40}?) (?:team|squad|department)(?= now\\b| these days\\b)`,
  ),
  team(
    `${START}(?:I'm|I am) now (?:on|in|part of) the (?<value>[\\p{L}&/ -]{2,40}?) (?:team|squad|department)\\b`,
  ),
  manager(`${START}(?:I|I'm|I am)(?: now)? report(?:ing)? to (?<value>${NAME})`),
  manager(
    `${START}[Mm]y (?:new )?(?:manager|boss|supervisor|line manager)(?: now)? is(?: now)? (?<value>${NAME})`,
  ),
]

/** First-person news of role, employer, place, team and manager, each once and in order. */
export function ownNews(sentence: string): readonly OwnNews[] {
  const text = sentence.replaceAll('’', "'")
  if (LONG_AGO.test(text)) return []
  const found = READERS.flatMap(({ field, pattern, needs }): readonly OwnNews[] => {
    const match = pattern.exec(text)
    const value = match?.groups?.value?.replace(/[\s,/-]+$/, '') ?? ''
    if (match === null || value === '' || needs?.(value, text) === false) return []
    const end = text.indexOf(value, match.index) + value.length
    const former = match.groups?.former ?? null
    return [{ field, quote: sentence.slice(match.index, end), value, former }]
  })
  return found.filter(({ field }, n) => found.findIndex((one) => one.field === field) === n)
}

function withoutArticle(title: string): string {
  return title.replace('(?:an? |the |our |their )?', '')
}

type Needs = NonNullable<Reader['needs']>

function role(source: string, needs?: Needs): Reader {
  return reader('role', source, needs)
}

function employer(source: string, needs?: Needs): Reader {
  return reader('employer', source, needs)
}

function city(source: string, needs?: Needs): Reader {
  return reader('city', source, needs)
}

function zone(source: string): Reader {
  return reader('time zone', source)
}

function team(source: string): Reader {
  return reader('team', source)
}

function manager(source: string): Reader {
  return reader('manager', source)
}

function reader(field: ProfileField, source: string, needs?: Needs): Reader {
  const pattern = new RegExp(source, 'u')
  return needs === undefined ? { field, pattern } : { field, pattern, needs }
}

const STATED =
  /^my (?<key>\p{L}[\p{L} ]{2,39}?) (?:is|are|has become)(?: now)? (?<value>\p{L}+)(?: now)?[.!]*$/iu
const NO_STATE =
  /(?:ing|ed)$|^(?:not|here|there|gone|back|down|up|off|on|over|mine|yours|same|wrong|right)$/i

/** "My health is excellent": one word for a key that is named as it stands in the memory. */
export function statedKey(
  sentence: string,
): { readonly key: string; readonly value: string } | null {
  const { key, value } = STATED.exec(sentence)?.groups ?? {}
  if (key === undefined || value === undefined || NO_STATE.test(value)) return null
  return { key: key.toLowerCase(), value }
}
