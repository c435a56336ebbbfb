/** Help begins with what people copy: command lines, each with what it does. */
export function examples(lines: readonly (readonly [command: string, what: string])[]): string {
  const columns = Math.max(...lines.map(([command]) => command.length))
  const rows = lines.map(([command, what]) =>
    columns + what.length + 7 <= 80
      ? `  $ ${command.padEnd(columns)}   ${what}`
      : `  $ ${command}\n      ${what}`,
  )
  return `Examples:\n${rows.map((row) => row.trimEnd()).join('\n')}\n`
}
