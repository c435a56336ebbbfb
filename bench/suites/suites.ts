import type { Suite } from '../harness/suite.ts'
import { supersede } from './supersede/supersede.ts'

/** All suites, in the order in which they run and are published. */
export const SUITES: readonly Suite[] = [supersede]
