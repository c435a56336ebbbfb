import { Option } from 'commander'
import { TRANSCRIPT_FORMATS } from '../config.ts'

/** `--format`: another name is wrong usage, also where no transcript is read. */
export function formatOption(): Option {
  return new Option(
    '--format <name>',
    'read transcripts in this format instead of judging by content',
  ).choices(TRANSCRIPT_FORMATS)
}
