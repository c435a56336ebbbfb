import { z } from 'zod'
import { LIMITS } from '../../config.ts'
import {
  createdAt,
  type Fields,
  type PageFields,
  pageFields,
  pageSchema,
  type WirePage,
  wholeNumber,
} from '../page.ts'
import {
  type WireEventType,
  type WireSessionEvent,
  wireEventTypeSchema,
  wireSessionEventSchema,
} from './vocabulary.ts'

const typeFilter = z.union([z.array(wireEventTypeSchema), wireEventTypeSchema]).optional()
const { eventPageItemsMax } = LIMITS

/** Query of a list of events. */
export interface EventListFields extends PageFields {
  readonly order: 'asc' | 'desc'
  readonly types: WireEventType | WireEventType[] | undefined
  readonly 'types[]': WireEventType | WireEventType[] | undefined
  readonly 'created_at[gt]': string | undefined
  readonly 'created_at[gte]': string | undefined
  readonly 'created_at[lt]': string | undefined
  readonly 'created_at[lte]': string | undefined
}

export const eventListQuery: Fields<EventListFields> = z.object({
  ...pageFields(),
  ...createdAt('gt', 'gte', 'lt', 'lte'),
  limit: wholeNumber(z.int().min(1).max(eventPageItemsMax).default(eventPageItemsMax)),
  order: z.enum(['asc', 'desc']).default('asc'),
  types: typeFilter,
  'types[]': typeFilter,
})

export const eventListSchema: z.ZodType<WirePage<WireSessionEvent>> = pageSchema(
  wireSessionEventSchema,
  'SessionEventList',
)

type Previewed = 'agent.message' | 'agent.thinking'

const previewed = z.enum(['agent.message', 'agent.thinking'])
const previews = z.union([z.array(previewed), previewed]).optional()

/** Query of a stream of events: previews are accepted, and there are none. */
export interface EventStreamFields {
  readonly event_deltas: Previewed | Previewed[] | undefined
  readonly 'event_deltas[]': Previewed | Previewed[] | undefined
}

export const eventStreamQuery: Fields<EventStreamFields> = z.object({
  event_deltas: previews,
  'event_deltas[]': previews,
})
