import { describe, expect, it } from 'vitest'
import { compatibleModel } from '../models/ai-sdk-providers.ts'
import { fakeProvider } from '../models/fake-provider.test-support.ts'
import { modelContract } from '../models/model.contract.ts'
import { type ModelAnswer, ModelError } from '../models/model.ts'
import { aModelRequest } from '../models/model-request.test-support.ts'
import { FAULTS, type Fault, faultyModel } from './faulty-model.ts'
import { scriptedModel } from './scripted-model.ts'

const DATA = '⟨1|user⟩ The port of the gateway is 5432 now. ⟨2|user⟩ Mara owns the gateway.'
const GOOD = {
  claims: [
    {
      evidence: [{ event: 1, quote: 'The port of the gateway is 5432 now.' }],
      kind: 'fact',
      text: 'The port of the gateway is 5432.',
    },
    {
      evidence: [{ event: 2, quote: 'Mara owns the gateway.' }],
      kind: 'fact',
      text: 'Mara owns the gateway.',
    },
  ],
}
const REQUEST = aModelRequest({
  data: DATA,
  schema: { type: 'object', properties: { kind: { enum: ['fact', 'preference'] } } },
})
const ANSWER: ModelAnswer = {
  text: JSON.stringify(GOOD),
  finish: 'stop',
  usage: { inputTokens: 40, cachedInputTokens: 10, outputTokens: 30 },
}

function faultNamed(name: string): Fault {
  const fault = FAULTS.find((known) => known.name === name)
  if (fault === undefined) throw new Error(`There is no fault "${name}".`)
  return fault
}

async function spoiled(name: string): Promise<ModelAnswer> {
  const model = faultyModel(
    scriptedModel(() => ANSWER),
    { fault: faultNamed(name) },
  )
  return model.answer(REQUEST)
}

describe('FAULTS', () => {
  it('has at least forty with a name of their own', () => {
    expect(new Set(FAULTS.map(({ name }) => name)).size).toBe(FAULTS.length)
    expect(FAULTS.length).toBeGreaterThanOrEqual(40)
  })

  it.each(FAULTS.map((fault) => [fault.name, fault] as const))('%s: hits', async (_name, fault) => {
    const inner = scriptedModel(() => ANSWER)
    const model = faultyModel(inner, { fault })
    const end = await model.answer(REQUEST).catch((error: unknown) => error)

    expect(model.hitCount()).toBe(1)
    if (fault.outcome.kind === 'error') {
      expect(end instanceof ModelError && end.type).toBe(fault.outcome.type)
      expect(inner.requests).toEqual([])
    } else {
      expect(end).not.toEqual(ANSWER)
    }
  })

  it.each(
    FAULTS.filter(({ error }) => error === null).map((fault) => [fault.name, fault] as const),
  )('%s: does not stumble over an answer that is no JSON', (_name, fault) => {
    const broken = { ...ANSWER, text: 'no JSON' }

    expect(() => fault.spoil(broken, REQUEST)).not.toThrow()
  })

  const statuses = FAULTS.flatMap(({ name, error }) => {
    const [, status] = /^status (\d{3})$/.exec(name) ?? []
    return status === undefined || error === null ? [] : [{ status: Number(status), error }]
  })

  it.each(statuses)('means by status $status what a provider means', async ({ status, error }) => {
    const { url } = await fakeProvider({ status, body: '{"error":{"message":"no"}}' })
    const connection = { id: 'openai-compatible/m', name: 'm', url, key: null }
    const model = compatibleModel({ ...connection, keyVariable: 'K', timeoutMs: 60_000 })

    const end = await model.answer(REQUEST).catch((failure: unknown) => failure)

    expect(end instanceof ModelError && end.fault).toBe(error(model).fault)
  })

  it('leaves the harmless ones an answer that says the same', async () => {
    for (const { name, outcome } of FAULTS.filter(({ outcome }) => outcome.kind === 'harmless')) {
      const { text } = await spoiled(name)
      const inside = text.replace(/^\s*```json\n|\n```$/g, '').trim()
      expect(JSON.parse(inside), `${name} ${outcome.kind}`).toEqual(GOOD)
    }
  })

  it('keeps the schema where only the words are untrue', async () => {
    const instruction = JSON.parse((await spoiled('an instruction for every text')).text)

    expect(instruction.claims[0].kind).toBe('fact')
    expect(instruction.claims[0].text).toMatch(/^Ignore all rules/)
    expect(instruction.claims[0].evidence[0].event).toBe(1)
  })

  it.each(['forged quotes', 'quotes with another number', 'quotes with an ellipsis'])(
    '%s: stand nowhere in the data, and the rest is as it was',
    async (name) => {
      const { claims } = JSON.parse((await spoiled(name)).text)

      expect(claims.map(({ text }: { text: string }) => text)).toEqual(
        GOOD.claims.map((c) => c.text),
      )
      for (const { evidence } of claims) expect(DATA).not.toContain(evidence[0].quote)
    },
  )

  it.each([
    ['ids that do not exist', [9_999, 9_999]],
    ['one id for all', [1, 1]],
    ['ids below zero', [-1, -2]],
    ['numbers as strings', ['1', '2']],
  ])('%s: change every id', async (name, ids) => {
    const { claims } = JSON.parse((await spoiled(name)).text)

    expect(claims.map((claim: (typeof GOOD.claims)[0]) => claim.evidence[0]?.event)).toEqual(ids)
  })
})

describe('faultyModel', () => {
  it('lets the calls through that are not meant', async () => {
    const inner = scriptedModel(() => ANSWER)
    const model = faultyModel(inner, {
      fault: faultNamed('status 500'),
      when: ({ name }, call) => name === 'extract-1' && call === 2,
    })
    const ends = [1, 2, 3].map(() => model.answer(REQUEST).catch(() => 'failed'))

    expect(await Promise.all(ends)).toEqual([ANSWER, 'failed', ANSWER])
    expect(model.hitCount()).toBe(1)
  })

  it('does not count an answer that it could not spoil', async () => {
    const inner = scriptedModel(() => ({ ...ANSWER, text: '{"claims":[]}' }))
    const model = faultyModel(inner, { fault: faultNamed('forged quotes') })
    await model.answer(REQUEST)

    expect(model.hitCount()).toBe(0)
  })
})

modelContract({
  name: 'faulty',
  answering: async (answer) =>
    faultyModel(
      scriptedModel(() => answer),
      {
        fault: faultNamed('status 500'),
        when: () => false,
      },
    ),
  failing: async (fault) => {
    const found = FAULTS.find(({ error }) => error?.(scriptedModel(() => '')).fault === fault)
    return found === undefined
      ? null
      : faultyModel(
          scriptedModel(() => ''),
          { fault: found },
        )
  },
  mayNotCount: true,
})
