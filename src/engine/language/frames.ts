import type { Slot, Statement } from '../../core/claim.ts'
import { functionalAttribute, VERB_FRAMES } from './attributes.ts'
import { conditionOf } from './conditions.ts'
import { cuesOf, currentPart, withoutOpener } from './cues.ts'
import { eventInterval } from './dates.ts'
import { lifeSlot } from './durable/life-slots.ts'
import { deniedValue, endedStatement, readNamedChange } from './former.ts'
import { headingStems } from './headings.ts'
import { modalityOf, polarityOf } from './modality.ts'
import { readNounPhrase, subjectOf } from './noun-phrase.ts'
import { splitSentences } from './sentences.ts'
import { type DatedValue, datedValue } from './statement/dated-value.ts'
import { namesValue, readProperty } from './statement/property.ts'
import { isEnglish, tokenize } from './tokens.ts'
import { ofOneShape, readValue } from './values.ts'

export interface StatementOptions {
  /** When it was said, ISO 8601; null leaves relative dates unresolved. */
  readonly at: string | null
  /** File name, headings and parent bullets, outermost first; empty for a spoken sentence. */
  readonly context: readonly string[]
}

/**
 * What one sentence says, read by rules. Slot and values are null where no frame fits, for several
 * sentences at once, and in languages the frames do not know.
 */
export function readStatement(sentence: string, options: StatementOptions): Statement {
  const base = {
    polarity: polarityOf(sentence),
    modality: modalityOf(sentence),
    cues: cuesOf(sentence),
    event: eventInterval(sentence, options.at),
  }
  if (!isEnglish(sentence) || splitSentences(sentence).length > 1) {
    return { ...base, slot: null, value: null, formerValue: null }
  }
  const text = withoutMarks(sentence)
  const dated = datedValue(text)
  if (dated !== null) return { ...base, ...readDated(dated) }
  const frame =
    changeFrame(text) ?? lifeFrame(text) ?? endFrame(text) ?? movedFrame(text) ?? plainFrame(text)
  const { value, former } = ofOneShape({
    value: frame?.value ?? null,
    former: frame?.former ?? deniedValue(text),
  })
  const slot = frame === null ? null : slotOf(frame, text, options.context)
  return { ...base, slot, value, formerValue: former }
}

/** A key may have the words of a question: what is told is its answer. */
function readDated({ from, key, value }: DatedValue): Omit<Statement, 'polarity' | 'cues'> {
  const subject = [...new Set(tokenize(key).map(({ stem }) => stem.toLowerCase()))].sort().join(' ')
  return {
    slot: { subject, attribute: 'value', condition: null, isFunctional: true },
    value,
    formerValue: null,
    modality: 'is',
    event: { start: from, end: null },
  }
}

/** A frame as read: the subject in stems, all values verbatim. */
interface Frame {
  readonly subject: readonly string[]
  readonly attribute: string | null
  readonly value: string | null
  readonly former: string | null
  readonly isFunctional: boolean
}

function changeFrame(text: string): Frame | null {
  const change = readNamedChange(withoutOpener(text))
  if (change === null) return null
  const phrase = readNounPhrase(change.about) ?? {
    subject: subjectOf(change.about),
    attribute: null,
  }
  return {
    subject: phrase.subject,
    attribute: change.attribute ?? phrase.attribute,
    value: change.value === null ? null : (readValue(change.value)?.value ?? change.value),
    former: change.former,
    isFunctional: true,
  }
}

function lifeFrame(text: string): Frame | null {
  const slot = lifeSlot(withoutOpener(text))
  if (slot === null) return null
  const attribute = functionalAttribute(slot.attribute) ?? slot.attribute
  return { ...slot, attribute, former: null, isFunctional: true }
}

