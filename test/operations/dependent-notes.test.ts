import { expect, test } from 'vitest'
import type { ProposedClaim } from '../../src/engine/prompts/extract.ts'
import type { ModelRequest } from '../../src/models/model.ts'
import { scriptedModel } from '../../src/testing/scripted-model.ts'
import { FolderWorld } from '../support/folder-world.ts'

const OFFICE = 'The office of the team is in Graz.'
const COMMUTE = 'Everybody comes by tram from the main station.'

function claim(text: string, more: Partial<ProposedClaim>): ProposedClaim {
  return {
    text,
    kind: 'fact',
    subject: 'team',
    attribute: '',
    value: null,
    formerValue: null,
    polarity: 'holds',
    modality: 'is',
    cue: null,
    from: null,
    until: null,
    dependsOn: [],
    evidence: [{ event: 1, quote: text }],
    ...more,
  }
}

/** Reads both statements, and that the second needs the first; knows nothing else. */
function answer({ name, data }: ModelRequest): string {
  if (!name.startsWith('extract') || !data.includes(COMMUTE)) {
    return JSON.stringify(name.startsWith('extract') ? { claims: [] } : {})
  }
  const claims = [
    claim(OFFICE, { subject: 'office of the team', attribute: 'location', value: 'Graz' }),
    claim(COMMUTE, { dependsOn: [1], evidence: [{ event: 2, quote: COMMUTE }] }),
  ]
  return JSON.stringify({ claims })
}

test('what was told to rest on a statement gets a remark when a later dream replaces that', async () => {
  const model = scriptedModel(answer)
  const models = { small: model, large: model }
  await using world = await FolderWorld.open({ 'team.md': '# Team\n' }, { models })
  world.say('may', [OFFICE, COMMUTE])
  const first = await world.dream()
  await world.reverie.apply(first.dream.id)
  world.say('june', [
    { content: 'The office of the team is now in Linz.', at: '2026-11-10T10:00:00Z' },
  ])

  const second = await world.dream()
  await world.reverie.apply(second.dream.id)

  expect(second.changes.map(({ kind }) => kind).sort()).toEqual(['annotate', 'supersede'])
  const text = Object.values(world.files()).join('\n')
  expect(text).toContain('Linz')
  expect(text).not.toContain('Graz')
  expect(text).toContain(`${COMMUTE} (may be outdated since 2026-11-10)`)
})
