import { hasAmount, hasCount, hasDay, hasDetail, hasName } from './detail.ts'
import { always, type LifeFrame, own } from './life-frame.ts'

const DAYS = '(?:mon|tues|wednes|thurs|fri|satur|sun)day'
const EVERY = String.raw`every (?:single |other )?(?:day|morning|afternoon|evening|night|weekend|week|month|year|${DAYS})|every (?:\d+|two|three|four|few) (?:days|weeks|months)|each (?:day|morning|evening|night|week|weekend|month)|on (?:${DAYS}s|weekdays|weekends)|on ${DAYS}(?: (?:and|or) ${DAYS})?(?: (?:morning|afternoon|evening|night)s?)|(?:once|twice|(?:two|three|four|five|six|\d+)(?:(?: or |-| to )\w+)? (?:times|days|nights|hours|minutes)) (?:an?|per|each|every) (?:day|week|month|year)`
const SPAN = String.raw`for (?:about |around |over |almost |nearly |more than |the past |the last |at least )*(?:\d+|two|three|four|five|six|seven|eight|nine|ten|twelve|fifteen|twenty|several|a few) (?:months|years|weeks)|since (?:\d{4}|(?:last )?\p{Lu}\p{Ll}+|i was \w+)`
const NUMBER =
  '(?:\\d[\\d,.]*|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|fourteen|fifteen|twenty|thirty|forty|fifty)'
const ABOUT =
  '(?:about |around |over |almost |nearly |more than |at least |up to |close to |a total of |just |already )*'
/** Counted in every talk; nobody keeps the number. */
const ANY_COUNT =
  'questions?|issues?|problems?|options?|choices?|things?|ideas?|seconds?|minutes?|hours?|days?|weeks?|months?|years?|meetings?|tasks?|points?|concerns?|requests?|products?|steps?|parts?|tips?|ways?|goals?|paragraphs?|examples?|reasons?|tests?|files?|lines?|of (?:them|these|those|the (?:same|above))|more'
const NOT_HERE =
  '(?!(?:it|that|this|them|her|him|rid|into|to|stuck|home|through|some|a few|several|any|started|used|cut|an? (?:error|message|reply|response|question|call|sense|look|bit|lot|idea|chance|great one|good one))\\b)'

/** Money that changed hands or stands on a paper. */
const MONEY: readonly LifeFrame[] = [
  { pattern: own('(?:got |getting |get )?(?:pre-?)?approved for '), needs: hasAmount },
  {
    pattern: own(
      '(?:paid|spent|spend|used|earn|earned|make|made|saved|save|won|donated|raised|sold|invested|borrowed|owe|pay|put down|buying|bought|redeemed|got|received) ',
    ),
    needs: (clause) => /[$€£]\s?\d/.test(clause),
  },
]

const SHOP =
  /\b(?:from|at) (?:the|an?|my) (?:[\p{L}-]+ ){0,3}(?:store|shop|market|boutique|gallery|fair|bookstore|mall|outlet|dealership|bakery)\b/iu

/** Things one got, found again by name, price, day or shop. */
const GAINS: readonly LifeFrame[] = [
  {
    pattern: own(
      `(?:bought|purchased|got|picked up|ordered|received|upgraded to|invested in|rented|leased|inherited|installed|replaced|assembled|planted|sold|won) ${NOT_HERE}`,
    ),
    needs: (clause) => hasDetail(clause) || SHOP.test(clause),
  },
  {
    pattern: own(`(?:have|own|drive|ride|use|play|using|wearing|driving|riding) (?:an?|my) `),
    needs: hasName,
  },
  {
    pattern: own(
      '(?:adopted|converted|repainted|remodeled|renovated|redecorated|subscribed? to|joined|registered for|signed up for|enrolled in|volunteer(?:ed|ing)? (?:at|for|with)) (?!(?:it|that|this|them)\\b)',
    ),
    needs: (clause) => hasName(clause) || !/^[^,]{0,30}\bthe\b/i.test(clause),
  },
  {
    pattern: own(
      'had (?:an?|my|the) [^,]{2,50} (?:removed|installed|repaired|fixed|replaced|cut|checked|serviced|delivered|cleaned)\\b',
    ),
    needs: hasDetail,
  },
  {
    pattern: own('upgraded my [^,]{2,40} to '),
    needs: (clause) => hasCount(clause) || hasName(clause),
  },
  { pattern: own('a member of (?!(?:it|that|this)\\b)'), needs: always },
  {
    pattern: own(
      '(?:created|made|wrote|started|set up|named|published|recorded) [^,]{3,60} (?:called|named|titled|entitled) ',
    ),
    needs: hasName,
  },
]

