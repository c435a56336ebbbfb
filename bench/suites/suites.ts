import type { Suite } from '../harness/suite.ts'
import { ablate } from './ablate/ablate.ts'
import { ablateModel } from './ablate-model/ablate-model.ts'
import { conflicts } from './conflicts/conflicts.ts'
import { contrast } from './contrast/contrast.ts'
import { decisions } from './decisions/decisions.ts'
import { duplicates } from './duplicates/duplicates.ts'
import { judged } from './judged/judged.ts'
import { patterns } from './patterns/patterns.ts'
import { repeat } from './repeat/repeat.ts'
import { retention } from './retention/retention.ts'
import { retrieval } from './retrieval/retrieval.ts'
import { scale } from './scale/scale.ts'
import { server } from './server/server.ts'
import { speed } from './speed/speed.ts'
import { supersede } from './supersede/supersede.ts'
import { tokens } from './tokens/tokens.ts'
import { trust } from './trust/trust.ts'
import { truth } from './truth/truth.ts'
import { wholeMemories } from './whole-memories/whole-memories.ts'

/** All suites, in the order in which they run and are published. */
export const SUITES: readonly Suite[] = [
  supersede,
  duplicates,
  decisions,
  conflicts,
  truth,
  trust,
  patterns,
  contrast,
  wholeMemories,
  retention,
  repeat,
  retrieval,
  speed,
  scale,
  server,
  tokens,
  ablate,
  ablateModel,
  judged,
]
