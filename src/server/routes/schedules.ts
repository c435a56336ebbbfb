import { createRoute } from '@hono/zod-openapi'
import { z } from 'zod'
import type { ScheduleId } from '../../core/ids.ts'
import {
  deletedScheduleSchema,
  scheduleChangeOf,
  scheduleChangeSchema,
  scheduleDraftOf,
  scheduleDraftSchema,
  toWireSchedule,
  toWireScheduleDecision,
  wireScheduleDecisionSchema,
  wireScheduleSchema,
} from '../../wire/extensions/schedule.ts'
import { pageFields, pageSchema } from '../../wire/page.ts'
import type { ServerPorts } from '../context.ts'
import { cursorOf, positionOf } from '../paging.ts'
import { failures, json, jsonBody, needs, requireWriteFor, type WireApp } from '../routing.ts'

const LIST = '/v1/reverie/schedules'
const ONE = '/v1/reverie/schedules/{schedule_id}'
const tags = ['Schedules']
const params = z.object({ schedule_id: z.string() })
const query = z.object(pageFields())
const responses = { 200: json(wireScheduleSchema, 'The schedule.'), ...failures }

const createRequest = createRoute({
  method: 'post',
  path: LIST,
  tags,
  summary: 'Let a memory store dream by itself',
  middleware: [needs('dream')] as const,
  request: { body: jsonBody(scheduleDraftSchema) },
  responses,
})

const listRequest = createRoute({
  method: 'get',
  path: LIST,
  tags,
  summary: 'List schedules, newest first',
  middleware: [needs('read')] as const,
  request: { query },
  responses: {
    200: json(pageSchema(wireScheduleSchema, 'ScheduleList'), 'One page.'),
    ...failures,
  },
})

const retrieveRequest = createRoute({
  method: 'get',
  path: ONE,
  tags,
  summary: 'Look at a schedule',
  middleware: [needs('read')] as const,
  request: { params },
  responses,
})

const updateRequest = createRoute({
  method: 'post',
  path: ONE,
  tags,
  summary: 'Change rules of a schedule',
  middleware: [needs('dream')] as const,
  request: { params, body: jsonBody(scheduleChangeSchema) },
  responses,
})

const deleteRequest = createRoute({
  method: 'delete',
  path: ONE,
  tags,
  summary: 'Delete a schedule with its decisions; its dreams stay',
  middleware: [needs('dream')] as const,
  request: { params },
  responses: { 200: json(deletedScheduleSchema, 'It is gone.'), ...failures },
})

const decisionsRequest = createRoute({
  method: 'get',
  path: `${ONE}/decisions`,
  tags,
  summary: 'Why it dreamt or did not, newest first',
  middleware: [needs('read')] as const,
  request: { params, query },
  responses: {
    200: json(pageSchema(wireScheduleDecisionSchema, 'ScheduleDecisionList'), 'One page.'),
    ...failures,
  },
})

/** The six routes of schedules. */
export function scheduleRoutes(app: WireApp, _ports: ServerPorts): void {
  app.openapi(createRequest, async (c) => {
    const draft = scheduleDraftOf(c.req.valid('json'))
    requireWriteFor('A schedule', draft.outputBehavior, c.get('caller'))
    const made = await c.get('workspace').schedules.create(draft, c.get('caller').actor)
    return c.json(toWireSchedule(made), 200)
  })

  app.openapi(listRequest, async (c) => {
    const { limit, page } = c.req.valid('query')
    const scope = { workspaceId: c.get('caller').workspaceId, list: LIST }
    const after = page === undefined ? {} : { after: positionOf(page, scope) }
    const { items, next } = await c.get('workspace').schedules.page({ limit, ...after })
    const nextPage = next === null ? null : cursorOf(next, scope)
    return c.json({ data: items.map(toWireSchedule), next_page: nextPage }, 200)
  })

  app.openapi(retrieveRequest, async (c) => {
    const schedule = await c.get('workspace').schedules.get(idIn(c.req.valid('param')))
    return c.json(toWireSchedule(schedule), 200)
  })

  app.openapi(updateRequest, async (c) => {
    const id = idIn(c.req.valid('param'))
    const change = scheduleChangeOf(c.req.valid('json'))
    const { schedules } = c.get('workspace')
    const { outputBehavior } = { ...(await schedules.get(id)), ...change }
    requireWriteFor('A schedule', outputBehavior, c.get('caller'))
    const changed = await schedules.update(id, change, c.get('caller').actor)
    return c.json(toWireSchedule(changed), 200)
  })

  app.openapi(deleteRequest, async (c) => {
    const id = idIn(c.req.valid('param'))
    await c.get('workspace').schedules.remove(id, c.get('caller').actor)
    return c.json({ id, type: 'schedule_deleted' as const }, 200)
  })

  app.openapi(decisionsRequest, async (c) => {
    const id = idIn(c.req.valid('param'))
    const { limit, page } = c.req.valid('query')
    const list = `${LIST}/${id}/decisions`
    const scope = { workspaceId: c.get('caller').workspaceId, list }
    const after = page === undefined ? {} : { after: positionOf(page, scope) }
    const { items, next } = await c.get('workspace').schedules.decisions(id, { limit, ...after })
    const nextPage = next === null ? null : cursorOf(next, scope)
    return c.json({ data: items.map(toWireScheduleDecision), next_page: nextPage }, 200)
  })
}

function idIn(path: { readonly schedule_id: string }): ScheduleId {
  return path.schedule_id as ScheduleId
}