/** What happened, where and with whom. */
const EVENTS: readonly LifeFrame[] = [
  {
    pattern: own(
      `(?:attended|participated in|took part in|taken part in|ran|completed|finished|visited|went (?:to|on|for)|been to|travel(?:l)?ed to|flew to|got back from|returned from|came back from|stayed (?:at|in)|watched|met|celebrated|hosted|presented|competed in|hiked|camped|climbed|performed|booked|served|repaired|serviced) ${NOT_HERE}`,
    ),
    needs: hasDetail,
  },
  {
    pattern: own(
      '(?:(?:finished |started |began )?reading|(?:finished|started|began) (?:watching|listening to)) (?!(?:about|up)\\b)',
    ),
    needs: hasName,
  },
]

/** What a person does again and again. */
const HABITS: readonly LifeFrame[] = [
  {
    pattern: own(String.raw`(?!\p{L}+ing with\b)[\p{L}-]+ (?:[^;]{0,80}\s)?(?:${EVERY})`),
    needs: (clause) => isScheduled(clause) && !/\b(?:today|lately|tomorrow)\b/i.test(clause),
  },
  {
    pattern: own(
      String.raw`(?:go|get up|wake up|wake|leave|start|finish|commute|exercise|run|train|work out|go to bed) [^;]{0,60}\bat (?:around |about )?\d{1,2}(?::\d\d)?(?: ?[ap]\.?m)?\b`,
    ),
    needs: always,
  },
  {
    pattern: own(String.raw`(?!\p{L}+ing with\b)[\p{L}-]+ing [^;]{2,80}(?:${SPAN})`),
    needs: always,
  },
]

/** A day of the week, a time or a number: "every weekend" alone says little. */
function isScheduled(clause: string): boolean {
  return (
    hasCount(clause) ||
    (hasName(clause) && /every (?:other )?(?:week|month)/i.test(clause)) ||
    new RegExp(`${DAYS}|once|twice|half an hour|an hour`, 'i').test(clause)
  )
}

/** How many, how fast, how far. */
const RECORDS: readonly LifeFrame[] = [
  {
    pattern: new RegExp(
      String.raw`^(?:so far,? )?I(?:'ve| have) (?:(?:now|already|only|recently|also|currently|just|so far) )*(?:been to |(?!(?:been|had|got|seen|noticed|looked)\b)[\p{L}-]+ (?:to |at |up |out |down )?(?:my )?)${ABOUT}${NUMBER} (?!(?:${ANY_COUNT})\b)[\p{L}-]`,
      'iu',
    ),
    needs: always,
  },
  {
    pattern: own(
      `(?:have|own|collected|lost|gained|written|read|grow|raise) ${ABOUT}${NUMBER} (?!(?:${ANY_COUNT})\\b)(?:[\\p{L}-]+ ){0,3}?[\\p{L}-]+s\\b`,
    ),
    needs: always,
  },
  {
    pattern: own(
      `(?:on page \\d+ of|(?:on|at|close to|up to|down to|hit|reached|passed|have|got) ${ABOUT}\\d[\\d,.]* (?:followers|subscribers|pages|episodes|chapters|books|pounds|kilos|kg|lbs|points|stars|miles|words))`,
    ),
    needs: always,
  },
  {
    pattern: own(
      '(?:ranked|placed|came in|came) (?:in )?(?:\\d+(?:st|nd|rd|th)|first|second|third)|scored \\d',
    ),
    needs: always,
  },
  {
    pattern: own(
      '(?:beat|set|hit|ran|participated|competed|took part|achieved|reached|improved|lowered|got|have|clocked|did|finished|completed|swam|cycled|rode|walked|hiked|jogged) (?:[^;]{0,60}\\s)?(?:\\d+(?:\\.\\d+)? ?(?:k|km|kilometers|miles|mi|meters)\\b|\\d{1,2}:\\d\\d|personal (?:best|record)|high score)',
    ),
    needs: hasCount,
  },
]

/** What a person did, got, does and reached. */
export const LIFE_EVENTS: readonly LifeFrame[] = [
  ...MONEY,
  ...GAINS,
  ...EVENTS,
  ...HABITS,
  ...RECORDS,
]

/** Facts that stand inside another statement: "my new lamp that I got from Ikea". */
export const OWN_NOUN_PHRASES: readonly LifeFrame[] = [
  {
    pattern:
      /\bmy (?:\p{L}+ )?(?:personal (?:best|record)|best time|commute|salary|rent)(?: time)? of (?:about |around |just )*[$€£]?\d[\d:.,]*(?: ?(?:minutes?|hours?|seconds?|miles?|km|k))?/iu,
    needs: always,
  },
  {
    pattern:
      /\bmy (?!(?:question|email|essay|code|order)\b)(?:(?!my\b)[\p{L}\d"'-]+ ){0,7}?[\p{L}\d"'-]+,? (?:that |which )?I (?:got|bought|purchased|received|ordered|picked up|inherited|adopted) (?:(?! [–-] )[^,;?!–—])+/iu,
    needs: (phrase) => hasDay(phrase) || hasAmount(phrase) || hasName(phrase),
  },
]
