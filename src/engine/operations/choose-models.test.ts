import { describe, expect, it } from 'vitest'
import { ReverieError } from '../../core/errors.ts'
import type { Model } from '../../models/model.ts'
import type { DreamRequest } from '../api.ts'
import { type Choice, chooseModels } from './choose-models.ts'
import type { ModelAccess } from './deps.ts'

const PRICED = {
  input: 2,
  cachedInput: null,
  cacheWrite: null,
  output: 10,
  long: null,
  source: 'a test',
  date: '2026-11-01',
}

function modelOf(id: string, host: string | null = 'api.example'): Model {
  return { id, host, answer: () => Promise.reject(new Error('Nobody asks here.')) }
}

function access(over: Partial<ModelAccess> = {}): ModelAccess {
  return {
    configured: { model: null, smallModel: null },
    egress: null,
    budget: { tokens: 1000, usd: 5 },
    own: null,
    prices: () => ['big', 'mini', 'other'].map((name) => ({ ...PRICED, model: `api/${name}` })),
    open: async (name) =>
      name.startsWith('cassette:')
        ? modelOf('api/recorded', null)
        : modelOf(name, name.startsWith('ollama/') ? 'localhost:11434' : 'api.example'),
    cassettes: { assertFree: () => undefined, read: () => null, write: () => undefined },
    ...over,
  }
}

function choose(over: Partial<DreamRequest>, models = access()): Promise<Choice> {
  return chooseModels({ memory: './memory', sessions: [], ...over }, { models })
}

const CONFIGURED = { configured: { model: 'api/big', smallModel: 'api/mini' } }

describe('without a name', () => {
  it('rules alone decide, and nothing is opened', async () => {
    const open = (): never => {
      throw new Error('opened')
    }

    expect(await choose({}, access({ open }))).toEqual({ chosen: null, warnings: [] })
  })

  it.each([
    [null, 'is not set to `models`'],
    ['none' as const, 'is `none`'],
  ])('a configured model is left unused with egress %s, and that is said', async (egress, why) => {
    const { chosen, warnings } = await choose({}, access({ ...CONFIGURED, egress }))

    expect(chosen).toBeNull()
    expect(warnings).toEqual([
      expect.stringMatching(/^The configured model was not used: REVERIE_EGRESS/),
    ])
    expect(warnings[0]).toContain(why)
  })

  it('the configured models are asked with egress models', async () => {
    const { chosen, warnings } = await choose({}, access({ ...CONFIGURED, egress: 'models' }))

    expect(chosen?.thinking).toEqual({
      small: 'api/mini',
      large: 'api/big',
      budget: { tokens: 1000, usd: 5 },
    })
    expect(warnings).toEqual([])
  })

  it('a configured cassette is used whatever may leave: nothing does', async () => {
    const configured = { model: 'cassette:./answers', smallModel: null }
    const { chosen } = await choose({}, access({ configured, egress: 'none' }))

    expect(chosen?.thinking.large).toBe('api/recorded')
  })

  it("the host program's own models are asked; bringing them is the permission", async () => {
    const own = { small: modelOf('own/small', null), large: modelOf('own/large', null) }
    const { chosen } = await choose({}, access({ own, egress: 'none' }))

    expect(chosen?.thinking).toMatchObject({ small: 'own/small', large: 'own/large' })
  })
})

