import { describe, expect, it } from 'vitest'
import { type Dream, NO_USAGE, type PlanUsage } from '../../core/dream.ts'
import type { Departure } from '../../reverie.ts'
import { aChange } from '../test-support/builders.test-support.ts'
import { type RunResult, runCli } from '../test-support/run-cli.test-support.ts'

const DREAM = ['dream', './memory', '--sessions', './sessions', '--model', 'openai/big']

const DEPARTURE: Departure = {
  providers: [
    { model: 'openai/big', host: 'api.openai.com', isFirstUse: true },
    { model: 'ollama/small', host: 'localhost:11434', isFirstUse: true },
  ],
  calls: 34,
  bytes: 48_200,
  sessions: 12,
  notes: 30,
  inputTokens: 120_000,
  outputTokens: 9_000,
  usd: 0.42,
  expected: { calls: 11, inputTokens: 40_000, outputTokens: 2_500, usd: 0.04 },
  budget: { tokens: 2_000_000, usd: 5 },
}

const THINKING: Dream['snapshot']['thinking'] = {
  small: 'ollama/small',
  large: 'openai/big',
  budget: DEPARTURE.budget,
}

const USAGE: PlanUsage = {
  models: ['openai/big', 'ollama/small'],
  stages: [
    {
      stage: 'extract',
      model: 'ollama/small',
      calls: 12,
      replayed: 3,
      inputTokens: 48_000,
      cachedInputTokens: 20_000,
      outputTokens: 3_100,
      usd: 0,
    },
    {
      stage: 'merge',
      model: 'openai/big',
      calls: 2,
      replayed: 0,
      inputTokens: 1_800,
      cachedInputTokens: 0,
      outputTokens: 400,
      usd: 0.004,
    },
  ],
  inputTokens: 49_800,
  cachedInputTokens: 20_000,
  outputTokens: 3_500,
  usd: 0.004,
  uncovered: 5,
  coverage: { claims: 41, covered: 37, left: [{ reason: 'nothing lasting', count: 4 }] },
}

const WORLD = { thinking: THINKING, usage: USAGE, pending: 120 }

async function dreamTelling(
  departure: Departure,
  more: readonly string[] = [],
): Promise<RunResult & { readonly saidBeforeAsking: string }> {
  const said: string[] = []
  let saidBeforeAsking = ''
  const result = await runCli([...DREAM, ...more], {
    onStderr: (text) => said.push(text),
    world: {
      onDream: async ({ onDeparture }) => {
        onDeparture?.(departure)
        saidBeforeAsking = said.join('')
      },
    },
  })
  return { ...result, saidBeforeAsking }
}

const oneLine = (text: string): string => text.replace(/\s+/g, ' ')

describe('before anything leaves', () => {
  it('the first use of a host says how much of what leaves, and nothing else', async () => {
    const { saidBeforeAsking } = await dreamTelling(DEPARTURE)

    expect(oneLine(saidBeforeAsking)).toContain(
      'First use of api.openai.com: at most 48.2 kB leave this machine: words of 12 sessions ' +
        'and 30 notes, secrets taken out; nothing else is sent.',
    )
  })

  it('a server on this machine is not said to be elsewhere', async () => {
    const { saidBeforeAsking } = await dreamTelling(DEPARTURE)

    expect(oneLine(saidBeforeAsking)).toContain(
      'First use of localhost:11434, a server on this machine: it is sent at most 48.2 kB: words',
    )
  })

  it('one line tells calls, tokens and money as expected and at most, and the caps', async () => {
    const { saidBeforeAsking } = await dreamTelling(DEPARTURE)

    expect(oneLine(saidBeforeAsking)).toContain(
      'Asking openai/big, ollama/small; about 11 calls, 42,500 tokens, $0.04; ' +
        'at most 34 calls, 129,000 tokens, $0.42; budget 2,000,000 tokens, $5.00',
    )
  })

  it('a known host is not announced again, the cost is', async () => {
    const providers = DEPARTURE.providers.map((it) => ({ ...it, isFirstUse: false }))
    const { saidBeforeAsking } = await dreamTelling({
      ...DEPARTURE,
      providers,
      usd: null,
      budget: { tokens: 1000, usd: null },
    })

    expect(saidBeforeAsking).not.toContain('First use')
    expect(oneLine(saidBeforeAsking)).toContain('129,000 tokens; budget 1,000 tokens')
  })

  it('it is said under --json too, and not into the data', async () => {
    const { saidBeforeAsking, stdout } = await dreamTelling(DEPARTURE, ['--json'])

    expect(saidBeforeAsking).toContain('First use of api.openai.com')
    expect(JSON.parse(stdout)).toMatchObject({ schema: 'reverie/v1/dream' })
  })
})