const MOVED =
  /^(.+?)\s+(?:(?:has|have|was|were|is|are|got)\s+)?(?:been\s+|now\s+|just\s+)?(?:moved|changed|switched|pushed|postponed|extended|shortened|raised|lowered|increased|decreased|reduced|bumped|set|updated|upgraded|downgraded)(?:\s+back)?\s+to\s+(\S.*)$/i

/** Where machines stand: `eu-west-1`. */
const REGION = /^\p{Ll}{2}-\p{Ll}+-\d\p{Ll}?$/u

/** "The deadline moved to Friday": a new value, the old one unnamed. */
function movedFrame(text: string): Frame | null {
  const [, about, rest] = MOVED.exec(currentPart(text)) ?? []
  if (about === undefined || rest === undefined) return null
  const phrase = readNounPhrase(about)
  const read = readValue(rest)
  if (phrase === null || read === null) return null
  const isPlace =
    phrase.attribute === null &&
    (phrase.subject.length === 0 ? /^\p{Lu}/u.test(read.value) : REGION.test(read.value))
  const attribute = phrase.attribute ?? (isPlace ? 'locat' : null)
  return { subject: phrase.subject, attribute, value: read.value, former: null, isFunctional: true }
}

/** "X no longer uses Y": the old value ends and no new one is named. */
function endFrame(text: string): Frame | null {
  if (/,\s*no longer\b/i.test(text)) return null
  const ended = endedStatement(withoutOpener(text))
  if (ended === null) return null
  const former = ended.former.replace(
    /^(?:uses?|using|runs?|supports?|lives?|works?|needs?|requires?)\s+(?:on |in |at |for )?/i,
    '',
  )
  const phrase = readNounPhrase(ended.subject)
  if (phrase === null) return null
  return { ...phrase, value: null, former, isFunctional: true }
}

function plainFrame(text: string): Frame | null {
  const current = currentPart(text).replace(/\s(?:now|currently|still|already)(?=[\s,])/gi, '')
  return keyValueFrame(current) ?? verbFrame(current) ?? copulaFrame(current)
}

function keyValueFrame(text: string): Frame | null {
  const match = /^([\p{L}\p{N}][^:=→\n]{0,60}?)\s*(?::|=|→|->)\s+(\S.*)$/u.exec(text)
  const [, key, rest] = match ?? []
  if (key === undefined || rest === undefined) return null
  if (
    /^(?:note|reminder|todo|why|fix|example|warning|tip|summary|question|answer|how to apply)$/i.test(
      key,
    )
  )
    return null
  const spelt = key.replaceAll('_', ' ')
  const phrase = readNounPhrase(spelt)
  const read = readValue(rest)
  if (phrase === null || read === null) return null
  const property = phrase.attribute === null ? readProperty(`the ${spelt}`) : null
  if (property !== null) {
    return { ...property, value: read.value, former: null, isFunctional: true }
  }
  const isFunctional = phrase.attribute !== null
  const subject = isFunctional ? phrase.subject : []
  return {
    subject: withScope(subject, read.rest),
    attribute: phrase.attribute ?? phrase.subject.join(' '),
    value: read.value,
    former: null,
    isFunctional,
  }
}

/** Before these the "verb" is a noun: "sends a report to". */
const UNFINISHED = /\b(?:the|a|an|of|to|for|in|on|and|or|not|no|per|every|each)$/i

function verbFrame(text: string): Frame | null {
  for (const { pattern, attribute, isFunctional, isInverse } of VERB_FRAMES) {
    const match = pattern.exec(text)
    if (match === null || UNFINISHED.test(text.slice(0, match.index))) continue
    const before = text.slice(0, match.index)
    const after = text.slice(match.index + match[0].length)
    if (isInverse === true) return inverseFrame(before, after, attribute)
    const phrase = readNounPhrase(before)
    const read = readValue(after)
    if (phrase === null || read === null) return null
    // "uses npm as its package manager": the purpose is the attribute.
    const purpose = /\buses?\s/i.test(match[0]) ? purposeOf(read.rest) : null
    if (purpose !== null) {
      return {
        subject: [...new Set([...phrase.subject, ...purpose.subject])].sort(),
        attribute: purpose.attribute ?? 'use',
        value: read.value,
        former: null,
        isFunctional: true,
      }
    }
    const subject = withScope(phraseStems(phrase), read.rest)
    return { subject, attribute, value: read.value, former: null, isFunctional }
  }
  return null
}

