import { createTwoFilesPatch, FILE_HEADERS_ONLY } from 'diff'
import type { FilePreview } from '../reverie.ts'
import { type Line, lineOf, type Tone } from './styled-line.ts'
import { terminalLines, terminalText } from './terminal-text.ts'

/** A unified diff of one file; a side that does not exist is `/dev/null`. Equal files give ''. */
export function filePatch({ path, before, after }: FilePreview): string {
  if (before === after) return ''
  return createTwoFilesPatch(
    before === null ? '/dev/null' : `a${path}`,
    after === null ? '/dev/null' : `b${path}`,
    before ?? '',
    after ?? '',
    undefined,
    undefined,
    { context: 3, headerOptions: FILE_HEADERS_ONLY },
  )
}

/** The diff as lines, never wrapped: a wrapped diff no longer shows what the file holds. */
export function diffView(files: readonly FilePreview[]): Line[] {
  return files.flatMap((file) => {
    const patch = filePatch(file)
    if (patch === '') return []
    const rows = terminalLines(patch.trimEnd()).map((row) => lineOf(row, toneOf(row)))
    return file.isSuggestion ? [lineOf(terminalText(SUGGESTION), 'noted'), ...rows] : rows
  })
}

const SUGGESTION = '# Suggested patch; a dream never writes this file:'

function toneOf(row: string): Tone {
  if (row.startsWith('+++') || row.startsWith('---')) return 'strong'
  if (row.startsWith('+')) return 'added'
  if (row.startsWith('-')) return 'removed'
  return row.startsWith('@@') ? 'noted' : 'plain'
}
