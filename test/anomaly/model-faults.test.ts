import { beforeAll, describe, expect, test } from 'vitest'
import type { Change } from '../../src/core/change.ts'
import { PROMPT_NAMES, type PromptName } from '../../src/engine/asking/prompt.ts'
import { FAULTS, type Fault, faultyModel } from '../../src/testing/faulty-model.ts'
import { scriptedModel } from '../../src/testing/scripted-model.ts'
import { MEMORIES, ModelWorld, SESSIONS } from '../support/model-world.ts'
import { promptOf, sensibleScript } from '../support/sensible-model.ts'

/** CI looks at every fault on the Node.js of the project, at every so many on the oldest one. */
const EVERY = process.env.LAW_CASES === undefined ? 1 : 8
const CELLS = PROMPT_NAMES.flatMap((prompt) =>
  FAULTS.map((fault) => ({ prompt, fault, name: `${prompt}: ${fault.name}` })),
).filter((_, n) => n % EVERY === 0)

interface Undisturbed {
  readonly changes: readonly Change[]
  readonly asked: readonly string[]
  readonly digest: string
  readonly files: Readonly<Record<string, string>>
}

let whole: Undisturbed
/** What a change may be, as `essence`: of the undisturbed dream, or of rules alone. */
let sound: ReadonlySet<string>
/** The same for changes that take effect. */
let effective: ReadonlySet<string>

function essence({ kind, before, after }: Change): string {
  // Which of two equal notes stays is the matter of other laws.
  const texts = (list: Change['before']): readonly string[] => list.map(({ text }) => text).sort()
  return JSON.stringify([kind, texts(before), texts(after)])
}

function essences(changes: readonly Change[], status?: Change['status']): ReadonlySet<string> {
  const some = changes.filter((change) => status === undefined || change.status === status)
  return new Set(some.map(essence))
}

beforeAll(async () => {
  using world = await ModelWorld.open({ name: 'faults' })
  const model = scriptedModel(sensibleScript)
  const { dream, changes } = await world.dream({ answering: model })
  const asked = model.requests.map(({ name, data }) => `${name} ${data}`)
  whole = { changes, asked, digest: dream.plan?.digest ?? '', files: world.files() }
  using other = await ModelWorld.open({ name: 'faults by rules' })
  const byRules = (await other.dream({ answering: null })).changes
  sound = essences([...changes, ...byRules])
  effective = essences([...changes, ...byRules], 'proposed')
})

/** Everything that stands in the memory or was said. */
const WORDS = [
  ...Object.values(MEMORIES),
  ...Object.values(SESSIONS).flatMap((lines) => lines.map(({ content }) => content)),
].join('\n')

function expectSound(changes: readonly Change[], cell: string): void {
  for (const change of changes) {
    expect([...sound], `${cell}: a change that nobody wanted`).toContain(essence(change))
    if (change.status === 'proposed') {
      expect([...effective], `${cell}: a change that was held`).toContain(essence(change))
    }
    for (const { quote } of change.evidence)
      expect(WORDS, `${cell}: a forged quote`).toContain(quote)
  }
}

async function endsInError(prompt: PromptName, fault: Fault, type: string): Promise<void> {
  using world = await ModelWorld.open({ name: 'faults' })
  const healthy = scriptedModel(sensibleScript)
  let hits = 0
  const faulty = faultyModel(healthy, {
    fault,
    when: (request) => promptOf(request) === prompt && hits++ === 0,
  })

  await expect(world.dream({ answering: faulty })).rejects.toMatchObject({ type })

  const [failed, ...more] = await world.dreams()
  if (failed === undefined) throw new Error('There is no dream.')
  expect(more).toEqual([])
  expect(failed.status).toBe('failed')
  expect(failed.error?.type).toBe(type === 'timeout_error' ? 'timeout' : 'internal_error')
  expect(await world.storage.dreams.changes.list(failed.id)).toEqual([])
  expect(world.files()).toEqual(whole.files)
  expect(await world.unread()).toBe(EVENTS)

  const { dream, changes } = await world.dream({ answering: healthy })

  expect(dream.plan?.digest).toBe(whole.digest)
  expect(changes.map(essence)).toEqual(whole.changes.map(essence))
  const asked = healthy.requests.map(({ name, data }) => `${name} ${data}`)
  expect(asked.toSorted(), 'asked twice').toEqual(whole.asked.toSorted())
}

const EVENTS = Object.values(SESSIONS).reduce((sum, lines) => sum + lines.length, 0)

async function endsInDefault(prompt: PromptName, fault: Fault): Promise<void> {
  using world = await ModelWorld.open({ name: 'faults' })
  const answering = faultyModel(scriptedModel(sensibleScript), {
    fault,
    when: (request) => promptOf(request) === prompt,
  })

  const { dream, changes } = await world.dream({ answering })

  expectSound(changes, `${prompt}: ${fault.name}`)
  expect(world.files()).toEqual(whole.files)
  const pending = dream.plan?.report.read.pending ?? 0
  if (fault.outcome.kind === 'harmless') {
    expect(changes.map(essence)).toEqual(whole.changes.map(essence))
    expect(pending).toBe(0)
  }
  if (prompt !== 'extract' && prompt !== 'changes') expect(pending).toBe(0)
  else {
    if (dream.planStatus === 'waiting') await world.reverie().apply(dream.id)
    expect(await world.unread(), 'left unread').toBe(pending)
  }
}

test('without a fault every prompt is asked, and something comes of it', () => {
  const prompts = new Set(whole.asked.map((name) => promptOf({ name: name.split(' ')[0] ?? '' })))
  expect([...prompts].sort()).toEqual([...PROMPT_NAMES].sort())
  const worded = whole.changes.filter(({ isWordedByModel }) => isWordedByModel)
  expect(worded.map(({ kind }) => kind).sort()).toEqual([
    'add',
    'add',
    'insight',
    'merge',
    'supersede',
  ])
  expect(worded.every(({ status }) => status === 'proposed')).toBe(true)
  expect(FAULTS.length).toBeGreaterThanOrEqual(40)
})

describe('a fault in any question', () => {
  test.each(CELLS.filter(({ fault }) => fault.outcome.kind === 'error'))(
    'ends the dream with its error, and the same command goes on: $name',
    async ({ prompt, fault }) => {
      if (fault.outcome.kind !== 'error') throw new Error('Not an error.')
      await endsInError(prompt, fault, fault.outcome.type)
    },
  )

  test.each(CELLS.filter(({ fault }) => fault.outcome.kind !== 'error'))(
    'ends in a plan without what it made up: $name',
    async ({ prompt, fault }) => {
      await endsInDefault(prompt, fault)
    },
  )
})
