import { remembered } from '../../core/text/remembered.ts'
import { words } from './lexicon.ts'
import { contentTokens, type Token } from './tokens.ts'

/** Headings that sort notes by topic and narrow nothing. */
const TOPIC_WORDS: ReadonlySet<string> = words(`
  memory index overview summary note notes misc miscellaneous general other topic topics fact facts
  preference preferences style convention conventions rule rules guideline guidelines coding code
  workflow workflows working tool tools tooling setup command commands tip tips gotcha gotchas decision
  decisions background context history people team teams person user users profile about feedback
  reference references project projects lesson lessons learned debugging formatting communication
  environment environments architecture deployment deployments deploy deploys infrastructure infra ops
  operations hosting database databases data storage network ports port service services api apis
  testing test tests quality security documentation docs writing language languages support customer
  customers shipping billing payments payment orders order ownership owner owners own owns owned who what how things
  important current status todo tasks task plan plans goals meeting meetings schedule calendar contacts
  contact personal work home family health food travel hobbies interests habits likes dislikes info
  information details basics key main common useful links resources files build builds ci release
  releases git repository repositories frontend backend web mobile instructions always never remember
  storefront inventory stock brand rules local checkout mail email
`)

/** The words of headings and file names that may say whose or what the notes below are about. */
export function headingStems(context: readonly string[]): readonly string[] {
  const named = context
    .map((heading) => narrowing(heading).map((token) => token.stem))
    .filter((stems) => stems.length > 0)
  return [...new Set(named.at(-1) ?? [])].sort()
}

/** Heading words of all levels that are no mere topic. */
export function narrowingStems(context: readonly string[]): ReadonlySet<string> {
  const known = stemsByContext.get(context)
  if (known !== undefined) return known
  const stems = new Set(context.flatMap((heading) => narrowing(heading).map(({ stem }) => stem)))
  stemsByContext.set(context, stems)
  return stems
}

/** One list of headings is asked for with every pair that its entry is in. */
const stemsByContext = new WeakMap<readonly string[], ReadonlySet<string>>()

const HEADINGS_REMEMBERED = 5_000

const narrowing: (heading: string) => readonly Token[] = remembered(
  HEADINGS_REMEMBERED,
  (heading) => {
    const name = heading.replace(/\.md$/i, '').replace(/[_/]/g, ' ').replaceAll('-', ' ')
    return contentTokens(name).filter((token) => !TOPIC_WORDS.has(token.norm))
  },
)
