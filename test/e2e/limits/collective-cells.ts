import { expect } from 'vitest'
import { type Asked, atLeast, type Cell, type Ground, post, upTo } from './cell.ts'

const TEAM = 'team:limits'

const order = (more: object): Asked =>
  post('/v1/reverie/collective_dreams', { model: 'embedded', ...more })
const input = (g: Ground, ids: readonly string[], agent = 'coder'): unknown => ({
  agent_id: agent,
  memory_store_id: g.stores[0],
  session_ids: ids,
})
const target = (id: string | undefined, audience = TEAM): unknown => ({
  memory_store_id: id,
  audience,
})
const asked = (g: Ground, more: object = {}): Asked =>
  order({
    inputs: [input(g, g.sessions.slice(0, 1))],
    targets: [target(g.teamStores[0])],
    ...more,
  })
const inTwo = (g: Ground, n: number): Asked =>
  asked(g, { inputs: [input(g, g.sessions.slice(0, 1)), input(g, g.sessions.slice(1, n))] })

export const COLLECTIVE_CELLS: readonly Cell[] = [
  ...atLeast('inputs of a collective dream', 1, (n, g) =>
    asked(g, { inputs: g.sessions.slice(0, n).map((id) => input(g, [id])) }),
  ),
  ...upTo('inputs of a collective dream', 50, (n, g) =>
    asked(g, { inputs: g.sessions.slice(0, n).map((id) => input(g, [id])) }),
  ),
  ...atLeast('targets of a collective dream', 1, (n, g) =>
    asked(g, { targets: g.teamStores.slice(0, n).map((id) => target(id)) }),
  ),
  ...upTo('targets of a collective dream', 20, (n, g) =>
    asked(g, { targets: g.teamStores.slice(0, n).map((id) => target(id)) }),
  ),
  ...atLeast('sessions of an input', 1, (n, g) =>
    asked(g, { inputs: [input(g, g.sessions.slice(0, n))] }),
  ),
  ...upTo('sessions of an input', 100, (n, g) =>
    asked(g, { inputs: [input(g, g.sessions.slice(0, n))] }),
  ),
  ...upTo('sessions of two inputs', 100, (n, g) => inTwo(g, n)),
  ...atLeast('name of an agent of an input', 1, (n, g) =>
    asked(g, { inputs: [input(g, g.sessions.slice(0, 1), 'x'.repeat(n))] }),
  ),
  ...upTo('name of an agent of an input', 128, (n, g) =>
    asked(g, { inputs: [input(g, g.sessions.slice(0, 1), '🙂'.repeat(n))] }),
  ),
  ...atLeast('instructions of a collective dream', 1, (n, g) =>
    asked(g, { instructions: 'x'.repeat(n) }),
  ),
  ...upTo('instructions of a collective dream', 4_096, (n, g) =>
    asked(g, { instructions: 'x'.repeat(n) }),
  ),
  {
    what: 'an audience that the store is not for',
    status: 400,
    ask: (g) => asked(g, { targets: [target(g.teamStores[0], 'team:other')] }),
    tells: { message: expect.stringContaining('audience') },
  },
  {
    what: 'a level of writing that is none',
    status: 400,
    ask: (g) => asked(g, { auto_apply: 'some' }),
  },
  {
    what: 'a plan for the store itself that waits',
    status: 200,
    ask: (g) => asked(g, { auto_apply: 'off', output_behavior: { type: 'update_existing' } }),
    tells: { auto_apply: 'off', output_behavior: { type: 'update_existing' } },
  },
]
