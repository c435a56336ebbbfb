import { spawnSync } from 'node:child_process'
import { mkdirSync, symlinkSync, truncateSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { gzipSync } from 'node:zlib'
import type { Place } from './hostile-world.ts'

/** What a stranger puts among notes, and what must be said of it. */
export interface MemoryCase {
  readonly name: string
  readonly put: (place: Place) => void
  /** What warnings must say, by the end of the file's path. */
  readonly told: readonly (readonly [file: string, reason: RegExp])[]
}

const BULLET = '- The outlet closes at 18:00.\n'
const DEEP = 10_000

const note =
  (...parts: readonly (string | Uint8Array)[]) =>
  ({ name, write }: Place): void =>
    write(
      'x.md',
      Buffer.concat(
        parts.map((part) =>
          Buffer.from(
            typeof part === 'string' ? part.replaceAll('outlet', `outlet of ${name}`) : part,
          ),
        ),
      ),
    )

/** Each name stands for ten of the one before it: ten thousand million words in all. */
function laughs(): string {
  const rows = Array.from({ length: 10 }, (_, n) => {
    const inner = n === 0 ? '"ha"' : `*a${n - 1}`
    return `a${n}: &a${n} [${Array(10).fill(inner).join(', ')}]`
  })
  return `---\n${rows.join('\n')}\n---\n\n${BULLET}`
}

export const MEMORY_CASES: readonly MemoryCase[] = [
  { name: 'no UTF-8', put: note(Buffer.from('- caf\xe9\n', 'latin1')), told: [['x.md', /UTF-8/]] },
  {
    name: 'UTF-16',
    put: note(Buffer.from(`\uFEFF${BULLET}`, 'utf16le')),
    told: [['x.md', /UTF-8/]],
  },
  { name: 'a compressed file', put: note(gzipSync(BULLET.repeat(99))), told: [['x.md', /UTF-8/]] },
  { name: 'NUL bytes', put: note('- a\0b\n', '\0'.repeat(99)), told: [] },
  { name: 'a byte order mark', put: note('\uFEFF', BULLET), told: [] },
  {
    name: 'carriage returns alone',
    put: note(`${BULLET}${BULLET.replace('closes', 'opens')}`.replaceAll('\n', '\r')),
    told: [],
  },
  { name: 'nothing', put: note(''), told: [] },
  {
    name: 'a link to a file out of the folder',
    put: ({ folder, outside }) => symlinkSync(outside('secret.md', BULLET), join(folder, 'x.md')),
    told: [['x.md', /symbolic link out of the folder/]],
  },
  {
    name: 'a link to a folder out of the folder',
    put: ({ folder, outside }) =>
      symlinkSync(dirname(outside('all/secret.md', BULLET)), join(folder, 'x')),
    told: [['x', /symbolic link out of the folder/]],
  },
  {
    name: 'links in a circle',
    put: ({ folder }) => {
      symlinkSync(folder, join(folder, 'loop'))
      symlinkSync(join(folder, 'b.md'), join(folder, 'a.md'))
      symlinkSync(join(folder, 'a.md'), join(folder, 'b.md'))
    },
    told: [
      ['loop', /symbolic link/],
      ['a.md', /symbolic link to nothing/],
      ['b.md', /symbolic link to nothing/],
    ],
  },
  {
    name: 'a link to a device without end',
    put: ({ folder }) => symlinkSync('/dev/zero', join(folder, 'x.md')),
    told: [['x.md', /symbolic link out of the folder/]],
  },
  {
    name: 'a pipe that nobody writes to',
    put: ({ folder }) => {
      spawnSync('mkfifo', [join(folder, 'x.md')])
    },
    told: [['x.md', /not a regular file/]],
  },
  { name: 'a folder of that name', put: ({ folder }) => mkdirSync(join(folder, 'x.md')), told: [] },
  {
    name: 'a file of 2 GB without content',
    put: ({ folder, write }) => {
      write('x.md', '')
      truncateSync(join(folder, 'x.md'), 2 ** 31)
    },
    told: [['x.md', /larger than/]],
  },
  {
    name: 'folders without end',
    put: ({ folder, write }) => write(`${'d/'.repeat(25)}x.md`, `${BULLET}${folder.length}`),
    told: [['d', /nested too deeply/]],
  },
  {
    name: 'names with control characters',
    put: ({ write }) => {
      for (const name of ['a\nb', '\x1b[2J\x1b]52;c;aGk=\x07', 'a\rb']) write(`${name}.md`, BULLET)
    },
    told: [
      ['a\nb.md', /control characters/],
      ['\x07.md', /control characters/],
    ],
  },
  {
    name: 'names that read from right to left or as options, and ways out',
    put: ({ write }) => {
      for (const name of ['\u202Egnp', '--help', '-rf', '..%2f..%2f', 'שלום', '..\\x', "'; rm '"])
        write(`${name}.md`, `- The outlet is called ${JSON.stringify(name)}.\n`)
    },
    told: [],
  },
  {
    name: 'names that differ in case or in the spelling of an accent alone',
    put: ({ write }) => {
      for (const name of ['Day', 'day', 'DAY', 'caf\u00e9', 'cafe\u0301'])
        write(`${name}.md`, `- Outlet ${Buffer.from(name).toString('hex')} closes at noon.\n`)
    },
    told: [],
  },
  { name: 'front matter of ten thousand million words', put: note(laughs()), told: [] },
  {
    name: 'front matter that nests without end',
    put: note(`---\na: ${'['.repeat(DEEP)}\n---\n\n${BULLET}`),
    told: [],
  },
  { name: 'front matter that nobody closed', put: note('---\n', 'a: b\n'.repeat(500)), told: [] },
  {
    name: 'front matter with keys of prototypes and foreign tags',
    put: note(`---\n__proto__: {isAdmin: true}\nx: !!js/function "alert(1)"\n---\n\n${BULLET}`),
    told: [],
  },
  { name: '2,000 headings', put: note('# h\n'.repeat(2_000)), told: [] },
  { name: 'lists in lists', put: note('- '.repeat(DEEP), 'x\n'), told: [['x.md', /line 1/]] },
  {
    name: 'quotes in quotes',
    put: note('\n', '>'.repeat(DEEP), 'x\n'),
    told: [['x.md', /line 2/]],
  },
  { name: 'marks without number', put: note('*a_ '.repeat(DEEP)), told: [] },
  { name: 'brackets without number', put: note('[a]('.repeat(DEEP)), told: [] },
]
