import { seededRandom } from '../../../src/testing/seeded-random.ts'
import { shuffled } from '../../harness/shuffled.ts'
import type { ChainItem } from './chain.ts'

const QUESTIONS: readonly (readonly [question: string, values: readonly string[]])[] = [
  ['who captains the Larkfield rowing club', ['Ada Quist', 'Bo Lind', 'Mara Voss', 'Tim Okoro']],
  ['which village hosts the Tarn market', ['Elmstead', 'Fairholt', 'Wexcombe', 'Oldbury']],
  ['who conducts the Brookside choir', ['Ines Dahl', 'Per Sund', 'Lena Marsh', 'Otto Krone']],
  ['what is the largest ferry of the Nordhavn line', ['Skua', 'Petrel', 'Fulmar', 'Guillemot']],
  ['where does the Alder archive keep its maps', ['the mill', 'the old school', 'the town hall']],
  ['what is the fee of the Marl Bay toll bridge', ['2 crowns', '3 crowns', '5 crowns']],
  ['which brewery supplies the Otter inn', ['Redgate', 'Saltmarsh', 'Twin Elms', 'Highfold']],
  ['who edits the Vale almanac', ['Ruth Ames', 'Hal Bryce', 'Cleo Finch']],
]

const FIRST_YEAR = 1996
const YEARS_BETWEEN_MAX = 6
const MONTH_NAMES = ['January', 'March', 'April', 'June', 'July', 'September', 'November'] as const

/** Chains about invented places and people, their dates as coarse as people give them. */
export function generatedChains(seed: number): readonly ChainItem[] {
  const random = seededRandom(seed)
  const below = (count: number): number => Math.floor(random() * count)
  return QUESTIONS.map(([question, values], n) => {
    let year = FIRST_YEAR + below(YEARS_BETWEEN_MAX)
    const chain = shuffled(values, random).map((value) => {
      year += 1 + below(YEARS_BETWEEN_MAX)
      return { valid_from: dateIn(year, below), answers: [value] }
    })
    return { id: `chain-${n}`, question, chain, order_certain: true }
  })
}

/** A year, a month or a day. */
function dateIn(year: number, below: (count: number) => number): string {
  const month = MONTH_NAMES[below(MONTH_NAMES.length)] ?? MONTH_NAMES[0]
  const dates = [String(year), `${month} ${year}`, `${month} ${1 + below(28)}, ${year}`]
  return dates[below(dates.length)] ?? String(year)
}
