import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { setTimeout as delay } from 'node:timers/promises'
import { sensibleScript } from './sensible-model.ts'

/** One question that came in; times are milliseconds of the process. */
export interface ModelCall {
  readonly begunAt: number
  /** Null = it is still open. */
  readonly endedAt: number | null
  /** The asker hung up before it had its answer. */
  readonly isCut: boolean
}

export interface SlowModel {
  /** As a model is named in the settings. */
  readonly name: string
  readonly calls: readonly ModelCall[]
  stop(): Promise<void>
}

/** An OpenAI-compatible server on loopback that thinks a while over each question. */
export async function slowModel(thinkingMs: number): Promise<SlowModel> {
  const calls: { begunAt: number; endedAt: number | null; isCut: boolean }[] = []
  const server = createServer(async (request, response) => {
    const call = { begunAt: performance.now(), endedAt: null as number | null, isCut: true }
    calls.push(call)
    response.once('close', () => {
      call.endedAt = performance.now()
    })
    const chunks: Buffer[] = []
    for await (const chunk of request) chunks.push(chunk)
    await delay(thinkingMs, undefined, { ref: false })
    if (response.closed) return
    call.isCut = false
    response.setHeader('content-type', 'application/json')
    response.end(JSON.stringify(replyTo(JSON.parse(Buffer.concat(chunks).toString('utf8')))))
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  return {
    name: `http://127.0.0.1:${port}/v1#slow`,
    calls,
    async stop() {
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}

interface Asked {
  readonly messages: readonly { readonly content: Content }[]
  readonly response_format: {
    readonly json_schema: { readonly name: string; readonly schema: object }
  }
}

type Content = string | readonly { readonly text: string }[]

const USAGE = { prompt_tokens: 1_000, completion_tokens: 10 }

function replyTo({ messages, response_format: { json_schema: format } }: Asked): object {
  const content = messages.at(-1)?.content ?? ''
  const data = typeof content === 'string' ? content : (content.at(-1)?.text ?? '')
  const request = {
    ...format,
    data,
    instructions: '',
    profile: '',
    outputTokensMax: 0,
    signal: null,
  }
  const text = sensibleScript({ ...request, schema: format.schema as never }, 0)
  return {
    id: 'answer',
    created: 1_700_000_000,
    model: 'slow',
    choices: [{ index: 0, message: { role: 'assistant', content: text }, finish_reason: 'stop' }],
    usage: USAGE,
  }
}
