import { LIMITS } from '../config.ts'

/** Whether a person's text is in their own words or was put in as a whole. */
export function voiceOfPerson(text: string): 'own' | 'pasted' {
  return text.length > LIMITS.typedCharsMax ? 'pasted' : 'own'
}
