import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { scriptedModel } from '../testing/scripted-model.ts'
import { type CassetteManifest, openCassette, recordInto } from './cassette-model.ts'
import { modelContract } from './model.contract.ts'
import type { Model } from './model.ts'
import { aModelRequest } from './model-request.test-support.ts'

const root = mkdtempSync(join(tmpdir(), 'reverie-cassette-'))
let folders = 0

afterAll(() => {
  rmSync(root, { recursive: true })
})

function newFolder(): string {
  folders += 1
  return join(root, `${folders}`)
}

const MANIFEST: CassetteManifest = {
  format: 'reverie/cassette/1',
  made: 'script',
  model: 'script/answers',
  model_family: null,
  recorded_at: '2026-01-02',
  note: 'made by a test',
}

async function recorded(folder: string, model: Model = scriptedModel(() => '{}')): Promise<string> {
  await recordInto(folder, model, MANIFEST).answer(aModelRequest())
  return folder
}

modelContract({
  name: 'cassette',
  answering: async (answer) =>
    openCassette(
      await recorded(
        newFolder(),
        scriptedModel(() => answer),
      ),
    ),
  failing: async (fault) => {
    if (fault !== 'not_found') return null
    const folder = newFolder()
    recordInto(
      folder,
      scriptedModel(() => '{}'),
      MANIFEST,
    )
    return openCassette(folder)
  },
  mayNotCount: true,
})

modelContract({
  name: 'recording',
  answering: async (answer) =>
    recordInto(
      newFolder(),
      scriptedModel(() => answer),
      MANIFEST,
    ),
  failing: async () => null,
  mayNotCount: true,
})

describe('a cassette', () => {
  it('answers under the id of the model that was recorded, and nowhere', async () => {
    const { id, host } = openCassette(await recorded(newFolder()))

    expect({ id, host }).toEqual({ id: 'script/answers', host: null })
  })

  it.each([
    ['the name of the prompt', { name: 'extract-2' }, false],
    ['the profile', { profile: '' }, false],
    ['the data', { data: 'The port is 5433.' }, false],
    ['the schema', { schema: { type: 'object' } }, false],
    ['the instructions, whose version is in the name', { instructions: 'Read.' }, true],
    ['the limit of the output', { outputTokensMax: 1 }, true],
  ])('is asked anew or not when one changes %s', async (_what, changes, isKnown) => {
    const cassette = openCassette(await recorded(newFolder()))
    const end = await cassette.answer(aModelRequest(changes)).then(
      () => true,
      (error: { fault?: string }) => error.fault !== 'not_found',
    )

    expect(end).toBe(isKnown)
  })

  it('finds an answer whatever the order of keys in the schema', async () => {
    const cassette = openCassette(await recorded(newFolder()))
    const { schema } = aModelRequest()
    const turned = Object.fromEntries(Object.entries(schema).toReversed())

    expect((await cassette.answer(aModelRequest({ schema: turned }))).text).toBe('{}')
  })

  it('names the prompt, the folder and what to do when it has no answer', async () => {
    const folder = await recorded(newFolder())
    const end = openCassette(folder).answer(aModelRequest({ name: 'relate-7' }))

    await expect(end).rejects.toMatchObject({
      fault: 'not_found',
      message: expect.stringMatching(/relate-7/),
      next: expect.stringMatching(/Record it again/),
    })
    await expect(end).rejects.toThrow(folder)
  })

  it('keeps whole files for their owner alone, and no temporary ones', async () => {
    const folder = await recorded(newFolder())
    const names = readdirSync(folder).sort()

    expect(names).toHaveLength(2)
    expect(names[1]).toBe('cassette.json')
    expect(names[0]).toMatch(/^[\da-f]{64}\.json$/)
    for (const name of names) expect(statSync(join(folder, name)).mode & 0o777).toBe(0o600)
    expect(JSON.parse(readFileSync(join(folder, 'cassette.json'), 'utf8'))).toEqual(MANIFEST)
    expect(JSON.parse(readFileSync(join(folder, names[0] ?? ''), 'utf8'))).toMatchObject({
      request: 'extract-1',
      text: '{}',
      finish: 'stop',
    })
  })

  it('grows with answers of the same model and refuses another one', async () => {
    const folder = await recorded(newFolder())
    const again = recordInto(
      folder,
      scriptedModel(() => '{"more":1}'),
      MANIFEST,
    )
    await again.answer(aModelRequest({ data: 'More.' }))
    const other = scriptedModel(() => '{}', 'script/other')

    expect((await openCassette(folder).answer(aModelRequest())).text).toBe('{}')
    expect((await openCassette(folder).answer(aModelRequest({ data: 'More.' }))).text).toContain(
      '1',
    )
    expect(() => recordInto(folder, other, { ...MANIFEST, model: other.id })).toThrow(
      expect.objectContaining({ type: 'conflict_error' }),
    )
  })

  it('keeps no call that failed', async () => {
    const folder = newFolder()
    const failing = scriptedModel(() => new Error('no'))

    await expect(recorded(folder, failing)).rejects.toThrow('no')
    expect(readdirSync(folder)).toEqual(['cassette.json'])
  })

  it.each([
    ['no folder', null, 'not_found_error'],
    ['no JSON', '{', 'invalid_request_error'],
    ['another format', '{"format":"x"}', 'invalid_request_error'],
    ['a huge manifest', ' '.repeat(70_000), 'request_too_large'],
  ])('is refused with %s', async (_what, manifest, type) => {
    const folder = manifest === null ? newFolder() : await recorded(newFolder())
    if (manifest !== null) writeFileSync(join(folder, 'cassette.json'), manifest)

    expect(() => openCassette(folder)).toThrow(expect.objectContaining({ type }))
  })

  it.each(['', '{"text":1}', '{"request":"x","text":"{}","finish":"stop","usage":{}}'])(
    'refuses the broken answer %j',
    async (text) => {
      const folder = await recorded(newFolder())
      const name = readdirSync(folder).find((file) => file !== 'cassette.json') ?? ''
      writeFileSync(join(folder, name), text)

      const end = openCassette(folder).answer(aModelRequest())

      await expect(end).rejects.toMatchObject({ type: 'invalid_request_error' })
    },
  )
})
