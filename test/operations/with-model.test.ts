import { describe, expect, it } from 'vitest'
import { LIMITS } from '../../src/config.ts'
import type { Dream } from '../../src/core/dream.ts'
import { DEFAULT_WORKSPACE } from '../../src/core/ids.ts'
import { type Model, ModelError, type ModelRequest } from '../../src/models/model.ts'
import { openSqliteStorage } from '../../src/storage/sqlite/sqlite-storage.ts'
import { type ScriptedAnswer, scriptedModel } from '../../src/testing/scripted-model.ts'
import { CommandWorld } from '../support/command-world.ts'
import { MIRA_CLAIM } from '../support/mira-claim.ts'

const NOTE = '- The owner of the search service is Jonas.'
const NEWS = 'The search service belongs to Mira now.'
const SAID = ['The search service moved over to Mira last week.', 'Lunch was fine.']
const EMPTY: Readonly<Record<string, unknown>> = {
  extract: { claims: [MIRA_CLAIM] },
  changes: { changes: [] },
  probes: { probes: [] },
}

/** Answers what it can; anything else is no valid answer, and both texts stay. */
function plainAnswer({ name }: ModelRequest): string {
  return JSON.stringify(EMPTY[name.replace(/-\d+$/, '')] ?? {})
}

interface Asked {
  readonly model: Model
  readonly models: { readonly small: Model; readonly large: Model }
  /** Questions that got an answer. */
  readonly answered: string[]
}

function aModel(
  script: (request: ModelRequest, call: number) => ScriptedAnswer = plainAnswer,
  host: string | null = 'api.example',
): Asked {
  const answered: string[] = []
  const scripted = scriptedModel((request, call) => {
    const answer = script(request, call)
    if (!(answer instanceof Error)) answered.push(`${request.name} ${request.data}`)
    return answer
  }, 'api/big')
  const model: Model = { id: scripted.id, host, answer: scripted.answer }
  return { model, models: { small: model, large: model }, answered }
}

const UNCAPPED = ['--budget-usd', 'off']

async function dreamsOf(world: CommandWorld): Promise<readonly Dream[]> {
  const storage = await openSqliteStorage({
    path: world.path('home/reverie.db'),
    workspaceId: DEFAULT_WORKSPACE,
    busyTimeoutMs: LIMITS.busyTimeoutMs,
  })
  const dreams = await storage.dreams.list()
  await storage.close()
  return dreams
}

describe('what leaves', () => {
  it('is told with its host before the first question, and once for each provider', async () => {
    using world = new CommandWorld(NOTE, SAID)
    const order: string[] = []
    const { models } = aModel((request) => {
      order.push('asked')
      return plainAnswer(request)
    })
    const onStderr = (text: string): void => {
      if (text.includes('First use of api.example')) order.push('first use')
      if (text.includes('Asking')) order.push('told')
    }

    const first = await world.dream(UNCAPPED, { models, onStderr })
    const questions = order.splice(0)
    await world.dream([...UNCAPPED, '--budget-tokens', '1m'], { models, onStderr })

    expect(first.exitCode).toBe(0)
    expect(questions.slice(0, 3)).toEqual(['first use', 'told', 'asked'])
    expect(order).toContain('told')
    expect(order).not.toContain('first use')
  })

  it('is nothing without the word of a person: the configured model is left unused', async () => {
    using world = new CommandWorld(NOTE, SAID)
    const env = { REVERIE_MODEL: 'openai/big', OPENAI_API_KEY: 'sk-0123456789' }
    const { exitCode, stderr } = await world.dream([], { env })

    expect(exitCode).toBe(0)
    expect(stderr).toContain('The configured model was not used: REVERIE_EGRESS')
    expect(stderr).toContain('none; network: none')
  })

  it('is forbidden to a named model too under REVERIE_EGRESS=none', async () => {
    using world = new CommandWorld(NOTE, SAID)
    const more = ['--model', 'ollama/qwen3:8b']
    const { exitCode, stderr } = await world.dream(more, { env: { REVERIE_EGRESS: 'none' } })

    expect(exitCode).toBe(4)
    expect(stderr).toContain('REVERIE_EGRESS')
    expect(await dreamsOf(world)).toEqual([])
  })

  it('needs its key before anything is read: a missing one is named', async () => {
    using world = new CommandWorld(NOTE, SAID)
    const { exitCode, stderr } = await world.dream(['--model', 'openai/gpt-5-nano'])

    expect(exitCode).toBe(4)
    expect(stderr).toContain('OPENAI_API_KEY')
  })
})

