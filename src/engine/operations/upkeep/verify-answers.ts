import type { Storage } from '../../../storage/storage.ts'
import { keptOf } from '../../asking/kept-answers.ts'
import { RECORDED_IN } from '../../erasure/erasures.ts'
import { rowsOf } from '../../erasure/rows.ts'
import type { Cassettes } from '../deps.ts'
import type { FoundDamages } from './found-damages.ts'

const ANSWER = 'answer:'

/** Kept answers of models, and the folders that recordings were written to, where they still stand. */
export async function verifyAnswers(
  storage: Storage,
  cassettes: Pick<Cassettes, 'read'> | null,
  found: FoundDamages,
): Promise<void> {
  for await (const rows of rowsOf(storage, 'step')) {
    for (const { key, texts } of rows) {
      const name = key[0] ?? ''
      await found.during(`step_results ${name}`, async () => {
        if (name.startsWith(ANSWER)) {
          found.count('kept answers', 1)
          keptOf(name, texts.result ?? '')
        }
        if (!name.startsWith(RECORDED_IN) || cassettes === null) return
        found.count('recordings', cassettes.read(name.slice(RECORDED_IN.length)) === null ? 0 : 1)
      })
    }
  }
}
