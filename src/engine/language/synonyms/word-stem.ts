import { stemmer } from 'stemmer'
import { remembered } from '../../../core/text/remembered.ts'

const WORDS_REMEMBERED = 20_000

/** Words that the stemmer confuses with others, each with a stem of its own. */
const OWN_STEMS: ReadonlySet<string> = new Set(
  `customer import important importance new news market marketing account accounting organ
  organization organisation general generic generate generation author authority public publication
  communicate communication community execute executive product production informal information
  formal format formation person personal personnel department apartment experience experiment
  past paste university universe policy position positive relative relation physical physics
  international operate operator commission commit committee contract contractor arm army
  numeral numerous several severe sever desert dessert station state statement moment momentum
  university house housing hardly lately interest interesting animal animate wander wonder
  process processor
  `.split(/\s+/),
)
const NO_ADVERBS: ReadonlySet<string> = new Set(
  `only early likely unlikely hardly nearly lately shortly mostly family reply apply supply july
  daily weekly monthly yearly hourly nightly quarterly fortnightly biweekly rely fly italy assembly
  anomaly multiply comply imply friendly barely fairly largely partly`.split(/\s+/),
)

/**
 * What forms of one word share: "deploys", "deployed" and "deployment"; "quick" and "quickly". A
 * Porter stem, save for words that it would confuse ("general", "generate").
 */
export const wordStem: (word: string) => string = remembered(WORDS_REMEMBERED, stemOf)

function stemOf(word: string): string {
  const plain = OWN_STEMS.has(word) ? word : withoutPlural(word)
  if (OWN_STEMS.has(plain)) return `=${plain}`
  if (/less$/.test(word) && word.length > 6) return `=${word}`
  if (/ly$/.test(word) && word.length > 4 && !NO_ADVERBS.has(word)) return porter(adjectiveOf(word))
  return porter(plain)
}

/** The stemmer turns a last y into i only where no ending was taken off: "deploy", "deployment". */
function porter(word: string): string {
  return stemmer(word).replace(/(?<=..)y$/, 'i')
}

function withoutPlural(word: string): string {
  return word.replace(/ies$/, 'y').replace(/(?<=[^s])s$/, '')
}

function adjectiveOf(adverb: string): string {
  return adverb
    .replace(/ically$/, 'ic')
    .replace(/ily$/, 'y')
    .replace(/ly$/, '')
}
