import { existsSync, readFileSync, writeFileSync } from 'node:fs'

/** A page of docs/ that a script writes. */
export interface WrittenPage {
  readonly path: string
  readonly text: string
  /** What writes it, for whoever has to run it again. */
  readonly script: string
  /** What is missing to publish it. */
  readonly problems: readonly string[]
}

/** Writes the page. With `--check` it writes nothing, and fails when the page is another. */
export function writeOrCheck({ path, text, script, problems }: WrittenPage): void {
  if (!process.argv.includes('--check')) {
    writeFileSync(path, text)
    return
  }
  const isSame = existsSync(path) && readFileSync(path, 'utf8') === text
  const all = [
    ...(isSame ? [] : [`${path} is not what it is made from. Next: node ${script}`]),
    ...problems,
  ]
  for (const problem of all) console.error(problem)
  if (all.length > 0) process.exitCode = 1
}
