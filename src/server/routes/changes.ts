import { createRoute, type RouteConfig } from '@hono/zod-openapi'
import { z } from 'zod'
import type { ChangeId, ChangeSetId, DreamId } from '../../core/ids.ts'
import type { ReviewDecision } from '../../engine/workspace-api.ts'
import {
  dreamReview,
  dreamReviewSchema,
  reviewFields,
  rewordedSchema,
  seenSchema,
} from '../../wire/extensions/shown-dream.ts'
import type { ServerPorts } from '../context.ts'
import { failures, json, jsonBody, needs, type WireApp } from '../routing.ts'

const DREAM = '/v1/reverie/dreams/{dream_id}'
const CHANGE = `${DREAM}/changes/{change_id}` as const
const CHANGE_SET = `${DREAM}/change_sets/{change_set_id}` as const

const dreamPath = z.object({ dream_id: z.string() })
const changePath = z.object({ dream_id: z.string(), change_id: z.string() })
const changeSetPath = z.object({ dream_id: z.string(), change_set_id: z.string() })

const review = {
  tags: ['Review of dreams'],
  responses: { 200: json(dreamReviewSchema, 'The dream as it is now.'), ...failures },
} satisfies Partial<RouteConfig>

const seen = jsonBody(seenSchema)

const listRequest = createRoute({
  ...review,
  method: 'get',
  path: `${DREAM}/changes`,
  summary: 'The changes of a dream, with their evidence',
  middleware: [needs('read')] as const,
  request: { params: dreamPath, query: z.object(reviewFields) },
})

const editRequest = createRoute({
  ...review,
  method: 'post',
  path: `${CHANGE}/edit`,
  summary: 'Accept a change in words of your own, with its set',
  middleware: [needs('write')] as const,
  request: { params: changePath, body: jsonBody(rewordedSchema) },
})

/** A plain decision, with what it does to a change and its set. */
const DECISIONS = {
  accept: 'let in by the next apply',
  reject: 'kept out, or taken back out of the text',
  revert: 'taken back out of the text',
} as const

const PLAN_ACTS = {
  apply: 'Write the changes that are neither held nor rejected',
  revert: 'Take back everything that the dream wrote',
  discard: 'Drop a plan that waits',
} as const

type Decision = keyof typeof DECISIONS
type PlanAct = keyof typeof PLAN_ACTS

function changeRequest(decision: Decision) {
  return createRoute({
    ...review,
    method: 'post',
    path: `${CHANGE}/${decision}`,
    summary: `A change and its set: ${DECISIONS[decision]}`,
    middleware: [needs('write')] as const,
    request: { params: changePath, body: seen },
  })
}

function changeSetRequest(decision: Decision) {
  return createRoute({
    ...review,
    method: 'post',
    path: `${CHANGE_SET}/${decision}`,
    summary: `A change-set: ${DECISIONS[decision]}`,
    middleware: [needs('write')] as const,
    request: { params: changeSetPath, body: seen },
  })
}

function planRequest(act: PlanAct) {
  return createRoute({
    ...review,
    method: 'post',
    path: `${DREAM}/${act}`,
    summary: PLAN_ACTS[act],
    middleware: [needs('write')] as const,
    request: { params: dreamPath, body: seen },
  })
}

/** The review of a dream: its changes, decisions on them, and what becomes of the whole plan. */
export function changeRoutes(app: WireApp, _ports: ServerPorts): void {
  app.openapi(listRequest, async (c) => {
    const { kind, status } = c.req.valid('query')
    const filter = { ...(kind && { kind }), ...(status && { status }) }
    const dreamId = c.req.valid('param').dream_id as DreamId
    return c.json(dreamReview(await c.get('workspace').changes.list(dreamId, filter)), 200)
  })

  app.openapi(editRequest, async (c) => {
    const { dream_id, change_id } = c.req.valid('param')
    const decision: ReviewDecision = { decision: 'edit', ...c.req.valid('json') }
    const { changes } = c.get('workspace')
    const by = c.get('caller').actor
    const shown = await changes.decide(dream_id as DreamId, change_id as ChangeId, decision, by)
    return c.json(dreamReview(shown), 200)
  })

  for (const decision of Object.keys(DECISIONS) as readonly Decision[]) addDecision(app, decision)
  for (const act of Object.keys(PLAN_ACTS) as readonly PlanAct[]) addPlanAct(app, act)
}

function addDecision(app: WireApp, decision: Decision): void {
  app.openapi(changeRequest(decision), async (c) => {
    const { dream_id, change_id } = c.req.valid('param')
    const { digest } = c.req.valid('json')
    const { changes } = c.get('workspace')
    const [dreamId, id] = [dream_id as DreamId, change_id as ChangeId]
    const shown = await changes.decide(dreamId, id, { decision, digest }, c.get('caller').actor)
    return c.json(dreamReview(shown), 200)
  })

  app.openapi(changeSetRequest(decision), async (c) => {
    const { dream_id, change_set_id } = c.req.valid('param')
    const { digest } = c.req.valid('json')
    const { changes } = c.get('workspace')
    const [dreamId, id] = [dream_id as DreamId, change_set_id as ChangeSetId]
    const shown = await changes.decide(dreamId, id, { decision, digest }, c.get('caller').actor)
    return c.json(dreamReview(shown), 200)
  })
}

function addPlanAct(app: WireApp, act: PlanAct): void {
  app.openapi(planRequest(act), async (c) => {
    const dreamId = c.req.valid('param').dream_id as DreamId
    const { digest } = c.req.valid('json')
    const { changes } = c.get('workspace')
    return c.json(dreamReview(await changes[act](dreamId, digest, c.get('caller').actor)), 200)
  })
}
