import { describe, expect, it } from 'vitest'
import { DEFAULT_WORKSPACE } from '../../core/ids.ts'
import type { Model } from '../../models/model.ts'
import { openEphemeralStorage } from '../../storage/ephemeral/ephemeral-storage.ts'
import type { DoctorCheck } from '../api.ts'
import type { Deps, ModelAccess } from './deps.ts'
import { doctor } from './doctor.ts'

const NEVER = (): never => {
  throw new Error('A check opens no model.')
}

const NONE: ModelAccess = {
  configured: { model: null, smallModel: null },
  egress: null,
  budget: { tokens: 1, usd: null },
  own: null,
  prices: NEVER,
  open: NEVER,
  cassettes: { assertFree: NEVER, read: NEVER, write: NEVER },
}

async function modelCheck(over: Partial<ModelAccess>): Promise<DoctorCheck | undefined> {
  const storage = await openEphemeralStorage({ workspaceId: DEFAULT_WORKSPACE })
  const deps: Pick<Deps, 'home' | 'nodeVersion' | 'storage' | 'models' | 'now'> = {
    home: './home',
    nodeVersion: '24.0.0',
    storage,
    models: { ...NONE, ...over },
    now: () => new Date(0),
  }
  // No store has a folder, so nothing else is looked at.
  return (await doctor(deps as Deps)).find(({ name }) => name === 'Model')
}

const BIG = { configured: { model: 'api/big', smallModel: null } }

describe('the check on models opens none and', () => {
  it('is well without one', async () => {
    expect(await modelCheck({})).toMatchObject({ isOk: true, found: 'none: rules alone decide' })
  })

  it('is well where the configured one may be asked, or is a cassette', async () => {
    const cassette = { configured: { model: 'cassette:./answers', smallModel: null } }

    expect(await modelCheck({ ...BIG, egress: 'models' })).toMatchObject({
      isOk: true,
      found: 'api/big; allowed',
    })
    expect(await modelCheck({ ...cassette, egress: 'none' })).toMatchObject({ isOk: true })
  })

  it.each([null, 'none' as const])(
    'names the setting that forbids it: egress %s',
    async (egress) => {
      expect(await modelCheck({ ...BIG, egress })).toMatchObject({
        isOk: false,
        found: expect.stringContaining('REVERIE_EGRESS'),
        next: expect.stringContaining('REVERIE_EGRESS=models'),
      })
    },
  )

  it('leaves the models of a host program to it', async () => {
    const model: Model = { id: 'own/one', host: null, answer: NEVER }

    expect(await modelCheck({ ...BIG, own: { small: model, large: model } })).toMatchObject({
      isOk: true,
    })
  })
})
