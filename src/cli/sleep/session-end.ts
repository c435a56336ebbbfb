import { spawn } from 'node:child_process'
import {
  closeSync,
  constants,
  fstatSync,
  mkdirSync,
  openSync,
  realpathSync,
  statSync,
  writeSync,
} from 'node:fs'
import { isAbsolute, join } from 'node:path'
import { LIMITS } from '../../config.ts'
import { SESSION_ENDS_FILE, sessionEndLine } from '../../core/session.ts'
import { parseJson } from '../../core/text/parsed-json.ts'
import { readConfig } from '../../settings.ts'

/** What the hook works with; little is imported, since an agent waits for it to end. */
export interface HookIo {
  readonly stdin: AsyncIterable<string | Uint8Array> & { readonly isTTY?: boolean }
  readonly env: Readonly<Record<string, string | undefined>>
  readonly now: () => Date
  /** How this program is started again. */
  readonly invocation: readonly string[]
}

/** What came of a hook, for whoever wants to know. */
export interface HookOutcome {
  /** The end of the session is noted. */
  readonly isMarked: boolean
  /** A dream was started beside; it looks for itself whether it is due. */
  readonly isStarted: boolean
  /** One sentence. */
  readonly why: string
}

/** Set in everything that a hook starts: a session that ends in there starts nothing again. */
export const DREAMING_VARIABLE = 'REVERIE_DREAMING'

const READ_MS = 500
const PRIVATE_FILE = 0o600
const PRIVATE_FOLDER = 0o700

/**
 * Notes that a session of an agent is over, as its hook tells on stdin, and starts a dream beside that
 * outlives this process. Opens no storage, and never throws: it runs inside of somebody's agent.
 */
export async function endSession(io: HookIo): Promise<HookOutcome> {
  if (io.env[DREAMING_VARIABLE] !== undefined) {
    return { isMarked: false, isStarted: false, why: 'A dream is what runs here.' }
  }
  let isMarked = false
  try {
    const told = hookInput(await readSome(io.stdin))
    if (told === null) return { isMarked, isStarted: false, why: 'No end of a session was told.' }
    const { home } = readConfig(io.env)
    mkdirSync(home, { recursive: true, mode: PRIVATE_FOLDER })
    isMarked = mark(home, told.transcript, io.now())
    const isStarted = await start(home, told.cwd, io)
    return { isMarked, isStarted, why: isStarted ? 'A dream looks whether it is due.' : NO_FOLDER }
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error)
    return { isMarked, isStarted: false, why }
  }
}

const NO_FOLDER = 'The folder that the session was in is gone: no dream was started.'

/** Null = too much, or nothing that tells of the end of a session. */
function hookInput(text: string): { readonly transcript: string; readonly cwd: string } | null {
  const told = parseJson(text)
  if (told === null || typeof told !== 'object') return null
  const { transcript_path, cwd, hook_event_name = END } = told as Readonly<Record<string, unknown>>
  if (hook_event_name !== END) return null
  if (typeof transcript_path !== 'string' || !isAbsolute(transcript_path)) return null
  const folder = typeof cwd === 'string' && isAbsolute(cwd) ? cwd : ''
  return { transcript: realpathSync(transcript_path), cwd: folder }
}

const END = 'SessionEnd'

/** What is there within a moment: an agent that leaves the pipe open is not waited for. */
async function readSome(stdin: HookIo['stdin']): Promise<string> {
  if (stdin.isTTY === true) return ''
  const chunks: Uint8Array[] = []
  let bytes = 0
  const reading = (async () => {
    for await (const chunk of stdin) {
      const part = typeof chunk === 'string' ? Buffer.from(chunk) : chunk
      bytes += part.byteLength
      if (bytes > LIMITS.hookInputBytesMax) return
      chunks.push(part)
    }
  })()
  const { promise: late, resolve } = Promise.withResolvers<void>()
  const timer = setTimeout(resolve, READ_MS)
  await Promise.race([reading, late])
  clearTimeout(timer)
  return bytes > LIMITS.hookInputBytesMax ? '' : Buffer.concat(chunks).toString('utf8')
}

/** One line in one write, at the end of whatever others have left. */
function mark(home: string, transcript: string, now: Date): boolean {
  const line = sessionEndLine({ transcript, at: now.toISOString() })
  if (Buffer.byteLength(line) > LIMITS.hookLineBytesMax) return false
  return appended(join(home, SESSION_ENDS_FILE), (file) => {
    if (fstatSync(file).size > LIMITS.sessionEndsBytesMax) return false
    return writeSync(file, line) > 0
  })
}

function appended<T>(path: string, act: (file: number) => T): T {
  const { O_APPEND, O_CREAT, O_WRONLY, O_NOFOLLOW } = constants
  const file = openSync(path, O_APPEND | O_CREAT | O_WRONLY | O_NOFOLLOW, PRIVATE_FILE)
  try {
    return act(file)
  } finally {
    closeSync(file)
  }
}

const LOG_FILE = 'dream.log'

/** In the folder of the session, so that its project is found; the agent does not wait for it. */
async function start(home: string, cwd: string, { env, invocation }: HookIo): Promise<boolean> {
  const [program, ...words] = invocation
  const isThere = cwd !== '' && statSync(cwd, { throwIfNoEntry: false })?.isDirectory() === true
  if (program === undefined || !isThere) return false
  const path = join(home, LOG_FILE)
  const isLong = (statSync(path, { throwIfNoEntry: false })?.size ?? 0) > LIMITS.dreamLogBytesMax
  const flags = isLong ? constants.O_TRUNC : constants.O_APPEND
  const { O_CREAT, O_WRONLY, O_NOFOLLOW } = constants
  const log = openSync(path, flags | O_CREAT | O_WRONLY | O_NOFOLLOW, PRIVATE_FILE)
  try {
    const child = spawn(program, [...words, 'dream', '--if-due'], {
      cwd,
      env: { ...env, [DREAMING_VARIABLE]: '1' },
      detached: true,
      windowsHide: true,
      stdio: ['ignore', log, log],
    })
    const { promise: isStarted, resolve, reject } = Promise.withResolvers<boolean>()
    child.once('spawn', () => resolve(true))
    child.once('error', reject)
    child.unref()
    return await isStarted
  } finally {
    closeSync(log)
  }
}
