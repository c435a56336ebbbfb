import type { DreamId } from '../../core/ids.ts'
import type { Storage } from '../../storage/storage.ts'
import type { DreamRequest } from '../api.ts'
import { type CreatedAsker, createAsker } from '../asking/create-asker.ts'
import type { DreamPorts, SecretScanner } from '../dream-ports.ts'
import type { ChosenModels } from '../operations/choose-models.ts'
import { departureGate } from '../operations/departure-gate.ts'
import type { Deps } from '../operations/deps.ts'

/** What one run of a dream asks models with. */
export interface AskerOrder extends Pick<DreamRequest, 'onDeparture'> {
  readonly dreamId: DreamId
  /** Null = rules alone. */
  readonly chosen: ChosenModels | null
  readonly signal: AbortSignal | null
  readonly keepAlive: () => Promise<void>
}

export interface AskerPorts extends Pick<DreamPorts, 'announce'> {
  readonly asker: CreatedAsker | null
}

/** The asker of a run, behind the notice of what leaves. */
export function askerOfDream(
  order: AskerOrder,
  deps: {
    readonly storage: Storage
    readonly secrets: SecretScanner
    readonly wait: Deps['wait']
  },
): AskerPorts {
  const { dreamId, chosen, signal, keepAlive } = order
  if (chosen === null) return { asker: null, announce: async () => undefined }
  const gate = departureGate(chosen, order, deps, keepAlive)
  const { small, large } = gate
  const asker = createAsker({
    ...chosen,
    small,
    large,
    mask: (text) => deps.secrets.mask(text),
    steps: deps.storage.steps,
    dreamId,
    signal,
    keepAlive,
  })
  return { asker, announce: (estimate) => gate.announce(estimate) }
}
