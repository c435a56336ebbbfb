import { hasAmount, hasCount, hasDay, hasDetail, hasName } from './detail.ts'
import { always, KIN, type LifeFrame, mine, own, PET, TRADE } from './life-frame.ts'

const AILMENT =
  '(?:asthma|diabetes|migraines?|arthritis|eczema|adhd|celiac disease|high blood pressure|hypertension|insomnia|anemia|an? (?:\\w+ )?(?:allergy|intolerance|injury))\\b'
const DIPLOMA =
  "degree|diploma|ph\\.?d|doctorate|bachelor(?:'s)?|master(?:'s)?|mba|undergraduate|high school|college|university|certification|certificate"
const SUBJECTS =
  'lessons?|class(?:es)?|courses?|piano|guitar|violin|drums|cello|flute|tennis|soccer|football|basketball|golf|chess|volleyball|badminton|hockey|yoga|pilates|karate|judo|boxing|swimming|dancing|drawing|painting|photography|pottery|knitting|cooking|cuisine|coins|stamps|vinyl|records|cameras|tea|programming|coding'
/** Said of these, "my ... is" speaks of the work at hand. */
const WORK_NOUN =
  /^my (?:[\p{L}'-]+ ){0,4}?(?:questions?|essay|code|emails?|plan|goal|aim|guess|understanding|concern|point|problem|issue|budget|project|website|app|resume|cover letter|order|opinion|thoughts?|idea|task|assignment|homework|paper|draft|story|character|company|business|brand|product|team|client|customer|audience|request|message|apologies|mistake|bad|first time|time|mind|way|favou?rite (?:part|thing|way|moment)s?) /iu

const WEEKLY = /\bon (?:mon|tues|wednes|thurs|fri|satur|sun)days\b/i

/** Who I am, where I live, what I speak: true for years. */
const SELF: readonly LifeFrame[] = [
  { pattern: mine("(?:full |first |last |nick)?name(?:'s| is)"), needs: hasName },
  { pattern: own('\\d{1,3} years old|(?:turned|turning) \\d\\d\\b'), needs: always },
  {
    pattern: own(
      '(?:originally )?from |born (?:in|on) |grew up (?:in|on) |live in |living in |based in |moved (?:back )?(?:to|into) |relocated to ',
    ),
    needs: hasDetail,
  },
  {
    pattern: own(
      `an? (?:[\\p{L}-]+ ){0,3}(?:${TRADE})(?: (?:at|for|in|from|with|who|of|by|specializing)\\b|$)`,
    ),
    needs: always,
  },
  {
    pattern: own('speak |fluent in '),
    needs: (clause) => /\b(?:speak|in) (?:\w+ )?\p{Lu}/u.test(clause),
  },
  {
    pattern: own(
      '(?:happily )?(?:married|divorced|widowed|engaged|pregnant|expecting (?:an? baby|twins|our \\p{L}+ child)|retired|left-handed|colou?r-?blind|vegan|vegetarian|pescatarian|an? (?:vegan|vegetarian|twin|introvert|extrovert|only child))\\b(?! (?:in|with) (?:the|this|my))',
    ),
    needs: always,
  },
  { pattern: own('in (?:the \\d{4,5} zip code|zip code \\d{5})'), needs: always },
]

/** Learning and work. */
const CALLING: readonly LifeFrame[] = [
  {
    pattern: own(
      `(?:graduated|majored|minored) (?:from|with|in)|(?:completed|finished|earned|received|got|have|hold|doing|pursuing) (?:an?|my) (?:[\\p{L}'-]+ ){0,3}(?:${DIPLOMA})\\b`,
    ),
    needs: (clause) => !/\b(?:application|essay|resume|cover letter|thesis)\b/i.test(clause),
  },
  {
    pattern: own('(?:study|studying|studied|majoring in|attend|teach|teaching|taught|tutor) '),
    needs: hasName,
  },
  { pattern: own('(?:got |get )?promoted to |changed jobs\\b'), needs: always },
  {
    pattern: own(
      '(?:work|worked|working|employed|interning|interned) (?:part-time |full-time |remotely )?(?:at|for|as|in|with) ',
    ),
    needs: (clause) =>
      hasName(clause) ||
      new RegExp(`\\b(?:${TRADE})\\b`, 'i').test(clause) ||
      /\b(?:\d+|several|two|three|four|five|ten) years\b/.test(clause),
  },
  {
    pattern: own(
      '(?:started|got|landed|accepted|quit|left|lost|resigned from) (?:at |my |an? |the )(?:[\\p{L}-]+ ){0,3}(?:job|role|position|internship|business)\\b',
    ),
    needs: always,
  },
  {
    pattern: own(
      '(?:started|founded|launched|run|own|opened) (?:my own|an?|our) (?:[\\p{L}-]+ ){0,2}(?:business|company|shop|store|restaurant|podcast|studio|bakery|farm|newsletter)\\b',
    ),
    needs: always,
  },
  { pattern: own('(?:lead|manage|supervise|coach|mentor) '), needs: hasCount },
  {
    pattern: own(
      `(?:learning|taking|practi[cs]ing|teaching|playing|play|practi[cs]e|collect|collecting|coach|coaching|doing) (?!(?:it|that|this|them|an? (?:new|look|break)|the|time|notes|care|advantage|about|more)\\b)(?:[\\p{L}'-]+ ){0,5}?(?:${SUBJECTS})\\b`,
    ),
    needs: always,
  },
  { pattern: own('(?:learning|practi[cs]ing) (?:how )?to (?!do\\b|be\\b|get\\b)'), needs: always },
]

/** People, animals and things of one's own. */
const OWN_WORLD: readonly LifeFrame[] = [
  {
    pattern: own(
      `(?:have|adopted|got|rescued|foster) (?:an?|one|two|three|four|five|six|\\d+|our) (?:[\\p{L}\\d-]+ ){0,3}(?:${PET}|son|daughter|kid|child(?:ren)?|sister|brother|sibling|twin|boy|girl)s?\\b(?! (?:food|toy|bed|store|camera|class|book|party))`,
    ),
    needs: always,
  },
  {
    pattern: mine(
      `(?:[\\p{L}]+ )?(?:${KIN}|${PET})(?:'s name is|,? (?!and\\b)[^,]{2,40},?)? (?:is|are|has|have|just|recently|works?|lives?|moved|got|started|turned|turns|graduated|loves|named|called|weighs|teaches|studies|owns|runs)\\b`,
    ),
    needs: (clause) =>
      hasDetail(clause) ||
      /\b(?:\d+|one|two|three|four|five|six|seven|eight|nine|ten)\b/.test(clause),
  },
  {
    pattern: mine(
      "(?:[\\p{L}\\d'’-]+ ){1,8}?(?:is|are|was|takes?|gets|has|costs?|weighs|runs|starts|ends|averages|reached) ",
    ),
    needs: (clause) =>
      !WORK_NOUN.test(clause) &&
      (hasAmount(clause) || hasDay(clause) || hasCount(clause) || WEEKLY.test(clause)),
  },
  {
    pattern: mine(
      "(?:[\\p{L}\\d'’-]+ ){0,4}?(?:car|truck|bike|bicycle|motorcycle|phone|laptop|computer|tablet|camera|guitar|piano|doctor|dentist|therapist|tutor|trainer|advisor|hometown|school|university|college|major|employer|landlord|gym|bank|church)(?:'s name)? is ",
    ),
    needs: hasName,
  },
  {
    pattern: own('(?:keep|store|stored|hung|put) my [^,]{3,60}? (?:in|on|under|at|above|behind) '),
    needs: always,
  },
]

/** Body and diet. */
const BODY: readonly LifeFrame[] = [
  {
    pattern: own(
      `(?:allergic to|(?:lactose|gluten) intolerant|diagnosed with|have ${AILMENT}|suffer from ${AILMENT}|afraid of (?:heights|flying|spiders|snakes|dogs|needles|the dark|water)|take \\d+ ?mg|(?:quit|stopped) (?:smoking|drinking))`,
    ),
    needs: always,
  },
  {
    pattern: own(
      "(?:don't|do not|no longer|never) (?:eat|drink) (?!(?:it|that|this|enough|as|much|a lot|so)\\b)",
    ),
    needs: always,
  },
]

/** What a person likes, by name or as a list of pastimes. */
const TASTES: readonly LifeFrame[] = [
  {
    pattern: mine(
      "(?:[\\p{L}-]+ )?(?:all-time )?favou?rite (?!(?:part|thing|moment|one)\\b)(?:[\\p{L}'-]+ ){1,4}(?:is|are) (?!(?:when|that|how|the (?:one|part))\\b)",
    ),
    needs: always,
  },
  { pattern: mine('(?:main |biggest )?hobb(?:y|ies) (?:is|are|include) '), needs: always },
  {
    pattern: own('an? (?:big|huge|avid|die-hard|long-?time) (?:fan of|\\p{L}+(?:er|or|ist)\\b)'),
    needs: always,
  },
  {
    pattern: own(
      "(?:love|like|enjoy|hate|dislike|prefer) (?:playing |doing )?(?!(?:the|this|that|these|those|it|how|to|your|when|what|an?|my|being|having|hearing|getting|chatting|talking|sharing|spending|both|all|exploring)\\b)[\\p{L}'-]+(?: [\\p{L}'-]+){0,3}(?:,| and )",
    ),
    needs: always,
  },
]

/** What is so with a person: identity, calling, people and things, body, tastes. */
export const LIFE_STATES: readonly LifeFrame[] = [
  ...SELF,
  ...CALLING,
  ...OWN_WORLD,
  ...BODY,
  ...TASTES,
]
