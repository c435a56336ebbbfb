import type { ListChange } from './list-change.ts'

/** Ways of answering between which one chooses; several of different dimensions stand together. */
interface Manner {
  readonly dimension: 'length' | 'tone' | 'form'
  readonly side: string
  readonly words: RegExp
}

const MANNERS: readonly Manner[] = [
  manner('length', 'concise', 'concise|brief|short(?:er)?|terse|succinct|to the point|compact'),
  manner(
    'length',
    'detailed',
    'detailed|long(?:er)?|verbose|thorough|in[- ]depth|elaborate|comprehensive|more detail',
  ),
  manner('tone', 'formal', 'formal|professional|businesslike|serious'),
  manner(
    'tone',
    'casual',
    'casual|informal|friendly|friendlier|chatty|relaxed|playful|conversational|warm(?:er)?',
  ),
  manner('form', 'bullets', 'bullets?(?: points?| lists?)?|bulleted lists?|bullet-points?'),
  manner(
    'form',
    'prose',
    '(?:flowing |narrative |plain )*(?:prose|paragraphs?)|narrative|full sentences',
  ),
  manner(
    'form',
    'steps',
    'numbered (?:steps|lists?)|step[- ]by[- ]step(?: instructions| runbooks?)?',
  ),
  manner('form', 'tables', 'tables?'),
]
/** Said of all answers, not of the one at hand. */
const STANDING =
  /\b(?:going forward|from now on|always|preferences?|style(?:-wise)?|tone|in general|generally|as a rule|by default|in (?:the )?future|(?:your|all|the) (?:answers|responses|replies|messages)|answers|responses|replies|how you (?:write|answer|respond|reply|talk)|when you (?:write|answer|respond|reply))\b/i
const WANTED =
  /\b(?:keep|be|make|want|prefer|like|use|write|give|stay|stick (?:with|to)|answer|respond|reply|go for|try|no more|stop|avoid|skip|drop)\b/i
const DENIED =
  /(?:\binstead of|\brather than|\bover|\bless|\bno(?: more)?|\bnot|\bwithout|\bavoid|\bskip(?: the)?|\bdrop(?: the)?|\bstop (?:using|writing|with)?|\bfewer|\bdon't (?:use|want|like|need))\s(?:the |so |too |very |any |in )?(?:[\p{L}-]+\s)?$/iu

/** "..., and when you propose a design, ...": what follows holds only then. */
const CONDITIONAL = /(?:^|[,;—–]\s*(?:and |but )?|\sand )(?:when(?:ever)?|if|while|unless)\s.*$/i
const NARROWED =
  /^(?:in|for|on|during) (?!general\b|future\b|now\b|the future\b)|\bfor (?!me\b|now\b|you\b|future\b|all\b|example\b)\p{L}/iu

/** A wish that belongs to the request before it: "Can you change how you write? I'd prefer ...". */
const PREFERRED = /\bI(?:'d| would)?(?: \p{L}+)? (?:prefer|like|want)\b/iu
const OF_OTHERS =
  /\b(?:he|she|they|his|her|their|my (?:boss|manager|team|colleague|wife|husband))\b/i

/**
 * How a person wants to be answered from now on, as one sentence of their message says; null for
 * anything else.
 */
export function styleNews(sentence: string, message: string): ListChange | null {
  const text = sentence.replaceAll('’', "'").replace(CONDITIONAL, '')
  if (NARROWED.test(text)) return null
  if (OF_OTHERS.test(text)) return null
  const wanted = WANTED.exec(text)
  const isStanding = STANDING.test(text) || (PREFERRED.test(text) && STANDING.test(message))
  if (!isStanding || wanted === null) return null
  const asked = text.slice(wanted.index)
  const come: string[] = []
  const gone: string[] = []
  for (const { words, side, dimension } of MANNERS) {
    for (const match of asked.matchAll(new RegExp(words, 'giu'))) {
      const isDenied = DENIED.test(asked.slice(0, match.index))
      if (isDenied) gone.push(side)
      else if (!come.some((one) => mannerOf(one)?.side === side))
        come.push(dimension === 'length' ? side : match[0].toLowerCase())
    }
  }
  return come.length + gone.length === 0 ? null : { come, gone }
}

/** Whether a word of a list gives way to one that is wanted now, or is not wanted any more. */
export function isMannerOver(member: string, { come, gone }: ListChange): boolean {
  const known = mannerOf(member)
  if (known === null) return false
  if (gone.includes(known.side)) return true
  return come.some((one) => {
    const wanted = mannerOf(one)
    if (wanted === null || wanted.dimension !== known.dimension) return false
    return wanted.side !== known.side
  })
}

export function mannerOf(word: string): Manner | null {
  return (
    MANNERS.find(({ words }) => new RegExp(`^(?:${words.source})$`, 'iu').test(word.trim())) ?? null
  )
}

function manner(dimension: Manner['dimension'], side: string, words: string): Manner {
  return { dimension, side, words: new RegExp(`\\b(?:${words})\\b`, 'iu') }
}
