/** A yes in any of its forms, with nothing that says to what. */
const CONSENT =
  /^\W*(?:(?:yes|yeah|yep|yup|ja|oui|sí|ok(?:ay)?|sure|fine|right|correct|exactly|agreed|absolutely|definitely|certainly|of course|perfect|great|good|thanks?|thank you|please|always|do|go|go ahead|go for it|proceed|continue|approved?|confirmed?|accepted?|granted|sounds good|looks good|lgtm|works for me|no problem|you may|you can|remember|save|keep|note|store|use|apply|make|follow|add|send|forward|run|execute|that|this|it|so|them|those|as (?:you )?(?:say|said|suggested|proposed)|like that|then|now|in mind|for me|down|too|as well|every time|from now on|in (?:the )?future)\b[\s,.!;:’'-]*)+$/i

/**
 * True of words that only agree. What they agree to was said by somebody else: they are no source
 * of a statement.
 */
export function consents(sentence: string): boolean {
  return CONSENT.test(sentence)
}
