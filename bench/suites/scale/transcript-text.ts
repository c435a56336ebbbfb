/** Draws from a seed what a coding agent's tools print. */
export interface TextDraw {
  below(limit: number): number
  oneOf<T>(items: readonly T[]): T
}

const WORDS =
  'user order cache route index token page batch queue value limit group state entry parser client server writer reader buffer window signal report account price stock label header footer event number result config option module loader folder record schema column table field filter cursor worker socket packet stream'.split(
    ' ',
  )
const VERBS = 'load save find make read write check build merge split parse open close send'.split(
  ' ',
)
const EXTENSIONS = ['ts', 'py', 'go', 'md', 'json', 'sql', 'yaml']

/** A path such as `src/order/load-cache.ts`. */
export function drawnPath({ oneOf }: TextDraw): string {
  return `src/${oneOf(WORDS)}/${oneOf(VERBS)}-${oneOf(WORDS)}.${oneOf(EXTENSIONS)}`
}

type PrintedLine = (draw: TextDraw) => string

const name = ({ oneOf }: TextDraw): string => {
  const word = oneOf(WORDS)
  return `${oneOf(VERBS)}${word.charAt(0).toUpperCase()}${word.slice(1)}`
}

const HEX = 16
const hash = (draw: TextDraw): string =>
  Array.from({ length: 40 }, () => draw.below(HEX).toString(HEX)).join('')

const CODE: readonly PrintedLine[] = [
  (draw) => `export function ${name(draw)}(${draw.oneOf(WORDS)}: string): number {`,
  (draw) =>
    `  const ${draw.oneOf(WORDS)} = await ${name(draw)}(${draw.oneOf(WORDS)}.id, { limit: ${draw.below(500)} })`,
  (draw) => `  if (${draw.oneOf(WORDS)} === null) return ${name(draw)}(options)`,
  (draw) =>
    `import { ${name(draw)} } from '../${draw.oneOf(WORDS)}/${draw.oneOf(VERBS)}-${draw.oneOf(WORDS)}.ts'`,
  (draw) =>
    `  // ${draw.oneOf(VERBS)} the ${draw.oneOf(WORDS)} before the ${draw.oneOf(WORDS)} is full`,
  (draw) =>
    `    "${draw.oneOf(WORDS)}-${draw.oneOf(WORDS)}": "^${draw.below(20)}.${draw.below(20)}.${draw.below(20)}",`,
  (draw) =>
    `  expect(${name(draw)}('${draw.oneOf(WORDS)}')).toEqual([${draw.below(9)}, ${draw.below(90)}])`,
  () => '  }',
  () => '',
]

const SHELL: readonly PrintedLine[] = [
  (draw) =>
    `${drawnPath(draw)}:${1 + draw.below(400)}:  return ${name(draw)}(${draw.oneOf(WORDS)})`,
  (draw) => ` ✓ ${drawnPath(draw)} (${draw.below(40)} tests) ${draw.below(900)}ms`,
  (draw) =>
    `-rw-r--r-- 1 dev dev ${draw.below(90_000)} Mar ${1 + draw.below(28)} 10:${10 + draw.below(49)} ${drawnPath(draw)}`,
  (draw) => `commit ${hash(draw)}`,
  (draw) =>
    `2026-03-0${1 + draw.below(9)}T11:${10 + draw.below(49)}:12Z INFO ${draw.oneOf(WORDS)}: ${draw.oneOf(VERBS)} ${draw.oneOf(WORDS)} id=${draw.below(1_000_000)} took ${draw.below(900)}ms`,
  (draw) => `+  ${draw.oneOf(WORDS)}: ${draw.below(300)},`,
]

const FAILURES: readonly PrintedLine[] = [
  (draw) => `Error: Cannot find module '${drawnPath(draw)}'`,
  (draw) => `TypeError: ${draw.oneOf(WORDS)}.${name(draw)} is not a function`,
  (draw) => `npm ERR! code ELIFECYCLE\nnpm ERR! errno ${1 + draw.below(3)}`,
  (draw) => `fatal: pathspec '${drawnPath(draw)}' did not match any files`,
]

/** About so many characters of code or of what a shell prints. */
export function printedText(chars: number, draw: TextDraw): string {
  const kinds = draw.below(2) === 0 ? CODE : SHELL
  const lines: string[] = []
  for (let length = 0; length < chars; length += (lines.at(-1)?.length ?? 0) + 1) {
    lines.push(draw.oneOf(kinds)(draw))
  }
  return lines.join('\n')
}

/** What a failed call prints, with a trace. */
export function failureText(draw: TextDraw): string {
  const trace = Array.from(
    { length: 1 + draw.below(6) },
    () => `    at ${name(draw)} (${drawnPath(draw)}:${1 + draw.below(200)}:${draw.below(60)})`,
  )
  return [`Exit code 1\n${draw.oneOf(FAILURES)(draw)}`, ...trace].join('\n')
}

const PROSE: readonly PrintedLine[] = [
  (draw) => `Let me ${draw.oneOf(VERBS)} the ${draw.oneOf(WORDS)} in \`${drawnPath(draw)}\` first.`,
  (draw) =>
    `The ${draw.oneOf(WORDS)} is read twice, so ${name(draw)} returns the old ${draw.oneOf(WORDS)}.`,
  (draw) =>
    `Now I will change \`${name(draw)}\` so that it takes the ${draw.oneOf(WORDS)} as an argument.`,
  (draw) =>
    `All ${2 + draw.below(80)} tests pass; the ${draw.oneOf(WORDS)} test takes ${draw.below(90)} ms.`,
]

/** What an agent says between its calls. */
export function proseText(sentences: number, draw: TextDraw): string {
  return Array.from({ length: sentences }, () => draw.oneOf(PROSE)(draw)).join(' ')
}

const REQUESTS: readonly PrintedLine[] = [
  (draw) =>
    `Please ${draw.oneOf(VERBS)} the ${draw.oneOf(WORDS)} in ${drawnPath(draw)} and run the tests.`,
  (draw) => `Why does ${name(draw)} return an empty ${draw.oneOf(WORDS)}?`,
  (draw) => `ok, go on with the ${draw.oneOf(WORDS)} ${draw.oneOf(WORDS)}`,
]

/** What a person asks for once. */
export function requestText(draw: TextDraw): string {
  return draw.oneOf(REQUESTS)(draw)
}
