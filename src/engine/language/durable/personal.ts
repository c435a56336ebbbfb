const MY_PROPERTY =
  /^my (?:full |first |last |preferred |current |new |home |native )?(?:name|nickname|pronouns|role|job|job title|title|employer|company|team|manager|boss|time ?zone|location|town|hometown|city|country|birthday|language|mother tongue|editor|shell|terminal|operating system|os|laptop|stack|diet|wife|husband|partner|dog|cat|daughter|son)\b/i
const MY_FACT =
  /\b(?:is|are)\s+(?:now\s+)?(?:called\s+|named\s+|on\s+)?(?:the\s+|an?\s+)?(?:[\p{Lu}\d`"]|they|she|he)/u
/** What people say of themselves that stays true for long. */
const SELF_FACT: readonly RegExp[] = [
  /^i(?:'m| am) (?:allergic to|a vegetarian|vegetarian|a vegan|vegan|lactose intolerant|gluten intolerant|celiac|diabetic|left-handed|colou?r-?blind|dyslexic)\b/i,
  /^I (?:now )?(?:live|work|am based|reside) (?:in|at|for|as)\s+(?:an? \p{Ll}+ (?:engineer|developer|designer|manager|teacher|nurse|doctor|lawyer|scientist|analyst|writer|architect)|(?:the )?\p{Lu})/u,
  /^I(?:'ve| have)?(?: recently| just)? (?:moved|relocated) (?:back )?to \p{Lu}/u,
  /^I(?:'ve| have)?(?: recently| just)? (?:got promoted to|was promoted to|joined|started (?:a new job |working )?(?:at|for)|changed jobs to) (?:\p{Lu}|senior|staff|lead|principal|head)/u,
  /^I(?:'ve| have)?(?: recently| just)? switched from (?!my\b|the\b)\S.* to \S/u,
  /^I (?:graduated (?:from|with)|majored in|have an? (?:degree|PhD|doctorate|master's|bachelor's))\b/u,
  /^I have (?:an?|two|three|four|\d) (?:\w+ ){0,2}(?:dogs?|cats?|kids?|children|sons?|daughters?|sisters?|brothers?)\b/u,
  /^I(?:'ve been| was| got| am|'m) (?:just )?(?:pre-?)?approved for (?:an? )?(?:\w+ )*[$€£]\d/u,
  /^\p{Lu}\p{Ll}+ is (?:an?|my) \d+-(?:year|month)-old\b/u,
  /^(?:please )?call me \p{Lu}\p{Ll}+[.!]*$/iu,
]

/** "My manager is Ada": a property that people have for long, with a value to keep. */
export function isPersonalFact(text: string): boolean {
  return isSelfFact(text) || (isMyProperty(text) && MY_FACT.test(text))
}

export function isMyProperty(text: string): boolean {
  return MY_PROPERTY.test(text)
}

export function isSelfFact(text: string): boolean {
  return SELF_FACT.some((pattern) => pattern.test(text))
}
