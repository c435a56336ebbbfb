import { LIGHT_WORDS, words } from '../lexicon.ts'

/** "The responsibility lies with Mara": the noun says it all. */
export const EMPTY_PHRASES: ReadonlySet<string> = new Set([
  'lie with',
  'rest with',
  'take place',
  'work as',
  'consist of',
])

/**
 * Words that may stand on one side only, because they carry next to nothing: articles, forms of
 * "be", "do" and "have", pronouns for what was just named, and nouns and verbs without content of
 * their own ("deploys take place", "the team").
 */
export const EMPTY_WORDS: ReadonlySet<string> = new Set([
  ...LIGHT_WORDS,
  ...words(`
    do does did doing done was were use uses using used called named any have has had having get gets got getting am will-be
    it its itself they them their theirs this these those that there here one ones
    i me my mine we us our ours you your yours
    who whom whose what which where how why way
    and but of also too as
    happen occur perform conduct make made makes making
    team thing things stuff currently presently basically actually essentially simply really
    generally-speaking please kindly note remember altogether respectively given
    locate located situated find found stay stays stayed remain remains set period version
    overall various mr mrs ms dr ltd limited inc gmbh
    whoever whatever someone something somebody person
    simply merely even still ever ok okay whole entire entirely completely fully
  `),
])
