import { type DestinationStream, pino } from 'pino'

export const LOG_LEVELS = ['debug', 'info', 'warn', 'error', 'silent'] as const

export type LogLevel = (typeof LOG_LEVELS)[number]

/** Fields of a line: ids, figures and fixed words; never contents, paths, queries or keys. */
export type LogFields = Readonly<Record<string, string | number | boolean | null>>

/** Where the server tells what it does. */
export interface ServerLog {
  info(fields: LogFields, what: string): void
  warn(fields: LogFields, what: string): void
  error(fields: LogFields, what: string): void
}

/** One JSON object a line. */
export function createLog(level: LogLevel, to: DestinationStream): ServerLog {
  return pino({ level, base: null, timestamp: pino.stdTimeFunctions.isoTime }, to)
}

export const NO_LOG: ServerLog = {
  info: () => undefined,
  warn: () => undefined,
  error: () => undefined,
}
