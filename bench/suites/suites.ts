import type { Suite } from '../harness/suite.ts'

/** All suites, in the order in which they run and are published. */
export const SUITES: readonly Suite[] = []
