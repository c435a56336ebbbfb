/**
 * An agent on the AI SDK whose memory is a store of Reverie: read into the prompt, written by a tool;
 * what was talked about becomes a session, and a dream tidies the notes.
 *
 *     reverie serve
 *     node examples/server/ai-sdk.ts                    # answers of the model are fixed data
 *     AI_MODEL=… ANTHROPIC_API_KEY=… node examples/server/ai-sdk.ts
 */
import { anthropic } from '@ai-sdk/anthropic'
import Anthropic from '@anthropic-ai/sdk'
import { generateText, isStepCount, type ModelMessage, tool } from 'ai'
import { z } from 'zod'
import { fixedAnswers } from './fixed-answers.ts'

const reverie = new Anthropic({
  baseURL: process.env.REVERIE_URL ?? 'http://127.0.0.1:4983',
  apiKey: process.env.REVERIE_KEY ?? 'none-is-needed-on-this-machine',
})
const { dreams, memoryStores } = reverie.beta
const model = process.env.AI_MODEL ? anthropic(process.env.AI_MODEL) : fixedAnswers()

// 1. The memory, read into the prompt.
const store = await memoryStores.create({ name: 'Coding agent' })
const content = '# Project\n\n- The API runs on port 8080.\n- Mira reviews the code.\n'
await memoryStores.memories.create(store.id, { path: '/project.md', content })
const notes = await textsOf(store.id)

// 2. A turn of the agent. It may write down what it is told.
const remember = tool({
  description: 'Write down a fact for later, in one sentence.',
  inputSchema: z.object({ topic: z.string().regex(/^[a-z-]+$/), fact: z.string() }),
  execute: async ({ topic, fact }) => {
    const path = `/told/${topic}.md`
    await memoryStores.memories.create(store.id, { path, content: `- ${fact}\n` })
    return `written to ${path}`
  },
})
const asked: ModelMessage[] = [
  { role: 'user', content: 'The API runs on port 9090 now, not 8080.' },
]
const { responseMessages, text } = await generateText({
  model,
  instructions: `You are a coding agent. What you know:\n\n${notes}`,
  messages: asked,
  tools: { remember },
  stopWhen: isStepCount(4),
})
console.log(`Agent: ${text}`)

// 3. What was talked about, as a session.
const events = [...asked, ...responseMessages].flatMap(eventsOf)
const session = { memory_store_ids: [store.id], events }
const { sessions } = await reverie.post<{ sessions: { id: string; new_events: number }[] }>(
  '/v1/reverie/sessions/import',
  { body: { sessions: [session] } },
)
console.log(`Session ${sessions[0]?.id}: ${sessions[0]?.new_events} events.`)

// 4. A dream: the old note and the new one become one.
let dream = await dreams.create({
  model: 'claude-opus-5',
  inputs: [
    { type: 'memory_store', memory_store_id: store.id },
    { type: 'sessions', session_ids: sessions.map(({ id }) => id) },
  ],
})
while (dream.status === 'pending' || dream.status === 'running') {
  await new Promise((resolve) => setTimeout(resolve, 100))
  dream = await dreams.retrieve(dream.id)
}
console.log(`Dream ${dream.id}: ${dream.status}.\n`)
console.log(await textsOf(dream.outputs[0]?.memory_store_id ?? store.id))

async function textsOf(storeId: string): Promise<string> {
  const texts: string[] = []
  for await (const item of memoryStores.memories.list(storeId, { view: 'full' })) {
    if (item.type === 'memory') texts.push(`${item.path}\n${item.content}`)
  }
  return texts.join('\n')
}

/** A message of the AI SDK as events of a session. */
function eventsOf({ role, content }: ModelMessage): readonly object[] {
  const processed_at = new Date().toISOString()
  const said = `${role === 'assistant' ? 'agent' : role}.message`
  if (typeof content === 'string') return [{ type: said, content, processed_at }]
  return content.flatMap((part: Exclude<typeof content, string>[number]): readonly object[] => {
    if (part.type === 'tool-call') {
      const { toolCallId: id, toolName: name, input } = part
      return [{ type: 'agent.tool_use', id, name, input, processed_at }]
    }
    if (part.type === 'tool-result') {
      const [tool_use_id, content] = [part.toolCallId, JSON.stringify(part.output)]
      return [{ type: 'agent.tool_result', tool_use_id, content, processed_at }]
    }
    return part.type === 'text' ? [{ type: said, content: part.text, processed_at }] : []
  })
}
