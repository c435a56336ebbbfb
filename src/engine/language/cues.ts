import type { Cue } from '../../core/claim.ts'

/** What marks a statement as new, as a correction, as worth keeping or as passing. */
const CUES: readonly { readonly cue: Cue; readonly pattern: RegExp }[] = [
  {
    cue: 'correction',
    pattern:
      /^(?:no,|no wait\b|wait,|oops\b|forget that\b|nope,|actually\b|correction\b|small correction\b|scratch that\b|sorry,|i meant\b|that's (?:wrong|not right|outdated)|not quite)|\b(?:that's (?:wrong|outdated)|i was wrong|not anymore)\b/i,
  },
  {
    cue: 'correction',
    pattern: /,\s*(?:and )?not\s+(?:[^,.;]|(?<=\d)[.,](?=\d))+[.!]?$|\bnot\s[^,.;]+,?\s+but\s/i,
  },
  { cue: 'correction', pattern: /\binstead of\b|\brather than\b/i },
  {
    cue: 'change',
    pattern:
      /\b(?:no longer|any\s?more|not any more|as of|from now on|going forward|starting (?:today|tomorrow|next|on|from)|effective)\b/i,
  },
  {
    cue: 'change',
    pattern:
      /\b(?:switched|moved|migrated|changed|renamed|upgraded|downgraded|bumped|raised|lowered|extended|shortened|pushed back|postponed|replaced|converted)\b/i,
  },
  {
    cue: 'change',
    pattern:
      /\b(?:is|are|uses?|runs?|lives?|works?|goes|go|belongs?|costs?|has|have|starts?|ends?) now\b|\bnow (?:is|are|uses?|runs?|lives?|works?|goes|listens?|ships?|costs?|belongs?|owned|called|has|have|takes?|requires?|supports?|starts?|ends?|lasts?)\b|\bnow(?:[.!]?$|,)/i,
  },
  {
    cue: 'change',
    pattern:
      /\b(?:superseded by|replaced by|deprecated|dropped|retired|since (?:\d|last|yesterday|\p{Lu}\p{Ll}+day|January|February|March|April|May|June|July|August|September|October|November|December))/iu,
  },
  {
    cue: 'remember',
    pattern:
      /(?:^|[,;:]\s*|\b(?:please|and|so|but|also)\s+)(?:remember|keep in mind|bear in mind|don't forget|do not forget|note)\b(?!\s+(?:when|how|what|who|where|why|if|whether)\b)/i,
  },
  {
    cue: 'remember',
    pattern:
      /\b(?:from now on|going forward|for future reference|for your notes|as a rule|by default)\b/i,
  },
  {
    cue: 'remember',
    pattern:
      /^(?:(?:and|but|so|also|please|no|ok|okay)[\s,]+)*(?:always|never)\s(?!mind\b)|\bplease (?:always|never)\b|\b(?:we|you|must|should) (?:always|never)\b/i,
  },
  {
    cue: 'decision',
    pattern:
      /\b(?:we|the team|the board|the company)(?:'ve| have| had)? (?:all )?(?:decided|agreed|settled on|chose|opted|standardi[sz]ed on)\b|\bthe decision (?:is|was)\b|\b(?:let's|we're going to|we'll) (?:go|stick) with\b|\bwe(?:'re| are) (?:going|sticking) with\b|\blet's use\b/i,
  },
  {
    cue: 'temporary',
    pattern:
      /\b(?:for now|for the time being|temporarily|until|till|this (?:week|month|sprint|time|once)|just this once|for today|today only|only today|for the moment|at the moment|right now|in the meantime|while \w+ (?:is|are)|one[- ]off)\b/i,
  },
]

/** The cues of a sentence, each once, in a fixed order. */
export function cuesOf(text: string): readonly Cue[] {
  const plain = text.replaceAll('’', "'")
  return [...new Set(CUES.filter(({ pattern }) => pattern.test(plain)).map(({ cue }) => cue))]
}

const OPENER =
  /^(?:(?:ok(?:ay)?|(?:no,? )?wait|scratch that|forget that|never ?mind|just kidding|(?:that|i) was wrong|my (?:mistake|bad)|oops|no|nope|yes|yeah|yep|oh|hey|hi|hm+|so|and|but|also|again|btw|by the way|fyi|well|actually|correction|small correction|heads[- ]up|for the record|sorry|great|perfect|please|quick note|(?:please )?(?:remember|note|keep in mind|bear in mind|don't forget|do not forget)(?: that)?|(?:everyone,? )?it(?:'s| is) (?:very |really |also )?(?:important|essential|vital) to (?:remember|keep in mind|bear in mind)(?: that)?|for your notes|from now on|going forward|as a rule|by default)\b(?:\s*[,:;!–—-]+\s*|\s+)|(?:ok|no|yes|hm+|great|perfect)[.!]+\s+)+/i
const CLOSER =
  /(?:[\s,]+(?:from now on|going forward|now|again|please|btw|by the way|instead|any more|anymore|today|as of today|too|already))+(?=[.!]?$)/i

/** The sentence without talk in front of it; the rest as written. */
export function withoutOpener(text: string): string {
  return text.replaceAll('’', "'").trim().replace(OPENER, '')
}

/** What a sentence asks for in its last clause: "..., so please regenerate the lockfile". */
const REQUEST =
  /[,;]\s+(?:(?:so|and|but|then|also|just)\s+)*(?:please|can you|could you|you(?: only| just)? (?:need|have|can|got|should|may)|have a look|take a look|(?:so|just|and) (?:look|use|see|check|keep|merge|update|add|change|run))\b.*$/i

/** The sentence without what it asks the listener to do. */
export function withoutRequest(text: string): string {
  const bare = text.replace(REQUEST, '')
  return bare.split(/\s+/).length >= 3 ? bare : text
}

/**
 * What a sentence says is true now: without talk around it and without the value it denies.
 * "No, the port is 5433 now, not 5432." gives "the port is 5433".
 */
export function currentPart(text: string): string {
  const bare = withoutOpener(text)
  const affirmed = bare
    .replace(
      /,?\s*\((?:not|no longer|instead of|rather than|was|formerly|previously)\s[^)]*\)/i,
      '',
    )
    .replace(
      /,\s*(?:and )?(?:not|no longer|instead of|rather than)\s(?:[^,.;]|(?<=\d)[.,](?=\d))+?(?=\s*(?:[,;](?!\d)|[.!]?$))/i,
      '',
    )
    .replace(
      /\s(?:instead of|rather than)\s[^,.;]+?(?=\s+(?:for|when|in|on|at)\s|[,;]|[.!]?$)/i,
      '',
    )
  const kept = affirmed.replace(CLOSER, '').replace(/[.!,;\s]+$/, '')
  return kept.split(/\s+/).length >= 2 ? kept : text
}
