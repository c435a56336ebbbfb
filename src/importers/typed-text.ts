/** Longer texts of a person were hardly typed. */
export const TYPED_CHARS_MAX = 4_000

/** Whether a person's text is in their own words or was put in as a whole. */
export function voiceOfPerson(text: string): 'own' | 'pasted' {
  return text.length > TYPED_CHARS_MAX ? 'pasted' : 'own'
}
