import { type Suite, suiteOf } from '../../harness/suite.ts'
import { claudeCode } from './claude-code.ts'
import { invented } from './invented.ts'
import { shuffledErrors } from './shuffled-errors.ts'
import { tauAirline } from './tau-airline.ts'

/** Is learned what came back over sessions, and nothing that did not? */
export const patterns: Suite = suiteOf(
  'patterns',
  'errors and corrections that came back learned, with sources; nothing learned of one session',
  [invented, claudeCode, tauAirline, shuffledErrors],
)
