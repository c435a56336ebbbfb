import type { Command } from 'commander'
import type { DreamRequest } from '../../reverie.ts'
import { moneyCap, tokenCap } from '../../settings.ts'

export interface ModelOptions {
  readonly model?: string
  readonly smallModel?: string
  readonly budgetTokens?: number
  /** False = `off`: no cap. */
  readonly budgetUsd?: number | false
  readonly record?: string
}

/** The options of a command that may ask a model. */
export function addModelOptions(command: Command): Command {
  return command
    .option(
      '--model <name>',
      'ask this model, as provider/name, an address or cassette:<folder>; `none`: rules alone',
    )
    .option('--small-model <name>', 'another one that reads and judges')
    .option('--budget-tokens <n>', 'hard cap of this dream: 200000, 200k, 2m', (text) =>
      tokenCap(text, '--budget-tokens'),
    )
    .option(
      '--budget-usd <amount>',
      'hard cap in US dollars, or off',
      (text) => moneyCap(text, '--budget-usd') ?? false,
    )
    .option('--record <folder>', 'write the answers of this dream there, as a cassette')
}

/** What they mean to a dream. */
export function modelRequest(options: ModelOptions): Partial<DreamRequest> {
  const { model, smallModel, budgetTokens: tokens, budgetUsd: usd, record: cassette } = options
  return {
    ...(model === undefined ? {} : { model }),
    ...(smallModel === undefined ? {} : { smallModel }),
    ...(tokens === undefined && usd === undefined
      ? {}
      : {
          budget: {
            ...(tokens === undefined ? {} : { tokens }),
            ...(usd === undefined ? {} : { usd: usd === false ? null : usd }),
          },
        }),
    ...(cassette === undefined ? {} : { cassette }),
  }
}
