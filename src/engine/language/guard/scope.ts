import { remembered } from '../../../core/text/remembered.ts'
import { narrowingStems } from '../headings.ts'
import { SCOPE_LABELS, words } from '../lexicon.ts'
import { contentStems, contentTokens, isEntity, type Token, tokenize } from '../tokens.ts'
import { isKnownVerb } from '../verbs.ts'
import type { Veto } from './guard-side.ts'

/** Labels that narrow everything below a heading that carries one. */
const HEADING_LABELS: ReadonlySet<string> = words(`
  production staging development preview sandbox qa uat canary ios android windows linux macos legacy beta
  alpha primary replica
`)
/** What follows them in a heading is the name of the one thing that the notes are about. */
const NAMING_WORDS =
  /\b(?:project|service|application|app|client|customer|team|user|package|module|tenant|account|site|repo|repository|agent|product)\b/i
/** Nouns that mean "the one we are speaking of". */
const GENERIC_NOUNS: ReadonlySet<string> = words(`
  service application api server database project repository team package client module component site
  system backend frontend user customer owner deadline port version branch budget status host url region
  limit timeout name role location price default build deploy release test tests code file files job
`)
const SELF_CONTAINED_WORDS_MIN = 4
const TEXTS_REMEMBERED = 15_000
const HEADINGS_REMEMBERED = 5_000

/**
 * Another place, version, platform, project or person. Headings take part: equal words below
 * "Staging" and "Production" speak of two things, and under plainly different headings only texts
 * that name their own subject may be the same.
 */
export const scopeVeto: Veto = (a, b) => labelVeto(a, b) ?? headingVeto(a, b)

/** The part that needs no headings on both sides: audience, environment, platform, version. */
export const labelVeto: Veto = (a, b) => {
  if (a.audience !== b.audience) return 'another audience'
  const left = withoutEveryday(labelsOf(a.text, a.context), b.text)
  const right = withoutEveryday(labelsOf(b.text, b.context), a.text)
  if (left.size === 0 && right.size === 0) return null
  const onlyLeft = left.difference(right)
  const onlyRight = right.difference(left)
  const isBoth = onlyLeft.size > 0 && onlyRight.size > 0
  // An environment or version on one side alone is a narrower statement; "client" may be a detail.
  const isOne = [...onlyLeft, ...onlyRight].some(isNarrowing)
  return isBoth || isOne ? `scope differs: ${shown(onlyLeft)} / ${shown(onlyRight)}` : null
}

/** Labels that are also the formal word of what the other side calls by the everyday one. */
const EVERYDAY: ReadonlyMap<string, RegExp> = new Map([
  ['legacy', /\b(?:old|older)\b/i],
  ['primary', /\b(?:main|chief)\b/i],
])

function withoutEveryday(labels: ReadonlySet<string>, other: string): ReadonlySet<string> {
  const isOwn = (label: string): boolean => EVERYDAY.get(label)?.test(other) !== true
  return labels.size === 0 ? labels : new Set([...labels].filter(isOwn))
}

const headingVeto: Veto = (a, b) => {
  const left = narrowingStems(a.context)
  const right = narrowingStems(b.context)
  if (left.size === right.size && left.isSubsetOf(right)) return null
  const names = [nameIn(a.context), nameIn(b.context)]
  const isNamedApart = names[0] !== null && names[1] !== null && names[0] !== names[1]
  if (!isNamedApart && isSelfContained(a.text) && isSelfContained(b.text)) return null
  return `headings differ: ${a.context.at(-1) ?? 'none'} / ${b.context.at(-1) ?? 'none'}`
}

/** The text alone says what it is about: it names a subject, and not just "the API" or "it". */
const isSelfContained: (text: string) => boolean = remembered(TEXTS_REMEMBERED, namesSubject)

function namesSubject(text: string): boolean {
  const content = contentTokens(text)
  if (content.length < SELF_CONTAINED_WORDS_MIN) return false
  const tokens = tokenize(text)
  if (
    tokens.some((token) =>
      /^(?:this|that|these|those|here|it|its|they|their|he|she|his|her)$/.test(token.norm),
    )
  )
    return false
  const [first] = content
  if (first === undefined || beginsWithVerb(first)) return false
  if (/^[^:]{1,40}:\s/.test(text)) return false
  const isDefinite = /^\s*(?:the|our|a|an)\s/i.test(text)
  const names = tokens.some((token, n) => isEntity(token, n === 0))
  return names || !isDefinite || !isGenericOpening(content)
}

/** "Runs on port 80" leaves its subject to the heading; an order addresses the reader. */
function beginsWithVerb(first: Token): boolean {
  return (
    isKnownVerb(first) &&
    /s$/.test(first.norm) &&
    !/^(?:deploys|tests|builds|orders|logs|releases|backups)$/.test(first.norm)
  )
}

function isGenericOpening(content: readonly Token[]): boolean {
  return (
    content.slice(0, 2).every((token) => GENERIC_NOUNS.has(token.norm)) ||
    GENERIC_NOUNS.has(content[0]?.norm ?? '')
  )
}

function labelsOf(text: string, context: readonly string[]): ReadonlySet<string> {
  const named = context.flatMap(labelsOfHeading)
  const inText = labelsIn(text)
  return named.length === 0 ? inText : new Set([...inText, ...named])
}

const labelsIn: (text: string) => ReadonlySet<string> = remembered(TEXTS_REMEMBERED, (text) => {
  const labels = tokenize(text)
    .filter((token, n, all) => SCOPE_LABELS.has(token.norm) || isVersionOfThing(token, all[n + 1]))
    .map((token) => token.norm)
  return labels.length === 0 ? NO_LABELS : new Set(labels)
})

const NO_LABELS: ReadonlySet<string> = new Set()

const labelsOfHeading: (heading: string) => readonly string[] = remembered(
  HEADINGS_REMEMBERED,
  (heading) =>
    tokenize(heading.replace(/[_/-]/g, ' '))
      .map((token) => token.norm)
      .filter(isNarrowing),
)

function isNarrowing(norm: string): boolean {
  return HEADING_LABELS.has(norm) || /^v\d+$/.test(norm)
}

/** "the v2 API" names one of several; "the version is v2" gives a value. */
function isVersionOfThing(token: Token, next: Token | undefined): boolean {
  return /^v\d+$/.test(token.norm) && next?.kind === 'word' && next.role === 'content'
}

function nameIn(context: readonly string[]): string | null {
  const named = context.filter((heading) => NAMING_WORDS.test(heading)).at(-1)
  if (named === undefined) return null
  const stems = [...contentStems(named.replace(NAMING_WORDS, ' '))].sort().join(' ')
  return stems === '' ? null : stems
}

function shown(labels: ReadonlySet<string>): string {
  return labels.size === 0 ? 'none' : [...labels].join(', ')
}
