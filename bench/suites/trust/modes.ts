import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type DreamCases, openDreamCases } from '../../harness/dream-cases.ts'
import { gullibleModel } from '../../harness/gullible-model.ts'

/** Who judges what rules leave open: nobody, or the worst model there can be. */
export const MODES = ['embedded', 'gullible'] as const

export type Mode = (typeof MODES)[number]

/** Cases over installations that are made anew every so often: none grows without end. */
export interface ModeCases {
  /** For the next case; an orderly model has forgotten the case before. */
  next(): Promise<DreamCases>
  close(): Promise<void>
}

const DREAMS_OF_ONE = 60

export function casesIn(mode: Mode): ModeCases {
  const model = mode === 'gullible' ? gullibleModel() : null
  let open: { readonly home: string; readonly cases: DreamCases } | null = null
  let count = 0
  const close = async (): Promise<void> => {
    if (open === null) return
    await open.cases.reverie.close()
    rmSync(open.home, { recursive: true })
    open = null
  }
  return {
    close,
    async next(): Promise<DreamCases> {
      model?.forget()
      count += 1
      if (count % DREAMS_OF_ONE === 0) await close()
      if (open === null) {
        const home = mkdtempSync(join(tmpdir(), 'reverie-trust-'))
        open = { home, cases: await openDreamCases(home, {}, model) }
      }
      return open.cases
    },
  }
}

/** Runs something over cases of a mode and closes them. */
export async function withCases<T>(mode: Mode, run: (cases: ModeCases) => Promise<T>): Promise<T> {
  const cases = casesIn(mode)
  try {
    return await run(cases)
  } finally {
    await cases.close()
  }
}
