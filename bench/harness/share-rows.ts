import { type Row, shareRow } from './row.ts'

/** Whether an item counts as a hit; null = it says nothing of the figure and is not counted. */
export type Hit<Measured> = (item: Measured) => boolean | null

/** How a share is read off measured items. */
export interface ShareReading<Measured> {
  readonly metric: string
  readonly hit: Hit<Measured>
  /** The same share of trivial methods, by name. */
  readonly baselines?: Readonly<Record<string, Hit<Measured>>>
  readonly target?: string
}

/**
 * One share over all items and one for each class, most frequent first. Only the whole set has a
 * target.
 */
export function shareRows<Measured>(
  place: Pick<Row, 'suite' | 'set'>,
  items: readonly Measured[],
  reading: ShareReading<Measured>,
  classesOf: (item: Measured) => readonly string[] = () => [],
): readonly Row[] {
  const { metric, target } = reading
  const counted = items.filter((item) => reading.hit(item) !== null)
  const classes = sizes(counted.flatMap((item) => [...new Set(classesOf(item))]))
  const whole = { ...place, metric, ...(target === undefined ? {} : { target }) }
  return [
    ...shareOf(whole, items, reading),
    ...classes.flatMap((name) =>
      shareOf(
        { ...place, metric, class: name },
        items.filter((item) => classesOf(item).includes(name)),
        reading,
      ),
    ),
  ]
}

function shareOf<Measured>(
  figure: Parameters<typeof shareRow>[0],
  items: readonly Measured[],
  { hit, baselines = {} }: ShareReading<Measured>,
): readonly Row[] {
  const trivial = Object.entries(baselines).flatMap(([name, isHit]) => {
    const { hits, n } = count(items, isHit)
    return n === 0 ? [] : [[name, hits / n] as const]
  })
  const { hits, n } = count(items, hit)
  return shareRow({ ...figure, baselines: Object.fromEntries(trivial) }, hits, n)
}

function count<Measured>(
  items: readonly Measured[],
  hit: Hit<Measured>,
): { readonly hits: number; readonly n: number } {
  const found = items.map(hit).filter((isHit) => isHit !== null)
  return { hits: found.filter(Boolean).length, n: found.length }
}

/** Names by how often they occur, then by name. */
function sizes(names: readonly string[]): readonly string[] {
  return [...Map.groupBy(names, (name) => name)]
    .toSorted(([a, left], [b, right]) => right.length - left.length || (a < b ? -1 : 1))
    .map(([name]) => name)
}
