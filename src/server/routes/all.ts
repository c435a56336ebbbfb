import type { ServerPorts } from '../context.ts'
import type { WireApp } from '../routing.ts'
import { agentRoutes } from './agents.ts'
import { auditRoutes } from './audit.ts'
import { changeRoutes } from './changes.ts'
import { collectiveDreamRoutes } from './collective-dreams.ts'
import { dreamRoutes } from './dreams.ts'
import { environmentRoutes } from './environments.ts'
import { erasureRoutes } from './erasures.ts'
import { healthRoutes } from './health.ts'
import { heldRoutes } from './held.ts'
import { importRoutes } from './imports.ts'
import { memoryRoutes } from './memories.ts'
import { memoryStoreRoutes } from './memory-stores.ts'
import { memoryVersionRoutes } from './memory-versions.ts'
import { scheduleRoutes } from './schedules.ts'
import { searchRoutes } from './search.ts'
import { sessionEventRoutes } from './session-events.ts'
import { sessionResourceRoutes } from './session-resources.ts'
import { sessionRoutes } from './sessions.ts'
import { threadRoutes } from './threads.ts'

/** Adds the routes of one resource to the app. */
export type Mount = (app: WireApp, ports: ServerPorts) => void

/** Every resource; add a line for a new module. */
export const ALL_ROUTES: readonly Mount[] = [
  memoryStoreRoutes,
  memoryRoutes,
  memoryVersionRoutes,
  agentRoutes,
  environmentRoutes,
  dreamRoutes,
  collectiveDreamRoutes,
  changeRoutes,
  healthRoutes,
  searchRoutes,
  scheduleRoutes,
  auditRoutes,
  erasureRoutes,
  heldRoutes,
  importRoutes,
  sessionEventRoutes,
  sessionResourceRoutes,
  sessionRoutes,
  threadRoutes,
]
