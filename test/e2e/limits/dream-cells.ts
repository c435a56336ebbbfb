import { expect } from 'vitest'
import { type Asked, atLeast, type Cell, type Ground, post, upTo } from './cell.ts'

/** Model ids that the settings of the tests give a meaning. */
export const LONGEST_MODEL: string = 'm'.repeat(256)

const order = (g: Ground, ids: readonly string[], more: object = {}): Asked => {
  return post('/v1/dreams', {
    inputs: [
      { type: 'memory_store', memory_store_id: g.stores[1] },
      { type: 'sessions', session_ids: ids },
    ],
    model: 'embedded',
    ...more,
  })
}
const one = (g: Ground): readonly string[] => g.sessions.slice(0, 1)
const ordered = (more: object) => (g: Ground) => order(g, one(g), more)
const told = (text: string): NonNullable<Cell['tells']> => ({
  message: expect.stringContaining(text),
})

const store = (g: Ground, n = 1): unknown => ({
  type: 'memory_store',
  memory_store_id: g.stores[n],
})
const sessions = (g: Ground): unknown => ({ type: 'sessions', session_ids: one(g) })
const inputs = (list: (g: Ground) => readonly unknown[]) => (g: Ground) =>
  order(g, [], { inputs: list(g) })

export const DREAM_CELLS: readonly Cell[] = [
  ...atLeast('sessions of a dream', 1, (n, g) => order(g, g.sessions.slice(0, n))),
  ...upTo('sessions of a dream', 100, (n, g) => order(g, g.sessions.slice(0, n))),
  { what: 'a session twice', status: 400, ask: (g) => order(g, [...one(g), ...one(g)]) },
  { what: 'a session that is not there', status: 404, ask: (g) => order(g, ['sesn_none']) },
  {
    what: 'a store that is not there',
    status: 404,
    ask: inputs((g) => [{ type: 'memory_store', memory_store_id: 'memstore_none' }, sessions(g)]),
  },
  {
    what: 'an archived store to dream of',
    status: 400,
    ask: inputs((g) => [{ type: 'memory_store', memory_store_id: g.archived }, sessions(g)]),
  },
  { what: 'sessions before the store', status: 200, ask: inputs((g) => [sessions(g), store(g)]) },
  { what: 'one input', status: 400, ask: inputs((g) => [store(g)]) },
  { what: 'two stores', status: 400, ask: inputs((g) => [store(g), store(g, 2)]) },
  { what: 'three inputs', status: 400, ask: inputs((g) => [store(g), sessions(g), store(g, 2)]) },
  { what: 'no instructions: null', status: 200, ask: ordered({ instructions: null }) },
  ...atLeast('instructions of a dream', 1, (n, g) =>
    order(g, one(g), { instructions: 'x'.repeat(n) }),
  ),
  ...upTo('instructions of a dream', 4_096, (n, g) =>
    order(g, one(g), { instructions: '🙂'.repeat(n) }),
  ),
  {
    what: 'model id of a dream: 256',
    status: 200,
    tells: { model: { id: LONGEST_MODEL, speed: 'standard' } },
    ask: ordered({ model: LONGEST_MODEL }),
  },
  {
    what: 'model id of a dream: 257',
    status: 400,
    tells: told('256'),
    ask: ordered({ model: `${LONGEST_MODEL}m` }),
  },
  {
    what: 'model id of an object: 257',
    status: 400,
    tells: told('256'),
    ask: ordered({ model: { id: `${LONGEST_MODEL}m` } }),
  },
  { what: 'an empty model id', status: 400, ask: ordered({ model: '' }) },
  {
    what: 'a model id without a meaning',
    status: 400,
    tells: told('REVERIE_MODELS'),
    ask: ordered({ model: 'gpt-unknown' }),
  },
  {
    what: 'speed standard',
    status: 200,
    ask: ordered({ model: { id: 'embedded', speed: 'standard' } }),
  },
  { what: 'speed null', status: 200, ask: ordered({ model: { id: 'embedded', speed: null } }) },
  { what: 'speed fast', status: 400, ask: ordered({ model: { id: 'embedded', speed: 'fast' } }) },
  {
    what: 'an output that is not the input',
    status: 400,
    ask: (g) =>
      order(g, one(g), {
        output_behavior: { type: 'update_existing', memory_store_id: g.stores[2] },
      }),
  },
  { what: 'a field that nobody knows', status: 400, ask: ordered({ priority: 1 }) },
  {
    what: 'a field that nobody knows, within',
    status: 400,
    ask: inputs((g) => [{ ...(store(g) as object), more: 1 }, sessions(g)]),
  },
]