function inverseFrame(before: string, after: string, attribute: string): Frame | null {
  const owner = readValue(before)
  const read = readValue(after)
  const phrase = read === null ? null : readNounPhrase(read.value)
  if (owner === null || phrase === null || owner.rest !== '') return null
  if (tokenize(owner.value).some((token) => token.role === 'role')) return null
  if (!/^\p{Lu}/u.test(owner.value) || /^(?:I|We|It|They|He|She|You|This|That)$/.test(owner.value))
    return null
  return {
    subject: phraseStems(phrase),
    attribute,
    value: owner.value,
    former: null,
    isFunctional: true,
  }
}

function copulaFrame(text: string): Frame | null {
  const match =
    /\s(?:is|are|will be|stays|remains|becomes|has to be|should be|must be)(?: now| currently| always| set to| still)?\s+(?=\S)/i.exec(
      text,
    )
  if (match === null) return null
  const phrase = readNounPhrase(text.slice(0, match.index))
  const read = readValue(text.slice(match.index + match[0].length))
  if (phrase === null || read === null || /^not\b/i.test(read.value)) return null
  const property = phrase.attribute === null ? readProperty(text.slice(0, match.index)) : null
  const isDescribed = /^an?\s/i.test(text.slice(match.index + match[0].length))
  if (property !== null && !isDescribed && namesValue(read.value, property)) {
    const subject = withScope(property.subject, read.rest)
    return { ...property, subject, value: read.value, former: null, isFunctional: true }
  }
  const isFunctional = phrase.attribute !== null
  return {
    subject: withScope(phrase.subject, read.rest),
    attribute: phrase.attribute ?? 'is',
    value: read.value,
    former: null,
    isFunctional,
  }
}

function purposeOf(rest: string): ReturnType<typeof readNounPhrase> {
  const match = /^\s*(?:as|for)\s+(?:its|our|the|their|my)?\s*([^,;.]+)/i.exec(rest)
  return match?.[1] === undefined ? null : readNounPhrase(match[1])
}

/** A property that is no functional noun of its own still names what the verb speaks of. */
function phraseStems(phrase: {
  subject: readonly string[]
  attribute: string | null
}): readonly string[] {
  return phrase.attribute === null
    ? phrase.subject
    : [...new Set([...phrase.subject, phrase.attribute])].sort()
}

/** "5433 in staging" speaks of staging: what narrows the value belongs to the subject. */
function withScope(subject: readonly string[], rest: string): readonly string[] {
  const scope =
    /^\s*(?:in|for|on|at|of|per|during)\s+(?!\d|(?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|noon|midnight|half|quarter)\b)([^,;.]+?)(?=\s+(?:and|or|but|with|via|through)\s|[,;.]|$)/i.exec(
      rest,
    )?.[1]
  if (scope === undefined || conditionOf(rest) !== null) return subject
  return [...new Set([...subject, ...subjectOf(scope)])].sort()
}

function slotOf(frame: Frame, text: string, context: readonly string[]): Slot {
  const isAnonymous = frame.subject.length === 0
  const subject = isAnonymous ? headingStems(context) : frame.subject
  return {
    subject: subject.join(' '),
    attribute: frame.attribute ?? 'is',
    condition: conditionOf(text),
    isFunctional: frame.isFunctional && frame.attribute !== null,
  }
}

function withoutMarks(text: string): string {
  return text
    .replace(/\s+/g, ' ')
    .replaceAll('**', '')
    .replace(/^\s*[-*]\s+/, '')
    .trim()
}
