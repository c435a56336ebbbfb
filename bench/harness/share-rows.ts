import { type Row, shareRow } from './row.ts'

/** How a share is read off measured items; null = the item says nothing of it. */
export interface ShareReading<Measured> {
  readonly metric: string
  readonly hit: (item: Measured) => boolean | null
  /** The same share of trivial methods, counted over the same items. */
  readonly baselines?: Readonly<Record<string, (item: Measured) => boolean>>
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
  const figure = { ...place, metric, ...(target === undefined ? {} : { target }) }
  const whole = shareOf(figure, counted, reading)
  const byClass = Map.groupBy(
    counted.flatMap((item) => classesOf(item).map((name) => ({ name, item }))),
    ({ name }) => name,
  )
  const classes = [...byClass].toSorted(
    ([a, left], [b, right]) => right.length - left.length || (a < b ? -1 : 1),
  )
  return [
    ...whole,
    ...classes.flatMap(([name, members]) =>
      shareOf(
        { ...place, metric, class: name },
        members.map(({ item }) => item),
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
  const n = items.length
  const share = (isHit: (item: Measured) => boolean): number =>
    n === 0 ? 0 : items.filter(isHit).length / n
  const trivial = Object.entries(baselines).map(([name, isHit]) => [name, share(isHit)] as const)
  return shareRow(
    { ...figure, baselines: Object.fromEntries(trivial) },
    items.filter((item) => hit(item) === true).length,
    n,
  )
}
