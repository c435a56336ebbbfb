import type { DataFolder } from './data-folder.ts'
import type { DreamCases } from './dream-cases.ts'
import type { Row } from './row.ts'

/** What a suite is run with. */
export interface BenchContext {
  readonly data: DataFolder
  /** Runs whole dreams through the public interface. */
  readonly cases: DreamCases
  readonly seed: number
  /** Told as the suite goes along, for people. */
  readonly note: (text: string) => void
}

/** One family of figures. A set whose files are not there is left out, and said so. */
export interface Suite {
  readonly name: string
  /** One line: what it measures. */
  readonly about: string
  run(context: BenchContext): Promise<readonly Row[]>
}
