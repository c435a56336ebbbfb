import model from 'wink-eng-lite-web-model'
import winkNLP, { type ItemToken, type TokenItsFunction } from 'wink-nlp'
import { remembered } from '../../core/text/remembered.ts'
import { type Token, tokenize } from './tokens.ts'

/** Universal part-of-speech tags (universaldependencies.org). */
export type PartOfSpeech =
  | 'ADJ'
  | 'ADP'
  | 'ADV'
  | 'AUX'
  | 'CCONJ'
  | 'DET'
  | 'INTJ'
  | 'NOUN'
  | 'NUM'
  | 'PART'
  | 'PRON'
  | 'PROPN'
  | 'PUNCT'
  | 'SCONJ'
  | 'SYM'
  | 'VERB'
  | 'X'

export interface TaggedToken extends Token {
  /** A statistical tagger's guess, right for some 95 % of words: a hint, never a veto by itself. */
  readonly pos: PartOfSpeech
  /** Dictionary form, lower case: "wrote" gives "write". */
  readonly lemma: string
}

const TEXTS_REMEMBERED = 1_000

/** The tokens of a text with word classes and dictionary forms. A pure function of the text. */
export const taggedTokens: (text: string) => readonly TaggedToken[] = remembered(
  TEXTS_REMEMBERED,
  (text) => {
    const tags = tagsByOffset(text)
    return tokenize(text).map((token): TaggedToken => {
      const tag = tags.get(token.start)
      const isWord = token.kind === 'word' && tag?.end === token.end
      return { ...token, pos: tag?.pos ?? 'X', lemma: isWord ? tag.lemma : token.norm }
    })
  },
)

interface Tag {
  readonly end: number
  readonly pos: PartOfSpeech
  readonly lemma: string
}

function tagsByOffset(text: string): ReadonlyMap<number, Tag> {
  const { readDoc, its } = tagger()
  // Its declared parameters are not those of other token functions, though it is one; and it knows
  // no form of some words, such as "wont".
  const lemmaOf = its.lemma as unknown as TokenItsFunction<string | undefined>
  const tags = new Map<number, Tag>()
  let at = 0
  readDoc(text)
    .tokens()
    .each((token: ItemToken) => {
      const word = token.out()
      const start = text.indexOf(word, at)
      if (start < 0) return
      at = start + word.length
      const pos = token.out(its.pos) as PartOfSpeech
      tags.set(start, { end: at, pos, lemma: (token.out(lemmaOf) ?? word).toLowerCase() })
    })
  return tags
}

let loaded: ReturnType<typeof winkNLP> | null = null

/** Loaded at first use: a tenth of a second that commands without a dream need not spend. */
function tagger(): ReturnType<typeof winkNLP> {
  loaded ??= winkNLP(model, ['sbd', 'pos'])
  return loaded
}
