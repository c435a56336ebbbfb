import type { GuardKind } from './hard-negatives.ts'

/** What a person says at a time; null = any time of its session. */
export interface Said {
  readonly text: string
  readonly at: string | null
}

/** A transcript as the chat importer reads it. */
export type TruthTranscript = readonly {
  readonly role: 'user' | 'assistant' | 'tool'
  readonly content: string
  readonly at?: string
  readonly tool_call_id?: string
  readonly tool_calls?: readonly {
    readonly id: string
    readonly function: { readonly name: string; readonly arguments: string }
  }[]
}[]

/** How a statement relates to the note about the same thing. */
export interface ExpectedUpdate {
  readonly how: string
  /** The note as it stood before. */
  readonly note: string
  /** True: the note is outdated by what was said. */
  readonly isReplaced: boolean
  /** The value that must be current afterwards, of this thing. */
  readonly thing: string
  readonly value: string
  /** A note that speaks of the old value, and should be marked; null = none was planted. */
  readonly dependant: string | null
}

/** One thing that is known of a generated world. */
export type Expectation =
  /** `isBeside`: one stands next to the other, else perhaps in another memory. */
  | {
      readonly kind: 'duplicate'
      readonly isBeside: boolean
      readonly texts: readonly [string, string]
    }
  | {
      readonly kind: 'negative'
      readonly guard: GuardKind
      readonly texts: readonly [string, string]
    }
  | ({ readonly kind: 'update' } & ExpectedUpdate)
  /** A tool error of some sessions; told = it must become a lesson, else it must not. */
  | {
      readonly kind: 'error'
      readonly words: string
      readonly isTold: boolean
      readonly why: string
    }
  /** Must stand nowhere in the store, the ledger or a change. */
  | { readonly kind: 'secret'; readonly needle: string }
  /** Said by an agent or a tool only: must not become a memory. */
  | { readonly kind: 'canary'; readonly needle: string }

export interface TruthWorld {
  /** Path to content, as a memory folder. */
  readonly memory: Readonly<Record<string, string>>
  readonly transcripts: readonly TruthTranscript[]
  readonly expectations: readonly Expectation[]
}
