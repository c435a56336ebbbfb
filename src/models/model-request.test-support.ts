import type { ModelRequest } from './model.ts'

/** A request; what must not turn up in messages is marked SECRET. */
export function aModelRequest(changes: Partial<ModelRequest> = {}): ModelRequest {
  return {
    name: 'extract-1',
    instructions: 'Read the talk. SECRET-instructions',
    profile: 'The notes are about: gateway. SECRET-profile',
    data: 'The port is 5432. SECRET-data',
    schema: {
      $schema: 'https://json-schema.org/draft/2020-12/schema',
      type: 'object',
      properties: { claims: { type: 'array', items: { type: 'string' } } },
      required: ['claims'],
      additionalProperties: false,
    },
    outputTokensMax: 2_000,
    signal: null,
    ...changes,
  }
}
