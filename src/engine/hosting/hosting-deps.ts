import type { Deps, ModelAccess } from '../operations/deps.ts'
import type { WorkspaceDeps } from '../workspace/workspace-deps.ts'

/** What it means in `meaningOf` that rules alone decide. */
export const EMBEDDED = 'embedded'

/** What the dreams of one workspace need; `storage` is seen from it. */
export interface HostingDeps extends WorkspaceDeps {
  readonly models: ModelAccess
  /** What a model id of the wire stands for: `embedded`, `provider/name`; null = nothing. */
  readonly meaningOf: (model: string) => string | null
  readonly wait: Deps['wait']
  /** Lets requests have their turn between pieces of a dream; absent = nobody else is there. */
  readonly breathe?: () => Promise<void>
  /** Told after a commit that a stream of the log has grown. */
  readonly announce: (stream: string) => void
  /** Told after a commit that a dream waits to be run. */
  readonly wake: () => void
}

/** What a runner needs; `storage` sees every workspace. */
export interface RunnerDeps extends Omit<HostingDeps, 'wake'> {
  /** How many dreams run at once; 0 = none here. */
  readonly dreamsAtOnce: number
  /** Told what went wrong besides the dreams themselves: a storage that cannot be read. */
  readonly report: (error: unknown) => void
}
