import { LIMITS } from '../../config.ts'
import { NOT_UTF8, type TallyDraft } from '../import-tally.ts'
import type { ImportSource } from '../importer.ts'
import { parseJson } from '../json-value.ts'
import { type SourceLine, sourceLines, tooLarge } from '../source-lines.ts'
import { type JsonPart, JsonSplitter } from './json-splitter.ts'

/** A JSON value of a source: of a line, or a part of a text over several lines. */
export interface SourceValue {
  readonly value: unknown
  /** The line, or of a text over several lines the line on which the part begins; from 1. */
  readonly line: number
  /** False for a line of JSON lines: what it holds is a value by itself, no element of a list. */
  readonly isPart: boolean
}

const PART_LIMITS = {
  partBytesMax: LIMITS.jsonSourceBytesMax,
  containersMax: LIMITS.jsonContainersMax,
}

/**
 * The JSON values of a source, in order, one at a time in memory: a line each, or the elements of a
 * list over several lines, or texts one after the other. What is no JSON is counted here, all else
 * where it is judged. Throws `request_too_large` beyond `LIMITS.sourceBytesMax`, and the signal's
 * reason.
 */
export async function* sourceValues(
  source: ImportSource,
  tally: TallyDraft,
  signal?: AbortSignal,
): AsyncGenerator<SourceValue> {
  if (await isOneText(source, signal)) {
    for await (const part of sourceParts(source, signal)) yield* partValue(part, tally)
    return
  }
  for await (const line of sourceLines(source, signal)) yield* lineValue(line, tally)
}

function* lineValue(
  { number, text, isEnded, isWhole }: SourceLine,
  tally: TallyDraft,
): Generator<SourceValue> {
  if (text?.trim() === '') {
    tally.countLine()
    return tally.skip('blank')
  }
  const value = text === null ? undefined : parseJson(text)
  if (value !== undefined) {
    if (!isWhole) tally.tellBad(NOT_UTF8, number)
    return yield { value, line: number, isPart: false }
  }
  tally.countLine()
  const reason = text === null ? 'line too long' : isEnded ? 'not JSON' : 'torn line'
  return tally.skipBad(reason, number)
}

function* partValue({ text, line, isEnded }: JsonPart, tally: TallyDraft): Generator<SourceValue> {
  const value = text === null ? undefined : parseJson(text)
  if (value !== undefined) return yield { value, line, isPart: true }
  tally.countLine()
  const reason = text === null ? 'item too large' : isEnded ? 'not JSON' : 'torn line'
  return tally.skipBad(reason, line)
}

/**
 * Whether the source is a JSON text over several lines. Its first line is no JSON by itself and its
 * first part is; else a damaged line of JSON lines would take all others with it.
 */
async function isOneText(source: ImportSource, signal?: AbortSignal): Promise<boolean> {
  for await (const { text } of sourceLines(source, signal)) {
    if (text?.trim() === '') continue
    if (text !== null && (!/^\s*[[{]/.test(text) || parseJson(text) !== undefined)) return false
    return await beginsWithPart(source, signal)
  }
  return false
}

async function beginsWithPart(source: ImportSource, signal?: AbortSignal): Promise<boolean> {
  for await (const { text, isEnded } of sourceParts(source, signal)) {
    return text === null || (isEnded && parseJson(text) !== undefined)
  }
  return false
}

/** The parts of a JSON text; a list that nothing ends has a torn last part. */
async function* sourceParts(source: ImportSource, signal?: AbortSignal): AsyncGenerator<JsonPart> {
  const splitter = new JsonSplitter(PART_LIMITS)
  let bytesRead = 0
  for await (const chunk of source.open()) {
    signal?.throwIfAborted()
    bytesRead += chunk.length
    if (bytesRead > LIMITS.sourceBytesMax) throw tooLarge(source.path, LIMITS.sourceBytesMax)
    yield* splitter.push(chunk)
  }
  const last = splitter.finish()
  if (last !== null) yield last
  else if (splitter.isInList) yield { text: '', line: splitter.line, isEnded: false }
}
