import { LIMITS } from '../../config.ts'
import { type Audience, LOCAL_AUDIENCE, parseAudience } from '../../core/audience.ts'
import { ReverieError } from '../../core/errors.ts'

const CONTROL = /\p{Cc}/u

/** The key of the metadata that says who may read a store. */
export const AUDIENCE_KEY = 'audience'

/** Throws `invalid_request_error`. Lengths are in code points, as the wire counts. */
export function assertName(name: string): void {
  refuse(name === '', 'The name is empty.')
  refuse(tooLong(name, LIMITS.storeNameCharsMax), `The name ${beyond(LIMITS.storeNameCharsMax)}`)
  refuse(CONTROL.test(name), 'The name has control characters.')
}

/** As `assertName`. */
export function assertDescription(description: string): void {
  const max = LIMITS.storeDescriptionCharsMax
  refuse(tooLong(description, max), `The description ${beyond(max)}`)
}

/** As `assertName`; of the whole metadata as it will be. */
export function assertMetadata(metadata: Readonly<Record<string, string>>): void {
  const pairs = Object.entries(metadata)
  refuse(
    pairs.length > LIMITS.metadataPairsMax,
    `The metadata has more than ${LIMITS.metadataPairsMax} pairs.`,
  )
  for (const [key, value] of pairs) {
    refuse(key === '', 'A key of the metadata is empty.')
    refuse(
      tooLong(key, LIMITS.metadataKeyCharsMax),
      `A key of the metadata ${beyond(LIMITS.metadataKeyCharsMax)}`,
    )
    refuse(
      tooLong(value, LIMITS.metadataValueCharsMax),
      `A value of the metadata ${beyond(LIMITS.metadataValueCharsMax)}`,
    )
  }
}

/** Who may read a store with this metadata; throws `invalid_request_error` for an unknown form. */
export function audienceOf(metadata: Readonly<Record<string, string>>): Audience {
  const raw = metadata[AUDIENCE_KEY]
  if (raw === undefined) return LOCAL_AUDIENCE
  const audience = parseAudience(raw)
  if (audience !== null) return audience
  throw new ReverieError('invalid_request_error', 'The metadata names no audience that is known.', {
    next: 'Write it as `private:<name>`, `team:<name>` or `org:<name>`.',
  })
}

/** The metadata after a change; a null value takes its key out. */
export function patchedMetadata(
  present: Readonly<Record<string, string>>,
  patch: Readonly<Record<string, string | null>>,
): Readonly<Record<string, string>> {
  return Object.fromEntries(
    Object.entries({ ...present, ...patch }).flatMap(([key, value]) =>
      value === null ? [] : [[key, value] as const],
    ),
  )
}

function tooLong(text: string, max: number): boolean {
  return [...text].length > max
}

function beyond(max: number): string {
  return `has more than ${max} characters.`
}

function refuse(isWrong: boolean, message: string): void {
  if (isWrong) throw new ReverieError('invalid_request_error', message)
}
