import type { ListChange } from './list-change.ts'

const START = String.raw`(?<=^|[,;:(—–]\s*|\s-\s|\b(?:and|but|so|also|plus|that|now|actually|because|since|as)\s)`
const SOON = String.raw`(?:\s(?:just|recently|finally|officially|actually|also|now|currently|already|mostly|really|all|completely|long since))*`
const WE = `${START}(?:I|I've|I have|I'm|I am|We|we|We've|we've|We have|we have|We're|we're|We are|we are|[Mm]y team|[Tt]he team)(?: (?:has|have|is))?${SOON}`
/** A product: its name begins with a capital letter, or is set as code. */
const TOOL = String.raw`(?:\x60[^\x60]+\x60|\p{Lu}[\p{L}\d.+#-]*(?<![.-])(?:\s\p{Lu}[\p{L}\d+#-]*)*)`
const TOOLS = String.raw`${TOOL}(?:(?:,\s|,?\s(?:and|or|&)\s|\s?[+/]\s?)${TOOL})*`
/** What teams keep in tools. */
const KEPT = String.raw`(?:[\p{L}-]+\s){0,3}?(?:\p{L}*(?:tracking|planning|management|scheduling|reporting|messaging|documentation)|docs|notes|tickets?|tasks|designs?|code|repos?|repositories|ci|builds|hosting|chat|wiki|boards?|backlog|issues|bugs|roadmaps?|dashboards?|reports|stack|crm|spreadsheets?|mail|email|everything|it all|things)`

interface Reader {
  readonly pattern: RegExp
}

const READERS: readonly Reader[] = [
  rx(
    `${WE}\\s(?:switched|switching|moved|moving|migrated|migrating|changed|went|gone|going|transitioned)(?: over)?(?: [\\p{L}-]+){0,4}? from (?<gone>${TOOLS}) (?:over )?to (?<come>${TOOLS})`,
  ),
  rx(
    `(?<=^|[,;:] )(?:[Ss]witching|[Ss]witched|[Mm]oving|[Mm]oved)(?: over)?(?: [\\p{L}-]+){0,4}? from (?<gone>${TOOLS}) to (?<come>${TOOLS})`,
  ),
  rx(
    `${WE}\\s(?:replaced|swapped(?: out)?|replacing|swapping) (?<gone>${TOOLS}) (?:with|for|by) (?<come>${TOOLS})`,
  ),
  rx(
    `${WE}\\s(?:traded|ditched|dropped|abandoned|left|leaving) (?<gone>${TOOLS}) (?:for|in favou?r of) (?<come>${TOOLS})`,
  ),
  rx(
    `${WE}\\s(?:uses?|using|work with|started using) (?<come>${TOOLS})(?: for [^,;.]{2,40})? (?:instead of|rather than|in place of) (?<gone>${TOOLS})`,
  ),
  rx(
    `${WE}\\s(?:started|begun|began|have begun|adopted|adopting|starting)(?: (?:using|to use|working (?:with|in)|writing|coding in))? (?<come>${TOOLS})`,
  ),
  rx(
    `${WE}\\s(?:started|begun|began)(?: \\p{L}+ing) [^,;.]{2,60}? (?:in|with) (?<come>${TOOLS})(?= instead| now|[.,;!]|\\s[-–—]|$)`,
  ),
  rx(
    `${WE}\\s(?:moved|switched|migrated|shifted|transferred)(?: over)? ${KEPT}(?: over)? to (?<come>${TOOLS})`,
  ),
  rx(`${WE}\\s(?:moved|switched|migrated)(?: over)? to (?<come>${TOOLS}) for ${KEPT}`),
  rx(
    `${WE}\\s(?:use|uses|using|working with|work with|bounce between|alternate between|split my time between) (?<come>${TOOLS})(?= (?:now|too|as well|these days)\\b)`,
  ),
  rx(`${START}[Ee]verything(?:'s| is)(?: now)? in (?<come>${TOOLS})(?= now\\b|$|[.,;!])`),
  rx(
    `(?:[Gg]oing forward|[Ff]rom now on),? (?:please )?(?:assume|use|default to|think) (?<come>${TOOLS})`,
  ),
]
const ENDED: readonly Reader[] = [
  rx(
    `${WE}\\s(?:dropped|ditched|abandoned|retired|uninstalled|stopped using|quit using|quit|gave up(?: on)?|got off(?: of)?|got rid of|moved off(?: of)?|moved away from|done with|no longer uses?|no longer using|no longer work with) (?<gone>${TOOLS})`,
  ),
  rx(
    `${WE}\\s(?:don't|do not|doesn't|aren't|are not|am not)(?: really| even)? (?:use|using|work with) (?<gone>${TOOLS})[^,;.]{0,20}? any ?more`,
  ),
  rx(
    `${START}(?<gone>${TOOLS}) (?:is|are)(?: (?:mostly|basically|pretty much|completely|now|finally|all))* gone\\b`,
  ),
]

const ONCE =
  /\b(?:for (?:this|that|the|one) (?:project|task|demo|client|time)|just this once|to try|trial|evaluat\w+|as a test|course|class|job|internship)\b/i

/** What a person or their team took up and gave up of tools, in one sentence; null without either. */
export function listedNews(sentence: string): ListChange | null {
  const text = sentence.replaceAll('’', "'")
  if (ONCE.test(text)) return null
  const change = firstOf(READERS, text)
  const end = firstOf(ENDED, text)
  const [come, gone] = [change?.come ?? [], [...(change?.gone ?? []), ...(end?.gone ?? [])]]
  if (come.length + gone.length === 0) return null
  return { come: come.filter((one) => !gone.includes(one)), gone: [...new Set(gone)] }
}

function firstOf(readers: readonly Reader[], text: string): ListChange | null {
  for (const { pattern } of readers) {
    const groups = pattern.exec(text)?.groups
    if (groups !== undefined) return { come: listOf(groups.come), gone: listOf(groups.gone) }
  }
  return null
}

function listOf(text: string | undefined): readonly string[] {
  return (text ?? '')
    .split(/,\s(?:and\s|or\s)?|\s(?:and|or|&)\s|\s?[+/]\s?/)
    .map((name) => name.replaceAll('`', '').trim())
    .filter((name) => name !== '' && !/^(?:I|The|A|It|This|That|We)$/.test(name))
}

function rx(source: string): Reader {
  return { pattern: new RegExp(source, 'u') }
}
