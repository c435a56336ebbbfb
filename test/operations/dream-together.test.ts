import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { createReverie, type Reverie } from '../../src/reverie.ts'

const AT = '2026-11-02T09:00:00Z'
const COMMANDS = [
  ['npm test', 'Error: connect ECONNREFUSED 127.0.0.1:5433', true],
  ['docker compose up -d db-test', 'started', false],
  ['npm test', 'ok', false],
] as const

let base: string
let reverie: Reverie

beforeEach(async () => {
  base = mkdtempSync(join(tmpdir(), 'reverie-together-'))
  reverie = await createReverie({ home: join(base, 'home'), env: {} })
  for (const agent of ['coder', 'qa']) {
    write(`${agent}/memory/MEMORY.md`, `# Memory\n\n- The ${agent} works on the orders.\n`)
    for (const n of [1, 2]) write(`logs/${agent}/${n}.jsonl`, transcript(agent, n))
  }
})

afterEach(async () => {
  await reverie.close()
  rmSync(base, { recursive: true, force: true })
})

const path = (name: string): string => join(base, name)

function write(name: string, text: string): void {
  mkdirSync(dirname(path(name)), { recursive: true })
  writeFileSync(path(name), text)
}

/** The coder's tests fail, and everybody is asked to remember something of their own. */
function transcript(agent: string, n: number): string {
  const said = { role: 'user', at: AT, content: `Remember: rule ${n} of ${agent} is to be kept.` }
  const calls = COMMANDS.flatMap(([command, content, is_error], at) => {
    const call = { name: 'bash', arguments: JSON.stringify({ command }) }
    return [
      { role: 'assistant', at: AT, tool_calls: [{ id: `c${at}`, function: call }] },
      { role: 'tool', at: AT, tool_call_id: `c${at}`, content, is_error },
    ]
  })
  const rows = [{ id: `${agent}-${n}`, agent }, said, ...(agent === 'coder' ? calls : [])]
  return rows.map((row) => `${JSON.stringify(row)}\n`).join('')
}

const from = (agent: string): { memory: string; sessions: string[] } => ({
  memory: path(`${agent}/memory`),
  sessions: [path(`logs/${agent}`)],
})
const together = (into: readonly string[]) =>
  reverie.dreamTogether({ from: [from('coder'), from('qa')], into: into.map(path) })

function texts(folder: string): string {
  return readdirSync(path(folder))
    .map((name) => readFileSync(join(path(folder), name), 'utf8'))
    .join('\n')
}

describe('folders of several agents', () => {
  it('the one that learns gets its own words and what recurs in the tools of the others', async () => {
    const before = texts('qa/memory')

    const [outcome, ...others] = await together(['qa/memory'])

    expect(others).toEqual([])
    expect(texts('qa/memory')).toBe(before)
    const told = (outcome?.changes ?? []).flatMap(({ after }) => after.map(({ text }) => text))
    expect(told.join('\n')).toContain('in 2 sessions of agent coder')
    expect(told.join('\n')).toContain('1 of qa is')
    expect(JSON.stringify(outcome?.changes)).not.toContain('of coder is')
    await reverie.apply(outcome?.dream.id ?? '')
    expect(texts('qa/memory')).toContain('docker compose up -d db-test')
    expect(texts('qa/memory')).not.toContain('of coder is')
    expect(texts('coder/memory')).not.toContain('docker')
  })

  it('each that learns has a plan of its own, by its own sessions', async () => {
    const [qa, coder] = await together(['qa/memory', 'coder/memory'])

    expect(JSON.stringify(qa?.changes)).not.toContain('of coder is')
    expect(JSON.stringify(coder?.changes)).not.toContain('of qa is')
    expect(JSON.stringify(coder?.changes)).toContain('of coder is')
    expect(coder?.dream.id).not.toBe(qa?.dream.id)
  })

  it('a memory that is no input learns from all of them, and reads no words', async () => {
    write('team/MEMORY.md', '# Team\n\n- We meet on Mondays.\n')

    const [outcome] = await together(['team'])

    expect(outcome?.dream.snapshot.sessions).toEqual([])
    expect(outcome?.dream.snapshot.contributions).toHaveLength(4)
    expect(outcome?.changes.map(({ kind }) => kind)).toEqual(['insight'])
    expect(JSON.stringify(outcome?.changes)).not.toMatch(/of (?:coder|qa) is/)
  })

  it('asked again, the plan that waits is shown', async () => {
    const [first] = await together(['qa/memory'])
    const [second] = await together(['qa/memory'])

    expect(second?.isNew).toBe(false)
    expect(second?.dream.id).toBe(first?.dream.id)
  })

  it.each([
    ['no memory that learns', () => together([])],
    ['a memory that learns twice', () => together(['qa/memory', 'qa/memory'])],
    [
      'a session of two memories',
      () =>
        reverie.dreamTogether({
          from: [from('coder'), { ...from('qa'), sessions: [path('logs/coder')] }],
          into: [path('qa/memory')],
        }),
    ],
  ])('are refused with %s', async (_what, ask) => {
    await expect(ask()).rejects.toMatchObject({ type: 'invalid_request_error' })
    expect((await reverie.status()).stores.flatMap(({ waiting }) => waiting)).toEqual([])
  })
})

describe('stores', () => {
  it('are made with a name and who may read them, and found by that name', async () => {
    const store = await reverie.stores.create('qa', 'team:support')

    expect(store).toMatchObject({ name: 'qa', audience: 'team:support', folder: null })
    expect((await reverie.stores.list()).map(({ id }) => id)).toEqual([store.id])
    expect(await reverie.memories.list('store:qa')).toEqual([])
    const [line] = await reverie.audit.list({ limit: 1 })
    expect(line).toMatchObject({ act: 'store.created', subject: store.id })
  })

  it('of one name are told apart by their ids', async () => {
    const { id } = await reverie.stores.create('qa')
    await reverie.workspace().stores.create({ name: 'qa' })

    await expect(reverie.memories.list('store:qa')).rejects.toThrow(/Several memory stores/)
    expect(await reverie.memories.list(`store:${id}`)).toEqual([])
    await expect(reverie.memories.list('store:q')).rejects.toMatchObject({
      type: 'not_found_error',
    })
  })

  it('refuse an audience that is none', async () => {
    await expect(reverie.stores.create('qa', 'everybody')).rejects.toMatchObject({
      type: 'invalid_request_error',
    })
  })
})
