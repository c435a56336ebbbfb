import { MockLanguageModelV4 } from 'ai/test'

/** No model is asked: these answers are fixed data, written for this example. */
export function fixedAnswers(): MockLanguageModelV4 {
  console.log('AI_MODEL is not set: the answers of the agent are fixed data.')
  const none = { total: 0, noCache: 0, cacheRead: 0, cacheWrite: 0, text: 0, reasoning: 0 }
  const answer = { usage: { inputTokens: none, outputTokens: none }, warnings: [] }
  const input = JSON.stringify({ topic: 'ports', fact: 'The API runs on port 9090.' })
  return new MockLanguageModelV4({
    doGenerate: [
      {
        ...answer,
        content: [{ type: 'tool-call', toolCallId: 'call-1', toolName: 'remember', input }],
        finishReason: { unified: 'tool-calls', raw: undefined },
      },
      {
        ...answer,
        content: [{ type: 'text', text: 'Noted: port 9090.' }],
        finishReason: { unified: 'stop', raw: undefined },
      },
    ],
  })
}