describe('a named model', () => {
  it('needs no setting, and reads and judges too: a configured small one is not asked', async () => {
    const { chosen } = await choose({ model: 'api/other' }, access(CONFIGURED))

    expect(chosen?.thinking).toMatchObject({ small: 'api/other', large: 'api/other' })
    expect(chosen?.small).toBe(chosen?.large)
  })

  it('is asked beside the small one that is named with it', async () => {
    const { chosen } = await choose({ model: 'api/big', smallModel: 'api/mini' })

    expect(chosen?.thinking).toMatchObject({ small: 'api/mini', large: 'api/big' })
  })

  it.each([
    [{ model: 'api/big' }],
    [{ model: 'cassette:./answers', smallModel: 'api/mini' }],
    [{ model: 'ollama/qwen3:8b' }],
  ])('is refused under egress none: %j', async (request) => {
    await expect(choose(request, access({ egress: 'none' }))).rejects.toMatchObject({
      type: 'permission_error',
      message: expect.stringContaining('REVERIE_EGRESS'),
    })
  })

  it('that is a cassette stands under egress none', async () => {
    const { chosen } = await choose({ model: 'cassette:./answers' }, access({ egress: 'none' }))

    expect(chosen?.large.host).toBeNull()
  })

  it('none means rules alone, without a warning', async () => {
    const models = access({ ...CONFIGURED, egress: 'models' })

    expect(await choose({ model: 'none' }, models)).toEqual({ chosen: null, warnings: [] })
  })

  it('must be there where a small one is named', async () => {
    await expect(choose({ smallModel: 'api/mini' })).rejects.toMatchObject({
      type: 'invalid_request_error',
      next: expect.stringContaining('--model'),
    })
  })
})

describe('the budget', () => {
  it('of the request stands before that of the settings, each cap by itself', async () => {
    const { chosen } = await choose({ model: 'api/big', budget: { tokens: 7 } })
    const { chosen: uncapped } = await choose({ model: 'api/big', budget: { usd: null } })

    expect(chosen?.thinking.budget).toEqual({ tokens: 7, usd: 5 })
    expect(uncapped?.thinking.budget).toEqual({ tokens: 1000, usd: null })
  })

  it.each(['cassette:./answers', 'ollama/qwen3:8b'])(
    'has no cap on money where nothing costs money: %s',
    async (model) => {
      const { chosen } = await choose({ model })

      expect(chosen?.thinking.budget).toEqual({ tokens: 1000, usd: null })
    },
  )

  it('in money cannot be held for a model without a price', async () => {
    const request = { model: 'api/unheard-of' }

    await expect(choose(request)).rejects.toMatchObject({
      type: 'invalid_request_error',
      message: expect.stringContaining('api/unheard-of'),
      next: expect.stringContaining('--budget-usd off'),
    })
    await expect(choose({ ...request, budget: { usd: null } })).resolves.toMatchObject({
      chosen: { thinking: { budget: { usd: null } } },
    })
  })

  it.each([
    [{ tokens: 0 }],
    [{ tokens: 1.5 }],
    [{ tokens: Number.NaN }],
    [{ usd: 0 }],
    [{ usd: -1 }],
    [{ usd: Number.POSITIVE_INFINITY }],
  ])('is refused where it is no cap: %j', async (budget) => {
    await expect(choose({ model: 'api/big', budget })).rejects.toMatchObject({
      type: 'invalid_request_error',
      message: expect.stringContaining('A budget of'),
    })
  })
})

describe('a recording', () => {
  it('is to go into the folder, or below it where two models answer', async () => {
    const looked: string[] = []
    const assertFree = (folder: string, model: string): void => {
      looked.push(`${folder} for ${model}`)
    }
    const models = access({ cassettes: { ...access().cassettes, assertFree } })
    await choose({ model: 'api/big', cassette: './answers' }, models)
    const one = looked.splice(0)
    await choose({ model: 'api/big', smallModel: 'api/mini', cassette: './answers' }, models)

    expect(one).toEqual(['./answers for api/big'])
    expect(looked).toEqual(['./answers/small for api/mini', './answers/large for api/big'])
  })

  it('into the cassette of another model is refused before anything is asked', async () => {
    const assertFree = (): never => {
      throw new ReverieError('conflict_error', 'Another model.')
    }
    const models = access({ cassettes: { ...access().cassettes, assertFree } })

    await expect(choose({ model: 'api/big', cassette: './answers' }, models)).rejects.toMatchObject(
      {
        type: 'conflict_error',
      },
    )
  })

  it.each([{}, { model: 'none' }, { model: 'cassette:./answers' }])(
    'without a model to record is refused: %j',
    async (request) => {
      await expect(choose({ ...request, cassette: './copy' })).rejects.toMatchObject({
        type: 'invalid_request_error',
        message: expect.stringContaining('record'),
      })
    },
  )
})