describe('the request', () => {
  it('names the models, the caps and the folder of the recording', async () => {
    const { reverie } = await runCli([
      ...DREAM,
      ...['--small-model', 'ollama/small', '--budget-tokens', '200k', '--budget-usd', '0.5'],
      ...['--record', './answers'],
    ])

    expect(reverie.requests).toMatchObject([
      {
        model: 'openai/big',
        smallModel: 'ollama/small',
        budget: { tokens: 200_000, usd: 0.5 },
        cassette: './answers',
      },
    ])
  })

  it('lifts the cap on money only when told so', async () => {
    const plain = await runCli(DREAM)
    const off = await runCli([...DREAM, '--budget-usd', 'off'])

    expect(plain.reverie.requests[0]).not.toHaveProperty('budget')
    expect(off.reverie.requests).toMatchObject([{ budget: { usd: null } }])
  })

  it.each([
    ['--budget-tokens', '0'],
    ['--budget-tokens', 'many'],
    ['--budget-usd', '-1'],
    ['--budget-usd', 'free'],
  ])('refuses %s %s', async (option, value) => {
    const { exitCode, stderr, reverie } = await runCli([...DREAM, option, value])

    expect(exitCode).toBe(64)
    expect(stderr).toContain(option)
    expect(reverie.requests).toEqual([])
  })
})

describe('after the dream', () => {
  it('says who was asked, what it took by question, and what stayed unasked', async () => {
    const { stderr } = await runCli(DREAM, { world: WORLD })
    const said = oneLine(stderr)

    expect(said).toContain('Model openai/big; reading and judging: ollama/small')
    expect(said).toContain(
      'extract by ollama/small: 12 calls, 3 known before, 48,000 tokens in (20,000 cached), 3,100 out, $0',
    )
    expect(said).toContain('merge by openai/big: 2 calls, 1,800 tokens in, 400 out, under $0.01')
    expect(said).toContain('in all: 49,800 tokens in (20,000 cached), 3,500 out, under $0.01')
    expect(said).toContain('Covered 37 of 41 statements')
    expect(said).toContain('left: 4 nothing lasting')
    expect(said).toContain('5 calls stayed unasked: the budget did not cover them')
    expect(said).toContain('Pending 120 events left for the next dream')
  })

  it('says so where a model was there and nothing was asked', async () => {
    const { stderr } = await runCli(DREAM, { world: { thinking: THINKING, usage: NO_USAGE } })

    expect(oneLine(stderr)).toContain('Used nothing was asked')
    expect(stderr).not.toContain('network: none')
  })

  it('show tells the same of it later, and nothing of the kind without a model', async () => {
    const withModel = await runCli(['show', 'drm_'], { world: WORLD })
    const without = await runCli(['show', 'drm_'])

    expect(oneLine(withModel.stdout)).toContain('merge by openai/big: 2 calls')
    expect(without.stdout).not.toContain('Model')
  })

  it('counts the probes that a model made beside those of rules, for people and in JSON', async () => {
    const modelProbes = { n: 12, broken: 1, unanswered: 3 }
    const shown = await runCli(['show', 'drm_'], { world: { ...WORLD, modelProbes } })
    const json = await runCli([...DREAM, '--json'], { world: { ...WORLD, modelProbes } })
    const none = await runCli(['show', 'drm_'], { world: WORLD })

    expect(oneLine(shown.stdout)).toContain('12 probes by the model, 1 broken, 3 unanswered')
    expect(none.stdout).not.toContain('by the model, ')
    expect(JSON.parse(json.stdout)).toMatchObject({
      data: { dream: { effect: { probes: { n: 150 }, model_probes: modelProbes } } },
    })
  })

  it('JSON has the caps, the usage by stage and the coverage', async () => {
    const { stdout } = await runCli([...DREAM, '--json'], { world: WORLD })

    expect(JSON.parse(stdout)).toMatchObject({
      data: {
        dream: {
          thinking: { large: 'openai/big', budget: { tokens: 2_000_000, usd: 5 } },
          read: { pending: 120 },
          usage: {
            models: ['openai/big', 'ollama/small'],
            stages: [{ stage: 'extract', replayed: 3, cached_input_tokens: 20_000 }, {}],
            usd: 0.004,
            uncovered: 5,
            coverage: { claims: 41, covered: 37 },
          },
        },
      },
    })
  })
})

describe('a change that a model worded', () => {
  const changes = [
    aChange({ isWordedByModel: true }),
    aChange({ after: [{ path: '/b.md', text: 'As it was said.' }] }),
  ]

  it.each([[DREAM], [['show', 'drm_']]])('says so, and the others do not: %j', async (argv) => {
    const { stdout } = await runCli(argv, { world: { changes } })

    expect(stdout.match(/worded by a model/g)).toHaveLength(1)
  })

  it('says so in review, where a person decides', async () => {
    const { stdout, stderr } = await runCli(['review', 'drm_'], {
      world: { changes },
      isTty: true,
      keys: ['y', 'y'],
      env: { NO_COLOR: '1' },
    })

    expect(`${stdout}${stderr}`.match(/worded by a model/g)).toHaveLength(1)
  })

  it('says so in JSON', async () => {
    const { stdout } = await runCli(['show', 'drm_', '--json'], { world: { changes } })

    expect(JSON.parse(stdout)).toMatchObject({
      data: { changes: [{ worded_by_model: true }, { worded_by_model: false }] },
    })
  })
})
