import type { Command } from 'commander'
import { OPTIONS, readConfig } from '../../settings.ts'
import type { ConfigReport } from '../../wire/extensions/installation-report.ts'
import type { Run } from '../command-run.ts'
import { examples } from '../help-text.ts'
import { labelled } from '../labelled.ts'
import { BLANK, type Line, line, span } from '../styled-line.ts'
import type { Environment } from '../terminal.ts'

export function addConfigCommand(program: Command, run: Run): void {
  program
    .command('config')
    .description('List every option with its value and where it comes from; keys are never shown.')
    .addHelpText(
      'before',
      examples([
        ['reverie config', 'what holds now'],
        ['REVERIE_HOME=/srv/reverie reverie config', 'set one for a command'],
      ]),
    )
    .action(() =>
      run('config', async ({ io, out }) => {
        const options = optionsOf(io.env)
        return { data: { options }, view: configView(options, out.width) }
      }),
    )
}

function optionsOf(env: Environment): ConfigReport['options'] {
  const config = readConfig(env)
  return OPTIONS.map((option) => ({
    name: option.name,
    env: option.env,
    value: option.shown(config),
    origin: env[option.env] === undefined ? 'default' : 'environment',
    meaning: option.meaning,
  }))
}

function configView(options: ConfigReport['options'], width: number): Line[] {
  return options.flatMap(({ name, env, value, origin, meaning }, index) => [
    ...(index === 0 ? [] : [BLANK]),
    line('  ', span(name, 'strong')),
    ...labelled('value', value, width),
    ...labelled('from', origin === 'default' ? `default (set ${env} to change it)` : env, width),
    ...labelled('', meaning, width),
  ])
}
