import type { Model } from './model.ts'
import type { Patience } from './patience.ts'

/**
 * The model, asked with patience: few calls at once, passing faults tried again with growing waits,
 * a provider that keeps failing left alone for a while. Models of one provider share a patience.
 */
export function patientModel(model: Model, patience: Patience): Model {
  return {
    id: model.id,
    host: model.host,
    answer: (request) => patience.ask(model, request),
  }
}
