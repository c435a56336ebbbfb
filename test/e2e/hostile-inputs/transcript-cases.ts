import { spawnSync } from 'node:child_process'
import { mkdirSync, symlinkSync, truncateSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { type Place, said } from './hostile-world.ts'

/** What a stranger puts among transcripts, and what must be said of it. */
export interface TranscriptCase {
  readonly name: string
  readonly put: (place: Place) => void
  /** Places that must be told: the end of the file's path, its line, words of the reason. */
  readonly told: readonly (readonly [file: string, line: number | null, reason: RegExp])[]
  /** Events that are read besides the sound one. */
  readonly events: number
}

const GOOD = said('The outlet closes at 18:00.')
const NESTED = 100_000
const nested = (depth: number): string => '['.repeat(depth) + ']'.repeat(depth)

/** A session file of lines; the n-th place is line n. */
const lines =
  (...parts: readonly (string | Uint8Array)[]) =>
  ({ name, write }: Place): void =>
    write(
      'x.jsonl',
      Buffer.concat(
        parts.map((part) =>
          Buffer.from(
            typeof part === 'string' ? part.replaceAll('outlet', `outlet of ${name}`) : part,
          ),
        ),
      ),
    )

export const TRANSCRIPT_CASES: readonly TranscriptCase[] = [
  {
    name: 'a last line that was cut off',
    put: lines(GOOD, GOOD.slice(0, 30)),
    told: [['x.jsonl', 2, /torn line/]],
    events: 1,
  },
  {
    name: 'a line that was cut off in the middle of the file',
    put: lines(GOOD, `${GOOD.slice(0, 30)}\n`, GOOD.replace('18', '19')),
    told: [['x.jsonl', 2, /not JSON/]],
    events: 2,
  },
  {
    name: 'a line of 50 MB',
    put: lines(GOOD, said('x'.repeat(50_000_000)), GOOD.replace('18', '19')),
    told: [['x.jsonl', 2, /line too long/]],
    events: 2,
  },
  {
    name: 'bytes that are no UTF-8',
    put: lines(GOOD, Buffer.from(GOOD.replace('outlet', 'caf\xe9'), 'latin1')),
    told: [['x.jsonl', 2, /UTF-8/]],
    events: 2,
  },
  {
    name: 'NUL bytes between and in lines',
    put: lines(GOOD, '\0\0\0\n', GOOD.replace('outlet', 'out\0let'), GOOD.replace('18', '19')),
    told: [
      ['x.jsonl', 2, /not JSON/],
      ['x.jsonl', 3, /not JSON/],
    ],
    events: 2,
  },
  {
    name: 'nothing but NUL bytes',
    put: lines('\0'.repeat(4_096)),
    told: [['x.jsonl', null, /format/]],
    events: 0,
  },
  { name: 'a byte order mark', put: lines('\uFEFF', GOOD), told: [], events: 1 },
  {
    name: 'UTF-16',
    put: lines(Buffer.from(`\uFEFF${GOOD}`, 'utf16le')),
    told: [['x.jsonl', null, /format/]],
    events: 0,
  },
  {
    name: 'CRLF',
    put: lines(GOOD.replace('\n', '\r\n'), GOOD.replace('18', '19').replace('\n', '\r\n')),
    told: [],
    events: 2,
  },
  {
    name: 'carriage returns alone',
    put: lines(GOOD.replace('\n', '\r'), GOOD.replace('18', '19').replace('\n', '\r')),
    told: [],
    events: 2,
  },
  {
    name: 'a link to a file out of the folder',
    put: ({ folder, outside }) =>
      symlinkSync(outside('private.jsonl', GOOD), join(folder, 'x.jsonl')),
    told: [['x.jsonl', null, /symbolic link/]],
    events: 0,
  },
  {
    name: 'a link to a folder out of the folder',
    put: ({ folder, outside }) => {
      symlinkSync(dirname(outside('all/private.jsonl', GOOD)), join(folder, 'x'))
    },
    told: [['x', null, /symbolic link/]],
    events: 0,
  },
  {
    name: 'links in a circle',
    put: ({ folder }) => {
      symlinkSync(folder, join(folder, 'loop'))
      symlinkSync(join(folder, 'b.jsonl'), join(folder, 'a.jsonl'))
      symlinkSync(join(folder, 'a.jsonl'), join(folder, 'b.jsonl'))
    },
    told: [
      ['a.jsonl', null, /./],
      ['b.jsonl', null, /./],
    ],
    events: 0,
  },
  {
    name: 'a link to a device without end',
    put: ({ folder }) => symlinkSync('/dev/zero', join(folder, 'x.jsonl')),
    told: [['x.jsonl', null, /./]],
    events: 0,
  },
  {
    name: 'ids that are ways out of a folder',
    put: lines(
      ...['../../etc/passwd', '/etc/passwd', '..\\..\\x', 'a\0b', '\u202Etxt.exe'].map(
        (id) =>
          `${JSON.stringify({
            type: 'user',
            uuid: id,
            sessionId: id,
            timestamp: '2026-10-01T10:00:00Z',
            message: { role: 'user', content: 'The outlet closes at 18:00.' },
          })}\n`,
      ),
    ),
    told: [],
    events: 5,
  },
  {
    name: 'names that differ in case alone',
    put: ({ write }) => {
      for (const name of ['Day.jsonl', 'day.jsonl', 'DAY.jsonl'])
        write(name, said(`The outlet of the file ${name} closes at 18:00.`))
    },
    told: [],
    events: 3,
  },
  {
    name: 'names with line breaks, escapes, options and writing from right to left',
    put: ({ write }) => {
      for (const name of [
        'a\nb',
        '\x1b[2J\x1b]52;c;aGk=\x07',
        '\u202Egnp',
        '--help',
        '-rf',
        '%2e%2e%2f',
        'שלום',
        "a'; rm -rf ~; '",
      ])
        write(`${name}.jsonl`, said(`The outlet of ${JSON.stringify(name)} closes at 18:00.`))
    },
    told: [],
    events: 8,
  },
  {
    name: 'a picture',
    put: lines(Buffer.from('89504e470d0a1a0a0000000d49484452', 'hex'), Buffer.alloc(4_096, 7)),
    told: [['x.jsonl', null, /format/]],
    events: 0,
  },
  {
    name: 'a compressed file',
    put: lines(gzipSync(GOOD.repeat(100))),
    told: [['x.jsonl', null, /format/]],
    events: 0,
  },
  {
    name: 'a page of HTML',
    put: lines('<!doctype html>\n<title>Sign in</title>\n'),
    told: [['x.jsonl', null, /format/]],
    events: 0,
  },
  {
    name: 'brackets nested 100,000 deep',
    put: lines(
      GOOD,
      `${nested(NESTED)}\n`,
      `{"role":"user","content":${nested(NESTED)}}\n`,
      `{"role":"assistant","content":[{"type":"tool_use","id":"a","name":"Bash","input":${'{"a":'.repeat(NESTED)}1${'}'.repeat(NESTED)}}]}\n`,
      GOOD.replace('18', '19'),
    ),
    told: [['x.jsonl', 2, /not a message/]],
    events: 3,
  },
  {
    name: 'numbers without bound',
    put: lines(
      `{"role":"user","content":"The outlet closes at 17:00.","at":1e999}\n`,
      `{"role":"user","content":"The outlet closes at 18:00.","at":${'9'.repeat(10_000)}}\n`,
      `{"role":"user","content":"The outlet closes at 19:00.","at":-1e15}\n`,
      `{"role":"user","content":"The outlet closes at 20:00.","at":"+275760-09-13T00:00:00.001Z"}\n`,
      `{"role":"user","content":${'1'.repeat(10_000)}}\n`,
    ),
    told: [],
    events: 4,
  },
  {
    name: 'keys that stand twice, and those of prototypes',
    put: lines(
      `{"role":"system","role":"user","content":"no","content":"The outlet closes at 18:00."}\n`,
      `{"role":"user","content":"The outlet closes at 19:00.","__proto__":{"isAdmin":true},"constructor":{"prototype":{"isAdmin":true}}}\n`,
      `{"role":"__proto__","content":"x"}\n`,
      `{"role":"toString","content":"x"}\n`,
    ),
    told: [
      ['x.jsonl', 3, /./],
      ['x.jsonl', 4, /./],
    ],
    events: 2,
  },
  { name: 'an empty file', put: lines(''), told: [['x.jsonl', null, /./]], events: 0 },
  {
    name: 'nothing but blanks',
    put: lines('\n \n\t\n\r\n'),
    told: [['x.jsonl', null, /./]],
    events: 0,
  },
  {
    name: 'a pipe that nobody writes to',
    put: ({ folder }) => {
      spawnSync('mkfifo', [join(folder, 'x.jsonl')])
    },
    told: [['x.jsonl', null, /regular/]],
    events: 0,
  },
  {
    name: 'a folder of that name',
    put: ({ folder }) => mkdirSync(join(folder, 'x.jsonl')),
    told: [],
    events: 0,
  },
  {
    name: 'a file of 2 GB without content',
    put: ({ folder, write }) => {
      write('x.jsonl', '')
      truncateSync(join(folder, 'x.jsonl'), 2 ** 31)
    },
    told: [['x.jsonl', null, /too large/]],
    events: 0,
  },
  {
    name: 'half of a pair of surrogates',
    put: lines(`{"role":"user","content":"The outlet \\ud800 closes at 18:00."}\n`),
    told: [],
    events: 1,
  },
  {
    name: 'a document that was cut off',
    put: ({ write }) =>
      write('x.json', `[\n${GOOD.replace('outlet', 'depot').trim()},\n${GOOD.slice(0, 30)}`),
    told: [['x.json', 3, /torn line/]],
    events: 1,
  },
]
