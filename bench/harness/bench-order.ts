import { parseArgs } from 'node:util'
import type { Suite } from './suite.ts'

/** What one call of the bench is to do. */
export interface BenchOrder {
  readonly suites: readonly Suite[]
  /** The folder with the data sets; null = the default. */
  readonly data: string | null
  readonly seed: number
  /** Items of a set at most; null = all. A limited run is never written to the results. */
  readonly limit: number | null
  /** Sets to run; null = all of the suites. */
  readonly only: readonly string[] | null
  readonly isJson: boolean
  /** Every combination, where a suite measures a part of them otherwise. */
  readonly isFull: boolean
  /** Suites that run at the same time, each in a process of its own; 1 = one after the other. */
  readonly jobs: number
}

export type ReadOrder =
  | { readonly kind: 'run'; readonly order: BenchOrder }
  | { readonly kind: 'help'; readonly text: string }
  | { readonly kind: 'wrong'; readonly message: string }

/** The arguments of the command as an order, or what is wrong with them. */
export function readOrder(args: readonly string[], suites: readonly Suite[]): ReadOrder {
  try {
    return orderFrom(args, suites)
  } catch (error) {
    // `parseArgs` and the checks below say in one sentence what they met.
    if (!(error instanceof Error)) throw error
    return { kind: 'wrong', message: `${error.message}\n\nSee npm run bench -- --help.` }
  }
}

function orderFrom(args: readonly string[], suites: readonly Suite[]): ReadOrder {
  const { values, positionals } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: {
      data: { type: 'string' },
      seed: { type: 'string', default: '1' },
      limit: { type: 'string' },
      only: { type: 'string' },
      model: { type: 'string' },
      jobs: { type: 'string', default: '1' },
      json: { type: 'boolean', default: false },
      full: { type: 'boolean', default: false },
      help: { type: 'boolean', default: false },
    },
  })
  if (values.help) return { kind: 'help', text: usage(suites) }
  if (values.model !== undefined) {
    throw new RangeError('This release dreams without a model; leave --model out.')
  }
  const order: BenchOrder = {
    suites: positionals.length === 0 ? suites : positionals.map((name) => suiteOf(name, suites)),
    data: values.data ?? null,
    seed: wholeNumber('--seed', values.seed, 0),
    limit: values.limit === undefined ? null : wholeNumber('--limit', values.limit, 1),
    only: values.only?.split(',') ?? null,
    isJson: values.json,
    isFull: values.full,
    jobs: wholeNumber('--jobs', values.jobs, 1),
  }
  return { kind: 'run', order }
}

function suiteOf(name: string, suites: readonly Suite[]): Suite {
  const suite = suites.find((one) => one.name === name)
  if (suite !== undefined) return suite
  const known = suites.map((one) => one.name).join(', ')
  throw new RangeError(`There is no suite "${name}". Suites: ${known}.`)
}

function wholeNumber(option: string, text: string, min: number): number {
  const value = Number(text)
  if (text.trim() !== '' && Number.isSafeInteger(value) && value >= min) return value
  throw new RangeError(`${option} takes a whole number from ${min}, not "${text}".`)
}

function usage(suites: readonly Suite[]): string {
  const width = Math.max(0, ...suites.map(({ name }) => name.length))
  return `Usage: npm run bench -- [suite...] [options]

Runs whole dreams over data sets and measures what became of the memory. Without a suite all run.

Suites
${suites.map(({ name, about }) => `  ${name.padEnd(width)}  ${about}`).join('\n')}

Options
  --data DIR     folder with the data sets (default ../shared/data)
  --only SET,..  only these sets of the suites
  --limit N      at most N items of a set, drawn under the seed; nothing is written to the results
  --seed N       decides samples and shuffles (default 1)
  --jobs N       run N suites at a time; leave it out where times are measured (default 1)
  --full         every combination, where a suite measures a part of them (trust: hours)
  --json         one JSON document on standard output instead of tables
  --help         this text

A set whose files are absent is named on standard error and gives no rows. Every figure is appended
to bench/results/<suite>.jsonl with the commit (+ = with local changes) and the seed.`
}
