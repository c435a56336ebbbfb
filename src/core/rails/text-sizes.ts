import { collapsed } from '../text/unit-text.ts'
import type { Rail } from './rail-facts.ts'

/** Items of one list of a change. */
const ITEMS_MAX = 500

/** Rail 7, sizes: no list of a change and no text that is not in the store is beyond its bound. */
export const textSizes: Rail = (change, { limits, texts }) => {
  const { edits, before, after, units, evidence, ledger } = change
  const lists = [edits, before, after, units, evidence, ledger]
  const all = [
    ...edits.flatMap((edit) => (edit.op === 'delete' ? [] : [edit.text])),
    ...[...before, ...after, ...ledger].map(({ text }) => text),
    ...evidence.map(({ quote }) => quote),
  ]
  const isSound =
    lists.every(({ length }) => length <= ITEMS_MAX) &&
    all.every(
      (text) =>
        Buffer.byteLength(text, 'utf8') <= limits.textBytesMax || texts.has(collapsed(text)),
    )
  return isSound ? null : { act: 'drop', why: 'it is too large' }
}
