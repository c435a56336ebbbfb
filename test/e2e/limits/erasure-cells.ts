import { type Asked, atLeast, type Cell, type Ground, post, upTo } from './cell.ts'

const dry = (subject: object): Asked => post('/v1/reverie/erasures', { ...subject, dry_run: true })

export const ERASURE_CELLS: readonly Cell[] = [
  ...atLeast('words to erase', 8, (n) => dry({ quote: 'x'.repeat(n) })),
  ...upTo('words to erase', 4_000, (n) => dry({ quote: 'x'.repeat(n) })),
  ...atLeast('user to erase', 1, (n) => dry({ user_id: 'u'.repeat(n) })),
  {
    what: 'a session to erase',
    status: 200,
    ask: (g: Ground) => dry({ session_id: g.sessions[0] }),
  },
  {
    what: 'a session that is not there, to erase',
    status: 404,
    ask: () => dry({ session_id: 'sesn_none' }),
  },
  { what: 'nothing to erase', status: 400, ask: () => dry({}) },
  {
    what: 'two things to erase',
    status: 400,
    ask: (g: Ground) => dry({ session_id: g.sessions[0], user_id: 'ada' }),
  },
]
