/**
 * Reverie in the program itself: no server, no HTTP. State is a folder; here one of its own.
 *
 *     node examples/server/library.ts
 */
import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createReverie } from 'reverie'

const reverie = await createReverie({ home: mkdtempSync(join(tmpdir(), 'reverie-')) })
const { stores, memories, sessions, dreams, changes, schedules } = reverie.workspace()

// 1. A store, and a session as values. Files and globs of transcripts work as well.
const store = await stores.create({ name: 'Web shop' })
await memories.create(store.id, {
  path: '/infra.md',
  content: '# Infrastructure\n\n- The storefront dev server runs on port 3000.\n',
})
const at = '2026-11-02T09:00:00Z'
const { sessionIds } = await sessions.add([
  {
    title: 'The port moved',
    storeIds: [store.id],
    events: [
      { speaker: 'user', at, text: 'The storefront dev server runs on port 3100 now, not 3000.' },
      {
        speaker: 'tool',
        at,
        text: 'ready on :3100',
        tool: { name: 'bash', input: { command: 'pnpm dev' } },
      },
      { speaker: 'agent', at, text: 'It runs on 3100.' },
    ],
  },
])

// 2. A dream that plans and writes nothing by itself.
const order = {
  storeId: store.id,
  sessionIds,
  outputBehavior: 'update_existing',
  autoApply: 'off',
} as const
const { id } = await dreams.create(order)
const dream = await dreams.finished(id)
console.log(`Dream ${dream.id}: ${dream.status}, plan ${dream.planStatus}.`)

// 3. A person decides. What they do is done in their name.
const lena = reverie.workspace('wrkspc_default', { type: 'user_actor', userId: 'lena' })
for (const set of (await changes.list(id)).sets) {
  for (const change of set.changes) {
    console.log(`  ${change.kind}: ${change.reason}`)
    for (const { quote } of change.evidence) console.log(`    “${quote}”`)
  }
  await lena.changes.decide(id, set.id, { decision: 'accept', digest: set.digest })
}
const { digest } = await changes.list(id)
await lena.changes.apply(id, digest)
await print('after apply')

// 4. From now on by itself: the store dreams when it has been quiet and enough is new.
const schedule = await schedules.create({
  storeId: store.id,
  idleMs: 0, // at once, for this example; the default is 30 minutes
  sessionsMin: 1,
  outputBehavior: 'update_existing',
  autoApply: 'all',
})
const text = 'The storefront dev server runs on port 3200 now, not 3100.'
const later = { speaker: 'user', at: '2026-11-03T09:00:00Z', text } as const
await sessions.add([{ storeIds: [store.id], events: [later] }])
reverie.start()
while ((await schedules.get(schedule.id)).lastDreamId === null) await pause()
const { lastDreamId } = await schedules.get(schedule.id)
if (lastDreamId !== null) await dreams.finished(lastDreamId)
for (const { outcome, reason } of (await schedules.decisions(schedule.id)).items) {
  console.log(`Schedule ${outcome}: ${reason}`)
}
await print('after the schedule')

// 5. Failures are ReverieErrors with the wire's types.
const failed = await memories.create(store.id, { path: '/infra.md', content: '' }).catch(String)
console.log(failed)
await reverie.close()

async function print(when: string): Promise<void> {
  for (const { path, content } of await memories.list(store.id)) {
    console.log(`${path}, ${when}:\n${content}`)
  }
}

function pause(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, 50))
}