describe('a model that fails', () => {
  const next = 'Run the same command again in a few minutes.'
  const overloaded = new ModelError('overloaded', 'api/big cannot answer now.', { next })

  it('ends the dream with its own words, and the same command goes on from what was answered', async () => {
    using world = new CommandWorld(NOTE, SAID)
    const failing = aModel((request, call) => (call > 1 ? overloaded : plainAnswer(request)))
    const failed = await world.dream(UNCAPPED, failing)
    const healthy = aModel()
    const again = await world.dream(UNCAPPED, healthy)

    expect(failed).toMatchObject({ exitCode: 1, stdout: '' })
    expect(failed.stderr).toContain('api/big cannot answer now.')
    expect(failed.stderr).toContain(next)
    expect(again.exitCode).toBe(0)
    expect(failing.answered).toHaveLength(1)
    expect(healthy.answered.length).toBeGreaterThan(0)
    expect(healthy.answered).not.toContain(failing.answered[0])
    expect((await dreamsOf(world)).map(({ status }) => status).toSorted()).toEqual([
      'completed',
      'failed',
    ])
  })

  it.each([
    [new ModelError('timeout', 'api/big did not answer in time.'), 'timeout', 1],
    [new ModelError('unauthorized', 'api/big refused the key.'), 'internal_error', 4],
    [new ModelError('spend_cap', 'api/big has no money left.'), 'internal_error', 6],
  ])('ends it as the wire calls that: %s', async (error, type, exitCode) => {
    using world = new CommandWorld(NOTE, SAID)
    const failed = await world.dream(
      [...UNCAPPED, '--json'],
      aModel(() => error),
    )

    expect(failed.exitCode).toBe(exitCode)
    expect(JSON.parse(failed.stdout)).toMatchObject({
      data: { type: error.type, message: error.message },
    })
    expect(await dreamsOf(world)).toMatchObject([{ status: 'failed', error: { type } }])
  })

  it('leaves the sessions unread: a dream by rules alone reads them afterwards', async () => {
    using world = new CommandWorld(NOTE, SAID)
    await world.dream(
      UNCAPPED,
      aModel(() => overloaded),
    )
    const { stdout } = await world.dream(['--model', 'none', '--json'])

    expect(JSON.parse(stdout)).toMatchObject({ data: { dream: { sessions: 1, thinking: null } } })
  })
})

describe('Ctrl-C while a model is asked', () => {
  it('keeps what was answered, and the same command goes on', async () => {
    using world = new CommandWorld(NOTE, SAID)
    let interrupt = (): void => undefined
    const stopped = aModel((request, call) => {
      if (call === 1) interrupt()
      return plainAnswer(request)
    })
    const first = await world.dream(UNCAPPED, {
      ...stopped,
      onListen: (listener) => {
        interrupt = listener
      },
    })
    world.later(LIMITS.leaseMs)
    const going = aModel()
    const second = await world.dream(UNCAPPED, going)

    expect(first.exitCode).toBe(130)
    expect(second.exitCode).toBe(0)
    expect(stopped.answered).toHaveLength(1)
    expect(going.answered).not.toContain(stopped.answered[0])
    expect(await dreamsOf(world)).toMatchObject([{ status: 'completed' }])
  })
})

describe('an identical run', () => {
  it('returns the plan that waits and asks nothing; another budget is another dream', async () => {
    using world = new CommandWorld(NOTE, [...SAID, NEWS])
    const asked = aModel()
    await world.dream(UNCAPPED, asked)
    const questions = asked.answered.length
    const same = await world.dream(UNCAPPED, asked)
    const sameQuestions = asked.answered.length
    await world.dream([...UNCAPPED, '--budget-tokens', '1m'], asked)

    expect(same.stdout).toContain('which still')
    expect(sameQuestions).toBe(questions)
    const budgets = (await dreamsOf(world)).map(({ snapshot }) => snapshot.thinking?.budget.tokens)
    expect(budgets.toSorted()).toEqual([1_000_000, 2_000_000])
  })
})

describe('a recording', () => {
  it('answers a fresh state folder in place of the model, and nothing leaves', async () => {
    using world = new CommandWorld(NOTE, SAID)
    const recorded = await world.dream(
      [...UNCAPPED, '--record', world.path('answers'), '--json'],
      aModel(),
    )
    const env = { REVERIE_HOME: world.path('elsewhere'), REVERIE_EGRESS: 'none' }
    const more = ['--model', `cassette:${world.path('answers')}`, '--json']
    const replayed = await world.dream(more, { env })

    expect(recorded.exitCode).toBe(0)
    expect(replayed.exitCode).toBe(0)
    expect(replayed.stderr).not.toContain('First use')
    const [one, two] = [recorded, replayed].map(({ stdout }) => JSON.parse(stdout).data)
    expect(two.dream.thinking).toMatchObject({ large: 'api/big', budget: { usd: null } })
    expect(two.changes).toEqual(one.changes)
    expect(two.dream.usage).toMatchObject({ models: one.dream.usage.models, usd: 0 })
  })

  it('holds answers that were known before too, and nothing is asked for them', async () => {
    using world = new CommandWorld(NOTE, [...SAID, NEWS])
    await world.dream(UNCAPPED, aModel())
    const asked = aModel()
    const more = [...UNCAPPED, '--budget-tokens', '1m', '--record', world.path('answers'), '--json']
    const recorded = await world.dream(more, asked)
    const env = { REVERIE_HOME: world.path('elsewhere') }
    const cassette = ['--model', `cassette:${world.path('answers')}`, '--json']
    const replayed = await world.dream(cassette, { env })

    expect(asked.answered).toEqual([])
    expect(replayed.exitCode).toBe(0)
    const [one, two] = [recorded, replayed].map(({ stdout }) => JSON.parse(stdout).data)
    expect(two.changes).toEqual(one.changes)
  })
})
