import type { Counted } from './count-writes.ts'
import type { Mutant } from './mutants.ts'

/** What a person would do with a memory, one after the other. */
export type Act = 'put' | 'import' | 'dream' | 'apply' | 'revert' | 'recover'

/** Contents by name, one character for each byte. */
export type Files = Readonly<Record<string, string>>

/** How many calls an act made. */
export type Calls = Readonly<Record<Counted, number>>

/** The files that an apply or a revert leads from and to. */
export interface Move {
  readonly dreamId: string
  readonly status: 'applied' | 'reverted'
  readonly from: Files
  readonly to: Files
}

/** What an actor tells the moment it knows it: what is done may never be lost from then on. */
export type Note =
  | { readonly kind: 'ready' }
  | { readonly kind: 'begins'; readonly act: Act; readonly move: Move | null }
  | { readonly kind: 'put'; readonly id: string; readonly content: string }
  | { readonly kind: 'imported'; readonly source: string; readonly events: number }
  | { readonly kind: 'dreamt'; readonly dreamId: string; readonly digest: string }
  | { readonly kind: 'moved'; readonly move: Move }
  | { readonly kind: 'recovered' }
  | {
      readonly kind: 'failed'
      readonly act: Act
      readonly type: string
      readonly message: string
      readonly next: string | null
    }
  | { readonly kind: 'ended'; readonly calls: Readonly<Partial<Record<Act, Calls>>> }

/** Where everything of one world stands. */
export interface Places {
  readonly home: string
  readonly memory: string
  /** Where transcripts are written that are imported then. */
  readonly transcripts: string
}

/** What an actor is to do, as one line on its standard input. */
export interface Order extends Places {
  /** Where memories are put. */
  readonly storeId: string
  readonly acts: readonly Act[]
  /** Rounds of these acts, and the number of the first: it decides what is said. */
  readonly rounds: number
  readonly firstRound: number
  /** Which dream is applied or reverted where this process has made none. */
  readonly dreamId: string
  /** Sends itself the signal before this call of this act; null = never. */
  readonly kill: {
    readonly act: Act
    readonly counted: Counted
    readonly call: number
    readonly signal: 'SIGKILL' | 'SIGSTOP'
  } | null
  /** False: the first act that fails is the last. */
  readonly goesOn: boolean
  readonly mutant: Mutant
}
