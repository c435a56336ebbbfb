import { LIMITS } from '../../../config.ts'
import { orderToModelAt } from '../../assembly/order-to-model.ts'

const URL = /https?:\/\/[^\s<>()"'`\]]+/g
/** Headings, fences, tables, images, comments; tags as of a page. */
const MARKUP = /^\s*(?:#{1,6}\s|```|~~~|>|\|)|!\[|<!--|<\/?[a-z][^>]*>/im

/**
 * Why a text that a model wrote cannot stand in a memory as one plain statement; null = it can.
 * `quotes` are the words that it is read from.
 */
export function textFault(text: string, quotes: readonly string[]): string | null {
  const words = text.split(/\s+/).filter((word) => word !== '').length
  if (words === 0 || !/\p{L}/u.test(text)) return 'no text'
  if (words > LIMITS.claimWordsMax) return 'too long'
  if (/[\p{Cc}\p{Cf}\p{Co}\p{Cs}\ufffd]/u.test(text) || MARKUP.test(text)) return 'not plain text'
  if ((text.match(URL) ?? []).some((url) => !quotes.some((quote) => quote.includes(url)))) {
    return 'an address that is not in its quotes'
  }
  return [text, ...quotes].some((one) => orderToModelAt(one) !== null)
    ? 'an order to a model'
    : null
}
