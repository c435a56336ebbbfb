import type { ModelAccess } from '../../src/engine/operations/deps.ts'

/** What the operations see where nobody set up a model: rules alone decide. */
export const WITHOUT_MODELS: ModelAccess = {
  configured: { model: null, smallModel: null },
  egress: null,
  budget: { tokens: 1, usd: null },
  own: null,
  prices: () => [],
  cassettes: { assertFree: () => undefined, read: () => null, write: () => undefined },
  open: (name) => Promise.reject(new Error(`This world has no model, not even ${name}.`)),
}
