import { readFileSync } from 'node:fs'
import type { Command } from 'commander'
import type { VersionReport } from '../../wire/extensions/installation-report.ts'
import type { Run } from '../command-run.ts'
import { examples } from '../help-text.ts'
import { line } from '../styled-line.ts'

export function addVersionCommand(program: Command, run: Run): void {
  program.version(`reverie ${packageVersion()}`, '-V, --version', 'print the version')
  program
    .command('version')
    .description('Print the version, and what it runs on.')
    .addHelpText('before', examples([['reverie version --json', 'for a bug report']]))
    .action(() =>
      run('version', async () => {
        const report: VersionReport = {
          version: packageVersion(),
          node: process.versions.node,
          platform: `${process.platform}-${process.arch}`,
        }
        return {
          data: report,
          view: [line(`reverie ${report.version} (Node.js ${report.node}, ${report.platform})`)],
        }
      }),
    )
}

/** Of the package that this file ships in; `dist/cli/commands` is as deep as `src/cli/commands`. */
function packageVersion(): string {
  const text = readFileSync(new URL('../../../package.json', import.meta.url), 'utf8')
  const manifest: { readonly version: string } = JSON.parse(text)
  return manifest.version
}
